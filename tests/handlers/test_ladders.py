"""The ladders alone: whoever hears does so in their own hours, in order, and a limit that never climbs never does."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.inside.render import words
from handlers import alarms
from handlers.alarm_words import Due, limits_told
from handlers.alarms import NOBODY, Ends, Step
from handlers.opening import until
from law.reminders import HOLDER, UP, Reminders
from tests.handlers.memory_desk import DictHouse
from tests.handlers.memory_house import ZONES

if TYPE_CHECKING:
    from collections.abc import Callable

BOOK = DictHouse("web").book
OFFICES = ("33.11", "73.71", "91.71", "91", "RI")
CASES = 10_000
QUIET = {date(2024, 2, day) for day in (11, 12, 13, 14)} | {date(2024, 11, day) for day in (24, 25, 26, 27)}


def above(office: str) -> list[str]:
    return {"RI": [], "91": ["RI"]}.get(office, [office[:2], "RI"])


def is_open(office: str, at: datetime) -> bool:
    """By the wall, without what is tested; holidays are left to tests/law."""
    local = at.astimezone(ZoneInfo(ZONES[office]))
    if local.date() in QUIET:
        return True
    minutes = local.hour * 60 + local.minute
    return local.isoweekday() < 6 and 480 <= minutes < (990 if local.isoweekday() == 5 else 960)


def climbed(office: str, step: Step, onward: Callable[[int, datetime], Step]) -> list[tuple[int, datetime]]:
    """(rung, when) of all that comes while nobody acts."""
    came = []
    while step.at is not None:
        came.append((step.rung, step.at))
        step = onward(step.rung, step.at)
    return came


def test_ten_thousand_silent_queues_are_heard_of_in_the_hours_of_who_hears() -> None:
    chance = random.Random(20241127)
    for _ in range(CASES // 2):
        office = chance.choice(OFFICES)
        up = [code for code in above(office) if chance.random() < 0.8]
        first = chance.choice((datetime(2024, 1, 20, tzinfo=UTC), datetime(2024, 9, 25, tzinfo=UTC)))
        since = first + timedelta(minutes=chance.randrange(80_000))
        ladder = BOOK.reminders.queue
        came = climbed(
            office,
            alarms.queue_from(since, office, BOOK),
            lambda rung, at, office=office, up=up: alarms.queue_after(rung, at, office, up, BOOK),  # type: ignore[misc]
        )
        assert [rung for rung, _ in came] == list(range(2 + len(up)))
        assert all(one < two for (_, one), (_, two) in pairwise(came))
        assert came[0][1] > since
        for rung, at in came:
            where = alarms.hears(ladder[rung], office, up)
            assert is_open(where, at), (office, where, since, at)
            assert alarms.may_speak(ladder[rung], where, at, None, BOOK) == at


def test_ten_thousand_limits_are_heard_of_before_they_end_and_above_only_afterwards() -> None:
    chance = random.Random(20240214)
    for _ in range(CASES // 2):
        office = chance.choice(OFFICES)
        up = above(office)
        last = date(2024, 1, 20) + timedelta(days=chance.randrange(330))
        ends = Ends(last, "kajian awal", climbs=chance.random() < 0.7)
        end = datetime(last.year, last.month, last.day, tzinfo=ZoneInfo(ZONES[office])) + timedelta(days=1)
        since = end.astimezone(UTC) - timedelta(minutes=chance.randrange(-4000, 12_000))
        ladder = BOOK.reminders.limit
        came = climbed(
            office,
            alarms.limit_from(ends, since, office, BOOK),
            lambda rung, at, office=office, up=up, ends=ends: alarms.limit_after(  # type: ignore[misc]
                ends, rung, at, office, up, BOOK
            ),
        )
        assert all(at > since for _, at in came)
        assert [rung for rung, _ in came] == sorted({rung for rung, _ in came})
        if not ends.climbs:
            assert all(ladder[rung].to == HOLDER and at < end for rung, at in came)
            continue
        assert came, (ends, since)
        assert came[-1][0] == 2 + len(up)  # the top, whatever came before it
        passed = BOOK.hours.of(office).last_span(ends.last_day)
        assert passed
        for rung, at in came:
            where = alarms.hears(ladder[rung], office, up)
            resting = ladder[rung].to == HOLDER and at.astimezone(ZoneInfo(ZONES[office])).date() == last
            assert is_open(where, at) or resting, (ends, since, at)
            assert alarms.may_speak(ladder[rung], where, at, ends, BOOK) == at
            if ladder[rung].to in UP - {"koordinator"}:
                assert at >= passed[1]


def test_a_limit_that_ends_on_a_sunday_after_the_last_hour_is_told_on_that_day() -> None:
    friday = datetime(2024, 10, 11, 13, tzinfo=UTC)  # 20.00 WIB
    ends = Ends(date(2024, 10, 13), "kajian awal", climbs=True)
    step = alarms.limit_from(ends, friday, "33.11", BOOK)
    assert step == Step(1, datetime(2024, 10, 13, 1, tzinfo=UTC))
    assert step.at
    holder = BOOK.reminders.limit[1]
    assert alarms.may_speak(holder, "33.11", step.at, ends, BOOK) == step.at
    night = step.at + timedelta(hours=12)
    assert alarms.may_speak(holder, "33.11", night, ends, BOOK) == datetime(2024, 10, 14, 1, tzinfo=UTC)


def test_a_house_that_was_down_skips_what_is_over() -> None:
    ends = Ends(date(2024, 10, 16), "kajian awal", climbs=True)
    late = datetime(2024, 10, 16, 8, tzinfo=UTC)  # 15.00 WIB, behind both of the holder's
    assert alarms.limit_after(ends, 0, late, "33.11", ["33"], BOOK).rung == 2
    assert alarms.limit_after(ends, 0, late - timedelta(hours=6), "33.11", ["33"], BOOK).rung == 1


def test_without_ladders_nobody_is_told() -> None:
    silent = replace(BOOK, reminders=Reminders())
    ends = Ends(date(2024, 10, 16), "kajian awal", climbs=True)
    at = datetime(2024, 10, 17, 8, tzinfo=UTC)
    assert alarms.queue_from(at, "33.11", silent) == NOBODY
    assert alarms.limit_from(ends, at, "33.11", silent) == NOBODY
    bare = replace(BOOK, hours=replace(BOOK.hours, rows=()))
    assert alarms.limit_after(ends, 0, at, "33.11", ["33"], bare).rung == 2


def test_what_a_case_is_reminded_of() -> None:
    at = datetime(2024, 10, 14, 3, tzinfo=UTC)
    answers = {"place": {"code": "33.11", "zone": "Asia/Jakarta"}, "happened": "2024-10-10"}
    form = {
        "formulir": {"tanggal": "2024-10-14"},
        "kurang": {"tanggal": "2024-10-14"},
        "ppk": {"tanggal": "2024-10-14"},
    }

    def read(status: str, deadline: str = "2024-10-17") -> tuple[str, bool] | None:
        found = alarms.ending(status, answers, form, deadline, at, BOOK)
        return (found.label, found.climbs) if found else None

    assert read("kajian_awal") == ("kajian awal", True)
    assert read("dilengkapi") == ("kelengkapan dari pelapor", False)
    assert read("di_ppk") == ("jawaban penerima", False)
    assert read("ditelusuri") == ("Laporan", False)
    assert [read("ditelusuri", ""), read("baru"), read("selesai"), read("ditutup"), read("pleno")] == [None] * 5


def test_the_first_few_limits_are_named() -> None:
    at, day = datetime(2024, 10, 16, 1, tzinfo=UTC), date(2024, 10, 16)
    dues = [Due(f"JN-{number:04}-0000", Ends(day, "kajian awal", climbs=True)) for number in range(12)]
    ladder, own = BOOK.reminders.limit, BOOK.hours.of("33.11")
    told = [limits_told(rung, "Bawaslu", dues, at, own) for rung in ladder]
    assert [words(one.text, str).count("JN-") for one in told] == [8] * 5
    assert all("… dan 4 kasus lagi." in words(one.text, str) for one in told)
    assert [one.options[0].data for one in told] == ["/antrean tempo"] * 3 + ["/kasus JN-0000-0000"] * 2


def test_until_which_hour() -> None:
    def said(day: date) -> tuple[str, object]:
        found = until(BOOK.hours.of("91.71"), day)
        return found.msgid, found.values.get("time")

    assert said(date(2024, 10, 16)) == ("{day}, sampai pukul {time} {zone}", "16.00")
    assert said(date(2024, 11, 25)) == ("{day}, sampai pukul {time} {zone}", "24.00")
    assert said(date(2024, 10, 13))[1] == "16.30"
    midnight = replace(BOOK, hours=replace(BOOK.hours, with_office=False))
    assert until(midnight.hours.of("33.11"), date(2024, 10, 16)).msgid == "{weekday}, {day} {month} {year}"
