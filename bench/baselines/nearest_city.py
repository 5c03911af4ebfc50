"""The usual offline lookup: `reverse_geocoder`, the nearest of GeoNames' cities, as its own documentation uses it.

It knows the names of GeoNames' second level, which are no codes; whoever wants an office has to match them.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import reverse_geocoder

if TYPE_CHECKING:
    from collections.abc import Callable


def load() -> Callable[[float, float], dict[str, str]]:
    """Read the cities and build the tree (mode 1: in one process), and give what answers a point."""
    geocoder: Any = reverse_geocoder.RGeocoder(mode=1, verbose=False)

    def ask(lat: float, lon: float) -> dict[str, str]:
        found: list[dict[str, str]] = geocoder.query([(lat, lon)])
        return found[0]

    return ask


def main() -> None:
    """A JSON object a line in, one a line out, like `jaganetral place`."""
    ask = load()
    for line in sys.stdin:
        point = json.loads(line)
        print(json.dumps(ask(point["lat"], point["lon"])), flush=True)


if __name__ == "__main__":
    main()
