"""The words of the buttons that stand last may be typed; those of an older message, or of a case's card, press nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.book import CONSENT_VERSION
from handlers.citizen import NOTHING_OPEN, NOTHING_WAITS
from handlers.conversation import step
from handlers.effects import Forget, LoadCase, Option, RelayAnswer, Send, T
from handlers.events import Due, TextReceived
from handlers.office_effects import Dismiss, Invite
from handlers.reply import Here
from handlers.state import State, Talk
from handlers.turn import Staff, Turn
from handlers.typed_buttons import out, overlaid, remembered, way
from tests.handlers.memory_desk import DictHouse

BOOK = DictHouse("web").book
TURN = Turn(
    datetime(2024, 10, 10, 3, tzinfo=UTC), Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "koordinator")
)
TICKET, OTHER = "JN-ZQ4C-CVSG", "JN-8T7X-RJPW"
CITIZEN, AT = Turn(TURN.at), TURN.at.isoformat()


def shown(*options: Option, card: str = "", turn: Turn = TURN) -> State:
    return remembered(State(), TextReceived("/x"), [Send(T("Apa?"), options, card=card)], Here(turn, BOOK))


@pytest.mark.parametrize("typed", ["ya", "Ya.", "ya, keluarkan", "YA KELUARKAN"])
def test_a_yes_that_is_typed_is_the_yes_that_is_shown(typed: str) -> None:
    state = shown(Option(T("Ya, keluarkan"), "/keluarkan 5 ya"))
    after, effects = step(State.from_json(state.to_json()), TextReceived(typed), TURN, BOOK)
    assert effects == [Dismiss(5)]
    assert Dismiss(5) not in step(after, TextReceived(typed), TURN, BOOK)[1]  # once said, it is used up


def test_other_words_between_and_the_yes_is_of_nothing() -> None:
    state = shown(Option(T("Ya, keluarkan"), "/keluarkan 5 ya"))
    state, _ = step(state, TextReceived("sebentar"), TURN, BOOK)
    assert Dismiss(5) not in step(state, TextReceived("ya"), TURN, BOOK)[1]


def test_a_word_that_two_buttons_carry_presses_neither() -> None:
    state = shown(Option("Pak Danu", "/keluarkan 5"), Option("Bu Danu", "/keluarkan 6"))
    assert [way(state, words, TURN.at) for words in ("danu", "bu danu")] == ["", "/keluarkan 6"]


def test_a_step_of_one_case_is_not_typed_by_its_word_alone() -> None:
    step_of_case = Option(T("Tutup"), f"/tutup {TICKET} @3")
    assert not shown(step_of_case).ways
    assert not shown(step_of_case, card=f"kasus:{TICKET}").ways


def test_a_group_remembers_no_buttons_and_a_question_keeps_its_own_words() -> None:
    one = Option(T("Petugas"), "/undang petugas")
    assert not shown(one, turn=Turn(TURN.at, TURN.staff, private=False)).ways
    assert not shown(one, Option(T("Hari ini"), "hari ini")).ways


def test_the_label_is_known_in_the_language_it_is_shown_in() -> None:
    turn = Turn(TURN.at, TURN.staff, voice=lambda text: {"Petugas": "Officer"}.get(text, text))
    state = shown(Option(T("Petugas"), "/undang petugas"), turn=turn)
    assert step(state, TextReceived("officer"), turn, BOOK)[1] == [Invite("33.11", "petugas")]


@pytest.mark.parametrize("words", ["", "sudah dicek"])
def test_the_command_waits_for_its_ticket_and_for_nothing_else(words: str) -> None:
    asked, _ = step(State(), TextReceived(f"/catat {words}"), TURN, BOOK)
    (load,) = step(asked, TextReceived("jn zq4c cvsg"), TURN, BOOK)[1]
    assert (load.command, load.ticket, load.words) == ("catat", TICKET, words)  # type: ignore[union-attr]
    asked, _ = step(asked, TextReceived("sebentar"), TURN, BOOK)
    (load,) = step(asked, TextReceived(TICKET), TURN, BOOK)[1]
    assert load.command == "kasus"  # type: ignore[union-attr]


def test_what_nobody_of_that_role_may_is_never_offered() -> None:
    petugas = Turn(TURN.at, Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas"))
    for turn, names in ((TURN, {"/undang"}), (petugas, set()), (Turn(TURN.at), set())):
        (one,) = step(State(), TextReceived("/undan"), turn, BOOK)[1]
        assert isinstance(one, Send)
        assert {option.label for option in one.options} == names


# --- how long what stands last stands -----------------------------------------------------------------------------


def later(turn: Turn = TURN, **ago: float) -> Turn:
    return Turn(turn.at + timedelta(**ago), turn.staff)


def typed(state: State, text: str, turn: Turn = TURN) -> tuple[State, list[Any]]:
    """The state as an older process stored it, and what these words come to."""
    return step(State.from_json(state.to_json()), TextReceived(text), turn, BOOK)


@pytest.mark.parametrize(("minutes", "pressed"), [(10, True), (11, False), (3 * 24 * 60, False)])
def test_a_yes_of_an_officer_is_for_what_was_asked_just_now(minutes: int, pressed: bool) -> None:
    state = shown(Option(T("Ya, keluarkan"), "/keluarkan 5 ya"))
    assert (Dismiss(5) in typed(state, "ya", later(minutes=minutes))[1]) is pressed


def test_buttons_shown_again_begin_their_time_anew() -> None:
    yes = Option(T("Ya, keluarkan"), "/keluarkan 5 ya")
    state = remembered(shown(yes), TextReceived("/x"), [Send(T("Apa?"), (yes,))], Here(later(minutes=9), BOOK))
    assert way(state, "ya", later(minutes=15).at) == "/keluarkan 5 ya"


def test_what_came_below_them_from_elsewhere_ends_them() -> None:
    state = overlaid(shown(Option(T("Ya, keluarkan"), "/keluarkan 5 ya")))
    assert (state.ways, way(state, "ya", TURN.at)) == ((), "")
    assert overlaid(state) is state


def test_a_citizen_answers_a_reminder_hours_later_and_erases_only_what_was_asked_just_now() -> None:
    draft = State(
        consent={"version": CONSENT_VERSION, "at": "x"}, talk=Talk("report", {"draft": 1, "opened": AT}), drafts=1
    )
    reminded, _ = step(draft, Due("remind"), CITIZEN, BOOK)
    assert way(reminded, "Lanjutkan", later(hours=9).at) == "/lanjut"
    asked, _ = step(draft, TextReceived("/hapus"), CITIZEN, BOOK)
    assert way(asked, "ya", later(minutes=9).at) == "/hapus ya @1"
    assert way(asked, "ya", later(hours=9).at) == ""


def test_a_command_waits_ten_minutes_for_its_ticket() -> None:
    asked, _ = typed(State(), "/catat sudah dicek")
    for minutes, command in ((10, "catat"), (11, "kasus")):
        assert typed(asked, TICKET, later(minutes=minutes))[1][0].command == command
    before = State.from_json({"unnamed": "catat sudah dicek"})  # as it was stored before there was an end
    assert typed(before, TICKET)[1][0].command == "kasus"


@pytest.mark.parametrize("name", ["setuju", "bantah"])
def test_what_is_proposed_is_looked_at_before_it_is_answered(name: str) -> None:
    asked, (send,) = typed(State(), f"/{name}")
    assert "Kasus yang mana?" in send.text.msgid
    assert typed(asked, TICKET)[1] == [LoadCase(TICKET, "kasus", "")]


# --- words that answer ----------------------------------------------------------------------------------------------

ASKED_OF = Talk("jawab", {"ticket": TICKET, "question": "Bolehkah foto itu dihapus?", "draft": 1, "opened": AT})


@pytest.mark.parametrize("words", ["Ya, hapus", "ya hapus", "Ya, hapus.", "Tidak jadi", "gak jadi deh", "urungkan"])
def test_an_officers_question_is_answered_in_any_words(words: str) -> None:
    waiting = State(talk=ASKED_OF, paused=Talk("report", {"story": "x"}), asked="reply", cases=(TICKET,), drafts=1)
    waiting = waiting if words == "urungkan" else replace(waiting, dropped=Talk("report"))
    state, effects = typed(waiting, words, CITIZEN)
    assert RelayAnswer(TICKET, words, (), "Bolehkah foto itu dihapus?", "") in effects
    assert state.paused or state.talk
    assert not [one for one in effects if isinstance(one, Forget) and -2 in one.drafts]


@pytest.mark.parametrize("talk", [ASKED_OF, Talk("report", {"draft": 1, "opened": AT})])
def test_a_yes_to_hapus_is_one_while_it_stands_last(talk: Talk) -> None:
    asked, _ = typed(State(talk=talk, asked="reply", cases=(TICKET,), drafts=1), "/hapus", CITIZEN)
    assert typed(asked, "Tidak jadi", CITIZEN)[0].talk == talk  # [Tidak jadi] of that question: the talk goes on
    assert typed(asked, "ya, hapus", CITIZEN)[0].talk is None


@pytest.mark.parametrize(
    ("flow", "key", "wanted"),
    [
        ("jawab", "reply", ""),
        ("lengkapi", "witness", ""),
        ("lengkapi", "pelapor_alamat", ""),
        ("lengkapi", "kind", "batal"),
        ("lengkapi", "review", "batal"),
        ("perintah", "words", "batal"),
        ("wish", "words", "batal"),
        ("report", "witness", "batal"),
    ],
)
def test_tidak_jadi_is_an_answer_only_where_an_officer_is_told_in_words(flow: str, key: str, wanted: str) -> None:
    assert out(State(talk=Talk(flow), asked=key), "Tidak jadi") == wanted


def test_urungkan_presses_what_is_shown_and_else_brings_a_draft_back() -> None:
    state = replace(shown(Option(T("Urungkan"), "/undang petugas")), dropped=Talk("report"))
    assert typed(state, "Urungkan")[1] == [Invite("33.11", "petugas")]
    dropped = State(
        talk=Talk("more", {"which": ""}), dropped=Talk("report"), dropped_until=later(minutes=1).at.isoformat()
    )
    assert typed(dropped, "urungkan", CITIZEN)[0].dropped is None


# --- a question that waits, and another command ---------------------------------------------------------------------


def waiting(command: str = "kabari", **more: Any) -> State:
    return State(talk=Talk("perintah", {"command": command, "ticket": TICKET, "rev": 1, **more}), asked="words")


def left(state: State, words: str, turn: Turn = TURN) -> list[tuple[str, str]]:
    """What is said to be open still, and what its button does."""
    _, effects = typed(state, words, turn)
    notes = [
        one
        for one in effects
        if isinstance(one, Send) and isinstance(one.text, T) and "belum selesai" in one.text.msgid
    ]
    return [(str(one.text.values["command"]), one.options[0].data) for one in notes]  # type: ignore[union-attr]


def test_what_another_command_leaves_open_is_said_and_can_be_gone_on_with() -> None:
    assert left(waiting(), "/statistik") == [(f"/kabari {TICKET}", f"/kabari {TICKET}")]
    assert left(waiting(), f"/kasus {TICKET}") == [(f"/kabari {TICKET}", f"/kabari {TICKET}")]
    assert left(waiting(), f"/kabari {OTHER} halo")
    assert left(waiting("alihkan", before="33.09"), "/antrean") == [(f"/alihkan {TICKET}", f"/alihkan {TICKET} 33.09")]
    assert left(waiting("alihkan", before="x" * 201), "/antrean") == [(f"/alihkan {TICKET}", f"/alihkan {TICKET}")]
    assert typed(waiting(), "/statistik")[0].talk is None  # what is typed next is not sent to a citizen


def test_nothing_is_left_open_where_it_is_done_or_no_longer_theirs() -> None:
    assert left(waiting(), f"/kabari {TICKET} sedang ditelusuri") == []
    assert left(waiting("bantah"), f"/setuju {TICKET}") == []
    assert left(waiting("bantah"), f"/setuju {OTHER}")
    assert left(waiting(), "/bantuan") == []
    clerk = Turn(TURN.at, Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "panwascam"))
    assert left(waiting("identitas"), "/antrean", clerk) == []


@pytest.mark.parametrize("words", ["/batal", "/kembali"])
def test_an_officer_is_not_sent_to_lapor(words: str) -> None:
    for turn, text in ((TURN, NOTHING_WAITS), (CITIZEN, NOTHING_OPEN)):
        assert typed(State(), words, turn)[1] == [Send(text)]


def test_the_statuses_of_a_text_can_be_left_by_their_button() -> None:
    asked = {"verb": "simpan", "name": "halo", "untuk": "kabari"}
    send = step(State(talk=Talk("templat", asked)), TextReceived("entah"), TURN, BOOK)[1][-1]
    assert isinstance(send, Send)
    assert send.options[-1] == Option(T("Tidak jadi"), "/batal")
