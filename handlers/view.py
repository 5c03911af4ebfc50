"""A case as its officers see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its officers may see it: no identity of the reporter, ever."""

    ticket: str
    office: str
    office_name: str
    home: str
    home_name: str
    status: str
    rev: int
    created: datetime
    known: str = ""  # ISO dates, "" where not said
    deadline: str = ""
    urgent: bool = False
    holder: int = 0  # staff id, 0 when nobody took it
    holder_name: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)  # without identity
    evidence: tuple[str, ...] = ()  # ids whose clean view can be shown
    files: tuple[str, ...] = ()  # ids of all whose original is kept
    evidence_waiting: int = 0
    evidence_refused: int = 0
    history: tuple[Mapping[str, Any], ...] = ()  # at, action, name, staff, office, reason, status, note
    facts: Mapping[str, Any] = field(default_factory=dict)  # what officers typed, by move; "usul": what waits
    offered: str = ""  # the office that is asked to take it over, "" where none is
    offered_name: str = ""
    can_reach: bool = True  # the reporter still has a conversation with us
