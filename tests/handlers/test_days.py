"""The day of a step is not before the event, nor before the step that it follows; a mere day is no number."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.inside.render import words as in_words
from handlers.flow import Misread
from handlers.life import MOVES
from handlers.reply import Here
from handlers.steps import read
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from tests.handlers.memory_desk import DictHouse

if TYPE_CHECKING:
    from collections.abc import Mapping

AT = datetime(2024, 11, 27, 3, tzinfo=UTC)
ANI = Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")
HERE = Here(Turn(AT, staff=ANI), DictHouse("web").book)
CAME = datetime(2024, 11, 24, 3, tzinfo=UTC)
TYPED = {"tanggal": "{day}", "nomor": "012/TM/2024, {day}", "penerima": "Inspektorat, {day}"}


def case(facts: Mapping[str, Any] | None = None, happened: str = "2024-11-23") -> CaseView:
    answers = {"happened": happened, "place": {"code": "33.11", "zone": "Asia/Jakarta"}}
    made = CaseView("JN-ZQ4C-CVSG", "33.11", "Bawaslu", "33.11", "Bawaslu", "kajian", 3, CAME, answers=answers)
    return (
        made if facts is None else CaseView(**{name: getattr(made, name) for name in made.__slots__} | {"facts": facts})
    )


def day(action: str, said: str, one: CaseView) -> str:
    move = MOVES[action]
    return str(read(move, one, TYPED[move.needs].format(day=said), HERE)[0]["tanggal"])


def why(action: str, said: str, one: CaseView) -> str:
    with pytest.raises(Misread) as refused:
        day(action, said, one)
    return in_words(refused.value.hint, str)


@pytest.mark.parametrize("action", ["formulir", "temuan", "lengkap", "registrasi", "pleno", "teruskan", "nihil"])
def test_no_step_is_older_than_the_event(action: str) -> None:
    assert "kejadiannya Sabtu, 23 November 2024" in why(action, "1 Januari 2020", case())
    assert "/lengkapi JN-ZQ4C-CVSG" in why(action, "22 November 2024", case())
    assert day(action, "23 November 2024", case()) == "2024-11-23"


def test_where_nobody_knows_when_it_happened_none_is_older_than_the_case() -> None:
    said = why("formulir", "23 November 2024", case(happened=""))
    assert "masuk Minggu, 24 November 2024" in said
    assert "belum diketahui" in said
    assert day("formulir", "24 November 2024", case(happened="")) == "2024-11-24"


@pytest.mark.parametrize(("action", "earlier"), [
    ("registrasi", "formulir"), ("pleno", "registrasi"), ("pleno", "temuan"), ("rekomendasi", "pleno"),
    ("teruskan", "rekomendasi"), ("hukuman", "teruskan"), ("nihil", "teruskan"),
])  # fmt: skip
def test_no_step_is_older_than_the_one_it_follows(action: str, earlier: str) -> None:
    one = case({earlier: {"nomor": "1/X", "tanggal": "2024-11-25"}})
    said = why(action, "24 November 2024", one)
    assert f"{MOVES[earlier].label.msgid} tercatat Senin, 25 November 2024" in said
    assert "/ralat JN-ZQ4C-CVSG" in said
    assert day(action, "25 November 2024", one) == "2024-11-25"


def test_of_a_step_taken_twice_the_first_counts() -> None:
    again = {"tanggal": "2024-11-26", "sebelum": {"tanggal": "2024-11-25"}}
    assert day("nihil", "25 November 2024", case({"teruskan": again})) == "2024-11-25"
    assert "25 November" in why("nihil", "24 November 2024", case({"teruskan": again}))


@pytest.mark.parametrize("words", ["9 Desember", "14 Oktober 2024", "24/11/2024", "hari ini", "kemarin"])
def test_a_mere_day_is_no_number(words: str) -> None:
    with pytest.raises(Misread) as refused:
        read(MOVES["pleno"], case(), words, HERE)
    assert in_words(refused.value.hint, str).startswith(f"Nomornya belum ada: {words} terbaca sebagai tanggal.")


@pytest.mark.parametrize(
    "words", ["021/PLENO/X/2024", "12", "12/2024", "24/11/2024, hari ini", "021 hari ini, kemarin"]
)
def test_a_number_stays_one(words: str) -> None:
    assert read(MOVES["pleno"], case(), words, HERE)[0]["nomor"] == words.partition(",")[0]
