"""The small picture of a place: drawn in one thread of its own, for a map must not hold up words."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

_HAND = ThreadPoolExecutor(1, "peta")
KEPT = 64  # pictures of about 30 kB; the same place is shown to the citizen and to each of its officers


async def drawn(spot: list[Any]) -> bytes:
    """A PNG of a body's "spot": [codes, [latitude, longitude] or None]."""
    codes, point = spot
    wanted = tuple(codes), tuple(point) if point else None
    return await asyncio.get_running_loop().run_in_executor(_HAND, _drawn, *wanted)


@lru_cache(KEPT)
def _drawn(codes: tuple[str, ...], point: tuple[float, float] | None) -> bytes:
    from place.picture import picture  # noqa: PLC0415 - Pillow's drawing, and only where a map is shown

    return picture(codes, *(point or ()))
