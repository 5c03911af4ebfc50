"""The independent set of places: one village of each kabupaten/kota, from another source than the map."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Settlement(NamedTuple):
    code: str
    lat: float
    lon: float
    desa: str
    kecamatan: str
    kabupaten: str
    provinsi: str
    postcode: str

    @property
    def bare(self) -> str:
        """The kabupaten's name without its title."""
        return self.kabupaten.removeprefix("Kabupaten ").removeprefix("Kota ").removeprefix("Administrasi ")


@cache
def settlements() -> tuple[Settlement, ...]:
    with Path(__file__).with_name("settlements.csv").open(encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(Settlement(code, float(lat), float(lon), *names) for code, lat, lon, *names in rows)
