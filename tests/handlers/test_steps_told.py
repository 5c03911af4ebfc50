"""A step told where its officer is, what /mundur says instead, a no with its reason: in the core alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers import completing, completion, desk, offers, people, seconds, steps, undoing
from handlers.asking import Halfway
from handlers.bulk_steps import _mute
from handlers.conversation import step
from handlers.done import BACK, ON_CARD, UNDONE, on_card, way_back
from handlers.effects import LoadCase, MoveCase, Send
from handlers.events import CaseLoaded, TextReceived
from handlers.life import MOVES
from handlers.reply import Here
from handlers.state import State, Talk
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from handlers.which_office import says_another
from tests.handlers.memory_desk import DictHouse

AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
BOOK = DictHouse("web").book
ANI = Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")
DANU = Staff(8, "Pak Danu", "33.11", "Bawaslu Kabupaten Sukoharjo", "koordinator")
WISNU = Staff(9, "Pak Wisnu", "33.11", "Bawaslu Kabupaten Sukoharjo", "panwascam", kecamatan="33.11.09")
TICKET = "JN-ZQ4C-CVSG"


def row(action: str, staff: int = 7, minutes: int = 0, **more: Any) -> dict[str, Any]:
    plain = {"at": AT - timedelta(minutes=minutes), "action": action, "name": "Bu Ani", "staff": staff, "office": ""}
    return {**plain, "reason": "", "status": "ditangani", "note": "", **more}


def case(status: str = "ditangani", *rows: dict[str, Any], **more: Any) -> CaseView:
    seen = CaseView(TICKET, "33.11", "Bawaslu", "33.11", "Bawaslu", status, 3, AT, history=(row("masuk", 0), *rows))
    return replace(seen, **more)


def here(staff: Staff = ANI, **more: Any) -> Here:
    return Here(Turn(AT, staff=staff, **more), BOOK)


def line(effects: Any) -> Send:
    [send] = [one.said for one in effects if isinstance(one, MoveCase)]
    assert isinstance(send, Send)
    return send


def pressed(send: Send) -> list[str]:
    return [option.data for option in send.options]


def told(effects: Any) -> str:
    return str([one.text for one in effects if isinstance(one, Send)])


# --- the line ---------------------------------------------------------------------------------------------------


def test_the_way_back_is_bound_to_the_revision_that_the_step_leaves() -> None:
    mine = case(holder=7)
    assert pressed(line(steps_of("telusuri", mine)))[0] == f"/mundur {TICKET} @4"
    assert pressed(line(desk.take(case("baru"), "", here())))[0] == f"/lepas {TICKET} sini @4"
    assert pressed(line(desk.release(mine, "", here())))[0] == f"/ambil {TICKET} sini @4"
    assert pressed(line(steps_of("tutup", mine, "selesai")))[0] == f"/buka {TICKET} sini @4"
    assert pressed(line(desk.reopen(case("ditutup"), "", here())))[0] == f"/tutup {TICKET} @4"
    assert pressed(line(offers.transfer(mine, "33.09 di sana", here())))[0] == f"/tarik {TICKET} @4"


def steps_of(action: str, one: CaseView, words: str = "") -> Any:
    return seconds.step(action, one, words, here())


def test_every_step_has_its_way_back_or_none() -> None:
    assert {one for one in MOVES if not MOVES[one].two} - UNDONE - BACK.keys() == {"alihkan"}
    assert way_back(MoveCase(TICKET, 3, "alihkan", "baru")) == ()


@pytest.mark.parametrize("action", sorted(ON_CARD))
def test_what_the_card_says_by_itself_is_not_said_twice(action: str) -> None:
    step_ = MoveCase(TICKET, 3, action, "baru", said=Send("x"))
    [again] = on_card((step_,))
    assert (again.said, again.shows) == (None, True)  # type: ignore[union-attr]
    assert on_card((Send("x"), MoveCase(TICKET, 3, "telusuri", "x", said=Send("y")))) != on_card((step_,))


def test_a_thumb_on_the_card_gets_its_undo_and_a_plain_taking_does_not() -> None:
    def answered(command: str, seen: CaseView, rev: int = 3, words: str = "") -> MoveCase:
        _, effects = step(State(), CaseLoaded(seen, command, words, rev), Turn(AT, staff=ANI), BOOK)
        [move] = [one for one in effects if isinstance(one, MoveCase)]
        return move

    assert answered("telusuri", case(holder=7)).said
    assert not answered("ambil", case("baru")).said
    assert answered("ambil", case("baru"), words="sini").said
    assert answered("ambil", case("baru"), rev=-1).said
    assert not answered("ambil", case("baru"), rev=-1).shows


def test_of_many_at_once_none_is_told_by_itself() -> None:
    [step_] = _mute(desk.take(case("baru"), "", here()))
    assert (step_.said, step_.shows) == (None, False)  # type: ignore[union-attr]


def test_who_gives_a_case_out_of_their_sight_gets_no_buttons_on_it() -> None:
    far = case(holder=9, kecamatan="33.11.12")
    assert line(desk.release(far, "", here(WISNU))).options == ()
    assert line(desk.release(replace(far, kecamatan="33.11.09"), "", here(WISNU))).options


def test_what_is_not_ticked_stands_in_the_same_message() -> None:
    effects = steps_of("telusuri", case(holder=7))
    assert len(effects) == 1
    assert "Belum dicentang" in str(line(effects).text)


# --- /mundur ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "command"),
    [
        (case("ditangani", row("ambil"), holder=7), f"/lepas {TICKET} sini @3"),
        (case("baru", row("lepas")), f"/ambil {TICKET} sini @3"),
        (case("ditutup", row("tutup", reason="selesai")), f"/buka {TICKET} sini @3"),
        (case("ditangani", row("buka"), holder=7), f"/tutup {TICKET} @3"),
        (case("baru", row("tawarkan"), offered="33.09"), f"/tarik {TICKET} @3"),
        (case("digabung", row("gabung", minutes=11), main="JN-8T59-2D58"), f"/pisah {TICKET} @3"),
        (case("ditangani", row("label", note="prioritas")), f"/label {TICKET} prioritas @3"),
        (case("ditangani", row("tanpa_label", note="prioritas")), f"/label {TICKET} prioritas @3"),
        (case("ditangani", row("usul"), facts={"usul": {"rev": 3, "by": 7}}), f"/bantah {TICKET} @3"),
    ],
)
def test_a_step_with_its_own_way_back_names_it(seen: CaseView, command: str) -> None:
    [send] = undoing.undo(seen, "", here())
    assert isinstance(send, Send)
    assert pressed(send)[0] == command
    assert command.split(maxsplit=1)[0] in str(send.text)


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        (case("ditangani", row("ambil", 8), holder=8), "atau koordinator yang dapat mengusulkannya"),
        (case("ditelusuri", row("telusuri", 8), holder=8), "atau koordinator yang dapat mengusulkannya"),
        (case("ditangani", row("serahkan", 8), holder=7), "langkah Anda sendiri"),
        (case("diregistrasi", row("registrasi"), holder=7), "disetujui dua orang"),
        (case("ditangani", row("kabari"), holder=7), "/kabari"),
        (case("ditangani", row("catat"), holder=7), "Itu tidak dapat dibatalkan"),
        (case("ditangani", row("serahkan"), holder=7), "Itu tidak dapat dibatalkan"),
    ],
)
def test_else_it_says_why_not(seen: CaseView, why: str) -> None:
    [send] = undoing.undo(seen, "", here())
    assert why in str(send)
    assert pressed(send) == [f"/kasus {TICKET}"]  # type: ignore[arg-type]


def test_who_cannot_decide_has_ten_minutes() -> None:
    seen = case("ditelusuri", row("telusuri", 9, minutes=11, status="ditelusuri"), holder=9)
    [send] = undoing.undo(seen, "salah tekan", here(WISNU))
    assert "10 menitnya sudah lewat" in str(send)


def test_a_koordinator_hands_it_to_somebody_else() -> None:
    [send] = undoing.undo(case("ditangani", row("serahkan", 8), holder=7), "", here(DANU))
    assert pressed(send)[0] == f"/serahkan {TICKET} @3"  # type: ignore[arg-type]


# --- what is not possible now -----------------------------------------------------------------------------------


def test_a_handful_of_what_can_be_done_and_where_the_rest_is() -> None:
    seen = case("diteruskan", holder=7, holder_name="Bu Ani")
    send = steps.cannot(MOVES["kajian"].label, seen, here())
    assert len(send.options) == steps.MOST_WAYS
    assert "/langkah" in str(send.text)
    assert "diteruskan" in str(send.text)
    assert "Kajian" in str(send.text)


def test_what_another_reason_forbids_is_said_as_before() -> None:
    for action, seen in (
        ("telusuri", case(holder=8, holder_name="Pak Danu")),
        ("ambil", case(holder=8, holder_name="Pak Danu")),
        ("ambil", case("baru", offered="33.09", offered_name="Bawaslu Boyolali")),
        ("gabung", case("kajian", holder=7)),
    ):
        why_not = steps.refused(action, seen, ANI)
        assert why_not is not None
        assert steps.refusal(action, why_not, seen, here()) == Send(why_not)


# --- yes, no, and taken back ------------------------------------------------------------------------------------

WISH = {"action": "tutup", "facts": {}, "note": "", "reason": "kurang_jelas", "by": 7, "name": "Bu Ani", "rev": 3}


def waiting(reader: Staff | None = None) -> CaseView:
    return case(facts={"usul": WISH}, holder=7, reader=reader)


def test_the_card_shows_each_reader_what_is_theirs_to_press() -> None:
    def shown(reader: Staff | None) -> list[str]:
        return [str(option.label.msgid) for option in seconds.buttons(waiting(reader))]  # type: ignore[union-attr]

    assert shown(None) == shown(DANU) == ["Setujui", "Tidak setuju"]
    assert shown(ANI) == ["Cabut usul"]
    assert shown(WISNU) == []
    assert shown(replace(WISNU, id=7)) == ["Cabut usul"]


def test_a_no_needs_its_reason_and_a_withdrawal_does_not() -> None:
    assert seconds.wants_reason(waiting(), here(DANU))
    assert not seconds.wants_reason(waiting(), here(ANI))
    assert not seconds.wants_reason(waiting(), here(WISNU))
    assert not seconds.wants_reason(case(), here(DANU))
    refused = seconds.deny(waiting(), "belum jelas", here(DANU))
    assert refused[0].action, refused[0].note == ("bantah", "belum jelas")  # type: ignore[union-attr]
    assert "belum jelas" in told(refused)
    assert seconds.deny(waiting(), "", here(ANI))[0].action == "cabut"  # type: ignore[union-attr]
    assert not any(isinstance(one, MoveCase) for one in seconds.deny(waiting(), "tidak", here(WISNU)))


def test_what_is_typed_as_a_reason_is_about_that_proposal_alone() -> None:
    asked = Talk("perintah", {"command": "bantah", "ticket": TICKET, "choices": [], "rev": 3})
    state, effects = step(State(talk=asked), TextReceived("belum jelas"), Turn(AT, staff=DANU), BOOK)
    assert effects == [LoadCase(TICKET, "bantah", "belum jelas", 3)]
    later = replace(waiting(), rev=5, facts={"usul": {**WISH, "rev": 5}})
    _, effects = step(state, CaseLoaded(later, "bantah", "belum jelas", 3), Turn(AT, staff=DANU), BOOK)
    assert not any(isinstance(one, MoveCase) for one in effects)


def test_two_people_stand_in_the_words_of_what_they_did() -> None:
    effects = seconds.agree(waiting(), "", here(DANU))
    assert "disetujui {name}" in str(line(effects).text)
    assert "(usul Bu Ani)" in str(line(effects).text)
    assert "Pak Danu" in told(effects)


# --- asked step by step -----------------------------------------------------------------------------------------


def test_the_office_named_is_kept_while_the_reason_is_asked_for() -> None:
    with pytest.raises(Halfway) as halfway:
        offers.transfer(case(), "Boyolali", here())
    assert halfway.value.before == "33.09"
    for words in ("rapatnya di sana", "33.13 rapatnya di sana"):  # what is typed in one line names its office first
        [move] = offers.transfer(case(), f"33.09 {words}", here())
        assert isinstance(move, MoveCase)
        assert (move.offer or ("",))[0] == "33.09"
        assert move.note == words
    again = {"33.13 rapatnya di sana": True, "33.13": False, "rapatnya di 33.13": False, "33 orang hadir": False}
    assert {words: says_another(words, here().book) for words in again} == again
    [plain] = offers.transfer(case(), "33.09 33 orang hadir di sana", here())
    assert plain.note == "33 orang hadir di sana"  # type: ignore[union-attr]


def test_a_completion_keeps_what_stood_there_before_beside_it() -> None:
    before = {"terlapor": "Pak Camat", "witness": "Bu RT", "identity": "kontak"}
    after = {"terlapor": "Pak Lurah", "witness": "Bu RT", "identity": "rahasia", "terlapor_alamat": "Jl. Mawar"}
    rows = {str(one.values["label"].msgid): one for one in completion.change_note(before, after, [{"kind": "photo"}])}  # type: ignore[union-attr]
    assert rows["Terlapor"].values["then"] == "Pak Camat"
    assert [one for one in rows if "then" in rows[one].values] == ["Terlapor"]


def test_handed_over_is_told_to_who_did_it() -> None:
    [move] = people.hand_over(case(), "8", here(DANU))
    assert isinstance(move, MoveCase)
    assert (move.said, move.shows) == (None, False)


# --- what is asked of the citizen -------------------------------------------------------------------------------------


def test_nothing_is_asked_of_the_citizen_while_another_office_decides() -> None:
    waits = case(offered="33.09", offered_name="Bawaslu Kabupaten Boyolali")
    for words in ("", ".t", ".t kirim"):
        assert "sedang ditawarkan" in told(completing.complete(waits, words, here()))
    assert "Apa yang perlu dilengkapi" in told(completing.complete(case(), ".t", here()))


@pytest.mark.parametrize(
    ("items", "words", "position", "given"),
    [
        ("t", "camat Grogol", "asn", {"terlapor", "terlapor_place", "position"}),
        ("t", "Bambang", "", {"terlapor", "terlapor_place"}),
        ("ts", "camat Grogol", "honorer", {"terlapor", "terlapor_place", "position"}),
        ("t", "", "", set()),
        ("s", "", "asn", {"position"}),
    ],
)
def test_a_status_goes_along_with_the_accused(items: str, words: str, position: str, given: set[str]) -> None:
    answers = {"items": items, "terlapor": words} | ({"position": position} if position else {})
    assert completion.given(answers).keys() == given
