"""Until when an office takes what is due, and when it is open in a week: said with what that rests on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from handlers.effects import T
from handlers.opening import week
from handlers.standing import limit_line
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


def test_a_citizen_is_told_the_last_hour_before_a_day_of_no_office_hours() -> None:
    """Seven days from Saturday, 5 October 2024 are over on a Saturday, on which nobody is there to take it."""
    place = {"code": "33.11", "name": "Kabupaten Sukoharjo", "zone": "Asia/Jakarta"}
    shut = "Sabtu, 12 Oktober 2024; kantor tutup hari itu, terakhir buka Jumat, 11 Oktober 2024 sampai pukul 16.30 WIB"
    told = {"place": place, "happened": "2024-10-05", "known": "2024-10-05"}

    def line(day: int, **more: Any) -> Any:
        return said(limit_line({**told, **more}, datetime(2024, 10, day, 3, tzinfo=UTC), BOOK))

    assert line(7) == f"Batas waktu Laporan resmi: paling lambat {shut}."
    assert line(11) == f"Batas waktu Laporan resmi sudah dekat: paling lambat {shut}."
    assert line(12) == f"Mendesak: hari ini hari ketujuh sejak Anda tahu, batas waktu Laporan resmi: {shut}."
    assert "tampaknya sudah lewat (Sabtu, 12 Oktober 2024)" in line(13)
    assert line(7, known="2024-10-07") == "Batas waktu Laporan resmi: paling lambat Senin, 14 Oktober 2024."
    assert line(7, place={}) == "Batas waktu Laporan resmi: paling lambat Sabtu, 12 Oktober 2024."
    assert "tanggalnya belum Anda sebutkan" in line(7, known="")
    assert "WITA" in line(7, place={"code": "73.71", "name": "Kota Makassar", "zone": "Asia/Makassar"})
