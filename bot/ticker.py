"""Time is a channel too: timers that ran out become events, each exactly once, through the same door."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.engine import Arrival
from bot.inside.alarms import ringing
from bot.inside.offers import lapsing
from handlers.events import Due
from storage import alarms, inbox, timers
from storage.cases import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date, datetime

    from bot.clock import Clock
    from bot.mornings import Mornings
    from bot.summing import Summing
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
TICK = 1.0
MOST = 100
NOBODY_THERE = timedelta(days=1)  # until it is looked again whether somebody serves there, or above
PARKED_LIFE = timedelta(days=30)  # of an update that could not be handled, for a developer to look at


class Ticker:
    """Looks for due timers once a second, and lets others look once a minute (`also`)."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        submit: Callable[[list[Arrival]], Awaitable[None]],
        also: Sequence[Mornings | Summing] = (),
    ) -> None:
        self._database, self._clock, self._submit, self._also = database, clock, submit, also
        self._stopping = asyncio.Event()
        self._forgot: date | None = None
        self._minute = ""

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
        await self._ring(now)
        minute = now.isoformat(timespec="minutes")
        if minute != self._minute:
            self._minute = minute
            for one in self._also:
                await one.tick(now)

    async def _ring(self, now: datetime) -> None:
        """Reminders and alarms of offices: one event each."""
        due, nobody = await self._database.read(lambda conn: ringing(conn, stamp(now), MOST))
        if due:
            await self._submit([Arrival("jam", name, to=to, work=work, at=now) for name, to, work in due])
        if nobody:
            later = stamp(now + NOBODY_THERE)
            await self._database.write(lambda conn: alarms.look_later(conn, nobody, stamp(now), later))


def _arrival(to: int, what: str, due: int, now: datetime) -> Arrival:
    def over(work: UnitOfWork) -> None:
        timers.drop(work.reading, to, what, due)

    return Arrival("jam", f"{to}:{what}:{due}", to=to, event=Due(what), anyway=over, at=now)
