"""What can go out beside words: the map of a place, a chart, a document. The house makes them when they are sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.effects import T

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.effects import Value


@dataclass(frozen=True, slots=True)
class Spot:
    """A small picture of a place: the outlines of these kabupaten, the likeliest first, and the point where known."""

    codes: tuple[str, ...]
    point: tuple[float, float] | None = None  # degrees WGS 84: latitude, longitude


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart: how long its two bars are, and what stands at their ends."""

    label: Value
    now: int
    before: int
    said: tuple[Value, Value]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures as bars; drawn by the house when it is sent. `legend` says which days the two tones are of."""

    title: Value
    legend: tuple[Value, Value]
    parts: tuple[tuple[Value, tuple[Bar, ...]], ...]
    note: Value = ""


NOT_NOW = T("Dokumennya belum dapat dibuat atau dikirim sekarang. Mohon minta lagi beberapa menit kemudian.")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, made by the house only when it goes out (bot/outgoing/papers.py), never kept beside its message.

    `name` is what the file is called: plain ASCII letters, digits, hyphens and one dot. `given` is what its maker needs
    besides the ticket. `otherwise` is said where it cannot be made or sent.
    """

    kind: str
    name: str
    ticket: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    otherwise: T = NOT_NOW
