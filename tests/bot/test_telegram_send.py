"""What we send to Telegram, over HTTP to a stand-in, judged by another library's types."""

from __future__ import annotations

import asyncio
import io
import logging
import traceback
from typing import TYPE_CHECKING, Any

import pytest
import telegram as ptb
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.channels import Button, ChannelError, Gone, Outgoing, Picture, Rejected, Retry
from bot.channels.telegram import LIMITS, Telegram
from bot.channels.telegram.compose import split
from tests.standins.telegram import TOKEN, StandIn, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GROUP = -1001


@pytest.fixture
async def world() -> AsyncIterator[StandIn]:
    async with serving(StandIn()) as standin:
        yield standin


@pytest.fixture(scope="module")
async def made() -> AsyncIterator[list[Telegram]]:
    """All bots of this file, closed together, since each takes a quarter of a second to part."""
    bots: list[Telegram] = []
    yield bots
    await asyncio.gather(*(bot.close() for bot in bots))


@pytest.fixture
def bot(world: StandIn, made: list[Telegram]) -> Telegram:
    made.append(Telegram(TOKEN, world.url))
    return made[-1]


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


def keyboard(call: Any) -> ptb.InlineKeyboardMarkup:
    markup = ptb.InlineKeyboardMarkup.de_json(call.params["reply_markup"], None)
    assert markup.api_kwargs == {}
    most = ptb.constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    assert all(
        b.api_kwargs == {} and (b.url or len(b.callback_data.encode()) <= most)
        for row in markup.inline_keyboard
        for b in row
    )
    return markup


# --- messages ---------------------------------------------------------------------------------------------


async def test_text_is_text_and_never_markup(bot: Telegram, world: StandIn) -> None:
    text = "*tebal* <b>x</b> & [tautan](https://contoh.id) https://contoh.id"
    ids = await bot.send("5", Outgoing(text))
    (call,) = world.calls
    message = judged(call)
    assert ids == (str(message.message_id),)
    assert (message.text, message.entities, message.has_protected_content) == (text, (), None)
    assert "parse_mode" not in call.params
    assert ptb.LinkPreviewOptions.de_json(call.params["link_preview_options"], None).is_disabled


async def test_protection_is_asked_for(bot: Telegram, world: StandIn) -> None:
    await bot.send(str(GROUP), Outgoing("JN-1", album=album(2), protect=True))
    for call in world.calls:
        assert call.params["protect_content"] is True


async def test_short_buttons_share_a_row(bot: Telegram, world: StandIn) -> None:
    labels = ["Ya", "Tidak", "Lewati", "Pemberian uang atau barang", "Kembali"]
    buttons = (
        *(Button(label, data=f"v1:{label}"[:64]) for label in labels),
        Button("Buka", url="https://contoh.id/x"),
    )
    await bot.send("5", Outgoing("Pilih", buttons))
    shown = [[b.text for b in row] for row in keyboard(world.calls[0]).inline_keyboard]
    assert shown == [["Ya", "Tidak"], ["Lewati"], ["Pemberian uang atau barang"], ["Kembali", "Buka"]]
    assert keyboard(world.calls[0]).inline_keyboard[-1][1].url == "https://contoh.id/x"


@pytest.mark.parametrize("data", ["", "é" * 33])
async def test_a_button_that_carries_too_much_is_our_mistake(bot: Telegram, world: StandIn, data: str) -> None:
    with pytest.raises(Rejected):
        await bot.send("5", Outgoing("Pilih", (Button("Ya", data),)))
    assert world.calls == []


async def test_an_album_comes_first_and_the_card_replies_to_it(bot: Telegram, world: StandIn) -> None:
    ids = await bot.send(str(GROUP), Outgoing("JN-1 baru", (Button("Ambil", "a"),), album=album(11)))
    assert [(c.method, len(c.files)) for c in world.calls] == [
        ("sendMediaGroup", 10),
        ("sendPhoto", 1),
        ("sendMessage", 0),
    ]
    assert next(iter(world.calls[0].files.values())).data == jpeg(0)
    card = judged(world.calls[2])
    assert card.reply_to_message.message_id == int(ids[0])
    assert card.reply_markup == keyboard(world.calls[2])
    assert (len(ids), ids[-1]) == (12, str(card.message_id))


async def test_one_picture_is_a_photo_and_may_stand_alone(bot: Telegram, world: StandIn) -> None:
    (only,) = await bot.send("5", Outgoing("", album=album(1)))
    assert judged(world.calls[0]).photo[0].width == 8
    assert only == str(world.calls[0].message_ids[0])
    with pytest.raises(Rejected):
        await bot.send("5", Outgoing("  \n"))


async def test_a_picture_that_is_refused_does_not_hide_the_case(bot: Telegram, world: StandIn) -> None:
    ids = await bot.send(str(GROUP), Outgoing("JN-1", album=(Picture("1", b"no picture"),)))
    assert world.texts(GROUP) == ["JN-1"]
    assert len(ids) == 1


async def test_a_place_is_asked_for_with_a_button_in_private_only(bot: Telegram, world: StandIn) -> None:
    await bot.send("5", Outgoing("Di mana?", asks="place"))
    markup = ptb.ReplyKeyboardMarkup.de_json(world.calls[0].params["reply_markup"], None)
    button = ptb.KeyboardButton.de_json(markup.keyboard[0][0], None)  # which ReplyKeyboardMarkup leaves raw
    assert (button.request_location, button.api_kwargs) == (True, {})
    assert (markup.one_time_keyboard, markup.resize_keyboard, markup.api_kwargs) == (True, True, {})
    await bot.send("5", Outgoing("Di mana?", (Button("Lewati", "l"),), asks="place"))
    assert keyboard(world.calls[1])
    await bot.send(str(GROUP), Outgoing("Di mana?", asks="place"))
    assert "reply_markup" not in world.calls[2].params


async def test_words_asked_for_in_a_group_come_as_a_reply(bot: Telegram, world: StandIn) -> None:
    asked = int((await bot.send(str(GROUP), Outgoing("JN-1")))[0])
    await bot.send(str(GROUP), Outgoing("Tulis catatan", asks="text", reply_to=str(asked)))
    call = world.calls[1]
    assert judged(call).reply_to_message.message_id == asked
    assert call.params["reply_markup"] == {"force_reply": True, "selective": True}


async def test_a_reply_survives_what_it_answers(bot: Telegram, world: StandIn) -> None:
    await bot.send("5", Outgoing("Terima kasih", reply_to="77"))
    assert world.texts(5) == ["Terima kasih"]


async def test_a_long_text_is_split_at_line_ends_with_the_buttons_last(bot: Telegram, world: StandIn) -> None:
    lines = [f"{n} " + "🙂" * 90 for n in range(40)]
    ids = await bot.send("5", Outgoing("\n".join(lines), (Button("Kirim", "k"),)))
    assert len(ids) == 2
    assert "\n".join(world.texts(5)).split("\n") == lines
    assert ["reply_markup" in call.params for call in world.calls] == [False, True]


@given(st.text(alphabet=st.sampled_from("ab \n🙂é"), max_size=60), st.integers(2, 12))
def test_splitting_loses_only_blanks(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < len(piece.encode("utf-16-le")) // 2 <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


# --- edits and topics ---------------------------------------------------------------------------------------


async def test_a_card_is_edited_in_place(bot: Telegram, world: StandIn) -> None:
    ids = await bot.send(str(GROUP), Outgoing("JN-1 baru", (Button("Ambil", "a"),)))
    for text in ("JN-1 diambil", "JN-1 diambil"):  # the second changes nothing, which is as good
        assert await bot.send(str(GROUP), Outgoing(text, edits=ids[0])) == ids
    assert world.texts(GROUP) == ["JN-1 diambil"]
    assert "reply_markup" not in world.screen(GROUP)[0]


async def test_what_cannot_be_edited_is_sent_anew(bot: Telegram, world: StandIn) -> None:
    (photo,) = await bot.send("5", Outgoing("", album=album(1)))
    for edits in ("12345", photo, "web-7"):
        (new,) = await bot.send("5", Outgoing(f"kartu {edits}", edits=edits))
        assert new != edits
    assert world.texts(5) == ["", "kartu 12345", f"kartu {photo}", "kartu web-7"]


async def test_a_case_has_its_topic(bot: Telegram, world: StandIn) -> None:
    world.chats.meet({"id": GROUP, "type": "supergroup", "title": "Kantor", "is_forum": True})
    thread = await bot.topic(str(GROUP), "JN-1 " + "x" * 200)
    await bot.send(str(GROUP), Outgoing("JN-1", thread=thread))
    assert judged(world.calls[-1]).message_thread_id == int(thread)
    await bot.send(str(GROUP), Outgoing("JN-2", thread="404"))  # deleted: said in the group itself
    assert world.texts(GROUP) == ["JN-1", "JN-2"]


async def test_no_topics_there(bot: Telegram) -> None:
    assert await bot.topic("-1002", "JN-1") == ""
    assert await bot.topic("5", "JN-1") == ""


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
    menu = [("/lapor", "Sampaikan kejadian"), ("status", "Lihat kabar")]
    await bot.commands(
        [("default", None, "", menu), ("all_group_chats", None, "en", menu), ("chat", GROUP, "", menu[:1])]
    )
    scopes = [ptb.BotCommandScope.de_json(call.params["scope"], None) for call in world.calls]
    assert scopes == [
        ptb.BotCommandScopeDefault(),
        ptb.BotCommandScopeAllGroupChats(),
        ptb.BotCommandScopeChat(GROUP),
    ]
    assert [call.params.get("language_code", "") for call in world.calls] == ["", "en", ""]
    first = [ptb.BotCommand.de_json(c, None) for c in world.calls[0].params["commands"]]
    assert [c.command for c in first] == ["lapor", "status"]


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
