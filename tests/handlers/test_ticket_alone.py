"""A ticket that an officer types alone, in private, opens its card; with other words, or in a group, it is only talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handlers.conversation import step
from handlers.effects import LoadCase, Send
from handlers.events import TextReceived
from handlers.state import State
from handlers.turn import Staff, Turn
from tests.handlers.memory_desk import DictHouse

if TYPE_CHECKING:
    from handlers.effects import Effect

BOOK = DictHouse("web").book
ANI = Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")
TURN = Turn(datetime(2024, 10, 10, 3, tzinfo=UTC), ANI)
TICKET = "JN-ZQ4C-CVSG"


def loads(text: str, turn: Turn = TURN) -> list[Effect]:
    return [one for one in step(State(), TextReceived(text), turn, BOOK)[1] if isinstance(one, LoadCase)]


def test_alone_it_opens_the_card() -> None:
    assert loads(TICKET.lower()) == [LoadCase(TICKET, "kasus", "", -1)]


def test_with_other_words_it_is_talk() -> None:
    assert not loads(f"{TICKET} tolong dicek")


def test_in_a_group_it_is_talk() -> None:
    assert not loads(TICKET, replace(TURN, private=False, group_office="33.11"))


def test_a_slip_of_the_finger_offers_the_command_and_a_citizens_code_goes_nowhere() -> None:
    [said] = step(State(), TextReceived("/statsu ABCDEF-GHJKMN-PQRSTV"), Turn(TURN.at), BOOK)[1]
    assert isinstance(said, Send)
    assert [one.data for one in said.options] == ["/status"]
    [said] = step(State(), TextReceived(f"/kasuss {TICKET}"), TURN, BOOK)[1]
    assert isinstance(said, Send)
    assert [one.data for one in said.options] == [f"/kasus {TICKET}"]
