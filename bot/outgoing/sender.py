"""Works the outbox: each conversation's messages in their order, within each platform's limits, with retries.

A message is sent by the one process that holds its lease, and only when nothing before it in its conversation is
still due. What must wait goes back to the database with its time, and everything behind it goes back too.
"""

from __future__ import annotations

import asyncio
from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import structlog

from bot.channels import Gone, Rejected, Retry
from bot.outgoing.notes import Done, Notes
from bot.outgoing.pace import Pace
from storage import outbox
from storage.cases import stamp
from storage.database import is_away

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from bot.channels import Channel, Limits, Outgoing
    from bot.clock import Clock
    from bot.config import Settings
    from bot.outgoing.composer import Composer
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.outbox import Message

log = structlog.get_logger()
AT_ONCE = 32  # sends in flight: at most so many can be doubled by a crash
MOST_HELD = 2000  # messages in memory; the rest waits in the database
CLAIM = 200
STUMBLES = 12  # times that a message may fail for reasons of our own
LONGEST = 300.0  # seconds between tries
SWEEP = 1.0  # seconds between looks for messages that a crash or a retry left behind
PATIENCE = 10.0  # seconds for what is in flight when told to stop


@dataclass(slots=True)
class _Lane:
    """What waits for one conversation, in order; one is in flight at a time."""

    waiting: list[Message] = field(default_factory=list)
    task: asyncio.Task[None] | None = None
    idle: bool = False  # it only waits for its time: nothing is lost by leaving


class Sender:
    """Sends for every channel that does not read the outbox itself."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        clock: Clock,
        channels: Mapping[str, Channel],
        composer: Composer,
        settings: Settings,
    ) -> None:
        self._database, self._keys, self._clock = database, keys, clock
        self._channels = channels
        self._composer = composer
        self.notes = Notes(database, keys, clock)
        self._paces = {name: Pace(_limits(channel, settings)) for name, channel in channels.items()}
        self._lanes: dict[int, _Lane] = defaultdict(_Lane)
        self._held: dict[tuple[int, int], int] = {}  # until when it is ours
        # Conversations of which messages wait in the database that are not here, and how often that was found.
        self._elsewhere: Counter[int] = Counter()
        self._sure = False  # `_elsewhere` is complete: never where other processes serve as well
        self._stumbles: Counter[tuple[int, int]] = Counter()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._stop = asyncio.Event()
        self.sent = 0
        self.retried = 0

    # --- taking messages in ---

    def take(self, messages: list[Message]) -> None:
        """Messages that were just committed: this process holds their leases."""
        for message in messages:
            if message.channel in self._channels:
                self._put(message, message.at + outbox.LEASE)

    def _put(self, message: Message, until: int) -> None:
        where = (message.conversation_id, message.seq)
        if where in self._held:
            self._held[where] = until
            return
        if len(self._held) >= MOST_HELD or self._stop.is_set():
            self._elsewhere[message.conversation_id] += 1
            return
        self._held[where] = until
        lane = self._lanes[message.conversation_id]
        insort(lane.waiting, message, key=_seq)
        if lane.task is None:
            lane.task = asyncio.get_running_loop().create_task(self._drain(message.conversation_id, lane))

    async def serve(self) -> None:
        """Sweep up what was left behind, and have written down what was sent, until closed."""
        noting = asyncio.create_task(self.notes.serve())
        try:
            while not self._stop.is_set():
                if self._channels:
                    await self.sweep()
                try:
                    await asyncio.wait_for(self._stop.wait(), SWEEP)
                except TimeoutError:
                    continue
        finally:
            await self._finish()
            self.notes.close()
            await noting
            await self._let_go()

    async def sweep(self) -> None:
        """Keep hold of what is ours, and claim what is due and nobody's."""
        now = stamp(self._clock.now())
        aging = [where for where, until in self._held.items() if now < until < now + outbox.LEASE // 2]
        room = min(CLAIM, MOST_HELD - len(self._held))

        def claim(conn: Connection) -> list[Message]:
            outbox.mark(conn, aging, lease=now + outbox.LEASE)
            return outbox.claim(conn, self._keys, self._channels, now, room) if room > 0 else []

        try:
            if not self._sure and self._database.dialect == "sqlite":
                self._elsewhere.update(await self._database.read(outbox.waiting))
                self._sure = True
            claimed = await self._database.write(claim)
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment
            log.error("sweep_failed", error=type(error).__name__)
            return
        for where in aging:
            if where in self._held:
                self._held[where] = now + outbox.LEASE
        for message in claimed:
            self._put(message, now + outbox.LEASE)

    async def close(self) -> None:
        """Let what is in flight arrive and be noted; the rest stays due."""
        self._stop.set()
        await self._finish()

    async def _finish(self) -> None:
        lanes = [lane for lane in self._lanes.values() if lane.task]
        for lane in lanes:
            if lane.idle and lane.task:
                lane.task.cancel()
        tasks = [lane.task for lane in lanes if lane.task]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()

    async def _let_go(self) -> None:
        """Another process need not wait for our leases to run out."""
        if not (held := list(self._held)):
            return
        try:
            await self._database.write(lambda conn: outbox.mark(conn, held, lease=0))
        except Exception as error:  # noqa: BLE001 - then it waits
            log.error("let_go_failed", error=type(error).__name__)

    # --- sending ---

    async def _drain(self, conversation_id: int, lane: _Lane) -> None:
        try:
            while lane.waiting and not self._stop.is_set():
                message = lane.waiting[0]
                done = await self._attempt(message, lane)
                lane.waiting.remove(message)
                if done is not None:
                    await self._settle(done, lane)
                self._held.pop((conversation_id, message.seq), None)
        finally:
            lane.task = None
            if not lane.waiting:
                self._lanes.pop(conversation_id, None)

    async def _settle(self, done: Done, lane: _Lane) -> None:
        """Have it written. Where it must wait, or nobody is there, all behind it are let go of as well."""
        behind: list[Message] = []
        if done.state in {outbox.DUE, outbox.GONE}:
            self._elsewhere[done.message.conversation_id] += 1
            behind, lane.waiting = lane.waiting, []
        free = [Done(one, outbox.DUE) for one in behind] if done.state == outbox.DUE else []
        await self.notes.write(done, *free)
        for one in behind:
            self._held.pop((one.conversation_id, one.seq), None)

    async def _attempt(self, message: Message, lane: _Lane) -> Done | None:
        """What became of it; None where it is no longer ours to send."""
        began = stamp(self._clock.now())
        try:
            if _overtaken(message, lane):
                return Done(message, outbox.OVER)
            if await self._is_behind(message):
                return Done(message, outbox.DUE)
            return await self._send(message, lane)
        except Exception as error:  # noqa: BLE001 - one message must not stop the sender
            return self._failed(message, error, began)

    def _failed(self, message: Message, error: Exception, began: int) -> Done:
        if isinstance(error, Retry):
            self.retried += 1
            if error.everyone:
                self._paces[message.channel].stop(error.after)
            return Done(message, outbox.DUE, after=max(error.after, _backoff(message.tries) / 2))
        if isinstance(error, Gone):
            return Done(message, outbox.GONE, tried=began)
        if isinstance(error, Rejected):
            log.error("send_rejected", channel=message.channel, error=str(error)[:80])
            return Done(message, outbox.FAILED)
        log.error("send_failed", channel=message.channel, error=type(error).__name__)
        return self._stumbled(message, error)

    async def _send(self, message: Message, lane: _Lane) -> Done | None:
        channel, pace, group = self._channels[message.channel], self._paces[message.channel], not message.private
        out = await self._composer.outgoing(message, channel)
        weight = pace.weight(len(out.text), len(out.album) + bool(out.paper))
        lane.idle = True
        await pace.chat(message.address, weight, group=group)
        if _overtaken(message, lane):  # while it waited
            return Done(message, outbox.OVER)
        async with self._room:
            await pace.everyone(weight)
            lane.idle = False
            if not self._ours(message):
                return None
            refs = await channel.send(message.address, out)
        pace.went(message.address, weight, group=group)
        self.sent += 1
        self._stumbles.pop((message.conversation_id, message.seq), None)
        return Done(message, outbox.SENT, refs=_new_refs(out, refs), moved=channel.moved.get(message.address, ""))

    def _stumbled(self, message: Message, error: Exception) -> Done:
        """A fault of ours: after some tries it makes way for what is behind it, and is left to be seen."""
        where = (message.conversation_id, message.seq)
        self._stumbles[where] += not is_away(error)
        if self._stumbles[where] >= STUMBLES:
            del self._stumbles[where]
            return Done(message, outbox.FAILED)
        return Done(message, outbox.DUE, after=_backoff(message.tries))

    def _ours(self, message: Message) -> bool:
        """Not if the database was away so long that the lease ran out: another may have it by now."""
        where, now = (message.conversation_id, message.seq), stamp(self._clock.now())
        if self._held.get(where, 0) > now and not self._stop.is_set():
            return True
        self._elsewhere[message.conversation_id] += 1
        return False

    async def _is_behind(self, message: Message) -> bool:
        """Something before it is still due, and not here: put off, left over, or in another process's hands."""
        where = message.conversation_id
        known = self._elsewhere.get(where, 0)
        if self._sure and not known:
            return False
        due = await self._database.read(lambda conn: outbox.due_in(conn, where))
        if all((where, seq) in self._held for seq in due) and self._elsewhere.get(where, 0) == known:
            self._elsewhere.pop(where, None)
        return any(seq < message.seq for seq in due)


def _seq(message: Message) -> int:
    return message.seq


def _backoff(tries: int) -> float:
    return min(2.0 ** min(tries, 12), LONGEST)


def _limits(channel: Channel, settings: Settings) -> Limits:
    return replace(channel.limits, per_second=settings.telegram_rate, per_chat=settings.telegram_chat_rate)


def _overtaken(message: Message, lane: _Lane) -> bool:
    """A newer drawing of the same card waits: only that one is worth a send. A card asked for anew is shown."""
    if not message.card:
        return False
    later = (one for one in lane.waiting if one.card == message.card and one.seq > message.seq)
    return any(one.body.get("anew") or not message.body.get("anew") for one in later)


def _new_refs(out: Outgoing, refs: tuple[str, ...]) -> str:
    """Where it stands now, if that is news: an edit leaves the card and its album where they are."""
    return "" if out.edits and refs == (out.edits,) else ",".join(refs)
