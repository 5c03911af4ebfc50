"""Brings the schema up to date under a lock, so that several processes may start at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from storage.database import Database

LOCK = 0x4A4E  # pg_advisory_xact_lock; SQLite's BEGIN IMMEDIATE is lock enough


async def migrate(database: Database) -> None:
    """Run every migration that is missing, in one transaction."""
    await database.write(upgrade)


def upgrade(conn: Connection) -> None:
    """The migrations, on a connection in a transaction."""
    from alembic import command  # noqa: PLC0415 - only at the start
    from alembic.config import Config  # noqa: PLC0415

    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
