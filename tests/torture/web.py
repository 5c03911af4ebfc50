"""The page under torture: citizens and an officer in rounds, while the server dies under them again and again."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.torture.ledger import Ledger, differences
from tests.torture.victim import ROOT, Nursery, Victim, asked
from tests.torture.webtalk import Citizen, Officer, Page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TAKEN = "SELECT count(*) FROM inbox WHERE channel IN ('web', 'kantor')"
AT_ONCE = 4  # citizens of a round


@dataclass
class Verdict:
    """What a run showed."""

    seed: int
    kills: int
    rounds: int
    lost: list[str]
    doubled: list[str]
    faults: list[str]
    unanswered: int = 0  # requests that a kill cut off
    between: int = 0  # of these, how many were committed already
    doubled_sends: int = 0
    in_flight: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.faults) and self.doubled_sends <= self.in_flight

    def __str__(self) -> str:
        head = (
            f"seed {self.seed}: {self.kills} kills in {self.rounds} rounds, {self.unanswered} cut off, "
            f"{self.between} between commit and acknowledgement; "
            f"lost {len(self.lost)}, doubled {len(self.doubled)}, sends doubled {self.doubled_sends} "
            f"of {self.in_flight} in flight; faults {len(self.faults)}"
        )
        parts = (("lost", self.lost), ("doubled", self.doubled), ("fault", self.faults))
        return "\n".join([head, *(f"  {name}: {line[:400]}" for name, lines in parts for line in lines[:8])])


class Rounds:
    """The script: the same for a seed, however often it is interrupted."""

    def __init__(self, victim: Victim, seed: int) -> None:
        self.victim, self.seed = victim, seed
        self.people: dict[str, str] = {}
        self.pages: list[Page] = []
        self.officer: Officer | None = None

    async def begin(self) -> None:
        """The officer's seat, taken in peace."""
        await self.victim.start()
        await self.victim.listening()
        self.officer = await Officer.enter(self.victim.url, await self.victim.seat_code())
        self.people[self.officer.seat] = "petugas"
        self.pages.append(self.officer)

    async def play(self, number: int) -> None:
        """One round: four report, the officer asks, they answer, the officer closes."""
        assert self.officer is not None
        rngs = [random.Random(f"{self.seed}/{number}/{one}") for one in range(AT_ONCE)]
        citizens = [
            Citizen(self.victim.url, f"warga {number}.{one}", f"{rng.getrandbits(128):032x}")
            for one, rng in enumerate(rngs)
        ]
        self.people |= {one.seat: one.name for one in citizens}
        self.pages += citizens
        await asyncio.gather(*(one.report(rng) for one, rng in zip(citizens, rngs, strict=True)))
        for one in citizens:
            await self.officer.take(one.ticket)
        await asyncio.gather(*(one.answer() for one in citizens))
        for one in citizens:
            await self.officer.finish(one.ticket)
        for one in citizens:
            await one.listen(lambda said: said["who"] == "bot" and "elesai" in said["text"])
            await one.close()

    async def end(self) -> Ledger:
        assert self.officer is not None
        await self.officer.close()
        await self.victim.kill()
        await self.victim.start(real=True)
        await self.victim.listening()
        code = await self.victim.stop()
        assert code == 0, f"it ended with {code}:\n{self.victim.tail()}"
        return Ledger(self.victim.data, self.people)


class Killer:
    """Kills and starts again, so many times, at moments drawn from the seed."""

    longest = (0.06, 0.3, 1.2)  # seconds of serving

    def __init__(self, victim: Victim, seed: int, kills: int) -> None:
        self.victim, self.left, self.done = victim, kills, 0
        self._rng = random.Random(f"{seed}/kills")

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Kill beside what is done in the block; at its end so many have died. A block that fails ends it at once."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.run())
            yield

    async def run(self) -> None:
        while self.left:
            await self._spare()
            await self.victim.kill()
            await self.killed()
            self.left, self.done = self.left - 1, self.done + 1
            await self.victim.start(real=self.done % 40 == 0)

    async def killed(self) -> None:
        """For those who want to look at the dead."""

    async def _spare(self) -> None:
        """Half of them die where a commit meets its acknowledgement; others at any moment of serving or starting."""
        kind = self._rng.random()
        if kind < 0.05:
            await asyncio.sleep(self._rng.uniform(0, 0.3))
            return
        began = time.monotonic()
        await self.victim.listening()
        slow = max(1.0, (time.monotonic() - began) / 0.2)  # on a busy machine everything takes longer
        if kind < 0.55:
            commits, delay = self._rng.randint(1, 8), self._rng.uniform(0, 0.004)
            await asyncio.to_thread(self.victim.kill_at_commit, commits, delay)
            return
        longest = self.longest[0 if kind < 0.8 else 1 if kind < 0.95 else 2]
        await asyncio.sleep(self._rng.uniform(0, longest) * slow)


class Watcher(Killer):
    """Sees how many requests were committed and not acknowledged when the server died."""

    def __init__(self, victim: Victim, seed: int, kills: int, rounds: Rounds) -> None:
        super().__init__(victim, seed, kills)
        self.rounds, self.between = rounds, 0

    async def killed(self) -> None:
        await asyncio.sleep(0.005)  # what was answered is still on its way
        known = sum(page.acknowledged for page in self.rounds.pages) + 1  # the officer's seat
        self.between += max(0, asked(self.victim, TAKEN) - known)


async def tortured(victim: Victim, seed: int, kills: int) -> tuple[Ledger, int, int, int]:
    """(what is there, rounds, requests cut off, of these those committed)."""
    rounds, number = Rounds(victim, seed), 0
    await rounds.begin()
    killer = Watcher(victim, seed, kills, rounds)
    async with killer.at_work():
        while number == 0 or killer.left:
            await rounds.play(number)
            number += 1
    await victim.listening()
    return await rounds.end(), number, sum(page.trouble for page in rounds.pages), killer.between


async def quiet(victim: Victim, seed: int, count: int) -> Ledger:
    """The same rounds, uninterrupted."""
    rounds = Rounds(victim, seed)
    await rounds.begin()
    for number in range(count):
        await rounds.play(number)
    return await rounds.end()


async def torture(folder: Path, seed: int, kills: int, code: Path = ROOT) -> Verdict:
    async with Nursery(code) as nursery:
        async with Victim(folder / "disiksa", nursery) as victim:
            found, count, cut_off, between = await tortured(victim, seed, kills)
        async with Victim(folder / "tenang", nursery) as victim:
            expected = await quiet(victim, seed, count)
    lost, doubled = differences(expected, found)
    return Verdict(seed, kills, count, lost, doubled, [*found.faults, *expected.faults], cut_off, between)
