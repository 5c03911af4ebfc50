"""The map in memory: kecamatan, desa and outlines out of `map.bin`, one container of raw columns, quick to load."""

from __future__ import annotations

import json
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from place import versions, words
from place.areas import all_kabupaten

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MISSING = 2_000_000_000  # stands for a coordinate that the source does not have
STEP = 1e-6  # degrees
CELL = 0.05  # degrees; about 5.5 km
PARTS = (
    {"Utara", "Selatan", "Barat", "Timur", "Tengah", "Pusat", "Kota", "Kulon", "Wetan", "Kidul", "Lor"}
    | {"Hulu", "Hilir", "Petamburan", "I", "II", "III"}
)  # fmt: skip
WEST, SOUTH, COLUMNS, ROWS = 94.0, -12.0, 960, 400  # the grid reaches 142 E and 8 N


def write(path: Path, version: str, columns: dict[str, Any]) -> None:
    """Write columns (lists of str, or numpy arrays) after a header line of JSON that says where each lies."""
    blobs, header, start = [], {}, 0
    for name, column in sorted(columns.items()):
        is_text = isinstance(column, list)
        blob = "\n".join(column).encode() if is_text else column.tobytes()
        header[name] = ["text" if is_text else column.dtype.str, start, len(blob)]
        blobs.append(blob)
        start += len(blob)
    head = json.dumps({"version": version, "columns": header}, sort_keys=True).encode()
    path.write_bytes(head + b"\n" + b"".join(blobs))


def read(path: Path) -> dict[str, Any]:
    """Read what `write` wrote; VersionProblem when it is of another version than the chosen one, or cut short."""
    data = path.read_bytes()
    end = data.index(b"\n") + 1
    header = json.loads(data[:end])
    if header["version"] != (wanted := versions.current().name):
        raise versions.VersionProblem(f"{path.name} adalah versi {header['version']}, bukan {wanted}")
    columns: dict[str, Any] = {}
    for name, (kind, start, size) in header["columns"].items():
        if end + start + size > len(data):
            raise versions.VersionProblem(f"{path.name} terpotong")
        blob = memoryview(data)[end + start : end + start + size]
        columns[name] = str(blob, "utf-8").split("\n") if kind == "text" else np.frombuffer(blob, kind)
    return columns


class Atlas:
    """Everything below the kabupaten. A desa and a kecamatan are known by their index, ordered by code."""

    def __init__(self, path: Path) -> None:
        columns = read(path)
        self.kab_code = [area.code for area in all_kabupaten()]
        self.kec_code: list[str] = columns["kec_code"]
        self.kec_name: list[str] = columns["kec_name"]
        number = {code: index for index, code in enumerate(self.kab_code)}
        self.kec_kab = np.array([number[code[:5]] for code in self.kec_code], np.int32)
        self.desa_name: list[str] = columns["desa_name"]
        self.desa_kec: NDArray[Any] = columns["desa_kec"]
        self.desa_kab: NDArray[Any] = self.kec_kab[self.desa_kec]
        self.desa_post: NDArray[Any] = columns["desa_post"]
        self._columns = columns

    def desa_code(self, desa: int) -> str:
        """Full code of a desa: 33.11.01.2003."""
        return f"{self.kec_code[self.desa_kec[desa]]}.{self._columns['desa_tail'][desa]:04d}"

    @cached_property
    def lon(self) -> NDArray[Any]:
        """Degrees of each desa; far outside the grid where unknown."""
        return np.asarray(self._columns["desa_lon"] * STEP)

    @cached_property
    def lat(self) -> NDArray[Any]:
        """Degrees of each desa; far outside the grid where unknown."""
        return np.asarray(self._columns["desa_lat"] * STEP)

    @cached_property
    def outlines(self) -> tuple[NDArray[Any], Any]:
        """Outline of each kabupaten in the order of `kab_code`, and a search tree over them."""
        import shapely  # noqa: PLC0415  (typed names do without it)

        sizes = self._columns["outline_size"]
        ends = np.cumsum(sizes)
        data = self._columns["outline"].tobytes()
        parts = [data[end - size : end] for end, size in zip(ends.tolist(), sizes.tolist(), strict=True)]
        shapes = shapely.from_wkb(parts)
        shapely.prepare(shapes)
        return shapes, shapely.STRtree(shapes)

    @cached_property
    def grid(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Desa ordered by cell, row by row, and where each cell begins in that order."""
        known = np.nonzero(self._columns["desa_lon"] != MISSING)[0]
        row = ((self.lat[known] - SOUTH) / CELL).astype(np.int32)
        cell = row * COLUMNS + ((self.lon[known] - WEST) / CELL).astype(np.int32)
        order = np.argsort(cell, kind="stable")
        begins = np.zeros(COLUMNS * ROWS + 1, np.int32)
        np.cumsum(np.bincount(cell, minlength=COLUMNS * ROWS), out=begins[1:])
        return known[order], begins

    def desa_around(self, lat: float, lon: float, reach: int) -> NDArray[Any]:
        """Desa in the square of cells that reaches `reach` cells beyond the point's own on each side."""
        order, begins = self.grid
        row, column = int((lat - SOUTH) / CELL), int((lon - WEST) / CELL)
        first, last = max(column - reach, 0), min(column + reach + 1, COLUMNS)
        rows = range(max(row - reach, 0), min(row + reach + 1, ROWS))
        parts = [order[begins[r * COLUMNS + first] : begins[r * COLUMNS + last]] for r in rows]
        return np.concatenate(parts) if parts and first < last else order[:0]

    @cached_property
    def kec_by_key(self) -> dict[str, list[int]]:
        """Kecamatan by the key of their name."""
        found: dict[str, list[int]] = {}
        for index, name in enumerate(self.kec_name):
            found.setdefault(words.key(name), []).append(index)
        return found

    @cached_property
    def kec_parts(self) -> dict[str, list[int]]:
        """Kecamatan by the key of what they are parts of: Ungaran of Ungaran Barat and Ungaran Timur."""
        found: dict[str, list[int]] = {}
        for index, name in enumerate(self.kec_name):
            whole, _, part = name.rpartition(" ")
            if whole and part in PARTS:
                found.setdefault(words.key(whole), []).append(index)
        return found

    @cached_property
    def _desa_keys(self) -> tuple[dict[str, int], NDArray[Any], NDArray[Any]]:
        keys: list[str] = self._columns["keys"]
        column = self._columns["desa_key"]
        order = np.argsort(column, kind="stable")
        ends = np.cumsum(np.bincount(column, minlength=len(keys)))
        return dict(zip(keys, range(len(keys)), strict=True)), order, ends

    @cached_property
    def below(self) -> frozenset[str]:
        """Every name of a kecamatan, of what several are parts of, or of a desa."""
        return frozenset((*self._desa_keys[0], *self.kec_by_key, *self.kec_parts))

    def named_below(self, key: str) -> bool:
        """Whether any kecamatan or desa is written so."""
        return key in self.below

    def desa_by_key(self, key: str) -> list[int]:
        """Desa by the key of their name."""
        number, order, ends = self._desa_keys
        at = number.get(key)
        if at is None:
            return []
        found: list[int] = order[ends[at - 1] if at else 0 : ends[at]].tolist()
        return found


@cache
def load() -> Atlas:
    """Load the chosen version's map, once in the life of the process."""
    return Atlas(versions.current().folder / "map.bin")
