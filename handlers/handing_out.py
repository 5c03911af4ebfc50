"""Requests of officers by which something leaves a case: a paper, a telephone number, who its reporter is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.effects import MoveCase


@dataclass(frozen=True, slots=True)
class NoteDeed:
    """A row of history by this officer that changes nothing of the case: a paper was handed out."""

    ticket: str
    action: str


@dataclass(frozen=True, slots=True)
class ShowContact:
    """Send name and number of a reporter who agreed to be reached to this officer's private chat, and note it."""

    ticket: str
    rev: int


@dataclass(frozen=True, slots=True)
class ShowIdentity:
    """What the reporter wrote of themselves, to this officer's private chat, if they still hold the case.

    `noted` is the row of history that goes with it; without it nothing is shown.
    """

    officer: int
    noted: MoveCase
