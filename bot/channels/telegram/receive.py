"""From a raw Telegram update to Inbound: who said what, where, and whether it is meant for us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aiogram.types import CallbackQuery, Message, Update
from pydantic import ValidationError

from bot.channels.telegram.content import events, words
from handlers.events import ChatClosed, MemberSeen, OptionChosen, TextEdited, TextReceived
from handlers.inbound import Inbound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from aiogram.types import ChatMemberUpdated, User

    from handlers.events import Event

    Source = Message | CallbackQuery | ChatMemberUpdated

COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?=\s|$)", re.ASCII)
GROUPS = ("group", "supergroup")
INSIDE = ("creator", "administrator", "member")


def receive(raw: dict[str, Any], bot_username: str, at: datetime) -> list[Inbound]:
    """Read one update as it came from the Bot API; [] where it says nothing to us.

    Where an update tells several things (three people join), the update_id of the first is Telegram's and
    the others are "ID.1", "ID.2". A malformed update raises ValueError, naming fields and never their values.
    """
    update, us = _validated(raw), bot_username.removeprefix("@").casefold()
    if update.message is not None:
        return _said(update, update.message, us, at, edited=False)
    if update.edited_message is not None:
        return _said(update, update.edited_message, us, at, edited=True)
    if update.callback_query is not None:
        return _pressed(update, update.callback_query, at)
    if update.my_chat_member is not None:
        return _moved_us(update, update.my_chat_member, at)
    if update.chat_member is not None:
        return _moved_somebody(update, update.chat_member, at)
    return []


def _validated(raw: dict[str, Any]) -> Update:
    try:
        return Update.model_validate(raw)
    except ValidationError as problem:
        fields = {".".join(map(str, error["loc"])) for error in problem.errors(include_input=False)}
    except RecursionError:
        fields = {"terlalu dalam"}
    # Raised here and not above, so that the values do not travel along as the exception's context.
    raise ValueError(f"update Telegram tidak terbaca: {', '.join(sorted(fields))}")


# --- messages -------------------------------------------------------------------------------------------


def _said(update: Update, message: Message, us: str, at: datetime, *, edited: bool) -> list[Inbound]:
    if message.chat.type not in ("private", *GROUPS) or message.is_automatic_forward:
        return []
    if message.new_chat_members or message.left_chat_member:
        seen = [] if edited else _people(message.new_chat_members or ())
        return _inbounds(update, message, at, seen)
    found = events(message, f"{us}:{update.update_id}")
    if edited:
        found = _edited(message)
    reply_to = _answers(message, us)
    meant = [kept for event in found if (kept := _for_us(event, us)) is not None]
    if message.chat.type in GROUPS and not reply_to and not _is_command(meant):
        meant = list(_people([message.from_user])) if found and not edited else []
    return _inbounds(update, message, at, meant, reply_to)


def _edited(message: Message) -> list[Event]:
    text = words(message.text or message.caption)
    return [TextEdited(text, ref=str(message.message_id))] if text else []


def _for_us(event: Event, us: str) -> Event | None:
    """Take "@ourname" off a command; None for a command to another bot."""
    if not isinstance(event, TextReceived | TextEdited) or not (command := COMMAND.match(event.text)):
        return event
    name, addressee = command.groups()
    if addressee and addressee.casefold() != us:
        return None
    return type(event)(f"/{name}{event.text[command.end() :]}", ref=event.ref)


def _is_command(found: list[Event]) -> bool:
    return any(isinstance(e, TextReceived | TextEdited) and COMMAND.match(e.text) for e in found)


def _answers(message: Message, us: str) -> str:
    """Give the id of the message of ours that this one replies to.

    Every message of a topic "replies" to the service message that opened it, which we may have sent: that is
    no answer to us.
    """
    earlier = message.reply_to_message
    if not isinstance(earlier, Message) or earlier.forum_topic_created or earlier.from_user is None:
        return ""
    ours = (earlier.from_user.username or "").casefold() == us
    return str(earlier.message_id) if ours and earlier.from_user.is_bot else ""


def _topic(message: object) -> str:
    # Outside forums a thread id merely names a chain of replies.
    if not isinstance(message, Message) or not message.is_topic_message or not message.message_thread_id:
        return ""
    return str(message.message_thread_id)


# --- buttons and members ----------------------------------------------------------------------------------


def _pressed(update: Update, query: CallbackQuery, at: datetime) -> list[Inbound]:
    message = query.message  # "inaccessible" ones (too old) still say which and where
    if message is None or message.chat.type not in ("private", *GROUPS):
        return []
    chosen = OptionChosen(words(query.data), ref=str(message.message_id))
    return _inbounds(update, query, at, [chosen])


def _moved_us(update: Update, change: ChatMemberUpdated, at: datetime) -> list[Inbound]:
    if change.chat.type not in ("private", *GROUPS) or _is_inside(change.new_chat_member):
        return []
    return _inbounds(update, change, at, [ChatClosed()])


def _moved_somebody(update: Update, change: ChatMemberUpdated, at: datetime) -> list[Inbound]:
    came = _is_inside(change.new_chat_member) and not _is_inside(change.old_chat_member)
    if change.chat.type not in GROUPS or not came:
        return []
    return _inbounds(update, change, at, _people([change.new_chat_member.user]))


def _is_inside(member: Any) -> bool:
    return member.status in INSIDE or (member.status == "restricted" and member.is_member)


def _people(users: Iterable[User | None]) -> list[Event]:
    return [MemberSeen(str(user.id)) for user in users if user is not None and not user.is_bot]


NAME = 80  # characters; only who joins an office is ever called by it


def _inbounds(
    update: Update, source: Source, at: datetime, found: Iterable[Event], reply_to: str = ""
) -> list[Inbound]:
    place = source.message if isinstance(source, CallbackQuery) else source
    chat, sender = place.chat, source.from_user  # type: ignore[union-attr] # _pressed saw that there is a message
    return [
        Inbound(
            channel="telegram",
            update_id=f"{update.update_id}.{number}" if number else str(update.update_id),
            address=str(chat.id),
            sender=str(sender.id if sender else chat.id),
            at=at,
            event=event,
            private=chat.type == "private",
            language=words(sender.language_code if sender else ""),
            forum=bool(chat.is_forum),
            topic=_topic(place),
            reply_to=reply_to,
            name=words(sender.first_name if sender else "")[:NAME],
        )
        for number, event in enumerate(found)
    ]
