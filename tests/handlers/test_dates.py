"""Typed dates, from phrases as people write them; the base day is Thursday 12 September 2024."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.reading.dates import find_date, read_date, why_not

TODAY = date(2024, 9, 12)
PHRASES = Path(__file__).with_name("phrases")

READ = "dates_read"
NOT_READ = "dates_unread"


def table(name: str) -> list[list[str]]:
    lines = PHRASES.joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if not line.startswith("#")]
    return [[*row, *("-",) * (4 - len(row))] for row in rows]


@pytest.mark.parametrize(("phrase", "day", "time", "ongoing"), table(READ))
def test_a_phrase_is_read(phrase: str, day: str, time: str, ongoing: str) -> None:
    reading = read_date(phrase, TODAY)
    if day == "-":
        assert reading is None
        return
    assert reading is not None, why_not(phrase, TODAY)
    assert (str(reading.date), reading.time_text or "-", reading.ongoing) == (day, time, ongoing == "ongoing")
    assert not why_not(phrase, TODAY)


@pytest.mark.parametrize(("phrase", "why"), [row[:2] for row in table(NOT_READ)])
def test_what_is_unclear_is_not_guessed(phrase: str, why: str) -> None:
    assert read_date(phrase, TODAY) is None
    assert why_not(phrase, TODAY) == why


def test_there_are_enough_phrases() -> None:
    assert len(table(READ)) >= 150
    assert len(table(NOT_READ)) >= 60


@pytest.mark.parametrize("text", ["", "   ", "kemarin " * 40, ",", "()", "-", "..."])
def test_nothing_and_too_much_are_not_read(text: str) -> None:
    assert read_date(text, TODAY) is None


def test_around_new_year_the_nearest_past_year_is_meant() -> None:
    january = date(2025, 1, 3)
    for phrase, day in {"28 desember": "2024-12-28", "tgl 30": "2024-12-30", "2/1": "2025-01-02"}.items():
        reading = read_date(phrase, january)
        assert reading is not None
        assert str(reading.date) == day
    assert read_date("tgl 30 bulan lalu", january) == read_date("30 desember 2024", january)


def test_29_february_is_no_day_of_other_years() -> None:
    assert why_not("29 februari", date(2025, 9, 1)) == "asing"
    assert why_not("tgl 31", date(2024, 3, 5)) == "depan"


def test_on_a_sunday_last_week_is_left_open() -> None:
    assert why_not("senin minggu lalu", date(2024, 9, 8)) == "ganda"
    reading = read_date("hari minggu ini", date(2024, 9, 8))
    assert reading is not None
    assert reading.date == date(2024, 9, 8)


NAMES = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@settings(deadline=None)
@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(0, 300))
def test_every_full_spelling_of_every_day_is_read(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    month = MONTHS[day.month - 1]
    for phrase in (
        f"{day.day} {month} {day.year}",
        f"{NAMES[day.weekday()]}, {day.day} {month} {day.year} pukul 19.30 WIB",
        f"tgl {day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%y} jam 7 malam",
        day.isoformat(),
        f"{back} hari yang lalu",
    ):
        reading = read_date(phrase, today)
        assert reading is not None, phrase
        assert reading.date == day, phrase


@settings(deadline=None)
@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_last_one_before_today(today: date, weekday: int) -> None:
    reading = read_date(f"hari {NAMES[weekday]} lalu", today)
    assert reading is not None
    assert reading.date.weekday() == weekday
    assert 1 <= (today - reading.date).days <= 7


WORDS = st.sampled_from(
    [
        "kemarin",
        "tadi",
        "malam",
        "minggu",
        "hari",
        "ini",
        "lalu",
        "jam",
        "7",
        "12",
        "31",
        "setengah",
        "senin",
        "sep",
        "/",
        ".",
        "-",
        ":",
        "tgl",
        "2024",
        "sekarang",
        "besok",
        "awal",
        "yang",
        "bulan",
        "sampai",
        "19.30",
        "12/9",
        "februari",
        "habis",
        "isya",
        "99",
        "0",
        "tengah",
    ]
)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=60), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_no_text_breaks_the_reader_and_none_is_in_the_future(text: str, today: date) -> None:
    for reading in (read_date(text, today), find_date(text, today)):
        assert reading is None or reading.date <= today
    assert bool(why_not(text, today)) == (read_date(text, today) is None)


STORIES = "dates_in_stories"


@pytest.mark.parametrize(("story", "day"), [row[:2] for row in table(STORIES)])
def test_a_story_gives_its_day_only_beyond_doubt(story: str, day: str) -> None:
    reading = find_date(story, TODAY)
    assert (str(reading.date) if reading else "-") == day


@pytest.mark.parametrize(("story", "when"), [row[:2] for row in table("now_in_stories")])
def test_a_story_is_of_now_only_in_plain_words(story: str, when: str) -> None:
    reading = find_date(story, TODAY)
    told = "-" if reading is None else "ongoing" if reading.ongoing else str(reading.date)
    assert told == when.replace("today", str(TODAY))


def test_a_story_keeps_its_hour_and_what_goes_on() -> None:
    evening = find_date("kemarin malam jam 8 camat datang ke posko", TODAY)
    assert evening is not None
    assert evening.time_text == "20.00"
    now = find_date("pertemuan di aula sedang berlangsung", TODAY)
    assert now is not None
    assert now.ongoing
