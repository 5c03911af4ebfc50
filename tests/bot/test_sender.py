"""The outbox at work: the real channel over HTTP to the stand-in, a clock that the test moves, real databases."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Chat

from bot.engine import Arrival
from bot.outgoing import sender as sending
from handlers.events import Opened
from storage import outbox
from storage.conversations import by_keys, is_gone, key_of
from storage.outbox import FAILED, GONE, SENT
from storage.tables import outbox as rows
from tests.serving import House, house
from tests.standins.people import Town
from tests.standins.telegram import TOKEN, Call, StandIn, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.inside.act import Act
    from bot.outgoing.notes import Done

CHAT = 5
STARTS = count(1)


class Told:
    """A house on Telegram, and a conversation in it whose messages the test gives."""

    def __init__(self, one: House, world: StandIn) -> None:
        self.house, self.world = one, world
        self.number = one.count = next(STARTS) * 1000  # ids of a second house are not those of the first

    async def to(self, chat: int = CHAT) -> int:
        """The row of a chat's conversation, made by its first update."""
        await self.house.say(str(chat), Opened(), "telegram", private=chat > 0)
        keys = self.house.serving.keys
        wanted = key_of(keys, "telegram", str(chat))
        return (await self.house.serving.database.read(lambda conn: by_keys(conn, keys, [wanted])))[wanted].id

    async def say(self, to: int, *texts: str, card: str = "", **body: Any) -> None:
        """Commit these messages, each by an event of its own."""
        for text in texts:
            self.number += 1

            def work(act: Act, text: str = text) -> None:
                act.work.say(act.chat, {"text": text, **body}, card)

            at = self.house.clock.now()
            await self.house.serving.engine.submit([Arrival("uji", f"b{self.number}", at=at, to=to, work=work)])

    async def states(self, to: int) -> list[str]:
        mine = rows.select().where(rows.c.conversation_id == to).order_by(rows.c.seq)
        return await self.house.serving.database.read(lambda conn: [row.state for row in conn.execute(mine)])

    async def settled(self, to: int, pace: float = 0) -> list[str]:
        """Wait until nothing is due any more, the clock moving on by so many seconds at each look."""
        async with asyncio.timeout(15):
            while outbox.DUE in (found := await self.states(to)):
                self.house.clock.move(seconds=pace)
                await self.house.serving.sender.sweep()
                await asyncio.sleep(0.01)
        return found

    def tries(self) -> list[Call]:
        return [call for call in self.world.calls if call.method == "sendMessage"]

    def texts(self, chat: int = CHAT) -> list[str]:
        return [str(call.params["text"]) for call in self.world.made("sendMessage", chat)]


@pytest.fixture
async def world() -> AsyncIterator[StandIn]:
    async with serving(StandIn()) as standin:
        yield standin


@asynccontextmanager
async def telling(folder: Path, world: StandIn, url: str = "", **more: Any) -> AsyncIterator[Told]:
    fast = {"telegram_rate": 1000, "telegram_chat_rate": 1000, **more}
    async with house(folder, url, telegram_token=TOKEN, telegram_api_url=world.url, **fast) as one:
        yield Told(one, world)


@pytest.fixture
async def told(tmp_path: Path, world: StandIn) -> AsyncIterator[Told]:
    async with telling(tmp_path / "data", world) as one:
        yield one


async def test_order_is_kept_through_a_retry(told: Told) -> None:
    to = await told.to()
    await told.settled(to)
    told.world.clear()
    told.world.fail_next("sendMessage", 2)
    await told.say(to, "1")
    await told.world.until(lambda: len(told.tries()) == 1)
    await told.say(to, "2", "3")
    await asyncio.sleep(0.3)
    assert [call.params["text"] for call in told.tries()] == ["1"], "the others must not overtake it"
    assert set(await told.settled(to, 1)) == {SENT}
    assert told.texts() == ["1", "2", "3"]


async def test_never_earlier_than_told(told: Told) -> None:
    to, other = await told.to(), await told.to(6)
    await told.settled(to)
    await told.settled(other)
    told.world.clear()
    told.world.clock = lambda: told.house.clock.at.timestamp()  # noqa: PLW0108 - `at` moves
    told.world.limit(per_chat=1, punish=True)
    await told.say(to, "1", "2", "3")
    await told.say(other, "lain")
    await told.world.until(lambda: any(call.status == 429 for call in told.world.calls))
    await told.world.heard(1, "sendMessage", 6)
    for _ in range(12):
        told.house.clock.move(seconds=0.5)
        await told.house.serving.sender.sweep()
        await asyncio.sleep(0.05)
    assert set(await told.settled(to)) == {SENT}
    assert told.texts() == ["1", "2", "3"]
    refused = [call for call in told.world.calls if call.status == 429]
    later = [call.at for call in told.world.made("sendMessage", CHAT)][1:]
    assert len(refused) <= 2, "a call while told to wait lengthens the wait"
    assert all(any(at >= no.at + 1 for no in refused) for at in later)


async def test_nobody_there_is_tried_once(told: Told) -> None:
    to = await told.to()
    await told.settled(to)
    told.world.clear()
    told.world.block(CHAT)
    told.world.fail_next("sendMessage", 1, "502")
    await told.say(to, "1", "2", "3")
    assert (await told.settled(to, 1))[-3:] == [GONE] * 3
    assert [call.status for call in told.tries()] == [502, 403]
    told.world.unblock(CHAT)
    await told.to()  # the person comes back
    assert (await told.settled(to))[-1] == SENT


async def test_who_is_back_before_the_refusal_is_noted_is_heard(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    to, notes = await told.to(), told.house.serving.sender.notes
    await told.settled(to)
    written = notes.write

    async def late(*done: Done) -> None:
        if any(one.state == GONE for one in done):
            told.world.unblock(CHAT)
            told.house.clock.move(seconds=1)
            await told.to()
        await written(*done)

    monkeypatch.setattr(notes, "write", late)
    told.world.block(CHAT)
    await told.say(to, "1")
    assert (await told.settled(to))[-2:] == [GONE, SENT]
    assert not await told.house.serving.database.read(lambda conn: is_gone(conn, to))
    await told.say(to, "2")
    assert (await told.settled(to))[-1] == SENT


async def test_a_message_that_is_refused_makes_way(told: Told) -> None:
    to = await told.to()
    await told.settled(to)
    await told.say(to, "1", buttons=[["", "tanpa nama", ""]])
    await told.say(to, "2")
    assert (await told.settled(to))[-2:] == [FAILED, SENT]
    assert told.texts()[-1] == "2"


async def test_a_fault_of_ours_makes_way_after_some_tries(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "STUMBLES", 2)
    to = await told.to()
    await told.settled(to)
    await told.say(to, "1", buttons=[["half a button"]])
    await told.say(to, "2")
    for _ in range(2):
        told.house.clock.move(minutes=5)
        await told.house.serving.sender.sweep()
        await asyncio.sleep(0.1)
    assert (await told.settled(to))[-2:] == [FAILED, SENT]


async def test_what_was_sent_is_noted_when_the_database_is_back(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    to = await told.to()
    await told.settled(to)
    told.world.clear()
    database = told.house.serving.database
    write, away = database.write, 3

    async def failing(work: Any) -> Any:
        nonlocal away
        if told.world.made("sendMessage") and away:
            away -= 1
            raise OSError
        return await write(work)

    monkeypatch.setattr(database, "write", failing)
    await told.say(to, "1", "2")
    assert set(await told.settled(to)) == {SENT}
    assert away == 0
    assert told.texts() == ["1", "2"]


async def test_a_crowd_waits_in_the_database_and_keeps_its_order(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MOST_HELD", 4)
    chats = [await told.to(chat) for chat in range(10, 15)]
    for to in chats:
        await told.settled(to)
    told.world.clear()
    for number in range(8):
        for to in chats:
            await told.say(to, str(number))
    told.house.clock.move(minutes=2)  # the leases of what was not kept in memory are over
    for to in chats:
        assert set(await told.settled(to)) == {SENT}
    for chat in range(10, 15):
        assert told.texts(chat) == [str(number) for number in range(8)]


async def test_what_was_left_goes_before_what_is_new(tmp_path: Path, world: StandIn, monkeypatch: Any) -> None:
    async with telling(tmp_path / "data", world) as told:
        to = await told.to()
        await told.settled(to)
        world.clear()
        world.fail_next("sendMessage", 1)
        await told.say(to, "1", "2")
        await world.until(lambda: len(told.tries()) == 1)
    monkeypatch.setattr(sending, "CLAIM", 1)
    async with telling(tmp_path / "data", world) as told:
        told.house.clock.move(minutes=2)
        await told.say(to, "3")
        assert set(await told.settled(to, 1)) == {SENT}
    assert [str(call.params["text"]) for call in world.made("sendMessage")] == ["1", "2", "3"]


async def test_told_to_stop_what_waits_for_its_time_stays_due(tmp_path: Path, world: StandIn) -> None:
    async with telling(tmp_path / "data", world, telegram_chat_rate=0.01) as told:
        to = await told.to()
        await told.say(to, *"123456")
        await world.heard(3, "sendMessage")
    before = len(world.made("sendMessage"))
    assert before < 7
    async with telling(tmp_path / "data", world) as told:
        assert set(await told.settled(to)) == {SENT}
    assert len(world.made("sendMessage")) == 7


async def test_only_the_newest_drawing_of_a_card_is_sent_unless_it_was_asked_for(told: Told) -> None:
    to = await told.to()
    await told.settled(to)
    told.world.clear()
    told.world.fail_next("sendMessage", 1)
    await told.say(to, "mula", card="k")
    await told.world.until(lambda: len(told.tries()) == 1)
    await told.say(to, "dua", "tiga", card="k")
    await told.say(to, "empat", card="k", anew=True)
    await told.say(to, "lima", card="k")
    await told.settled(to, 1)
    assert told.texts() in (["empat"], ["mula", "empat"])
    assert [call.params["text"] for call in told.world.made("editMessageText")][-1:] == ["lima"]
    assert told.world.texts(CHAT)[-1] == "lima"


async def test_a_group_that_became_a_supergroup_is_known_there_after_a_restart(tmp_path: Path, world: StandIn) -> None:
    async with telling(tmp_path / "data", world) as told:
        to = await told.to(-12)
        await told.say(to, "1")
        await told.settled(to)
        world.chats.moved[-12] = -10034
        await told.say(to, "2")
        await told.settled(to)
    world.clear()
    async with telling(tmp_path / "data", world) as told:
        await told.say(to, "3")
        await told.settled(to)
        assert await told.to(-10034) == to
    assert {call.chat for call in world.calls if call.method == "sendMessage"} == {-10034}


async def test_a_group_says_itself_that_it_moved(told: Told) -> None:
    town = Town()
    to = await told.to(-12)
    stranger = await told.to(-10034)  # somebody spoke there before we heard of it
    moved = town.person(7).within(Chat(-12, "group", title="Kantor"))
    told.world.push(moved.says(migrate_to_chat_id=-10034))
    async with asyncio.timeout(10):
        while not told.world.updates.confirmed:  # noqa: ASYNC110 - the list has no event
            await asyncio.sleep(0.01)
    assert await told.to(-10034) == to != stranger
