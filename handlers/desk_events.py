"""What the desk hears from the house: a queue, what words can mean there, what became of many cases at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.desk_effects import One, Wish
    from handlers.effects import Value
    from handlers.sifting import Sift
    from handlers.view import CaseView


@dataclass(frozen=True, slots=True)
class QueueLoaded:
    """Answer to LoadQueue: one page of an office's queue, and the names of the officer's saved views."""

    sift: Sift
    said: Value
    page: int
    pages: int
    total: int
    cases: tuple[CaseView, ...]
    saved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskLoaded:
    """Answer to LoadDesk: who serves there, the kecamatan by code, the labels in use, the officer's saved views."""

    then: str
    words: str
    officers: tuple[tuple[int, str], ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    saved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkLoaded:
    """Answer to LoadBulk: how many there are, the first of them, and those whom nobody there could take."""

    said: Value
    wish: Wish
    total: int
    cases: tuple[CaseView, ...]
    unable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ManyLoaded:
    """Answer to LoadMany: each with its case as it is now, None where it is no longer theirs."""

    wish: Wish
    cases: tuple[tuple[One, CaseView | None], ...]
    id: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class ManyMoved:
    """Answer to MoveMany: what was done, each at its revision now, and what was left alone."""

    wish: Wish
    done: tuple[One, ...]
    left: tuple[tuple[str, str], ...]
    id: str
    back: bool = False
