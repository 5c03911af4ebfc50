"""The chain of all history: each row's link is a hash over it and the link before, so that no edit goes unseen.

It is made over what is stored, sealed notes as they lie there, so that it is verified without any key and stays whole
when a case's key is erased. A chain shows that its end was cut off only against a head that was kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, text

from storage.tables import cases, chain, history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

LOCK = 0x4A4F  # pg_advisory_xact_lock: one transaction at a time goes on with the chain; SQLite has one writer anyway
START = "0" * 64
STEP = 1000  # rows read at once


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends: how many links, and the last one's hash (SHA-256, hex)."""

    number: int
    hash: str


def head(conn: Connection) -> Head:
    """The newest link."""
    row = conn.execute(select(chain.c.number, chain.c.hash).order_by(chain.c.number.desc()).limit(1)).one_or_none()
    return Head(row.number, row.hash) if row else Head(0, START)


def link(conn: Connection, which: Sequence[tuple[int, int]]) -> None:
    """Link these rows of history (case, number in it), in this order; the last thing that a transaction does."""
    if not which:
        return
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    now, made = head(conn), []
    rows = {(row.case_id, row.seq): row for row in conn.execute(_WRITTEN, _bounds(which))}
    for case_id, seq in which:
        now = Head(now.number + 1, _hash(now.hash, rows[case_id, seq]))
        made.append({"number": now.number, "case_id": case_id, "seq": seq, "hash": now.hash})
    conn.execute(insert(chain), made)


_FIELDS = (
    history.c.case_id, history.c.seq, history.c.at, history.c.action, history.c.staff_id, history.c.office,
    history.c.reason, history.c.status, history.c.note, cases.c.ticket,
)  # fmt: skip
_JOINED = history.join(cases, cases.c.id == history.c.case_id)
_WRITTEN = (
    select(*_FIELDS)
    .select_from(_JOINED)
    .where(history.c.case_id.in_(bindparam("cases", expanding=True)), history.c.seq >= bindparam("first"))
)


def _bounds(which: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Pairs themselves would be looked for by SQLite in every row there is."""
    return {"cases": sorted({case_id for case_id, _ in which}), "first": min(seq for _, seq in which)}


def _hash(before: str, row: Any) -> str:
    note = hashlib.sha256(row.note).hexdigest() if row.note else ""
    facts = [row.ticket, row.seq, row.at, row.action, row.staff_id or 0, row.office, row.reason, row.status, note]
    return hashlib.sha256(f"{before}\n{json.dumps(facts, ensure_ascii=True)}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold, and what is wrong there."""

    number: int
    ticket: str
    why: str  # diubah, hilang, urutan, tanpa-mata-rantai, kepala


def verify(conn: Connection, anchor: Head | None = None) -> Broken | None:
    """Walk the whole chain; None where it holds, also against a head that was kept elsewhere."""
    now = Head(0, START)
    if anchor and anchor.number == 0 and anchor.hash != START:
        return Broken(0, "", "kepala")
    for link_, row in _walk(conn):
        wrong = _wrong(now, link_, row)
        if wrong:
            return Broken(link_.number, row.ticket if row else "", wrong)
        now = Head(link_.number, link_.hash)
        if anchor and anchor.number == now.number and anchor.hash != now.hash:
            return Broken(now.number, row.ticket if row else "", "kepala")
    if anchor and anchor.number > now.number:
        return Broken(now.number + 1, "", "hilang")
    return _unlinked(conn)


def _wrong(before: Head, link_: Any, row: Any) -> str:
    if link_.number != before.number + 1:
        return "urutan"
    if row is None:
        return "hilang"
    return "" if _hash(before.hash, row) == link_.hash else "diubah"


def _walk(conn: Connection) -> Iterator[tuple[Any, Any]]:
    """Each link with its row of history, None where that is gone; a step at a time, so that memory stays flat."""
    last = 0
    while True:
        links = conn.execute(select(chain).where(chain.c.number > last).order_by(chain.c.number).limit(STEP)).all()
        if not links:
            return
        rows = {(row.case_id, row.seq): row for row in _rows(conn, links)}
        yield from ((one, rows.get((one.case_id, one.seq))) for one in links)
        last = links[-1].number


def _rows(conn: Connection, links: Iterable[Any]) -> Sequence[Any]:
    ids = sorted({one.case_id for one in links})
    return conn.execute(select(*_FIELDS).select_from(_JOINED).where(history.c.case_id.in_(ids))).all()


def _unlinked(conn: Connection) -> Broken | None:
    """A row of history that nobody linked was put there from outside."""
    apart = (chain.c.case_id == history.c.case_id) & (chain.c.seq == history.c.seq)
    query = select(cases.c.ticket).select_from(_JOINED.outerjoin(chain, apart)).where(chain.c.number.is_(None)).limit(1)
    row = conn.execute(query).one_or_none()
    return Broken(0, row.ticket, "tanpa-mata-rantai") if row else None


def of_case(conn: Connection, case_id: int) -> list[Head]:
    """The links of a case's rows of history, in the order of the rows."""
    query = select(chain.c.number, chain.c.hash).where(chain.c.case_id == case_id).order_by(chain.c.seq)
    return [Head(row.number, row.hash) for row in conn.execute(query)]


def count(conn: Connection) -> int:
    """How many links there are."""
    return conn.execute(select(func.count()).select_from(chain)).scalar_one()
