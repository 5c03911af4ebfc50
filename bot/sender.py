"""Works the outbox: each platform's limits, retries, cards edited in place, topics opened; then notes what became of it."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import structlog

from bot.channels import Button, Gone, Outgoing, Picture, Rejected, Retry
from bot.pace import Pace
from storage import outbox
from storage.cases import stamp
from storage.tables import conversations as rows

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from sqlalchemy import Connection

    from bot.channels import Channel, Limits
    from bot.clock import Clock
    from bot.config import Settings
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.outbox import Message

log = structlog.get_logger()
AT_ONCE = 32  # sends in flight: at most so many can be doubled by a crash
TRIES = 12
SWEEP = 1.0  # seconds between looks for messages that a crash or a retry left behind


@dataclass(slots=True)
class _Lane:
    """What waits for one conversation, in order; one is in flight at a time."""

    waiting: deque[Message] = field(default_factory=deque)
    busy: bool = False


@dataclass(slots=True)
class _Done:
    """What became of one message, until the next note is written."""

    message: Message
    state: str
    refs: str = ""
    after: float = 0


class Sender:
    """Sends for every channel that does not read the outbox itself."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        clock: Clock,
        channels: Mapping[str, Channel],
        pictures: Callable[[list[str]], Awaitable[list[Picture]]],
        settings: Settings,
    ) -> None:
        self._database, self._keys, self._clock = database, keys, clock
        self._channels = channels
        self._pictures = pictures
        self._paces = {name: Pace(_limits(channel, settings)) for name, channel in channels.items()}
        self._lanes: dict[int, _Lane] = defaultdict(_Lane)
        self._held: set[tuple[int, int]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._done: list[tuple[_Done, asyncio.Future[None]]] = []
        self._noting = asyncio.Event()
        self._stopping = False
        self.sent = 0
        self.retried = 0

    # --- taking messages in ---

    def take(self, messages: list[Message]) -> None:
        """Messages whose lease this process holds: just committed, or claimed."""
        for message in messages:
            where = (message.conversation_id, message.seq)
            if message.channel not in self._channels or where in self._held:
                continue
            self._held.add(where)
            lane = self._lanes[message.conversation_id]
            lane.waiting.append(message)
            self._start(message.conversation_id, lane)

    def _start(self, conversation_id: int, lane: _Lane) -> None:
        if lane.busy or self._stopping:
            return
        lane.busy = True
        task = asyncio.get_running_loop().create_task(self._drain(conversation_id, lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def serve(self) -> None:
        """Sweep up what was left behind, and write down what was sent, until closed."""
        noting = asyncio.create_task(self._note_forever())
        try:
            while not self._stopping:
                await self.sweep()
                await asyncio.sleep(SWEEP)
        finally:
            self._noting.set()
            await noting

    async def sweep(self) -> None:
        """Claim what is due and nobody holds."""
        now = stamp(self._clock.now())

        def claim(conn: Connection) -> list[Message]:
            outbox.mark(conn, list(self._held), lease=now + outbox.LEASE)
            return outbox.claim(conn, self._keys, now, 200)

        try:
            self.take(await self._database.write(claim))
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment
            log.error("sweep_failed", error=type(error).__name__)

    async def close(self) -> None:
        """Let what is in flight arrive and be noted; the rest stays due."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)
        self._noting.set()

    # --- sending ---

    async def _drain(self, conversation_id: int, lane: _Lane) -> None:
        try:
            while lane.waiting and not self._stopping:
                message = lane.waiting.popleft()
                if self._overtaken(message, lane):
                    await self._note(_Done(message, outbox.OVER))
                    continue
                done = await self._attempt(message)
                if done.state == outbox.DUE:
                    self._let_go(lane)
                await self._note(done)
        finally:
            lane.busy = False
            if not lane.waiting:
                self._lanes.pop(conversation_id, None)

    def _overtaken(self, message: Message, lane: _Lane) -> bool:
        """A newer drawing of the same card waits: only that one is worth a send."""
        return bool(message.card) and any(one.card == message.card for one in lane.waiting)

    def _let_go(self, lane: _Lane) -> None:
        """The first one must wait, so all behind it do: their leases run out and they are claimed in order."""
        while lane.waiting:
            rest = lane.waiting.popleft()
            self._held.discard((rest.conversation_id, rest.seq))

    async def _attempt(self, message: Message) -> _Done:
        channel, pace = self._channels[message.channel], self._paces[message.channel]
        if await self._is_behind(message):
            return _Done(message, outbox.DUE, after=0.2)
        try:
            out = await self._outgoing(message, channel)
            await pace.wait(message.address, group=not message.private)
            async with self._room:
                refs = await channel.send(message.address, out)
        except Retry as retry:
            self.retried += 1
            if retry.everyone:
                pace.stop(retry.after)
            return _Done(message, outbox.DUE, after=max(retry.after, 2 ** min(message.tries, 8) / 2))
        except Gone:
            return _Done(message, outbox.GONE)
        except Rejected as error:
            log.error("send_rejected", channel=message.channel, error=str(error)[:80])
            return _Done(message, outbox.FAILED)
        except Exception as error:  # noqa: BLE001 - one message must not stop the sender
            log.error("send_failed", channel=message.channel, error=type(error).__name__)
            return _Done(message, outbox.DUE, after=2 ** min(message.tries, 8))
        self.sent += 1
        return _Done(message, outbox.SENT, ",".join(refs))

    async def _is_behind(self, message: Message) -> bool:
        """Several processes serve one PostgreSQL: another may hold what comes before this."""
        if self._database.dialect == "sqlite":
            return False
        where, seq = message.conversation_id, message.seq
        return await self._database.read(lambda conn: outbox.waits_behind(conn, where, seq))

    async def _outgoing(self, message: Message, channel: Channel) -> Outgoing:
        body = message.body
        refs = thread = ""
        if message.card or body.get("topic"):
            refs, thread = await self._places(message, channel)
        pictures = await self._pictures(body.get("album", [])) if body.get("album") and not refs else []
        return Outgoing(
            text=body["text"],
            buttons=tuple(Button(label, data, url) for label, data, url in body.get("buttons", ())),
            album=tuple(pictures),
            asks=body.get("asks", ""),
            edits=refs.rpartition(",")[2],
            thread=thread,
            protect=body.get("protect", False),
        )

    async def _places(self, message: Message, channel: Channel) -> tuple[str, str]:
        """Where the card stands, and the case's topic, which is opened at its first message."""
        where, ticket = message.conversation_id, message.body.get("topic", "")

        def look(conn: Connection) -> tuple[str, str]:
            refs = "" if message.body.get("anew") else outbox.card_refs(conn, where, message.card)
            return refs, outbox.thread_of(conn, where, ticket) if ticket and message.forum else ""

        refs, thread = await self._database.read(look)
        if ticket and message.forum and not thread:
            thread = await channel.topic(message.address, ticket)
            if thread:
                await self._database.write(lambda conn: outbox.open_topic(conn, where, ticket, thread))
        return refs, thread

    # --- noting what became of it: one transaction for all that wait ---

    async def _note(self, done: _Done) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._done.append((done, future))
        self._noting.set()
        await future
        self._held.discard((done.message.conversation_id, done.message.seq))

    async def _note_forever(self) -> None:
        while not self._stopping or self._done or self._tasks:
            self._noting.clear()
            if not self._done:
                if self._stopping:
                    await asyncio.sleep(0.01)
                    continue
                await self._noting.wait()
                continue
            batch, self._done = self._done, []
            await self._write([one for one, _ in batch])
            for _, future in batch:
                future.set_result(None)

    async def _write(self, batch: list[_Done]) -> None:
        now = stamp(self._clock.now())
        try:
            await self._database.write(lambda conn: _record(conn, batch, now))
        except Exception as error:  # noqa: BLE001 - they stay leased and will be sent again: at least once
            log.error("note_failed", error=type(error).__name__, messages=len(batch))


def _limits(channel: Channel, settings: Settings) -> Limits:
    return replace(channel.limits, per_second=settings.telegram_rate, per_chat=settings.telegram_chat_rate)


def _record(conn: Connection, batch: list[_Done], now: int) -> None:
    for state in (outbox.SENT, outbox.OVER, outbox.GONE, outbox.FAILED):
        which = [(one.message.conversation_id, one.message.seq) for one in batch if one.state == state]
        outbox.mark(conn, which, state=state)
    for one in batch:
        if one.state == outbox.DUE:
            _later(conn, one, now)
        elif one.state == outbox.SENT and one.message.card:
            outbox.place_card(conn, one.message.conversation_id, one.message.card, one.refs)
        elif one.state == outbox.GONE:
            conn.execute(rows.update().where(rows.c.id == one.message.conversation_id).values(gone=True))


def _later(conn: Connection, one: _Done, now: int) -> None:
    """Try again then, or give up and leave it to be seen."""
    where = [(one.message.conversation_id, one.message.seq)]
    tries = one.message.tries + 1
    state = outbox.FAILED if tries >= TRIES else outbox.DUE
    due = now + int(one.after * 1_000_000)
    outbox.mark(conn, where, state=state, tries=tries, due_at=due, lease=due)
    outbox.free_behind(conn, one.message.conversation_id, one.message.seq, due)
