"""What a database does for a read: the plan of each of its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


def plans(conn: Connection, read: Callable[[Connection], Any], *, few: bool = False) -> dict[str, str]:
    """Statement -> plan, of a read; with `few` rows PostgreSQL must be told not to simply read them all."""
    said: dict[str, Any] = {}

    def hear(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        said.setdefault(statement, parameters)

    postgres = conn.dialect.name == "postgresql"
    if postgres and few:
        conn.execute(text("SET LOCAL enable_seqscan = off"))
    event.listen(conn, "before_cursor_execute", hear)
    try:
        read(conn)
    finally:
        event.remove(conn, "before_cursor_execute", hear)
    explain = "EXPLAIN " if postgres else "EXPLAIN QUERY PLAN "
    return {
        statement: "\n".join(str(row[-1]) for row in conn.exec_driver_sql(explain + statement, parameters))
        for statement, parameters in said.items()
    }
