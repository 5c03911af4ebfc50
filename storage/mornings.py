"""What an office's morning is made of: counts of its open cases, the nearest limits, and the offices below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, or_, select, text, true

from handlers.life import BARU
from storage.tables import HAS_LIMIT, IS_OPEN, cases, staff

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

MOST = 8  # limits, and offices below, in one message


@dataclass(frozen=True, slots=True)
class Morning:
    """Counts of cases; `due` are (ticket, status, limit), `below` are (office, without action, past the limit)."""

    waiting: int
    silent: int
    running: int
    due: tuple[tuple[str, str, str], ...]
    below: tuple[tuple[str, int, int], ...]


def offices_served(conn: Connection) -> list[str]:
    """The offices that have an officer who may handle cases."""
    query = select(staff.c.office).where(staff.c.active.is_(True), staff.c.role != "auditor").distinct()
    return sorted(conn.execute(query).scalars())


def morning(conn: Connection, office: str, still: int, soon: str, late: str) -> Morning:
    """What is open now. `still`: untaken since before this is silent; `soon`: limits up to this day are named.

    `late`: below, a limit before this day is past it. Both are ISO days, as limits are stored.
    """
    quiet = and_(cases.c.status == BARU, cases.c.changed < still)
    mine = (cases.c.office == office, text(IS_OPEN))
    counts = select(func.count(), _how_many(cases.c.status == BARU), _how_many(quiet)).where(*mine)
    total, waiting, silent = conn.execute(counts).one()
    limits = select(cases.c.ticket, cases.c.status, cases.c.deadline).where(
        *mine, text(HAS_LIMIT), cases.c.deadline <= soon
    )
    due = tuple(tuple(row) for row in conn.execute(limits.order_by(cases.c.deadline, cases.c.created).limit(MOST)))
    return Morning(waiting, silent, total - waiting, due, _below(conn, office, quiet, late))


def _how_many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _below(conn: Connection, office: str, quiet: ColumnElement[bool], late: str) -> tuple[tuple[str, int, int], ...]:
    """Walked in an index of open cases that has all of these columns (ix_cases_open), never in the cases themselves."""
    if "." in office:
        return ()
    under = true() if office == "RI" else func.substr(cases.c.office, 1, 2) == office
    past = and_(cases.c.deadline != "", cases.c.deadline < late)
    bad = or_(quiet, past)
    query = select(cases.c.office, _how_many(quiet), _how_many(past)).where(
        cases.c.office != office, under, text(IS_OPEN), bad
    )
    worst = query.group_by(cases.c.office).order_by(func.count().desc(), cases.c.office).limit(MOST)
    return tuple((code, int(silent), int(over)) for code, silent, over in conn.execute(worst))
