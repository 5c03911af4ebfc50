"""The driver: a seed, so many steps, a house of its own; after each batch the model is asked whether that may be."""

from __future__ import annotations

import hashlib
import random
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from bot.engine import Arrival
from handlers.deadlines import last_day
from handlers.effects import FileReport
from handlers.events import ReportFiled, TextReceived
from handlers.frozen import replace as with_
from handlers.inbound import Inbound
from storage.cases import past, stamp
from storage.conversations import by_keys, key_of
from tests.model import acts, checks
from tests.model.acts import OFFICES, Act, Person
from tests.model.looking import Look, look, whole
from tests.model.rules import Known, World, group, handed_out, obeyed, stays
from tests.serving import House, house

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

WHOLE = 50  # batches between two looks over everything
STAFF = (("33.11", "koordinator"), ("33.11", "petugas"), ("33.11", "petugas"), ("33.11.09", "panwascam"), ("33.11.12", "panwascam"), ("33.11", "auditor"),
         ("33.09", "koordinator"), ("33.09", "petugas"), ("33", "koordinator"), ("33", "petugas"), ("32.01", "koordinator"),
         ("RI", "koordinator"), ("RI", "petugas"))  # fmt: skip
CITIZENS = 6
NEAR = ("33.11.09", "33.11.09", "33.11.12", "")  # kecamatan of the reports


class WrongError(AssertionError):
    """Something that may not be; says how to see it again."""


@dataclass
class Play:
    home: House
    seed: int
    database: str
    world: World = field(default_factory=World)
    people: list[Person] = field(default_factory=list)
    seqs: dict[int, int] = field(default_factory=dict)
    inbox: int = 0
    steps: int = 0
    batches: int = 0
    loose: set[str] = field(default_factory=set)  # those of which the model does not say it
    said: dict[str, Known] = field(default_factory=dict)  # the cases as they should be after the batch in hand
    typed: dict[int, set[str]] = field(default_factory=dict)  # tickets that were written in a conversation: a question
    # that is still open there may name them again
    receipts: dict[str, str] = field(default_factory=dict)  # of each case
    moves: set[str] = field(default_factory=set)  # every action that was seen in a history

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.ids = count(1)

    # --- doing ---

    async def run(self, steps: int) -> str:
        """Act so often; gives a digest of all that came of it, the same for the same seed on either database."""
        for number in range(CITIZENS):
            self.people.append(Person(f"warga{number}", "web"))
            await self.batch([Act(self.people[-1], TextReceived("/bantuan"))])
        for office, role in STAFF:
            await self.join(office, role)
        while self.steps < steps:
            await self.step()
        await self.everything()
        return self.digest()

    async def step(self) -> None:
        dice = self.chance.random()
        citizens = [one for one in self.people if one.channel == "web"]
        officers = [one for one in self.people if one.channel == "kantor"]
        if dice < 0.08 or not self.world.cases:
            await self.file(self.chance.choice(citizens))
        elif dice < 0.12:
            await self.clock()
        elif dice < 0.16:
            await self.come_or_go(officers)
        else:
            some = self.chance.choice((1, 1, 1, 2, 3, 5))
            batch: list[Act] = []
            for _ in range(some):
                if self.chance.random() < 0.15:
                    batch += acts.talk(self.chance, self.world, self.chance.choice(citizens), self.receipts)
                else:
                    who = self.chance.choice(officers)
                    pressed = who.presses and who.screen and self.chance.random() < 0.4
                    batch += acts.press(self.chance, self.world, who) if pressed else []
                    batch += acts.command(self.chance, self.world, who, stamp(self.home.clock.now()))
            await self.batch(batch)

    async def batch(self, batch: list[Act], people_changed: bool = False) -> None:
        """All of these handed in at once, so that they share a transaction; then everything is looked at."""
        now, arrivals = self.home.clock.now(), []
        for act in batch:
            where, update = act.who.seat, f"m{next(self.ids)}"
            inbound = Inbound(act.who.channel, update, where, where, now, act.event, name=act.name)
            arrivals.append(Arrival(act.who.channel, update, [inbound], raw={}))
        await self.home.serving.engine.submit(arrivals)
        self.steps += len(batch)
        await self.judged(batch, len(arrivals), people_changed=people_changed)

    async def file(self, who: Person) -> None:
        """A new report, from what a conversation gathered."""
        code, now = self.chance.choice(OFFICES), self.home.clock.now()
        near = self.chance.choice(NEAR) if code == "33.11" else ""
        place = {"code": code, "name": "Kabupaten Uji", "kecamatan": "", "kecamatan_code": near, "zone": "Asia/Jakarta"}
        identity = self.chance.choice(("kontak", "anonim", "rahasia"))
        answers = {"story": "camat mengajak warga", "place": place, "identity": identity, "pelapor_nama": "Uji"}
        answers |= {"terlapor": self.chance.choice(acts.ACCUSED)}
        if self.chance.random() < 0.5:  # of an act that others told of, too
            day = f"{now:%Y-%m-%d}"
            answers |= {"happened": day, "known": day, "place": {**place, "kecamatan_code": near or "x"}}
        answers |= {"ongoing": True} if self.chance.random() < 0.2 else {}
        filed: list[str] = []

        def work(act: Any) -> None:
            [report] = [one for one in act.perform(act, FileReport(answers)) if isinstance(one, ReportFiled)]
            act.mind.state = with_(act.mind.state, cases=(*act.mind.state.cases, report.ticket))
            act.mind.dirty = True
            filed.append(report.ticket)
            self.receipts[report.ticket] = report.receipt

        arrival = Arrival("uji", f"m{next(self.ids)}", at=self.home.clock.now(), to=who.chat, work=work)
        await self.home.serving.engine.submit([arrival])
        self.steps += 1
        await self.judged([], 1)
        known = self.world.cases[filed[-1]]
        self.world.cases[filed[-1]] = replace(known, contact=identity == "kontak")

    async def clock(self) -> None:
        """Time passes; what is due comes, and at eight the offices hear their morning."""
        self.home.clock.move(minutes=self.chance.choice((1, 5, 11, 60, 400, 1440)))
        before = self.home.serving.engine.handled
        await self.home.serving.ticker.tick()
        self.steps += 1
        await self.judged([], self.home.serving.engine.handled - before)

    async def come_or_go(self, officers: list[Person]) -> None:
        """Somebody joins an office, anew or from another; leaves; or is let go."""
        holders = {case.holder for case in self.world.cases.values()}
        busy = [one for one in officers if one.staff in holders and self.world.officers[one.staff].active]
        officers = busy if busy and self.chance.random() < 0.6 else officers
        match self.chance.choice(("join", "move", "leave", "dismiss")):
            case "join":
                await self.join(
                    *self.chance.choice(
                        (*((o, r) for o in OFFICES for r in ("petugas", "koordinator")), ("33.11.09", "panwascam"))
                    )
                )
            case "move":
                await self.join(self.chance.choice(OFFICES), "petugas", self.chance.choice(officers))
            case "leave":
                await self.batch([Act(self.chance.choice(officers), TextReceived("/keluar ya"))], people_changed=True)
            case _:
                other = self.chance.choice(officers)
                words = TextReceived(f"/keluarkan {other.staff} ya")
                await self.batch([Act(self.chance.choice(officers), words)], people_changed=True)

    async def join(self, office: str, role: str, who: Person | None = None) -> None:
        if who is None:
            number = next(self.ids)
            who = Person(f"meja{number}", "kantor", presses=number % 3 == 0)
            self.people.append(who)
        code = await self.home.invite(office, role)
        await self.batch([Act(who, TextReceived(f"/start {code}"), name=f"Petugas {who.seat}")], people_changed=True)

    # --- judging ---

    async def judged(self, batch: list[Act], arrived: int, *, people_changed: bool = False) -> None:
        revs = {ticket: case.rev for ticket, case in self.world.cases.items()}
        keys = self.home.keys
        seen = await self.home.serving.database.read(lambda conn: look(conn, keys, revs, self.seqs))
        wrong = list(self.wrong(batch, seen, people_changed=people_changed))
        if seen.inbox != self.inbox + arrived or seen.parked:
            wrong.append(f"{seen.inbox - self.inbox} of {arrived} updates are noted, {seen.parked} parked")
        await self.known(batch)
        wrong += [f"{act.who.seat} was not answered" for act in batch if not self.answered(act, seen)]
        if wrong:
            raise WrongError(self.story(batch, wrong))
        self.adopt(seen)
        self.batches += 1
        if self.batches % WHOLE == 0:
            await self.everything()

    def wrong(self, batch: list[Act], seen: Look, *, people_changed: bool) -> Iterator[str]:
        self.said, loose = self.expected(batch)
        self.loose = loose
        spoke = {act.who.chat for act in batch}
        for ticket, now in seen.cases.items():
            if now.added:
                self.moves.update(row.action for row in now.added)
                yield from checks.rows(self.world, ticket, now, people_changed=people_changed)
            yield from checks.holder(ticket, now, seen)
            yield from checks.joined(ticket, now, seen)
            yield from checks.looked_after(ticket, now, seen)
            yield from checks.told(self.world, ticket, now, seen, spoke=now.reporter in spoke)
            if ticket in self.said and ticket not in loose and not people_changed:
                yield from checks.predicted(self.said[ticket], now)
        for act in batch:
            self.typed.setdefault(act.who.chat, set()).update({*checks.TICKET.findall(str(act.event)), *act.shown})
        yield from checks.scoped(self.world, seen, self.typed)
        yield from (f"{ticket} is gone" for ticket in self.world.cases if ticket not in seen.cases)

    def expected(self, batch: Iterable[Act]) -> tuple[dict[str, Known], set[str]]:
        """Every case as it should be after these, in their order; and those of which the model does not say it."""
        world = replace(self.world, cases=dict(self.world.cases), gone=set(self.world.gone))
        loose = {ticket for ticket, case in self.world.cases.items() if case.offered}  # somebody may answer, or time
        for act in batch:
            loose |= act.loose
            if not act.who.staff:  # they may answer, or add, wherever they once gave a receipt
                loose |= self.typed.get(act.who.chat, set()) & self.world.cases.keys()
            world.gone -= {act.who.chat}
            if isinstance(act.event, acts.ChatClosed):
                world.gone.add(act.who.chat)
            if act.given and handed_out(world, act.given):
                loose |= {act.given.ticket}
            elif act.given and not act.loose and (after := obeyed(world, act.given)):
                loose |= set() if stays(world, after) else {after.ticket}  # opened again, it may go up
                world.cases[after.ticket] = after
        return world.cases, group(self.world, loose)

    async def known(self, batch: list[Act]) -> None:
        """The rows of whoever spoke for the first time."""
        fresh = {key_of(self.home.keys, a.who.channel, a.who.seat): a.who for a in batch if not a.who.chat}
        if fresh:
            keys = self.home.keys
            found = await self.home.serving.database.read(lambda conn: by_keys(conn, keys, fresh))
            for key, chat in found.items():
                fresh[key].chat = chat.id

    @staticmethod
    def answered(act: Act, seen: Look) -> bool:
        ours = [body for body in seen.said.get(act.who.chat, ()) if not body.get("me")]
        return bool(ours) or isinstance(act.event, acts.ChatClosed)

    def adopt(self, seen: Look) -> None:
        """The model goes on from here; it agrees with what lies there, or says nothing of it."""
        known = {}
        for ticket, now in seen.cases.items():
            case = self.world.cases.get(ticket)
            past = (*(case.past if case else ()), *now.added)
            wish = self.said[ticket].wish if case else None
            if now.marked or (now.added and ticket in self.loose):  # the model does not say it: as it lies there
                wish = now.wish
            facts = (now.status, now.office, now.holder, now.rev, now.reporter)
            contact = bool(case and case.contact)
            more = {"contact": contact, "wish": wish, "past": past, "main": seen.ticket_of(now.main)}
            seen_by = {"offered": now.offered, "kecamatan": now.kecamatan, "barred": now.barred}
            known[ticket] = Known(ticket, *facts, **more, **seen_by)
        self.world = World(known, seen.officers, seen.gone)
        for one in self.people:
            one.staff = seen.chats.get(one.chat, one.staff)
            new = [body for body in seen.said.get(one.chat, ()) if body.get("buttons")] if one.presses else []
            one.screen = [*one.screen, *new][-6:]
        self.seqs, self.inbox = seen.seqs, seen.inbox

    async def everything(self) -> None:
        wrong = await self.home.serving.database.read(whole)
        if wrong := [*wrong, *await self.home.serving.database.read(self.overdue)]:
            raise WrongError(self.story([], wrong))

    def overdue(self, conn: Connection) -> list[str]:
        """Cases that are sorted by another day than the one that follows from what is known of them."""
        book, at = self.home.serving.means.book, self.home.clock.now()
        found = [case for _, case, _ in past(conn, self.home.keys, 0, len(self.world.cases) + 1) if case]
        due = {case.ticket: last_day(dict(case.answers), case.facts, case.status, at, book) for case in found}
        return [
            f"{case.ticket}, {case.status}, is due {case.deadline!r} and not {due[case.ticket]!r}"
            for case in found
            if case.deadline != due[case.ticket]
        ]

    def story(self, batch: list[Act], wrong: Iterable[str]) -> str:
        """What was done last, what is wrong, and the command that does it again."""
        did = [f"  {act.who.seat}: {act.event}" for act in batch]
        more = f" --database {self.database}" if self.database != "sqlite" else ""
        again = f"again: .venv/bin/python -m tests.model --seed {self.seed} --steps {self.steps}{more}"
        return "\n".join([f"after {self.steps} steps:", *did, *dict.fromkeys(wrong), again])

    def digest(self) -> str:
        rows = [
            (case.status, case.office, case.rev, [(row.action, row.at, row.status) for row in case.past])
            for case in self.world.cases.values()
        ]
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


@asynccontextmanager
async def played(folder: Path, seed: int, url: str = "") -> AsyncIterator[Play]:
    """A house whose time only passes when the play says so, and whose tickets are the same for the same seed."""
    drawn = random.Random(seed)
    with patch("bot.codes.secrets", SimpleNamespace(token_bytes=drawn.randbytes)):
        async with house(folder, url) as home:
            home.serving.ticker.close()  # its own ticks would come when they like
            yield Play(home, seed, home.serving.database.dialect)
