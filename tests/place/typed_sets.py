"""Typed places with what they mean: the hand-written list, and rows made from names of geografis and the official list."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from place import gazetteer, words
from place.areas import all_kabupaten, name_of, raw_province_names
from place.find import find_text
from tests.place.villages import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from place.found import Found

LIST = Path(__file__).with_name("typed.txt")
STREETS = (
    "Jl. Sudirman No. 5",
    "Jalan Raya Bogor KM 3",
    "Dusun Krajan RT 02 RW 01",
    "Perum Griya Indah Blok B3",
    "Gg. Melati II",
)
LETTERS = "aiueonrtsklmdgpbhj"


class Row(NamedTuple):
    """A typed place. `want` is "" where no kabupaten is wanted: then `answer` says "reject", "ask" or a province."""

    kind: str
    typed: str
    want: frozenset[str]
    answer: str = ""
    all_of: bool = False  # every code of `want` is to be offered


def judge(row: Row, found: Found) -> str:
    """One of right, asked (a question that holds the truth), missed (one that does not), refused, wrong."""
    offered = {code for code, _ in found.options}
    if found.decision == "route":
        return "right" if not row.all_of and found.code in row.want else "wrong"
    if not row.want:
        said = found.province if row.answer.isdigit() else found.decision
        return "right" if said == row.answer else "missed"
    if found.decision == "reject":
        return "refused"
    if row.all_of:
        return "right" if row.want <= offered else "missed"
    return "asked" if row.want & offered else "missed"


def by_hand() -> Iterator[Row]:
    """The rows of typed.txt."""
    targets = gazetteer.official_targets()
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        kind, typed, meant = line.split(" | ", 2)
        if meant in {"-", "?"}:
            yield Row(kind, typed, frozenset(), "reject" if meant == "-" else "ask")
        elif meant.startswith("prov "):
            yield Row(kind, typed, frozenset(), meant[5:])
        else:
            codes = frozenset(targets[name] for name in meant.split(" / "))
            yield Row(kind, typed, codes, all_of=len(codes) > 1)


def bare(code: str) -> str:
    return re.sub(r"^(Kabupaten|Kota)( Administrasi)? ", "", name_of(code))


def titled(code: str) -> str:
    return f"{'Kota' if name_of(code).startswith('Kota') else 'Kab.'} {bare(code)}"


def official() -> Iterator[Row]:
    """Official names, alone and with their province; names that are kabupaten and kota alike."""
    shared = {key: frozenset(codes) for key, codes in gazetteer.names().names.items() if len(codes) > 1}
    for area in all_kabupaten():
        code, one = area.code, frozenset((area.code,))
        for typed in (area.name, area.name.lower(), titled(code), titled(code).upper()):
            yield Row("official", typed, one)
        yield Row("kab_prov", f"{titled(code)}, {raw_province_names()[code[:2]]}", one)
        if both := shared.get(words.key(bare(code))):
            yield Row("homonym", bare(code), both, all_of=True)


def in_full() -> Iterator[Row]:
    """Kecamatan, desa and addresses, with names as in geografis (2019)."""
    dice = random.Random(8)
    for at in load():
        one = frozenset((at.code,))
        kind = "Kel." if name_of(at.code).startswith("Kota") else "Desa"
        place = f"{kind} {at.desa}, Kec. {at.kecamatan}, {titled(at.code)}"
        yield Row("kec_kab", f"Kec. {at.kecamatan}, {titled(at.code)}", one)
        yield Row("kec_kab", f"{at.kecamatan} {titled(at.code)}".lower(), one)
        yield Row("kec_kab_bare", f"{at.kecamatan}, {bare(at.code)}", one)
        yield Row("desa_kec_kab", place, one)
        yield Row("desa_kec_kab", f"{at.desa} {at.kecamatan} {bare(at.code)}".lower(), one)
        street, province = dice.choice(STREETS), raw_province_names()[at.code[:2]]
        yield Row("address", f"{street}, {at.desa}, {at.kecamatan}, {name_of(at.code)}, {province} {at.postcode}", one)
        yield Row("address", f"{street}, {place}", one)
        yield Row("sentence", f"kejadiannya di {at.kecamatan}, {bare(at.code)} pak", one)


def misspelt(name: str, dice: random.Random) -> str:
    """One letter left out, doubled with another, taken for another, or exchanged with the next."""
    at, letter = dice.randrange(1, len(name) - 1), dice.choice(LETTERS)
    exchanged = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return dice.choice(
        [name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :], exchanged]
    )


def typos(seed: int = 20) -> Iterator[Row]:
    """One slip of the finger in each name: bare, with its title, with its province."""
    dice, names = random.Random(seed), gazetteer.names().names
    for area in all_kabupaten():
        code, name = area.code, bare(area.code)
        same = frozenset(names[words.key(name)])
        title = titled(code).split(" ", 1)[0]
        yield Row("typo", misspelt(name, dice), same)
        yield Row("typo", f"{title} {misspelt(name, dice)}", frozenset((code,)))
        inside = frozenset(other for other in same if other[:2] == code[:2])
        yield Row("typo", f"{misspelt(name, dice)}, {raw_province_names()[code[:2]]}", inside)


SETS: tuple[Callable[[], Iterator[Row]], ...] = (official, in_full, typos, by_hand)


def judged() -> dict[str, list[tuple[str, Row, Found]]]:
    """Every row of every set, answered and judged, by its kind; the list's kinds are marked with a star."""
    found: dict[str, list[tuple[str, Row, Found]]] = {}
    for rows in SETS:
        for row in rows():
            answer = find_text(row.typed)
            kind = f"*{row.kind}" if rows is by_hand else row.kind
            found.setdefault(kind, []).append((judge(row, answer), row, answer))
    return found
