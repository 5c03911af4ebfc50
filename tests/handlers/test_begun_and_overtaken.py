"""What was begun, and something came between: a role that went, another item asked, a seat that somebody joined."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.closing import _completed
from handlers.effects import Complete, Send, T
from handlers.elsewhere import as_said
from handlers.frozen import replace
from handlers.obeying import UNKNOWN, overtaken
from handlers.people import joined, led_by_nobody
from handlers.reply import Here
from handlers.state import State, Talk
from handlers.turn import Staff, Turn
from tests.handlers.memory_desk import DictHouse
from tests.handlers.test_helping import said

NOW = datetime(2024, 10, 10, 3, tzinfo=UTC)
ANI = Staff(1, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")
CHIEF = replace(ANI, id=2, name="Pak Danu", role="koordinator")
BOOK = DictHouse("web").book


def here(staff: Staff | None) -> Here:
    return Here(Turn(NOW, staff), BOOK)


def test_a_command_that_waits_is_ended_only_by_who_may_still() -> None:
    asked = State(talk=Talk("perintah", {"command": "identitas"}))
    text = State(talk=Talk("templat", {"verb": "simpan"}))
    assert overtaken(State(), here(ANI)) is None
    assert overtaken(asked, here(ANI)) is None
    assert overtaken(text, here(CHIEF)) is None
    for state, staff in ((asked, None), (asked, replace(ANI, role="panwascam")), (text, ANI), (text, None)):
        reply = overtaken(state, here(staff))
        assert reply
        assert (reply.state.talk, reply.effects) == (None, (Send(UNKNOWN),))


def completion(**more: str) -> tuple[State, Talk]:
    wanted = ({"ticket": "JN-1", "items": "tw", "until": ""},)
    return State(wanted=wanted), Talk("lengkapi", {"ticket": "JN-1", "items": "t", "review": "kirim", **more})


def test_what_is_asked_meanwhile_is_still_asked() -> None:
    reply = _completed(*completion(terlapor="Camat Grogol"), here(None))
    assert reply.state.wanted == ({"ticket": "JN-1", "items": "w", "until": ""},)
    sent, told = reply.effects
    assert isinstance(sent, Complete)
    assert sent.items == "t"
    assert isinstance(told, Send)
    assert "Petugas menunggu jawaban tentang JN-1" in str(said(told.text))


def test_later_keeps_everything_asked() -> None:
    state, talk = completion(terlapor="Camat Grogol", review="nanti")
    assert _completed(state, talk, here(None)).state == state


def test_an_answer_is_seen_again_with_how_many_files() -> None:
    files = ({"id": "a"}, {"id": "b"})
    assert [as_said(*one) for one in (("Ya", ()), ("Ya", files), ("(berkas)", files))] == [
        "Ya", "Ya (2 berkas)", "(2 berkas)",
    ]  # fmt: skip


def test_who_joined_is_named_to_who_may_and_who_may_not_let_them_go() -> None:
    new = replace(ANI, id=7, name="Bu Sri")
    told = {one.role: str(said(joined(new, "", "Pak Danu", one, kept_out=False).text)) for one in (ANI, CHIEF)}
    assert all("Bu Sri mulai bertugas di Bawaslu Kabupaten Sukoharjo" in text for text in told.values())
    assert "/keluarkan 7 ya" in told["koordinator"]
    assert "beri tahu koordinator lain" in told["petugas"]
    assert "dijauhkan" in str(said(joined(new, "", "Pak Danu", CHIEF, kept_out=True).text))


def test_an_office_that_lost_its_last_koordinator_is_told_of_above() -> None:
    text = led_by_nobody("Pak Danu", "Bawaslu Kabupaten Sukoharjo", "33.11").text
    assert isinstance(text, T)
    assert "/undang koordinator 33.11" in str(said(text))
