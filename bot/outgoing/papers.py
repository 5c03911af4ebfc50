"""Documents that go out: each kind has its maker, and is made when it is sent; the outbox keeps only what to make.

A new kind is a row in MAKERS: from what is wanted and where things lie to a Document. It judges anew whether this
conversation may have it, for between the asking and the making a case may have gone to another office.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog

from bot.outgoing import register
from bot.outgoing.casefile import casefile
from bot.outgoing.copies import copies
from bot.outgoing.form import form
from bot.outgoing.letter import letter

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.channels import Document
    from bot.clock import Clock
    from bot.evidence.fetch import Keeper
    from bot.outgoing.typesetter import Typesetter
    from handlers.book import Book
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.outbox import Message

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message asks for: handlers.attached.Paper, and the conversation that it goes to."""

    kind: str
    name: str
    ticket: str
    given: Mapping[str, str]
    to: int


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a maker finds what it needs."""

    database: Database
    keys: KeyRing
    clock: Clock
    keeper: Keeper
    book: Book
    typesetter: Typesetter


MAKERS: dict[str, Callable[[Wanted, Sources], Awaitable[Document]]] = {
    "formulir": form,
    "berkas": casefile,
    "naskah": letter,
    "bukti": copies,
    "register": register.made,
}


class Papers:
    """Makes documents; `makers` by kind."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self.makers = dict(MAKERS)

    async def made(self, message: Message) -> Document | None:
        """The document of a message; None where it cannot be made, and then its words still go."""
        body = message.body["paper"]
        wanted = Wanted(body["kind"], body["name"], body["ticket"], body["given"], message.conversation_id)
        try:
            made = await self.makers[wanted.kind](wanted, self._sources)
        except Exception as error:  # noqa: BLE001 - whatever it is, the words still go
            log.error("paper_failed", kind=wanted.kind, error=type(error).__name__)
            return None
        return replace(made, otherwise=body["otherwise"])
