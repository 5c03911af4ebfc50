"""Every way in which a kabupaten, kota, province or its town is written: official names, capitals and our own table."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from place import versions, words
from place.areas import all_kabupaten, capital_of, name_of, raw_province_names

TITLES = ("kab", "kota")
LETTERS = 4  # a name's second word that is shorter says too little behind an initial
_TITLE = re.compile(r"^(Kabupaten|Kota)( Administrasi)? ")


class Gazetteer:
    """Keys of names to codes; the codes of a kabupaten/kota ("33.11") and of a province ("33") both occur."""

    def __init__(self) -> None:
        self.names: dict[str, tuple[str, ...]] = {}  # official, without "Kabupaten" or "Kota"
        self.provinces: dict[str, str] = {}
        self.towns: dict[str, tuple[str, ...]] = {}  # capitals
        self._add_official()
        self._add_towns()
        self.aliases = _meant("aliases")
        self.landmarks = _meant("landmarks")
        self.initials = _initials() | _meant("initials")
        self.former = {words.key(name): tuple(many) for name, many in read_table("former").items()}
        # What a misspelt name is compared with: short abbreviations would be near to everything.
        long = {k: v for k, v in self.aliases.items() if len(k) > 6 and not k.startswith(TITLES)}  # noqa: PLR2004
        self.fuzzy: dict[str, tuple[str, ...]] = {**self.towns, **long, **self.names}
        self.fuzzy |= {key: (code,) for key, code in self.provinces.items() if key not in self.names}
        self.fuzzy_keys = list(self.fuzzy)
        every = (self.names, self.provinces, self.towns, self.aliases, self.landmarks, self.initials, self.former)
        self.every = frozenset(key for table in every for key in table)

    def _add_official(self) -> None:
        for area in all_kabupaten():
            key = words.key(_TITLE.sub("", area.name))
            self.names[key] = (*self.names.get(key, ()), area.code)
        for code, name in raw_province_names().items():
            self.provinces[words.key(name)] = code
            self.provinces[words.key(name.replace("Daerah Istimewa", "DI"))] = code

    def _add_towns(self) -> None:
        for area in all_kabupaten():
            key = words.key(capital_of(area.code))
            if key and key not in self.names:
                self.towns[key] = (*self.towns.get(key, ()), area.code)


def _meant(table: str) -> dict[str, tuple[str, ...]]:
    """Keys of one of our own tables, and the codes of what they mean."""
    targets, found = official_targets(), dict[str, tuple[str, ...]]()
    for section in read_table(table).values():
        for written, meant in section.items():
            codes = tuple(targets[name] for name in meant.split(" | "))
            key = words.key(written)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *codes)))
    return found


def _initials() -> dict[str, tuple[str, ...]]:
    """Keys of "K. Progo" and "D. Serdang": official names of two words or more, the first cut to its letter."""
    found: dict[str, set[str]] = {}
    for area in all_kabupaten():
        first, _, rest = _TITLE.sub("", area.name).partition(" ")
        if len(rest) >= LETTERS and rest.split()[0].casefold() not in words.COMPASS.values():
            found.setdefault(first[0].casefold() + words.key(rest), set()).add(area.code)
    return {key: tuple(sorted(codes)) for key, codes in found.items() if len(codes) == 1}


def official_targets() -> dict[str, str]:
    """What may stand on the right of the table of aliases: names that mean exactly one area."""
    found: dict[str, list[str]] = {}
    for area in all_kabupaten():
        for name in {area.name, _TITLE.sub("", area.name)}:
            found.setdefault(name, []).append(area.code)
    for code, name in raw_province_names().items():
        found[f"Provinsi {name}"] = [code]
    return {name: codes[0] for name, codes in found.items() if len(codes) == 1}


def read_table(name: str) -> dict[str, Any]:
    """Read one of our own tables."""
    return tomllib.loads(versions.current().table(f"{name}.toml").read_text(encoding="utf-8"))


class Vocabulary:
    """The words around names, as sets."""

    def __init__(self) -> None:
        table = read_table("words")
        self.marker = {word: level for level, many in table["markers"].items() for word in many}
        self.noise = frozenset(table["noise"]["words"])
        self.street = frozenset(table["noise"]["street"])
        self.before = frozenset(table["story"]["before"])
        self.person = frozenset(table["story"]["person"])
        self.soft = frozenset(table["story"]["soft"])
        self.ordinary = frozenset(table["story"]["ordinary"])
        self.goods = frozenset(table["story"]["goods"])
        self.common = frozenset(table["story"]["common"])
        self.plain = frozenset(table["noise"]["plain"])
        self.everyday = frozenset(words.key(word) for word in table["noise"]["everyday"])
        self.either = frozenset(table["noise"]["either"])
        self.abroad = frozenset(words.key(name) for name in table["abroad"]["names"])
        self.wide = frozenset(words.key(name) for name in table["wide"]["names"])


@cache
def names() -> Gazetteer:
    """Load the names, once in the life of the process."""
    return Gazetteer()


@cache
def vocabulary() -> Vocabulary:
    """Load the words, once in the life of the process."""
    return Vocabulary()


def key_of(code: str) -> str:
    """Key of a kabupaten's official name, without "Kabupaten" or "Kota"."""
    return words.key(_TITLE.sub("", name_of(code)))


def is_kota(code: str) -> bool:
    """Kemendagri numbers kota from 71 on."""
    return code[3:4] == "7"


def kind(code: str) -> str:
    """Which marker announces it: "kab" or "kota"."""
    return "kota" if is_kota(code) else "kab"


@cache
def kabupaten_of(province: str) -> tuple[str, ...]:
    """Codes of the kabupaten/kota of a province."""
    return tuple(area.code for area in all_kabupaten() if area.code[:2] == province)
