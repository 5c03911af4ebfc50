"""Telegram under torture: the stand-in outlives the bot, which dies again and again between getUpdates and its sends."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.standins.people import Person, Town
from tests.standins.telegram import TOKEN, StandIn, serving
from tests.torture.ledger import Ledger, differences
from tests.torture.victim import ROOT, Nursery, Victim, asked
from tests.torture.web import Killer, Verdict
from tests.torture.webtalk import TICKET, jpeg, story

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 60.0
AT_ONCE = 3
OFFICER = 900
MANY = 20  # kills from which on some starts are of the command itself, which takes seconds
HEAVY = ("bot.telegram_link",)
HELD = "SELECT count(DISTINCT conversation_id) FROM outbox WHERE state = 'due'"
LEFT = (
    "SELECT (SELECT count(*) FROM outbox WHERE state = 'due') + (SELECT count(*) FROM evidence WHERE state = 'wanted')"
)


class Talk:
    """The script: everybody says a line, then all are waited for, so that numbers are the same in every run."""

    def __init__(self, victim: Victim, world: StandIn, seed: int) -> None:
        self.victim, self.world, self.seed = victim, world, seed
        self.town = Town()
        self.officer = self.town.person(OFFICER, "Ani")
        self.people = {str(OFFICER): "petugas"}

    async def begin(self) -> None:
        await self.victim.start()
        await self.victim.listening()
        await self._say([self.officer.start(await self.victim.seat_code())])
        await self._shown(OFFICER, lambda text: "koordinator" in text.casefold())

    async def play(self, number: int) -> None:
        rng = random.Random(f"{self.seed}/{number}")
        citizens = [self.town.person(1000 + 10 * number + one) for one in range(AT_ONCE)]
        self.people |= {str(one.id): f"warga {one.id}" for one in citizens}
        mine = [AT_ONCE * number + one for one in range(AT_ONCE)]
        await self._say([one.start() for one in citizens])
        await self._say([one.text("setuju") for one in citizens])
        await self._say([one.text(story(its)) for one, its in zip(citizens, mine, strict=True)])
        await self._say([self._photo(one, its) for one, its in zip(citizens, mine, strict=True) if rng.random() < 0.6])
        await self._settled()
        await self._say([one.text("kirim sekarang") for one in citizens])
        tickets = [await self._ticket(one) for one in citizens]
        for ticket in tickets:
            await self._say(
                [self.officer.text(f"/ambil {ticket}"), self.officer.text(f"/tanya {ticket} Di desa mana?")]
            )
        await self._say([one.text("/jawab") for one in citizens])
        await self._say([one.text("Di desa Kenari") for one in citizens])
        for ticket in tickets:
            await self._say([self.officer.text(f"/tutup {ticket} selesai")])

    async def end(self, *, real: bool = False) -> tuple[Ledger, dict[int, list[Any]]]:
        """(what is kept, the calls that said something to each chat)."""
        await self._settled()
        await self.victim.kill()
        await self.victim.start(real=real)
        await self.victim.listening()
        await self._settled()
        code = await self.victim.stop()
        assert code == 0, f"it ended with {code}:\n{self.victim.tail()}"
        calls: dict[int, list[Any]] = {}
        for call in self.world.calls:
            if call.done and call.method.startswith("send"):
                calls.setdefault(int(call.chat or 0), []).append(call)
        return Ledger(self.victim.data, self.people), calls

    # --- steps ---

    async def _say(self, updates: list[dict[str, Any]]) -> None:
        """All of them, and wait until Telegram may forget them."""
        given = {self.world.push(update) for update in updates}
        await _until(lambda: given <= set(self.world.updates.confirmed), "confirmed")

    def _photo(self, person: Person, shade: int) -> dict[str, Any]:
        file_id = person.file_id("photo")
        self.world.add_file(file_id, jpeg(shade))
        return person.photo(file_id)

    async def _shown(self, chat: int, so: Callable[[str], bool]) -> str:
        await _until(lambda: any(so(text) for text in self.world.texts(chat)), f"shown to {chat}")
        return next(text for text in self.world.texts(chat) if so(text))

    async def _ticket(self, person: Person) -> str:
        return str(TICKET.findall(await self._shown(person.id, lambda text: bool(TICKET.search(text))))[0])

    async def _settled(self) -> None:
        """Everything fetched and said."""
        await _until(lambda: asked(self.victim, LEFT) == 0, "settled")


async def _until(so: Callable[[], bool], what: str) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            while not so():  # noqa: ASYNC110 - what is asked is another process
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"never {what}") from None


class Executioner(Killer):
    """Half of its kills fall on what Telegram sees: an offset that moves, or a call that comes in.

    Counts what is in flight at each kill: one message of each conversation at most.
    """

    longest = (0.15, 0.5, 1.5)

    def __init__(self, victim: Victim, seed: int, kills: int, world: StandIn) -> None:
        super().__init__(victim, seed, kills)
        self.in_flight = 0
        self._armed, self._left = "", 0
        self._fired = asyncio.Event()
        confirm = world.updates.confirm

        def confirming(offset: int) -> None:
            before = len(world.updates.confirmed)
            confirm(offset)
            if len(world.updates.confirmed) > before:
                self._seen("offset")

        world.updates.confirm = confirming  # type: ignore[method-assign]
        world.listeners.append(lambda call: self._seen("call") if call.method.startswith("send") else None)

    def _seen(self, what: str) -> None:
        if what != self._armed:
            return
        self._left -= 1
        if self._left <= 0:
            self._armed = ""
            self.victim.kill_now()
            self._fired.set()

    async def _spare(self) -> None:
        if self._rng.random() < 0.5:
            await super()._spare()
            return
        self._fired.clear()
        self._armed, self._left = self._rng.choice(("offset", "call")), self._rng.randint(1, 4)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._fired.wait(), 2)
        self._armed = ""

    async def killed(self) -> None:
        if (self.victim.data / "jaganetral.sqlite3").exists():
            self.in_flight += asked(self.victim, HELD)


def spoken(ledger: Ledger, calls: dict[int, list[Any]]) -> tuple[list[str], int]:
    """(what was never said, how many times something was said again), cards apart: those are edited."""
    lost, again = [], 0
    for address, rows in ledger.said.items():
        said = Counter(ledger.plain(str(call.params.get("text", ""))) for call in calls.get(int(address), ()))
        for text, count in rows.items():
            lost += [f"never said to {address}: {text[:80]}"] * max(0, count - said[text])
            again += max(0, said[text] - count)
    return lost, again


async def torture(folder: Path, seed: int, kills: int, code: Path = ROOT) -> Verdict:
    async with Nursery(code, HEAVY) as nursery:
        async with serving(StandIn()) as world, Victim(folder / "disiksa", nursery, **_env(world)) as victim:
            talk, killer = Talk(victim, world, seed), Executioner(victim, seed, kills, world)
            number = await _tortured(talk, killer)
            found, calls = await talk.end(real=kills >= MANY)
        async with serving(StandIn()) as world, Victim(folder / "tenang", nursery, **_env(world)) as victim:
            talk = Talk(victim, world, seed)
            await talk.begin()
            for one in range(number):
                await talk.play(one)
            expected, _ = await talk.end()
    lost, doubled = differences(expected, found)
    unsaid, again = spoken(found, calls)
    faults = [*found.faults, *expected.faults]
    return Verdict(
        seed, kills, number, [*lost, *unsaid], doubled, faults, doubled_sends=again, in_flight=killer.in_flight
    )


async def _tortured(talk: Talk, killer: Killer) -> int:
    """How many rounds it took."""
    await talk.begin()
    number = 0
    async with killer.at_work():
        while number == 0 or killer.left:
            await talk.play(number)
            number += 1
    await talk.victim.listening()
    return number


def _env(world: StandIn) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": world.url,
        "TELEGRAM_RATE": "1000",
        "TELEGRAM_CHAT_RATE": "1000",
    }
