"""What a receipt opened in a conversation: named by /data, gone by /hapus, and never an officer's to answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from handlers.closing import finished
from handlers.effects import Complete, RelayAnswer, ReturnReceipts
from handlers.elsewhere import granted, ungranted
from handlers.events import HeldListed
from handlers.news import invite_spent
from handlers.office_events import InviteSpent
from handlers.reply import Here, Reply
from handlers.rights import erase, held_listed
from handlers.state import State, Talk
from handlers.turn import Staff, Turn
from tests.handlers.memory_desk import DictHouse
from tests.handlers.test_helping import said

NOW = datetime(2024, 10, 10, 3, tzinfo=UTC)
BOOK = DictHouse("web").book
CITIZEN = Here(Turn(NOW), BOOK)
OFFICER = Here(Turn(NOW, Staff(1, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")), BOOK)
ENTRY: dict[str, Any] = {"ticket": "JN-2", "items": "t", "until": "", "grant": "g"}
OWN = State(cases=("JN-1",), inquiries=(("JN-1", "Siapa?"),), wanted=({"ticket": "JN-1", "items": "n", "until": ""},))
GIVEN = State(inquiries=(("JN-2", "Jam berapa?", "g"),), wanted=(ENTRY, {**ENTRY, "ticket": "JN-3"}))
JOINED = InviteSpent("33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")


def told(reply: Reply) -> str:
    return str([said(send.text) for send in reply.effects if hasattr(send, "text")])


def test_only_what_a_receipt_opened_goes() -> None:
    assert granted(OWN) == ()
    assert ungranted(OWN) == OWN
    assert granted(GIVEN) == ("JN-2", "JN-3")
    assert ungranted(GIVEN) == State()


def test_it_is_named_and_erased_where_nothing_was_told() -> None:
    assert "pertanyaan petugas tentang JN-3" in told(held_listed(GIVEN, HeldListed(()), CITIZEN))
    gone = erase(GIVEN, "", CITIZEN)
    assert (gone.state, gone.effects[0]) == (State(), ReturnReceipts())
    assert "tidak menyimpan keterangan apa pun" in told(erase(State(), "", CITIZEN))


def test_it_goes_with_what_was_told() -> None:
    talk = Talk("jawab", {"ticket": "JN-2", "question": "Jam berapa?", "grant": "g", "draft": 1})
    both = State(cases=("JN-1",), inquiries=GIVEN.inquiries, talk=talk)
    gone = erase(both, "ya", CITIZEN)
    assert (gone.state.inquiries, gone.state.talk) == ((), None)
    assert ReturnReceipts() in gone.effects
    assert ReturnReceipts() not in erase(OWN, "ya", CITIZEN).effects


def test_who_becomes_an_officer_keeps_only_their_own() -> None:
    talk = Talk("lengkapi", dict(ENTRY))
    joined = invite_spent(State(wanted=GIVEN.wanted, talk=talk), JOINED)
    assert (joined.state, joined.effects[0]) == (State(), ReturnReceipts())
    assert "ditutup" in told(joined)
    assert invite_spent(OWN, JOINED).state == OWN
    assert "ditutup" not in told(invite_spent(OWN, JOINED))


def test_an_answer_that_an_officer_still_has_open_is_not_said_to_be_sent() -> None:
    answer = {"ticket": "JN-2", "question": "Jam berapa?", "grant": "g", "reply": "pukul sembilan"}
    completed = {**ENTRY, "terlapor": "Camat Grogol", "review": "kirim"}
    for talk in (Talk("jawab", answer), Talk("lengkapi", completed)):
        refused = finished(State(inquiries=GIVEN.inquiries, wanted=GIVEN.wanted, talk=talk), OFFICER)
        assert (refused.state, refused.effects[0]) == (State(), ReturnReceipts())
        assert "tidak dikirim" in told(refused)
        sent = finished(State(talk=talk), CITIZEN)
        assert isinstance(sent.effects[0], RelayAnswer | Complete)
