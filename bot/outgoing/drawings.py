"""Pictures of ours, drawn when they are shown: in one thread of its own, for a picture must not hold up words."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_HAND = ThreadPoolExecutor(1, "gambar")
KEPT = 64  # pictures of about 30 kB; the same place is shown to the citizen and to each of its officers


async def drawn(body: Mapping[str, Any]) -> bytes | None:
    """A PNG of what a message's body refers to; None where it refers to nothing.

    "spot": [codes, [latitude, longitude] or None] is a map, "chart": figures as bot/inside/render.py made them.
    """
    if spot := body.get("spot"):
        codes, point = spot
        wanted = tuple(codes), tuple(point) if point else None
        return await asyncio.get_running_loop().run_in_executor(_HAND, _map, *wanted)
    if chart := body.get("chart"):
        return await asyncio.get_running_loop().run_in_executor(_HAND, _chart, json.dumps(chart))
    return None


@lru_cache(KEPT)
def _map(codes: tuple[str, ...], point: tuple[float, float] | None) -> bytes:
    from place.picture import picture  # noqa: PLC0415 - Pillow's drawing, and only where a map is shown

    return picture(codes, *(point or ()))


@lru_cache(KEPT)
def _chart(chart: str) -> bytes:
    from bot.outgoing.chart import picture  # noqa: PLC0415 - likewise

    return picture(json.loads(chart))
