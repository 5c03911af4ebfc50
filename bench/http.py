"""(b) The same over HTTP: each contender polls the Bot API stand-in from a process of its own.

The people live in this process, beside the stand-in, so that a time is taken when an update is there to be
fetched and when the call that answers it has arrived.
"""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, BinaryIO

from bench.contenders import ROOT, TOKEN, USUAL, Contender
from bench.talk import LINES, STEPS, update
from tests.standins.telegram import Call, StandIn, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

READY, PATIENCE = 60.0, 60.0  # seconds a bot may take to begin polling, and to answer a step
REST = 2.0  # seconds between two phases, so that none begins on what the one before left to do


@dataclass
class Times:
    """What one phase of one round showed; latencies in seconds from update to reply."""

    steps_per_second: float
    latencies: list[float]

    def percentile(self, share: int) -> float:
        """In milliseconds."""
        return quantiles(self.latencies, n=100)[share - 1] * 1000


@dataclass
class Stage:
    """A contender's process and the stand-in that it talks to."""

    contender: Contender
    world: StandIn
    process: asyncio.subprocess.Process
    ids: Iterator[int] = field(default_factory=lambda: count(1))
    people: Iterator[int] = field(default_factory=lambda: count(1_000_001))
    waiting: dict[int, asyncio.Future[float]] = field(default_factory=dict)

    def heard(self, call: Call) -> None:
        """A call came in: perhaps the reply that someone waits for. Every step is answered by one message."""
        if not call.method.startswith("send") or not call.done or not isinstance(call.chat, int):
            return
        answered = self.waiting.get(call.chat)
        if answered and not answered.done():
            answered.set_result(time.perf_counter())

    async def step(self, person: int, number: int) -> float:
        """Say the line and give the time at which its reply was there."""
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.waiting[person] = answered
        self.world.push(update(next(self.ids), person, LINES[number], int(time.time())))
        async with asyncio.timeout(PATIENCE):
            return await answered

    async def crowd(self, people: int) -> Times:
        """Everyone at once, each waiting for a reply before going on."""
        latencies: list[float] = []

        async def citizen(person: int) -> None:
            for number in range(STEPS):
                said = time.perf_counter()
                latencies.append(await self.step(person, number) - said)

        start = time.perf_counter()
        await asyncio.gather(*(citizen(next(self.people)) for _ in range(people)))
        return Times(people * STEPS / (time.perf_counter() - start), latencies)

    async def offered(self, rate: int) -> Times:
        """So many steps a second, evenly, whether or not the bot keeps up; late starts count as waiting."""
        latencies: list[float] = []
        start = time.perf_counter() + 0.1

        async def citizen(person: int, place: int) -> None:
            for number in range(STEPS):
                due = start + number + place / rate
                await asyncio.sleep(due - time.perf_counter())
                latencies.append(await self.step(person, number) - due)

        await asyncio.gather(*(citizen(next(self.people), place) for place in range(rate)))
        return Times(rate * STEPS / (time.perf_counter() - start), latencies)

    def peak_memory(self) -> float:
        """The process's largest resident size so far, in MB (its children are not counted)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@asynccontextmanager
async def staged(contender: Contender, folder: Path) -> AsyncIterator[Stage]:
    """Start the contender against a stand-in of its own and wait until it polls."""
    async with serving(StandIn(token=TOKEN)) as world:
        argv, settings = contender.command(world.url, folder)
        log = _log(folder)
        environment = os.environ | settings
        process = await asyncio.create_subprocess_exec(*argv, cwd=ROOT, env=environment, stdout=log, stderr=log)
        log.close()
        stage = Stage(contender, world, process)
        world.listeners.append(stage.heard)
        try:
            await _ready(stage, folder)
            yield stage
        finally:
            await _ended(process)


def _log(folder: Path) -> BinaryIO:
    folder.mkdir()
    return (folder / "log").open("wb")


def _last_words(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2000:]


async def _ready(stage: Stage, folder: Path) -> None:
    async with asyncio.timeout(READY):
        while not stage.world.updates.polls:
            if stage.process.returncode is not None:
                raise RuntimeError(f"{stage.contender.name} ended:\n{_last_words(folder)}")
            await asyncio.sleep(0.05)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(10):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def measure(chosen: Iterable[Contender], folder: Path, rounds: int, people: int, rate: int) -> str:
    """Run the rounds side by side and give the table."""
    async with AsyncExitStack() as stack:
        stages = [await stack.enter_async_context(staged(one, folder / f"http-{one.name}")) for one in chosen]
        found: dict[str, list[tuple[Times, Times]]] = {stage.contender.name: [] for stage in stages}
        for number in range(rounds + 1):
            for stage in stages:
                if number == 0:  # only warms up
                    await stage.crowd(20)
                    continue
                await asyncio.sleep(REST)
                crowd = await stage.crowd(people)
                await asyncio.sleep(REST)
                found[stage.contender.name].append((crowd, await stage.offered(rate)))
                stage.world.clear()
        return _table(stages, found, people, rate, rounds)


def _table(
    stages: list[Stage], found: dict[str, list[tuple[Times, Times]]], people: int, rate: int, rounds: int
) -> str:
    shown = {name: _figures(times) for name, times in found.items()}
    lines = [
        f"Over HTTP on loopback, from update to reply; medians of {rounds} rounds",
        f"{'':<38}{f'{people} people at once':^38}{f'{rate} steps/s offered':^22}{'peak':>8}",
        f"{'':<38}{'steps/s':>9}{'to usual':>10}{'p50 ms':>9}{'p99 ms':>9}{'p50 ms':>11}{'p99 ms':>11}{'MB':>9}",
    ]
    for stage in stages:
        speed, p50, p99, calm50, calm99 = shown[stage.contender.name]
        to_usual = f"{speed / shown[USUAL][0]:.1f} x" if USUAL in shown else "-"
        lines.append(
            f"{stage.contender.title:<38}{speed:>9,.0f}{to_usual:>10}{p50:>9,.0f}{p99:>9,.0f}"
            f"{calm50:>11,.1f}{calm99:>11,.1f}{stage.peak_memory():>9,.0f}"
        )
    return "\n".join(lines)


def _figures(times: list[tuple[Times, Times]]) -> tuple[float, float, float, float, float]:
    return (
        median(crowd.steps_per_second for crowd, _ in times),
        median(crowd.percentile(50) for crowd, _ in times),
        median(crowd.percentile(99) for crowd, _ in times),
        median(calm.percentile(50) for _, calm in times),
        median(calm.percentile(99) for _, calm in times),
    )
