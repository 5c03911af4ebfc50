"""Figures of an office with all below it, read from sums by day; and what stands beside a case for them.

No seal is opened. The class of the accused's post is a keyed token, salted with the case's home: whoever reads the
table without the key cannot tell a camat's case from a teacher's by comparing kabupaten.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, case, delete, func, insert, not_, select, text, update

from storage.tables import cases, limits, tallies
from storage.tallies import ALL_DAYS, AT_THEIRS, FATE, KIND, LIMIT, MISSED, POSITION, PROLONGED, RUNNING, Key, token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import BindParameter, ColumnElement, Connection

    from handlers.counting import Limit
    from sealing.keys import KeyRing

SILENT = "diam"  # instead of a fate: at its recipient, and the day by which they were to answer is over
Counts = dict[str, tuple[int, int]]  # (now, before) by value
NOTHING: Mapping[Key, int] = MappingProxyType({})


class Days(NamedTuple):
    """What is counted, as ISO days of the office's wall: now from `middle`, before it up to there from `first`.

    `stop` is the first day no longer counted; `first` is "" for all days that ever were. `today` decides what is late.
    """

    first: str
    middle: str
    stop: str
    today: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cases by kind, position, fate of the recommendation, and (clock, kept how) of limits."""

    kinds: Counts
    positions: Counts
    fates: Counts
    limits: Counts


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


def figures(
    conn: Connection, keys: KeyRing, scope: str, days: Days, posts: Sequence[str], hidden: Mapping[Key, int] = NOTHING
) -> Figures:
    """Read the sums for a scope (storage/tallies.py), less those of cases that the reader must not know of.

    `posts` are the classes that there are. Notes are to be added up before.
    """
    classes = {token(keys, scope, post): post for post in posts}
    parts: dict[str, Counts] = {KIND: {}, POSITION: {}, FATE: {}, LIMIT: {}}
    for part, value, every, now in _sums(conn, scope, days):
        parts[part][value] = (now, every - now)
    for (_, day, part, raw), count in hidden.items():
        value = _judged(part, raw, days.today)
        if days.first <= day < days.stop and value in parts[part]:
            now, before = parts[part][value]
            late = day >= days.middle
            parts[part][value] = (now - count * late, before - count * (not late))
    parts[LIMIT].pop(UNJUDGED, None)  # one that runs and is not over is nobody's failure yet
    return Figures(
        _summed(parts[KIND].items()),
        _summed((classes.get(value, value), counts) for value, counts in parts[POSITION].items()),
        _summed(parts[FATE].items()),
        _summed(parts[LIMIT].items()),
    )


def _sums(conn: Connection, scope: str, days: Days) -> Iterator[tuple[str, str, int, int]]:
    """(part, value as it is judged today, in all days, since the middle)."""
    given = {"scope": scope, **days._asdict()}
    if days.first:
        for part, value, every, now in conn.execute(_SPAN, given):
            yield part, value, every, now
        return
    later = {(part, value): every for part, value, every in conn.execute(_LATER, given)}
    for part, value, count in conn.execute(_EVER, given):
        every = count - later.get((part, value), 0)
        yield part, value, every, every


# --- what a sum means today -------------------------------------------------------------------------------------------

UNJUDGED = ""
DAY = 10  # characters of an ISO day


def _judged(part: str, value: str, today: str) -> str:
    """A fate whose answer is overdue is silence; a limit that runs was missed once its day is over."""
    if part == FATE:
        fate, _, answer_due = value.partition("/")
        return SILENT if fate in AT_THEIRS and "" != answer_due < today else fate
    if part == LIMIT and f"/{RUNNING}/" in value:
        clock, _, due, last = value.split("/")
        return UNJUDGED if due >= today else f"{clock}/{PROLONGED if today <= last else MISSED}"
    return value


def _in_database() -> ColumnElement[str]:
    """The same, said to the database: an office has a sum for each last day that ever was, a reader a handful."""
    today: BindParameter[str] = bindparam("today")
    size = func.length(tallies.c.value)

    def from_end(start: int, length: int) -> ColumnElement[str]:
        return func.substr(tallies.c.value, size - start + 1, length)

    fate, limit = tallies.c.part == FATE, tallies.c.part == LIMIT
    open_end = tallies.c.value.like("%/")
    whose = func.substr(tallies.c.value, 1, size - DAY - 1)
    due, last = from_end(2 * DAY + 1, DAY), from_end(DAY, DAY)
    clock = func.substr(tallies.c.value, 1, size - len(f"{RUNNING}/") - 2 * DAY - 1)
    return case(
        (fate & open_end, func.substr(tallies.c.value, 1, size - 1)),
        (fate & whose.in_(AT_THEIRS) & (last < today), SILENT),
        (fate, whose),
        (not_(limit & tallies.c.value.like(f"%/{RUNNING}/%")), tallies.c.value),
        (due >= today, UNJUDGED),
        (today <= last, clock.concat(PROLONGED)),
        else_=clock.concat(MISSED),
    )


_VALUE = _in_database().label("value")
_GROUP = (tallies.c.part, _VALUE)
_OF = (
    select(*_GROUP, func.sum(tallies.c.count))
    .where(tallies.c.scope == bindparam("scope"))
    .group_by(tallies.c.part, text("2"))
)
_SPAN = _OF.add_columns(func.sum(case((tallies.c.day >= bindparam("middle"), tallies.c.count), else_=0))).where(
    tallies.c.day >= bindparam("first"), tallies.c.day < bindparam("stop")
)
_EVER = _OF.where(tallies.c.day == ALL_DAYS)
_LATER = _OF.where(tallies.c.day >= bindparam("stop"))


def _summed(rows: Iterable[tuple[str, tuple[int, int]]]) -> Counts:
    now, before = Counter[str](), Counter[str]()
    for value, (late, early) in rows:
        now[value] += late
        before[value] += early
    return {value: (now[value], before[value]) for value in now if now[value] or before[value]}
