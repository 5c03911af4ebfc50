"""Data keys: one for each conversation, case, file and officer, wrapped by a key whose id is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from storage.tables import data_keys

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sealing.keys import KeyRing


_INSERT = insert(data_keys).returning(data_keys.c.id)


def insert_key(conn: Connection, keys: KeyRing) -> tuple[bytes, int]:
    """A new data key: itself, and its row's id."""
    secret, wrapped, kek_id = keys.new_data_key()
    return secret, adopt_key(conn, wrapped, kek_id)


def adopt_key(conn: Connection, wrapped: bytes, kek_id: str) -> int:
    """A row for a wrapped data key that was made before; its id."""
    return int(conn.execute(_INSERT, {"kek_id": kek_id, "wrapped": wrapped}).scalar_one())


def data_key(conn: Connection, keys: KeyRing, key_id: int) -> bytes:
    """The data key of a row."""
    row = conn.execute(select(data_keys.c.wrapped, data_keys.c.kek_id).where(data_keys.c.id == key_id)).one()
    return keys.unwrap(row.wrapped, row.kek_id)


def shred(conn: Connection, key_ids: list[int]) -> None:
    """Forget data keys: what they sealed can never be read again."""
    conn.execute(delete(data_keys).where(data_keys.c.id.in_(key_ids)))
