"""Which conversations besides the report's own may answer what officers ask about a case; only until it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from storage.tables import cases, resumed

if TYPE_CHECKING:
    from sqlalchemy import Connection


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
