"""Which conversations besides the report's own may answer what officers ask about a case, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from sealing.envelope import open_text, seal_text
from storage.tables import answered, cases, resumed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.cases import Case


def asked(conn: Connection, token: str) -> Any:
    """(id, ticket, reporter) of the case with this receipt's token; None where there is none."""
    query = select(cases.c.id, cases.c.ticket, cases.c.reporter).where(cases.c.receipt == token)
    return conn.execute(query).one_or_none()


def note(conn: Connection, case_id: int, conversation_id: int) -> None:
    """Another conversation gave the receipt."""
    if conversation_id not in noted(conn, case_id):
        conn.execute(insert(resumed).values(case_id=case_id, conversation_id=conversation_id))


def noted(conn: Connection, case_id: int) -> set[int]:
    """The conversations that did."""
    return set(conn.execute(select(resumed.c.conversation_id).where(resumed.c.case_id == case_id)).scalars())


def granted(conn: Connection, case_id: int, conversation_id: int, token: str) -> bool:
    """Did this one, and is it the receipt of this case?"""
    right = select(cases.c.id).where(cases.c.id == case_id, cases.c.receipt == token)
    return conn.execute(right).one_or_none() is not None and conversation_id in noted(conn, case_id)


def forget(conn: Connection, case_id: int) -> None:
    """Nothing is asked any more."""
    conn.execute(delete(resumed).where(resumed.c.case_id == case_id))


def leave(conn: Connection, conversation_id: int) -> None:
    """One conversation answers for none any more."""
    conn.execute(delete(resumed).where(resumed.c.conversation_id == conversation_id))


def keep(conn: Connection, case: Case, seq: int, conversation_id: int, words: str) -> None:
    """What another conversation said for this case: the row of history that it became."""
    sealed = seal_text(case.data_key, words, _context(case.id, seq))
    row = {"case_id": case.id, "seq": seq, "conversation_id": conversation_id, "words": sealed}
    conn.execute(insert(answered).values(**row))


def tickets(conn: Connection, conversation_id: int) -> tuple[str, ...]:
    """The cases for which this conversation said something so, oldest first."""
    theirs = select(answered.c.case_id).where(answered.c.conversation_id == conversation_id)
    return tuple(conn.execute(select(cases.c.ticket).where(cases.c.id.in_(theirs)).order_by(cases.c.id)).scalars())


def said(conn: Connection, case: Case, conversation_id: int) -> tuple[str, ...]:
    """What it said for this one, oldest first."""
    query = select(answered.c.seq, answered.c.words).order_by(answered.c.seq)
    query = query.where(answered.c.case_id == case.id, answered.c.conversation_id == conversation_id)
    return tuple(open_text(case.data_key, row.words, _context(case.id, row.seq)) for row in conn.execute(query))


def _context(case_id: int, seq: int) -> str:
    return f"answered/{case_id}/{seq}/words"
