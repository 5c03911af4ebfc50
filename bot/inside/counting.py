"""The figures of an office and all below it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.inside.filing import local
from bot.inside.sight import in_lists, kecamatan_name
from handlers.counting import Span, span
from handlers.office_events import FiguresCounted
from handlers.triage import PANWASCAM, counts_exactly
from place.areas import office_name
from storage import cases, figures
from storage.sight import hidden as hidden_cases
from storage.tallies import Summer

if TYPE_CHECKING:
    from datetime import date

    from bot.inside.act import Act, Means
    from handlers import office_effects as ask
    from handlers.events import Event
    from handlers.turn import Staff

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
    posts = classes(act.means)
    adding = summer(act.means)
    adding.all(act.work.writing())
    name, scope = _scope(staff)
    hidden = adding.of_cases(act.work.reading, scope, hidden_cases(in_lists(staff, private=act.turn.private)))
    found = figures.figures(act.work.reading, act.means.keys, scope, _days(days, judged), posts, hidden)
    groups = {"kind": found.kinds, "position": found.positions, "fate": found.fates, "limit": found.limits}
    return [FiguresCounted(name, effect.period, days, groups, "." not in staff.office, veiled)]


def _scope(staff: Staff) -> tuple[str, str]:
    """Of whom: a panwascam's kecamatan, nobody where none was entered; of others the office with all below it."""
    name = office_name(staff.office)
    if staff.role != PANWASCAM:
        return name, staff.office
    return f"{name}, Kec. {kecamatan_name(staff.kecamatan) or '-'}", staff.kecamatan or "-"


def _days(days: Span, today: date) -> figures.Days:
    first = days.first.isoformat() if days.first.year > 1 else ""
    return figures.Days(first, days.middle.isoformat(), (days.last + DAY).isoformat(), today.isoformat())


def classes(means: Means) -> tuple[str, ...]:
    """Ids of all classes of posts."""
    return tuple(post.id for post in means.book.posts)


def summer(means: Means) -> Summer:
    """Who adds up what the database noted, by the days on each office's wall."""
    return Summer(
        means.keys, lambda scope, created: local(cases.moment(created), scope).date().isoformat(), classes(means)
    )
