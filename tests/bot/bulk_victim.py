"""A house over a folder that is killed while it does something to many cases; see tests/bot/test_bulk_killed.py."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from bot.inside import desk
from handlers.events import TextReceived
from tests.serving import house

UPDATE = 1000  # the number of the press: the same before and after


def killed_at(which: int) -> None:
    """From now on the process dies in the middle of moving so many cases."""
    moved, real = [0], desk.move_case

    def move(*given: Any, **more: Any) -> Any:
        moved[0] += 1
        if moved[0] == which:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **more)

    desk.move_case = move  # type: ignore[assignment]


async def main(folder: Path, url: str, seat: str, which: int) -> None:
    killed_at(which)
    async with house(folder, url) as home:
        home.count = UPDATE
        await home.say(seat, TextReceived("/massal ya"), "kantor")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
