"""From a row of the outbox to what a channel sends: where its card stands, its topic, its pictures, its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.channels import Button, Outgoing, Picture, instead
from bot.outgoing.drawings import drawn
from storage import outbox
from storage.buttons import shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy import Connection

    from bot.channels import Channel
    from bot.outgoing.papers import Papers
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.outbox import Message

log = structlog.get_logger()


class Composer:
    """Reads what a message needs besides itself."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        pictures: Callable[[list[str]], Awaitable[list[Picture]]],
        papers: Papers,
    ) -> None:
        self._database, self._keys, self._pictures, self._papers = database, keys, pictures, papers
        self._opened: dict[tuple[int, str], str] = {}  # topics whose row is not written yet

    async def outgoing(self, message: Message, channel: Channel) -> Outgoing:
        """The message as the channel takes it. Raises ChannelError where a topic had to be opened and could not."""
        body = message.body
        refs = own_thread = ""
        if message.card or body.get("topic"):
            refs, own_thread = await self._places(message, channel)
        pictures = await self._album(body["album"]) if body.get("album") and not refs else []
        above = await self._drawn(body) if not refs else None
        if above and message.card:  # its text is edited later, which a text under a picture cannot be
            pictures, above = [*pictures, above], None
        paper = await self._papers.made(message) if body.get("paper") else None
        return Outgoing(
            text=body["text"] if paper or not body.get("paper") else instead(body["text"], body["paper"]["otherwise"]),
            buttons=tuple(Button(*one) for one in shown(self._keys, message)),
            album=tuple(pictures),
            above=above,
            paper=paper,
            asks=body.get("asks", ""),
            edits=refs.rpartition(",")[2],
            thread=own_thread or body.get("thread", ""),
            protect=body.get("protect", False),
        )

    async def _album(self, ids: list[str]) -> list[Picture]:
        """A picture that cannot be opened must not keep the case itself from its officers."""
        try:
            return await self._pictures(ids)
        except Exception as error:  # noqa: BLE001 - whatever it is, the words still go
            log.error("album_failed", error=type(error).__name__)
            return []

    async def _drawn(self, body: dict[str, Any]) -> Picture | None:
        try:
            image = await drawn(body)
        except Exception as error:  # noqa: BLE001 - the words say it as well
            log.error("drawing_failed", error=type(error).__name__)
            return None
        return Picture("peta" if "spot" in body else "grafik", image) if image else None

    async def _places(self, message: Message, channel: Channel) -> tuple[str, str]:
        """Where the card stands, and the case's topic, which is opened at its first message."""
        where, ticket = message.conversation_id, message.body.get("topic", "")

        def look(conn: Connection) -> tuple[str, str]:
            refs = "" if message.body.get("anew") else outbox.card_refs(conn, where, message.card)
            return refs, outbox.thread_of(conn, where, ticket) if ticket and message.forum else ""

        refs, thread = await self._database.read(look)
        if ticket and message.forum and not thread:
            thread = await self._topic(message, ticket, channel)
        return refs, thread

    async def _topic(self, message: Message, ticket: str, channel: Channel) -> str:
        which = message.conversation_id, ticket
        if which not in self._opened:
            self._opened[which] = await channel.topic(message.address, ticket)
        if thread := self._opened[which]:
            await self._database.write(lambda conn: outbox.open_topic(conn, *which, thread))
        return self._opened.pop(which)
