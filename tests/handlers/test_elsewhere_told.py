"""A question that closed elsewhere is told of where it stood open, and nowhere twice."""

from __future__ import annotations

from handlers.elsewhere import answered_elsewhere, open_in
from handlers.events import AnsweredElsewhere
from handlers.state import State, Talk

ASKED = AnsweredElsewhere("JN-1", "Jam berapa?")


def test_it_is_told_once_and_not_where_it_was_never_asked() -> None:
    state = State(
        inquiries=(("JN-1", "Jam berapa?"), ("JN-1", "Siapa?")),
        talk=Talk("jawab", {"ticket": "JN-1", "question": "Siapa?"}),
    )
    once = answered_elsewhere(state, ASKED)
    assert once.state.inquiries == (("JN-1", "Siapa?"),)
    assert once.state.talk is state.talk  # another question is open, and stays
    assert answered_elsewhere(once.state, ASKED).effects == ()
    assert answered_elsewhere(State(), AnsweredElsewhere("JN-1")).effects == ()


def test_what_goes_along_with_a_question_is_no_answer() -> None:
    place = {"code": "94.01", "name": "Kabupaten Merauke", "zone": "Asia/Jayapura"}
    entry = {"ticket": "JN-1", "items": "d", "until": "", "place": place, "happened": "2024-10-05"}
    state = State(wanted=(entry, {"ticket": "JN-1", "items": "p", "until": ""}), inquiries=(("JN-2", "x"),))
    assert open_in(state, "JN-1", "g") == (
        {"ticket": "JN-1", "items": "d", "until": "", "place": {"zone": "Asia/Jayapura"}, "grant": "g"},
        {"ticket": "JN-1", "items": "p", "until": "", "grant": "g"},
    )
