"""The office's own clocks as data: law/deadlines.toml, and the day on which one runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from law import datafile
from law.clock import nth_day, working

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from law.datafile import Table
    from law.regime import Regime

FILE = Path(__file__).with_name("deadlines.toml")
LONGEST = 366  # days
KNOWN = (
    "id", "label", "regimes", "days", "more", "counts", "after", "during", "article", "version", "legal",
    "whose", "confidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock: it runs from the newest of these moves' dates, while the case is in one of these states."""

    id: str
    label: str
    regimes: frozenset[str]
    days: int
    working: bool  # counts working days
    after: tuple[str, ...]
    during: frozenset[str]
    article: str
    legal: bool  # a limit of the law; else only a reminder
    more: int = 0  # days by which the law lets it be prolonged, counted alike
    reporter: bool = False  # the reporter's to keep, not the office's


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs, and its last day."""

    deadline: Deadline
    last_day: date
    latest: date  # its last day if it is prolonged


def load_deadlines(path: Path = FILE) -> tuple[Deadline, ...]:
    """Every row in its order. Raises LawProblem, which must stop the start."""
    return datafile.read(path).listed("deadline", _deadline)


def _deadline(row: Table) -> Deadline:
    row.only(*KNOWN)
    row.choice("confidence", "A", "B", "C")
    row.text("version")
    days, more = _days(row, "days", 1), _days(row, "more", 0) if "more" in row.values else 0
    return Deadline(
        id=row.text("id"),
        label=row.text("label"),
        regimes=frozenset(row.words("regimes")),
        days=days,
        working=row.choice("counts", "kalender", "kerja") == "kerja",
        after=row.words("after"),
        during=frozenset(row.words("during")),
        article=row.text("article"),
        legal=row.get("legal", bool, "true or false"),
        more=more,
        reporter="whose" in row.values and row.choice("whose", "pelapor", "kantor") == "pelapor",
    )


def _days(row: Table, key: str, least: int) -> int:
    days = row.get(key, int, "a number of days")
    if not least <= days <= LONGEST:
        raise row.problem(key, f"should be between {least} and {LONGEST}, not {days}")
    return days


def running(
    deadlines: Iterable[Deadline], regime: Regime, status: str, facts: Mapping[str, Mapping[str, Any]]
) -> Running | None:
    """The nearest clock of a case in this state, by the dates that were typed for its moves; None where none runs."""
    found = [
        Running(one, last_day(one, start, regime), last_day(one, start, regime, prolonged=True))
        for one in deadlines
        if regime.id in one.regimes and status in one.during and (start := started(one, facts))
    ]
    return min(found, key=lambda one: one.last_day, default=None)


def started(deadline: Deadline, facts: Mapping[str, Mapping[str, Any]]) -> date | None:
    """The newest of the days from which it runs; None where none of its moves was made."""
    days = [date.fromisoformat(facts[move]["tanggal"]) for move in deadline.after if move in facts]
    return max(days, default=None)


def last_day(deadline: Deadline, start: date, regime: Regime, *, prolonged: bool = False) -> date:
    """Count from the day after `start` as day 1, in calendar or in working days."""
    days = deadline.days + (deadline.more if prolonged else 0)
    return nth_day(start, days, lambda day: not deadline.working or working(regime, day))
