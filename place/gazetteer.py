"""Every way in which a kabupaten, kota, province or its town is written: official names, capitals and our own table."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from place import words
from place.areas import TABLES, all_kabupaten, capital_of, raw_province_names

TITLES = ("kab", "kota")
_TITLE = re.compile(r"^(Kabupaten|Kota)( Administrasi)? ")


class Gazetteer:
    """Keys of names to codes; the codes of a kabupaten/kota ("33.11") and of a province ("33") both occur."""

    def __init__(self) -> None:
        self.names: dict[str, tuple[str, ...]] = {}  # official, without "Kabupaten" or "Kota"
        self.provinces: dict[str, str] = {}
        self.towns: dict[str, tuple[str, ...]] = {}  # capitals
        self.aliases: dict[str, tuple[str, ...]] = {}
        self._add_official()
        self._add_towns()
        self._add_aliases()
        self.former = {words.key(name): tuple(many) for name, many in read_table("former").items()}
        # What a misspelt name is compared with: short abbreviations would be near to everything.
        long = {k: v for k, v in self.aliases.items() if len(k) > 6 and not k.startswith(TITLES)}  # noqa: PLR2004
        self.fuzzy: dict[str, tuple[str, ...]] = {**self.towns, **long, **self.names}
        self.fuzzy |= {key: (code,) for key, code in self.provinces.items() if key not in self.names}
        self.fuzzy_keys = list(self.fuzzy)
        self.every = frozenset((*self.names, *self.provinces, *self.towns, *self.aliases, *self.former))

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

    def _add_aliases(self) -> None:
        targets = official_targets()
        for section in read_table("aliases").values():
            for written, meant in section.items():
                codes = tuple(targets[name] for name in meant.split(" | "))
                key = words.key(written)
                self.aliases[key] = tuple(dict.fromkeys((*self.aliases.get(key, ()), *codes)))


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
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


class Vocabulary:
    """The words around names, as sets."""

    def __init__(self) -> None:
        table = read_table("words")
        self.marker = {word: level for level, many in table["markers"].items() for word in many}
        self.noise = frozenset(table["noise"]["words"])
        self.street = frozenset(table["noise"]["street"])
        self.before = frozenset(table["story"]["before"])
        self.person = frozenset(table["story"]["person"])
        self.common = frozenset(table["story"]["common"])


@cache
def names() -> Gazetteer:
    """Load the names, once in the life of the process."""
    return Gazetteer()


@cache
def vocabulary() -> Vocabulary:
    """Load the words, once in the life of the process."""
    return Vocabulary()


def is_kota(code: str) -> bool:
    """Kemendagri numbers kota from 71 on."""
    return code[3:4] == "7"


@cache
def kabupaten_of(province: str) -> tuple[str, ...]:
    """Codes of the kabupaten/kota of a province."""
    return tuple(area.code for area in all_kabupaten() if area.code[:2] == province)
