"""What a regime is: its clock and the short closed lists of what a report should contain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from law.holidays import Holidays

Counts = Literal["kalender", "kerja", "tanpa"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of a list; had when every key of `all` and one group of `any` is answered, and in time."""

    id: str
    label: str  # Indonesian, short: "alamat terlapor"
    kind: str  # formal or materiel
    article: str
    all: tuple[str, ...] = ()
    any: tuple[tuple[str, ...], ...] = ()
    in_time: str = ""  # the answer whose date the clock runs from
    unknown: str = ""  # the label while that date is not known


@dataclass(frozen=True, slots=True)
class Meter:
    """How far a list is met: "sudah 6 dari 8; belum ada: ..."."""

    have: int
    of: int
    missing: tuple[str, ...]  # labels, in the order of the file
    answers: tuple[str, ...] = ()  # what would have to be told so that nothing of these is missing


@dataclass(frozen=True, slots=True)
class Regime:
    """The rules of one kind of election, from one file in law/regimes/."""

    id: str
    name: str
    regulation: str
    version: str
    effective: str  # "2024-09-30", or "2022" where only the year is known
    law: str
    form: str  # which form a Laporan is written on, "" outside any regime
    source: str
    confidence: str  # A two or more sources, B one source, C inference
    days: int  # 0 where there is no time limit
    counts: Counts
    clock_article: str
    awal: tuple[Requirement, ...]
    laporan: tuple[Requirement, ...]
    paper: tuple[Requirement, ...]  # given on paper at the office: never counted as had
    holidays: Holidays = field(default_factory=Holidays)
