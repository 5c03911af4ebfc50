"""Timers: when a conversation is to be woken, and for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from storage.tables import timers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

_DROP = delete(timers).where(timers.c.conversation_id == bindparam("row"), timers.c.what == bindparam("name"))


def due(conn: Connection, now: int, most: int) -> list[tuple[int, str, int]]:
    """(conversation, what, due_at) of the timers that ran out, the oldest first."""
    query = (
        select(timers)
        .where(timers.c.due_at <= now)
        .order_by(timers.c.due_at, timers.c.conversation_id, timers.c.what)
        .limit(most)
    )
    return [(row.conversation_id, row.what, row.due_at) for row in conn.execute(query)]


def put(conn: Connection, last: Mapping[tuple[int, str], int | None]) -> None:
    """Set timers, or take them away; only what each came to in the end counts."""
    if not last:
        return
    conn.execute(_DROP, [{"row": row_id, "name": what} for row_id, what in last])
    rows = [{"conversation_id": r, "what": what, "due_at": at} for (r, what), at in last.items() if at is not None]
    if rows:
        conn.execute(insert(timers), rows)


def drop(conn: Connection, conversation_id: int, what: str, at: int) -> None:
    """Take a timer away if it is still this one and was not set anew."""
    conn.execute(_DROP.where(timers.c.due_at == at), {"row": conversation_id, "name": what})
