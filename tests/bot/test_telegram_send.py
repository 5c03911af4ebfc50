"""What we send to Telegram, over HTTP to a stand-in, judged by another library's types."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
import telegram as ptb
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.channels import Button, Outgoing, Picture, Rejected
from bot.channels.telegram.compose import split
from place.picture import picture

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram
    from tests.standins.telegram import StandIn

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


async def test_a_map_stands_above_its_words_in_one_message(bot: Telegram, world: StandIn) -> None:
    drawn = Picture("peta", picture(["33.11"]))
    ids = await bot.send("5", Outgoing("Benar di sana?", (Button("Benar", "b"),), above=drawn))
    said = judged(world.calls[0])
    assert (said.caption, len(said.photo), keyboard(world.calls[0]) is not None, len(ids)) == (
        "Benar di sana?",
        1,
        True,
        1,
    )
    long = "kata " * 300  # more than a caption holds
    await bot.send("5", Outgoing(long, (Button("Benar", "b"),), above=drawn))
    assert [call.method for call in world.calls[1:]] == ["sendPhoto", "sendMessage"]
    assert judged(world.calls[2]).text.split() == long.split()


async def test_a_map_that_is_refused_does_not_hide_the_words(bot: Telegram, world: StandIn) -> None:
    await bot.send("5", Outgoing("Benar di sana?", (Button("Benar", "b"),), above=Picture("peta", b"no picture")))
    assert world.texts(5) == ["Benar di sana?"]
    assert keyboard(world.calls[-1])


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
