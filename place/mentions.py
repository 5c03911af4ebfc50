"""Which words of a text may name which place: exact and misspelt names at four levels, with their markers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from place import atlas, gazetteer
from place.words import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from place.words import Word

Level = Literal["kab", "prov", "town", "kec", "desa", "pos"]

# What a word is worth as part of a name, by level: a bare name is a kabupaten before a town before a kecamatan
# before a desa.
WORTH: dict[str, float] = {"kab": 10, "prov": 9.5, "town": 9.3, "kec": 9, "desa": 8, "pos": 7}
MARKED = 10.0  # "kec. Baki" is worth more than "Baki"
STREET = 0.4  # "Jl. Raya Bogor" is seldom in Bogor
MISSPELT = 0.9
PART = 0.5  # "Ungaran" for Ungaran Barat and Ungaran Timur is worth so much less
LONGEST = 5  # words in a name
CROWD = 60  # a desa name of more kabupaten than this names none by itself
ALIKE = 0.78  # least likeness (1 = equal) of a misspelt name
FORMER = 1.0  # Merauke was in "Papua" until 2022
SHORT_ALIKE = 0.75  # one exchange in four letters
LOOSELY = 0.66  # for short names inside a province that was named
SHORT = 6  # letters
SHORTEST = 3  # letters
FEW = 7  # provinces
EDIT_FREE = 4  # names up to this length are misspelt by exchange of two letters only


class Span(NamedTuple):
    """Words from `start` to before `end`; `marker` says the level that a word before them announced."""

    start: int
    end: int
    key: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A reading of some words: `units` are the places of that level it can be, by kabupaten (or province)."""

    start: int
    end: int
    level: Level
    weight: float
    units: dict[str, tuple[int, ...]]  # code of the kabupaten -> indices of the kecamatan or desa it can be
    marked: bool = False
    exact: bool = True
    mismatch: bool = False  # "Kabupaten Surabaya", which is a kota

    @property
    def words(self) -> range:
        """Positions of the words it explains."""
        return range(self.start, self.end)


class Text:
    """A typed text, taken apart once."""

    def __init__(self, text: str) -> None:
        self.words = [w for w in _joined(split(text)) if not w.text.startswith("administra") and w.text != "adm"]
        self.vocabulary = gazetteer.vocabulary()
        self.markers = [_marker(word.text) for word in self.words]
        self.street = list(self._in_street())

    def _in_street(self) -> Iterator[bool]:
        """For each word: does it belong to the name of a street or hamlet?"""
        inside = False
        for word, marker in zip(self.words, self.markers, strict=True):
            inside = word.text in self.vocabulary.street or (inside and not word.after_break and not marker)
            yield inside

    def idle(self, index: int) -> bool:
        """Whether a word at the edge of a name only leads to it ("di", "dekat")."""
        return self.words[index].text in self.vocabulary.before

    def mute(self) -> set[int]:
        """Positions of the words that by themselves never name a place ("di", "kota", "5")."""
        noise, words = self.vocabulary.noise | self.vocabulary.street, enumerate(self.words)
        return {i for i, word in words if word.text in noise or self.markers[i] or word.text.isdigit()}

    def content(self) -> set[int]:
        """Positions of the words that ought to be explained by a place."""
        street = {index for index, inside in enumerate(self.street) if inside}
        return set(range(len(self.words))) - self.mute() - street

    def spans(self) -> Iterator[Span]:
        """Every run of words that could be one name."""
        for start, word in enumerate(self.words):
            key = word.text
            marker = self.markers[start - 1] if start else ""
            yield Span(start, start + 1, key, marker)
            for end in range(start + 1, min(start + LONGEST, len(self.words))):
                if self.words[end].after_break:
                    break
                key += self.words[end].text
                yield Span(start, end + 1, key, marker)


def _joined(words: list[Word]) -> list[Word]:
    """Make one word of "wali kota"."""
    found: list[Word] = []
    for word in words:
        if word.text == "kota" and found and found[-1].text == "wali":
            found[-1] = found[-1]._replace(text="walikota")
        else:
            found.append(word)
    return found


@lru_cache(maxsize=4096)
def _marker(word: str) -> str:
    """Level that a word announces, misspelt long ones included; "" for an ordinary word."""
    known: dict[str, str] = gazetteer.vocabulary().marker
    if word in known or len(word) < 6 or word in gazetteer.names().fuzzy:  # noqa: PLR2004
        return known.get(word, "")
    for full in ("kabupaten", "kecamatan", "kelurahan", "provinsi"):
        if word[:3] == full[:3] and OSA.distance(word, full, score_cutoff=2) <= 2:  # noqa: PLR2004
            return known[full]
    return ""


def _weight(text: Text, span: Span, level: Level, *, marked: bool, likeness: float = 1.0) -> float:
    worth = WORTH[level] * (span.end - span.start) * likeness + MARKED * marked
    return worth * STREET if text.street[span.start] else worth


def _fits(code: str, marker: str) -> bool:
    """Whether a kabupaten or province is what the marker announced."""
    if len(code) == 2:  # noqa: PLR2004
        return marker in {"prov", ""}
    return not marker or marker == ("kota" if gazetteer.is_kota(code) else "kab")


def _areas(text: Text, span: Span, codes: Sequence[str], level: Level, likeness: float = 1.0) -> list[Mention]:
    """Read a span as these kabupaten or provinces, as far as the marker before it allows."""
    exact = likeness == 1.0
    fitting = [code for code in codes if _fits(code, span.marker)]
    mismatch = not fitting
    if mismatch and (span.marker in {"kec", "desa", "prov"} or not exact):
        return []
    marked = bool(span.marker) and not mismatch
    mentions = []
    kab = [code for code in fitting or codes if "." in code]
    prov = [code for code in fitting or codes if "." not in code]
    start = span.start - marked
    inside = [code for one in prov for code in gazetteer.kabupaten_of(one)]
    readings: tuple[tuple[Level, list[str]], ...] = ((level, kab), ("prov", inside))
    for here, many in readings:
        if many:
            weight = _weight(text, span, here, marked=marked, likeness=likeness)
            units: dict[str, tuple[int, ...]] = dict.fromkeys(many, ())
            mentions.append(Mention(start, span.end, here, weight, units, marked, exact, mismatch))
    return mentions


def _exact_areas(text: Text, span: Span) -> list[Mention]:
    known = gazetteer.names()
    named = known.aliases.get(span.key, ()) + known.names.get(span.key, ())
    province = known.provinces.get(span.key)
    codes = tuple(dict.fromkeys((*named, province) if province else named))
    found = _areas(text, span, codes, "kab") if codes else []
    if former := known.former.get(span.key):
        units: dict[str, tuple[int, ...]] = dict.fromkeys((k for p in former for k in gazetteer.kabupaten_of(p)), ())
        weight = _weight(text, span, "prov", marked=False) - FORMER
        found.append(Mention(span.start - (span.marker == "prov"), span.end, "prov", weight, units))
    town = known.towns.get(span.key, ())
    return found + (_areas(text, span, town, "town") if town and not found else [])


def _exact_below(text: Text, span: Span) -> list[Mention]:
    """Read a span as kecamatan and as desa."""
    earth = atlas.load()
    found = []
    kec = earth.kec_by_key.get(span.key, [])
    if kec and span.marker in {"", "kec", "kota", "kab"}:
        found.append(_below(text, span, "kec", _by_kabupaten((earth.kec_kab[i], i) for i in kec)))
    if (parts := earth.kec_parts.get(span.key)) and span.marker in {"", "kec"}:
        whole = _below(text, span, "kec", dict.fromkeys((earth.kec_code[i][:5] for i in parts), ()))
        found.append(replace(whole, weight=whole.weight - PART))
    if span.marker in {"", "desa"} and (desa := earth.desa_by_key(span.key)):
        found.append(_below(text, span, "desa", _by_kabupaten((earth.desa_kab[i], i) for i in desa)))
    return found


def _by_kabupaten(units: Iterable[tuple[int, int]]) -> dict[str, tuple[int, ...]]:
    codes, found = atlas.load().kab_code, dict[str, tuple[int, ...]]()
    for kab, unit in units:
        code = codes[kab]
        found[code] = (*found.get(code, ()), unit)
    return found


def _below(text: Text, span: Span, level: Level, units: dict[str, tuple[int, ...]]) -> Mention:
    marked = span.marker == level
    weight = _weight(text, span, level, marked=marked)
    return Mention(span.start - marked, span.end, level, weight, units, marked)


def _postcode(span: Span) -> list[Mention]:
    if span.end - span.start > 1 or len(span.key) != 5 or not span.key.isdigit():  # noqa: PLR2004
        return []
    earth = atlas.load()
    desa = (earth.desa_post == int(span.key)).nonzero()[0].tolist()
    units = _by_kabupaten((earth.desa_kab[index], index) for index in desa)
    return [Mention(span.start, span.end, "pos", WORTH["pos"], units)] if units else []


def exact(text: Text) -> list[Mention]:
    """Every reading without a misspelling."""
    found = []
    for span in text.spans():
        found += _exact_areas(text, span) + _exact_below(text, span) + _postcode(span)
    marked = {(m.end, m.level) for m in found if m.marked}
    mute = text.mute()
    return [
        m
        for m in found
        if (m.marked or (m.end, m.level) not in marked)
        and (m.level in {"pos", "kab", "prov"} or not mute.issuperset(m.words))
    ]


def alike(key: str, choices: Iterable[str], least: float = ALIKE, *, sure: bool = False) -> list[tuple[str, float]]:
    """Names most like a misspelt one (edits, exchange of neighbours counting once), the likest first.

    A very short name is near to too many others: it counts only where letters changed places, or where
    something else makes sure that a name of this kind is meant.
    """
    least = least if len(key) > EDIT_FREE else SHORT_ALIKE
    found = process.extract(key, choices, scorer=OSA.normalized_similarity, score_cutoff=least, limit=5)
    short = max(len(key), 1) <= EDIT_FREE and not sure
    return [
        (other, score)
        for other, score, _ in found
        if score < 1.0 and not (short and len(other) <= EDIT_FREE and sorted(key) != sorted(other))
    ]


def misspelt_areas(text: Text, known: list[Mention]) -> list[Mention]:
    """Readings of words as misspelt kabupaten, kota, provinces and towns."""
    names = gazetteer.names()
    nearby = _names_in(frozenset(code[:2] for m in known if m.level == "prov" for code in m.units))
    alone = len(text.content()) == 1
    taken = {m.words for m in known if m.level in {"kab", "prov"} and not m.mismatch}
    content = text.content()
    found = []
    for span in text.spans():
        here = range(span.start, span.end)
        if span.marker in {"kec", "desa"} or len(span.key) < SHORTEST or not content.intersection(here):
            continue
        if text.idle(span.start) or text.idle(span.end - 1):
            continue
        if any(set(here) <= set(range(t.start, t.stop)) for t in taken):
            continue
        near = alike(span.key, names.fuzzy_keys, sure=alone or span.marker in {"kab", "kota"})
        for other, score in near + alike(span.key, nearby, LOOSELY, sure=True):
            level: Level = "town" if other in names.towns and other not in names.names else "kab"
            found += _areas(text, span, names.fuzzy[other], level, score * MISSPELT)
    return found


@lru_cache(maxsize=256)
def _names_in(provinces: frozenset[str]) -> list[str]:
    """Names of the kabupaten of a few provinces: where one was named, a short name may be misspelt more."""
    names = gazetteer.names().names if len(provinces) <= FEW else {}
    return [key for key, codes in names.items() if len(key) <= SHORT and any(c[:2] in provinces for c in codes)]


def misspelt_kecamatan(text: Text, inside: Sequence[str] | None, covered: set[int]) -> list[Mention]:
    """Readings of words, not all covered yet, as misspelt kecamatan of these kabupaten (None: of any)."""
    earth = atlas.load()
    keys = _kecamatan_of(tuple(inside) if inside is not None else None)
    least = ALIKE if inside is not None else 0.87
    content = text.content()
    found = []
    for span in text.spans():
        here = set(range(span.start, span.end))
        if not here <= content or here <= covered or span.marker not in {"", "kec"} or len(span.key) <= EDIT_FREE:
            continue
        for other, score in alike(span.key, keys, least)[:3]:
            marked = span.marker == "kec"
            weight = _weight(text, span, "kec", marked=marked, likeness=score * MISSPELT)
            units = _by_kabupaten((earth.kec_kab[i], i) for i in earth.kec_by_key[other])
            wanted = {k: i for k, i in units.items() if inside is None or k in inside}
            found.append(Mention(span.start - marked, span.end, "kec", weight, wanted, marked, exact=False))
    return found


@lru_cache(maxsize=256)
def _kecamatan_of(inside: tuple[str, ...] | None) -> list[str]:
    earth = atlas.load()
    if inside is None:
        return list(earth.kec_by_key)
    return [key for key, many in earth.kec_by_key.items() if any(earth.kec_code[i][:5] in inside for i in many)]
