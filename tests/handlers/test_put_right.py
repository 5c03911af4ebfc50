"""What was recorded wrongly is put right by two, and a step that is too old for one is undone by two: in the core."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers import correcting, seconds, undoing
from handlers.asking import Halfway, the_rest
from handlers.effects import MoveCase, Send
from handlers.flow import Misread
from handlers.pressing import PAPERS, buttons
from handlers.state import State
from handlers.taking_back import last_step
from handlers.view import CaseView
from tests.handlers.test_steps_told import ANI, DANU, TICKET, WISNU, case, here, row, told

NUMBERS = {
    "temuan": {"nomor": "021/TM/X/2024", "tanggal": "2024-10-08"},
    "pleno": {"nomor": "012/PLENO/X/2024", "tanggal": "2024-10-09"},
    "rekomendasi": {"nomor": "145/PM/X/2024", "tanggal": "2024-10-09"},
    "teruskan": {"penerima": "BKN", "nama": "BKN", "tanggal": "2024-10-10"},
}


def sent(**more: Any) -> CaseView:
    answers = {"happened": "2024-10-07", "known": "2024-10-07", "position": "asn"}
    past = (
        row("pleno", status="pleno"),
        row("rekomendasi", status="rekomendasi"),
        row("teruskan", status="diteruskan"),
    )
    return case("diteruskan", *past, **{"answers": answers, "facts": NUMBERS, "holder": 7, **more})


def wish(effects: Any) -> dict[str, Any]:
    [kept] = [one for one in effects if isinstance(one, MoveCase)]
    return dict(kept.facts["usul"])


def agreed(one: CaseView, effects: Any) -> MoveCase:
    """What is done once Pak Danu agreed."""
    asked = wish(effects)
    waits = replace(one, rev=asked["rev"], facts={**one.facts, "usul": asked})
    [done] = [each for each in seconds.agree(waits, "", here(DANU)) if isinstance(each, MoveCase)]
    return done


@pytest.mark.parametrize(("words", "step", "kept"), [
    ("pleno 021/PLENO/X/2024", "pleno", {"nomor": "021/PLENO/X/2024", "tanggal": "2024-10-09"}),
    ("PLENO: 021/PLENO/X/2024, 8 Oktober 2024", "pleno", {"nomor": "021/PLENO/X/2024", "tanggal": "2024-10-08"}),
    ("Tetapkan temuan 022/TM/X/2024", "temuan", {"nomor": "022/TM/X/2024", "tanggal": "2024-10-08"}),
    ("teruskan Inspektorat", "teruskan", {"penerima": "inspektorat", "nama": "Inspektorat", "tanggal": "2024-10-10"}),
])  # fmt: skip
def test_what_is_right_takes_the_place_of_what_was_recorded(words: str, step: str, kept: dict[str, str]) -> None:
    done = agreed(sent(), correcting.correct(sent(), words, here()))
    assert done.action == "ralat"
    assert done.status == "diteruskan"
    got = dict(done.facts[step])
    assert {**got, "penerima": kept.get("penerima")} == {**kept, "penerima": kept.get("penerima")} | (
        {"nama": got["nama"]} if "nama" in got else {}
    )
    assert done.facts["usul"] is None
    assert "(usul Bu Ani)" in done.note


def test_it_says_what_stood_there_and_what_will() -> None:
    effects = correcting.correct(sent(), "pleno 021/PLENO/X/2024", here())
    assert 'Pleno "012/PLENO/X/2024, 9 Oktober 2024" menjadi "021/PLENO/X/2024, 9 Oktober 2024"' in told(effects)


def test_a_step_that_was_taken_before_keeps_that() -> None:
    first = {"penerima": "BKN", "nama": "BKN", "tanggal": "2024-10-09"}
    one = sent(facts={**NUMBERS, "teruskan": {**NUMBERS["teruskan"], "sebelum": first}})
    done = agreed(one, correcting.correct(one, "teruskan BKN, 9 Oktober 2024", here()))
    assert done.facts["teruskan"]["sebelum"] == first
    many = sent(facts={**NUMBERS, "pleno": {**NUMBERS["pleno"], "sebelum": NUMBERS["pleno"]}})
    assert wish(correcting.correct(many, "pleno 1/X, 10 Oktober 2024", here()))["facts"]["langkah"] == "pleno"


@pytest.mark.parametrize(("words", "hint"), [
    ("pleno 1/X, 10 Oktober 2024", "Terlalu akhir"),
    ("pleno 1/X, 7 Oktober 2024", "Terlalu awal"),
    ("pleno kemarin", "Nomornya belum ada"),
    ("teruskan Ketua RT", "tidak berlaku"),
])  # fmt: skip
def test_what_cannot_be_is_asked_again_with_why(words: str, hint: str) -> None:
    with pytest.raises(Halfway) as halfway:
        correcting.correct(sent(), words, here())
    assert hint in str(halfway.value.hint)
    reply = the_rest(State(), "ralat", sent(), halfway.value, here())
    assert isinstance(reply.effects[0], Send)
    assert hint in str(reply.effects[0].text)


def test_the_step_may_be_named_alone_by_command_button_or_number() -> None:
    for words in ("pleno", "Pleno", "2"):
        with pytest.raises(Halfway) as halfway:
            correcting.correct(sent(), words, here())
        assert halfway.value.before == "pleno"
        assert "012/PLENO/X/2024, 9 Oktober 2024" in str(halfway.value.question)
    with pytest.raises(Misread) as misread:
        correcting.correct(sent(), "klarifikasi", here())
    assert "Diteruskan" not in str(misread.value.hint)
    assert "Pleno" in str(misread.value.hint)


def test_what_is_so_already_is_not_proposed() -> None:
    [send] = correcting.correct(sent(), "pleno 012/PLENO/X/2024", here())
    assert "memang sudah tercatat" in str(send)


def test_only_who_handles_it_and_decides() -> None:
    assert "sudah ditangani oleh" in str(
        correcting.correct(sent(holder=8, holder_name="Pak Danu"), "pleno 1/X", here())
    )
    assert "Belum ada nomor" in str(correcting.correct(case(holder=7), "", here()))
    assert correcting.asks(sent(), here())
    assert not correcting.asks(case(holder=7), here())
    assert [way.data for way in correcting.ways(sent(), here())] == ["temuan", "pleno", "rekomendasi", "teruskan"]
    for who, able in ((ANI, True), (DANU, True), (WISNU, False)):
        ways = buttons(replace(sent(), reader=who), PAPERS)
        assert any(way.data.startswith("/ralat") for way in ways) is able


# --- undone by two ------------------------------------------------------------------------------------------------


def old(*rows: dict[str, Any], **more: Any) -> CaseView:
    past = (row("kajian", status="kajian"), row("pleno", minutes=30, status="pleno"), *rows)
    return case("pleno", *past, **{"facts": NUMBERS, "holder": 7, **more})


def test_too_old_for_one_it_is_undone_by_two() -> None:
    [send] = undoing.undo(old(), "", here())
    assert isinstance(send, Send)
    assert [way.data for way in send.options] == [
        f"/mundur {TICKET} .berdua @3",
        f"/ralat {TICKET} @3",
        f"/kasus {TICKET}",
    ]
    with pytest.raises(Halfway) as halfway:
        undoing.undo(old(), ".berdua", here())
    assert "Mengapa langkah terakhir" in str(halfway.value.question)
    effects = undoing.undo(old(), "salah tekan", here())
    assert wish(effects)["note"] == "Pleno: salah tekan"
    done = agreed(old(), effects)
    assert (done.action, done.status) == ("dibatalkan", "kajian")
    assert done.facts["pleno"] is None
    assert done.tell is not None


def test_a_step_without_a_number_has_nothing_to_put_right() -> None:
    seen = case("kajian", row("kajian", minutes=30, status="kajian"), holder=7)
    [send] = undoing.undo(seen, "", here())
    assert "/ralat" not in str(send)


def test_below_a_question_to_the_citizen_that_is_said_too() -> None:
    [send] = undoing.undo(old(row("kabari", status="pleno")), "", here())
    assert "/kabari" in str(send)


def test_what_has_a_way_back_of_its_own_goes_first() -> None:
    [send] = undoing.undo(old(row("label", note="prioritas", status="pleno")), "salah tekan", here())
    assert isinstance(send, Send)
    assert send.options[0].data == f"/label {TICKET} prioritas @3"


def test_what_two_did_stays_but_its_number_can_be_put_right() -> None:
    facts = {"registrasi": {"nomor": "1/Reg/X/2024", "tanggal": "2024-10-09"}}
    seen = case("diregistrasi", row("registrasi", 8, status="diregistrasi"), facts=facts, holder=7)
    [send] = undoing.undo(seen, "", here())
    assert isinstance(send, Send)
    assert [way.data for way in send.options] == [f"/ralat {TICKET} @3", f"/kasus {TICKET}"]


def test_what_came_since_stands_in_the_way() -> None:
    assert last_step(old()) == ("pleno", "kajian")
    assert last_step(old(row("catat", status="pleno"), row("periksa", status="pleno"))) == ("pleno", "kajian")
    assert last_step(old(row("serahkan", status="pleno"))) == ("", "")
    assert last_step(old(row("ambil", status="pleno"))) == ("", "")
    assert last_step(case("baru")) == ("", "")
    assert last_step(case("pleno", row("pleno", status=""))) == ("", "")


def test_a_void_wish_to_undo_is_proposed_again_with_its_reason() -> None:
    asked = wish(undoing.undo(old(), "salah tekan", here()))
    moved = old(row("teruskan", status="pleno"))
    again = seconds.lapsed(TICKET, asked, moved, "teruskan")
    assert f"/mundur {TICKET} salah tekan" in [way.data for way in again.options]
