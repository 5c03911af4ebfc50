"""What was recorded wrongly is put right by two, and a step that is too old for one is undone by two: in the core."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers import correcting, seconds, undoing
from handlers.asking import Halfway, the_rest
from handlers.effects import MoveCase, Send
from handlers.events import CaseMoved
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
    steps = {"temuan": "temuan", "pleno": "pleno", "rekomendasi": "rekomendasi", "teruskan": "diteruskan"}
    past = [row(step, status=status) for step, status in steps.items()]
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
    ("pleno 8 Oktober 2024", "pleno", {"nomor": "012/PLENO/X/2024", "tanggal": "2024-10-08"}),
    ("pleno\n021/PLENO\n/X/2024", "pleno", {"nomor": "021/PLENO /X/2024", "tanggal": "2024-10-09"}),
    ("Tetapkan temuan 022/TM/X/2024", "temuan", {"nomor": "022/TM/X/2024", "tanggal": "2024-10-08"}),
    ("teruskan Inspektorat", "teruskan", {"nama": "Inspektorat", "tanggal": "2024-10-10"}),
])  # fmt: skip
def test_what_is_right_takes_the_place_of_what_was_recorded(words: str, step: str, kept: dict[str, str]) -> None:
    done = agreed(sent(), correcting.correct(sent(), words, here()))
    assert done.action == "ralat"
    assert done.status == "diteruskan"
    assert {key: done.facts[step][key] for key in kept} == kept
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
    ("temuan 022/TM/X/2024, besok", "belum tiba"),
    ("teruskan Ketua RT", "tidak berlaku"),
])  # fmt: skip
def test_what_cannot_be_is_asked_again_with_why(words: str, hint: str) -> None:
    with pytest.raises(Halfway) as halfway:
        correcting.correct(sent(), words, here())
    assert hint in str(halfway.value.hint)
    assert bool(halfway.value.ways) is words.startswith("teruskan")  # whom the law lets it go to
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
    assert "atau koordinator yang dapat mengusulkannya" in str(
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


TYPED = "012/PLENO/X/2024, 9 Oktober 2024"


def old(*rows: dict[str, Any], **more: Any) -> CaseView:
    past = (row("kajian", status="kajian"), row("pleno", minutes=30, status="pleno", note=TYPED), *rows)
    return case("pleno", *past, **{"facts": NUMBERS, "holder": 7, **more})


def named(one: CaseView) -> tuple[str, str] | None:
    last = last_step(one)
    return (last.step.action, last.before) if last else None


def ways(effects: Any) -> list[str]:
    [send] = effects
    assert isinstance(send, Send)
    return [way.data for way in send.options]


def test_too_old_for_one_it_is_undone_by_two() -> None:
    offered = [f"/mundur {TICKET} .2 @3", f"/ralat {TICKET} @3", f"/kasus {TICKET}"]
    assert ways(undoing.undo(old(), "", here())) == offered
    with pytest.raises(Halfway) as halfway:
        undoing.undo(old(), ".2", here())
    assert "Mengapa langkah terakhir" in str(halfway.value.question)
    assert halfway.value.before == ".2"
    effects = undoing.undo(old(), "salah\ntekan.", here())
    assert wish(effects)["note"] == f"Pleno ({TYPED}), karena salah tekan"
    assert wish(undoing.undo(old(), ".2 salah tekan", here()))["facts"] == wish(effects)["facts"]
    done = agreed(old(), effects)
    assert (done.action, done.status) == ("dibatalkan", "kajian")
    assert done.facts["pleno"] is None
    assert done.tell is not None


def test_what_was_asked_of_two_is_never_done_by_one() -> None:
    """The button, the question and "Usulkan lagi" name the step; once another is the last, nothing is undone."""
    fresh = old(row("rekomendasi", status="rekomendasi"))
    fresh = replace(fresh, status="rekomendasi")
    for words in (".2", ".2 salah tekan"):
        [said] = undoing.undo(fresh, words, here())
        assert "tidak lagi dapat dibatalkan" in str(said)
    [move, *_] = undoing.undo(fresh, ".3 salah tekan", here())
    assert isinstance(move, MoveCase)
    assert move.action == "usul"  # one's own of just now, too: two were asked for


def test_a_step_without_a_number_has_nothing_to_put_right() -> None:
    seen = case("kajian", row("kajian", minutes=30, status="kajian"), holder=7)
    assert ways(undoing.undo(seen, "", here())) == [f"/mundur {TICKET} .1 @3", f"/kasus {TICKET}"]


def test_below_a_question_to_the_citizen_that_is_said_too() -> None:
    [send] = undoing.undo(old(row("kabari", status="pleno")), "", here())
    assert "/kabari" in str(send)


def test_what_has_a_way_back_of_its_own_is_told_that() -> None:
    labelled = old(row("label", note="prioritas", status="pleno"))
    both = [f"/label {TICKET} prioritas @3", f"/mundur {TICKET} .2 @3"]
    assert ways(undoing.undo(labelled, "", here()))[:2] == both
    assert wish(undoing.undo(labelled, "salah tekan", here()))["facts"]["langkah"] == "pleno"
    mine = old(row("usul", status="pleno"), facts={**NUMBERS, "usul": {"rev": 3, "by": 7}})
    assert ways(undoing.undo(mine, "salah tekan", here()))[0] == f"/bantah {TICKET} @3"


def test_what_two_did_stays_but_its_number_can_be_put_right() -> None:
    facts = {"registrasi": {"nomor": "1/Reg/X/2024", "tanggal": "2024-10-09"}}
    seen = case("diregistrasi", row("registrasi", 8, status="diregistrasi"), facts=facts, holder=7)
    assert ways(undoing.undo(seen, "", here())) == [f"/ralat {TICKET} @3", f"/kasus {TICKET}"]


def test_what_came_since_stands_in_the_way() -> None:
    assert named(old()) == ("pleno", "kajian")
    assert named(old(row("catat", status="pleno"), row("periksa", status="pleno"))) == ("pleno", "kajian")
    assert named(old(row("serahkan", status="pleno"))) is None
    assert named(old(row("ambil", status="pleno"))) is None
    assert named(case("baru")) is None
    assert named(case("pleno", row("pleno", status=""))) is None
    assert named(case("kajian_awal", row("lengkap", status="kajian_awal"))) is None  # asked again, by a day long past


def test_below_what_was_taken_back_is_the_step_before() -> None:
    gone = (row("rekomendasi", status="rekomendasi"), row("dibatalkan", status="pleno"))
    assert named(old(*gone)) == named(old(*gone, *gone)) == ("pleno", "kajian")
    two = (row("rekomendasi", status="rekomendasi"), row("teruskan", status="diteruskan"))
    back = (row("dibatalkan", status="rekomendasi"), row("mundur", status="pleno"))
    assert named(old(*two, *back)) == ("pleno", "kajian")
    below = replace(old(row("dibatalkan", status="kajian")), status="kajian")
    assert named(below) == ("kajian", "ditangani")


def test_added_time_is_taken_back_with_its_day() -> None:
    answers = {"happened": "2024-10-01", "known": "2024-10-07", "place": {"code": "33.11", "zone": "Asia/Jakarta"}}
    facts = {"registrasi": {"nomor": "1/Reg", "tanggal": "2024-10-08"}, "perpanjang": {"tanggal": "2024-10-09"}}
    past = (row("registrasi", 8, status="diregistrasi"), row("kajian", status="kajian"))
    past = (*past, row("perpanjang", minutes=30, status="kajian"))
    one = case("kajian", *past, answers=answers, facts=facts, holder=7, deadline="2024-10-13")
    done = agreed(one, undoing.undo(one, "belum diputuskan", here()))
    assert isinstance(done.tell, CaseMoved)
    assert done.tell.until == "2024-10-11"
    later = agreed(one, correcting.correct(one, "registrasi 7 Oktober 2024", here()))
    assert isinstance(later.tell, CaseMoved)
    assert later.tell.until == "2024-10-12"
    same = agreed(one, correcting.correct(one, "registrasi 2/Reg", here()))
    assert same.tell is None
    for words in ("registrasi 10 Oktober 2024", "registrasi 3 Oktober 2024"):
        with pytest.raises(Halfway) as halfway:
            correcting.correct(one, words, here())
        assert "tidak dapat ditambah" in str(halfway.value.hint) or "Terlalu akhir" in str(halfway.value.hint)
    over = replace(one, status="rekomendasi", history=(*one.history, row("rekomendasi", status="rekomendasi")))
    assert wish(correcting.correct(over, "perpanjang 10 Oktober 2024", here()))["facts"]["langkah"] == "perpanjang"


def test_a_void_wish_to_undo_is_proposed_again_with_its_step_and_reason() -> None:
    asked = wish(undoing.undo(old(), "salah tekan", here()))
    moved = old(row("teruskan", status="pleno"))
    again = seconds.lapsed(TICKET, asked, moved, "teruskan")
    assert f"/mundur {TICKET} .2 salah tekan" in [way.data for way in again.options]


def test_one_proposal_waits_at_a_time_and_the_own_one_before_is_named() -> None:
    first = wish(correcting.correct(sent(), "pleno 021/PLENO/X/2024", here()))
    waits = replace(sent(), facts={**NUMBERS, "usul": {**first, "rev": 3}})
    assert "Hanya satu usul" in told(correcting.correct(waits, "temuan 022/TM/X/2024", here()))
    others = correcting.correct(waits, "temuan 022/TM/X/2024", here(DANU))
    [lost] = [one for one in others if isinstance(one, Send) and one.to.who == "7"]
    assert f"/ralat {TICKET} pleno 021/PLENO/X/2024, 9 Oktober 2024" in [way.data for way in lost.options]


def test_the_right_day_could_have_been_typed_when_it_was_recorded() -> None:
    """What is recorded later without a day of its own (a decision, a study) is never overtaken so."""
    past = (
        row("pleno", minutes=3 * 24 * 60, status="pleno"),
        row("bukan", minutes=2 * 24 * 60, status="bukan_pelanggaran"),
    )
    one = case("bukan_pelanggaran", *past, facts={"pleno": {"nomor": "1/X", "tanggal": "2024-10-05"}}, holder=7)
    one = replace(one, answers={"happened": "2024-10-01"})
    with pytest.raises(Halfway) as halfway:
        correcting.correct(one, "pleno 9 Oktober 2024", here())
    assert "sudah dicatat" in str(halfway.value.hint)
    assert wish(correcting.correct(one, "pleno 7 Oktober 2024", here()))


def test_of_what_followed_twice_the_first_counts() -> None:
    first = {"penerima": "BKN", "nama": "BKN", "tanggal": "2024-10-08"}
    one = sent(facts={**NUMBERS, "teruskan": {**NUMBERS["teruskan"], "sebelum": first}})
    with pytest.raises(Halfway) as halfway:
        correcting.correct(one, "rekomendasi 10 Oktober 2024", here())
    assert "Terlalu akhir" in str(halfway.value.hint)
