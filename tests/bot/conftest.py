"""Telegram for the tests of this folder: a stand-in on loopback, and our channel talking to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.standins.telegram import TOKEN, StandIn, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.channels.telegram import Telegram


@pytest.fixture
async def world() -> AsyncIterator[StandIn]:
    async with serving(StandIn()) as standin:
        yield standin


@pytest.fixture(scope="module")
async def made() -> AsyncIterator[list[Telegram]]:
    """All bots of this file, closed together, since each takes a quarter of a second to part."""
    bots: list[Telegram] = []
    yield bots
    await asyncio.gather(*(bot.close() for bot in bots))


@pytest.fixture
def bot(world: StandIn, made: list[Telegram]) -> Telegram:
    from bot.channels.telegram import Telegram  # noqa: PLC0415 - seconds, for those who need it

    made.append(Telegram(TOKEN, world.url))
    return made[-1]
