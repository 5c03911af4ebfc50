"""An offered case that is not taken: given back, or left without an answer; the second time it goes up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.inside import together
from bot.inside.act import Act, audience, say
from bot.inside.filing import announce, redraw, served_office, view
from handlers.events import CaseLoaded, CaseMoved, Event
from handlers.life import BARU
from handlers.offers import goes_up, not_taken
from handlers.triage import above, sees
from place.areas import office_name
from storage import cases, offices

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from handlers import effects as ask
    from storage.cases import Case


def decline(act: Act, effect: ask.DeclineOffer) -> list[Event]:
    """An officer of the office that was asked gives it back."""
    case, staff = act.permitted(effect.ticket), act.turn.staff
    if case is None or staff is None or case.rev != effect.rev or not sees(staff, case.offered):
        return [CaseLoaded(None, "kasus", "")]
    _returned(act, case, "kembalikan", effect.reason, staff.id)
    return []


def lapse(act: Act, case_id: int, until: int) -> None:
    """Nobody answered until this time; nothing where somebody did meanwhile."""
    case = cases.by_id(act.work.writing(), act.means.keys, case_id)
    if case.offered and case.offer_ends == until:
        _returned(act, case, "tanpa_jawaban")


def _returned(act: Act, case: Case, action: str, reason: str = "", staff_id: int | None = None) -> None:
    conn, asked = act.work.writing(), case.offered
    seen = view(act, case, history=False)
    note = not_taken(seen, reason)
    cases.move(conn, case, act.now, offered="", offer_ends=0)
    cases.set_facts(conn, case, {"tawaran": None, "kembali": case.facts.get("kembali", 0) + 1})
    act.work.record(case, act.now, action, staff_id=staff_id, office=asked, note=reason)
    if goes_up(seen):
        _up(act, case)
        return
    redraw(act, case, moved=True)
    for to in audience(act, case.office, case):
        say(act, to, note)


def _up(act: Act, case: Case) -> None:
    """The office above decides whose it is: it has the case now."""
    conn = act.work.writing()
    up, _ = served_office(act, above(case.office), case.barred)
    cases.move(conn, case, act.now, office=up, holder=None, status=BARU)
    cases.set_facts(conn, case, {"kembali": None})
    act.work.record(case, act.now, "diputus_atas", office=up)
    together.follow(act, case)
    redraw(act, case, moved=True)
    announce(act, case)
    together.tell(act, case, CaseMoved(case.ticket, "naik", office_name(up)))


def lapsing(conn: Connection, now: int, most: int) -> list[tuple[str, int, Callable[[Act], None]]]:
    """(name, a conversation to do it in, what is to be done) of the offers that ran out.

    It is done where an officer of the office that has the case hears, or one of the office that was asked.
    """
    found: list[tuple[str, int, Callable[[Act], None]]] = []
    for case_id, office, asked, until in cases.lapsed(conn, now, most):
        if (seat := offices.a_seat(conn, (office, asked))) is not None:
            found.append((f"tawaran:{case_id}:{until}", seat, partial(lapse, case_id=case_id, until=until)))
    return found
