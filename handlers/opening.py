"""Until when an office takes what is due on a day, in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.brief import brief
from handlers.effects import T, Value
from handlers.speech import WEEKDAYS, ZONES, spoken

if TYPE_CHECKING:
    from law.hours import Hours, OfficeHours

MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)


def until(own: OfficeHours, day: date) -> T:
    """A last day, and the hour until which the office takes what is due on it."""
    found = own.takes_until(day)
    if found is None:
        return spoken(day)
    that, since = found
    values: dict[str, Value] = {"day": spoken(day), **_hour(own, since)}
    if that == day:
        return T("{day}, sampai pukul {time} {zone}", **values)
    values["last"] = spoken(that)
    return T("{day}; kantor tutup hari itu, terakhir buka {last} sampai pukul {time} {zone}", **values)


def unless_open(own: OfficeHours, day: date) -> T | None:
    """The same where the office does not open on that day; None where it does, and the day alone says enough."""
    return None if own.hours.row(own.code, day) else until(own, day)


def last_hour(hours: Hours, office: str, day: str) -> T:
    """The same of an ISO day; the day alone where the office was not said with it."""
    return until(hours.of(office), date.fromisoformat(day)) if office else spoken(day)


def week(own: OfficeHours, day: date) -> tuple[Value, str]:
    """When an office is open in the week of this day, days of the same hours together; and what that rests on."""
    monday = day - A_DAY * day.weekday()
    found: dict[str, Value] = {}
    sources: dict[str, None] = {}
    for step, name in enumerate(WEEKDAYS):
        if row := own.hours.row(own.code, monday + A_DAY * step):
            hours = f"{_clock(row.opens)}-{_clock(row.closes)}"
            found[hours] = T("{some}, {next}", some=found[hours], next=name) if hours in found else name
            sources[f"{row.article} ({row.version})"] = None
    said: Value = T("tutup minggu ini")
    for number, (hours, days) in enumerate(found.items()):
        part = T("{days} {hours}", days=days, hours=hours)
        said = T("{some}; {next}", some=said, next=part) if number else part
    return said, "; ".join(sources)


def briefly(own: OfficeHours, day: date, today: date) -> T:
    """The same in few words: Kam, 17 Okt 16.00 WIB."""
    found = own.takes_until(day)
    if found is None:
        return brief(day, today)
    that, since = found
    values: dict[str, Value] = {"day": brief(day, today), **_hour(own, since)}
    if that == day:
        return T("{day} {time} {zone}", **values)
    return T("{day}; buka terakhir {last} {time} {zone}", last=brief(that, today), **values)


def _hour(own: OfficeHours, since: timedelta) -> dict[str, Value]:
    return {"time": _clock(since), "zone": ZONES.get(str(own.zone), "WIB")}


def _clock(since: timedelta) -> str:
    hours, minutes = divmod(since // MINUTE, 60)
    return f"{hours:02}.{minutes:02}"
