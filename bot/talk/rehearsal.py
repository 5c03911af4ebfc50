"""The real engine over a folder of its own, for playing .chat files and for a talk at the keyboard."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from bot.config import settings
from bot.engine import Arrival, Engine
from bot.inside.act import Means
from bot.inside.filing import settled
from bot.invitations import make
from bot.start import law, open_all
from bot.talk.house import Found, Heard, Person, Place
from bot.ticker import Ticker
from handlers.cards import key as card_key
from handlers.codes import ALPHABET
from handlers.events import MemberSeen, TextReceived
from handlers.inbound import Inbound
from storage import buttons, cases, media, outbox, tables
from storage.cases import stamp
from storage.conversations import key_of
from storage.outbox import STREAMED
from storage.tables import cards, conversations, timers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.inside.act import Act
    from handlers.events import Event
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.outbox import Message
    from storage.unit_of_work import UnitOfWork

ADDRESS = "https://contoh.id"


class SetClock:
    """A clock that stands until it is moved."""

    rehearsal = ""

    def __init__(self) -> None:
        self.at = datetime(2024, 10, 10, 3, tzinfo=UTC)

    def now(self) -> datetime:
        """The moment it was moved to."""
        return self.at


def counted_codes() -> Any:
    """Codes that are the same in every run: the n-th of each length."""
    drawn: Counter[int] = Counter()

    def code(length: int) -> str:
        drawn[length] += 1
        return "".join(Random(f"{length}:{drawn[length]}").choices(ALPHABET, k=length))  # noqa: S311 - not secret

    return code


def _settled(act: Act, file: media.File, found: Found) -> list[Event]:
    facts = {"size": 1, "clean": file.kind == "photo", "gps": found.point, "taken": found.taken}
    return settled(act, file, facts, found.why)


class EngineHouse:
    """Citizens and officers on one channel, before the engine that serves them for real."""

    def __init__(self, database: Database, keys: KeyRing, channel: str) -> None:
        self.database, self.keys, self.channel = database, keys, channel
        self.heard: list[Heard] = []
        chosen = settings(
            data_dir=".",
            database_url="",
            telegram_token="",
            calendar=None,
            draft_days=30,
            public_url=ADDRESS,
            _env_file=None,
        )
        self.means = Means(keys, law(chosen), ADDRESS, counted_codes())
        self.engine = Engine(database, self.means, self._hear)
        self.clock = SetClock()
        self.ticker = Ticker(database, self.clock, self.engine.submit)
        self.groups: dict[str, bool] = {}
        self._screens: dict[tuple[str, str], str] = {}
        self._said: list[Message] = []
        self._count = 0

    # --- who and where ---

    def where(self, person: Person) -> tuple[str, str]:
        """(channel, chat address) of what this person does there."""
        if person.where:
            return "telegram", f"-100{list(self.groups).index(person.where)}"
        if self.channel == "telegram":
            return "telegram", self.sender(person)
        return (self.channel if person.citizen else "kantor"), person.name

    def sender(self, person: Person) -> str:
        """The person's own address."""
        if self.channel != "telegram":
            return person.name
        return person.name if person.citizen else str(1000 + sum(map(ord, person.name)))

    def _inbound(self, person: Person, event: Event, place: Place, **more: Any) -> Inbound:
        self._count += 1
        channel, address = self.where(person)
        self._screens[channel, address] = person.screen
        private = not person.where
        return Inbound(
            channel, f"u{self._count}", address, self.sender(person) if not private else address, self.clock.now(),
            event, private=private, forum=self.groups.get(person.where, False),
            topic=self._thread(place.topic), reply_to=place.reply, **more,
        )  # fmt: skip

    # --- the house ---

    async def begin(self, at: datetime) -> None:
        """The clock is set."""
        self.clock.at = at

    async def wait(self, until: datetime) -> None:
        """Each timer fires at its own time, as it would."""
        while (due := await self.database.read(_next_timer)) is not None and due <= stamp(until):
            self.clock.at = max(self.clock.at, cases.moment(due))
            await self.ticker.tick()
            await self.look()
        self.clock.at = until

    async def officer(self, name: str, office: str, role: str) -> None:
        """An officer joins by an invitation, as every officer does."""
        code = await self.invitation(office, role, timedelta(days=1))
        inbound = self._inbound(Person(name), TextReceived(f"/start {code}"), Place(), name=name)
        await self.submit([inbound])

    async def invitation(self, office: str, role: str, until: timedelta) -> str:
        """A one-time code."""
        made = await make(self.database, self.keys, ADDRESS, office, role, self.clock.now() + until)
        return made.code

    async def group(self, name: str, *, topics: bool) -> None:
        """A group of Telegram's."""
        self.groups[name] = topics

    async def tell(self, person: Person, event: Event, place: Place) -> None:
        """A person does something."""
        if place.reply:
            place = replace(place, reply=await self.message_of(person, place.reply))
        name = "" if person.citizen or not isinstance(event, TextReceived) else person.name
        await self.submit([self._inbound(person, self.meant(person, event), place, name=name)])

    def meant(self, person: Person, event: Event) -> Event:
        """The event as the channel gives it: a member is seen by their address."""
        return MemberSeen(self.sender(person)) if isinstance(event, MemberSeen) else event

    async def submit(self, inbounds: list[Inbound], raw: Any = None) -> None:
        """Through the engine, to the end of the commit."""
        first = inbounds[0] if inbounds else None
        if first:
            await self.engine.submit([Arrival(first.channel, first.update_id, inbounds, raw or {})])
        await self.look()

    async def settle(self, files: dict[str, Found]) -> None:
        """Whatever is wanted is fetched."""
        now, every = stamp(self.clock.now()), [*STREAMED, "telegram"]
        for file in await self.database.write(lambda conn: media.due(conn, self.keys, every, now, 100)):
            work = partial(_settled, file=file, found=files.get(file.meta["name"], Found()))
            done = Arrival("berkas", file.id, at=self.clock.now(), to=file.conversation_id, work=work)
            await self.engine.submit([done])
        await self.look()

    # --- what is heard ---

    def _hear(self, work: UnitOfWork) -> None:
        self._said += work.said

    async def look(self) -> None:
        """What the channels got since the last look."""
        said, self._said = self._said, []
        for message in said:
            if message.body.get("me"):
                continue
            if message.channel not in STREAMED:
                await self.database.write(partial(self._stands, message=message))
            screen = self._screens[message.channel, message.address]
            self.heard.append(Heard(screen, self.shown(message), message.card))

    def shown(self, message: Message) -> dict[str, Any]:
        """What the reader's channel makes of the outbox's body."""
        return {**message.body, "buttons": [list(one) for one in buttons.shown(self.keys, message)]}

    def _stands(self, conn: Connection, message: Message) -> None:
        """As the sender notes it: where the card stands, and the topic that was opened for it."""
        where = message.conversation_id
        if message.card and (message.body.get("anew") or not outbox.card_refs(conn, where, message.card)):
            outbox.place_card(conn, where, message.card, str(message.seq))
        ticket = message.body.get("topic", "")
        if ticket and message.forum and not outbox.thread_of(conn, where, ticket):
            outbox.open_topic(conn, where, ticket, self._thread(ticket))

    def _thread(self, ticket: str) -> str:
        return str(sum(ord(char) * (place + 7) for place, char in enumerate(ticket))) if ticket else ""

    async def message_of(self, person: Person, ticket: str) -> str:
        """The platform's id of the message that bears a case's card there."""
        key = key_of(self.keys, *self.where(person))

        def look(conn: Connection) -> str:
            both = cards.join(conversations, conversations.c.id == cards.c.conversation_id)
            query = select(cards.c.refs).select_from(both).where(conversations.c.key == key)
            return str(conn.execute(query.where(cards.c.card == card_key(ticket))).scalar_one())

        return await self.database.read(look)


def _next_timer(conn: Connection) -> int | None:
    ends = select(func.min(tables.cases.c.offer_ends)).where(tables.cases.c.offered != "")
    silent = select(func.min(tables.watches.c.due_at)).where(tables.watches.c.due_at > 0)
    limits = select(func.min(tables.cases.c.alarm_at)).where(tables.cases.c.alarm_at > 0)
    queries = (select(func.min(timers.c.due_at)), ends, silent, limits)
    found = [conn.execute(query).scalar_one() for query in queries]
    return min((at for at in found if at is not None), default=None)


@asynccontextmanager
async def engine_house(folder: Path, channel: str, kind: type[EngineHouse] = EngineHouse) -> AsyncIterator[EngineHouse]:
    """A house over a folder, serving until the end."""
    chosen = settings(data_dir=folder, database_url="", telegram_token="", _env_file=None)
    database, keys, _ = await open_all(chosen)
    house = kind(database, keys, channel)
    serving = asyncio.create_task(house.engine.serve())
    try:
        yield house
    finally:
        house.engine.close()
        await serving
        await database.close()
