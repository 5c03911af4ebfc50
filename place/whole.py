"""Is the chosen version of the map whole, and of one piece with its tables? Asked before anything rests on it."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from place import areas, atlas, gazetteer, versions
from place.points import ZONES
from place.versions import FILES, VersionProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

COLUMNS = frozenset(
    {"kec_code", "kec_name", "desa_name", "desa_kec", "desa_tail", "desa_lon", "desa_lat", "desa_post", "desa_key"}
    | {"keys", "outline", "outline_size"}
)
OF_EACH_DESA = sorted(name for name in COLUMNS if name.startswith("desa_"))
NAMES = frozenset({"aliases.toml", "initials.toml", "landmarks.toml"})  # tables of names and what each means
POLYGONS = (3, 6)  # shapely's type ids of Polygon and MultiPolygon
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, shapely.errors.ShapelyError)


def check() -> None:
    """Read all of the chosen version. Raises VersionProblem with the first thing that is wrong."""
    version = versions.current()
    for file in FILES:
        if not (version.folder / file).is_file():
            raise VersionProblem(f"berkas {file} tidak ada di {version.folder}")
    with _reading("areas.json"):
        table = json.loads((version.folder / "areas.json").read_bytes())
        _check_areas(table)
    with _reading("map.bin"):
        _check_columns(atlas.read(version.folder / "map.bin"), table)
        _check_outlines()
    _check_tables(version)


@contextmanager
def _reading(file: str) -> Iterator[None]:
    """Whatever a file does to the code that reads it becomes a sentence that names the file."""
    try:
        yield
    except VersionProblem:
        raise
    except OSError as error:
        raise VersionProblem(f"{file} tidak dapat dibaca ({error.strerror})") from None
    except UNREADABLE as error:
        raise VersionProblem(f"isi {file} rusak ({type(error).__name__})") from None


def _need(fine: object, sentence: str) -> None:
    if not fine:
        raise VersionProblem(sentence)


def _some(names: Iterable[str]) -> str:
    """A few of them, for a sentence."""
    listed = sorted(names)
    return ", ".join(listed[:3]) + (", ..." if len(listed) > 3 else "")  # noqa: PLR2004


def _check_areas(table: Mapping[str, Any]) -> None:
    """Codes as Kemendagri writes them, names, zones, and a province for each kabupaten and the other way round."""
    provinces, kabupaten = table["provinsi"], table["kabupaten"]
    odd = [code for code in provinces if not re.fullmatch(r"\d\d", code)]
    odd += [code for code in kabupaten if not re.fullmatch(r"\d\d\.\d\d", code)]
    _need(not odd, f"areas.json: kode {_some(odd)} tidak dikenal")
    _need(all(isinstance(name, str) and name for name in provinces.values()), "areas.json: ada provinsi tanpa nama")
    for code, (name, zone, capital) in kabupaten.items():
        _need(name and all(isinstance(each, str) for each in (name, capital)), f"areas.json: nama {code} tidak terbaca")
        _need(zone in ZONES, f"areas.json: zona waktu {zone!r} pada {code} tidak dikenal")
    lone = provinces.keys() ^ {code[:2] for code in kabupaten}
    _need(not lone, f"areas.json: provinsi {_some(lone)} tanpa kabupaten/kota, atau sebaliknya")


def _check_columns(columns: Mapping[str, Any], table: Mapping[str, Any]) -> None:
    """The map holds the same provinces and kabupaten as the list, an outline of each, and columns that fit."""
    lacking = COLUMNS - columns.keys()
    _need(not lacking, f"map.bin: kolom {_some(lacking)} tidak ada")
    drawn = {code[:5] for code in columns["kec_code"]}
    for what, here, there in (
        ("provinsi", {code[:2] for code in drawn}, table["provinsi"].keys()),
        ("kabupaten/kota", drawn, table["kabupaten"].keys()),
    ):
        counted = f"{len(here)} {what} di map.bin, {len(there)} di areas.json"
        _need(here == there, f"{counted}; berbeda pada {_some(here ^ there)}")
    sizes = columns["outline_size"]
    _need(
        len(sizes) == len(drawn) and sizes.all(), f"map.bin: {np.count_nonzero(sizes)} garis batas, {len(drawn)} perlu"
    )
    desa, kec = len(columns["desa_name"]), len(columns["kec_code"])
    fitting = all(len(columns[name]) == desa for name in OF_EACH_DESA) and len(columns["kec_name"]) == kec
    fitting = fitting and columns["desa_kec"].max() < kec and columns["desa_key"].max() < len(columns["keys"])
    _need(fitting and sizes.sum() == len(columns["outline"]), "map.bin: kolom-kolomnya tidak cocok satu sama lain")


def _check_outlines() -> None:
    """Every outline is an area that can be measured against."""
    earth = atlas.load()
    _need(len(earth.grid[0]), "map.bin: tidak ada desa yang berkoordinat")
    shapes, _ = earth.outlines
    fine = np.isin(shapely.get_type_id(shapes), POLYGONS) & ~shapely.is_empty(shapes) & shapely.is_valid(shapes)
    broken = [code for code, whole in zip(earth.kab_code, fine.tolist(), strict=True) if not whole]
    _need(not broken, f"map.bin: garis batas {_some(broken)} rusak")


def _check_tables(version: versions.Version) -> None:
    """Its tables are known by name, and what they say is said of areas that exist."""
    known = versions.tables()
    strange = {path.name for path in version.folder.glob("*.toml")} - known
    _need(not strange, f"tabel {_some(strange)} tidak dikenal; yang dikenal: {', '.join(sorted(known))}")
    for path in version.folder.glob("*.toml"):
        with _reading(path.name):
            tomllib.loads(path.read_text(encoding="utf-8"))
    for file in sorted(known & NAMES):
        with _reading(file):
            _check_names(version.table(file))
    with _reading("former.toml"):
        _check_former()
    with _reading("words.toml"):
        gazetteer.vocabulary()
    with _reading("offices.toml"):
        for area in (*areas.all_provinsi(), *areas.all_kabupaten()):
            areas.office_name(area.code)
    with _reading("tabel-tabelnya"):
        gazetteer.names()


def _check_names(table: Path) -> None:
    """Sections of names, and on the right of each the official names of what they mean, divided by " | "."""
    targets = gazetteer.official_targets()
    for section in tomllib.loads(table.read_text(encoding="utf-8")).values():
        for written, meant in section.items():
            nobody = [name for name in meant.split(" | ") if name not in targets]
            _need(not nobody, f"{table.name}: {written!r} menunjuk {_some(nobody)!r}, yang tidak ada di areas.json")


def _check_former() -> None:
    provinces = areas.raw_province_names().keys()
    for name, codes in gazetteer.read_table("former").items():
        gone = set(codes) - provinces
        _need(not gone, f"former.toml: {name!r} menunjuk provinsi {_some(gone)}, yang tidak ada di areas.json")
