"""Cases of one act joined and parted by an officer; what becomes of the main one reaches each who told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.inside.act import Act, deliver
from bot.inside.doubles import APART
from bot.inside.filing import redraw, view
from bot.inside.going import opened_again
from bot.inside.marks import due_day
from bot.inside.people import able
from handlers.events import CaseLoaded, CaseMoved, Event
from handlers.life import BARU, DIGABUNG, DITANGANI
from handlers.pairs import LoadPair, PairCases, PairLoaded, SeparateCase
from place.areas import office_name
from storage import cases, conflicts

if TYPE_CHECKING:
    from storage.cases import Case

KEPT = "gabung"  # of a joined case's facts: what it was before


def load_pair(act: Act, effect: LoadPair) -> list[Event]:
    """Both, locked; where the other is joined to a case, that one."""
    case, other = act.permitted(effect.ticket), act.permitted(effect.other)
    if other and other.main:
        main = cases.by_id(act.work.writing(), act.means.keys, other.main)
        other = main if act.sees(main) else None
    shown = [view(act, one) if one else None for one in (case, other)]
    return [PairLoaded(shown[0], shown[1], effect.command)]


def pair_cases(act: Act, effect: PairCases) -> list[Event]:
    """Join, or note that they are apart; a row of history for each."""
    case, other = act.permitted(effect.ticket), act.permitted(effect.other)
    if case is None or other is None or (case.rev, other.rev) != (effect.rev, effect.other_rev):
        return [CaseLoaded(None, "kasus", "")]
    if effect.action == "beda":
        for one, another in ((case, other), (other, case)):
            apart = [*one.facts.get(APART, ()), another.ticket]
            _noted(act, one, "beda", another.ticket, facts={APART: list(dict.fromkeys(apart))})
        return []
    conflicts.shared(act.work.writing(), case.id, other.id)
    before = {"dari": case.status, "pemegang": case.holder, "kantor": case.office}
    _noted(act, case, "gabung", other.ticket, {KEPT: before, "usul": None}, status=DIGABUNG, holder=None, main=other.id)
    _noted(act, other, "gabungan", case.ticket)
    if case.reporter:
        deliver(act, case.reporter, CaseMoved(case.ticket, DIGABUNG, office_name(case.office)))
    return []


def separate_case(act: Act, effect: SeparateCase) -> list[Event]:
    """As it was before; in nobody's hands where who had it may not any more, and new where it went elsewhere since."""
    case = act.permitted(effect.ticket)
    if case is None or case.rev != effect.rev or not case.main:
        return [CaseLoaded(None, "kasus", "")]
    main, before = cases.by_id(act.work.writing(), act.means.keys, case.main), case.facts[KEPT]
    if not act.sees(main):
        return [CaseLoaded(None, "kasus", "")]
    holder = before["pemegang"] if able(act, before["pemegang"], case) else 0
    alone = before["kantor"] != case.office or (before["dari"] == DITANGANI and not holder)
    status, holder = (BARU, 0) if alone else (before["dari"], holder)
    _noted(act, case, "pisah", main.ticket, {KEPT: None}, status=status, holder=holder or None, main=None)
    _noted(act, main, "pisahan", case.ticket)
    if case.reporter:
        deliver(
            act,
            case.reporter,
            CaseMoved(case.ticket, "pisah_sesudah" if effect.told else "pisah", office_name(case.office), status),
        )
    opened_again(act, case, DIGABUNG, act.turn.staff.id if act.turn.staff else None)
    return []


def _noted(act: Act, case: Case, action: str, ticket: str, facts: dict[str, Any] | None = None, **columns: Any) -> None:
    """A change of one of the two by this officer, with the other's ticket in its history."""
    assert act.turn.staff is not None, "Act.permitted lets nobody else in"
    if "status" in columns:
        columns["deadline"] = due_day(act, case, columns["status"])
    cases.move(act.work.writing(), case, act.now, **columns)
    if facts:
        cases.set_facts(act.work.writing(), case, facts)
    act.work.record(case, act.now, action, staff_id=act.turn.staff.id, note=ticket)
    redraw(act, case)
