"""What comes from Telegram, built with another library's types, is read as events."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import telegram as ptb
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram import receive, verify_secret
from handlers.events import (
    ChatClosed,
    LocationShared,
    Media,
    MediaReceived,
    MediaTooBig,
    MemberSeen,
    OptionChosen,
    TextEdited,
    TextReceived,
    Unsupported,
)

AT = datetime(2024, 11, 3, 4, 5, tzinfo=UTC)
US = ptb.User(99, "JagaNetral", is_bot=True, username="JagaNetralBot")
SITI = ptb.User(7, "Siti", is_bot=False, language_code="id")
BUDI = ptb.User(8, "Budi", is_bot=False)
HERE = ptb.Chat(7, "private", first_name="Siti")
GROUP = ptb.Chat(-1001, "supergroup", title="Kantor", is_forum=True)
OURS = ptb.Message(40, AT, GROUP, from_user=US, text="JN-1 menunggu")


def raw(**said: Any) -> dict[str, Any]:
    return json.loads(ptb.Update(update_id=500, **said).to_json())


def message(chat: ptb.Chat = HERE, sender: ptb.User | None = SITI, **content: Any) -> ptb.Message:
    return ptb.Message(41, AT, chat, from_user=sender, **content)


def read(update: dict[str, Any]) -> list[Any]:
    return receive(update, "JagaNetralBot", AT)


def said(chat: ptb.Chat = HERE, sender: ptb.User | None = SITI, **content: Any) -> list[Any]:
    return [inbound.event for inbound in read(raw(message=message(chat, sender, **content)))]


def test_a_message_says_where_and_who() -> None:
    (inbound,) = read(raw(message=message(text="Ada lurah kampanye")))
    assert inbound.event == TextReceived("Ada lurah kampanye", ref="41")
    assert (inbound.channel, inbound.update_id, inbound.at) == ("telegram", "500", AT)
    assert (inbound.address, inbound.sender, inbound.private, inbound.language) == ("7", "7", True, "id")
    assert (inbound.forum, inbound.topic, inbound.reply_to) == (False, "", "")


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


PHOTO = (
    ptb.PhotoSize("kecil", "k", 90, 60, file_size=1_000),
    ptb.PhotoSize("besar", "b", 1280, 960, file_size=200_000),
    ptb.PhotoSize("sedang", "s", 320, 240, file_size=20_000),
)
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 5_000}
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
    ({"document": ptb.Document(mime_type="image/jpeg", file_name="IMG_1.JPG", **FILE)}, "document", "image/jpeg", "IMG_1.JPG"),
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


def member(status: str, user: ptb.User) -> ptb.ChatMember:
    kinds: dict[str, Any] = {
        "member": lambda: ptb.ChatMemberMember(user),
        "left": lambda: ptb.ChatMemberLeft(user),
        "kicked": lambda: ptb.ChatMemberBanned(user, until_date=AT),
        "muted": lambda: ptb.ChatMemberRestricted(
            user, True, *[False] * 8, AT, *[False] * 7, can_react_to_messages=False
        ),
    }
    return kinds[status]()


def changed(old: str, new: str, user: ptb.User, chat: ptb.Chat) -> ptb.ChatMemberUpdated:
    return ptb.ChatMemberUpdated(chat, SITI, AT, member(old, user), member(new, user))


def test_blocked_or_put_out() -> None:
    for chat, new in ((HERE, "kicked"), (GROUP, "left"), (GROUP, "kicked")):
        (inbound,) = read(raw(my_chat_member=changed("member", new, US, chat)))
        assert inbound.event == ChatClosed()
        assert inbound.address == str(chat.id)
    assert read(raw(my_chat_member=changed("left", "member", US, GROUP))) == []


def test_members_who_come_are_seen() -> None:
    for new in ("member", "muted"):
        (inbound,) = read(raw(chat_member=changed("left", new, BUDI, GROUP)))
        assert (inbound.event, inbound.address, inbound.private) == (MemberSeen("8"), "-1001", False)
    assert read(raw(chat_member=changed("member", "left", BUDI, GROUP))) == []
    assert read(raw(chat_member=changed("member", "muted", BUDI, GROUP))) == []
    joined = read(raw(message=message(GROUP, new_chat_members=(BUDI, US, SITI))))
    assert [(i.update_id, i.event) for i in joined] == [("500", MemberSeen("8")), ("500.1", MemberSeen("7"))]


def test_in_a_group_we_hear_commands_and_replies_only() -> None:
    assert said(GROUP, text="nanti rapat jam 9") == [MemberSeen("7")]
    assert said(GROUP, photo=PHOTO) == [MemberSeen("7")]
    assert said(GROUP, text="/antrean@LainBot") == [MemberSeen("7")]
    assert said(GROUP, text="/antrean@JagaNetralBot baru") == [TextReceived("/antrean baru", ref="41")]
    assert said(GROUP, text="sudah", reply_to_message=message(GROUP, BUDI, text="sudah?")) == [MemberSeen("7")]


def test_a_reply_to_us_names_what_it_answers() -> None:
    (inbound,) = read(raw(message=message(GROUP, text="mohon foto", reply_to_message=OURS)))
    assert inbound.event == TextReceived("mohon foto", ref="41")
    assert (inbound.reply_to, inbound.address, inbound.sender, inbound.forum) == ("40", "-1001", "7", True)
    (private,) = read(raw(message=message(text="ya", reply_to_message=message(sender=US, text="Benar?"))))
    assert private.reply_to == "41"


def test_a_topic_is_named_and_its_opening_is_nothing_to_reply_to() -> None:
    opening = ptb.Message(39, AT, GROUP, from_user=US, forum_topic_created=ptb.ForumTopicCreated("JN-1", 0))
    inside = {"message_thread_id": 39, "is_topic_message": True, "reply_to_message": opening}
    (chat,) = read(raw(message=message(GROUP, text="siapa ambil?", **inside)))
    assert (chat.event, chat.topic, chat.reply_to) == (MemberSeen("7"), "39", "")
    (command,) = read(raw(message=message(GROUP, text="/ambil", **inside)))
    assert (command.event, command.topic) == (TextReceived("/ambil", ref="41"), "39")
    (reply,) = read(raw(message=message(GROUP, text="/a", message_thread_id=39)))
    assert reply.topic == ""


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": OURS},
        {"new_chat_title": "Baru"},
        {"left_chat_member": BUDI},
        {"group_chat_created": True},
        {"migrate_to_chat_id": -1002},
        {"forum_topic_closed": ptb.ForumTopicClosed()},
    ],
)
def test_service_messages_say_nothing(content: dict[str, Any]) -> None:
    assert said(GROUP, **content) == []


def test_channels_and_what_they_forward_say_nothing() -> None:
    channel = ptb.Chat(-1009, "channel", title="Berita")
    assert read(raw(channel_post=message(channel, None, text="/start"))) == []
    assert read(raw(message=message(channel, None, text="/start"))) == []
    assert said(GROUP, text="/start", is_automatic_forward=True) == []
    assert read({"update_id": 1, "something_new": {"a": 1}}) == []


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"update_id": "x"},
        {"update_id": 1, "message": "rahasia"},
        {"update_id": 1, "message": {"message_id": 1, "text": "rahasia"}},
        {"update_id": 1, "callback_query": {"id": "1", "data": "rahasia"}},
        [],
    ],
)
def test_a_malformed_update_is_refused_without_quoting_it(bad: Any) -> None:
    with pytest.raises(ValueError, match="tidak terbaca") as refused:
        read(bad)
    assert "rahasia" not in str(refused.value)
    assert refused.value.__context__ is None


def test_half_a_character_can_still_be_kept() -> None:
    update = raw(message=message(text="x"))
    update["message"]["text"] = "halo \ud83d"
    assert read(update)[0].event.text.encode() == b"halo ?"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
WHOLE = raw(
    message=message(GROUP, text="/ambil", reply_to_message=OURS, photo=PHOTO, document=ptb.Document(**FILE)),
    callback_query=ptb.CallbackQuery("q", SITI, "c", message=OURS, data="x"),
    chat_member=changed("left", "member", BUDI, GROUP),
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_broken_is_read_or_refused(data: st.DataObject) -> None:
    update = json.loads(json.dumps(WHOLE))
    for kind in data.draw(st.lists(st.sampled_from(["message", "callback_query", "chat_member"]), max_size=2)):
        update.pop(kind, None)
    where = update
    while inner := [value for value in where.values() if isinstance(value, dict) and value]:
        if data.draw(st.booleans()):
            break
        where = data.draw(st.sampled_from(inner))
    where[data.draw(st.sampled_from(sorted(where)))] = data.draw(JSON)
    try:
        found = read(update)
    except ValueError as refused:
        assert "tidak terbaca" in str(refused)  # noqa: PT017 - either outcome is right
        return
    assert all(inbound.channel == "telegram" for inbound in found)


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
