"""What officers ask of the house beside cases and people: figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountFigures:
    """Count for the officer's office and all below it; answered by FiguresCounted. `period` as in handlers/counting."""

    period: str


@dataclass(frozen=True, slots=True)
class ProposeExport:
    """The register of the officer's office and those below, of a month ("2024-10", "" for all), as csv or xlsx.

    Nothing goes out before another person agreed. Answered by ExportProposed.
    """

    format: str
    month: str


@dataclass(frozen=True, slots=True)
class AnswerExport:
    """Agree to an export that another proposed, or not; who proposed it may only take it back. See ExportAnswered."""

    number: int
    agreed: bool
