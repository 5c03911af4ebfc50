"""Updates as Telegram sends them, built with another library's types, and how we read them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import telegram as ptb

from bot.channels.telegram import receive

AT = datetime(2024, 11, 3, 4, 5, tzinfo=UTC)
US = ptb.User(99, "JagaNetral", is_bot=True, username="JagaNetralBot")
SITI = ptb.User(7, "Siti", is_bot=False, language_code="id")
BUDI = ptb.User(8, "Budi", is_bot=False)
HERE = ptb.Chat(7, "private", first_name="Siti")
GROUP = ptb.Chat(-1001, "supergroup", title="Kantor", is_forum=True)
OURS = ptb.Message(40, AT, GROUP, from_user=US, text="JN-1 menunggu")


def raw(**said: Any) -> dict[str, Any]:
    return json.loads(ptb.Update(update_id=500, **said).to_json())


def message(chat: ptb.Chat = HERE, sender: ptb.User | None = SITI, **content: Any) -> ptb.Message:
    return ptb.Message(41, AT, chat, from_user=sender, **content)


def read(update: dict[str, Any]) -> list[Any]:
    return receive(update, "JagaNetralBot", AT)


def said(chat: ptb.Chat = HERE, sender: ptb.User | None = SITI, **content: Any) -> list[Any]:
    return [inbound.event for inbound in read(raw(message=message(chat, sender, **content)))]


PHOTO = (
    ptb.PhotoSize("kecil", "k", 90, 60, file_size=1_000),
    ptb.PhotoSize("besar", "b", 1280, 960, file_size=200_000),
    ptb.PhotoSize("sedang", "s", 320, 240, file_size=20_000),
)
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 5_000}


def member(status: str, user: ptb.User) -> ptb.ChatMember:
    kinds: dict[str, Any] = {
        "member": lambda: ptb.ChatMemberMember(user),
        "left": lambda: ptb.ChatMemberLeft(user),
        "kicked": lambda: ptb.ChatMemberBanned(user, until_date=AT),
        "muted": lambda: ptb.ChatMemberRestricted(
            user, True, *[False] * 8, AT, *[False] * 7, can_react_to_messages=False
        ),
    }
    return kinds[status]()


def changed(old: str, new: str, user: ptb.User, chat: ptb.Chat) -> ptb.ChatMemberUpdated:
    return ptb.ChatMemberUpdated(chat, SITI, AT, member(old, user), member(new, user))
