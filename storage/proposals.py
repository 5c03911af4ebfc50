"""What waits in a case for a second person goes along with its revision, or is void (docs/adr/0011)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from handlers.happenings import ASIDE, STANDS
from handlers.seconds import goes_along
from storage import tables
from storage.cases import set_facts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.cases import Case


def overtaken(conn: Connection, case: Case, action: str) -> dict[str, Any] | None:
    """After a row of history that made a new revision: the proposal that is void by it, None where there is none."""
    wish: dict[str, Any] = case.facts.get("usul") or {}
    if not wish or action in ASIDE or wish["rev"] != case.rev - 1:
        return None
    set_facts(conn, case, {"usul": goes_along(wish, case.rev, action)})
    if action not in STANDS:
        return wish
    waits = update(tables.cases).where(tables.cases.c.id == case.id, tables.cases.c.unasked == case.rev - 1)
    conn.execute(waits.values(unasked=case.rev))  # nobody could be asked yet, and that is so still
    return None
