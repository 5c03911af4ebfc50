"""Time is a channel too: timers that ran out become events, each exactly once, through the same door."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select

from bot.engine import Arrival
from handlers.events import Due
from storage.cases import stamp
from storage.tables import timers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.act import Act
    from bot.clock import Clock
    from storage.database import Database

log = structlog.get_logger()
TICK = 1.0
MOST = 100


class Ticker:
    """Looks for due timers once a second."""

    def __init__(self, database: Database, clock: Clock, submit: Callable[[list[Arrival]], Awaitable[None]]) -> None:
        self._database, self._clock, self._submit = database, clock, submit
        self._stopping = asyncio.Event()

    def close(self) -> None:
        """Stop at the next tick."""
        self._stopping.set()

    async def serve(self) -> None:
        """Tick until closed."""
        while not self._stopping.is_set():
            try:
                await self.tick()
            except Exception as error:  # noqa: BLE001 - the database may be away for a moment
                log.error("tick_failed", error=type(error).__name__)
            try:
                await asyncio.wait_for(self._stopping.wait(), TICK)
            except TimeoutError:
                continue

    async def tick(self) -> None:
        """Give every due timer to its conversation. The timer's own end goes in the same transaction."""
        now = self._clock.now()

        def look(conn: Connection) -> list[tuple[int, str, int]]:
            due = select(timers).where(timers.c.due_at <= stamp(now)).order_by(timers.c.due_at).limit(MOST)
            return [(row.conversation_id, row.what, row.due_at) for row in conn.execute(due)]

        found = await self._database.read(look)
        if found:
            await self._submit([_arrival(to, what, due, now) for to, what, due in found])


def _arrival(to: int, what: str, due: int, now: datetime) -> Arrival:
    def work(act: Act) -> None:
        act.work.wake(act.chat, what, None)

    return Arrival("jam", f"{to}:{what}:{due}", to=to, event=Due(what), work=work, at=now)
