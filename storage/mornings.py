"""What an office's morning is made of: counts of its open cases, the nearest limits, and the offices below it.

What stands still at an office is counted at its own morning and noted; whoever is above reads the notes, so that the
nation's morning is a matter of some 550 rows, however many cases there are (docs/adr/0021).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, insert, select, text, true, update

from handlers.life import BARU
from storage.sight import conditions, hidden, narrowed
from storage.tables import HAS_LIMIT, IS_OPEN, cases, staff, watches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, Select

    from storage.sight import Sight

MOST = 8  # limits, and offices below, in one message
LATE_NATION = timedelta(days=2)  # lateness climbs to the nation later than to a province


@dataclass(frozen=True, slots=True)
class Morning:
    """Counts of cases; `due` are (ticket, status, limit, kind), `below` (office, without action, past the limit)."""

    waiting: int
    silent: int
    running: int
    due: tuple[tuple[str, str, str, str], ...]
    below: tuple[tuple[str, int, int], ...]


def offices_served(conn: Connection) -> list[str]:
    """The offices that have an officer who may handle cases."""
    query = select(staff.c.office).where(staff.c.active.is_(True), staff.c.role != "auditor").distinct()
    return sorted(conn.execute(query).scalars())


def morning(conn: Connection, office: str, still: int, soon: str, day: str, sight: Sight | None = None) -> Morning:
    """What is open now, as `sight` allows. `still`: untaken since before this is silent; `soon`: limits up to this day.

    `day`: of which the notes of the offices below are read. Both are ISO days, as limits are stored.
    """
    quiet = and_(cases.c.status == BARU, cases.c.changed < still)
    narrow = narrowed(conn, sight) if sight else None
    seen = conditions(narrow)
    mine: tuple[Any, ...] = (cases.c.office == office, text(IS_OPEN), *seen)
    counts = select(func.count(), _how_many(cases.c.status == BARU), _how_many(quiet)).where(*mine)
    total, waiting, silent = conn.execute(counts).one()
    limits = select(cases.c.ticket, cases.c.status, cases.c.deadline, cases.c.kind).where(
        *mine, text(HAS_LIMIT), cases.c.deadline <= soon
    )
    due = tuple(tuple(row) for row in conn.execute(limits.order_by(cases.c.deadline, cases.c.created).limit(MOST)))
    return Morning(waiting, silent, total - waiting, due, _below(conn, office, day, still, narrow))


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """By when a case stands still: untaken since (a stored time), or past a limit (an ISO day); soon, and for long."""

    still: int
    still_long: int
    late: str
    late_long: str


def uncounted(conn: Connection, codes: Iterable[str], day: str) -> list[str]:
    """Those of these offices of which nothing was noted on this day."""
    noted = set(conn.execute(select(watches.c.office).where(watches.c.day == day)).scalars())
    return [code for code in codes if code not in noted]


def note(conn: Connection, codes: Iterable[str], day: str, when: Standing) -> None:
    """Count what stands still at each of these offices, and note it with the day."""
    for code in codes:
        counts = dict(zip(COUNTS, conn.execute(_standing(code, when)).one(), strict=True))
        changed = update(watches).where(watches.c.office == code).values(day=day, **counts)
        if not conn.execute(changed).rowcount:
            conn.execute(insert(watches).values(office=code, since=0, rung=0, due_at=0, day=day, **counts))


COUNTS = ("silent", "silent_long", "late", "late_long")


def _standing(code: str, when: Standing, sight: Sight | None = None) -> Select[Any]:
    """Walked in an index of the office's open cases that has all of these columns (ix_cases_open)."""
    new, limited = cases.c.status == BARU, cases.c.deadline != ""
    which = (
        and_(new, cases.c.changed < when.still),
        and_(new, cases.c.changed < when.still_long),
        and_(limited, cases.c.deadline < when.late),
        and_(limited, cases.c.deadline < when.late_long),
    )
    counts: list[Any] = [_how_many(one) for one in which]
    return select(*counts).where(cases.c.office == code, text(IS_OPEN), *conditions(sight))


Below = tuple[str, int, int]  # office, without action, past the limit


def _below(conn: Connection, office: str, day: str, still: int, sight: Sight | None) -> tuple[Below, ...]:
    """As noted that day. An office that has cases which `sight` hides is counted anew, without them."""
    if "." in office or (sight and sight.kecamatan is not None):
        return ()
    nation = office == "RI"
    silent, late = (watches.c.silent_long, watches.c.late_long) if nation else (watches.c.silent, watches.c.late)
    under = true() if nation else func.substr(watches.c.office, 1, 2) == office
    query = select(watches.c.office, silent, late).where(watches.c.day == day, watches.c.office != office, under)
    apart = _with_hidden(conn, sight) if sight else set()
    bad = query.where(silent + late > 0, watches.c.office.not_in(sorted(apart)))
    rows = [tuple(row) for row in conn.execute(bad.order_by((silent + late).desc(), watches.c.office).limit(MOST))]
    limit = (date.fromisoformat(day) - LATE_NATION).isoformat() if nation else day
    when = Standing(still, still, limit, limit)
    for code in conn.execute(query.where(watches.c.office.in_(sorted(apart)))).scalars() if apart else ():
        quiet, _, over, _ = conn.execute(_standing(code, when, sight)).one()
        rows += [(code, quiet, over)] if quiet + over else []
    return tuple(sorted(rows, key=lambda row: (-row[1] - row[2], row[0]))[:MOST])


def _with_hidden(conn: Connection, sight: Sight) -> set[str]:
    return set(conn.execute(select(cases.c.office).where(text(IS_OPEN), hidden(sight)).distinct()).scalars())
