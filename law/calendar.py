"""Stages of elections per region, as data: which regime holds in a place on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile
from law.datafile import LawProblem, Table

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Calendar", "LawProblem", "Stage"]

FILE = Path(__file__).with_name("calendar.toml")
REGIMES = Path(__file__).with_name("regimes")
EVERYWHERE = "semua"
OUTSIDE = "luar_tahapan"  # the rules where no stage holds: never a stage itself
CODE = re.compile(r"\d{2}(\.\d{2}){0,2}")  # province, kabupaten or kota, kecamatan (Kemendagri)


@dataclass(frozen=True, slots=True)
class Stage:
    """What holds on a day: regime is the name of a file in law/regimes/."""

    regime: str
    name: str  # "Pilkada 2024"
    phase: str  # "kampanye"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the file, for one region ("" is everywhere); both days belong to it."""

    region: str
    first: date
    last: date
    stage: Stage
    where: str  # its place in the file, for refusals

    def holds(self, code: str, day: date) -> bool:
        """Say whether it holds in this region on this day."""
        here = not self.region or code == self.region or code.startswith(self.region + ".")
        return here and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Calendar:
    """All stages that are known; outside them there is no statutory clock."""

    entries: tuple[Entry, ...]

    @classmethod
    def load(cls, path: Path = FILE) -> Calendar:
        """Read a calendar file. Raises LawProblem, which must stop the start."""
        file = datafile.read(path)
        file.only("stage")
        regimes = tuple(sorted({rule.stem for rule in REGIMES.glob("*.toml")} - {OUTSIDE}))
        entries = tuple(entry for row in file.tables("stage") for entry in _entries(row, regimes))
        _refuse_overlap(entries)
        return cls(entries)

    def stage(self, code: str, day: date) -> Stage | None:
        """Find the stage in a region ("33.11", "" where not known) on a day; the most local entry wins."""
        found = [entry for entry in self.entries if entry.holds(code, day)]
        return max(found, key=lambda entry: len(entry.region)).stage if found else None


def _entries(row: Table, regimes: tuple[str, ...]) -> list[Entry]:
    row.only("regime", "name", "phase", "regions", "from", "to", "source", "confidence")
    stage = Stage(row.choice("regime", *regimes), row.text("name"), row.text("phase"))
    row.text("source")
    row.choice("confidence", "A", "B", "C")
    first, last = row.day("from"), row.day("to")
    if last < first:
        raise row.problem("to", f"({last}) lies before 'from' ({first})")
    return [Entry(region, first, last, stage, row.where) for region in _regions(row)]


def _regions(row: Table) -> tuple[str, ...]:
    if row.values.get("regions") == EVERYWHERE:
        return ("",)
    codes = row.words("regions") if isinstance(row.values.get("regions"), list) else ()
    wrong = [code for code in codes if not CODE.fullmatch(code)]
    if wrong or not codes:
        given = wrong[0] if wrong else row.values.get("regions")
        raise row.problem("regions", f'should be "{EVERYWHERE}" or a list of codes like ["33.11"], not {given!r}')
    return codes


def _refuse_overlap(entries: tuple[Entry, ...]) -> None:
    """Two stages on one day in one region leave open which rules hold; a wider region may overlap."""
    ordered = sorted(entries, key=lambda entry: (entry.region, entry.first))
    for one, two in pairwise(ordered):
        if one.region == two.region and two.first <= one.last:
            region = one.region or EVERYWHERE
            raise LawProblem(f"{two.where}: overlaps {one.where} for region {region} from {two.first} on")
