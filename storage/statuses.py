"""Where the cases of a reporter stand, read without opening any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from handlers.life import REASONED, SELESAI
from storage.tables import cases, history

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


def by_receipt(conn: Connection, token: str) -> Sequence[Any]:
    """(ticket, status, office, changed, id, joined) of the case with this receipt's token.

    Where it is joined to another, all but the ticket is that one's.
    """
    return conn.execute(_STATUS.where(cases.c.receipt == token)).all()


def by_reporter(conn: Connection, reporter: int, ticket: str = "") -> Sequence[Any]:
    """The same of all cases, or of one, that came from a conversation."""
    query = _STATUS.where(cases.c.reporter == reporter)
    return conn.execute(query.where(cases.c.ticket == ticket) if ticket else query).all()


_MAIN = cases.alias("main_case")
_STATUS = (
    select(
        cases.c.ticket,
        *(func.coalesce(_MAIN.c[name], cases.c[name]).label(name) for name in ("status", "office", "changed", "id")),
        cases.c.main.is_not(None).label("joined"),
    )
    .select_from(cases.outerjoin(_MAIN, _MAIN.c.id == cases.c.main))
    .order_by(cases.c.id)
)


def came_to(conn: Connection, case_id: int) -> tuple[str, str]:
    """(status, reason) of a case before it was only over: what came of it, and the code of why where one was given."""
    rows = select(history.c.status, history.c.reason, history.c.action).where(history.c.case_id == case_id)
    last = conn.execute(rows.where(history.c.status != SELESAI).order_by(history.c.seq.desc()).limit(1)).one()
    why = rows.where(history.c.status == last.status, history.c.action.in_(REASONED)).order_by(history.c.seq.desc())
    found = conn.execute(why.limit(1)).one_or_none()
    return last.status, found.reason if found else ""
