"""What lies in the database after each batch: cases, new history, officers, and what was newly said to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from storage import chain, outbox
from storage.tables import cases, conversations, history, inbox, staff, staff_addresses
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


def look(conn: Connection, keys: KeyRing, revs: dict[str, int], seqs: dict[int, int]) -> Look:
    """`revs` and `seqs`: what was known before, of cases and of conversations."""
    found = {row.ticket: _case(row) for row in conn.execute(select(cases).order_by(cases.c.id))}
    for ticket, row in found.items():
        if row.rev != revs.get(ticket, 0):
            row.added = _added(conn, row.id, revs.get(ticket, 0))
    officers = {
        row.id: Officer(row.id, row.office, row.role, row.active)
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


def _case(row: Any) -> Row:
    return Row(row.id, row.status, row.office, row.holder or 0, row.rev, row.reporter, getattr(row, "offered", ""))


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
    return wrong
