"""Time is a channel too: timers that ran out become events, each exactly once, through the same door."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.engine import Arrival
from bot.inside.offers import lapsing
from handlers.events import Due
from storage import inbox, timers
from storage.cases import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date, datetime

    from bot.clock import Clock
    from bot.mornings import Mornings
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
TICK = 1.0
MOST = 100
PARKED_LIFE = timedelta(days=30)  # of an update that could not be handled, for a developer to look at


class Ticker:
    """Looks for due timers once a second."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        submit: Callable[[list[Arrival]], Awaitable[None]],
        mornings: Mornings | None = None,
    ) -> None:
        self._database, self._clock, self._submit, self._mornings = database, clock, submit, mornings
        self._stopping = asyncio.Event()
        self._forgot: date | None = None

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
        if self._forgot != now.date():
            await self._database.write(lambda conn: inbox.forget(conn, stamp(now - PARKED_LIFE)))
            self._forgot = now.date()
        found = await self._database.read(lambda conn: timers.due(conn, stamp(now), MOST))
        if found:
            await self._submit([_arrival(to, what, due, now) for to, what, due in found])
        over = await self._database.read(lambda conn: lapsing(conn, stamp(now), MOST))
        if over:
            await self._submit([Arrival("jam", name, to=to, work=work, at=now) for name, to, work in over])
        if self._mornings:
            await self._mornings.tick(now)


def _arrival(to: int, what: str, due: int, now: datetime) -> Arrival:
    def over(work: UnitOfWork) -> None:
        timers.drop(work.reading, to, what, due)

    return Arrival("jam", f"{to}:{what}:{due}", to=to, event=Due(what), anyway=over, at=now)
