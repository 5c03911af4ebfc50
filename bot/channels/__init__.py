"""What a channel is: it turns raw updates into Inbound, and Outgoing into the platform's calls."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Button:
    """An option in the reader's language. `data` comes back in OptionChosen, or `url` is opened."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean view (JPEG, no metadata), decrypted for sending, or a map of ours (PNG)."""

    id: str
    image: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """A file of ours on its way out: its bytes, or what gives them in pieces (it blocks, and is called in a thread)."""

    name: str  # plain ASCII
    mime: str
    size: int  # bytes; of what comes in pieces at least
    content: bytes | Callable[[], Iterator[bytes]] = field(compare=False, repr=False)
    otherwise: str = ""  # what is said in its place where a platform does not take it

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes, however large the whole is."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        source = self.content()
        while (piece := await asyncio.to_thread(next, source, None)) is not None:
            if piece:  # an empty one would end a chunked upload
                yield piece


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as the outbox holds it, in the reader's language, ready for a channel."""

    text: str
    buttons: tuple[Button, ...] = ()
    album: tuple[Picture, ...] = ()
    above: Picture | None = None  # stands above the words, in one message with them where that is possible
    paper: Document | None = None  # comes with the words, in one message where that is possible
    asks: Literal["", "text", "place", "media"] = ""
    edits: str = ""  # the platform's id of the message to edit; "" sends anew
    thread: str = ""  # the platform's id of the topic
    protect: bool = False


def instead(text: str, otherwise: str) -> str:
    """The words without their paper."""
    return f"{text}\n\n{otherwise}".strip()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a platform takes, in its own units, from its own documents."""

    text: int  # UTF-16 units of a message
    button: int  # characters of a label
    buttons: int  # at most so many under a message
    data: int  # bytes a button carries
    download: int  # bytes of a file that the bot may fetch
    upload: int = 0  # bytes of a file that the bot may send
    caption: int = 0  # UTF-16 units under a picture
    per_second: float = 0  # messages a second overall, 0 for no limit
    per_chat: float = 0  # messages a second to one person
    per_group_minute: int = 0


class ChannelError(Exception):
    """Sending or fetching failed; the leaves say who must act."""


class Retry(ChannelError):  # noqa: N818 - the name says what to do
    """Later: the platform asks for `after` seconds of patience, or could not be reached."""

    def __init__(self, after: float, everyone: bool = False) -> None:
        super().__init__(f"coba lagi setelah {after} s")
        self.after = after
        self.everyone = everyone


class Gone(ChannelError):  # noqa: N818
    """Never again to this address: blocked, deleted, or put out of the group."""


class Rejected(ChannelError):  # noqa: N818
    """The message will never be taken: our mistake, kept for the operator to see."""


class Channel(Protocol):
    """One platform. Its `receive` is a plain function of the raw update, so that it can be tested without one."""

    name: str
    limits: Limits
    moved: dict[str, str]  # addresses that the platform changed while we ran: old -> new

    async def send(self, address: str, out: Outgoing) -> tuple[str, ...]:
        """Send or edit; gives the platform's message ids, the last one bearing the text. Raises ChannelError."""
        ...

    def fetch(self, source: Mapping[str, str]) -> AsyncIterator[bytes]:
        """The bytes of a file that a person sent, in pieces. Raises ChannelError."""
        ...

    async def topic(self, address: str, title: str) -> str:
        """Open a topic in a group and give its id; "" where the platform or the group has none."""
        ...
