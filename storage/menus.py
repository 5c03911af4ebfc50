"""Which menus of commands a platform was given, and who should have which; the record outlives every crash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from handlers.state import State
from sealing.envelope import open_json, open_text
from storage.conversations import JOINED
from storage.offices import set_setting
from storage.tables import conversations, data_keys, offices, settings, staff, staff_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

NAME = "menu "  # how the record's settings begin


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of a platform whose menu may be its own."""

    id: int  # the conversation's row
    address: str
    language: str
    role: str = ""  # of the officer whose private chat it is, "" for none
    group: bool = False  # an office's


_POSTS = (
    select(staff_addresses.c.conversation_id, staff.c.role)
    .join(staff, staff.c.id == staff_addresses.c.staff_id)
    .where(staff.c.active.is_(True))
)
_GROUPS = select(offices.c.group_id).where(offices.c.group_id.is_not(None))


def chats(conn: Connection, keys: KeyRing, channel: str, also: Iterable[int]) -> list[Chat]:
    """Those of officers and offices, as far as they can be reached, and `also` these conversations (rows)."""
    here = (conversations.c.channel == channel, conversations.c.gone.is_(False))
    roles = {row.conversation_id: row.role for row in conn.execute(_POSTS)}
    groups = set(conn.execute(_GROUPS).scalars())
    columns = (conversations, data_keys.c.wrapped, data_keys.c.kek_id)
    wanted = conversations.c.id.in_({*roles, *groups, *also})
    rows = conn.execute(select(*columns).select_from(JOINED).where(*here, wanted).order_by(conversations.c.id))
    found = []
    for row in rows:
        secret = keys.unwrap(row.wrapped, row.kek_id)
        state = State.from_json(open_json(secret, row.state, f"conversations/{row.key}/state"))
        address = open_text(secret, row.address, f"conversations/{row.key}/address")
        role = roles.get(row.id, "") if row.private else ""
        found.append(Chat(row.id, address, state.language, role, row.id in groups))
    return found


def given(conn: Connection) -> dict[str, str]:
    """What the platform was given: the mark of each menu by its name."""
    rows = conn.execute(select(settings.c.name, settings.c.value).where(settings.c.name.startswith(NAME)))
    return {row.name.removeprefix(NAME): row.value for row in rows}


def note(conn: Connection, name: str, mark: str) -> None:
    """The platform has this menu now; "" for none."""
    if mark:
        set_setting(conn, NAME + name, mark)
    else:
        conn.execute(delete(settings).where(settings.c.name == NAME + name))
