"""Writes down what became of each message that was to be sent: one transaction for all that wait."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from storage import outbox
from storage.cases import stamp
from storage.database import is_away
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from bot.clock import Clock
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.outbox import Message

log = structlog.get_logger()
PAUSE = 0.5  # seconds between tries while the database is away
LAST_WORDS = 5.0  # seconds for them once we are told to stop
GIVE_UP = 7 * 86_400_000_000  # microseconds: a platform that refused so long will not take it any more


@dataclass(slots=True)
class Done:
    """What became of one message. A `due` one is put off by so many seconds, and is free to be claimed then."""

    message: Message
    state: str
    refs: str = ""  # where it stands now; "" where it was edited in place
    after: float = 0
    moved: str = ""  # the group's new address
    tried: int = 0  # when a `gone` one was, in microseconds


class Notes:
    """Notes in their order; a message that was sent is not let go of before that is written."""

    def __init__(self, database: Database, keys: KeyRing, clock: Clock) -> None:
        self._database, self._keys, self._clock = database, keys, clock
        self.swept: Callable[[], None] = lambda: None  # something that was to go once it was sent, went
        self._waiting: list[tuple[Sequence[Done], asyncio.Future[None]]] = []
        self._news = asyncio.Event()
        self._closing = False

    async def write(self, *done: Done) -> None:
        """Resolves when it is written (or when we stop and the database is still away)."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((done, future))
        self._news.set()
        await future

    def close(self) -> None:
        """Write what waits, then stop."""
        self._closing = True
        self._news.set()

    async def serve(self) -> None:
        """Write until closed."""
        while self._waiting or not self._closing:
            self._news.clear()
            if not self._waiting:
                await self._news.wait()
                continue
            batch, self._waiting = self._waiting, []
            await self._patiently([one for some, _ in batch for one in some])
            for _, future in batch:
                if not future.done():
                    future.set_result(None)

    async def _patiently(self, batch: list[Done]) -> None:
        """What was sent and is not noted would be sent again: so it is tried until it is written."""
        loop, until = asyncio.get_running_loop(), 0.0
        while not await self._written(batch):
            if self._closing:
                until = until or loop.time() + LAST_WORDS
                if loop.time() > until:
                    return
            await asyncio.sleep(PAUSE)

    async def _written(self, batch: list[Done]) -> bool:
        now = stamp(self._clock.now())
        try:
            if await self._database.write(lambda conn: _record(conn, self._keys, batch, now)):
                self.swept()
        except Exception as error:  # noqa: BLE001 - away, or one of them cannot be written
            log.error("note_failed", error=type(error).__name__, messages=len(batch))
            if is_away(error):
                return False
            if len(batch) == 1:
                return True  # it stays due, and is sent again when its lease is over
            return all([await self._written([one]) for one in batch])
        return True


def _record(conn: Connection, keys: KeyRing, batch: list[Done], now: int) -> bool:
    """Note them all; whether some were erased thereby."""
    for state in (outbox.SENT, outbox.OVER, outbox.FAILED):
        outbox.mark(conn, [_where(one) for one in batch if one.state == state], state=state)
    swept = outbox.sweep(conn)
    for one in batch:
        if one.state == outbox.DUE:
            _later(conn, one, now)
        elif one.state == outbox.GONE:
            outbox.give_up(conn, one.message.conversation_id, one.tried)
        elif one.refs and one.message.card:
            outbox.place_card(conn, one.message.conversation_id, one.message.card, one.refs)
        if one.moved:
            UnitOfWork(conn, keys, now).readdress(one.message.channel, one.message.address, one.moved)
    return swept


def _later(conn: Connection, one: Done, now: int) -> None:
    """Free to be claimed then, by whoever is there; or given up and left to be seen."""
    if not one.after:
        outbox.mark(conn, [_where(one)], lease=0)
        return
    due = now + int(one.after * 1_000_000)
    state = outbox.FAILED if now - one.message.at > GIVE_UP else outbox.DUE
    outbox.mark(conn, [_where(one)], state=state, tries=one.message.tries + 1, due_at=due, lease=0)


def _where(one: Done) -> tuple[int, int]:
    return one.message.conversation_id, one.message.seq
