"""Eight o'clock, in each office's own zone: what waits there becomes an event for whoever hears for the office."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.engine import Arrival
from bot.inside.filing import zone
from handlers.office_events import MorningCame
from place.areas import office_name
from storage import conversations, mornings, offices
from storage.cases import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy import Connection

    from sealing.keys import KeyRing
    from storage.database import Database

EIGHT, NINE = 8, 9  # a house that was down at eight still tells it before nine, and after that tomorrow
STILL, STILL_NATION = timedelta(hours=24), timedelta(hours=48)  # silence climbs
SOON = timedelta(days=1)
LATE_NATION = timedelta(days=2)


class Mornings:
    """Looks once a minute; each office is told once a day, also after a restart."""

    def __init__(self, database: Database, keys: KeyRing, submit: Callable[[list[Arrival]], Awaitable[None]]) -> None:
        self._database, self._keys, self._submit = database, keys, submit
        self._told: dict[str, date] = {}
        self._minute = ""

    async def tick(self, now: datetime) -> None:
        """Tell every office whose morning has come."""
        minute = now.isoformat(timespec="minutes")
        if minute == self._minute:
            return
        self._minute = minute
        served = await self._database.read(mornings.offices_served)
        for office in served:
            local = now.astimezone(ZoneInfo(zone(office)))
            if EIGHT <= local.hour < NINE and self._told.get(office) != local.date():
                arrivals = await self._database.read(partial(self._arrivals, office=office, local=local))
                await self._submit(arrivals)
                self._told[office] = local.date()

    def _arrivals(self, conn: Connection, office: str, local: datetime) -> list[Arrival]:
        nation, today = office == "RI", local.date()
        still = stamp(local - (STILL_NATION if nation else STILL))
        late = today - LATE_NATION if nation else today
        found = mornings.morning(conn, office, still, (today + SOON).isoformat(), late.isoformat())
        if not (found.waiting or found.running or found.below):
            return []
        below = tuple((office_name(code), silent, late) for code, silent, late in found.below)
        day = today.isoformat()
        event = MorningCame(office_name(office), found.waiting, found.silent, found.running, found.due, below, day)
        name = f"pagi:{office}:{day}"
        hearing = offices.hearing(conn, self._keys, office, partial(conversations.is_gone, conn))
        return [Arrival("jam", f"{name}:{chat}", to=chat, event=event, at=local) for chat in hearing]
