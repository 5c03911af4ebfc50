"""Time is added once, while the clock runs, where the law has a clock: in the core alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from handlers import seconds, undoing
from handlers.counting import limits
from handlers.deadlines import last_day
from handlers.effects import MoveCase
from handlers.events import CaseMoved
from handlers.flow import Misread
from handlers.reply import Here
from handlers.steps import offered, refused
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from tests.handlers.memory_desk import DictHouse

if TYPE_CHECKING:
    from collections.abc import Mapping

BOOK = DictHouse("web").book
ANI = Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")
PLACE = {"code": "33.11", "name": "Kabupaten Sukoharjo", "zone": "Asia/Jakarta"}
PILKADA, PEMILU, BETWEEN = "2024-10-01", "2024-01-10", "2023-03-01"  # days of an event in each regime
REGISTERED = {"registrasi": {"nomor": "1/X", "tanggal": "2024-10-10"}}


def at(day: int, hour: int = 3) -> datetime:
    return datetime(2024, 10, day, hour, tzinfo=UTC)


def here(day: int) -> Here:
    return Here(Turn(at(day), staff=ANI), BOOK)


def case(happened: str = PILKADA, facts: Mapping[str, Any] = REGISTERED, **more: Any) -> CaseView:
    answers = {"happened": happened, "known": happened, "place": PLACE}
    due = last_day(answers, facts, "kajian", at(10), BOOK)
    made = CaseView("JN-ZQ4C-CVSG", "33.11", "Bawaslu", "33.11", "Bawaslu", "kajian", 3, at(10), holder=7)
    return replace(made, answers=answers, facts=facts, deadline=due, **more)


def made(day: int, words: str, one: CaseView | None = None) -> MoveCase:
    [step] = seconds.step("perpanjang", one or case(), words, here(day))
    assert isinstance(step, MoveCase)
    return step


def due(one: CaseView, step: MoveCase) -> str:
    """The day by which it is sorted afterwards."""
    facts = {key: value for key, value in {**one.facts, **step.facts}.items() if value is not None}
    return last_day(dict(one.answers), facts, step.status, at(12), BOOK)


@pytest.mark.parametrize(("happened", "before", "after"), [
    (PILKADA, "2024-10-13", "2024-10-15"), (PEMILU, "2024-10-21", "2024-10-30"),
])  # fmt: skip
def test_the_clock_runs_on_and_the_case_stays_where_it_is(happened: str, before: str, after: str) -> None:
    one = case(happened)
    assert one.deadline == before
    step = made(12, "hari ini", one)
    assert (step.status, step.facts["perpanjang"]["tanggal"], due(one, step)) == ("kajian", "2024-10-12", after)
    assert isinstance(step.tell, CaseMoved)
    assert (step.tell.status, step.tell.until, step.tell.office) == ("perpanjang", after, "33.11")


@pytest.mark.parametrize(("day", "words", "able"), [
    (10, "hari ini", True), (13, "hari ini", True), (14, "kemarin", True), (14, "10 Oktober 2024", True),
    (14, "hari ini", False), (12, "9 Oktober 2024", False), (12, "besok", False), (12, "entah", False),
])  # fmt: skip
def test_only_a_day_on_which_it_ran_is_taken(day: int, words: str, able: bool) -> None:
    if able:
        assert due(case(), made(day, words)) == "2024-10-15"
    else:
        with pytest.raises(Misread):
            made(day, words)


def test_where_the_law_changed_since_and_no_clock_runs_it_is_said() -> None:
    with pytest.raises(Misread, match="Tidak ada tenggat yang berjalan"):
        made(12, "hari ini", replace(case(), answers={**case().answers, "happened": BETWEEN}))


def test_today_is_a_button_only_while_it_runs() -> None:
    assert [one.data for one in offered("perpanjang", case(), here(13))] == ["hari ini"]
    assert offered("perpanjang", case(), here(14)) == ()


def test_it_is_added_once_and_where_there_is_a_clock() -> None:
    assert refused("perpanjang", case(), ANI) is None
    again = refused("perpanjang", case(facts={**REGISTERED, "perpanjang": {"tanggal": "2024-10-12"}}), ANI)
    assert again is not None
    assert "hanya satu kali" in again.msgid
    assert refused("perpanjang", case(BETWEEN), ANI) is not None  # outside of any election no law has one
    assert refused("perpanjang", replace(case(), status="pleno"), ANI) is not None


def test_it_is_taken_back_whole() -> None:
    facts = {**REGISTERED, "perpanjang": {"tanggal": "2024-10-12"}}
    rows = [
        {"at": at(12), "action": action, "staff": 7, "status": "kajian", "note": "", "reason": "", "name": "Bu Ani"}
        for action in ("kajian", "perpanjang")
    ]
    one = case(facts=facts, history=tuple(rows))
    back, _ = undoing.undo(one, "", here(12))
    assert isinstance(back, MoveCase)
    assert (back.status, back.facts["perpanjang"], due(one, back)) == ("kajian", None, "2024-10-13")


def test_only_what_was_recorded_counts_as_prolonged() -> None:
    for facts, last in (
        (REGISTERED, "2024-10-13"),
        ({**REGISTERED, "perpanjang": {"tanggal": "2024-10-12"}}, "2024-10-15"),
    ):
        [limit] = limits(dict(case().answers), "kajian", facts, at(12), BOOK)
        assert (limit.due, limit.last, limit.done) == ("2024-10-13", last, "")
