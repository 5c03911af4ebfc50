"""Long polling against a stand-in that forgets an update only when it is confirmed."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import telegram as ptb
from structlog.testing import capture_logs

from bot.channels.telegram import Telegram, WrongToken, poll
from handlers.events import OptionChosen, TextReceived
from tests.standins.telegram import TOKEN, StandIn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

AT = datetime(2024, 11, 3, 4, 5, tzinfo=UTC)
SITI = ptb.User(7, "Siti", is_bot=False)
HERE = ptb.Chat(7, "private", first_name="Siti")


def said(text: str, number: int = 1) -> dict[str, Any]:
    message = ptb.Message(number, AT, HERE, from_user=SITI, text=text)
    return {"message": json.loads(message.to_json())}


def pressed(query: str) -> dict[str, Any]:
    message = ptb.Message(1, AT, HERE, text="Pilih")
    return {"callback_query": json.loads(ptb.CallbackQuery(query, SITI, "c", message=message, data="ya").to_json())}


class Inbox:
    """Where updates are kept; may be slow or out of order, as storage is."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.failures = 0
        self.asked = 0
        self.kept: list[tuple[str, Any]] = []
        self.changed = asyncio.Event()

    async def submit(self, items: Sequence[tuple[str, dict[str, Any], list[Any] | None]]) -> None:
        self.asked += 1
        self.changed.set()
        await self.open.wait()
        if self.failures:
            self.failures -= 1
            raise OSError("disk penuh: kata Siti")
        self.kept += [(number, None if said is None else [i.event for i in said]) for number, _, said in items]
        self.changed.set()

    async def until(self, so: Any) -> None:
        async with asyncio.timeout(20):
            while not so():
                self.changed.clear()
                await self.changed.wait()

    @property
    def texts(self) -> list[str]:
        return [e.text for _, events in self.kept for e in events or () if isinstance(e, TextReceived)]


@asynccontextmanager
async def polling(world: StandIn, inbox: Inbox) -> AsyncIterator[asyncio.Event]:
    """A bot that reads while the test goes on, and is told to stop after it."""
    bot, stop = Telegram(TOKEN, world.url), asyncio.Event()
    task = asyncio.create_task(poll(bot, inbox.submit, stop, lambda: AT))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)
        await bot.close()


async def happened(so: Callable[[], Any]) -> None:
    """Wait for what the stand-in tells nobody: polls and confirmations."""
    async with asyncio.timeout(20):
        while not so():  # noqa: ASYNC110 - so there is no event to wait for
            await asyncio.sleep(0.01)


async def test_nothing_is_confirmed_before_it_is_kept(world: StandIn) -> None:
    inbox = Inbox()
    inbox.open.clear()
    first = [world.push(said("satu")), world.push(said("dua", 2))]
    async with polling(world, inbox):
        await inbox.until(lambda: inbox.asked == 1)
        world.push(said("tiga", 3))
        await asyncio.sleep(0.2)
        assert (world.updates.confirmed, world.updates.polls, inbox.asked) == ([], 1, 1)
        inbox.open.set()
        await happened(lambda: len(world.updates.confirmed) >= 2)
        await inbox.until(lambda: len(inbox.kept) == 3)
    assert inbox.texts == ["satu", "dua", "tiga"]
    assert world.updates.confirmed[:2] == first


async def test_what_could_not_be_kept_comes_again(world: StandIn) -> None:
    inbox = Inbox()
    inbox.failures = 2
    with capture_logs() as logs:
        async with polling(world, inbox):
            world.push(said("satu"))
            await inbox.until(lambda: inbox.kept)
    assert (inbox.texts, inbox.asked) == (["satu"], 3)
    assert [log["kind"] for log in logs if log["event"] == "telegram_poll_failed"] == ["OSError"] * 2
    assert "Siti" not in str(logs)


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_rest(world: StandIn) -> None:
    inbox = Inbox()
    world.push(said("satu"))
    world.push({"message": {"message_id": 2, "text": "rahasia"}})
    world.push(said("tiga", 3))
    with capture_logs() as logs:
        async with polling(world, inbox):
            await inbox.until(lambda: len(inbox.kept) == 3)
            world.push(said("empat", 4))
            await inbox.until(lambda: len(inbox.kept) == 4)
    assert [events is None for _, events in inbox.kept] == [False, True, False, False]
    assert len(world.updates.confirmed) >= 3
    assert "rahasia" not in str(logs)


async def test_a_pressed_button_is_answered_after_it_is_kept(world: StandIn) -> None:
    inbox = Inbox()
    inbox.open.clear()
    world.push(pressed("q1"))
    async with polling(world, inbox):
        await inbox.until(lambda: inbox.asked)
        await asyncio.sleep(0.1)
        assert world.answers == {}
        inbox.open.set()
        await world.until(lambda: "q1" in world.answers)
    assert inbox.kept == [("1", [OptionChosen("ya", ref="1")])]
    assert len(world.made("answerCallbackQuery")) == 1


async def test_told_to_stop_the_batch_in_hand_is_finished(world: StandIn) -> None:
    inbox = Inbox()
    inbox.open.clear()
    world.push(said("satu"))
    async with polling(world, inbox) as stop:
        await inbox.until(lambda: inbox.asked)
        stop.set()
        await asyncio.sleep(0.1)
        inbox.open.set()
    assert inbox.texts == ["satu"]
    assert world.updates.confirmed == []  # comes again at the next start; the inbox knows it


async def test_told_to_stop_while_nothing_comes(world: StandIn) -> None:
    async with polling(world, Inbox()) as stop:
        await happened(lambda: world.updates.polls)
        stop.set()  # and not after the fifty seconds of the long poll: polling() waits twenty


async def test_trouble_on_the_way_passes(world: StandIn) -> None:
    inbox = Inbox()
    world.fail_next("getMe", 1, "reset")
    world.fail_next("getUpdates", 1, "502")
    world.push(said("satu"))
    async with polling(world, inbox):
        await inbox.until(lambda: inbox.kept)
    assert inbox.texts == ["satu"]


async def test_another_reader_is_named_in_the_log(world: StandIn) -> None:
    inbox = Inbox()
    with capture_logs() as logs:
        async with polling(world, inbox), ptb.Bot(TOKEN, f"{world.url}/bot") as other:
            await happened(lambda: world.updates.polls)
            await other.get_updates()
            world.push(said("satu"))
            await inbox.until(lambda: inbox.kept)
    assert "proses lain" in next(log["why"] for log in logs if log["event"] == "telegram_conflict")


async def test_a_webhook_of_before_is_taken_away_and_nothing_lost(world: StandIn) -> None:
    inbox, bot = Inbox(), Telegram(TOKEN, world.url)
    await bot.webhook("https://127.0.0.1:1/webhook", "rahasia")
    await bot.close()
    world.push(said("satu"))
    async with polling(world, inbox):
        await inbox.until(lambda: inbox.kept)
    assert inbox.texts == ["satu"]
    assert not world.made("deleteWebhook")[0].params.get("drop_pending_updates")


@pytest.mark.parametrize("token", ["123456:SALAH", TOKEN])
async def test_a_wrong_token_ends_it_with_a_sentence(world: StandIn, token: str) -> None:
    bot = Telegram(token, world.url)
    if token == TOKEN:  # taken back while we run
        world.listeners.append(lambda _: setattr(world, "token", "123456:BARU"))
    with pytest.raises(WrongToken, match="BotFather") as wrong:
        await poll(bot, Inbox().submit, asyncio.Event(), lambda: AT)
    assert token not in str(wrong.value)
    await bot.close()
