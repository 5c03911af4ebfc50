"""A group with topics: what answers an officer comes where the command was typed; cards have topics of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.events import TextReceived
from storage import outbox
from tests.bot.desks import SUKOHARJO, Filed, Officer, bodies, do, filed, officer

if TYPE_CHECKING:
    from tests.serving import House

GROUP, TOPIC, OTHER = "-1001", "39", "52"


async def posted(home: House) -> tuple[Officer, Filed]:
    """An office with a group, and a case with its topic there."""
    chief = await officer(home, SUKOHARJO, "koordinator")
    await chief.says("/kantor grup", address=GROUP, forum=True)
    report = await filed(home)
    await topic(home, report.ticket, TOPIC)
    return chief, report


async def topic(home: House, ticket: str, thread: str) -> None:
    """As the sender notes it."""
    await do(home, GROUP, lambda act: outbox.open_topic(act.work.writing(), act.chat.id, ticket, thread), "kantor")


async def there(chief: Officer, line: str, thread: str, **more: Any) -> list[dict[str, Any]]:
    """What the group hears of a line in one of its topics; "" is General."""
    return bodies(await chief.says(line, address=GROUP, forum=True, topic=thread, **more))


def threads(said: list[dict[str, Any]], words: str) -> list[str]:
    """Where it was said that these words are part of."""
    return [body.get("thread", "") for body in said if words in body["text"] and "topic" not in body]


async def test_a_command_is_answered_in_its_topic(sqlite_house: House) -> None:
    chief, report = await posted(sqlite_house)
    assert threads(await there(chief, "/ambil", TOPIC), "diambil oleh") == [TOPIC]
    assert threads(await there(chief, f"/catat {report.ticket} sudah", OTHER), "Dicatat pada") == [OTHER]
    assert threads(await there(chief, f"/catat {report.ticket} lagi", ""), "Dicatat pada") == [""]
    assert threads(await there(chief, "/salahketik", TOPIC), "/") == [TOPIC]


async def test_a_question_is_put_in_the_topic_and_answered_there(sqlite_house: House) -> None:
    home = sqlite_house
    chief, report = await posted(home)
    assert threads(await there(chief, "/tanya", TOPIC), "Balas (reply)") == [TOPIC]
    assert threads(await there(chief, "Jam berapa?", TOPIC, reply_to="77"), "Pertanyaan dikirim") == [TOPIC]
    assert "Jam berapa?" in str(bodies(await home.heard(report.seat)))


async def test_a_button_is_answered_where_it_was_pressed(sqlite_house: House) -> None:
    chief, report = await posted(sqlite_house)
    said = bodies(await chief.taps(f"/tanya {report.ticket} @1", address=GROUP, forum=True, topic=TOPIC))
    assert threads(said, "Balas (reply)") == [TOPIC]


async def test_a_card_stays_in_its_topic_and_who_asked_elsewhere_is_told(sqlite_house: House) -> None:
    home = sqlite_house
    chief, report = await posted(home)
    pointer = f"Kartunya ada di topik {report.ticket}."
    for where in ("", OTHER):
        said = await there(chief, f"/kasus {report.ticket}", where)
        assert [body.get("topic") for body in said] == [report.ticket, None]
        assert (said[-1]["text"], said[-1].get("thread", "")) == (pointer, where)
    assert pointer not in str(await there(chief, "/kasus", TOPIC))
    fresh = await filed(home)  # of which no topic was opened: then the card stands where it was asked for
    assert "Kartunya" not in str(await there(chief, f"/kasus {fresh.ticket}", ""))


async def test_news_goes_on_as_it_did(sqlite_house: House) -> None:
    home = sqlite_house
    chief, report = await posted(home)
    said = str(bodies(await home.heard(report.seat)))
    await there(chief, "/ambil", TOPIC)
    told = bodies(await home.heard(report.seat))
    assert "sedang ditangani" in str(told)
    assert "thread" not in str(told) + said


async def test_a_failure_is_told_in_the_topic(sqlite_house: House, monkeypatch: Any) -> None:
    home = sqlite_house
    chief, _ = await posted(home)

    def broken(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.inside.act.step", broken)
    before = len(await home.heard(GROUP, "kantor"))
    await home.say(GROUP, TextReceived("/ambil"), "kantor", sender=chief.seat, private=False, forum=True, topic=TOPIC)
    assert threads(bodies((await home.heard(GROUP, "kantor"))[before:]), "Maaf") == [TOPIC]
