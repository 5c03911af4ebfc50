"""Who is told next: of limits, by the case; of untaken cases, by the office. Only what is due is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, func, insert, select, text, update

from storage.cases import Case, listed
from storage.sight import conditions, narrowed
from storage.tables import IS_NEW, IS_WATCHED, cases, watches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from sealing.keys import KeyRing
    from storage.sight import Sight


@dataclass(frozen=True, slots=True)
class Watch:
    """An office's untaken cases: since when nobody of it acts, which rung comes next, and when (0: none)."""

    since: int
    rung: int
    due: int

    @property
    def idle(self) -> bool:
        """Is nothing watched, and was nobody told?"""
        return not (self.rung or self.due)


def set_deadline(conn: Connection, case: Case, day: str) -> None:
    """Put right the day by which queues sort it; nothing else of the case changes."""
    conn.execute(update(cases).where(cases.c.id == case.id).values(deadline=day))
    case.deadline = day


def watch(conn: Connection, office: str) -> Watch | None:
    """The office's watch, locked; None where it never had one."""
    query = select(watches.c.since, watches.c.rung, watches.c.due_at).where(watches.c.office == office)
    row = conn.execute(query.with_for_update()).one_or_none()
    return Watch(*row) if row else None


def keep(conn: Connection, office: str, now: Watch, *, fresh: bool = False) -> None:
    """Note it; `fresh` where there was none."""
    values = {"since": now.since, "rung": now.rung, "due_at": now.due}
    if fresh:
        conn.execute(insert(watches).values(office=office, **values))
    else:
        conn.execute(update(watches).where(watches.c.office == office).values(**values))


def waiting(conn: Connection, office: str, sight: Sight | None = None) -> bool:
    """Is there an untaken case, among those that `sight` allows?"""
    seen = conditions(narrowed(conn, sight) if sight else None)
    return bool(conn.execute(select(exists().where(cases.c.office == office, text(IS_NEW), *seen))).scalar_one())


def untaken(conn: Connection, office: str, sight: Sight | None = None) -> tuple[int, str, int]:
    """(how many, the oldest one's ticket, when it came) of the untaken cases, as `sight` allows; 0 for none."""
    mine: tuple[Any, ...] = (
        cases.c.office == office,
        text(IS_NEW),
        *conditions(narrowed(conn, sight) if sight else None),
    )
    count = conn.execute(select(func.count()).select_from(cases).where(*mine)).scalar_one()
    oldest = select(cases.c.ticket, cases.c.created).where(*mine).order_by(cases.c.created, cases.c.id).limit(1)
    row = conn.execute(oldest).one_or_none()
    return (count, row.ticket, row.created) if row else (0, "", 0)


def emptied(conn: Connection) -> list[str]:
    """The offices that are watched, and have no untaken case any more."""
    left = exists().where(cases.c.office == watches.c.office, text(IS_NEW))
    query = select(watches.c.office).where((watches.c.due_at > 0) | (watches.c.rung > 0), ~left)
    return sorted(conn.execute(query).scalars())


def of_case(conn: Connection, case_id: int) -> tuple[int, int]:
    """(rung, when) of a case; when is 0 where nobody is told."""
    row = conn.execute(select(cases.c.alarm_rung, cases.c.alarm_at).where(cases.c.id == case_id)).one()
    return row.alarm_rung, row.alarm_at


_SET = (
    update(cases).where(cases.c.id == bindparam("row")).values(alarm_rung=bindparam("rung"), alarm_at=bindparam("at"))
)


def put(conn: Connection, steps: Iterable[tuple[int, int, int]]) -> None:
    """(case, rung, when) of each; the case's revision stays."""
    if rows := [{"row": row, "rung": rung, "at": at} for row, rung, at in steps]:
        conn.execute(_SET, rows)


def due_queues(conn: Connection, now: int, most: int) -> list[tuple[str, int]]:
    """(office, when) of the queues of which somebody is to be told by now."""
    rows = conn.execute(_DUE_QUEUES, {"now": now, "most": most})
    return [(row.office, row.due_at) for row in rows]


# Asked each second: laid out once.
_FIRST = func.min(cases.c.alarm_at)
_DUE_QUEUES = (
    select(watches.c.office, watches.c.due_at)
    .where(watches.c.due_at > 0, watches.c.due_at <= bindparam("now"))
    .order_by(watches.c.due_at, watches.c.office)
    .limit(bindparam("most"))
)
_DUE_OFFICES = (
    select(cases.c.office, _FIRST)
    .where(text(IS_WATCHED), cases.c.alarm_at <= bindparam("now"))
    .group_by(cases.c.office)
    .order_by(_FIRST, cases.c.office)
    .limit(bindparam("most"))
)


def look_later(conn: Connection, codes: Iterable[str], now: int, then: int) -> None:
    """What is due of these offices is looked at again then."""
    which = sorted(set(codes))
    queues = update(watches).where(watches.c.office.in_(which), watches.c.due_at > 0, watches.c.due_at <= now)
    conn.execute(queues.values(due_at=then))
    limits = update(cases).where(cases.c.office.in_(which), text(IS_WATCHED), cases.c.alarm_at <= now)
    conn.execute(limits.values(alarm_at=then))


def due_offices(conn: Connection, now: int, most: int) -> list[tuple[str, int]]:
    """(office, when the first) of the cases of which somebody is to be told by now."""
    return [(office, at) for office, at in conn.execute(_DUE_OFFICES, {"now": now, "most": most})]


def due_cases(conn: Connection, keys: KeyRing, office: str, now: int, most: int) -> Sequence[tuple[Case, int]]:
    """(case, rung) of these, locked, the soonest limit first."""
    query = select(cases.c.id, cases.c.alarm_rung).where(
        text(IS_WATCHED), cases.c.alarm_at <= now, cases.c.office == office
    )
    found = conn.execute(query.order_by(cases.c.deadline, cases.c.id).limit(most).with_for_update()).all()
    rungs = {row.id: row.alarm_rung for row in found}
    return [(case, rungs[case.id]) for case in listed(conn, keys, list(rungs))]
