"""Points judged by a second map: GADM 4.1 (npm: geojson-indonesia 1.0.1), for private measuring only.

Its licence forbids passing it on, so nothing of it is in this repository; without the two packages these strata are
left out. Each of its 77,468 desa polygons gets the code of today (GADM knows 502 kabupaten, we 514): that of its
kabupaten where all villages of geografis in that kabupaten agree, else by the names of desa and kecamatan, else by the
villages inside. The truth of a point is the polygon it lies in.
"""

from __future__ import annotations

import json
import random
import tarfile
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry import shape

from place import words
from tests.place.villages import KM, Neighbours, jitter, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARE = 0.05  # of a kabupaten's villages; fewer are strays
LIVE, NEAR, COAST, SEA = 6000, 3000, 1500, 400  # points of each stratum
SEA_KM = 45.0
# Boxes (south, west, north, east) around our land borders: there "off the polygon" is abroad, not at sea.
LAND_BORDERS = ((0.7, 109.5, 4.6, 118.0), (-9.6, 124.0, -8.7, 125.4), (-9.5, 140.8, -2.5, 141.5))


class Point(NamedTuple):
    """A point, its truth ("" at open sea), its distance to the next kabupaten, and whether geografis agrees."""

    stratum: str
    lat: float
    lon: float
    code: str
    border_km: float
    agreed: bool


class SecondMap:
    """GADM's desa, with the codes of today, dissolved into kabupaten."""

    def __init__(self, packages: Path) -> None:
        self.rows = read(packages / "geografis-1.3.2.tgz")
        with tarfile.open(packages / "geojson-indonesia-1.0.1.tgz") as archive:
            file = archive.extractfile("package/geojson/gadm41_IDN_4.json")
            assert file
            features = json.load(file)["features"]
        features = [f for f in features if f["properties"]["TYPE_4"] != "WaterBody"]
        shapes = shapely.make_valid(np.array([shape(f["geometry"]) for f in features]))
        self.near = Neighbours(self.rows)
        labels = self._labels([f["properties"] for f in features], shapes)
        self.codes = sorted(set(labels))
        parts: dict[str, list[Any]] = defaultdict(list)
        for label, part in zip(labels, shapes, strict=True):
            parts[label].append(part)
        self.kab = np.array([shapely.union_all(parts[code]) for code in self.codes])
        shapely.prepare(self.kab)
        self.tree = shapely.STRtree(self.kab)

    def _labels(self, known: list[dict[str, str]], shapes: Any) -> list[str]:
        villages: dict[int, list[int]] = defaultdict(list)
        for polygon, village in zip(*self.near.tree.query(shapes, predicate="contains"), strict=True):
            villages[int(polygon)].append(int(village))
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for index, properties in enumerate(known):
            counts[properties["GID_2"]].update(self.rows[v]["kab"] for v in villages[index])
        for row in self.rows:
            named[words.key(row["village"]), words.key(row["district"])].add(row["kab"])
        return [self._label(p, shapes[i], villages[i], counts[p["GID_2"]], named) for i, p in enumerate(known)]

    def _label(self, known: dict[str, str], polygon: Any, inside: list[int], count: Counter[str], named: Any) -> str:
        plausible = {code for code, many in count.items() if many >= max(3, SHARE * count.total())}
        by_name = named.get((words.key(known["NAME_4"]), words.key(known["NAME_3"])), set()) & plausible
        for codes in (plausible, by_name):
            if len(codes) == 1:
                return next(iter(codes))
        if inside:
            return Counter(self.rows[v]["kab"] for v in inside).most_common(1)[0][0]
        middle = shapely.point_on_surface(polygon)
        return self.near.around(middle.y, middle.x, 1)[0]

    def truth(self, lat: float, lon: float) -> str:
        hits = self.tree.query(shapely.Point(lon, lat), predicate="within")
        return self.codes[hits[0]] if len(hits) else ""

    def others(self, lat: float, lon: float, own: str, reach: float = 8.0) -> float:
        """Kilometres to the nearest other kabupaten, at most `reach`."""
        point = shapely.Point(lon, lat)
        hits = self.tree.query(point, predicate="dwithin", distance=reach / KM)
        return min((shapely.distance(self.kab[i], point) * KM for i in hits if self.codes[i] != own), default=reach)

    def point(self, stratum: str, lat: float, lon: float, code: str) -> Point:
        agreed = self.near.around(lat, lon, 1)[0] == code
        return Point(stratum, lat, lon, code, self.others(lat, lon, code), agreed)

    def strata(self, seed: int = 1) -> Iterator[Point]:
        """Every stratum; the number of points near villages on which the two sources differ is in `dropped`."""
        dice = random.Random(seed)
        yield from self._live(dice)
        yield from self._border(dice)
        yield from self._area(dice)
        yield from self._coast(dice)
        yield from self._sea(dice)

    def _live(self, dice: random.Random) -> Iterator[Point]:
        self.dropped = 0
        for row in dice.sample(self.rows, LIVE):
            lat, lon = jitter(dice, row["latitude"], row["longitude"], 1.0)
            if self.truth(lat, lon) == row["kab"]:
                yield self.point("as people live", lat, lon, row["kab"])
            else:
                self.dropped += 1

    def _border(self, dice: random.Random) -> Iterator[Point]:
        found = 0
        while found < NEAR:
            row = dice.choice(self.rows)
            lat, lon = jitter(dice, row["latitude"], row["longitude"], 3.0)
            if (code := self.truth(lat, lon)) and self.others(lat, lon, code) <= 1:
                found += 1
                yield self.point("border", lat, lon, code)

    def _area(self, dice: random.Random) -> Iterator[Point]:
        for code, kab in zip(self.codes, self.kab, strict=True):
            west, south, east, north = kab.bounds
            found = 0
            while found < 4:
                lon, lat = dice.uniform(west, east), dice.uniform(south, north)
                if shapely.contains_xy(kab, lon, lat):
                    found += 1
                    yield self.point("uniform in each", lat, lon, code)

    def _coast(self, dice: random.Random) -> Iterator[Point]:
        """Up to 5 km off the shore of one kabupaten, with no other one less than three times as far."""
        found = 0
        while found < COAST:
            row = dice.choice(self.rows)
            lat, lon = jitter(dice, row["latitude"], row["longitude"], 8.0)
            at_border = any(south < lat < north and west < lon < east for south, west, north, east in LAND_BORDERS)
            if at_border or self.truth(lat, lon):
                continue
            point = shapely.Point(lon, lat)
            hits = self.tree.query(point, predicate="dwithin", distance=20 / KM)
            far = sorted((float(shapely.distance(self.kab[i], point)) * KM, self.codes[i]) for i in hits)
            if far and 0.1 <= far[0][0] <= 5 and (len(far) == 1 or far[1][0] >= 3 * far[0][0] + 1):
                found += 1
                yield self.point("offshore", lat, lon, far[0][1])

    def _sea(self, dice: random.Random) -> Iterator[Point]:
        found = 0
        while found < SEA:
            lat, lon = dice.uniform(-12, 8), dice.uniform(94, 141.5)
            if not len(self.tree.query(shapely.Point(lon, lat), predicate="dwithin", distance=SEA_KM / KM)):
                found += 1
                yield Point("open sea, abroad", lat, lon, "", SEA_KM, agreed=True)
