"""Updates: given again until confirmed, by long poll and by webhook; judged by aiogram and PTB."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import pytest
import uvicorn
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
)
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from tests.standins.judge import judge
from tests.standins.people import Town, group
from tests.standins.telegram import TOKEN, StandIn
from tests.standins.telegram.server import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request


async def test_an_update_is_given_again_until_a_higher_offset_confirms_it(world, aio, ptb):
    sari = Town().person(5)
    first, second = world.push(sari.text("satu")), world.push(sari.text("dua"))
    assert [u.update_id for u in await aio.get_updates()] == [first, second]
    assert [u.update_id for u in await ptb.get_updates()] == [first, second]
    assert [u.message.text for u in await aio.get_updates(offset=second)] == ["dua"]
    assert world.updates.confirmed == [first]
    assert await ptb.get_updates(offset=second + 1, timeout=0) == ()
    assert world.updates.given == {first: 2, second: 3}


async def test_a_poll_waits_and_ends_when_something_comes(world, aio):
    waiting = asyncio.create_task(aio.get_updates(timeout=30))
    await _polls(world, 1)
    world.push(Town().person(5).text("halo"))
    assert [u.message.text for u in await waiting] == ["halo"]
    assert await aio.get_updates(offset=99, timeout=1) == []


async def test_a_batch_is_as_long_as_asked_and_a_negative_offset_takes_the_end(world, aio):
    sari = Town().person(5)
    for number in range(5):
        world.push(sari.text(str(number)))
    assert [u.message.text for u in await aio.get_updates(limit=2)] == ["0", "1"]
    assert [u.message.text for u in await aio.get_updates(offset=-1)] == ["4"]
    assert len(world.updates.pending) == 1


async def test_only_allowed_kinds_are_delivered(world, aio):
    sari = Town().person(5)
    await aio.get_updates(allowed_updates=["message"])
    world.push(sari.blocks())
    world.push(sari.text("halo"))
    assert [u.event_type for u in await aio.get_updates()] == ["message"]


async def test_a_second_poller_ends_the_first_with_409(world, aio, ptb):
    first = asyncio.create_task(aio.get_updates(timeout=30))
    await _polls(world, 1)
    second = asyncio.create_task(ptb.get_updates(timeout=30))
    with pytest.raises(TelegramConflictError):
        await first
    world.push(Town().person(5).text("halo"))
    assert len(await second) == 1


async def test_a_poller_that_died_is_no_conflict_and_loses_nothing(world, aio):
    async with aiohttp.ClientSession() as session:
        poll = asyncio.create_task(session.get(f"{world.url}/bot{TOKEN}/getUpdates?timeout=30"))
        await _polls(world, 1)
        poll.cancel()
        await asyncio.gather(poll, return_exceptions=True)
    world.push(Town().person(5).text("halo"))
    assert len(await aio.get_updates(timeout=5)) == 1


async def _polls(world: StandIn, n: int) -> None:
    while world.updates.polls < n or world.updates._poller is None:  # noqa: ASYNC110 - nobody tells us
        await asyncio.sleep(0.001)


@asynccontextmanager
async def receiver(seen: list[tuple[str, int]], failures: int) -> AsyncIterator[str]:
    """A webhook that fails so many times first."""

    async def take(request: Request) -> Response:
        raw = await request.json()
        seen.append((request.headers["x-telegram-bot-api-secret-token"], raw["update_id"]))
        return Response(status_code=500 if len(seen) <= failures else 200)

    app = Starlette(routes=[Route("/hook", take, methods=["POST"])])
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(uvicorn.Config(app, lifespan="off", ws="none", log_config=None))
        task = asyncio.create_task(server.serve([listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
        server.should_exit = True
        await task


async def test_a_webhook_gets_its_secret_and_every_update_until_it_answers_200(world, aio):
    sari, seen = Town().person(5), list[tuple[str, int]]()
    async with receiver(seen, failures=2) as url:
        ids = [world.push(sari.text("satu"))]
        await aio.set_webhook(url, secret_token="rahasia_1")
        ids.append(world.push(sari.text("dua")))
        while world.updates.pending:  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.005)
        assert seen == [("rahasia_1", ids[0])] * 3 + [("rahasia_1", ids[1])]
        assert (await aio.get_webhook_info()).url == url
        with pytest.raises(TelegramConflictError, match="webhook is active"):
            await aio.get_updates()
        await aio.delete_webhook()
    assert await aio.get_updates() == []


async def test_a_webhook_without_tls_is_refused_elsewhere(world, aio):
    with pytest.raises(TelegramBadRequest, match="HTTPS"):
        await aio.set_webhook("http://contoh.go.id/hook")


async def test_everything_people_can_do_is_read_by_aiogram(world, aio):
    town = Town()
    sari, forum = town.person(5, username="sari"), group(-1001, forum=True)
    said = sari.text("halo")
    everything = [
        said, sari.command("/status JN-1"), sari.start("kode"), sari.photo(caption="bukti"), *sari.album(["a", "b"]),
        sari.document(), sari.video(), sari.voice(), sari.location(-6.9, 109.1), sari.venue(-6.9, 109.1),
        sari.contact(), sari.sticker(), sari.edited(said, "hai"), sari.reply("ini", said), sari.blocks(),
        sari.unblocks(), sari.within(forum).adds_bot(), sari.within(forum).removes_bot(),
        sari.within(forum, 7).text("di topik"),
    ]  # fmt: skip
    for update in everything:
        world.push(update)
    read = await aio.get_updates()
    assert [u.update_id for u in read] == [u["update_id"] for u in everything]
    assert all(not (u.event.model_extra or {}) for u in read)
    assert {u.event_type for u in read} == {"message", "edited_message", "my_chat_member"}
    assert read[-1].message.message_thread_id == 7


async def test_the_judge_finds_what_is_wrong(world):
    wrong = {
        "chat_id": 5,
        "text": "halo",
        "txet": "x",
        "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b", "colour": "red"}]]},
    }
    async with aiohttp.ClientSession() as http, http.post(f"{world.url}/bot{TOKEN}/sendMessage", json=wrong) as answer:
        assert answer.status == 200
    found = "\n".join(judge(world.calls[0]))
    assert "no parameter txet" in found
    assert "unknown key colour" in found
