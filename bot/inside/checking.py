"""The list of a case's stage: one change to it, under the case's lock, so that of two who tick at once both count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inside.filing import redraw, view
from handlers.checking import CODED
from handlers.checklist import KEPT, applied
from handlers.events import CaseLoaded, Event
from storage import cases

if TYPE_CHECKING:
    from bot.inside.act import Act
    from handlers.checklist_effects import CheckItem


def check_item(act: Act, effect: CheckItem) -> list[Event]:
    """Carry it out and show the list again; a row of history only where the list becomes another, or complete."""
    case, staff = act.permitted(effect.ticket), act.turn.staff
    if case is None or staff is None or case.status != effect.stage:
        return [CaseLoaded(None, "kasus", "")]
    kept, note = applied(case.status, case.facts, effect, staff, act.turn.at, act.means.book)
    cases.set_facts(act.work.writing(), case, {KEPT: kept})
    if note:
        act.work.record(case, act.now, KEPT, staff_id=staff.id, note=note)
    redraw(act, case)
    return [CaseLoaded(view(act, case), "periksa", CODED)]
