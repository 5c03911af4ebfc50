"""A slower disk: every SQLite commit in this process takes so much longer, in whatever thread it is made."""

from __future__ import annotations

import sqlite3
import sqlite3.dbapi2
import time
from functools import partial
from typing import Any

_seconds = 0.0


def slow_down(milliseconds: float) -> None:
    """Make each commit wait first, like a disk that takes longer to say that it has written; 0 leaves it."""
    global _seconds  # noqa: PLW0603 - a disk is the whole process's
    _seconds = milliseconds / 1000
    if milliseconds:
        # SQLAlchemy and aiosqlite look the function up in one of these two when they connect.
        slow = partial(sqlite3.connect, factory=Connection)
        sqlite3.connect = sqlite3.dbapi2.connect = slow  # type: ignore[assignment]


def _wait(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        time.sleep(_seconds)


class Cursor(sqlite3.Cursor):
    def execute(self, sql: str, *parameters: Any) -> Cursor:
        if sql[:6].upper() == "COMMIT":
            _wait(self.connection)
        super().execute(sql, *parameters)
        return self


class Connection(sqlite3.Connection):
    def commit(self) -> None:
        _wait(self)
        super().commit()

    def __exit__(self, *failed: object) -> Any:
        _wait(self)
        return super().__exit__(*failed)  # type: ignore[arg-type]

    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, *parameters: Any) -> Any:
        return self.cursor().execute(sql, *parameters)
