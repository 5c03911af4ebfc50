"""Until when an office takes what is due, and when it is open in a week: said with what that rests on."""

from __future__ import annotations

from datetime import date

from handlers.effects import T
from handlers.opening import week
from law.hours import Hours
from tests.handlers.memory_desk import DictHouse
from tests.handlers.test_helping import said

BOOK = DictHouse("web").book


def test_the_week_of_an_office_with_its_source() -> None:
    hours, source = week(BOOK.hours.of("33.11"), date(2024, 10, 10))
    assert said(hours) == "Senin, Selasa, Rabu, Kamis 08.00-16.00; Jumat 08.00-16.30"
    assert source == "pengumuman jam penerimaan laporan; dasar pasalnya belum kami temukan (2024)"
    assert said(week(BOOK.hours.of("33.11"), date(2024, 11, 27))[0]).count("00.00-24.00") == 1, (
        "polling, and quiet days"
    )


def test_a_week_without_any_hour_is_closed() -> None:
    assert week(Hours().of("33.11"), date(2024, 10, 10)) == (T("tutup minggu ini"), "")
