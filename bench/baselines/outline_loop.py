"""What one writes first: a loop over the 514 outlines that asks shapely of each whether the point lies inside."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import shapely

from place import atlas

if TYPE_CHECKING:
    from collections.abc import Callable


def load() -> Callable[[float, float], str]:
    """Read the same outlines as JagaNetral has, neither prepared nor in a tree, and give what answers a point."""
    earth = atlas.load()
    shapes = shapely.from_wkb(shapely.to_wkb(earth.outlines[0]))
    outlines = list(zip(earth.kab_code, shapes, strict=True))

    def ask(lat: float, lon: float) -> str:
        point = shapely.Point(lon, lat)
        for code, shape in outlines:
            if shape.contains(point):
                return code
        return ""

    return ask


def main() -> None:
    """A JSON object a line in, one a line out, like `jaganetral place`."""
    ask = load()
    for line in sys.stdin:
        point = json.loads(line)
        print(json.dumps({"kode": ask(point["lat"], point["lon"])}), flush=True)


if __name__ == "__main__":
    main()
