"""Who may receive a recommendation, by the day of forwarding and the position of the accused: law/recipients.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from law.datafile import Table

FILE = Path(__file__).with_name("recipients.toml")
POSITIONS = frozenset({"asn", "kades", "tni", "polri", "honorer", "tidak_tahu"})


@dataclass(frozen=True, slots=True)
class Recipient:
    """An agency that receives recommendations about these positions, from its first day to its last, both included."""

    id: str
    name: str
    positions: frozenset[str]
    first: date
    last: date
    source: str


def load_recipients(path: Path = FILE) -> tuple[Recipient, ...]:
    """Every row in its order. Raises LawProblem, which must stop the start."""
    file = datafile.read(path)
    found = file.listed("recipient", _recipient)
    if missing := sorted(POSITIONS - {position for one in found for position in one.positions}):
        raise file.problem("recipient", f"names nobody for: {', '.join(missing)}")
    return found


def _recipient(row: Table) -> Recipient:
    row.only("id", "name", "positions", "from", "until", "source", "confidence")
    row.choice("confidence", "A", "B", "C")
    positions = frozenset(row.words("positions"))
    if unknown := sorted(positions - POSITIONS):
        raise row.problem("positions", f"holds {unknown[0]!r}; known are: {', '.join(sorted(POSITIONS))}")
    first = row.day("from") if "from" in row.values else date.min
    last = row.day("until") if "until" in row.values else date.max
    if last < first:
        raise row.problem("until", "is before 'from'")
    return Recipient(row.text("id"), row.text("name"), positions, first, last, row.text("source"))


def receiving(recipients: Iterable[Recipient], position: str, day: date) -> tuple[Recipient, ...]:
    """Who may receive on this day; a position that is not known may be any."""
    return tuple(
        one for one in recipients if one.first <= day <= one.last and (position or "tidak_tahu") in one.positions
    )
