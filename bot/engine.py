"""The heart: gathers what waits into one batch, and gives it to the writer as one transaction.

An event is acknowledged (its future resolves) only after the commit that holds all of its effects. While one batch
is being committed the next one gathers, so that a disk which is slow to sync is shared by all who wait for it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import DBAPIError

from bot.inside import proposals
from bot.inside.act import Act, Means, run
from bot.inside.alarms import settle
from bot.inside.beside import echo, meant, raw_of, ticket_of, where
from bot.inside.perform import perform
from bot.inside.sight import officer
from handlers.effects import T
from handlers.events import ChatClosed, Due, MemberSeen
from handlers.turn import Turn
from locales import voice
from storage import inbox, offices
from storage.cases import stamp
from storage.conversations import key_of
from storage.database import is_away
from storage.outbox import STREAMED
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from handlers.events import Event
    from handlers.inbound import Inbound
    from storage.database import Database
    from storage.offices import Officer

log = structlog.get_logger()
ALONE = 3  # times that an event is tried by itself
MOST = 128  # events in one transaction: more would make those in it wait longer than they win
SORRY = T("Maaf, pesan itu tersimpan tetapi belum dapat kami olah karena gangguan di pihak kami. Mohon dicoba lagi.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update at the door: what it meant (None when it could not be read), and its raw form in case it fails.

    `to` and `work` are for the house's own events: a conversation by its row, and what to do there; it may return what
    the conversation hears of it. `anyway` is done whether the event is new, a repeat, or cannot be carried out.
    """

    channel: str
    update_id: str
    inbounds: Sequence[Inbound] | None = ()
    raw: Any = None
    to: int = 0
    event: Event | None = None
    work: Callable[[Act], Sequence[Event] | None] | None = None
    at: datetime | None = None
    anyway: Callable[[UnitOfWork], None] | None = None


@dataclass(slots=True)
class _Together:
    """Arrivals that were handed in as one. Once one of them fails, those behind it must not overtake it."""

    left: int
    done: asyncio.Future[None]
    failed: bool = False

    def kept(self) -> None:
        """One of them is committed."""
        self.left -= 1
        if not self.left and not self.done.done():
            self.done.set_result(None)

    def fail(self, error: Exception) -> None:
        """One of them could not be."""
        self.failed = True
        if not self.done.done():
            self.done.set_exception(error)


Waiting = tuple[Arrival, _Together]


class Engine:
    """Takes arrivals from every channel; after each commit `committed` is called with all that it brought about."""

    def __init__(self, database: Database, means: Means, committed: Callable[[UnitOfWork], None]) -> None:
        self._database, self._means, self._after = database, means, committed
        self._waiting: deque[Waiting] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self.handled = 0
        self.parked = 0

    async def submit(self, arrivals: Sequence[Arrival]) -> None:
        """Resolves once everything that these brought about is committed; raises if it could not be."""
        if not arrivals:
            return
        together = _Together(len(arrivals), asyncio.get_running_loop().create_future())
        self._waiting.extend((one, together) for one in arrivals)
        self._wake.set()
        await together.done

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
            batch = [one for one in batch if not one[1].failed]
            if batch:
                await self._handle(batch)

    async def _handle(self, batch: list[Waiting]) -> None:
        try:
            work = await self._database.write(partial(self._transaction, arrivals=[one for one, _ in batch]))
        except Exception as error:  # noqa: BLE001 - nothing was committed: whoever waits must hear it
            if is_away(error):
                self._failed(batch, error)
            else:
                await self._one_by_one(batch)
        else:
            self._committed(batch, work)

    def _committed(self, batch: list[Waiting], work: UnitOfWork) -> None:
        self._after(work)
        for _, together in batch:
            together.kept()

    def _failed(self, batch: list[Waiting], error: Exception) -> None:
        log.error("batch_failed", error=type(error).__name__, events=len(batch))
        for _, together in batch:
            together.fail(error)

    async def _one_by_one(self, batch: list[Waiting]) -> None:
        """Another process took one of these at the same time, or one cannot be written: the others must not suffer."""
        for number, one in enumerate(batch):
            try:
                work = await self._alone(one[0])
            except Exception as error:  # noqa: BLE001 - whoever waits must hear it
                self._failed(batch[number:], error)
                return
            self._committed([one], work)

    async def _alone(self, one: Arrival) -> UnitOfWork:
        """One event in a transaction of its own; parked if it fails for ever, for what follows must get through.

        It is tried again first: by then it may be seen to be a repeat, or what another process made may be there.
        """
        for attempt in range(ALONE):
            try:
                return await self._database.write(partial(self._transaction, arrivals=[one]))
            except Exception as error:
                if is_away(error):
                    raise
                if attempt == ALONE - 1:
                    return await self._database.write(partial(self._park, one=one, error=error))
        raise AssertionError  # the loop returns or raises

    # --- inside the transaction, in the writer's thread ---

    def _transaction(self, conn: Connection, arrivals: list[Arrival]) -> UnitOfWork:
        work = UnitOfWork(conn, self._means.keys, 0)
        # Taken first: what another process did with the same updates meanwhile is committed, and seen, after that.
        work.fetch_ahead(key for one in arrivals for key in self._keys(one))
        known = inbox.seen(conn, ((one.channel, one.update_id) for one in arrivals))
        people = self._people(conn, arrivals)
        for one in arrivals:
            if (one.channel, one.update_id) not in known:
                known.add((one.channel, one.update_id))
                self._one(work, one, people)
            if work.staff_changed:  # what follows in this batch must know
                people, work.staff_changed, work.menus = self._people(conn, arrivals), False, True
            if one.anyway is not None:
                one.anyway(work)
        work.flush()
        return work

    def _one(self, work: UnitOfWork, one: Arrival, people: dict[str, Officer]) -> None:
        work.begin(_at(one, work.at))
        try:
            if one.inbounds is None:
                msg = "unreadable"
                raise ValueError(msg)  # noqa: TRY301 - parked like every other failure
            for inbound in one.inbounds:
                self._inbound(work, inbound, people)
            if one.to:
                self._own(work, one)
        except DBAPIError:
            raise  # PostgreSQL takes no more statements: done again without the others, and parked there if need be
        except Exception as error:  # noqa: BLE001 - one bad update must not hold up the others
            self._put_aside(work, one, error)
        else:
            self.handled += 1
            work.succeeded(one.channel, one.update_id)

    def _put_aside(self, work: UnitOfWork, one: Arrival, error: Exception) -> None:
        self.parked += 1
        log.error("update_parked", channel=one.channel, error=type(error).__name__, where=where(error))
        work.failed(one.channel, one.update_id, raw_of(one), type(error).__name__)
        try:
            self._apologise(work, one)
        except DBAPIError:
            raise
        except Exception as again:  # noqa: BLE001 - the conversation itself may be what cannot be opened
            log.warning("not_apologised", error=type(again).__name__)

    def _park(self, conn: Connection, one: Arrival, error: Exception) -> UnitOfWork:
        work = UnitOfWork(conn, self._means.keys, 0)
        if not inbox.seen(conn, [(one.channel, one.update_id)]):
            work.begin(_at(one, 0))
            self._put_aside(work, one, error)
        if one.anyway is not None:
            one.anyway(work)
        work.flush()
        return work

    def _keys(self, one: Arrival) -> list[str]:
        return [key_of(self._means.keys, inbound.channel, inbound.address) for inbound in one.inbounds or ()]

    def _address(self, inbound: Inbound) -> str:
        seen = inbound.event.address if isinstance(inbound.event, MemberSeen) else inbound.sender
        return offices.address_key(self._means.keys, inbound.channel, seen)

    def _people(self, conn: Connection, arrivals: list[Arrival]) -> dict[str, Officer]:
        wanted = {self._address(inbound) for one in arrivals for inbound in one.inbounds or ()}
        return offices.by_addresses(conn, self._means.keys, wanted) if wanted else {}

    def _inbound(self, work: UnitOfWork, inbound: Inbound, people: dict[str, Officer]) -> None:
        chat = work.own(work.conversation(inbound, sender=False))
        mind = chat if inbound.private else work.conversation(inbound, sender=True)
        closed = isinstance(inbound.event, ChatClosed)
        if chat.gone != closed:
            chat.gone, chat.dirty, work.menus = closed, True, True
        key = self._address(inbound)
        found = people.get(key)
        turn = Turn(
            at=inbound.at,
            staff=officer(found) if found else None,
            private=inbound.private,
            channel=inbound.channel,
            ticket=ticket_of(work, chat, inbound),
            voice=voice(mind.state.language),
            group_office=chat.office,
            name=inbound.name,
        )
        if chat.channel in STREAMED:
            echo(work, chat, inbound)
        mind = chat if isinstance(inbound.event, MemberSeen) else mind
        act = Act(self._means, work, chat, mind, turn, perform, key, inbound.topic)
        run(act, meant(work, chat, mind, inbound.event))
        proposals.settle(act)
        settle(act)

    def _own(self, work: UnitOfWork, one: Arrival) -> None:
        assert one.at is not None, "the house's own events carry their time"
        chat = work.own(work.by_id(one.to))
        turn = Turn(one.at, private=chat.private, channel=chat.channel, voice=voice(chat.state.language))
        act = Act(self._means, work, chat, chat, turn, perform)
        came = (one.work(act) if one.work is not None else None) or ()
        for event in (*came, *((one.event,) if one.event is not None else ())):
            if not chat.gone or isinstance(event, Due):  # a draft ends for all
                run(act, event)
        proposals.settle(act)
        settle(act)

    def _apologise(self, work: UnitOfWork, one: Arrival) -> None:
        """A truthful sentence: it is kept, and not yet understood."""
        if not one.inbounds:
            return
        chat = work.conversation(one.inbounds[0], sender=False)
        thread = one.inbounds[0].topic
        said = {"text": voice(chat.state.language)(SORRY.msgid)}
        work.say(chat, said | ({"thread": thread} if thread else {}))


def _at(one: Arrival, otherwise: int) -> int:
    at = one.at or next((inbound.at for inbound in one.inbounds or ()), None)
    return stamp(at) if at else otherwise
