"""Two processes serve one PostgreSQL at once: each update has one effect, and each conversation keeps its order."""

from __future__ import annotations

import asyncio
import json
import os
import random
from collections import Counter, defaultdict
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from sqlalchemy import func, select

from bot.engine import Arrival
from bot.ticker import Ticker
from handlers.events import Opened
from storage import outbox, timers
from storage import tables as t
from storage.conversations import by_keys, key_of
from tests.serving import House, Process, house
from tests.standins.people import Town
from tests.standins.telegram import TOKEN, StandIn, serving
from tests.torture.victim import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.inside.act import Act

UPDATES = int(os.environ.get("JN_UPDATES", "240"))  # the long run: 5000
SENDERS = 8
SECRET = "rahasia-yang-cukup-panjang"
LINES = ("/lapor", "setuju", "Pak camat membagi amplop di Kabupaten Sukoharjo kemarin", "kirim sekarang")


@pytest.fixture
async def world() -> AsyncIterator[StandIn]:
    async with serving(StandIn()) as standin:
        yield standin


async def pair(stack: AsyncExitStack, folder: Path, url: str, **more: Any) -> tuple[House, House]:
    """Two houses over one database and one folder."""
    one = await stack.enter_async_context(house(folder, url, **more))
    other = await stack.enter_async_context(house(folder, url, **more))
    other.count = 1_000_000
    return one, other


async def chat_of(one: House, address: str) -> int:
    keys = one.serving.keys
    wanted = key_of(keys, "telegram", address)
    return (await one.serving.database.read(lambda conn: by_keys(conn, keys, [wanted])))[wanted].id


async def test_what_is_said_in_turns_is_sent_in_order_and_once(tmp_path: Path, postgres: Any, world: StandIn) -> None:
    fast = {"telegram_rate": 1000, "telegram_chat_rate": 1000}
    # Both are told by webhooks, so that neither polls.
    hooked = {"public_url": "https://lapor.contoh.id", "telegram_webhook_secret": SECRET}
    async with AsyncExitStack() as stack:
        settings = {"telegram_token": TOKEN, "telegram_api_url": world.url, **fast, **hooked}
        both = await pair(stack, tmp_path / "data", postgres.fresh(), **settings)
        await both[0].say("5", Opened(), "telegram")
        to = await chat_of(both[0], "5")
        world.fail_next("sendMessage", 3)

        def saying(text: str) -> Any:
            def work(act: Act) -> None:
                act.work.say(act.chat, {"text": text})

            return work

        for number in range(40):
            one = both[number % 2]
            arrival = Arrival("uji", str(number), at=one.clock.now(), to=to, work=saying(f"ke-{number}"))
            await one.serving.engine.submit([arrival])
        due = select(func.count()).where(t.outbox.c.state == outbox.DUE)
        async with asyncio.timeout(60):
            while await both[0].serving.database.read(lambda conn: conn.execute(due).scalar_one()):
                for one in both:
                    one.clock.move(seconds=0.5)
                    await one.serving.sender.sweep()
                await asyncio.sleep(0.02)
    texts = [text for text in (str(c.params["text"]) for c in world.made("sendMessage", 5)) if text.startswith("ke-")]
    assert texts == [f"ke-{number}" for number in range(40)]


async def test_claims_are_never_doubled(tmp_path: Path, postgres: Any) -> None:
    async with AsyncExitStack() as stack:
        one, other = await pair(stack, tmp_path / "data", postgres.fresh())
        for person in range(20):
            await one.say(str(person), Opened(), "telegram")
        keys, now = one.serving.keys, 1 << 60
        taken = await asyncio.gather(
            *(
                each.serving.database.write(lambda conn: outbox.claim(conn, keys, ["telegram"], now, 3))
                for _ in range(10)
                for each in (one, other)
            )
        )
        found = Counter((message.conversation_id, message.seq) for some in taken for message in some)
        assert found
        assert set(found.values()) == {1}


async def test_a_timer_rings_once(tmp_path: Path, postgres: Any) -> None:
    async with AsyncExitStack() as stack:
        one, other = await pair(stack, tmp_path / "data", postgres.fresh())
        await one.say("5", Opened())
        keys = one.serving.keys
        wanted = key_of(keys, "web", "5")
        to = (await one.serving.database.read(lambda conn: by_keys(conn, keys, [wanted])))[wanted].id
        await one.serving.database.write(lambda conn: timers.put(conn, {(to, "remind"): 1}))
        before = await one.heard("5")
        tickers = [Ticker(each.serving.database, each.clock, each.serving.engine.submit) for each in (one, other)]
        await asyncio.gather(*(ticker.tick() for ticker in tickers for _ in range(3)))
        assert len(await one.heard("5")) == len(before) + 1
        assert one.serving.engine.parked + other.serving.engine.parked == 0


# --- two real processes ----------------------------------------------------------------------------------------


class Sender:
    """Delivers the updates of its conversations, each one to three times, now to this process and now to that."""

    def __init__(self, urls: list[str], town: Town, number: int) -> None:
        self.rng = random.Random(number)
        self.urls, self.town = urls, town
        self.people = [town.person(10_000 * (number + 1) + one, "Warga") for one in range(5)]
        self.given: dict[int, list[int]] = defaultdict(list)

    async def deliver(self, client: httpx.AsyncClient, count: int) -> None:
        for number in range(count):
            person = self.people[number % len(self.people)]
            line = LINES[number // len(self.people) % len(LINES)]
            update = person.command(line) if line.startswith("/") else person.text(line)
            self.given[person.id].append(update["update_id"])
            times = self.rng.randint(1, 3)
            await asyncio.gather(*(self._until_taken(client, update) for _ in range(times)))

    async def _until_taken(self, client: httpx.AsyncClient, update: dict[str, Any]) -> None:
        headers = {"x-telegram-bot-api-secret-token": SECRET, "content-type": "application/json"}
        for _ in range(100):
            url = f"{self.rng.choice(self.urls)}/webhook/telegram"
            answer = await client.post(url, content=json.dumps(update), headers=headers)
            if answer.status_code == 200:
                return
            assert answer.status_code == 503
            await asyncio.sleep(0.05)
        raise AssertionError("never taken")


@pytest.mark.slow
async def test_two_processes_and_updates_that_come_more_than_once(
    tmp_path: Path, postgres: Any, world: StandIn
) -> None:
    url = postgres.fresh()
    env = {
        "DATABASE_URL": url, "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": world.url, "TELEGRAM_RATE": "1000",
        "TELEGRAM_CHAT_RATE": "1000", "PUBLIC_URL": "http://127.0.0.1:9", "TELEGRAM_WEBHOOK_SECRET": SECRET,
    }  # fmt: skip
    ports = [free_port(), free_port()]
    urls = [f"http://127.0.0.1:{port}" for port in ports]
    first, second = (Process(tmp_path / "data", **env, PORT=str(port)) for port in ports)
    try:
        await first.start()
        await second.start()
        town = Town()
        senders = [Sender(urls, town, number) for number in range(SENDERS)]
        async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=24)) as client:
            await _ready(client, urls)
            await asyncio.gather(*(one.deliver(client, UPDATES // SENDERS) for one in senders))
        given = {str(person): ids for one in senders for person, ids in one.given.items()}
        async with house(tmp_path / "data", url) as judge:
            await _all_sent(judge)
            await _judged(judge, given, world)
    finally:
        for process in (first, second):
            if process._process and process._process.poll() is None:
                assert process.stop() == 0
    assert "update_parked" not in first.log()
    assert "batch_failed" not in first.log()


async def _ready(client: httpx.AsyncClient, urls: list[str]) -> None:
    async with asyncio.timeout(60):
        for url in urls:
            while (await client.get(f"{url}/healthz")).status_code != 200:  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.1)


async def _all_sent(judge: House) -> None:
    due = select(func.count()).where(t.outbox.c.state == outbox.DUE)
    async with asyncio.timeout(120):
        while await judge.serving.database.read(lambda conn: conn.execute(due).scalar_one()):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.1)


async def _judged(judge: House, given: dict[str, list[int]], world: StandIn) -> None:
    database = judge.serving.database
    inbox = select(t.inbox.c.update_id, t.inbox.c.state).where(t.inbox.c.channel == "telegram").order_by(t.inbox.c.id)
    noted = await database.read(lambda conn: [tuple(row) for row in conn.execute(inbox)])
    assert Counter(noted) == Counter((str(number), "done") for ids in given.values() for number in ids)
    place = {int(number): at for at, (number, _) in enumerate(noted)}
    for ids in given.values():
        assert [place[number] for number in ids] == sorted(place[number] for number in ids)
    cases = await database.read(lambda conn: conn.execute(select(func.count()).select_from(t.cases)).scalar_one())
    reports = sum(len(ids) // len(LINES) for ids in given.values())
    assert cases == reports
    for address in given:
        sent = [str(call.params["text"]) for call in world.made("sendMessage", int(address))]
        assert sent == await _said(judge, address)


async def _said(judge: House, address: str) -> list[str]:
    """What a chat was to be told, in its order."""
    keys, to = judge.serving.keys, await chat_of(judge, address)
    rows = outbox._OPEN.where(t.outbox.c.conversation_id == to).order_by(None).order_by(t.outbox.c.seq)
    mine = await judge.serving.database.read(lambda conn: outbox._opened(conn.execute(rows), keys))
    return [message.body["text"] for message in mine]
