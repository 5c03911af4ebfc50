"""Figures over clear columns: three statements, each over an index that holds all it needs.

No seal is opened. The class of the accused's post is a keyed token, salted with the case's home: whoever reads the
table without the key cannot tell a camat's case from a teacher's by comparing kabupaten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, bindparam, case, delete, func, insert, or_, select, update

from handlers.life import DI_PPK, DITERUSKAN, DIVERIFIKASI
from storage.tables import cases, limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection

    from handlers.counting import Limit
    from sealing.keys import KeyRing

SHORT = 16  # hex digits of a token: it is only compared with those of its own home
SILENT = "diam"  # instead of a fate: at its recipient, and the day by which they were to answer is over
KEPT, PROLONGED, MISSED = "tepat", "tambahan", "lewat"
Counts = dict[str, tuple[int, int]]  # (now, before) by value


class Days(NamedTuple):
    """What is counted: ISO days, and the same as microseconds of the office's midnights; `before` is up to `middle`.

    `stop` and `end` are the first day and moment no longer counted. `today` decides what is late.
    """

    first: str
    middle: str
    stop: str
    begin: int
    turn: int
    end: int
    today: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cases by kind, position, fate of the recommendation, and (clock, kept how) of limits."""

    kinds: Counts
    positions: Counts
    fates: Counts
    limits: Counts


def token(keys: KeyRing, home: str, post: str) -> str:
    """What stands in the column for a class of posts; "" for none."""
    return keys.token("post", f"{home}/{post}")[:SHORT] if post else ""


def mark(conn: Connection, case_id: int, office: str, fate: tuple[str, str], ran: Iterable[Limit]) -> None:
    """A case's recommendation (its day, what became of it), and the limits that ran for it, no others."""
    day, end = fate
    conn.execute(_FATE, {"case": case_id, "day": day, "end": end})
    conn.execute(_FORGET, {"case": case_id})
    rows = [{"case_id": case_id, "office": office, **one._asdict()} for one in ran]
    if rows:
        conn.execute(_MARK, rows)


_FATE = update(cases).where(cases.c.id == bindparam("case")).values(recommended=bindparam("day"), fate=bindparam("end"))
_FORGET = delete(limits).where(limits.c.case_id == bindparam("case"))
_MARK = insert(limits)


def class_of(conn: Connection, case_id: int, post: str) -> None:
    """Put a token beside a case that has none yet."""
    conn.execute(update(cases).where(cases.c.id == case_id).values(post=post))


def figures(conn: Connection, keys: KeyRing, offices: Sequence[str], days: Days, posts: Sequence[str]) -> Figures:
    """Count for these offices together; `posts` are the classes that there are."""
    rows = _came(conn, offices, days)
    return Figures(
        _summed((row.kind, row) for row in rows),
        _summed(_positions(keys, rows, posts)),
        _fates(conn, offices, days),
        _limits(conn, offices, days),
    )


def _now(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def _came(conn: Connection, offices: Sequence[str], days: Days) -> Sequence[Any]:
    """What came in, in groups, in the order of the index that has them so; + 0 keeps planners from another."""
    when = cases.c.created + 0
    within = and_(when >= days.begin, when < days.end)
    groups = (cases.c.kind, cases.c.position, cases.c.home, cases.c.post)
    query = select(*groups, func.count(), _now(when >= days.turn)).where(cases.c.office.in_(offices), within)
    return conn.execute(query.group_by(cases.c.office, *groups)).all()


def _summed(rows: Iterable[tuple[str, Sequence[Any]]]) -> Counts:
    """Rows end with how many there are, and how many of them are of now."""
    total, now = Counter[str](), Counter[str]()
    for value, (*_, every, late) in rows:
        total[value] += every
        now[value] += late
    return {value: (now[value], total[value] - now[value]) for value in total}


def _positions(keys: KeyRing, rows: Sequence[Any], posts: Sequence[str]) -> Iterable[tuple[str, Sequence[Any]]]:
    """A class of posts where there is one, else what the citizen said of the position."""
    known = {home: {token(keys, home, post): post for post in posts} for home in {row.home for row in rows}}
    for row in rows:
        yield known[row.home].get(row.post, row.position), row


def _fates(conn: Connection, offices: Sequence[str], days: Days) -> Counts:
    at_theirs = cases.c.fate.in_((DITERUSKAN, DIVERIFIKASI, DI_PPK))
    silent = and_(at_theirs, cases.c.deadline != "", cases.c.deadline < days.today)
    value = case((silent, SILENT), else_=cases.c.fate).label("value")
    day = cases.c.recommended
    query = select(value, func.count(), _now(day >= days.middle)).where(
        cases.c.office.in_(offices), day != "", day >= days.first, day < days.stop
    )
    return _summed((row[0], row) for row in conn.execute(query.group_by(value)).all())


def _limits(conn: Connection, offices: Sequence[str], days: Days) -> Counts:
    """Limits whose last day lies in the span; one that still runs and is not over is nobody's failure yet."""
    met = and_(limits.c.done != "", limits.c.done <= days.today)
    ended = case((met, limits.c.done), else_=days.today)
    how = case((ended <= limits.c.due, KEPT), (ended <= limits.c.last, PROLONGED), else_=MISSED)
    value = (limits.c.clock + "/" + how).label("value")
    over = or_(met, limits.c.due < days.today)
    query = select(value, func.count(), _now(limits.c.due >= days.middle)).where(
        limits.c.office.in_(offices), limits.c.due >= days.first, limits.c.due < days.stop, over
    )
    return _summed((row[0], row) for row in conn.execute(query.group_by(value)).all())
