"""Figures and exports in the house of dicts: each case looked at, one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers import counting, triage
from handlers import events as told
from handlers.office_effects import AnswerExport, CountFigures, ProposeExport
from handlers.office_events import Export, ExportAnswered, ExportProposed, FiguresCounted
from handlers.register import REGISTERED
from place.districts import all_kecamatan
from tests.handlers.memory_cases import local
from tests.handlers.memory_house import OFFICES, Act, Case, MemoryHouse


def count_figures(house: MemoryHouse, act: Act, effect: CountFigures) -> list[told.Event]:
    staff = act.turn.staff
    today = local(house.at, staff.office).date()
    veiled = staff.role == "auditor"
    days = counting.span(effect.period, today, whole=veiled)
    groups: dict[str, dict[str, Counter[bool]]] = {name: {} for name in ("kind", "position", "fate", "limit")}
    for case in house.cases:
        hidden = staff.id in case.barred or not (triage.is_near(staff, case) or case.holder == staff.id)
        aloud = act.turn.private or not house.silenced(case)
        if triage.covers(staff.office, case.office) and aloud and not hidden and not case.main:
            for group, value, day in counted(
                house, case, staff.office, (days.last + counting.DAY if veiled else today).isoformat()
            ):
                if days.first.isoformat() <= day <= days.last.isoformat():
                    groups[group].setdefault(value, Counter())[day >= days.middle.isoformat()] += 1
    pairs = {name: {value: (n[True], n[False]) for value, n in found.items()} for name, found in groups.items()}
    name = OFFICES[staff.office]
    if staff.role == triage.PANWASCAM:
        name = f"{name}, Kec. {all_kecamatan().get(staff.kecamatan, '-')}"
    return [FiguresCounted(name, effect.period, days, pairs, "." not in staff.office, veiled)]


def counted(house: MemoryHouse, case: Case, wall: str, today: str) -> list[tuple[str, str, str]]:
    """(group, value, ISO day) for everything that a case counts for."""
    answers: dict[str, Any] = case.answers
    came = local(case.created, wall).date().isoformat()
    post = counting.post_of(answers, house.book) or answers.get("position", "")
    found = [("kind", answers.get("kind", ""), came), ("position", post, came)]
    day, fate = counting.fate(case.status, case.facts)
    if fate:
        silent = fate in {"diteruskan", "diverifikasi", "di_ppk"} and "" < case.deadline < today
        found.append(("fate", "diam" if silent else fate, day))
    for one in counting.limits(answers, case.status, case.facts, house.at, house.book):
        done = one.done if one.done <= today else ""
        how = kept(one.due, one.last, done or today)
        if done or one.due < today:
            found.append(("limit", f"{one.clock}/{how}", one.due))
    return found


def kept(due: str, last: str, ended: str) -> str:
    return "tepat" if ended <= due else "tambahan" if ended <= last else "lewat"


# --- exports ------------------------------------------------------------------------------------------------------


def register(house: MemoryHouse, office: str, month: str, reader: int) -> list[tuple[str, int]]:
    """The cases that would go out, and at which revision."""
    mine = [case for case in house.cases if triage.covers(office, case.office) and case.status in REGISTERED]
    mine = [case for case in mine if reader not in case.barred]
    return [(case.ticket, case.rev) for case in mine if f"{local(case.created, office):%Y-%m}".startswith(month)]


def propose_export(house: MemoryHouse, act: Act, effect: ProposeExport) -> list[told.Event]:
    staff = act.turn.staff
    found = register(house, staff.office, effect.month, staff.id)
    number = len(house.exports) + 1 if found else 0
    wish = Export(
        number, effect.format, effect.month, len(found), staff.office, staff.office_name, staff.id, staff.name
    )
    if found:
        house.exports.append({"wish": wish, "found": found, "until": house.at + timedelta(hours=24), "open": True})
    able = seconds(house, wish, found) if found else ()
    return [ExportProposed(wish, 50_000, able, aloud=not act.turn.private)]


def seconds(house: MemoryHouse, wish: Export, found: list[tuple[str, int]]) -> tuple[int, ...]:
    for code in triage.upward(wish.office):
        here = [o.staff for o in house.officers if o.staff.office == code and o.staff.role in triage.DECIDE]
        others = [one.id for one in here if house.apart(wish.proposer, one.id)]
        if alike := [one for one in others if register(house, wish.office, wish.month, one) == found]:
            return tuple(alike)
    return ()


def answer_export(house: MemoryHouse, act: Act, effect: AnswerExport) -> list[told.Event]:
    staff = act.turn.staff
    known = next((one for one in house.exports if one["wish"].number == effect.number), None)
    if known is None or not known["open"] or not triage.covers(staff.office, known["wish"].office):
        return [ExportAnswered("")]
    wish, own = known["wish"], known["wish"].proposer == staff.id
    now = register(house, wish.office, wish.month, wish.proposer)
    if register(house, wish.office, wish.month, staff.id) != now:
        return [ExportAnswered("")]
    if not effect.agreed:
        outcome = "cabut" if own else "tolak"
    elif own:
        outcome = "sendiri"
    elif house.at >= known["until"]:
        outcome = "lewat"
    elif not house.apart(wish.proposer, staff.id):
        outcome = "dekat"
    else:
        outcome = "setuju" if now == known["found"] else "berubah"
    known["open"] = outcome not in {"cabut", "tolak", "setuju"}
    return [ExportAnswered(outcome, replace(wish), staff.name)]


DEEDS = {CountFigures: count_figures, ProposeExport: propose_export, AnswerExport: answer_export}
