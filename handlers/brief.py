"""Days and ages in few words, for lists that an officer reads on a phone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.effects import T

if TYPE_CHECKING:
    from datetime import datetime

WEEKDAYS = (T("Sen"), T("Sel"), T("Rab"), T("Kam"), T("Jum"), T("Sab"), T("Min"))
MONTHS = (
    T("Jan"), T("Feb"), T("Mar"), T("Apr"), T("Mei"), T("Jun"), T("Jul"), T("Agu"), T("Sep"), T("Okt"), T("Nov"),
    T("Des"),
)  # fmt: skip
DAYS_FROM = timedelta(hours=48)  # an age is said in hours up to here


def brief(day: date, today: date) -> T:
    """A day: Kam, 17 Okt; with its year where that is not this one."""
    said = T("{weekday}, {day} {month}", weekday=WEEKDAYS[day.weekday()], day=day.day, month=MONTHS[day.month - 1])
    return said if day.year == today.year else T("{day} {year}", day=said, year=day.year)


def age(since: datetime, at: datetime) -> T:
    """How long it is here."""
    passed = at - since
    if passed >= DAYS_FROM:
        return T("masuk {count} hari lalu", count=passed.days)
    if hours := passed // timedelta(hours=1):
        return T("masuk {count} jam lalu", count=hours)
    minutes = passed // timedelta(minutes=1)
    return T("masuk {count} menit lalu", count=minutes) if minutes else T("masuk barusan")
