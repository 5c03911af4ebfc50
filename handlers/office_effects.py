"""What officers ask of the house beside cases and people: figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountFigures:
    """Count for the officer's office and all below it; answered by FiguresCounted. `period` as in handlers/counting."""

    period: str
