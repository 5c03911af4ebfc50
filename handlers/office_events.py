"""What an office and its people hear from the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.counting import Span
    from handlers.template import Template
    from handlers.view import CaseView


@dataclass(frozen=True, slots=True)
class InviteSpent:
    """Answer to SpendInvite; office "" when the code is unknown, spent or expired, or fell with who made it.

    With `last` the code is unspent still: its office would lose its last koordinator (`office_name`).
    """

    office: str
    office_name: str = ""
    role: str = ""
    kecamatan: str = ""  # the name of a panwascam's
    inherited: int = 0  # waiting cases that came down from above
    last: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """Answer to Invite: the links by which one person can join until then."""

    office_name: str
    role: str
    web: str
    telegram: str  # "" while no bot has ever started
    until: datetime
    zone: str
    kecamatan: str = ""  # the name of a panwascam's


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A case is in an officer's hands now; to who put it there."""

    ticket: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Answer to Dismiss; name "" where there is no such officer here, `last` where no koordinator would be left."""

    name: str
    office_name: str = ""
    last: bool = False
    freed: int = 0  # cases that nobody holds now


@dataclass(frozen=True, slots=True)
class OfficeLoaded:
    """Answer to LoadOffice: what was entered, never more. `words` come back as they were given."""

    code: str
    name: str
    profile: Mapping[str, str] = field(default_factory=dict)  # address, hours
    officers: tuple[tuple[int, str, str, bool], ...] = ()  # id, name, role, on duty
    group: bool = False
    words: str = ""
    kecamatan: Mapping[int, str] = field(default_factory=dict)  # the panwascam's, by officer; "" where none is set
    marks: tuple[tuple[str, str], ...] = ()  # who is kept out of what, as far as the reader may know


@dataclass(frozen=True, slots=True)
class OfficerNamed:
    """Answer to NameOfficer; before "" where there is no such officer here, `taken` where a colleague is called so."""

    number: int
    name: str
    before: str = ""
    taken: bool = False


@dataclass(frozen=True, slots=True)
class MorningCame:
    """Eight o'clock at an office: how many cases wait (and do so in silence) or run; limits; offices below."""

    office_name: str
    waiting: int
    silent: int
    running: int
    due: tuple[tuple[str, str, str, str], ...]  # ticket, status, ISO day, kind
    below: tuple[tuple[str, int, int], ...]  # office, untaken in silence, past a limit
    office: str


@dataclass(frozen=True, slots=True)
class CasesFound:
    """Answer to Search: how many there are, and the newest of them."""

    words: str
    total: int
    cases: tuple[CaseView, ...]


@dataclass(frozen=True, slots=True)
class FiguresCounted:
    """Answer to CountFigures: (now, before) by value, in the groups kind, position, fate and limit ("clock/how")."""

    office_name: str
    period: str
    days: Span
    groups: Mapping[str, Mapping[str, tuple[int, int]]]
    below: bool  # offices below it are counted too
    veiled: bool  # small numbers are not told


@dataclass(frozen=True, slots=True)
class Export:
    """An export of a register as it was proposed; `name` is the proposer's, `proposer` their number."""

    number: int
    format: str
    month: str
    total: int
    office: str
    office_name: str
    proposer: int
    name: str


@dataclass(frozen=True, slots=True)
class ExportProposed:
    """Answer to ProposeExport; number 0 where nothing was noted: there is no such case, or more than `most`.

    `seconds` are the officers who may agree: they see the very same cases. `aloud` where it was asked in a group.
    """

    export: Export
    most: int
    seconds: tuple[int, ...] = ()
    aloud: bool = False


@dataclass(frozen=True, slots=True)
class ExportAnswered:
    """Answer to AnswerExport: outcome is setuju, tolak, cabut (taken back), or why not; "" where there is none.

    sendiri: one's own; dekat: maybe one person's with it (handlers/near.py); berubah, lewat: it holds no more.
    """

    outcome: str
    export: Export | None = None
    name: str = ""  # of who answered


@dataclass(frozen=True, slots=True)
class TemplatesLoaded:
    """Answer to LoadTemplates, SaveTemplate and DropTemplate: the stored texts, those of the own office first.

    `outcome` is "" for a list, simpan, buang, kembali; tiada where there is none of that name; penuh for too many.
    """

    office: str
    templates: tuple[Template, ...]
    words: str = ""
    outcome: str = ""
