"""What comes from Telegram, built with another library's types, is read as events."""

from __future__ import annotations

from typing import Any

import pytest
import telegram as ptb

from bot.channels.telegram import verify_secret
from handlers.events import (
    LocationShared,
    Media,
    MediaReceived,
    MediaTooBig,
    OptionChosen,
    TextEdited,
    TextReceived,
    Unsupported,
)
from tests.bot.telegram_updates import (
    AT,
    FILE,
    HERE,
    PHOTO,
    SITI,
    US,
    message,
    raw,
    read,
    said,
)


def test_a_message_says_where_and_who() -> None:
    (inbound,) = read(raw(message=message(text="Ada lurah kampanye")))
    assert inbound.event == TextReceived("Ada lurah kampanye", ref="41")
    assert (inbound.channel, inbound.update_id, inbound.at) == ("telegram", "500", AT)
    assert (inbound.address, inbound.sender, inbound.private, inbound.language) == ("7", "7", True, "id")
    assert (inbound.forum, inbound.topic, inbound.reply_to) == (False, "", "")
    assert inbound.name == SITI.first_name  # who joins an office is called so


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/start abc", "/start abc"),
        ("/status@JagaNetralBot JN-1", "/status JN-1"),
        ("/status@jaganetralbot", "/status"),
        ("/status@LainBot JN-1", None),
        ("/jalan/raya 5", "/jalan/raya 5"),
        ("email saya a@JagaNetralBot", "email saya a@JagaNetralBot"),
        ("/dua\nbaris", "/dua\nbaris"),
    ],
)
def test_a_command_is_text_without_our_name(text: str, heard: str | None) -> None:
    assert said(text=text) == ([TextReceived(heard, ref="41")] if heard else [])


def test_edits_of_text_and_caption_correct() -> None:
    for content in ({"text": "baru"}, {"caption": "baru", "photo": PHOTO}):
        (inbound,) = read(raw(edited_message=message(**content)))
        assert inbound.event == TextEdited("baru", ref="41")
    assert read(raw(edited_message=message(location=ptb.Location(110.8, -7.5)))) == []


MEDIA = [
    ({"photo": PHOTO}, "photo", "image/jpeg", ""),
    ({"video": ptb.Video(width=1, height=1, duration=1, file_name="v.mp4", mime_type="video/mp4", **FILE)}, "video", "video/mp4", "v.mp4"),
    (
        {
            "animation": ptb.Animation(width=1, height=1, duration=1, **FILE),
            "document": ptb.Document(mime_type="video/mp4", **FILE),
        },
        "video",
        "video/mp4",
        "",
    ),
    ({"video_note": ptb.VideoNote(length=1, duration=1, **FILE)}, "video", "video/mp4", ""),
    ({"voice": ptb.Voice(duration=3, mime_type="audio/ogg", **FILE)}, "voice", "audio/ogg", ""),
    ({"audio": ptb.Audio(duration=3, file_name="pidato.mp3", mime_type="audio/mpeg", **FILE)}, "voice", "audio/mpeg", "pidato.mp3"),
    ({"document": ptb.Document(mime_type="image/jpeg", file_name="IMG_1.JPG", **FILE)}, "photo", "image/jpeg", "IMG_1.JPG"),
    ({"document": ptb.Document(**FILE)}, "document", "application/octet-stream", ""),
]  # fmt: skip


@pytest.mark.parametrize(("content", "kind", "mime", "name"), MEDIA)
def test_files(content: dict[str, Any], kind: str, mime: str, name: str) -> None:
    (event,) = said(caption="lihat ini", **content)
    assert (event.caption, event.ref) == ("lihat ini", "41")
    assert (event.media.kind, event.media.mime, event.media.name) == (kind, mime, name)


def test_the_biggest_photo_and_its_group() -> None:
    (event,) = said(photo=PHOTO, media_group_id="album-1")
    assert event == MediaReceived(
        Media(
            id=event.media.id,
            kind="photo",
            mime="image/jpeg",
            size=200_000,
            group="album-1",
            source={"file_id": "besar", "size": "200000"},
        ),
        ref="41",
    )


def test_a_file_keeps_its_id_when_the_update_comes_again_and_only_then() -> None:
    update = raw(message=message(photo=PHOTO))
    first, again = read(update)[0].event.media.id, read(update)[0].event.media.id
    later = read(update | {"update_id": 501})[0].event.media.id
    assert first == again != later
    assert len(bytes.fromhex(first)) == 16


def test_a_file_beyond_the_limit_keeps_its_words() -> None:
    big = ptb.Document("F", "U", file_size=20_000_001)
    assert said(document=big) == [MediaTooBig(20_000_001)]
    both = read(raw(message=message(document=big, caption="rekaman rapat")))
    assert [i.event for i in both] == [TextReceived("rekaman rapat", ref="41"), MediaTooBig(20_000_001)]
    assert [i.update_id for i in both] == ["500", "500.1"]


def test_places() -> None:
    assert said(location=ptb.Location(110.8, -7.5, horizontal_accuracy=12.0)) == [
        LocationShared(-7.5, 110.8, accuracy=12.0)
    ]
    venue = ptb.Venue(ptb.Location(110.8, -7.5), "Balai Kota", "Jl. Sudirman 2")
    assert said(venue=venue, location=venue.location) == [
        LocationShared(-7.5, 110.8, name="Balai Kota, Jl. Sudirman 2")
    ]


def test_a_contact_is_its_number() -> None:
    assert said(contact=ptb.Contact("+62812", "Siti")) == [TextReceived("+62812", ref="41")]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"sticker": ptb.Sticker("F", "U", 1, 1, False, False, "regular")}, "sticker"),
        (
            {
                "poll": ptb.Poll(
                    "1",
                    "?",
                    (ptb.PollOption("ya", 0, persistent_id="1"),),
                    0,
                    False,
                    False,
                    "regular",
                    False,
                    allows_revoting=False,
                    members_only=False,
                )
            },
            "poll",
        ),
        ({"dice": ptb.Dice(3, "🎲")}, "dice"),
        ({"story": ptb.Story(HERE, 1)}, "story"),
        ({"game": ptb.Game("g", "g", PHOTO)}, "game"),
    ],
)
def test_what_we_do_not_take(content: dict[str, Any], what: str) -> None:
    assert said(**content) == [Unsupported(what)]


def test_what_is_younger_than_the_client_is_not_met_with_silence() -> None:
    update = raw(message=message())
    update["message"]["hologram"] = {"file_id": "x"}
    assert [i.event for i in read(update)] == [Unsupported("hologram")]


def test_buttons_even_under_messages_that_are_gone() -> None:
    query = ptb.CallbackQuery("q", SITI, "c", message=message(sender=US, text="Pilih"), data="v1:ya")
    gone = ptb.CallbackQuery("q", SITI, "c", message=ptb.InaccessibleMessage(HERE, 41), data="v1:ya")
    for each in (query, gone):
        (inbound,) = read(raw(callback_query=each))
        assert inbound.event == OptionChosen("v1:ya", ref="41")
        assert (inbound.address, inbound.sender, inbound.private) == ("7", "7", True)
    assert read(raw(callback_query=ptb.CallbackQuery("q", SITI, "c", inline_message_id="i"))) == []


def test_the_secret_of_the_webhook() -> None:
    assert verify_secret("abc", "abc")
    assert not any(
        (
            verify_secret("abd", "abc"),
            verify_secret(None, "abc"),
            verify_secret("", ""),
            verify_secret("é", "e"),
        )
    )
