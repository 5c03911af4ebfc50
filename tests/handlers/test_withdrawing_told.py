"""What a step took back is asked again by its undo alone, and only what it took back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from handlers.events import CaseMoved
from handlers.frozen import replace
from handlers.news import case_moved
from handlers.reply import Here, Reply
from handlers.state import State, Talk
from handlers.turn import Turn
from handlers.withdrawing import withdrawn
from tests.handlers.memory_desk import DictHouse
from tests.handlers.test_helping import said

HERE = Here(Turn(datetime(2024, 10, 10, 3, tzinfo=UTC)), DictHouse("web").book)
ENTRY: dict[str, Any] = {"ticket": "JN-1", "items": "tn", "until": "2024-10-12", "office": "33.11"}
OTHER: dict[str, Any] = {"ticket": "JN-2", "items": "n", "until": "2024-10-12", "office": "33.11"}
NAMED = "Siapa terlapor"
WENT_ON = CaseMoved("JN-1", "kajian_awal", "Kantor", settled=NAMED)
UNDONE = CaseMoved("JN-1", "mundur", "Kantor", "dilengkapi", NAMED, "2024-10-13", "33.11")


def told(reply: Reply) -> str:
    return str([said(send.text) for send in reply.effects if hasattr(send, "text")])


def test_the_undo_asks_for_what_the_step_took_back_beside_what_stayed() -> None:
    went = case_moved(State(wanted=(ENTRY, OTHER)), WENT_ON, HERE)
    assert went.state.wanted == ({**ENTRY, "items": "n", "until": ""}, OTHER)
    assert "tidak perlu dijawab lagi" in told(went)
    back = case_moved(went.state, UNDONE, HERE)
    assert back.state.wanted == (OTHER, {**ENTRY, "until": "2024-10-13"})
    assert back.state.taken_back == ()
    assert "masih meminta: Siapa terlapor" in told(back)
    assert "masih meminta" not in told(case_moved(back.state, UNDONE, HERE))


def test_words_are_asked_again_as_words_and_any_other_step_forgets_them() -> None:
    asked = State(inquiries=(("JN-1", "Bawa KTP, Saksi"),), wanted=(OTHER, {**ENTRY, "items": "n"}))
    went = case_moved(asked, replace(WENT_ON, settled="Bawa KTP, Saksi"), HERE)
    assert (went.state.inquiries, went.state.wanted[1]["items"]) == ((), "n")  # not all of it names an item
    back = case_moved(went.state, replace(UNDONE, words="Bawa KTP, Saksi"), HERE)
    assert back.state.inquiries == asked.inquiries
    refused = case_moved(went.state, CaseMoved("JN-1", "tidak_registrasi", "Kantor", "formal"), HERE)
    assert refused.state.taken_back == ()


def test_what_a_receipt_opened_is_not_asked_again() -> None:
    talk = Talk("lengkapi", {**ENTRY, "grant": "g"})
    there = State(wanted=({**ENTRY, "grant": "g"},), inquiries=(("JN-1", NAMED, "g"),), talk=talk)
    left = withdrawn(there, "JN-1", NAMED)
    assert (left.inquiries, left.taken_back, left.talk) == ((), (), None)


def test_an_answer_to_something_else_stays_open() -> None:
    talk = Talk("lengkapi", {**ENTRY, "items": "n"})
    left = withdrawn(State(wanted=({**ENTRY, "items": "n"},), talk=talk), "JN-1", NAMED)
    assert left.talk is talk
    assert left.wanted[0]["until"] == ""
