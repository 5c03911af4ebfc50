"""Conversations: sealed state and address, one row each; taken with a lock, written back once a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from handlers.state import State
from sealing.envelope import open_json, open_text, seal_json, seal_text
from storage.keys import insert_key
from storage.tables import conversations, data_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from sqlalchemy import Connection, Row

    from sealing.keys import KeyRing

COLUMNS = (*conversations.c, data_keys.c.kek_id, data_keys.c.wrapped)
JOINED = conversations.join(data_keys, conversations.c.data_key_id == data_keys.c.id)


@dataclass(slots=True)
class Conversation:
    """One conversation as it is inside a transaction; `saved` is what the row holds."""

    id: int
    channel: str
    key: str
    data_key: bytes
    address: str
    private: bool
    forum: bool
    state: State
    seq: int
    gone: bool
    office: str
    changed: int
    dirty: bool = False

    def marks(self) -> tuple[State, int, bool, bool, str, bool]:
        """All that an event can change, to be put back if it fails."""
        return (self.state, self.seq, self.gone, self.forum, self.office, self.dirty)

    def put_back(self, marks: tuple[State, int, bool, bool, str, bool]) -> None:
        """Undo what an event did to it."""
        self.state, self.seq, self.gone, self.forum, self.office, self.dirty = marks


def key_of(keys: KeyRing, channel: str, address: str, sender: str = "") -> str:
    """The keyed token by which a conversation is found; `sender` only inside a group."""
    return keys.token("conversation", f"{channel}|{address}|{sender}")


def by_keys(conn: Connection, keys: KeyRing, wanted: Iterable[str]) -> dict[str, Conversation]:
    """Those of the wanted that exist, locked in one order so that two processes cannot wait for each other."""
    query = select(*COLUMNS).select_from(JOINED).where(conversations.c.key.in_(sorted(wanted)))
    rows = conn.execute(query.order_by(conversations.c.id).with_for_update(of=conversations))
    return {row.key: _opened(row, keys) for row in rows}


def by_id(conn: Connection, keys: KeyRing, wanted: int) -> Conversation:
    """One conversation, locked."""
    query = select(*COLUMNS).select_from(JOINED).where(conversations.c.id == wanted)
    return _opened(conn.execute(query.with_for_update(of=conversations)).one(), keys)


def _opened(row: Row[Any], keys: KeyRing) -> Conversation:
    secret = keys.unwrap(row.wrapped, row.kek_id)
    state = open_json(secret, row.state, f"conversations/{row.key}/state")
    return Conversation(
        id=row.id,
        channel=row.channel,
        key=row.key,
        data_key=secret,
        address=open_text(secret, row.address, f"conversations/{row.key}/address"),
        private=row.private,
        forum=row.forum,
        state=State.from_json(state),
        seq=row.seq,
        gone=row.gone,
        office=row.office,
        changed=row.changed,
    )


_INSERT = insert(conversations).returning(conversations.c.id)


def create(conn: Connection, keys: KeyRing, key: str, given: Mapping[str, Any], at: int) -> Conversation:
    """A new conversation; `given` has channel, address, private, forum and language."""
    secret, key_id = insert_key(conn, keys)
    state = State(language=given["language"])
    values = {
        "channel": given["channel"],
        "key": key,
        "data_key_id": key_id,
        "address": seal_text(secret, given["address"], f"conversations/{key}/address"),
        "private": given["private"],
        "forum": given["forum"],
        "state": _sealed(secret, key, state),
        "seq": 0,
        "gone": False,
        "office": "",
        "changed": at,
    }
    row_id = conn.execute(_INSERT, values).scalar_one()
    known = {name: given[name] for name in ("channel", "address", "private", "forum")}
    return Conversation(
        id=row_id, key=key, data_key=secret, state=state, seq=0, gone=False, office="", changed=at, **known
    )


def _sealed(secret: bytes, key: str, state: State) -> bytes:
    return seal_json(secret, state.to_json(), f"conversations/{key}/state")


_SAVE = (
    update(conversations)
    .where(conversations.c.id == bindparam("row"))
    .values(
        state=bindparam("new_state"),
        seq=bindparam("new_seq"),
        gone=bindparam("new_gone"),
        forum=bindparam("new_forum"),
        office=bindparam("new_office"),
        changed=bindparam("new_changed"),
    )
)


def save(conn: Connection, changed: Iterable[Conversation], at: int) -> None:
    """Write every changed conversation back, in one statement."""
    rows = [
        {
            "row": one.id,
            "new_state": _sealed(one.data_key, one.key, one.state),
            "new_seq": one.seq,
            "new_gone": one.gone,
            "new_forum": one.forum,
            "new_office": one.office,
            "new_changed": at,
        }
        for one in changed
    ]
    if rows:
        conn.execute(_SAVE, rows)


def is_gone(conn: Connection, row_id: int) -> bool:
    """Can this conversation no longer be reached?"""
    return bool(conn.execute(select(conversations.c.gone).where(conversations.c.id == row_id)).scalar_one())


def readdress(conn: Connection, keys: KeyRing, one: Conversation, address: str) -> None:
    """Give a conversation another address; everything it has stays its own."""
    one.address = address
    _rekey(conn, one, key_of(keys, one.channel, address))


def retire(conn: Connection, keys: KeyRing, one: Conversation) -> None:
    """Take a conversation out of the way of the one that gets its address."""
    one.gone = True
    _rekey(conn, one, key_of(keys, one.channel, one.address, f"dahulu {one.id}"))


def _rekey(conn: Connection, one: Conversation, key: str) -> None:
    """Seals are bound to the key, so they are made anew."""
    one.key = key
    values = {
        "key": key,
        "address": seal_text(one.data_key, one.address, f"conversations/{key}/address"),
        "state": _sealed(one.data_key, key, one.state),
        "gone": one.gone,
    }
    conn.execute(update(conversations).where(conversations.c.id == one.id).values(values))
