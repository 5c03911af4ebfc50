"""How well each kabupaten explains a text: the best set of readings that do not overlap or contradict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from place import atlas
from place.found import Below

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from place.mentions import Mention

Choice = tuple["Mention", ...]
LEVELS = ("kab", "town", "prov", "kec", "desa", "pos")
KEPT = 5  # readings of one level that are tried


@dataclass(frozen=True, slots=True)
class Reading:
    """A kabupaten and the mentions that speak for it."""

    code: str
    score: float
    mentions: tuple[Mention, ...]

    @property
    def covered(self) -> set[int]:
        """Positions of the words explained."""
        return {index for mention in self.mentions for index in mention.words}

    @property
    def firm(self) -> bool:
        """Whether it rests on more than one bare name below the kabupaten, or a misspelling."""
        areas = [m for m in self.mentions if m.level != "prov"]
        sure = [m for m in areas if m.exact and not m.mismatch]
        return len(areas) > 1 or any(m.marked or m.level == "kab" or m.long_town for m in sure)

    @property
    def loose(self) -> bool:
        """Whether it rests on the names of a province, a town or a landmark alone."""
        return all(m.level in {"prov", "town"} for m in self.mentions)

    def has(self, level: str) -> bool:
        """Whether a name of this level, spelt well, is among what it rests on."""
        return any(m.level == level and m.exact for m in self.mentions)

    @property
    def placed(self) -> bool:
        """Whether it rests on more than the name of a province."""
        return any(m.level != "prov" for m in self.mentions)

    def below(self) -> Below:
        """Kecamatan and desa, as far as the text named them."""
        found: Below = {}
        for mention in self.mentions:
            if len(units := mention.units[self.code]) == 1:
                found |= _named(mention.level, units[0])
        return found


def _named(level: str, unit: int) -> Below:
    earth = atlas.load()
    if level not in {"kec", "desa"}:
        return {}
    kec = unit if level == "kec" else int(earth.desa_kec[unit])
    found = Below(kecamatan=earth.kec_name[kec], kecamatan_code=earth.kec_code[kec])
    if level == "desa":
        found["desa"] = earth.desa_name[unit]
    return found


def _fitted(chosen: Sequence[Mention], new: Mention, code: str) -> Mention | None:
    """The new mention, its desa narrowed to the chosen kecamatan; None if they overlap or clash."""
    for other in chosen:
        if new.start < other.end and other.start < new.end:
            return None
        if other.level == "kec" and new.level == "desa" and (kec := other.units[code]):
            inside = tuple(desa for desa in new.units[code] if atlas.load().desa_kec[desa] in kec)
            if not inside:
                return None
            new = replace(new, units={code: inside})
    return new


def _sets(by_level: Sequence[Sequence[Mention]], chosen: Choice, code: str) -> Iterator[Choice]:
    """Every consistent choice of at most one mention a level."""
    if not by_level:
        yield chosen
        return
    yield from _sets(by_level[1:], chosen, code)
    for mention in by_level[0]:
        fitting = _fitted(chosen, mention, code)
        if fitting is not None:
            yield from _sets(by_level[1:], (*chosen, fitting), code)


def best(code: str, mentions: Sequence[Mention]) -> Reading:
    """The choice that explains most, for one kabupaten."""
    by_level = []
    for level in LEVELS:
        here = sorted((m for m in mentions if m.level == level), key=lambda m: -m.weight)[:KEPT]
        if here:
            by_level.append(here)
    chosen = max(_sets(by_level, (), code), key=lambda many: sum(m.weight for m in many))
    return Reading(code, sum(m.weight for m in chosen), tuple(_nearer(m, chosen, mentions, code) for m in chosen))


def _nearer(mention: Mention, chosen: Choice, mentions: Sequence[Mention], code: str) -> Mention:
    """Where the kabupaten is said beside it, a town or landmark is read as the kecamatan of its name ("Prambanan")."""
    if mention.level != "town" or not any(other.level == "kab" for other in chosen):
        return mention
    return next(same_name(mention, mentions, code), mention)


def same_name(mention: Mention, mentions: Sequence[Mention], code: str) -> Iterator[Mention]:
    """The kecamatan of a kabupaten that the same words name."""
    return (m for m in mentions if m.level == "kec" and m.exact and m.words == mention.words and code in m.units)


def ranked(mentions: Sequence[Mention], crowd: int) -> list[Reading]:
    """Every kabupaten that some mention names, the best explained first.

    A desa name that more than `crowd` kabupaten share speaks for one of them, but brings none in.
    """
    by_code: dict[str, list[Mention]] = {}
    wide = []
    for mention in mentions:
        if mention.level == "desa" and len(mention.units) > crowd:
            wide.append(mention)
            continue
        for code in mention.units:
            by_code.setdefault(code, []).append(mention)
    for mention in wide:
        for code in by_code.keys() & mention.units.keys():
            by_code[code].append(mention)
    readings = [best(code, many) for code, many in by_code.items()]
    return sorted(readings, key=lambda reading: (-reading.score, reading.code))
