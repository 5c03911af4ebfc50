"""What lies in the database after each batch: cases, new history, officers, and what was newly said to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, select

from storage import chain, outbox
from storage.cases import by_ticket
from storage.tables import barred, cases, conversations, history, inbox, staff, staff_addresses, watches
from storage.tables import chain as links
from storage.tables import outbox as sent
from tests.model.rules import PAPERS, Officer, Past

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sealing.keys import KeyRing


@dataclass
class Row:
    """A case's clear columns, and what was added to its history."""

    id: int
    status: str
    office: str
    holder: int
    rev: int
    reporter: int
    offered: str
    kecamatan: str
    barred: frozenset[int] = frozenset()
    marked: bool = False  # somebody was kept out of it once, which may void what waits for a second person
    wish: tuple[str, str, int, int] | None = None  # what waits, as it lies there; only where it was looked for
    main: int = 0  # the row of the case to which it is joined
    added: list[Past] = field(default_factory=list)


@dataclass
class Look:
    cases: dict[str, Row]
    officers: dict[int, Officer]
    chats: dict[int, int]  # conversation -> staff id, of officers' own chats
    gone: set[int]
    said: dict[int, list[dict[str, Any]]]  # by conversation, what is new in its outbox, echoes too
    seqs: dict[int, int]
    inbox: int
    parked: int

    def ticket_of(self, row: int) -> str:
        """The ticket of a case by its row, "" for none."""
        return next((ticket for ticket, one in self.cases.items() if one.id == row), "")


_MARKED = select(cases.c.ticket).where(exists().where(history.c.case_id == cases.c.id, history.c.action == "benturan"))


def look(conn: Connection, keys: KeyRing, revs: dict[str, int], seqs: dict[int, int]) -> Look:
    """`revs` and `seqs`: what was known before, of cases and of conversations."""
    found = {row.ticket: _case(row) for row in conn.execute(select(cases).order_by(cases.c.id))}
    numbers = {row.id: row for row in found.values()}
    for kept in conn.execute(select(barred)):
        one = numbers[kept.case_id]
        one.barred |= {kept.staff_id}
    for ticket in conn.execute(_MARKED).scalars():
        found[ticket].marked = True
    for ticket, row in found.items():
        if row.rev != revs.get(ticket, 0):
            row.added = _added(conn, row.id, revs.get(ticket, 0))
        if row.marked or row.added:
            row.wish = _wish(conn, keys, ticket)
    officers = {
        row.id: Officer(row.id, row.office, row.role, row.active, row.kecamatan)
        for row in conn.execute(select(staff).order_by(staff.c.id))
    }
    chats = {row.conversation_id: row.staff_id for row in conn.execute(select(staff_addresses))}
    now = conn.execute(select(conversations.c.id, conversations.c.seq, conversations.c.gone)).all()
    said = {
        row.id: [one.body for one in outbox.stream(conn, keys, row.id, seqs.get(row.id, 0), 10_000)]
        for row in now
        if row.seq != seqs.get(row.id, 0)
    }
    states = {row[0]: row[1] for row in conn.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))}
    gone = {row.id for row in now if row.gone}
    return Look(
        found,
        officers,
        chats,
        gone,
        said,
        {row.id: row.seq for row in now},
        sum(states.values()),
        states.get("parked", 0),
    )


def _wish(conn: Connection, keys: KeyRing, ticket: str) -> tuple[str, str, int, int] | None:
    case = by_ticket(conn, keys, ticket)
    wish = case.facts.get("usul") if case else None
    return (wish["action"], wish["reason"], wish["by"], wish["rev"]) if wish else None


def _case(row: Any) -> Row:
    kept = {"kecamatan": row.kecamatan, "main": row.main or 0}
    return Row(row.id, row.status, row.office, row.holder or 0, row.rev, row.reporter, row.offered, **kept)


def _added(conn: Connection, case_id: int, after: int) -> list[Past]:
    """The rows behind so many that are known; papers that were handed out are no change, and not counted."""
    changes = select(history).where(history.c.case_id == case_id, history.c.action.not_in(PAPERS))
    rows = conn.execute(changes.order_by(history.c.seq).offset(after))
    return [Past(row.action, row.staff_id or 0, row.at, row.status, row.office, row.reason) for row in rows]


def whole(conn: Connection) -> list[str]:
    """What holds over everything: the chain, a row of history a revision, no hole in what officers were told."""
    wrong = []
    if broken := chain.verify(conn):
        wrong.append(f"the chain does not hold: {broken}")
    count = select(func.count()).select_from(history).scalar_subquery()
    if conn.execute(select(count != select(func.count()).select_from(links).scalar_subquery())).scalar_one():
        wrong.append("history and chain are not equally long")
    longer = (
        select(cases.c.ticket)
        .join(history, and_(history.c.case_id == cases.c.id, history.c.action.not_in(PAPERS)))
        .group_by(cases.c.id, cases.c.ticket, cases.c.rev)
        .having(func.count() != cases.c.rev)
    )
    wrong += [f"{ticket}: a revision is not a row of history" for ticket in conn.execute(longer).scalars()]
    told = select(sent.c.conversation_id, func.count().label("rows")).group_by(sent.c.conversation_id).subquery()
    holes = (
        select(conversations.c.id)
        .join(told, told.c.conversation_id == conversations.c.id)
        .where(conversations.c.channel == "kantor", told.c.rows != conversations.c.seq)
    )
    wrong += [f"conversation {one}: a message is lost" for one in conn.execute(holes).scalars()]
    return wrong + _watched(conn)


def _watched(conn: Connection) -> list[str]:
    """Each queue that waits is watched, and no other; nobody is reminded of what has ended."""
    waiting = set(conn.execute(select(cases.c.office).where(cases.c.status == "baru").distinct()).scalars())
    watched = set(conn.execute(select(watches.c.office).where((watches.c.due_at > 0) | (watches.c.rung > 0))).scalars())
    ended = cases.c.status.in_(["ditutup", "selesai", "baru"]) & (cases.c.alarm_at > 0)
    return [
        *(f"{office}: untaken cases, and nobody would hear of it" for office in sorted(waiting - watched)),
        *(f"{office}: an alarm, and nothing waits" for office in sorted(watched - waiting)),
        *(f"{one}: a reminder of no limit" for one in conn.execute(select(cases.c.ticket).where(ended)).scalars()),
    ]
