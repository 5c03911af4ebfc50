"""The heart: gathers what waits into one batch, and gives it to the writer as one transaction.

An event is acknowledged (its future resolves) only after the commit that holds all of its effects. While one batch
is being committed the next one gathers, so that a disk which is slow to sync is shared by all who wait for it.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from bot.act import Act, Means, officer, run
from bot.perform import perform
from handlers.cards import key as card_key
from handlers.effects import T, Turn
from handlers.events import ChatClosed, MediaReceived, MemberSeen, OptionChosen, TextReceived
from locales import voice
from storage import inbox, offices, outbox
from storage.cases import stamp
from storage.conversations import key_of
from storage.outbox import STREAMED
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from handlers.events import Event, Inbound
    from storage.conversations import Conversation
    from storage.database import Database
    from storage.offices import Officer
    from storage.outbox import Message

log = structlog.get_logger()
MOST = 64  # events in one transaction: more would make those in it wait longer than they win
SORRY = T("Maaf, pesan itu tersimpan tetapi belum dapat kami olah karena gangguan di pihak kami. Mohon dicoba lagi.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update at the door: what it meant (None when it could not be read), and its raw form in case it fails.

    `to` and `work` are for the house's own events: a conversation by its row, and what to do there.
    """

    channel: str
    update_id: str
    inbounds: Sequence[Inbound] | None = ()
    raw: Any = None
    to: int = 0
    event: Event | None = None
    work: Callable[[Act], None] | None = None
    at: datetime | None = None


class Engine:
    """Takes arrivals from every channel; `heard` is called after each commit with what is to be said."""

    def __init__(self, database: Database, means: Means, heard: Callable[[list[Message]], None]) -> None:
        self._database = database
        self._means = means
        self._heard = heard
        self._waiting: deque[tuple[Arrival, asyncio.Future[None]]] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self.handled = 0
        self.parked = 0

    async def submit(self, arrivals: Sequence[Arrival]) -> None:
        """Resolves once everything that these brought about is committed; raises if it could not be."""
        loop = asyncio.get_running_loop()
        futures = [loop.create_future() for _ in arrivals]
        self._waiting.extend(zip(arrivals, futures, strict=True))
        self._wake.set()
        for future in futures:
            await future

    def close(self) -> None:
        """Finish what waits, then stop."""
        self._closing = True
        self._wake.set()

    async def serve(self) -> None:
        """Work until closed."""
        while self._waiting or not self._closing:
            if not self._waiting:
                self._wake.clear()
                await self._wake.wait()
                continue
            batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            await self._handle(batch)

    async def _handle(self, batch: list[tuple[Arrival, asyncio.Future[None]]]) -> None:
        try:
            said = await self._database.write(partial(self._transaction, arrivals=[one for one, _ in batch]))
        except Exception as error:  # noqa: BLE001 - nothing was committed: whoever waits must hear it
            if isinstance(error, IntegrityError) or _its_own(error):
                await self._one_by_one(batch, error)
                return
            log.error("batch_failed", error=type(error).__name__, events=len(batch))
            for _, future in batch:
                _fail(future, error)
        else:
            self._heard(said)
            for _, future in batch:
                if not future.done():
                    future.set_result(None)

    async def _one_by_one(self, batch: list[tuple[Arrival, asyncio.Future[None]]], error: Exception) -> None:
        """Another process took one of these at the same time, or one cannot be written: the others must not suffer.

        A single one is tried again, for by then it is seen to be a repeat; a second refusal is a real one.
        """
        for one in batch:
            try:
                said = await self._alone(one[0])
            except Exception as again:  # noqa: BLE001 - whoever waits must hear it
                log.error("event_failed", error=type(again).__name__, first=type(error).__name__)
                _fail(one[1], again)
            else:
                self._heard(said)
                if not one[1].done():
                    one[1].set_result(None)

    async def _alone(self, one: Arrival) -> list[Message]:
        """One event in a transaction of its own; parked if it would fail for ever, for what follows must get through."""
        try:
            return await self._database.write(partial(self._transaction, arrivals=[one]))
        except Exception as error:
            if not _its_own(error):
                raise
            await self._database.write(partial(self._park, one=one, error=error))
            return []

    # --- inside the transaction, in the writer's thread ---

    def _transaction(self, conn: Connection, arrivals: list[Arrival]) -> list[Message]:
        work = UnitOfWork(conn, self._means.keys, 0)
        known = inbox.seen(conn, ((one.channel, one.update_id) for one in arrivals))
        people = self._people(conn, arrivals)
        work.fetch(key for one in arrivals for key in self._keys(one))
        for one in arrivals:
            if (one.channel, one.update_id) not in known:
                known.add((one.channel, one.update_id))
                self._one(work, one, people)
        work.flush()
        return work.said

    def _keys(self, one: Arrival) -> list[str]:
        return [key_of(self._means.keys, inbound.channel, inbound.address) for inbound in one.inbounds or ()]

    def _address(self, inbound: Inbound) -> str:
        seen = inbound.event.address if isinstance(inbound.event, MemberSeen) else inbound.sender
        return offices.address_key(self._means.keys, inbound.channel, seen)

    def _people(self, conn: Connection, arrivals: list[Arrival]) -> dict[str, Officer]:
        wanted = {self._address(inbound) for one in arrivals for inbound in one.inbounds or ()}
        return offices.by_addresses(conn, self._means.keys, wanted) if wanted else {}

    def _one(self, work: UnitOfWork, one: Arrival, people: dict[str, Officer]) -> None:
        at = one.at or next((inbound.at for inbound in one.inbounds or ()), None)
        work.begin(stamp(at) if at else work.at)
        try:
            if one.inbounds is None:
                msg = "unreadable"
                raise ValueError(msg)  # noqa: TRY301 - parked like every other failure
            for inbound in one.inbounds:
                self._inbound(work, inbound, people)
            if one.to:
                self._own(work, one)
        except Exception as error:  # noqa: BLE001 - one bad update must not hold up the others
            self._put_aside(work, one, error)
            self._apologise(work, one)
        else:
            self.handled += 1
            work.succeeded(one.channel, one.update_id)

    def _put_aside(self, work: UnitOfWork, one: Arrival, error: Exception) -> None:
        self.parked += 1
        log.error("update_parked", channel=one.channel, error=type(error).__name__, where=_where(error))
        work.failed(one.channel, one.update_id, _raw(one), type(error).__name__)

    def _park(self, conn: Connection, one: Arrival, error: Exception) -> None:
        at = one.at or next((inbound.at for inbound in one.inbounds or ()), None)
        work = UnitOfWork(conn, self._means.keys, stamp(at) if at else 0)
        self._put_aside(work, one, error)
        work.flush()

    def _inbound(self, work: UnitOfWork, inbound: Inbound, people: dict[str, Officer]) -> None:
        chat = work.conversation(inbound, sender=False)
        mind = chat if inbound.private else work.conversation(inbound, sender=True)
        closed = isinstance(inbound.event, ChatClosed)
        if chat.gone != closed:
            chat.gone, chat.dirty = closed, True
        key = self._address(inbound)
        found = people.get(key)
        turn = Turn(
            at=inbound.at,
            staff=officer(found) if found else None,
            private=inbound.private,
            channel=inbound.channel,
            ticket=_ticket(work, chat, inbound),
            voice=voice(mind.state.language),
            group_office=chat.office,
            name=inbound.name,
        )
        if chat.channel in STREAMED:
            _echo(work, chat, inbound)
        mind = chat if isinstance(inbound.event, MemberSeen) else mind
        run(Act(self._means, work, chat, mind, turn, perform, key), inbound.event)
        if isinstance(inbound.event, TextReceived) and inbound.event.text.startswith("/start "):
            people.pop(key, None)  # an invitation may have been spent: what follows in this batch must know
            people |= offices.by_addresses(work.reading, self._means.keys, [key])

    def _own(self, work: UnitOfWork, one: Arrival) -> None:
        chat = work.by_id(one.to)
        assert one.at is not None, "the house's own events carry their time"
        turn = Turn(one.at, private=chat.private, channel=chat.channel, voice=voice(chat.state.language))
        act = Act(self._means, work, chat, chat, turn, perform)
        if one.work is not None:
            one.work(act)
        if one.event is not None and not chat.gone:
            run(act, one.event)

    def _apologise(self, work: UnitOfWork, one: Arrival) -> None:
        """A truthful sentence: it is kept, and not yet understood."""
        if not one.inbounds:
            return
        chat = work.conversation(one.inbounds[0], sender=False)
        work.say(chat, {"text": voice(chat.state.language)(SORRY.msgid)})


def _fail(future: asyncio.Future[None], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def _its_own(error: Exception) -> bool:
    """Does it lie in what was to be written, and not in the database or the way to it? Then trying again is in vain."""
    if not isinstance(error, DBAPIError):
        return not isinstance(error, OSError)
    # PostgreSQL, appendix A: class 22 is "data exception"
    return isinstance(error, DataError) or str(getattr(error.orig, "sqlstate", "")).startswith("22")


def _raw(one: Arrival) -> bytes:
    """All that is known of an update, as ASCII, which takes half a surrogate pair too; nested too deep, nothing."""
    try:
        return json.dumps([one.raw, one.inbounds], default=str).encode()
    except (ValueError, RecursionError):
        return b"[]"


def _where(error: BaseException) -> str:
    """The file and line, for the developer; never the words of the error, which may hold what people wrote."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return f"{last.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{last.tb_lineno}" if last else ""


def _ticket(work: UnitOfWork, chat: Conversation, inbound: Inbound) -> str:
    """The case whose topic this was said in, or whose card it answers."""
    if inbound.topic:
        return outbox.ticket_of_thread(work.reading, chat.id, inbound.topic)
    if inbound.reply_to:
        card = outbox.card_of_ref(work.reading, chat.id, inbound.reply_to)
        return card.removeprefix(card_key(""))
    return ""


def _echo(work: UnitOfWork, chat: Conversation, inbound: Inbound) -> None:
    """The page shows what was said from the same stream as what we say, so that a reload shows both."""
    event = inbound.event
    text = inbound.echo or (event.text if isinstance(event, TextReceived) else "")
    if isinstance(event, OptionChosen) and not text:
        return
    body: dict[str, Any] = {"me": True, "text": text, "id": inbound.update_id}
    if isinstance(event, MediaReceived):
        body["files"] = [{"name": event.media.name, "kind": event.media.kind}]
        body["text"] = event.caption
    if body["text"] or body.get("files"):
        work.say(chat, body)
