"""The engine when something is wrong: one bad event harms no other, and nothing overtakes what failed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from bot.engine import Arrival
from bot.ticker import Ticker
from handlers.events import Opened, TextReceived
from handlers.inbound import Inbound
from storage import tables as t
from storage import timers
from storage.conversations import by_keys, key_of
from storage.database import is_away
from tests.serving import House, house

if TYPE_CHECKING:
    from pathlib import Path


def spoken(one: House, number: int, address: str, text: str = "/bantuan") -> Arrival:
    said = Inbound("web", f"s{number}", address, address, one.clock.now(), TextReceived(text))
    return Arrival("web", f"s{number}", [said], raw={"n": number})


async def noted(one: House) -> dict[str, str]:
    """Update id -> done or parked, in the order in which they were written."""
    rows = select(t.inbox.c.update_id, t.inbox.c.state).order_by(t.inbox.c.id)
    return dict(await one.serving.database.read(lambda conn: [tuple(row) for row in conn.execute(rows)]))


async def chat_of(one: House, address: str) -> int:
    keys = one.serving.keys
    wanted = key_of(keys, "web", address)
    return (await one.serving.database.read(lambda conn: by_keys(conn, keys, [wanted])))[wanted].id


async def spoil(one: House, address: str) -> int:
    """The state of a conversation can no longer be opened."""
    to = await chat_of(one, address)
    broken = update(t.conversations).where(t.conversations.c.id == to).values(state=b"rusak")
    await one.serving.database.write(lambda conn: conn.execute(broken))
    return to


async def test_a_conversation_that_cannot_be_opened_harms_no_other(any_house: House) -> None:
    for address in ("a", "b", "c"):
        await any_house.say(address, Opened())
    await spoil(any_house, "b")
    await any_house.serving.engine.submit([spoken(any_house, n, address) for n, address in enumerate("abc")])
    found = await noted(any_house)
    assert [found[f"s{n}"] for n in range(3)] == ["done", "parked", "done"]


async def test_a_timer_that_cannot_be_heard_rings_no_more(any_house: House) -> None:
    await any_house.say("b", Opened())
    to = await spoil(any_house, "b")
    database = any_house.serving.database
    await database.write(lambda conn: timers.put(conn, {(to, "remind"): 1}))
    ticker = Ticker(database, any_house.clock, any_house.serving.engine.submit)
    await ticker.tick()
    assert await database.read(lambda conn: timers.due(conn, 2, 10)) == []


async def test_what_cannot_be_written_is_parked_alone(any_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await any_house.say(
        "p", TextReceived(f"/start {await any_house.invite('RI', 'koordinator')}"), "kantor", name="Ani"
    )
    engine = any_house.serving.engine
    twice = Arrival("uji", "x", at=any_house.clock.now(), to=1, work=_same_key_twice)
    await engine.submit([spoken(any_house, 1, "a"), twice, spoken(any_house, 2, "b")])
    found = await noted(any_house)
    assert (found["s1"], found["x"], found["s2"]) == ("done", "parked", "done")


def _same_key_twice(act: Any) -> None:
    conn = act.work.writing()
    for _ in range(2):
        conn.execute(t.settings.insert().values(name="sama", value="x"))


async def test_nothing_overtakes_what_failed(sqlite_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    database = sqlite_house.serving.database
    write, failures = database.write, 1

    async def failing(work: Any) -> Any:
        nonlocal failures
        if failures and "arrivals" in getattr(work, "keywords", {}):
            failures -= 1
            raise OSError
        return await write(work)

    monkeypatch.setattr(database, "write", failing)
    batch = [spoken(sqlite_house, number, "a") for number in range(150)]
    with pytest.raises(OSError):
        await sqlite_house.serving.engine.submit(batch)
    await sqlite_house.say("b", Opened())
    assert [key for key in await noted(sqlite_house) if key.startswith("s")] == []
    await sqlite_house.serving.engine.submit(batch)
    assert [key for key in await noted(sqlite_house) if key.startswith("s")] == [f"s{n}" for n in range(150)]


async def test_the_database_comes_back(tmp_path: Path, postgres: Any) -> None:
    options = f"-c listen_addresses='' -c unix_socket_directories={postgres.folder} -c fsync=off -c max_connections=200"
    data = str(postgres.folder / "data")
    async with house(tmp_path / "data", postgres.fresh()) as one:
        await one.say("a", Opened())
        await asyncio.to_thread(postgres.run, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        try:
            with pytest.raises(Exception) as failed:
                await one.serving.engine.submit([spoken(one, 1, "a")])
            assert is_away(failed.value)
        finally:
            start = ("pg_ctl", "-D", data, "-w", "-l", str(postgres.folder / "log"), "-o", options, "start")
            await asyncio.to_thread(postgres.run, *start)
        await one.serving.engine.submit([spoken(one, 1, "a")])
        assert (await noted(one))["s1"] == "done"
        assert one.serving.engine.parked == 0
