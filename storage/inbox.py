"""The inbox: each update once. A row is written in the same transaction as all that the update brought about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, update

from sealing.envelope import seal
from storage.keys import insert_key, shred
from storage.tables import inbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

DONE, PARKED = "done", "parked"


def seen(conn: Connection, updates: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these (channel, update id) that were handled before."""
    by_channel: dict[str, set[str]] = {}
    for channel, update_id in updates:
        by_channel.setdefault(channel, set()).add(update_id)
    return {
        (channel, update_id)
        for channel, ids in by_channel.items()
        for update_id in conn.execute(_SEEN, {"channel": channel, "ids": sorted(ids)}).scalars()
    }


_SEEN = select(inbox.c.update_id).where(
    inbox.c.channel == bindparam("channel"), inbox.c.update_id.in_(bindparam("ids", expanding=True))
)


def done(channel: str, update_id: str, at: int) -> dict[str, Any]:
    """The row of an update that was handled."""
    empty = {"data_key_id": None, "raw": None, "why": None}
    return {"channel": channel, "update_id": update_id, "at": at, "state": DONE, **empty}


def parked(conn: Connection, keys: KeyRing, which: tuple[str, str], raw: bytes, why: str, at: int) -> dict[str, Any]:
    """The row of an update that could not be handled: kept whole and sealed, so that nothing is lost."""
    channel, update_id = which
    secret, key_id = insert_key(conn, keys)
    sealed = seal(secret, raw, f"inbox/{channel}/{update_id}/raw")
    kept = {"data_key_id": key_id, "raw": sealed, "why": why[:200]}
    return {"channel": channel, "update_id": update_id, "at": at, "state": PARKED, **kept}


def add(conn: Connection, rows: list[dict[str, Any]]) -> None:
    """Insert all rows of a transaction in one statement; a repeat raises IntegrityError."""
    if rows:
        conn.execute(insert(inbox), rows)


def count_parked(conn: Connection) -> int:
    """How many updates wait for a developer."""
    return conn.execute(select(func.count()).where(inbox.c.state == PARKED, inbox.c.raw.is_not(None))).scalar_one()


def forget(conn: Connection, before: int) -> bool:
    """Erase what was kept of updates that were parked before; whether there was any. That they came, stays noted."""
    old = conn.execute(
        select(inbox.c.id, inbox.c.data_key_id).where(inbox.c.raw.is_not(None), inbox.c.at < before)
    ).all()
    conn.execute(update(inbox).where(inbox.c.id.in_([row.id for row in old])).values(raw=None, data_key_id=None))
    shred(conn, [row.data_key_id for row in old])
    return bool(old)
