"""What comes from groups, and what is broken: heard where it is meant for us, refused without quoting it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import telegram as ptb
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.events import (
    ChatClosed,
    MemberSeen,
    TextReceived,
)
from tests.bot.telegram_updates import (
    AT,
    BUDI,
    FILE,
    GROUP,
    HERE,
    OURS,
    PHOTO,
    SITI,
    US,
    changed,
    message,
    raw,
    read,
    said,
)


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
    card = message(GROUP, US, text="JN-1", message_thread_id=39, is_topic_message=True)
    (pressed,) = read(raw(callback_query=ptb.CallbackQuery("q", SITI, "c", message=card, data="x")))
    assert (pressed.topic, pressed.forum) == ("39", True)


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
