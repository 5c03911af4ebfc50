"""Who is reminded, when, and who above them when nobody acts: law/reminders.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile

if TYPE_CHECKING:
    from law.datafile import Table

FILE = Path(__file__).with_name("reminders.toml")
QUEUE, LIMIT = "antrean", "tenggat"
HOLDER, OFFICE, LEAD, ABOVE, TOP = "pemegang", "kantor", "koordinator", "atas", "puncak"
UP = frozenset({LEAD, ABOVE, TOP})  # who hears when it comes in hand again
OPENING, BEFORE, SINCE = "buka", "sebelum", "sesudah"
LONGEST = 400  # working hours, ten weeks
KNOWN = ("id", "ladder", "to", "when", "hours", "article", "version")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: who hears, and when, in working hours."""

    id: str
    ladder: str
    to: str
    when: str
    hours: timedelta
    article: str
    version: str


@dataclass(frozen=True, slots=True)
class Reminders:
    """Both ladders from the bottom up; `again`: how long after somebody acted, without ending it, the holder hears."""

    queue: tuple[Rung, ...] = ()
    limit: tuple[Rung, ...] = ()
    again: timedelta = timedelta(hours=4)


def load_reminders(path: Path = FILE) -> Reminders:
    """Every rung in its order. Raises LawProblem, which must stop the start."""
    file = datafile.read(path)
    file.only("source", "again", "rung")
    file.text("source")
    rungs = [_rung(row) for row in file.tables("rung")]
    file.distinct("rung", (one.id for one in rungs))
    again = timedelta(hours=_hours(file, "again", 1))
    return Reminders(_ladder(file, QUEUE, rungs), _ladder(file, LIMIT, rungs), again)


def _ladder(file: Table, name: str, rungs: list[Rung]) -> tuple[Rung, ...]:
    ladder = tuple(one for one in rungs if one.ladder == name)
    if not ladder or ladder[0].to in UP:
        raise file.problem("rung", f"should begin the ladder {name} with {OFFICE} or {HOLDER}, before who is above")
    return ladder


def _rung(row: Table) -> Rung:
    row.only(*KNOWN)
    ladder = row.choice("ladder", QUEUE, LIMIT)
    when = row.choice("when", OPENING, BEFORE, SINCE)
    to = row.choice("to", OFFICE if ladder == QUEUE else HOLDER, LEAD, ABOVE, TOP)
    if ladder == QUEUE and when != SINCE:
        raise row.problem("when", f"should be {SINCE} in the ladder {QUEUE}: nothing ends there")
    if to in UP and when != SINCE:
        raise row.problem("when", f"should be {SINCE} for who is above: they hear when nobody acted")
    hours = _hours(row, "hours", 1 if when == SINCE else 0)
    return Rung(row.text("id"), ladder, to, when, timedelta(hours=hours), row.text("article"), row.text("version"))


def _hours(row: Table, key: str, least: int) -> int:
    hours = row.get(key, int, "a number of working hours")
    if not least <= hours <= LONGEST:
        raise row.problem(key, f"should be between {least} and {LONGEST}, not {hours}")
    return hours
