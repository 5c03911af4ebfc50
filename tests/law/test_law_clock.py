"""The seven days against an oracle that counts another way: by listing every day and crossing out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from holidays import country_holidays

from law.clock import clock, last_day
from law.holidays import load_holidays
from law.rules import load_regimes

REGIMES = load_regimes()
# The library itself, without our file and its loader; years whose days are decreed or certain.
DECREED = country_holidays("ID", years=range(2023, 2029), categories=("public",), language="id")
RESTS = {day.isoformat() for day, name in DECREED.items() if "perkiraan" not in name}
STARTS = [date(2023, 12, 20) + timedelta(days=step) for step in range(0, 1500, 1)]
GAPS = range(13)


def crossed_out(known: date, *, working: bool) -> list[date]:
    """Forty days after `known` on a wall calendar, rest days crossed out."""
    wall = [date.fromordinal(known.toordinal() + step) for step in range(1, 41)]
    return [day for day in wall if not working or (day.isoweekday() <= 5 and day.isoformat() not in RESTS)]


def expected(known: date, today: date, *, working: bool) -> tuple[int, date, str]:
    wall = crossed_out(known, working=working)
    passed = [day for day in wall if day <= today]
    names = {0: "berjalan", 1: "berjalan", 2: "berjalan", 3: "berjalan", 4: "berjalan"} | {
        5: "hampir",
        6: "hampir",
        7: "mendesak",
    }
    return min(len(passed), 8), wall[6], names.get(len(passed), "lewat")


@pytest.mark.parametrize(("name", "working"), [("pilkada", False), ("pemilu", True)])
def test_every_day_of_four_years_agrees_with_the_wall_calendar(name: str, working: bool) -> None:
    regime = REGIMES[name]
    for known, gap in product(STARTS, GAPS):
        today = known + timedelta(days=gap)
        read = clock(regime, known, today)
        assert (read.day_n, read.last_day, read.state) == expected(known, today, working=working), (known, today)
        assert read.counts == ("kerja" if working else "kalender")


def test_the_day_after_is_day_one_and_the_seventh_is_never_late() -> None:
    known = date(2024, 10, 11)
    states = [clock(REGIMES["pilkada"], known, known + timedelta(days=n)).state for n in range(9)]
    assert states == ["berjalan"] * 5 + ["hampir"] * 2 + ["mendesak", "lewat"]
    assert last_day(REGIMES["pilkada"], known) == date(2024, 10, 18)


def test_the_weekend_after_the_seventh_working_day_is_for_an_officer_to_decide() -> None:
    known = date(2024, 1, 10)  # a Wednesday; the seventh working day is Friday 19 January
    assert clock(REGIMES["pemilu"], known, date(2024, 1, 19)).state == "mendesak"
    assert clock(REGIMES["pemilu"], known, date(2024, 1, 21)).state == "mendesak"
    assert clock(REGIMES["pemilu"], known, date(2024, 1, 22)).state == "lewat"


def test_working_days_leave_out_christmas_and_new_year() -> None:
    assert last_day(REGIMES["pemilu"], date(2023, 12, 21)) == date(2024, 1, 3)


@pytest.mark.parametrize(
    ("known", "seventh"),
    [  # counted by hand on a wall calendar, with the decree of 2024 beside it
        ("2024-03-08", "2024-03-20"),  # Nyepi 11 March; its cuti bersama of 12 March counts as a working day
        ("2024-04-05", "2024-04-18"),  # Idul Fitri 10 and 11 April
        ("2024-11-25", "2024-12-05"),  # the day of the Pilkada, 27 November
    ],
)
def test_movable_holidays_are_left_out(known: str, seventh: str) -> None:
    assert last_day(REGIMES["pemilu"], date.fromisoformat(known)) == date.fromisoformat(seventh)


def test_cuti_bersama_rests_only_where_bawaslu_says_so() -> None:
    resting = load_regimes(holidays=load_holidays(joint=True))["pemilu"]
    assert last_day(resting, date(2024, 3, 8)) == date(2024, 3, 21)
    assert last_day(resting, date(2024, 4, 5)) == date(2024, 4, 24)


def test_outside_any_stage_nothing_runs_out() -> None:
    read = clock(REGIMES["luar_tahapan"], date(2025, 8, 1), date(2026, 8, 1))
    assert (read.state, read.last_day) == ("tanpa-tenggat", date.max)


def test_known_tomorrow_counts_as_nothing_yet() -> None:
    read = clock(REGIMES["pilkada"], date(2024, 10, 12), date(2024, 10, 11))
    assert (read.day_n, read.state) == (0, "berjalan")


def test_another_limit_in_the_data_is_another_clock() -> None:
    three = replace(REGIMES["pilkada"], days=3)
    assert clock(three, date(2024, 10, 1), date(2024, 10, 4)).state == "mendesak"
