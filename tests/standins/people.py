"""People at the other end of Telegram: their updates are built with python-telegram-bot's types, not ours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import telegram
from telegram import Chat, Message, MessageEntity, Update, User
from telegram.constants import ChatType

if TYPE_CHECKING:
    from collections.abc import Iterator

Raw = dict[str, Any]
START = datetime(2024, 9, 12, 3, 0, tzinfo=UTC)
BOT = User(123456, "JagaNetral", is_bot=True, username="JagaNetralBot")


@dataclass
class Town:
    """Where ids come from: one for all the people of a test, so that they count as Telegram does."""

    updates: Iterator[int] = field(default_factory=lambda: count(1))
    messages: Iterator[int] = field(default_factory=lambda: count(1))
    files: Iterator[int] = field(default_factory=lambda: count(1))
    at: datetime = START

    def person(self, number: int, name: str = "Sari", **more: Any) -> Person:
        """Someone with a Telegram account of this id, in their private chat with the bot."""
        user = User(number, name, is_bot=False, language_code="id", **more)
        return Person(self, user, Chat(number, ChatType.PRIVATE, first_name=name))


def group(number: int, title: str = "Bawaslu", *, forum: bool = False) -> Chat:
    """A supergroup; ids of groups are negative."""
    return Chat(number, ChatType.SUPERGROUP, title=title, is_forum=forum or None)


def as_raw(thing: telegram.TelegramObject) -> Raw:
    """The JSON that Telegram would send."""
    raw: Raw = json.loads(thing.to_json())
    return raw


@dataclass(frozen=True)
class Person:
    """A person in a chat (private, or a group and perhaps a topic). Every method gives a raw update."""

    town: Town
    user: User
    chat: Chat
    thread: int | None = None

    @property
    def id(self) -> int:
        """The account's id, which is the private chat's, too."""
        return self.user.id

    def within(self, chat: Chat, thread: int | None = None) -> Person:
        """The same person speaking in a group, or in a topic of it."""
        return replace(self, chat=chat, thread=thread)

    def file_id(self, kind: str) -> str:
        """A fresh file id; give its bytes to StandIn.add_file."""
        return f"{kind}-{self.id}-{next(self.town.files)}"

    def update(self, **what: Any) -> Raw:
        """An update around one thing."""
        return as_raw(Update(next(self.town.updates), **what))

    def written(self, **content: Any) -> Message:
        """A message of this person, as PTB knows it."""
        return Message(
            next(self.town.messages),
            self.town.at,
            self.chat,
            from_user=self.user,
            message_thread_id=self.thread,
            is_topic_message=True if self.thread else None,
            **content,
        )

    def says(self, **content: Any) -> Raw:
        """An update with a message."""
        return self.update(message=self.written(**content))

    def text(self, text: str, **more: Any) -> Raw:
        return self.says(text=text, **more)

    def command(self, line: str, **more: Any) -> Raw:
        """`/command words`, with the entity that marks it."""
        entity = MessageEntity(MessageEntity.BOT_COMMAND, 0, len(line.split(maxsplit=1)[0]))
        return self.says(text=line, entities=(entity,), **more)

    def start(self, payload: str = "") -> Raw:
        """Opened by a deep link, t.me/bot?start=PAYLOAD."""
        return self.command(f"/start {payload}".strip())

    def photo(self, file_id: str = "", *, caption: str | None = None, size: int = 90_000, **more: Any) -> Raw:
        file_id = file_id or self.file_id("photo")
        small = telegram.PhotoSize(f"{file_id}-s", f"u{file_id}-s", 90, 67, 1_200)
        large = telegram.PhotoSize(file_id, f"u{file_id}", 1280, 960, size)
        return self.says(photo=(small, large), caption=caption, **more)

    def album(self, file_ids: list[str], *, caption: str | None = None) -> list[Raw]:
        """One update a picture, tied by media_group_id; the caption hangs on the first."""
        group_id = f"13{next(self.town.files):015}"
        first = [caption, *[None] * len(file_ids)]
        return [
            self.photo(file_id, caption=words, media_group_id=group_id)
            for file_id, words in zip(file_ids, first, strict=False)
        ]

    def document(self, file_id: str = "", *, name: str = "IMG_0012.jpg", mime: str = "image/jpeg",
                 size: int = 3_000_000, **more: Any) -> Raw:  # fmt: skip
        file_id = file_id or self.file_id("document")
        paper = telegram.Document(file_id, f"u{file_id}", file_name=name, mime_type=mime, file_size=size)
        return self.says(document=paper, **more)

    def video(self, file_id: str = "", *, size: int = 5_000_000, **more: Any) -> Raw:
        file_id = file_id or self.file_id("video")
        film = telegram.Video(file_id, f"u{file_id}", 720, 1280, 12, mime_type="video/mp4", file_size=size)
        return self.says(video=film, **more)

    def voice(self, file_id: str = "", *, size: int = 40_000) -> Raw:
        file_id = file_id or self.file_id("voice")
        return self.says(voice=telegram.Voice(file_id, f"u{file_id}", 9, mime_type="audio/ogg", file_size=size))

    def location(self, lat: float, lon: float) -> Raw:
        return self.says(location=telegram.Location(longitude=lon, latitude=lat))

    def venue(self, lat: float, lon: float, title: str = "Balai Desa", address: str = "Jl. Raya 1") -> Raw:
        place = telegram.Location(longitude=lon, latitude=lat)
        return self.says(location=place, venue=telegram.Venue(place, title, address))

    def contact(self, phone: str = "+6281200000000") -> Raw:
        return self.says(contact=telegram.Contact(phone, self.user.first_name, user_id=self.id))

    def sticker(self) -> Raw:
        file_id = self.file_id("sticker")
        return self.says(sticker=telegram.Sticker(file_id, f"u{file_id}", 512, 512, False, False, "regular"))

    def edited(self, update: Raw, text: str) -> Raw:
        """The same message, written anew."""
        old = update["message"]
        message = Message(old["message_id"], self.town.at, self.chat, from_user=self.user, text=text,
                          edit_date=self.town.at)  # fmt: skip
        return self.update(edited_message=message)

    def reply(self, text: str, to: Raw) -> Raw:
        """An answer to a message, as it stands on the stand-in's screen or in an update of ours."""
        return self.text(text, reply_to_message=Message.de_json(dict(to.get("message", to)), None))

    def taps(self, data: str, message: Raw) -> Raw:
        """A button pressed under a message of the bot, as the stand-in's screen gives it."""
        under = Message.de_json(json.loads(json.dumps(message)), None)
        query = telegram.CallbackQuery(str(4_000_000 + next(self.town.files)), self.user, str(self.chat.id),
                                       message=under, data=data)  # fmt: skip
        return self.update(callback_query=query)

    def presses(self, label: str, message: Raw) -> Raw:
        """The button that is called so; raises StopIteration when there is none."""
        rows = message["reply_markup"]["inline_keyboard"]
        return self.taps(next(b["callback_data"] for row in rows for b in row if b["text"] == label), message)

    def blocks(self) -> Raw:
        """my_chat_member: the person has blocked the bot (StandIn.block makes the calls fail, too)."""
        return self._membership(telegram.ChatMemberMember(BOT), telegram.ChatMemberBanned(BOT, self.town.at))

    def unblocks(self) -> Raw:
        return self._membership(telegram.ChatMemberBanned(BOT, self.town.at), telegram.ChatMemberMember(BOT))

    def adds_bot(self) -> Raw:
        """my_chat_member in a group: the bot has been added."""
        return self._membership(telegram.ChatMemberLeft(BOT), telegram.ChatMemberMember(BOT))

    def removes_bot(self) -> Raw:
        return self._membership(telegram.ChatMemberMember(BOT), telegram.ChatMemberLeft(BOT))

    def _membership(self, old: telegram.ChatMember, new: telegram.ChatMember) -> Raw:
        changed = telegram.ChatMemberUpdated(self.chat, self.user, self.town.at, old, new)
        return self.update(my_chat_member=changed)
