"""(a) Conversation steps a second in one process, without a network, under many citizens at once.

Each contender lives in a process of its own (`python -m bench.steps NAME FOLDER DELAY`) and is told over its
standard input when to run a round, so that rounds alternate and only one runs at a time.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import uvloop

from bench.contenders import CONTENDERS, USUAL, Contender
from bench.slowdisk import slow_down
from bench.talk import LINES, STEPS, update

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.contenders import Fed

RAW = "sqlite"  # the disk itself: a row changed and committed, with nothing around it


@dataclass(frozen=True)
class Load:
    """Measured rounds, people at once, conversations of each in a round."""

    rounds: int
    people: int
    talks: int


def measure(chosen: Iterable[Contender], folder: Path, load: Load, delay: float) -> str:
    """Run the rounds side by side and give the table; `delay` in milliseconds for each commit."""
    named = {RAW: "plain sqlite3, a commit a row"} | {one.name: one.title for one in chosen}
    workers = {name: _worker(name, folder / f"steps-{name}-{delay}", delay) for name in named}
    rates: dict[str, list[float]] = {name: [] for name in named}
    try:
        for number in range(load.rounds + 1):
            for name, worker in workers.items():
                rate = _told(worker, {"round": number, "people": load.people, "talks": load.talks if number else 1})
                if number:  # the first only warms up
                    rates[name].append(rate)
    finally:
        for worker in workers.values():
            worker.communicate()
    return _table(named, {name: median(found) for name, found in rates.items()}, load, delay)


def _worker(name: str, folder: Path, delay: float) -> subprocess.Popen[str]:
    folder.mkdir()
    argv = [sys.executable, "-m", "bench.steps", name, str(folder), str(delay)]
    return subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _told(worker: subprocess.Popen[str], order: dict[str, int]) -> float:
    assert worker.stdin
    assert worker.stdout
    print(json.dumps(order), file=worker.stdin, flush=True)
    return float(worker.stdout.readline())


def _table(named: dict[str, str], rates: dict[str, float], load: Load, delay: float) -> str:
    slower = f", every commit {delay:g} ms slower" if delay else ""
    head = f"{load.people} people at once, in process, no network{slower}; medians of {load.rounds} rounds"
    lines = [head, f"{'':<40}{'steps/s':>9}{'to usual':>10}{'of raw commits':>16}"]
    for name, title in named.items():
        to_usual = f"{rates[name] / rates[USUAL]:.1f} x" if USUAL in rates else "-"
        lines.append(f"{title:<40}{rates[name]:>9,.0f}{to_usual:>10}{rates[name] / rates[RAW]:>16.0%}")
    return "\n".join(lines)


# --- in the worker ------------------------------------------------------------------------------------------


async def crowd(fed: Fed, number: int, people: int, talks: int) -> float:
    """Steps a second of a round. Everyone waits for one step before taking the next."""
    steps = people * talks * STEPS
    base, ids = 1_000_000 * (number + 1), iter(range(steps * number * 10 + 1, steps * (number * 10 + 1) + 1))
    scripts: list[list[dict[str, Any]]] = [
        [update(next(ids), base + talk * people + person, text) for talk in range(talks) for text in LINES]
        for person in range(people)
    ]
    before = fed.replies

    async def citizen(script: list[dict[str, Any]]) -> None:
        for raw in script:
            await fed.feed(raw)

    start = time.perf_counter()
    await asyncio.gather(*(citizen(script) for script in scripts))
    seconds = time.perf_counter() - start
    if fed.replies - before < steps:
        raise RuntimeError(f"{fed.replies - before} replies to {steps} steps")
    return steps / seconds


def raw_commits(folder: Path, seconds: float = 1.0) -> float:
    """Commits a second of one small row, with the settings that all the durable ones have."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS state (chat INTEGER PRIMARY KEY, data TEXT)")
    done, start = 0, time.perf_counter()
    while time.perf_counter() < start + seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (done % 100, "x" * 300))
        connection.commit()
        done += 1
    taken = time.perf_counter() - start
    connection.close()
    return done / taken


async def work(name: str, folder: Path) -> None:
    """Take orders from standard input until it ends; answer each with a rate."""
    contender = next((one for one in CONTENDERS if one.name == name), None)
    fed = await contender.opened(folder) if contender else None
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        rate = await crowd(fed, order["round"], order["people"], order["talks"]) if fed else raw_commits(folder)
        print(rate, flush=True)
    if fed:
        await fed.close()


if __name__ == "__main__":
    slow_down(float(sys.argv[3]))
    uvloop.run(work(sys.argv[1], Path(sys.argv[2])))
