"""The engine behind Telegram's door: raw updates go in, and what is seen is what the Bot API would be asked to show."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from typing import Any

from aiogram.methods import SendMediaGroup, SendMessage, SendPhoto
from aiogram.types import InlineKeyboardMarkup
from telegram import Chat, Message, User

from bot.channels import Button, Document, Outgoing, Picture
from bot.channels.telegram import LIMITS, receive
from bot.channels.telegram.compose import letter, parts
from bot.talk.house import Person, Place
from bot.talk.rehearsal import EngineHouse
from handlers.events import (
    ChatClosed,
    Event,
    LocationShared,
    MediaReceived,
    MediaTooBig,
    MemberSeen,
    Opened,
    OptionChosen,
    TextEdited,
    TextReceived,
    Unsupported,
)
from storage.outbox import Message as Said
from tests.standins import people

US = "JagaNetralBot"


class TelegramHouse(EngineHouse):
    """Everybody speaks through updates built with another library's types."""

    def __init__(self, *parts_: Any) -> None:
        super().__init__(*parts_)
        self.town = people.Town()
        self.written: dict[str, people.Raw] = {}

    # --- in ---

    async def tell(self, person: Person, event: Event, place: Place) -> None:
        self.town.at = self.clock.now()
        self._inbound(person, event, Place())  # its screen is known from now on
        raw = await self.update(person, event, place)
        inbounds = receive(raw, US, self.clock.now())
        await self.submit(inbounds, raw)

    def someone(self, person: Person, place: Place) -> people.Person:
        user = User(int(self.sender(person)), person.name, is_bot=False, language_code="id")
        if not person.where:
            return people.Person(self.town, user, Chat(user.id, "private", first_name=person.name))
        chat = people.group(int(self.where(person)[1]), person.where, forum=self.groups[person.where])
        thread = int(self._thread(place.topic)) if place.topic else None
        return people.Person(self.town, user, chat, thread)

    async def update(self, person: Person, event: Event, place: Place) -> people.Raw:
        one = self.someone(person, place)
        if isinstance(event, TextReceived):
            self.written[event.ref] = await self.words(person, one, event.text, place)
            return self.written[event.ref]
        if isinstance(event, TextEdited):
            return one.edited(self.written[event.ref], event.text)
        if isinstance(event, OptionChosen):
            return one.taps(event.data, self.ours(one, 1))
        return OTHERS[type(event)](one, event)

    async def words(self, person: Person, one: people.Person, text: str, place: Place) -> people.Raw:
        if place.reply:
            return one.reply(text, self.ours(one, int(await self.message_of(person, place.reply))))
        return one.command(text) if text.startswith("/") else one.text(text)

    def ours(self, one: people.Person, number: int) -> people.Raw:
        return people.as_raw(Message(number, self.town.at, one.chat, from_user=people.BOT, text="kartu"))

    # --- out ---

    def shown(self, message: Said) -> dict[str, Any]:
        body = super().shown(message)
        out = Outgoing(
            text=body["text"],
            buttons=tuple(Button(*one) for one in body["buttons"]),
            album=tuple(Picture(id_, b"jpeg") for id_ in body.get("album", ())),
            paper=paper(body.get("paper")),
            above=Picture("peta", b"png") if body.keys() & {"spot", "chart"} and not message.card else None,
            asks=body.get("asks", ""),
            protect=body.get("protect", False),
        )
        pieces = parts(out)
        calls = [letter(int(message.address), out, one, "", last=one is pieces[-1]) for one in pieces]
        texts = [call for call in calls if isinstance(call, SendMessage) or getattr(call, "caption", None)]
        assert all(len(words(call).encode("utf-16-le")) // 2 <= most(call) for call in texts)
        albums = [call for call in calls if isinstance(call, SendPhoto | SendMediaGroup) and call not in texts]
        pictures = sum(1 if isinstance(call, SendPhoto) else len(call.media) for call in albums)
        seen: dict[str, Any] = {"text": "\n".join(map(words, texts)), "buttons": keys(texts[-1])}
        if pictures and body.get("album"):
            seen["album"] = [""] * pictures
        return seen | {name: body[name] for name in ("anew", "topic", "spot", "chart", "paper") if name in body}


def paper(body: dict[str, Any] | None) -> Document | None:
    return Document(body["name"], "application/pdf", 4, b"%PDF", body["otherwise"]) if body else None


def words(call: Any) -> str:
    return call.text if isinstance(call, SendMessage) else str(call.caption)


def most(call: Any) -> int:
    return LIMITS.text if isinstance(call, SendMessage) else LIMITS.caption


def keys(call: Any) -> list[list[str]]:
    board = call.reply_markup
    if not isinstance(board, InlineKeyboardMarkup):
        return []
    return [[key.text, key.callback_data or "", key.url or ""] for row in board.inline_keyboard for key in row]


def media(one: people.Person, event: MediaReceived) -> people.Raw:
    words: dict[str, Any] = {"caption": event.caption or None}
    if event.media.group:
        words["media_group_id"] = event.media.group
    if event.media.name:
        mime, _ = mimetypes.guess_type(event.media.name)
        return one.document(name=event.media.name, mime=mime or "", size=event.media.size, **words)
    match event.media.kind:
        case "photo":
            return one.photo(size=event.media.size, **words)
        case "video":
            return one.video(size=event.media.size, **words)
        case _:
            return one.voice(size=event.media.size)


def place(one: people.Person, event: LocationShared) -> people.Raw:
    if event.name:
        return one.venue(event.lat, event.lon, event.name, "")
    return one.location(event.lat, event.lon)


OTHERS: dict[type, Callable[[people.Person, Any], people.Raw]] = {
    MediaReceived: media,
    MediaTooBig: lambda one, event: one.document(size=event.size),
    LocationShared: place,
    MemberSeen: lambda one, _: one.says(new_chat_members=(one.user,)),
    Opened: lambda one, _: one.start(),
    ChatClosed: lambda one, _: one.blocks(),
    Unsupported: lambda one, _: one.sticker(),
}
