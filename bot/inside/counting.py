"""The figures of an office and all below it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.inside.filing import local, zone
from bot.inside.offices import offices_of
from handlers.counting import Span, span
from handlers.office_events import FiguresCounted
from handlers.triage import counts_exactly
from place.areas import office_name
from storage import figures
from storage.cases import stamp

if TYPE_CHECKING:
    from datetime import date

    from bot.inside.act import Act
    from handlers import office_effects as ask
    from handlers.events import Event

DAY = timedelta(days=1)


def count_figures(act: Act, effect: ask.CountFigures) -> list[Event]:
    """Count for the officer's own office and all below it; an auditor's days end with the last whole week."""
    staff = act.turn.staff
    if staff is None:
        msg = "only officers get here"
        raise PermissionError(msg)
    today = local(act.turn.at, staff.office).date()
    veiled = not counts_exactly(staff)
    days = span(effect.period, today, whole=veiled)
    judged = days.last + DAY if veiled else today  # what is late, is so on the day after what is counted
    posts = tuple(post.id for post in act.means.book.posts)
    where = offices_of(staff.office)
    found = figures.figures(act.work.reading, act.means.keys, where, _days(days, judged, staff.office), posts)
    groups = {"kind": found.kinds, "position": found.positions, "fate": found.fates, "limit": found.limits}
    return [FiguresCounted(office_name(staff.office), effect.period, days, groups, len(where) > 1, veiled)]


def _days(days: Span, today: date, office: str) -> figures.Days:
    def midnight(day: date) -> int:
        return stamp(datetime.combine(day, time.min, ZoneInfo(zone(office)))) if day.year > 1 else 0

    stop = days.last + DAY
    iso = (days.first.isoformat(), days.middle.isoformat(), stop.isoformat())
    return figures.Days(*iso, midnight(days.first), midnight(days.middle), midnight(stop), today.isoformat())
