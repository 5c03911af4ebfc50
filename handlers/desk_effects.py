"""What the desk may ask of the house: a queue narrowed, its labels and saved views, many cases at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.effects import Effect, Value
    from handlers.sifting import Sift


@dataclass(frozen=True, slots=True)
class LoadQueue:
    """Answered by QueueLoaded: one page of the officer's own office; `said` is the filter in words."""

    sift: Sift
    page: int
    said: Value


@dataclass(frozen=True, slots=True)
class LoadDesk:
    """What words can mean at the officer's desk, for what comes `then`; answered by DeskLoaded."""

    then: str
    words: str


@dataclass(frozen=True, slots=True)
class KeepView:
    """Keep a filter under a name for this officer; words "" drop it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class NoteLabel:
    """An office's label is on one case more, or (-1) on one less."""

    office: str
    word: str
    more: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What many cases are wanted to become: an action of handlers/bulk.py, its words, and to whom or where."""

    action: str
    words: str = ""
    officer: int = 0
    office: str = ""


@dataclass(frozen=True, slots=True)
class LoadBulk:
    """The first cases of a filter, to be looked at; answered by BulkLoaded."""

    sift: Sift
    said: Value
    wish: Wish


@dataclass(frozen=True, slots=True)
class One:
    """A case of many: its number, the revision that was shown, and in whose hands and where it was before."""

    ticket: str
    rev: int
    holder: int = 0
    status: str = ""


@dataclass(frozen=True, slots=True)
class LoadMany:
    """These cases, locked until the event is done; answered by ManyLoaded. `back`: to take back what was done."""

    wish: Wish
    cases: tuple[One, ...]
    id: str  # of the proposal
    back: bool = False


@dataclass(frozen=True, slots=True)
class MoveMany:
    """What is done to each of these, a MoveCase first; `left` were left alone, and why. Answered by ManyMoved."""

    wish: Wish
    steps: tuple[tuple[One, tuple[Effect, ...]], ...]
    left: tuple[tuple[str, str], ...]  # ticket, a key of handlers.bulk.LEFT
    id: str
    back: bool = False
