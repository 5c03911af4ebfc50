"""Telegram as a channel: Outgoing becomes messages, albums, edits and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from aiogram.methods import (
    AnswerCallbackQuery,
    CreateForumTopic,
    DeleteMyCommands,
    DeleteWebhook,
    EditMessageText,
    SendDocument,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    SetWebhook,
)
from aiogram.types import BotCommand, ForumTopic, LinkPreviewOptions, Message

from bot.channels import Channel, ChannelError, Rejected, Retry
from bot.channels.telegram.client import TIMEOUT, Client
from bot.channels.telegram.compose import Captioned, keyboard, letter, parts
from bot.limits import COMMAND_HELP
from bot.limits import TELEGRAM as LIMITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiogram.methods import TelegramMethod

    from bot.channels import Outgoing

T = TypeVar("T")

log = structlog.get_logger("telegram")

# Everything else (reactions, polls, ...) is never asked for. chat_member comes only when asked for by name.
WANTED = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]

UNCHANGED = "message is not modified"
NO_THREAD = ("thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
UNDER_WAY = 256  # messages whose first part is sent and whose next must wait


class Telegram(Client, Channel):
    """The Bot API. Make it with the token and, for a stand-in or a server of one's own, its address."""

    name = "telegram"
    limits = LIMITS

    def __init__(self, token: str, api_url: str = "https://api.telegram.org") -> None:
        super().__init__(token, api_url)
        # A message of several parts that must wait goes on where it stopped, so that no album comes twice.
        self._under_way: dict[int, list[tuple[str, ...]]] = {}
        self._told_to_wait = ""  # the last chat told to wait, until any message gets through

    async def send(self, address: str, out: Outgoing) -> tuple[str, ...]:
        """Send or edit; gives the message ids, the last one bearing the buttons. Raises ChannelError.

        Sending the same Outgoing again after Retry continues with the parts that are still missing.
        """
        try:
            if out.edits and (edited := await self._edit(address, out)):
                return edited
            ids = await self._send(address, out)
        except Retry as wait:
            raise self._widened(wait, address) from None
        self._told_to_wait = ""
        return ids

    def _widened(self, wait: Retry, address: str) -> Retry:
        """Take it as everybody's when two chats in a row must wait: Telegram does not say whose it is."""
        everyone = wait.everyone or self._told_to_wait not in ("", address)
        self._told_to_wait = address
        return Retry(wait.after, everyone)

    async def _send(self, address: str, out: Outgoing) -> tuple[str, ...]:
        pieces, key = parts(out), hash((address, out))
        if not pieces:
            raise Rejected("nothing to say")
        sent = self._under_way.pop(key, [])
        try:
            for piece in pieces[len(sent) :]:
                first = next((ids[0] for ids in sent if ids), "")
                sent.append(await self._deliver(address, out, piece, first, last=piece is pieces[-1]))
        except Retry:
            self._remember(key, sent)
            raise
        return tuple(id_ for ids in sent for id_ in ids)

    def _remember(self, key: int, sent: list[tuple[str, ...]]) -> None:
        if sent:
            self._under_way[key] = sent
        while len(self._under_way) > UNDER_WAY:
            self._under_way.pop(next(iter(self._under_way)))

    async def _deliver(self, address: str, out: Outgoing, piece: Any, first: str, *, last: bool) -> tuple[str, ...]:
        method = letter(self.chat(address), out, piece, first, last=last)
        try:
            said: Message | list[Message] = await self._past_topic(method)
        except Rejected as problem:
            if isinstance(piece, str):
                raise
            # A picture that Telegram does not take must not keep the words from their readers.
            log.warning("telegram_album_rejected", why=str(problem))
            if isinstance(piece, Captioned):
                return await self._deliver(address, out, piece.words_alone, first, last=last)
            return ()
        return tuple(str(m.message_id) for m in (said if isinstance(said, list) else [said]))

    async def _past_topic(self, method: TelegramMethod[T]) -> T:
        """Say it in the group itself where the topic was closed or deleted."""
        patience = TIMEOUT * 4 if isinstance(method, SendDocument) else TIMEOUT  # 50 MB take their time
        try:
            return await self.call(method, patience)
        except Rejected as problem:
            if not any(phrase in str(problem).casefold() for phrase in NO_THREAD):
                raise
        return await self.call(method.model_copy(update={"message_thread_id": None}), patience)

    async def _edit(self, address: str, out: Outgoing) -> tuple[str, ...]:
        """Give () where the message can no longer be edited and is to be sent anew."""
        pieces = [piece for piece in parts(out) if isinstance(piece, str)]
        if len(pieces) != 1 or not out.edits.isdecimal():
            return ()
        try:
            await self.call(
                EditMessageText(
                    chat_id=self.chat(address),
                    message_id=int(out.edits),
                    text=pieces[0],
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    reply_markup=keyboard(out.buttons),
                )
            )
        except Rejected as problem:
            if UNCHANGED not in str(problem).casefold():
                return ()  # not found, too old, a photo's: whatever the reason, it must still be said
        return (out.edits,)

    async def topic(self, address: str, title: str) -> str:
        """Open a topic; "" where the group has none or we may not. Raises ChannelError."""
        chat = self.chat(address)
        if chat > 0:  # a private chat
            return ""
        try:
            made: ForumTopic = await self.call(CreateForumTopic(chat_id=chat, name=title[:128]))
        except Rejected:
            return ""
        return str(made.message_thread_id)

    async def acknowledge(self, raw: dict[str, Any], text: str = "") -> None:
        """Answer a button's query, if the update is one, so that it stops turning; `text` is shown briefly.

        Once per query, after the commit. Fails quietly: the press itself is already kept.
        """
        query = raw.get("callback_query")
        if not isinstance(query, dict):
            return
        try:
            await self.call(AnswerCallbackQuery(callback_query_id=str(query["id"]), text=text[:200] or None))
        except (ChannelError, KeyError) as problem:
            log.debug("telegram_query_not_answered", why=str(problem))

    async def commands(self, scope: str, address: str, language: str, rows: Sequence[tuple[str, str]]) -> None:
        """Set the menu of a scope (by the Bot API's name; of one chat where it is "chat"): (command, what it does).

        `language` is ISO 639-1, "" for whoever has no menu in theirs. Without rows the menu is taken away. Raises
        ChannelError.
        """
        where = {"type": scope} | ({"chat_id": self.chat(address)} if address else {})
        whose = {"scope": where, "language_code": language or None}
        menu = [BotCommand(command=name, description=what[:COMMAND_HELP]) for name, what in rows]
        if menu:
            await self.call(SetMyCommands.model_validate({"commands": menu, **whose}))
        else:
            await self.call(DeleteMyCommands.model_validate(whose))

    async def about(self, what: str, language: str, text: str) -> None:
        """Set the bot's "description" or "short_description" for a language, as in `commands`. Raises ChannelError."""
        kind = SetMyShortDescription if what == "short_description" else SetMyDescription
        await self.call(kind.model_validate({what: text, "language_code": language or None}))

    async def webhook(self, url: str, secret: str) -> None:
        """Have updates brought to `url` with this secret; "" ends that. What waits is never thrown away."""
        if not url:
            await self.call(DeleteWebhook(drop_pending_updates=False))
            return
        await self.call(SetWebhook(url=url, secret_token=secret, allowed_updates=WANTED, drop_pending_updates=False))
