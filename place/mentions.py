"""Which words of a text may name which place: exact names at four levels, with their markers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

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
PART = 0.5  # "Ungaran" for Ungaran Barat and Ungaran Timur is worth so much less
LONGEST = 5  # words in a name
CROWD = 60  # a desa name of more kabupaten than this names none by itself
FORMER = 1.0  # Merauke was in "Papua" until 2022


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


def weigh(text: Text, span: Span, level: Level, *, marked: bool, likeness: float = 1.0) -> float:
    """Worth of a span read at a level."""
    worth = WORTH[level] * (span.end - span.start) * likeness + MARKED * marked
    return worth * STREET if text.street[span.start] else worth


def _fits(code: str, marker: str) -> bool:
    """Whether a kabupaten or province is what the marker announced."""
    if len(code) == 2:  # noqa: PLR2004
        return marker in {"prov", ""}
    return not marker or marker == ("kota" if gazetteer.is_kota(code) else "kab")


def as_areas(text: Text, span: Span, codes: Sequence[str], level: Level, likeness: float = 1.0) -> list[Mention]:
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
            weight = weigh(text, span, here, marked=marked, likeness=likeness)
            units: dict[str, tuple[int, ...]] = dict.fromkeys(many, ())
            mentions.append(Mention(start, span.end, here, weight, units, marked, exact, mismatch))
    return mentions


def _exact_areas(text: Text, span: Span) -> list[Mention]:
    known = gazetteer.names()
    named = known.aliases.get(span.key, ()) + known.names.get(span.key, ())
    province = known.provinces.get(span.key)
    codes = tuple(dict.fromkeys((*named, province) if province else named))
    found = as_areas(text, span, codes, "kab") if codes else []
    if former := known.former.get(span.key):
        units: dict[str, tuple[int, ...]] = dict.fromkeys((k for p in former for k in gazetteer.kabupaten_of(p)), ())
        weight = weigh(text, span, "prov", marked=False) - FORMER
        found.append(Mention(span.start - (span.marker == "prov"), span.end, "prov", weight, units))
    town = known.towns.get(span.key, ())
    return found + (as_areas(text, span, town, "town") if town and not found else [])


def _exact_below(text: Text, span: Span) -> list[Mention]:
    """Read a span as kecamatan and as desa."""
    earth = atlas.load()
    found = []
    kec = earth.kec_by_key.get(span.key, [])
    if kec and span.marker in {"", "kec", "kota", "kab"}:
        found.append(_below(text, span, "kec", by_kabupaten((earth.kec_kab[i], i) for i in kec)))
    if (parts := earth.kec_parts.get(span.key)) and span.marker in {"", "kec"}:
        whole = _below(text, span, "kec", dict.fromkeys((earth.kec_code[i][:5] for i in parts), ()))
        found.append(replace(whole, weight=whole.weight - PART))
    if span.marker in {"", "desa"} and (desa := earth.desa_by_key(span.key)):
        found.append(_below(text, span, "desa", by_kabupaten((earth.desa_kab[i], i) for i in desa)))
    return found


def by_kabupaten(units: Iterable[tuple[int, int]]) -> dict[str, tuple[int, ...]]:
    """Units, given as (index of the kabupaten, unit), by the code of their kabupaten."""
    codes, found = atlas.load().kab_code, dict[str, tuple[int, ...]]()
    for kab, unit in units:
        code = codes[kab]
        found[code] = (*found.get(code, ()), unit)
    return found


def _below(text: Text, span: Span, level: Level, units: dict[str, tuple[int, ...]]) -> Mention:
    marked = span.marker == level
    weight = weigh(text, span, level, marked=marked)
    return Mention(span.start - marked, span.end, level, weight, units, marked)


def _postcode(span: Span) -> list[Mention]:
    if span.end - span.start > 1 or len(span.key) != 5 or not span.key.isdigit():  # noqa: PLR2004
        return []
    earth = atlas.load()
    desa = (earth.desa_post == int(span.key)).nonzero()[0].tolist()
    units = by_kabupaten((earth.desa_kab[index], index) for index in desa)
    return [Mention(span.start, span.end, "pos", WORTH["pos"], units)] if units else []


def exact(text: Text) -> list[Mention]:
    """Every reading without a misspelling."""
    areas, below, found = gazetteer.names().every, atlas.load().named_below, list[Mention]()
    for span in text.spans():
        if span.key in areas:
            found += _exact_areas(text, span)
        if below(span.key):
            found += _exact_below(text, span)
        elif span.key.isdigit():
            found += _postcode(span)
    marked = {(m.end, m.level) for m in found if m.marked}
    mute = text.mute()
    return [
        m
        for m in found
        if (m.marked or (m.end, m.level) not in marked)
        and (m.level in {"pos", "kab", "prov"} or not mute.issuperset(m.words))
    ]
