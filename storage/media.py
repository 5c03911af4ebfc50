"""Evidence rows: what was sent and whether its bytes are kept; the bytes themselves lie in storage.evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from sealing.envelope import open_json, seal_json
from storage.keys import adopt_key, data_key, insert_key, shred
from storage.tables import conversations, data_keys, evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Row

    from sealing.keys import KeyRing

WANTED, KEPT, REFUSED = "wanted", "kept", "refused"


@dataclass(frozen=True, slots=True)
class File:
    """An evidence row, opened."""

    id: str
    conversation_id: int
    case_id: int | None
    data_key: bytes
    kind: str
    state: str
    clean: bool
    tries: int
    meta: dict[str, Any]


def want(conn: Connection, keys: KeyRing, row: Mapping[str, Any], meta: Mapping[str, Any]) -> bytes | None:
    """A file to fetch; a repeat (same id) changes nothing. `row`: id, conversation_id, kind, at. Gives its key."""
    if is_known(conn, row["id"]):
        return None
    secret, key_id = insert_key(conn, keys)
    sealed = _seal(secret, row["id"], meta)
    empty = {"case_id": None, "clean": False, "why": "", "size": 0, "tries": 0, "due_at": row["at"], "state": WANTED}
    conn.execute(insert(evidence).values(**{**empty, **row}, data_key_id=key_id, meta=sealed))
    return secret


def note(
    conn: Connection, keys: KeyRing, key: tuple[bytes, str], row: Mapping[str, Any], meta: Mapping[str, Any]
) -> None:
    """A file whose bytes are kept already, sealed with this wrapped data key; a repeat changes nothing."""
    if is_known(conn, row["id"]):
        return
    wrapped, kek_id = key
    key_id = adopt_key(conn, wrapped, kek_id)
    sealed = _seal(keys.unwrap(wrapped, kek_id), row["id"], meta)
    empty = {"case_id": None, "why": "", "tries": 0, "due_at": row["at"]}
    conn.execute(insert(evidence).values(**{**empty, **row}, data_key_id=key_id, meta=sealed))


def _seal(secret: bytes, file_id: str, meta: Mapping[str, Any]) -> bytes:
    return seal_json(secret, meta, f"evidence/{file_id}/meta")


def _opened(conn: Connection, keys: KeyRing, row: Row[Any]) -> File:
    secret = data_key(conn, keys, row.data_key_id)
    meta = open_json(secret, row.meta, f"evidence/{row.id}/meta")
    kept = (row.kind, row.state, row.clean, row.tries)
    return File(row.id, row.conversation_id, row.case_id, secret, *kept, meta)


def due(conn: Connection, keys: KeyRing, channels: Iterable[str], now: int, most: int) -> list[File]:
    """Files to fetch now from these channels; those of others wait for a process that has them.

    Taking one puts its next try a minute off, so that no other process takes it meanwhile.
    """
    query = select(evidence).join(conversations, conversations.c.id == evidence.c.conversation_id)
    query = query.where(evidence.c.state == WANTED, evidence.c.due_at <= now, conversations.c.channel.in_(channels))
    query = query.order_by(evidence.c.at).limit(most).with_for_update(of=evidence, skip_locked=True)
    rows = conn.execute(query).all()
    ids = [row.id for row in rows]
    later = update(evidence).where(evidence.c.id.in_(ids))
    conn.execute(later.values(due_at=now + 60_000_000, tries=evidence.c.tries + 1))
    return [_opened(conn, keys, row) for row in rows]


def release(conn: Connection) -> None:
    """At the start of the only process: whatever a crash left half fetched is wanted at once."""
    conn.execute(update(evidence).where(evidence.c.state == WANTED, evidence.c.tries > 0).values(due_at=0))


def settle(conn: Connection, file: File, state: str, *, why: str = "", size: int = 0, meta: Mapping[str, Any]) -> bool:
    """A file is kept or refused. False if it was erased meanwhile."""
    sealed = _seal(file.data_key, file.id, meta)
    values = {"state": state, "why": why, "size": size, "meta": sealed, "clean": bool(meta.get("clean"))}
    return bool(conn.execute(update(evidence).where(evidence.c.id == file.id).values(**values)).rowcount)


def by_id(conn: Connection, keys: KeyRing, file_id: str) -> File | None:
    """One file."""
    row = conn.execute(select(evidence).where(evidence.c.id == file_id)).one_or_none()
    return _opened(conn, keys, row) if row else None


def adopt(conn: Connection, case_id: int, conversation_id: int, ids: Sequence[str]) -> None:
    """These files of a conversation now belong to a case."""
    if not ids:
        return
    mine = evidence.c.id.in_(list(ids)) & (evidence.c.conversation_id == conversation_id)
    conn.execute(update(evidence).where(mine).values(case_id=case_id))


def states(conn: Connection, case_id: int) -> list[tuple[str, str, bool]]:
    """(id, state, has a clean view) of a case's files, in the order they came."""
    query = select(evidence.c.id, evidence.c.state, evidence.c.clean).where(evidence.c.case_id == case_id)
    return [(id_, state, clean) for id_, state, clean in conn.execute(query.order_by(evidence.c.at, evidence.c.id))]


def taken(conn: Connection, keys: KeyRing, case_id: int) -> tuple[str, ...]:
    """When the photos of a case were taken, as far as their files say it (EXIF): ISO, in the order they came."""
    of = (evidence.c.case_id == case_id, evidence.c.state == KEPT, evidence.c.clean.is_(True))
    query = select(evidence.c.id, evidence.c.meta, data_keys.c.wrapped, data_keys.c.kek_id)
    query = query.join(data_keys, data_keys.c.id == evidence.c.data_key_id).where(*of)
    rows = conn.execute(query.order_by(evidence.c.at, evidence.c.id)).all()
    opened = (open_json(keys.unwrap(r.wrapped, r.kek_id), r.meta, f"evidence/{r.id}/meta") for r in rows)
    return tuple(one["taken"] for one in opened if one.get("taken"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a case, with what is clear of it."""

    file: File
    size: int  # bytes
    at: int  # when it came
    why: str  # why it was refused


def of_case(conn: Connection, keys: KeyRing, case_id: int, told: Iterable[str] = ()) -> list[Piece]:
    """A case's files, in the order in which they were told (`told`: ids), where that is not known as they came."""
    query = select(evidence).where(evidence.c.case_id == case_id).order_by(evidence.c.at, evidence.c.id)
    place = {id_: number for number, id_ in enumerate(told)}
    rows = sorted(conn.execute(query).all(), key=lambda row: place.get(row.id, len(place)))
    return [Piece(_opened(conn, keys, row), row.size, row.at, row.why) for row in rows]


def forget(conn: Connection, conversation_id: int, ids: Sequence[str]) -> list[str]:
    """Erase files of a draft (never of a case): their rows and keys go now, the bytes are unreadable from then on."""
    mine = evidence.c.id.in_(list(ids)) & (evidence.c.conversation_id == conversation_id) & evidence.c.case_id.is_(None)
    rows = conn.execute(select(evidence.c.id, evidence.c.data_key_id).where(mine)).all()
    conn.execute(delete(evidence).where(evidence.c.id.in_([row.id for row in rows])))
    shred(conn, [row.data_key_id for row in rows])
    return [row.id for row in rows]


def every(conn: Connection) -> list[str]:
    """The ids of all files that have a row."""
    return list(conn.execute(select(evidence.c.id)).scalars())


def is_known(conn: Connection, file_id: str) -> bool:
    """Whether a file has a row."""
    return conn.execute(select(evidence.c.id).where(evidence.c.id == file_id)).one_or_none() is not None
