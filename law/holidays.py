"""Days on which offices rest: what the decrees of each year set, and the days of fixed date for years without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from law.datafile import Table

FILE = Path(__file__).with_name("holidays.toml")
NATIONAL, JOINT, GUESSED = "libur", "cuti bersama", "perkiraan"
LEAP_YEAR = 2024  # any year that has a 29 February


@dataclass(frozen=True, slots=True)
class Holidays:
    """Asked by `day in holidays`."""

    days: Mapping[date, str] = field(default_factory=dict)
    yearly: Mapping[tuple[int, int], str] = field(default_factory=dict)  # (month, day) -> name
    until: date = date.min  # after it only the yearly ones are known

    def __contains__(self, day: date) -> bool:
        return bool(self.name(day))

    def name(self, day: date) -> str:
        """What it is called, "" where it is none."""
        yearly = self.yearly.get((day.month, day.day), "") if day > self.until else ""
        return self.days.get(day, yearly)


def load_holidays(path: Path = FILE, *, joint: bool = False) -> Holidays:
    """Every day that counts as one of rest; cuti bersama only with `joint`. Raises LawProblem.

    Days that are only guessed count as working days, as cuti bersama does unless Bawaslu says otherwise: so a limit is
    never shown later than it is.
    """
    file = datafile.read(path)
    file.only("source", "until", "yearly", "day")
    file.text("source")
    found = [_dated(row) for row in file.tables("day")]
    free = {NATIONAL, JOINT} if joint else {NATIONAL}
    days = {day: name for day, name, kind in found if kind in free}
    return Holidays(days, dict(_yearly(row) for row in file.tables("yearly")), file.day("until"))


def _dated(row: Table) -> tuple[date, str, str]:
    row.only("date", "name", "kind")
    return row.day("date"), row.text("name"), row.choice("kind", NATIONAL, JOINT, GUESSED)


def _yearly(row: Table) -> tuple[tuple[int, int], str]:
    row.only("day", "name")
    try:
        day = date.fromisoformat(f"{LEAP_YEAR}-{row.text('day')}")
    except ValueError:
        raise row.problem("day", "should be month and day like 08-17") from None
    return (day.month, day.day), row.text("name")
