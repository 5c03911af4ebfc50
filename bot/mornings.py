"""Eight o'clock, in each office's own zone: what waits there becomes an event for whoever hears for the office.

MORNING_HOUR may name another hour.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.engine import Arrival
from bot.inside.sight import aloud, in_lists, officer
from handlers.office_events import MorningCame
from handlers.triage import covers
from place.areas import office_name, zone_of
from storage import conversations, mornings, offices
from storage.cases import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy import Connection

    from sealing.keys import KeyRing
    from storage.database import Database

STILL, STILL_NATION = timedelta(hours=24), timedelta(hours=48)  # silence climbs
SOON = timedelta(days=1)
FEW = 20  # offices whose standing is counted in one transaction


def _day(office: str, now: datetime) -> str:
    """The office's own day."""
    return now.astimezone(ZoneInfo(zone_of(office))).date().isoformat()


class Mornings:
    """Each office is told once a day, also after a restart: a house that was down at eight tells it before nine."""

    def __init__(
        self, database: Database, keys: KeyRing, submit: Callable[[list[Arrival]], Awaitable[None]], hour: int = 8
    ) -> None:
        self._database, self._keys, self._submit, self._hour = database, keys, submit, hour
        self._told: dict[str, date] = {}

    async def tick(self, now: datetime) -> None:
        """Tell every office whose morning has come."""
        served = await self._database.read(mornings.offices_served)
        local = {office: now.astimezone(ZoneInfo(zone_of(office))) for office in served}
        woken = [code for code, at in local.items() if at.hour == self._hour and self._told.get(code) != at.date()]
        if not woken:
            return
        await self._counted(served, woken, now)
        for office in woken:
            arrivals = await self._database.read(partial(self._arrivals, office=office, local=local[office]))
            await self._submit(arrivals)
            self._told[office] = local[office].date()

    async def _counted(self, served: list[str], woken: list[str], now: datetime) -> None:
        """What stands still is noted of each office whose morning it is, and of those below who had none yet today.

        A few at once: each is a short transaction of its own, and the first who counts an office counts it for all.
        """
        wanted = [code for code in served if any(covers(office, code) for office in woken)]
        for day in sorted({_day(code, now) for code in wanted}):
            mine = [code for code in wanted if _day(code, now) == day]
            missing = await self._database.read(partial(mornings.uncounted, codes=mine, day=day))
            when = mornings.Standing(
                stamp(now - STILL),
                stamp(now - STILL_NATION),
                day,
                (date.fromisoformat(day) - mornings.LATE_NATION).isoformat(),
            )
            for first in range(0, len(missing), FEW):
                some = missing[first : first + FEW]
                await self._database.write(partial(mornings.note, codes=some, day=day, when=when))

    def _arrivals(self, conn: Connection, office: str, local: datetime) -> list[Arrival]:
        nation, today = office == "RI", local.date()
        still = stamp(local - (STILL_NATION if nation else STILL))
        days = (still, (today + SOON).isoformat(), today.isoformat())
        hearing = offices.hearing(conn, self._keys, office, partial(conversations.is_gone, conn))
        readers = offices.posts(conn, self._keys, hearing)
        arrivals = []
        for chat in hearing:
            person = next((one for one in readers.get(chat, ()) if one.office == office), None)
            sight = in_lists(officer(person)) if person else aloud()
            found = mornings.morning(conn, office, *days, sight)
            if found.waiting or found.running or found.below:
                event = _told(found, office)
                arrivals.append(Arrival("jam", f"pagi:{office}:{today}:{chat}", to=chat, event=event, at=local))
        return arrivals


def _told(found: mornings.Morning, office: str) -> MorningCame:
    below = tuple((office_name(code), silent, late) for code, silent, late in found.below)
    return MorningCame(office_name(office), found.waiting, found.silent, found.running, found.due, below, office)
