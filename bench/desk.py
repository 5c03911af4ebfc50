"""(f) The desk at few cases and at many: queue, search, morning; p50 and p95 side by side, and the plans."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

import asyncpg
from sqlalchemy.schema import CreateIndex

from bench import cases as made
from bench.desk_kinds import KINDS, NAMES, SPREAD, Kind, met, noted, province
from bench.plans import plans
from bot.config import settings
from bot.engine import Arrival
from bot.invitations import make
from bot.logs import logs
from bot.serving import Serving
from bot.start import CAUGHT_UP, law, open_all
from handlers.events import TextReceived
from handlers.inbound import Inbound
from sealing.keys import FILE_NAME, KeyRing
from storage import offices
from storage.database import connect
from storage.tables import metadata

if TYPE_CHECKING:
    from pathlib import Path


WARM = 20  # rounds


class Standing:
    """The time at which the cases are."""

    rehearsal = ""

    def now(self) -> Any:
        return made.NOW


@dataclass
class House:
    """A house over so many cases, with an officer in each busy office, in a province and at the nation's."""

    name: str
    size: int
    serving: Serving
    seats: dict[str, str] = field(default_factory=dict)
    ids: Any = field(default_factory=lambda: count(1))
    times: dict[str, list[float]] = field(default_factory=dict)

    async def says(self, office: str, text: str) -> None:
        update = f"b{next(self.ids)}"
        seat = self.seats[office]
        inbound = Inbound("kantor", update, seat, seat, made.NOW, TextReceived(text), name="Bu Ani")
        await self.serving.engine.submit([Arrival("kantor", update, [inbound], raw={})])

    async def sit(self, office: str) -> None:
        serving = self.serving
        until = made.NOW + made.timedelta(days=1)
        code = (await make(serving.database, serving.keys, "http://x", office, "petugas", until)).code
        self.seats[office] = f"meja{office}"
        await self.says(office, f"/start {code}")


async def once(house: House, kind: Kind, spread: made.Spread, number: int) -> float:
    office, text = kind.where(spread, number), kind.text(spread, number)
    began = time.perf_counter()
    if kind.read is None:
        await house.says(office, text)
    else:
        read, keys = kind.read, house.serving.keys
        await house.serving.database.read(lambda conn: read(conn, keys, office, text))
    return (time.perf_counter() - began) * 1000


async def measured(houses: list[House], spread: made.Spread, rounds: int) -> None:
    """Rounds in turn: each kind once on each house, then the next round."""
    for number in range(WARM + rounds):
        for kind in KINDS:
            for house in houses:
                took = await once(house, kind, spread, number)
                if number >= WARM:
                    house.times.setdefault(kind.title, []).append(took)


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def table(pairs: list[tuple[House, House]]) -> str:
    lines = []
    for few, many in pairs:
        lines += ["", f"{few.name}: ms, p50 and p95 of {len(few.times[KINDS[0].title])}"]
        lines.append(f"{'':<40}{few.size:>9,} cases{many.size:>12,} cases{'p50':>9}{'p95':>8}")
        for kind in KINDS:
            a, b = few.times[kind.title], many.times[kind.title]
            p50, p95 = (_at(b, share) / _at(a, share) for share in (0.5, 0.95))
            shown = f"{_at(a, 0.5):>7.2f}{_at(a, 0.95):>8.2f}{_at(b, 0.5):>10.2f}{_at(b, 0.95):>8.2f}"
            lines.append(f"{kind.title:<40}{shown}{p50:>8.2f} x{p95:>6.2f} x")
    return "\n".join(lines)


async def planned(house: House, spread: made.Spread) -> str:
    """The plans of the reads, on the larger house."""
    lines = ["", f"{house.name}, plans at {house.size:,} cases"]
    for kind in (one for one in KINDS if one.read):
        read, keys, office = kind.read, house.serving.keys, kind.where(spread, 0)
        text = kind.text(spread, 0)
        found = await house.serving.database.read(
            lambda conn, read=read, keys=keys, office=office, text=text: plans(
                conn, lambda it: read(it, keys, office, text)
            )
        )
        lines.append(f"  {kind.title.removeprefix('read alone: ')}")
        for statement, plan in found.items():
            if "data_keys" not in statement:
                lines += [f"    {line}" for line in plan.splitlines()]
    return "\n".join(lines)


# --- the houses -------------------------------------------------------------------------------------------------------


async def built(folder: Path, size: int, server: Any) -> list[House]:
    """The same cases in SQLite and, where there is a server, in PostgreSQL."""
    url = server.fresh() if server else ""
    places = {"SQLite": (folder / "lite", "")} | ({"PostgreSQL": (folder / "pg", url)} if url else {})
    for data, where in places.values():
        data.mkdir(parents=True, mode=0o700)
        database = connect(where, data)
        await _ready(database)
        await database.close()
    keys, _ = KeyRing.open(folder / "lite", make=True)
    sinks: list[Any] = [made.Lite(folder / "lite")]
    if url:
        shutil.copy2(folder / "lite" / FILE_NAME, folder / "pg")
        sinks.append(made.Server(await asyncpg.connect(url)))
    await _fill(sinks, keys, size)
    return [await _opened(name, size, data, where) for name, (data, where) in places.items()]


async def _ready(database: Any) -> None:
    from storage.migrate import migrate  # noqa: PLC0415

    await migrate(database)
    for name in CAUGHT_UP:  # nothing of before is caught up with at the start: these have it already
        await database.write(partial(offices.set_setting, name=name, value="ya"))


async def _fill(sinks: list[Any], keys: KeyRing, size: int) -> None:
    spread = made.Spread()
    indexes = [index for name in ("cases", "case_words") for index in metadata.tables[name].indexes]
    for sink in sinks:
        for index in indexes:
            await sink.run(f"DROP INDEX {index.name}")
    first = made.officers(spread, keys)
    for sink in sinks:
        await sink.put(first)
    for rows in made.Writer(spread, keys, len(first["data_keys"])).chunks(size):
        for sink in sinks:
            await sink.put(rows)
        print(".", end="", file=sys.stderr, flush=True)
    for sink in sinks:
        await sink.run("DELETE FROM tally_notes")
        for index in indexes:
            await sink.run(str(CreateIndex(index).compile(dialect=_dialect(sink))))
        await sink.close()


def _dialect(sink: Any) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415

    return postgresql.dialect() if isinstance(sink, made.Server) else sqlite.dialect()


async def _opened(name: str, size: int, data: Path, url: str) -> House:
    chosen = settings(data_dir=data, database_url=url, telegram_token="", _env_file=None)
    database, keys, _ = await open_all(chosen)
    serving = Serving(chosen, Standing(), database, keys, law(chosen))
    await serving.start()
    serving.ticker.close()
    house = House(name, size, serving)
    for office in [*SPREAD.busy, province(SPREAD, 0), "RI"]:
        await house.sit(office)
    await database.write(noted)
    return house


async def measure(folder: Path, sizes: tuple[int, int], rounds: int, server: Any) -> str:
    """Build, measure side by side, give the table and the plans."""
    logs()
    began = time.perf_counter()
    houses = [await built(folder / f"desk-{size}", size, server) for size in sizes]
    took = time.perf_counter() - began
    spread, pairs = SPREAD, list(zip(*houses, strict=True))
    few = houses[0][0].serving
    NAMES.update(await few.database.read(lambda conn: met(conn, few.keys, spread.busy)))
    disk = await asyncio.to_thread(lambda: sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()))
    try:
        await measured([house for pair in pairs for house in pair], spread, rounds)
        head = (
            f"The desk over {sizes[0]:,} and {sizes[1]:,} cases, made in {took:.0f} s, {disk / 1e9:.1f} GB on the disk"
        )
        shown = [await planned(many, spread) for _, many in pairs]
    finally:
        for pair in pairs:
            for house in pair:
                await house.serving.stop()
    return "\n".join([head, table(pairs), *shown])


def run(folder: Path, sizes: tuple[int, int], rounds: int) -> str:
    """With a PostgreSQL of our own, where there is one on this machine; nothing of it is left afterwards."""
    folder.mkdir()
    try:
        return _run(folder, sizes, rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, sizes: tuple[int, int], rounds: int) -> str:
    from tests.postgres import Server, binaries  # noqa: PLC0415 - the tests' own server, in a folder of its own

    bin_ = binaries()
    if bin_ is None:
        return asyncio.run(measure(folder, sizes, rounds, None))
    place = folder / "desk-server"
    place.mkdir()
    for one in (folder.parent, folder, place):
        one.chmod(0o755)  # the server runs as a user of its own
    server = Server(place, bin_)
    server.start()
    try:
        return asyncio.run(measure(folder, sizes, rounds, server))
    finally:
        server.stop()
