"""The stand-in itself: everything that "Telegram" remembers, and what a test may do to it and see of it."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.standins.telegram.chats import Chats
from tests.standins.telegram.faults import Fault, Flood, Kind, Refusal
from tests.standins.telegram.updates import Updates, kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.standins.telegram.updates import Update
    from tests.standins.telegram.webhook import Webhook
    from tests.standins.telegram.wire import Files, Params

TOKEN = "123456:STAND-IN-TOKEN-aaaaaaaaaaaaaaaaaaaa"
Message = dict[str, Any]


@dataclass(slots=True)
class Call:
    """A call that reached the stand-in: what was asked, when, and what became of it."""

    method: str  # as the caller spelt it
    params: Params
    files: Files
    at: float  # the stand-in's clock, seconds
    chat: int | str | None
    status: int = 0  # HTTP status answered; 0 where no answer was given
    done: bool = False  # whether it took effect
    message_ids: tuple[int, ...] = ()  # of the messages made or edited
    result: Any = None


@dataclass(slots=True)
class Stored:
    """A file that Telegram keeps. `size` in bytes may be more than is really there."""

    data: bytes
    path: str
    size: int


@dataclass
class StandIn:
    """A Bot API server's memory. `clock` gives seconds; tests may pass their own."""

    token: str = TOKEN
    clock: Callable[[], float] = time.time
    updates: Updates = field(default_factory=Updates)
    calls: list[Call] = field(default_factory=list)
    listeners: list[Callable[[Call], None]] = field(default_factory=list)  # told of each finished call
    chats: Chats = field(default_factory=Chats)
    screens: dict[int, dict[int, Message]] = field(default_factory=lambda: defaultdict(dict))
    keyboards: dict[int, dict[str, Any]] = field(default_factory=dict)  # the last non-inline keyboard of a chat
    files: dict[str, Stored] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)  # what the setMy... methods kept
    answers: dict[str, Params] = field(default_factory=dict)  # callback query id -> how it was answered
    flood: Flood = field(default_factory=Flood)
    faults: list[Fault] = field(default_factory=list)
    webhook: Webhook | None = None
    webhook_retry: float = 0.05
    url: str = ""  # while it is served

    def __post_init__(self) -> None:
        self.me = {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "JagaNetral",
                   "username": "JagaNetralBot"}  # fmt: skip
        # Far from the ids that people's messages get, so that they never meet.
        self.message_ids = count(1_000_001)
        self.file_ids = count(1)
        self._known: set[tuple[int, int]] = set()
        self._queries: set[str] = set()
        self._news = asyncio.Event()

    # --- what happens outside -------------------------------------------------------------------------------

    def push(self, update: Update) -> int:
        """Something comes in; gives its update_id. The same update twice is given twice."""
        body = update.get(kind(update)) or {}
        if kind(update) == "callback_query":
            self._queries.add(body["id"])
            body = body.get("message") or {}
        if chat := body.get("chat"):
            self.chats.meet(chat)
            self._known.add((chat["id"], body.get("message_id", 0)))
            if body.get("is_topic_message"):
                self.chats.topics.setdefault((chat["id"], body["message_thread_id"]), {"name": "", "closed": False})
        return self.updates.add(update)

    def add_file(self, file_id: str, data: bytes, *, path: str = "", size: int | None = None) -> None:
        """A person uploads a file; `size` claims more bytes than are given."""
        self.files[file_id] = Stored(data, path or f"files/{file_id}", len(data) if size is None else size)

    def block(self, chat: int, why: str = "bot was blocked by the user") -> None:
        """From now on nothing reaches this chat: every call to it gets a 403."""
        self.chats.blocked[chat] = why

    def unblock(self, chat: int) -> None:
        """Let calls through to this chat again."""
        self.chats.blocked.pop(chat, None)

    def limit(self, *, overall: int = 0, per_chat: int = 0, per_group_minute: int = 0, punish: bool = False) -> None:
        """Set the flood limits (messages; overall and per_chat in any second); without arguments none."""
        self.flood = Flood(overall, per_chat, per_group_minute, punish)

    def fail_next(self, method: str, n: int = 1, kind: Kind = "500") -> None:
        """Let the next n calls of a method ("*" any, "file" a download) go wrong; see faults.Kind."""
        self.faults.append(Fault(method, n, kind))

    def fault(self, method: str) -> Kind | None:
        """What goes wrong with this call, if anything; spends it."""
        return next((fault.kind for fault in self.faults if fault.hits(method)), None)

    # --- what can be seen -----------------------------------------------------------------------------------

    def screen(self, chat: int) -> list[Message]:
        """What the bot's side of a chat looks like now: edits applied, deleted messages gone."""
        return list(self.screens[chat].values())

    def texts(self, chat: int) -> list[str]:
        """The screen, as its texts and captions alone."""
        return [str(message.get("text", message.get("caption", ""))) for message in self.screen(chat)]

    def made(self, method: str = "", chat: int | None = None) -> list[Call]:
        """The calls that took effect, of one method or to one chat."""
        return [
            call
            for call in self.calls
            if call.done and method in {"", call.method} and (chat is None or call.chat == chat)
        ]

    async def heard(self, n: int, method: str = "", chat: int | None = None, seconds: float = 20) -> list[Call]:
        """Wait until at least n such calls took effect and give them; raises TimeoutError."""
        await self.until(lambda: len(self.made(method, chat)) >= n, seconds)
        return self.made(method, chat)

    async def until(self, so: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something holds, looked at after every call; raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not so():
                self._news.clear()
                await self._news.wait()

    def clear(self) -> None:
        """Forget the calls and screens so far; updates, files and limits stay."""
        self.calls.clear()
        self.screens.clear()

    # --- for the methods ------------------------------------------------------------------------------------

    def note(self, call: Call) -> None:
        """A call has come to its end."""
        self.calls.append(call)
        for listener in self.listeners:
            listener(call)
        self._news.set()

    def knows(self, chat: int, message_id: int) -> bool:
        """Whether a message is there, a person's or the bot's."""
        return message_id in self.screens[chat] or (chat, message_id) in self._known

    def asked(self, query: str) -> bool:
        """Whether a callback query of this id came in."""
        return query in self._queries

    def gate(self, call: Call, messages: int) -> None:
        """Raise what Telegram would before it looks at a call: 403 for a closed chat, 429 for too many."""
        chat = call.params.get("chat_id")
        if isinstance(chat, int):
            if why := self.chats.blocked.get(chat):
                raise Refusal(403, f"Forbidden: {why}")
            if messages:
                self.flood.count(chat, self.clock(), messages)
