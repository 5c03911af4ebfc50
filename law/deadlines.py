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


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs, and its last day."""

    deadline: Deadline
    last_day: date


def load_deadlines(path: Path = FILE) -> tuple[Deadline, ...]:
    """Every row in its order. Raises LawProblem, which must stop the start."""
    return datafile.read(path).listed("deadline", _deadline)


def _deadline(row: Table) -> Deadline:
    row.only("id", "label", "regimes", "days", "counts", "after", "during", "article", "legal", "confidence")
    row.choice("confidence", "A", "B", "C")
    days = row.get("days", int, "a number of days")
    if not 1 <= days <= LONGEST:
        raise row.problem("days", f"should be between 1 and {LONGEST}, not {days}")
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
    )


def running(
    deadlines: Iterable[Deadline], regime: Regime, status: str, facts: Mapping[str, Mapping[str, Any]]
) -> Running | None:
    """The nearest clock of a case in this state, by the dates that were typed for its moves; None where none runs."""
    found = [
        Running(one, last_day(one, max(starts), regime))
        for one in deadlines
        if regime.id in one.regimes and status in one.during and (starts := _starts(one, facts))
    ]
    return min(found, key=lambda one: one.last_day, default=None)


def _starts(deadline: Deadline, facts: Mapping[str, Mapping[str, Any]]) -> list[date]:
    return [date.fromisoformat(facts[move]["tanggal"]) for move in deadline.after if move in facts]


def last_day(deadline: Deadline, start: date, regime: Regime) -> date:
    """Count from the day after `start` as day 1, in calendar or in working days."""
    return nth_day(start, deadline.days, lambda day: not deadline.working or working(regime, day))
