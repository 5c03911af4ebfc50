"""Working hours against an oracle that lays out every minute of two years and counts them one by one."""

from __future__ import annotations

import random
import re
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from holidays import country_holidays

from law.calendar import Calendar
from law.clock import last_day as citizens_last_day
from law.deadlines import load_deadlines, running
from law.holidays import load_holidays
from law.hours import FILE, Hours, LawProblem, load_hours
from law.rules import load_regimes

if TYPE_CHECKING:
    from pathlib import Path

ZONES = {"33.11": ("Asia/Jakarta", 7), "73.71": ("Asia/Makassar", 8), "91.71": ("Asia/Jayapura", 9)}
CODES = list(ZONES)
DEADLINES = load_deadlines()
FIRST, DAYS = date(2023, 10, 1), 640  # both elections of 2024 are in it
MINUTES = DAYS * 24 * 60
EPOCH = datetime(2023, 10, 1, tzinfo=UTC)
CASES = 12_000
SEED = 20240214
ROUND_THE_CLOCK = {  # as the calendar of the elections has it, said once more by hand
    *(date(2024, 2, day) for day in (11, 12, 13, 14)), *(date(2024, 11, day) for day in (24, 25, 26, 27)),
}  # fmt: skip
VOTING = {date(2024, 2, 14), date(2024, 11, 27)}


def hours(*, joint: bool = False) -> Hours:
    zones = {code: name for code, (name, _) in ZONES.items()}
    return load_hours(calendar=Calendar.load(), holidays=load_holidays(joint=joint), zones=zones)


def rests(*, joint: bool) -> set[date]:
    """The library itself, without our file and its loader."""
    kinds = ("public", "government") if joint else ("public",)
    found = country_holidays("ID", years=range(2023, 2027), categories=kinds, language="id")
    return {day for day, name in found.items() if "perkiraan" not in name}


class Wall:
    """Every minute of an office's zone, open or not: 60 bytes an hour."""

    def __init__(self, ahead: int, rest: set[date]) -> None:
        self.open = bytearray(MINUTES)
        for minute in range(MINUTES):
            at = EPOCH + timedelta(minutes=minute + 60 * ahead)  # what the wall shows
            self.open[minute] = self.works(at.date(), at.hour * 60 + at.minute, rest)
        self.sums = [0, *accumulate(self.open)]

    @staticmethod
    def works(day: date, minute: int, rest: set[date]) -> bool:
        if day in ROUND_THE_CLOCK:
            return True
        if day.isoweekday() > 5 or day in rest:
            return False
        return 480 <= minute < (990 if day.isoweekday() == 5 else 960)

    def between(self, start: int, end: int) -> int:
        return self.open.count(1, start, max(start, end))

    def after(self, start: int, length: int) -> int:
        """The minute by whose end so many open ones have passed."""
        return bisect_left(self.sums, self.sums[start] + length)

    def opening(self, start: int) -> int:
        return self.open.index(1, start)


@pytest.fixture(scope="module")
def walls() -> dict[tuple[str, bool], Wall]:
    return {(code, joint): Wall(ZONES[code][1], rests(joint=joint)) for code in CODES for joint in (False, True)}


def moment(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)


def test_twelve_thousand_cases_against_the_minutes_of_the_wall(walls: dict[tuple[str, bool], Wall]) -> None:
    chance = random.Random(SEED)
    read = {joint: hours(joint=joint) for joint in (False, True)}
    near = [(day - FIRST).days * 1440 for day in (date(2024, 2, 9), date(2024, 4, 5), date(2024, 11, 21))]
    for _ in range(CASES):
        code, joint = chance.choice(CODES), chance.random() < 0.5
        wall, own = walls[code, joint], read[joint].of(code)
        start = chance.choice(near) + chance.randrange(8 * 1440) if chance.random() < 0.5 else chance.randrange(800_000)
        end = start + chance.randrange(-60, 20_000)
        length = chance.randrange(1, 60 * 40)
        said = (code, joint, moment(start), moment(end), length)
        assert own.between(moment(start), moment(end)) == timedelta(minutes=wall.between(start, end)), said
        then = own.after(moment(start), timedelta(minutes=length))
        assert then == moment(wall.after(start, length)), said
        assert own.opening(moment(start)) == moment(wall.opening(start)), said
        assert own.is_open(moment(start)) == bool(wall.open[start]), said
        back = own.before(moment(start + 60_000), timedelta(minutes=length))
        minute = round((back - EPOCH).total_seconds() / 60)
        assert wall.between(minute, start + 60_000) == length, said
        assert wall.open[minute], said  # the last such moment: the very next minute is worked


def test_where_a_clock_ends_in_both_regimes_against_the_wall(walls: dict[tuple[str, bool], Wall]) -> None:
    """The last day by law, then the last minute of it or before it at which somebody takes it."""
    chance, seen = random.Random(SEED), set()
    read = {joint: hours(joint=joint) for joint in (False, True)}
    regimes = {joint: load_regimes(holidays=load_holidays(joint=joint)) for joint in (False, True)}
    for _ in range(CASES):
        code, joint = chance.choice(CODES), chance.random() < 0.5
        regime = regimes[joint][chance.choice(("pilkada", "pemilu"))]
        day = FIRST + timedelta(days=chance.randrange(60, 550))
        status = chance.choice(("kajian_awal", "diregistrasi", ""))
        move = {"kajian_awal": "formulir", "diregistrasi": "registrasi"}.get(status)
        facts = {move: {"tanggal": day.isoformat()}} if move else {}
        clock = running(DEADLINES, regime, status, facts)
        last = clock.last_day if clock else citizens_last_day(regime, day)
        found = read[joint].of(code).takes_until(last)
        assert found is not None
        end = (last - FIRST).days * 1440 + 1440 - ZONES[code][1] * 60  # midnight of that day, in minutes of UTC
        before = walls[code, joint].open.rfind(1, 0, end) + 1 + ZONES[code][1] * 60
        that, minute = divmod(before - 1, 1440)
        minute = 960 if FIRST + timedelta(days=that) in VOTING else minute + 1
        assert found == (FIRST + timedelta(days=that), timedelta(minutes=minute)), (code, joint, last)
        seen.add((code, regime.id, status, found[1]))
    assert len({(code, regime, status) for code, regime, status, _ in seen}) == 18
    assert {minutes // timedelta(minutes=1) for *_, minutes in seen} == {960, 990, 1440}


def test_a_day_may_end_at_midnight_instead(tmp_path: Path) -> None:
    path = tmp_path / "jam.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace('day_ends = "jam kantor"', 'day_ends = "tengah malam"'))
    read = load_hours(path, calendar=Calendar(()), holidays=load_holidays(), zones={})
    assert read.of("33.11").takes_until(date(2024, 10, 10)) is None


ROW = """[[hours]]
id = "a"
regions = "semua"
days = ["senin", "selasa", "rabu", "kamis", "jumat"]
opens = 08:00:00
closes = 16:00:00
from = 2023-01-01
article = "x"
version = "1"
source = "s"
confidence = "A"
"""
HEAD = 'source = "s"\nday_ends = "jam kantor"\nawake = { opens = 08:00:00, closes = 16:00:00 }\n'


def load(folder: Path, text: str) -> Hours:
    path = folder / "jam.toml"
    path.write_text(text, encoding="utf-8")
    return load_hours(path, calendar=Calendar.load(), holidays=load_holidays(), zones={})


def test_an_office_of_its_own_hours_and_rows_that_begin_on_a_day(tmp_path: Path) -> None:
    later = ROW.replace('"a"', '"b"').replace("2023-01-01", "2024-10-01").replace("08:00:00", "09:00:00")
    own = ROW.replace('"a"', '"c"').replace('"semua"', '["33.11"]').replace("16:00:00", "15:00:00")
    only = ROW.replace('"a"', '"d"').replace("from", "to = 2023-12-31\nfrom").replace('"semua"', '["34"]')
    read = load(tmp_path, HEAD + ROW + later + own + only)
    spans = [
        tuple(one.astimezone(read.of(code).zone).hour for one in read.of(code).span(day) or ())
        for code, day in (
            ("33.09", date(2024, 9, 30)), ("33.09", date(2024, 10, 1)), ("33.11", date(2024, 10, 1)),
            ("34", date(2023, 12, 29)), ("34.02", date(2024, 1, 2)), ("33.09", date(2024, 10, 5)),
        )
    ]  # fmt: skip
    assert spans == [(8, 16), (9, 16), (8, 15), (8, 16), (8, 16), ()]


def test_where_nothing_is_known_time_passes_as_it_does() -> None:
    own, at = Hours().of("33.11"), datetime(2024, 10, 10, 3, tzinfo=UTC)
    assert (own.opening(at), own.is_open(at), own.last_span(at.date())) == (at, False, None)
    assert own.after(at, timedelta(hours=4)) == at + timedelta(hours=4)
    assert own.before(at, timedelta(hours=4)) == at - timedelta(hours=4)
    assert own.takes_until(at.date()) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + ROW + ROW, "more than once"),
        (HEAD + ROW.replace("16:00:00", "07:00:00"), "key 'closes' should be later than 'opens'"),
        (HEAD + ROW.replace("16:00:00", '"16.00"'), "key 'closes' should be a time like 08:00:00"),
        (HEAD + ROW + "until = 17:00:00\n", "key 'until' should lie between"),
        (HEAD + ROW.replace('"senin"', '"senen"'), "key 'days' should be of senin, selasa"),
        (HEAD + ROW.replace('"semua"', '["3311"]'), "not '3311'"),
        (HEAD + ROW.replace('version = "1"\n', ""), "key 'version' is missing"),
        (HEAD + ROW.replace('article = "x"\n', ""), "key 'article' is missing"),
        (HEAD + ROW + "jam = 1\n", "key 'jam' is not known here"),
        (HEAD.replace("jam kantor", "sore") + ROW, "should be one of jam kantor, tengah malam"),
        (HEAD.replace("16:00:00", "06:00:00") + ROW, "key 'closes' should be later than 'opens'"),
    ],
)
def test_wrong_hours_are_refused(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(LawProblem, match=re.escape(sentence)):
        load(tmp_path, text)
