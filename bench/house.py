"""JagaNetral in this process: raw Telegram updates in, replies counted where they are queued, nothing sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bench.talk import SAID
from bot.channels.telegram import receive
from bot.config import settings
from bot.engine import Arrival
from bot.logs import logs
from bot.serving import Serving
from bot.start import law, open_all

if TYPE_CHECKING:
    from pathlib import Path

    from storage.unit_of_work import UnitOfWork


class Standing:
    """The time at which the talk was held; by today's clock its drafts would be years old, and end under its feet."""

    rehearsal = ""

    def now(self) -> datetime:
        return datetime.fromtimestamp(SAID, UTC)


class House:
    """The engine behind the channel's own reader, with SQLite as `jaganetral serve` has it."""

    def __init__(self, serving: Serving) -> None:
        self.replies = 0
        self._serving = serving
        committed = serving.engine._after  # noqa: SLF001 - counted where the sender would take them

        def count(work: UnitOfWork) -> None:
            self.replies += len(work.said)
            committed(work)

        serving.engine._after = count  # noqa: SLF001

    async def feed(self, raw: dict[str, Any]) -> None:
        inbounds = receive(raw, "jaga_bot", self._serving.clock.now())
        await self._serving.engine.submit([Arrival("telegram", str(raw["update_id"]), inbounds, raw)])

    async def close(self) -> None:
        await self._serving.stop()


async def opened(folder: Path) -> House:
    logs()
    chosen = settings(data_dir=folder / "data", database_url="", telegram_token="", _env_file=None)
    database, keys, _ = await open_all(chosen)
    serving = Serving(chosen, Standing(), database, keys, law(chosen))
    await serving.start()
    await serving.warmed()
    return House(serving)
