"""Working hours of an office as data (law/hours.toml), and time counted in them, in the office's own zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from law import datafile
from law.calendar import CODE, EVERYWHERE, Calendar
from law.datafile import LawProblem, Table
from law.holidays import Holidays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = Path(__file__).with_name("hours.toml")
WEEK = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
KNOWN = (
    "id", "regions", "phases", "days", "holidays", "opens", "closes", "until", "from", "to",
    "article", "version", "source", "confidence",
)  # fmt: skip
MIDNIGHT = 24  # of the day's end, which no time of day can say
A_DAY = timedelta(days=1)
NOTHING = timedelta()
FURTHEST = 366  # days that are looked through; no office is closed for so long
JAKARTA = "Asia/Jakarta"
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Row:
    """When offices of these regions are open on these days; `until`: taken on a last day, where sources differ."""

    id: str
    regions: tuple[str, ...]  # ("",) is everywhere
    phases: frozenset[str]  # of the stage; empty: in each, and outside any
    days: frozenset[int]  # 0 is Monday
    holidays: bool  # open on these, too
    opens: timedelta  # since midnight
    closes: timedelta
    until: timedelta
    first: date
    last: date
    article: str
    version: str

    def fits(self, code: str, day: date, phase: str) -> int:
        """How closely it is meant for this office on this day; -1 where it is not."""
        if not self.first <= day <= self.last or day.weekday() not in self.days:
            return -1
        if self.phases and phase not in self.phases:
            return -1
        near = [len(one) for one in self.regions if not one or code == one or code.startswith(f"{one}.")]
        return max(near) * 2 + bool(self.phases) if near else -1


@dataclass(frozen=True, slots=True)
class Hours:
    """All rows, with what they are read beside: stages, holidays, and the zone of each office."""

    rows: tuple[Row, ...] = ()
    awake: tuple[timedelta, timedelta] = (timedelta(hours=8), timedelta(hours=16))
    with_office: bool = True  # a last day ends when the office closes
    calendar: Calendar = field(default_factory=lambda: Calendar(()))
    holidays: Holidays = field(default_factory=Holidays)
    zones: Mapping[str, str] = field(default_factory=dict)

    def of(self, code: str) -> OfficeHours:
        """The hours of one office ("33.11", "33", "RI")."""
        return OfficeHours(self, code, ZoneInfo(self.zones.get(code, JAKARTA)))

    def row(self, code: str, day: date) -> Row | None:
        """What holds there on this day; None where the office is closed."""
        found = self._nearest(code, day, self._phase(code, day))
        return found if found and (found.holidays or day not in self.holidays) else None

    def usual(self, code: str, day: date) -> Row | None:
        """What would hold there outside of any election, were it no holiday."""
        return self._nearest(code, day, "")

    def unusual(self, code: str, day: date) -> str:
        """What makes this day another than usual there, a holiday's name or a phase; "" where nothing does."""
        now, usual = self.row(code, day), self.usual(code, day)
        if now == usual:
            return ""
        return self._phase(code, day) if now else self.holidays.name(day)

    def _phase(self, code: str, day: date) -> str:
        stage = self.calendar.stage(code, day)
        return stage.phase if stage else ""

    def _nearest(self, code: str, day: date, phase: str) -> Row | None:
        found = max(self.rows, key=lambda row: (row.fits(code, day, phase), row.first), default=None)
        return found if found and found.fits(code, day, phase) >= 0 else None


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """Time as one office counts it. All moments are aware; what is given back is in UTC."""

    hours: Hours
    code: str
    zone: ZoneInfo

    def span(self, day: date) -> Span | None:
        """When it opens and closes on its day; None where it does not open."""
        row = self.hours.row(self.code, day)
        return (self._at(day, row.opens), self._at(day, row.closes)) if row else None

    def is_open(self, at: datetime) -> bool:
        """Is it open? At the very end it is closed."""
        found = self.span(at.astimezone(self.zone).date())
        return bool(found and found[0] <= at < found[1])

    def opening(self, at: datetime) -> datetime:
        """The moment itself where the office is open, else the next at which it opens."""
        return next((max(at, opens) for opens, closes in self._onward(at) if at < closes), at)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none where the second is not later."""
        found = NOTHING
        for opens, closes in self._onward(start):
            if opens >= end:
                break
            found += max(min(closes, end) - max(opens, start), NOTHING)
        return found

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The first moment by which so much working time has passed since `start`."""
        left = length
        for opens, closes in self._onward(start):
            begin = max(opens, start)
            if left <= closes - begin:
                return begin + left if left else start
            left -= max(closes - begin, NOTHING)
        return start + length

    def before(self, end: datetime, length: timedelta) -> datetime:
        """The last moment from which so much working time is left until `end`."""
        day, left = end.astimezone(self.zone).date(), length
        for opens, closes in filter(None, (self.span(day - A_DAY * step) for step in range(FURTHEST))):
            until = min(closes, end)
            if left <= until - opens:
                return until - left
            left -= max(until - opens, NOTHING)
        return end - length

    def last_span(self, day: date) -> Span | None:
        """The hours of this day, or of the last one before it on which the office opens."""
        return next(filter(None, (self.span(day - A_DAY * step) for step in range(FURTHEST))), None)

    def awake(self, day: date) -> Span:
        """When people may be spoken to on a day on which the office is closed."""
        opens, closes = self.hours.awake
        return self._at(day, opens), self._at(day, closes)

    def takes_until(self, day: date) -> tuple[date, timedelta] | None:
        """(day, time since midnight) until which the office takes what is due on this day.

        On a day on which it does not open, that is the last day before it. None where a day ends at midnight.
        """
        if not self.hours.with_office:
            return None
        for step in range(FURTHEST):
            if row := self.hours.row(self.code, day - A_DAY * step):
                return day - A_DAY * step, row.until
        return None

    def _onward(self, start: datetime) -> Iterator[Span]:
        day = start.astimezone(self.zone).date()
        return filter(None, (self.span(day + A_DAY * step) for step in range(FURTHEST)))

    def _at(self, day: date, since: timedelta) -> datetime:
        """Indonesia's zones have no summer time: a day is as long as its hours."""
        return (datetime.combine(day, time(), self.zone) + since).astimezone(UTC)


# --- the file ---------------------------------------------------------------------------------------------------


def load_hours(path: Path = FILE, *, calendar: Calendar, holidays: Holidays, zones: Mapping[str, str]) -> Hours:
    """Every row in its order. Raises LawProblem, which must stop the start."""
    file = datafile.read(path)
    file.only("source", "day_ends", "awake", "hours")
    file.text("source")
    ends = file.choice("day_ends", "jam kantor", "tengah malam")
    rows = tuple(_row(row) for row in file.tables("hours"))
    file.distinct("hours", (row.id for row in rows))
    awake = file.table("awake")
    awake.only("opens", "closes")
    return Hours(rows, _times(awake), ends == "jam kantor", calendar, holidays, zones)


def _row(row: Table) -> Row:
    row.only(*KNOWN)
    row.choice("confidence", "A", "B", "C")
    row.text("source")
    opens, closes = _times(row)
    until = _time(row, "until") if "until" in row.values else closes
    if not opens < until <= closes:
        raise row.problem("until", "should lie between 'opens' and 'closes'")
    return Row(
        row.text("id"),
        _regions(row),
        frozenset(row.words("phases")) if "phases" in row.values else frozenset(),
        _days(row),
        row.get("holidays", bool, "true or false") if "holidays" in row.values else False,
        opens,
        closes,
        until,
        row.day("from"),
        row.day("to") if "to" in row.values else date.max,
        row.text("article"),
        row.text("version"),
    )


def _times(row: Table) -> tuple[timedelta, timedelta]:
    opens, closes = _time(row, "opens"), _time(row, "closes")
    if opens >= closes:
        raise row.problem("closes", "should be later than 'opens'")
    return opens, closes


def _time(row: Table, key: str) -> timedelta:
    if row.values.get(key) == MIDNIGHT:
        return A_DAY
    found = row.get(key, time, "a time like 08:00:00 without quotes, or 24")
    return timedelta(hours=found.hour, minutes=found.minute, seconds=found.second)


def _days(row: Table) -> frozenset[int]:
    words = row.words("days")
    if wrong := [word for word in words if word not in WEEK]:
        raise row.problem("days", f"should be of {', '.join(WEEK)}, not {wrong[0]!r}")
    return frozenset(WEEK.index(word) for word in words)


def _regions(row: Table) -> tuple[str, ...]:
    if row.values.get("regions") == EVERYWHERE:
        return ("",)
    codes = row.words("regions")
    if wrong := [code for code in codes if code != "RI" and not CODE.fullmatch(code)]:
        raise row.problem("regions", f'should be "{EVERYWHERE}" or a list of codes like ["33.11"], not {wrong[0]!r}')
    return codes


__all__ = ["Hours", "LawProblem", "OfficeHours", "load_hours"]
