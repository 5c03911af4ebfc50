"""The names of all kecamatan by their codes, out of the map without the rest of it (standard library only)."""

from __future__ import annotations

import json
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from place import versions

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def all_kecamatan() -> Mapping[str, str]:
    """Name by code ("33.11.08": "Grogol"), ordered by code. Two of its columns are read (place/atlas.py: write)."""
    with (versions.current().folder / "map.bin").open("rb") as lying:
        columns = json.loads(lying.readline())["columns"]
        begins, texts = lying.tell(), []
        for name in ("kec_code", "kec_name"):
            _, start, size = columns[name]
            lying.seek(begins + start)
            texts.append(lying.read(size).decode().split("\n"))
    return MappingProxyType(dict(sorted(zip(*texts, strict=True))))


def districts(kabupaten: str) -> dict[str, str]:
    """Code and name ("33.11.01": "Weru") of those of a kabupaten; none for what is no kabupaten or kota."""
    if "." not in kabupaten:
        return {}
    return {code: name for code, name in all_kecamatan().items() if code.startswith(f"{kabupaten}.")}
