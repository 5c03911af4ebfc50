"""Two cases at once: what the conversation may ask about them, and what it is answered (handlers/joins.py)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from handlers.view import CaseView


@dataclass(frozen=True, slots=True)
class Similar:
    """Another case of the same office that may tell of the same act; `why` are keys of likeness.REASONS."""

    ticket: str
    status: str
    rev: int
    why: tuple[str, ...]
    newer: bool = False  # it came after this one


@dataclass(frozen=True, slots=True)
class LoadPair:
    """Load a case and another one for a command (gabung, beda, pisah, or pisahkan: asked twice).

    Answered by PairLoaded.
    """

    ticket: str
    other: str
    command: str


@dataclass(frozen=True, slots=True)
class PairLoaded:
    """Answer to LoadPair, both locked; None for missing and for not permitted alike.

    Where the other is joined to a case itself, that one has come instead.
    """

    case: CaseView | None
    other: CaseView | None
    command: str


@dataclass(frozen=True, slots=True)
class PairCases:
    """Join a case to another (gabung), or note that they are not of the same act (beda). Revisions as looked at."""

    action: Literal["gabung", "beda"]
    ticket: str
    rev: int
    other: str
    other_rev: int


@dataclass(frozen=True, slots=True)
class SeparateCase:
    """A joined case stands by itself again, as it was before."""

    ticket: str
    rev: int
    told: bool = False  # its citizen heard of an outcome while it was joined
