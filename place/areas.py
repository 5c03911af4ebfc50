"""The 514 kabupaten/kota, 38 provinces and the nation: codes, names, offices, zones (standard library only)."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from place import versions

VERSION, DATA = versions.SHIPPED.name, versions.SHIPPED.folder  # what is built; what is read: place.versions
NATION = "RI"

Level = Literal["kabupaten", "provinsi", "nasional"]


@dataclass(frozen=True, slots=True)
class Area:
    """A place that has an office: code is "33.11", "33" or "RI"."""

    code: str
    name: str
    level: Level


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((versions.current().folder / "areas.json").read_bytes())
    return loaded


@cache
def _offices() -> dict[str, Any]:
    return tomllib.loads(versions.current().table("offices.toml").read_text(encoding="utf-8"))


def exists(code: str) -> bool:
    """Whether a code is one of the 514, the 38 or "RI"."""
    return code == NATION or code in _table()["provinsi"] or code in _table()["kabupaten"]


def area(code: str) -> Area:
    """Look one up; KeyError for a code that is nobody's."""
    if code == NATION:
        return Area(NATION, "Republik Indonesia", "nasional")
    if len(code) == 2:  # noqa: PLR2004  (a province's code has two digits)
        return Area(code, _province_name(code), "provinsi")
    return Area(code, _table()["kabupaten"][code][0], "kabupaten")


def _province_name(code: str) -> str:
    official: str = _table()["provinsi"][code]
    return f"Provinsi {_offices()['provinsi'].get(code, official)}"


def name_of(code: str) -> str:
    """Name as officials write it: "Kabupaten Sukoharjo", "Kota Bogor", "Provinsi Jawa Tengah"."""
    return area(code).name


def office_name(code: str) -> str:
    """Name of the office of an area: "Bawaslu Kabupaten Sukoharjo", "Bawaslu RI"; in Aceh "Panwaslih ..."."""
    if code == NATION:
        return f"{_offices()['sebutan']['umum']} RI"
    title = _offices()["sebutan"]
    return f"{title.get(code[:2], title['umum'])} {name_of(code)}"


def parent(code: str) -> str | None:
    """One level up: "33.11" -> "33" -> "RI" -> None."""
    if code == NATION:
        return None
    return code[:2] if "." in code else NATION


def zone_of(code: str) -> str:
    """IANA zone of a kabupaten/kota; of a province or the nation, that of its capital's island group."""
    if code in _table()["kabupaten"]:
        zone: str = _table()["kabupaten"][code][1]
        return zone
    inside = [value[1] for key, value in _table()["kabupaten"].items() if key[:2] == code]
    return inside[0] if inside else "Asia/Jakarta"


def capital_of(code: str) -> str:
    """Town in which a kabupaten/kota is governed."""
    town: str = _table()["kabupaten"][code][2]
    return town


def raw_province_names() -> dict[str, str]:
    """Official names of the provinces by code, without "Provinsi"."""
    found: dict[str, str] = _table()["provinsi"]
    return found


def all_kabupaten() -> tuple[Area, ...]:
    """All 514, ordered by code."""
    return tuple(Area(code, value[0], "kabupaten") for code, value in sorted(_table()["kabupaten"].items()))


def all_provinsi() -> tuple[Area, ...]:
    """All 38, ordered by code."""
    return tuple(area(code) for code in sorted(_table()["provinsi"]))
