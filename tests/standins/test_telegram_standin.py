"""Files, groups, refusals, faults and controls of the stand-in, judged by aiogram and PTB."""

from __future__ import annotations

import aiohttp
import pytest
import telegram
import telegram.error
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BotCommand,
)

from tests.standins.judge import judge
from tests.standins.people import Town, group
from tests.standins.telegram import TOKEN


async def test_a_persons_file_can_be_fetched_up_to_20_megabytes(world, aio, ptb):
    world.add_file("f1", b"isi berkas" * 1000)
    world.add_file("f2", b"", size=21 * 2**20)
    assert (await aio.download("f1")).read() == b"isi berkas" * 1000
    assert await (await ptb.get_file("f1")).download_as_bytearray() == b"isi berkas" * 1000
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await aio.get_file("f2")
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await aio.get_file("f3")


async def test_a_download_can_break_in_the_middle(world, aio):
    world.add_file("f1", b"isi berkas" * 1000)
    world.fail_next("file", kind="reset")
    with pytest.raises(aiohttp.ClientError):
        await aio.download("f1")
    assert (await aio.download("f1")).read() == b"isi berkas" * 1000


async def test_topics_administrators_and_counts_of_a_group(world, aio, ptb):
    forum = group(-1001, "Bawaslu Brebes", forum=True)
    officer = Town().person(9, "Budi").within(forum)
    world.push(officer.adds_bot())
    world.chats.admins[-1001] = [officer.user.to_dict()]
    world.chats.members[-1001] = 7
    topic = await aio.create_forum_topic(-1001, "JN-7K4Q-M2XD")
    sent = await ptb.send_message(-1001, "Kasus baru", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    assert await aio.close_forum_topic(-1001, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="TOPIC_NOT_MODIFIED"):
        await aio.close_forum_topic(-1001, topic.message_thread_id)
    with pytest.raises(TelegramBadRequest, match="the chat is not a forum"):
        await aio.create_forum_topic(-1002, "JN")
    assert [a.user.id for a in await aio.get_chat_administrators(-1001)] == [world.me["id"], 9]
    assert [a.user.id for a in await ptb.get_chat_administrators(-1001)] == [world.me["id"], 9]
    assert await ptb.get_chat_member_count(-1001) == 7
    assert (await ptb.get_chat(-1001)).is_forum
    assert (await aio.get_chat(-1001)).title == "Bawaslu Brebes"


async def test_a_group_that_became_a_supergroup_says_where_it_went(world, aio):
    world.chats.moved[-5] = -1005
    with pytest.raises(TelegramMigrateToChat) as refused:
        await aio.send_message(-5, "halo")
    assert refused.value.migrate_to_chat_id == -1005


async def test_the_account_keeps_what_it_is_told(world, aio, ptb):
    assert (await aio.get_me()).username == (await ptb.get_me()).username == "JagaNetralBot"
    await aio.set_my_commands([BotCommand(command="lapor", description="Sampaikan kejadian")])
    assert [c.command for c in await ptb.get_my_commands()] == ["lapor"]
    await aio.set_my_description("Tempat menyampaikan informasi awal", language_code="id")
    assert (await ptb.get_my_description("id")).description == "Tempat menyampaikan informasi awal"
    await aio.send_chat_action(5, "typing")
    with pytest.raises(TelegramBadRequest, match="BOT_COMMAND_INVALID"):
        await aio.set_my_commands([BotCommand(command="Lapor!", description="x")])
    assert all(judge(call) == [] for call in world.made())


async def test_a_blocked_chat_is_403_until_unblocked(world, aio, ptb):
    world.block(5)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await aio.send_message(5, "halo")
    with pytest.raises(telegram.error.Forbidden):
        await ptb.send_message(5, "halo")
    world.unblock(5)
    await aio.send_message(5, "halo")


async def test_flood_limits_count_per_chat_overall_and_per_group(world, aio, ptb, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else PTB warns of its next version
    now = 1000.0
    world.clock = lambda: now
    world.limit(overall=3, per_chat=1, per_group_minute=2)
    await aio.send_message(1, "a")
    with pytest.raises(TelegramRetryAfter) as refused:
        await aio.send_message(1, "b")
    assert refused.value.retry_after == 1
    await aio.send_message(2, "a")
    await aio.send_message(3, "a")
    with pytest.raises(telegram.error.RetryAfter):
        await ptb.send_message(4, "a")
    now = 1002.0
    await aio.send_message(-9, "a")
    now = 1004.0
    await aio.send_message(-9, "a")
    now = 1006.0
    with pytest.raises(TelegramRetryAfter) as refused:
        await aio.send_message(-9, "a")
    assert refused.value.retry_after == 56


async def test_a_call_made_while_told_to_wait_can_lengthen_the_wait(world, aio):
    now = 1000.0
    world.clock = lambda: now
    world.limit(per_chat=1, punish=True)
    await aio.send_message(1, "a")
    waits = []
    for _ in range(3):
        with pytest.raises(TelegramRetryAfter) as refused:
            await aio.send_message(1, "a")
        waits.append(refused.value.retry_after)
    assert waits == [1, 2, 3]
    now = 1003.1
    await aio.send_message(1, "a")


@pytest.mark.parametrize(
    ("kind", "error", "seen"),
    [
        ("500", TelegramServerError, 0),
        ("reset", TelegramNetworkError, 0),
        ("lost", TelegramNetworkError, 1),
        ("timeout", TelegramNetworkError, 1),
    ],
)
async def test_ordered_faults(world, aio, kind, error, seen):
    world.fail_next("sendMessage", kind=kind)
    with pytest.raises(error):
        await aio.send_message(5, "halo", request_timeout=1)
    assert len(world.screen(5)) == seen
    await aio.send_message(5, "halo")
    assert len(world.screen(5)) == seen + 1


async def test_a_proxys_page_is_no_json(world):
    world.fail_next("*", kind="502")
    async with aiohttp.ClientSession() as http, http.post(f"{world.url}/bot{TOKEN}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")


async def test_unknown_methods_and_tokens_are_refused_as_json(world, aio):
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{world.url}/bot{TOKEN}/sendTelepathy") as answer:
            assert answer.status == 404
            assert await answer.json() == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
        async with http.get(f"{world.url}/bot{TOKEN}/GETME") as answer:
            assert (await answer.json())["result"]["is_bot"]
    stranger = Bot("999:another", session=aio.session)
    with pytest.raises(TelegramUnauthorizedError):
        await stranger.get_me()


async def test_the_controls_work_from_another_process(world):
    sari = Town().person(5)
    async with aiohttp.ClientSession(f"{world.url}/") as http:
        ids = await (await http.post("control/push", json=[sari.text("a"), sari.text("b")])).json()
        await http.post("control/add_file?file_id=f1", data=b"isi")
        await http.post("control/block", json={"chat": 5})
        await http.post(f"{world.url}/bot{TOKEN}/sendMessage", json={"chat_id": 5, "text": "halo"})
        await http.post(f"{world.url}/bot{TOKEN}/sendMessage", json={"chat_id": 6, "text": "{1}"})
        state = await (await http.get("control/state")).json()
        calls = await (await http.get("control/calls?since=1")).json()
        screen = await (await http.get("control/screen?chat=6")).json()
    assert state == {"pending": len(ids), "confirmed": 0, "polls": 0, "calls": 2}
    assert world.files["f1"].data == b"isi"
    assert calls[0]["chat"] == 6
    assert [message["text"] for message in screen] == ["{1}"]
