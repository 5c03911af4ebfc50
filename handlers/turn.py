"""What comes in beside an event: who speaks, where, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Staff:
    """An officer, as the conversation knows them."""

    id: int
    name: str
    office: str  # "33.11", "33" or "RI"
    office_name: str
    role: str  # panwascam, petugas, koordinator, auditor
    kecamatan: str = ""  # code of the one that a panwascam sees


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes in beside an event: the time (UTC), who speaks, and where."""

    at: datetime
    staff: Staff | None = None
    private: bool = True
    channel: str = ""
    ticket: str = ""  # the case in whose topic, or in answer to whose card, this was said
    voice: Callable[[str], str] = str  # our sentences in the reader's language, to know typed labels again
    group_office: str = ""  # the office whose group this is, "" elsewhere
    name: str = ""  # how the person calls themselves, where the channel asked (the officers' page)
