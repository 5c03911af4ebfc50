"""The words of the buttons that stand last may be typed; those of an older message, or of a case's card, press nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.conversation import step
from handlers.effects import Option, Send, T
from handlers.events import TextReceived
from handlers.office_effects import Dismiss, Invite
from handlers.reply import Here
from handlers.state import State
from handlers.turn import Staff, Turn
from handlers.typed_buttons import remembered, way
from tests.handlers.memory_desk import DictHouse

BOOK = DictHouse("web").book
TURN = Turn(
    datetime(2024, 10, 10, 3, tzinfo=UTC), Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "koordinator")
)
TICKET = "JN-ZQ4C-CVSG"


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
    assert [way(state, words) for words in ("danu", "bu danu")] == ["", "/keluarkan 6"]


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
