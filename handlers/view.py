"""A case as its officers see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.pairs import Similar
    from handlers.template import Template
    from handlers.turn import Staff


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
    own_given: frozenset[str] = frozenset()  # names of the reporter's own details that are there, sealed
    evidence: tuple[str, ...] = ()  # ids whose clean view can be shown
    files: tuple[str, ...] = ()  # ids of all whose original is kept
    taken: tuple[str, ...] = ()  # when photos were taken, as their files have it: ISO, by the camera's clock
    evidence_waiting: int = 0
    evidence_refused: int = 0
    history: tuple[Mapping[str, Any], ...] = ()  # at, action, name, staff, office, reason, status, note
    facts: Mapping[str, Any] = field(default_factory=dict)  # what officers typed, by move; "usul": what waits
    offered: str = ""  # the office that is asked to take it over, "" where none is
    offered_name: str = ""
    office_says: Mapping[str, str] = field(default_factory=dict)  # alamat, jam of its office, where a text needs them
    shelf: tuple[Template, ...] = ()  # texts that the officer can take for the command in hand
    kecamatan: str = ""  # code of the place, "" where it is not known
    barred: frozenset[int] = frozenset()  # officers (staff ids) who are kept out of it
    can_reach: bool = True  # the reporter still has a conversation with us
    main: str = ""  # the ticket of the case to which it is joined
    main_holder: int = 0  # who handles that one, and so its reporter, too
    joined: tuple[str, ...] = ()  # tickets of those that are joined to it
    joined_evidence: tuple[tuple[str, tuple[str, ...]], ...] = ()  # of those that have any: ticket, kinds
    similar: tuple[Similar, ...] = ()  # what may be of the same act, the likeliest first
    apart: frozenset[str] = frozenset()  # of the tickets that it names, those of another kecamatan
    too_near: bool = False  # who speaks can not be the second person for what waits there (handlers/near.py)
    reader: Staff | None = None  # who reads it, where that is one officer in a chat of their own
