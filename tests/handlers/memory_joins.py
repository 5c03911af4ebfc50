"""Cases of one act in the house of dicts: every case is compared with every other."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any

from handlers import life, triage
from handlers.joins import ELSEWHERE, NAMING
from handlers.likeness import Marks, alike, marks_of
from handlers.pairs import Similar

if TYPE_CHECKING:
    from tests.handlers.memory_house import Case, MemoryHouse

MOST = 3


def marks(case: Case) -> Marks:
    return marks_of(case.answers, case.created.astimezone(timezone(timedelta(hours=7))).date())


def look(house: MemoryHouse, case: Case) -> None:
    """What it may be the same as is noted with it, at those moments at which the house looks."""
    if case.status in life.ENDED:
        return
    apart = case.facts.get("beda", [])
    others = [one for one in reversed(house.cases) if one is not case and one.office == case.office]
    over = [one for one in others if (one.status not in life.ENDED or one.main) and one.ticket not in apart]
    why = {one.ticket: list(alike(marks(case), marks(one))) for one in over}
    first = [(ticket, reasons) for ticket, reasons in why.items() if reasons][:MOST]
    found = dict(sorted(first, key=lambda one: -len(one[1])))
    case.facts = {key: value for key, value in case.facts.items() if key != "mirip"} | (
        {"mirip": found} if found else {}
    )


def similar(house: MemoryHouse, case: Case) -> tuple[Similar, ...]:
    found: dict[str, Similar] = {}
    said = {case.ticket, *case.facts.get("beda", [])}
    for ticket, why in case.facts.get("mirip", {}).items() if case.status not in life.ENDED else ():
        one = next(one for one in house.cases if one.ticket == ticket)
        main = one.main or one
        if (
            not {ticket, main.ticket} & said
            and main.barred == case.barred
            and main.office == case.office
            and main.status not in life.ENDED
        ):
            newer = house.cases.index(main) > house.cases.index(case)
            found.setdefault(main.ticket, Similar(main.ticket, main.status, main.rev, tuple(why), newer=newer))
    return tuple(found.values())


def seen_from(house: MemoryHouse, case: Case, row: dict[str, Any]) -> str:
    """The note of a row of history; no ticket that the case's office may not see, or from which others are kept out."""
    if row["action"] not in NAMING:
        return str(row["note"])
    other = next(one for one in house.cases if one.ticket == row["note"])
    heard = triage.covers(case.office, other.office) and other.barred == case.barred
    return other.ticket if heard else ELSEWHERE


def apart(house: MemoryHouse, case: Case) -> frozenset[str]:
    """Every ticket of another kecamatan: those that it names are among them."""
    return frozenset(one.ticket for one in house.cases if one.kecamatan != case.kecamatan)
