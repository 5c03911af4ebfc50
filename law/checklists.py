"""What is usually looked at in each stage of a case, as data: law/checklists.toml. Reminders; nothing is held up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile

if TYPE_CHECKING:
    from law.datafile import Table

FILE = Path(__file__).with_name("checklists.toml")
LONGEST = 18  # letters of a label: two more are its mark


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; `label` is its button, `source` where it comes from, "" where no rule is known."""

    id: str
    stages: frozenset[str]
    label: str
    text: str
    source: str


def load_checks(path: Path = FILE) -> tuple[Check, ...]:
    """Every row in its order. Raises LawProblem, which must stop the start."""
    return datafile.read(path).listed("butir", _check)


def _check(row: Table) -> Check:
    row.only("id", "stages", "label", "text", "source")
    label = row.text("label")
    if len(label) > LONGEST:
        raise row.problem("label", f"should have at most {LONGEST} letters, not {len(label)}")
    return Check(
        row.text("id"), frozenset(row.words("stages")), label, row.text("text"), row.text("source", blank=True)
    )
