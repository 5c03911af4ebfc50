"""Killed in the middle of many cases: none is half way, and the same update, which comes again, does each of them once."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from handlers.events import TextReceived
from tests.bot import bulk_victim
from tests.bot.desks import SUKOHARJO, officer
from tests.bot.test_bulk import done, news, some, states
from tests.serving import house

ROOT = Path(__file__).parents[2]


async def killed(folder: Path, url: str, seat: str, which: int) -> None:
    """The press in a process of its own, which does not live to its commit."""
    command = (sys.executable, "-m", bulk_victim.__name__, str(folder), url, seat, str(which))
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    assert await asyncio.wait_for(child.wait(), 60) == -signal.SIGKILL


@pytest.mark.parametrize("which", [1, 3, 4])
async def test_nothing_is_lost_and_nothing_done_twice(tmp_path: Path, database_url: str, which: int) -> None:
    folder = tmp_path / "data"
    async with house(folder, database_url) as home:
        ani = await officer(home, SUKOHARJO)
        reports = await some(home, 4)
        heard = [await news(home, one) for one in reports]
        await ani.says("/massal baru: ambil")
    await killed(folder, database_url, ani.seat, which)
    async with house(folder, database_url) as home:
        assert [(row[0], row[3]) for row in await states(home, reports)] == [("baru", 1)] * 4
        assert [await news(home, one) for one in reports] == heard
        for _ in range(2):  # the platform sends it again, and once more
            home.count = bulk_victim.UPDATE
            await home.say(ani.seat, TextReceived("/massal ya"), "kantor")
        assert [await done(home, one) for one in reports] == [["masuk", "ambil"]] * 4
        assert [await news(home, one) for one in reports] == [count + 1 for count in heard]
        assert home.serving.engine.parked == 0
