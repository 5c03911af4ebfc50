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
    "id", "label", "regimes", "days", "prolonged", "counts", "after", "during", "article", "version", "legal",
    "whose", "confidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prolonged:
    """Days that the law adds, counted alike, once this move was made; and what the clock is called since."""

    days: int
    by: str
    label: str


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
    prolonged: Prolonged | None = None
    reporter: bool = False  # the reporter's to keep, not the office's


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs, its first and its last day."""

    deadline: Deadline
    started: date
    last_day: date
    longer: bool = False  # it was prolonged

    @property
    def label(self) -> str:
        """What it is called now."""
        more = self.deadline.prolonged if self.longer else None
        return more.label if more else self.deadline.label


def load_deadlines(path: Path = FILE) -> tuple[Deadline, ...]:
    """Every row in its order. Raises LawProblem, which must stop the start."""
    return datafile.read(path).listed("deadline", _deadline)


def _deadline(row: Table) -> Deadline:
    row.only(*KNOWN)
    row.choice("confidence", "A", "B", "C")
    row.text("version")
    return Deadline(
        id=row.text("id"),
        label=row.text("label"),
        regimes=frozenset(row.words("regimes")),
        days=_days(row),
        working=row.choice("counts", "kalender", "kerja") == "kerja",
        after=row.words("after"),
        during=frozenset(row.words("during")),
        article=row.text("article"),
        legal=row.get("legal", bool, "true or false"),
        prolonged=_prolonged(row.table("prolonged")) if "prolonged" in row.values else None,
        reporter="whose" in row.values and row.choice("whose", "pelapor", "kantor") == "pelapor",
    )


def _prolonged(row: Table) -> Prolonged:
    row.only("days", "by", "label")
    return Prolonged(_days(row), row.text("by"), row.text("label"))


def _days(row: Table) -> int:
    days = row.get("days", int, "a number of days")
    if not 1 <= days <= LONGEST:
        raise row.problem("days", f"should be between 1 and {LONGEST}, not {days}")
    return days


def running(
    deadlines: Iterable[Deadline], regime: Regime, status: str, facts: Mapping[str, Mapping[str, Any]]
) -> Running | None:
    """The nearest clock of a case in this state, by the dates that were typed for its moves; None where none runs."""
    found = [
        Running(one, start, last_day(one, start, regime, longer=longer(one, facts)), longer(one, facts))
        for one in deadlines
        if regime.id in one.regimes and status in one.during and (start := started(one, facts))
    ]
    return min(found, key=lambda one: one.last_day, default=None)


def started(deadline: Deadline, facts: Mapping[str, Mapping[str, Any]]) -> date | None:
    """The newest of the days from which it runs; None where none of its moves was made."""
    days = [date.fromisoformat(facts[move]["tanggal"]) for move in deadline.after if move in facts]
    return max(days, default=None)


def longer(deadline: Deadline, facts: Mapping[str, Mapping[str, Any]]) -> bool:
    """Was it recorded that this clock is prolonged?"""
    return deadline.prolonged is not None and deadline.prolonged.by in facts


def last_day(deadline: Deadline, start: date, regime: Regime, *, longer: bool = False) -> date:
    """Count from the day after `start` as day 1, in calendar or in working days; of one that was prolonged, on."""
    more = deadline.prolonged.days if longer and deadline.prolonged else 0
    return nth_day(start, deadline.days + more, lambda day: not deadline.working or working(regime, day))
