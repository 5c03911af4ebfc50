"""What Telegram refuses, delays or breaks off, and what nobody may learn from it."""

from __future__ import annotations

import io
import logging
import traceback
from typing import Any

import pytest
import telegram as ptb
from PIL import Image

from bot.channels import Button, ChannelError, Gone, Outgoing, Picture, Rejected, Retry
from bot.channels.telegram import LIMITS, Telegram
from tests.standins.judge import judge
from tests.standins.telegram import TOKEN, StandIn, account

GROUP = -1001


def jpeg(shade: int = 0) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (shade, 0, 0)).save(out, "JPEG")
    return out.getvalue()


def album(n: int) -> tuple[Picture, ...]:
    return tuple(Picture(str(i), jpeg(i * 20)) for i in range(n))


def judged(call: Any) -> ptb.Message:
    """The message as another library reads it; it must know every field."""
    message = ptb.Message.de_json(call.result, None)
    assert message.api_kwargs == {}
    return message


# --- when it does not work -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "why", ["bot was blocked by the user", "user is deactivated", "bot was kicked from the group chat"]
)
async def test_nobody_there(bot: Telegram, world: StandIn, why: str) -> None:
    world.block(5, why)
    with pytest.raises(Gone):
        await bot.send("5", Outgoing("halo"))
    world.block(GROUP)
    with pytest.raises(Gone):
        await bot.topic(str(GROUP), "JN-1")


async def test_no_address_at_all(bot: Telegram) -> None:
    with pytest.raises(Rejected):
        await bot.send("halo", Outgoing("halo"))


async def test_told_to_wait(bot: Telegram, world: StandIn) -> None:
    world.limit(per_chat=1)
    await bot.send("5", Outgoing("1"))
    with pytest.raises(Retry) as wait:
        await bot.send("5", Outgoing("2"))
    assert wait.value.after >= 1
    assert not wait.value.everyone
    await bot.send("6", Outgoing("1"))
    with pytest.raises(Retry) as wait:
        await bot.send("6", Outgoing("2"))
    assert not wait.value.everyone


async def test_two_chats_told_to_wait_mean_everyone(bot: Telegram, world: StandIn) -> None:
    world.limit(overall=1)
    await bot.send("5", Outgoing("1"))
    told = []
    for address in ("6", "7"):
        with pytest.raises(Retry) as wait:
            await bot.send(address, Outgoing("2"))
        told.append(wait.value.everyone)
    assert told == [False, True]


@pytest.mark.parametrize("kind", ["500", "502", "reset"])
async def test_out_of_order_for_a_while(bot: Telegram, world: StandIn, kind: Any) -> None:
    world.fail_next("sendMessage", kind=kind)
    with pytest.raises(Retry):
        await bot.send("5", Outgoing("halo"))
    await bot.send("5", Outgoing("halo"))
    assert world.texts(5) == ["halo"]


async def test_an_album_does_not_come_twice_when_its_card_must_wait(bot: Telegram, world: StandIn) -> None:
    out = Outgoing("JN-1", album=album(2))
    world.fail_next("sendMessage")
    with pytest.raises(Retry):
        await bot.send(str(GROUP), out)
    ids = await bot.send(str(GROUP), out)
    assert [call.method for call in world.made()] == ["sendMediaGroup", "sendMessage"]
    assert len(ids) == 3
    assert judged(world.made()[-1]).reply_to_message.message_id == int(ids[0])
    await bot.send(str(GROUP), out)  # a new one of the same words is whole again
    assert len(world.made("sendMediaGroup")) == 2


async def test_a_group_that_moved_is_followed(bot: Telegram, world: StandIn) -> None:
    world.chats.moved[-12] = GROUP
    await bot.send("-12", Outgoing("satu"))
    await bot.send("-12", Outgoing("dua"))
    assert world.texts(GROUP) == ["satu", "dua"]
    assert bot.moved == {"-12": str(GROUP)}
    assert len(world.calls) == 3


# --- files ----------------------------------------------------------------------------------------------------------


async def fetched(bot: Telegram, file_id: str) -> bytes:
    return b"".join([piece async for piece in bot.fetch({"file_id": file_id, "size": "1"})])


async def test_a_file_is_fetched_whole(bot: Telegram, world: StandIn) -> None:
    data = bytes(range(256)) * 1000
    world.add_file("F", data, path="photos/file 1.jpg")
    assert await fetched(bot, "F") == data


async def test_a_file_that_breaks_off_is_fetched_again(bot: Telegram, world: StandIn) -> None:
    world.add_file("F", b"x" * 100_000)
    for kind in ("500", "reset"):
        world.fail_next("file", kind=kind)
        with pytest.raises(Retry):
            await fetched(bot, "F")
    assert len(await fetched(bot, "F")) == 100_000


async def test_files_that_cannot_be_had(bot: Telegram, world: StandIn) -> None:
    world.add_file("besar", b"x", size=30_000_000)
    world.add_file("kurang", b"x", size=2)
    for file_id, problem in (("besar", Rejected), ("kurang", Retry), ("tidak ada", Retry)):
        with pytest.raises(problem):
            await fetched(bot, file_id)


async def test_a_file_bigger_than_it_said_is_cut_short(bot: Telegram, world: StandIn) -> None:
    world.add_file("F", b"x" * (LIMITS.download + 1), size=5)
    with pytest.raises(Rejected):
        await fetched(bot, "F")


# --- the bot itself ------------------------------------------------------------------------------------------------------


async def test_who_we_are(bot: Telegram, world: StandIn) -> None:
    assert await bot.me() == ("JagaNetralBot", "123456")


async def test_menus(bot: Telegram, world: StandIn) -> None:
    menu = [("lapor", "Sampaikan kejadian"), ("status", "Lihat kabar")]
    await bot.commands("default", "", "", menu)
    await bot.commands("all_group_chats", "", "en", menu)
    await bot.commands("chat", str(GROUP), "", menu[:1])
    scopes = [ptb.BotCommandScope.de_json(call.params["scope"], None) for call in world.calls]
    assert scopes == [
        ptb.BotCommandScopeDefault(),
        ptb.BotCommandScopeAllGroupChats(),
        ptb.BotCommandScopeChat(GROUP),
    ]
    assert [call.params.get("language_code", "") for call in world.calls] == ["", "en", ""]
    first = [ptb.BotCommand.de_json(c, None) for c in world.calls[0].params["commands"]]
    assert [c.command for c in first] == ["lapor", "status"]
    await bot.commands("chat", str(GROUP), "", [])
    assert world.calls[-1].method == "deleteMyCommands"
    assert [judge(call) for call in world.calls] == [[]] * 4
    assert account.menu(world, GROUP, "id") == account.menu(world, 5, "jv") == menu


async def test_a_query_is_answered_and_a_late_one_does_not_matter(bot: Telegram, world: StandIn) -> None:
    query = {
        "id": "q1",
        "from": {"id": 5, "is_bot": False, "first_name": "A"},
        "chat_instance": "c",
        "data": "x",
    }
    world.push({"callback_query": query})
    await bot.acknowledge({"update_id": 1, "callback_query": query}, "Sudah diambil Budi")
    assert world.answers["q1"]["text"] == "Sudah diambil Budi"
    for raw in (
        {"callback_query": {"id": "old"}},
        {"callback_query": {}},
        {"callback_query": 3},
        {"message": {}},
    ):
        await bot.acknowledge(raw)


async def test_a_webhook_is_set_and_taken_away(bot: Telegram, world: StandIn) -> None:
    await bot.webhook("https://jaga.contoh.id/webhook/telegram", "rahasia")
    assert world.webhook
    assert world.made("setWebhook")[0].params["secret_token"] == "rahasia"
    assert "chat_member" in world.updates.allowed
    await bot.webhook("", "")
    assert world.webhook is None


# --- the token is nobody's business -----------------------------------------------------------------------------------------


async def test_the_token_is_in_no_error_and_no_log(caplog: pytest.LogCaptureFixture, world: StandIn) -> None:
    caplog.set_level(logging.DEBUG)
    bot, nowhere = Telegram(TOKEN, world.url), Telegram(TOKEN, "http://127.0.0.1:1")
    strange = Telegram("1:TOKEN-LAIN", world.url)
    world.add_file("F", b"x" * 1000)
    world.fail_next("file", 1, "500")
    world.fail_next("sendMessage", 1, "502")
    said = []
    for work in (
        nowhere.send("5", Outgoing("cerita rahasia")),
        nowhere.me(),
        strange.send("5", Outgoing("cerita rahasia")),
        bot.send("5", Outgoing("cerita rahasia")),
        fetched(bot, "F"),
        bot.send("5", Outgoing("cerita rahasia", (Button("x", url="ftp://cerita rahasia"),))),
    ):
        with pytest.raises(ChannelError) as problem:
            await work
        assert problem.value.__context__ is None or isinstance(problem.value.__context__, ChannelError)
        said.append("".join(traceback.format_exception(problem.value)) + repr(problem.value))
    for each in (bot, nowhere, strange):
        await each.close()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]
    everything = "\n".join([*said, *ours, repr(bot)])
    for secret in (TOKEN, "STAND-IN", "TOKEN-LAIN", "cerita rahasia"):
        assert secret not in everything


def test_what_is_no_token_is_refused_without_quoting_it() -> None:
    with pytest.raises(ValueError, match="TELEGRAM_TOKEN") as refused:
        Telegram("bukan-token rahasia")
    assert "rahasia" not in str(refused.value)
    assert refused.value.__suppress_context__
