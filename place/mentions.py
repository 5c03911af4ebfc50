"""Which words of a text may name which place: exact names at four levels, with their markers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from place import atlas, gazetteer
from place.words import looks_old, modern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from place.text import Span, Text

Level = Literal["kab", "prov", "town", "kec", "desa", "pos"]

# What a word is worth as part of a name, by level: a bare name is a kabupaten before a town before a kecamatan
# before a desa.
WORTH: dict[str, float] = {"kab": 10, "prov": 9.5, "town": 9.3, "kec": 9, "desa": 8, "pos": 7}
MARKED = 10.0  # "kec. Baki" is worth more than "Baki"
STREET = 0.4  # "Jl. Raya Bogor" is seldom in Bogor
PART = 0.5  # "Ungaran" for Ungaran Barat and Ungaran Timur is worth so much less
CROWD = 60  # a desa name of more kabupaten than this names none by itself
ALIAS = 0.05  # what people call a kabupaten speaks a little less for it than its name
FORMER = 1.0  # Merauke was in "Papua" until 2022


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

    @property
    def long_town(self) -> bool:
        """Whether it is a town or landmark of several words, which is hardly anything else."""
        return self.level == "town" and len(self.words) > 1


def weigh(text: Text, span: Span, level: Level, *, marked: bool, likeness: float = 1.0) -> float:
    """Worth of a span read at a level."""
    worth = WORTH[level] * (span.end - span.start) * likeness + MARKED * marked
    return worth * STREET if text.street[span.start] else worth


def _fits(code: str, marker: str) -> bool:
    """Whether a kabupaten or province is what the marker announced."""
    if len(code) == 2:  # noqa: PLR2004
        return marker in {"prov", ""}
    return marker in {"", gazetteer.kind(code)}


def as_areas(text: Text, span: Span, codes: Sequence[str], level: Level, likeness: float = 1.0) -> list[Mention]:
    """Read a span as these kabupaten or provinces, as far as the marker before it allows."""
    exact = likeness == 1.0
    behind = "" if span.marker else span.after
    fitting = [code for code in codes if behind and _fits(code, behind)]
    marked = bool(fitting or span.marker)
    fitting = fitting or [code for code in codes if _fits(code, span.marker)]
    mismatch = not fitting
    if mismatch and (span.marker in {"kec", "desa", "prov"} or not exact):
        return []
    marked = marked and not mismatch
    mentions = []
    kab = [code for code in fitting or codes if "." in code]
    prov = [code for code in fitting or codes if "." not in code]
    start = span.start - (marked and bool(span.marker))
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
    alone = span.end - span.start > 1 and len(text.words[span.start].text) == 1
    cut = known.initials.get(span.key, ()) if alone else ()
    named = cut + known.aliases.get(span.key, ()) + known.names.get(span.key, ())
    province = known.provinces.get(span.key)
    codes = tuple(dict.fromkeys((*named, province) if province else named))
    found = as_areas(text, span, codes, "kab") if codes else []
    if span.key not in known.names:  # "Kartasura Sukoharjo" is the kecamatan Kartasura, not the kecamatan Sukoharjo
        found = [replace(mention, weight=mention.weight - ALIAS) for mention in found]
    if former := known.former.get(span.key):
        units: dict[str, tuple[int, ...]] = dict.fromkeys((k for p in former for k in gazetteer.kabupaten_of(p)), ())
        weight = weigh(text, span, "prov", marked=False) - FORMER
        found.append(Mention(span.start - (span.marker == "prov"), span.end, "prov", weight, units))
    return found + _exact_towns(text, span, official=bool(found))


def _exact_towns(text: Text, span: Span, *, official: bool) -> list[Mention]:
    """Read a span as a capital or a landmark; one that is called as a kabupaten is ("Puncak") is as likely."""
    known = gazetteer.names()
    in_street = text.street[span.start] and text.words[span.start].text not in text.vocabulary.street
    landmark = () if span.marker or in_street else known.landmarks.get(span.key, ())
    town = landmark or (() if official else known.towns.get(span.key, ()))
    return as_areas(text, span, town, "kab" if official else "town") if town else []


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


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Every name there is: most runs of words are none, and are passed over here."""
    return atlas.load().below | gazetteer.names().every


def exact(text: Text) -> list[Mention]:
    """Every reading without a misspelling."""
    areas, below, found = gazetteer.names().every, atlas.load().named_below, list[Mention]()
    old = looks_old("".join(word.text for word in text.words))
    for span in text.spans(None if old else _known()):
        if span.key in areas:
            found += _exact_areas(text, span)
        elif old and (today := modern(span.key)) != span.key and today in gazetteer.names().names:
            found += _exact_areas(text, span._replace(key=today))
        if below(span.key):
            found += _exact_below(text, span)
        elif span.key.isdigit():
            found += _postcode(span)
    return _heard(text, found)


def _heard(text: Text, found: list[Mention]) -> list[Mention]:
    """Leave out what a marked name contains ("Raya" in "Kec. Sungai Raya"), and words that say nothing alone."""
    marked = {(m.end, m.level): m.start for m in found if m.marked}
    return [
        m
        for m in found
        if (m.marked or m.start <= marked.get((m.end, m.level), m.start))
        and (m.level in {"pos", "kab", "prov"} or not _says_nothing(text, m))
    ]


def _says_nothing(text: Text, mention: Mention) -> bool:
    """Whether the words of a name below the kabupaten are everyday ones ("Pasar", "Pasar Pagi", "pak camat suruh")."""
    if mention.marked or mention.long_town:  # "Universitas Indonesia"
        return mention.marked and _softly(text, mention)
    if "".join(text.words[i].text for i in mention.words) in text.vocabulary.everyday:
        return True
    return (text.plain() if len(mention.words) == 1 else text.mute()).issuperset(mention.words)


def _softly(text: Text, mention: Mention) -> bool:
    """Whether an everyday word follows a person or post."""
    known, last = text.vocabulary, text.words[mention.end - 1]
    if mention.end - mention.start > 2 or text.words[mention.start].text not in known.soft:  # noqa: PLR2004
        return False
    everyday = last.text in known.ordinary | known.everyday | known.plain
    return last.text in known.noise or (everyday and not last.typed[:1].isupper())


def after_goods(text: Text, mention: Mention) -> bool:
    """Whether a bare name says what kind of food or cloth is meant ("nasi padang")."""
    return not mention.marked and mention.start > 0 and text.words[mention.start - 1].text in text.vocabulary.goods
