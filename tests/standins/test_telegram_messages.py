"""What the stand-in takes, shows and keeps, as aiogram and PTB read it."""

from __future__ import annotations

import io

import pytest
import telegram
import telegram.error
from aiogram.exceptions import (
    TelegramBadRequest,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyParameters,
)
from PIL import Image

from tests.standins.judge import judge
from tests.standins.people import Town


def jpeg(width: int = 32, height: int = 24) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "JPEG")
    return out.getvalue()


def keyboard(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Ya", callback_data=d) for d in data]])


async def test_what_is_sent_edited_and_deleted_is_what_the_person_sees(world, aio, ptb):
    sent = await aio.send_message(5, "Siapa?", reply_markup=keyboard("a", "b"))
    await ptb.send_message(5, "Kapan?")
    assert world.texts(5) == ["Siapa?", "Kapan?"]
    edited = await ptb.edit_message_text("Siapa terlapor?", 5, sent.message_id)
    assert isinstance(edited, telegram.Message)
    assert edited.reply_markup is None
    await ptb.delete_message(5, world.screen(5)[1]["message_id"])
    assert world.texts(5) == ["Siapa terlapor?"]
    assert [call.method for call in world.made(chat=5)][-1] == "deleteMessage"
    assert all(judge(call) == [] for call in world.calls)


async def test_html_becomes_text_and_entities(world, aio, ptb):
    sent = await aio.send_message(
        5, '<b>Tiket 🎫</b> a &lt; b <a href="https://a.id/?x&amp;y">di sini</a>', parse_mode="HTML"
    )
    assert sent.text == "Tiket 🎫 a < b di sini"
    seen = telegram.Message.de_json(dict(world.screen(5)[0]), ptb)
    assert list(seen.parse_entities().values()) == ["Tiket 🎫", "di sini"]
    for broken in ("a < b", "<b>a", "<p>a</p>", "<b><i>a</b></i>"):
        with pytest.raises(TelegramBadRequest, match="can't parse entities"):
            await aio.send_message(5, broken, parse_mode="HTML")


async def test_the_same_again_is_not_modified(world, aio):
    sent = await aio.send_message(5, "Siapa?", reply_markup=keyboard("a"))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await aio.edit_message_text("Siapa?", chat_id=5, message_id=sent.message_id, reply_markup=keyboard("a"))
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await aio.edit_message_reply_markup(chat_id=5, message_id=sent.message_id, reply_markup=keyboard("a"))
    await aio.edit_message_reply_markup(chat_id=5, message_id=sent.message_id)
    assert "reply_markup" not in world.screen(5)[0]


@pytest.mark.parametrize(
    ("text", "markup", "said"),
    [
        ("😀" * 2049, None, "message is too long"),
        ("  ", None, "message text is empty"),
        ("ya", keyboard("é" * 33), "BUTTON_DATA_INVALID"),
        ("ya", keyboard(*"a" * 101), "reply markup is too long"),
        ("ya", InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="x", url="http://localhost:8080/a")]]), "Wrong HTTP URL"),
    ],
)  # fmt: skip
async def test_what_telegram_would_not_show_is_refused(world, aio, text, markup, said):
    with pytest.raises(TelegramBadRequest, match=said):
        await aio.send_message(5, text, reply_markup=markup)
    assert world.screen(5) == []
    assert world.calls[0].status == 400


async def test_4096_utf16_units_are_taken(world, aio):
    await aio.send_message(5, "😀" * 2048)
    assert judge(world.calls[0]) == []


async def test_photos_albums_and_documents_arrive_whole(world, aio, ptb):
    picture = jpeg()
    one = await aio.send_photo(5, BufferedInputFile(picture, "a.jpg"), caption="bukti")
    assert (one.photo[0].width, one.photo[0].height) == (32, 24)
    assert world.files[one.photo[0].file_id].data == picture
    album = await aio.send_media_group(
        5, [InputMediaPhoto(media=BufferedInputFile(picture, f"{n}.jpg"), caption=f"{n}") for n in range(3)]
    )
    assert [m.caption for m in album] == ["0", "1", "2"]
    paper = await ptb.send_document(5, b"%PDF-\r\n--x\r\n\r\n", filename="formulir B.1.pdf")
    assert paper.document.file_name == "formulir B.1.pdf"
    assert world.files[paper.document.file_id].data == b"%PDF-\r\n--x\r\n\r\n"
    again = await ptb.send_media_group(5, [telegram.InputMediaPhoto(picture), telegram.InputMediaPhoto(picture)])
    assert len({m.media_group_id for m in again}) == 1
    assert [judge(call) for call in world.calls] == [[]] * 4
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await aio.send_photo(5, BufferedInputFile(b"bukan gambar", "a.jpg"))


async def test_a_reply_needs_its_message(world, aio):
    asked = Town().person(5).text("halo")
    world.push(asked)
    number = asked["message"]["message_id"]
    sent = await aio.send_message(5, "Ya?", reply_parameters=ReplyParameters(message_id=number))
    assert sent.reply_to_message.message_id == number
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await aio.send_message(5, "Ya?", reply_parameters=ReplyParameters(message_id=77))


async def test_a_tap_is_answered_once_asked(world, aio):
    sari = Town().person(5)
    await aio.send_message(5, "Sudah benar?", reply_markup=keyboard("kirim"))
    world.push(sari.presses("Ya", world.screen(5)[0]))
    [update] = await aio.get_updates()
    assert update.callback_query.data == "kirim"
    assert update.callback_query.message.text == "Sudah benar?"
    await update.callback_query.answer("Terkirim").as_(aio)
    assert world.answers[update.callback_query.id]["text"] == "Terkirim"
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await aio.answer_callback_query("0")
