"""`jaganetral place --replay`: a version of the map decides past cases anew; who would move, and to where.

What it prints names cases by ticket, offices and statuses; never words, points, villages or persons.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import click

from bot.config import settings
from bot.place_version import use_tried
from bot.start import open_all
from place import find
from place.areas import NATION, exists, office_name
from storage import cases

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from bot.config import Settings
    from place.found import Found
    from storage.cases import Case

Outcome = Literal["tetap", "pindah", "ditanya"]
BATCH = 200  # cases read at once; between batches a writer may go on
SEALED = "tidak terbuka dengan kunci yang ada"
UNASKED = "tidak menyimpan pertanyaan tempatnya"


@dataclass(slots=True)
class Tally:
    """What became of the cases looked at."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)  # by why
    silent: int = 0  # moved from one kabupaten/kota to another, and nobody would have been asked


@dataclass(frozen=True, slots=True)
class Decision:
    """How a case's place was decided when it came: code "" where it stayed unknown."""

    code: str
    chosen: bool  # out of options that the map gave, by the reporter

    @classmethod
    def kept(cls, answers: Mapping[str, Any]) -> Decision:
        """As it lies in the answers: a choice says what was asked, and the map's own decision carries its trace."""
        place = answers.get("place") or {}
        return cls(place.get("code", ""), "asked" in place or (bool(place) and "trace" not in place))

    def beside(self, found: Found) -> Outcome:
        """What the new decision makes of it. Who was asked and would be asked again chooses the same again."""
        if found.decision == "route":
            return "tetap" if found.code == self.code else "pindah"
        offered = any(code == self.code for code, _ in found.options)
        return "tetap" if not self.code or (self.chosen and offered) else "ditanya"


def replay(name: str) -> int:
    """The whole command: the exit status is 1 where a case would move silently to another kabupaten/kota, else 0."""
    chosen = settings()
    use_tried(name, chosen.data_dir)
    tally = asyncio.run(_replay(chosen))
    click.echo(_summary(name, tally))
    return int(tally.silent > 0)


async def _replay(chosen: Settings) -> Tally:
    tally = Tally()
    async with aclosing(_past(chosen)) as every:
        async for case, passed in every:
            _decide(tally, case, passed=passed)
    return tally


async def _past(chosen: Settings) -> AsyncGenerator[tuple[Case | None, bool], None]:
    """Every case, oldest first, and whether an officer passed it on."""
    database, keys, _ = await open_all(chosen)
    after = 0
    try:
        while batch := await database.read(partial(cases.past, keys=keys, after=after, most=BATCH)):
            for _, case, passed in batch:
                yield case, passed
            after = batch[-1][0]
    finally:
        await database.close()


def _decide(tally: Tally, case: Case | None, *, passed: bool) -> None:
    found = _found(case.answers) if case else None
    if case is None or found is None:
        tally.failed[SEALED if case is None else UNASKED] += 1
        return
    was = Decision.kept(case.answers)
    outcome = was.beside(found)
    tally.outcomes[outcome] += 1
    tally.silent += outcome == "pindah" and bool(was.code)
    if outcome != "tetap":
        click.echo(_line(case, was, found, passed=passed))


def _found(answers: Mapping[str, Any]) -> Found | None:
    """The new decision on the question as it was put (bot/inside/perform.py); None where the case does not keep it."""
    if said := answers.get("place_said"):
        return find.find_point(said["lat"], said["lon"]) if "lat" in said else find.find_text(said["text"])
    if Decision.kept(answers).chosen or not answers.get("story"):
        return None
    return find.find_in_story(answers["story"])


def _line(case: Case, was: Decision, found: Found, *, passed: bool) -> str:
    to = office_name(found.code) if found.decision == "route" else "akan ditanyakan"
    notes = [case.status]
    notes += ["dipilih pelapor"] if was.chosen else []
    notes += ["dialihkan petugas"] if passed else []
    return f"{case.ticket}: {_office(was.code or NATION)} -> {to} ({', '.join(notes)})"


def _office(code: str) -> str:
    return office_name(code) if exists(code) else f"kantor {code} (tidak ada di peta ini)"


def _summary(name: str, tally: Tally) -> str:
    """How many of each; a line more for each reason why a case could not be decided anew."""
    looked, failed = tally.outcomes.total() + tally.failed.total(), tally.failed.total()
    of = tally.outcomes
    counts = f"{of['tetap']} tetap, {of['pindah']} pindah, {of['ditanya']} akan ditanyakan"
    rows = [f"Peta {name}: {looked} kasus dilihat; {counts}, {failed} tidak dapat diputar ulang."]
    rows += [f"Tidak dapat diputar ulang: {count} {why}." for why, count in sorted(tally.failed.items())]
    if tally.silent:
        rows.append(f"Pindah ke kabupaten/kota lain tanpa ditanyakan: {tally.silent}.")
    return "\n".join(rows)
