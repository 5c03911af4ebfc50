"""Exports of the register: proposed by one, agreed to by another, over the very same cases at the same revisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.inside.offices import offices_of
from bot.inside.sight import apart
from handlers.exporting import HOURS
from handlers.office_events import Export, ExportAnswered, ExportProposed
from handlers.triage import DECIDE, covers, upward
from place.areas import office_name, zone_of
from storage import offices, register
from storage.cases import stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.inside.act import Act
    from handlers import office_effects as ask
    from handlers.events import Event
    from handlers.turn import Staff
    from sealing.keys import KeyRing

LIFE = timedelta(hours=HOURS)
A_MONTH = timedelta(days=31)
EVER = 2**62  # microseconds


def reach(office: str, month: str, reader: int) -> register.Range:
    """The cases of an office and those below it that came in in a month, by the clock on its wall; as `reader` sees."""
    where = offices_of(office)
    if not month:
        return register.Range(where, 0, EVER, reader)
    first = date.fromisoformat(f"{month}-01")
    begin, end = (datetime.combine(day, time.min, ZoneInfo(zone_of(office))) for day in (first, _next(first)))
    return register.Range(where, stamp(begin), stamp(end), reader)


def _next(first: date) -> date:
    return (first + A_MONTH).replace(day=1)


def propose_export(act: Act, effect: ask.ProposeExport) -> list[Event]:
    """Note what is to go out, by a hash over it; nothing where there is nothing, or too much."""
    staff = _decides(act)
    now = register.Sum(register.marks(act.work.reading, reach(staff.office, effect.month, staff.id)))
    wish = Export(0, effect.format, effect.month, now.total, staff.office, staff.office_name, staff.id, staff.name)
    if 0 < now.total <= register.MOST:
        row = {
            "office": staff.office,
            "format": effect.format,
            "month": effect.month,
            "total": now.total,
            "digest": now.digest,
            "proposer": staff.id,
            "at": act.now,
            "expires": stamp(act.turn.at + LIFE),
        }
        wish = replace(wish, number=register.propose(act.work.writing(), row))
    seconds = _seconds(act, staff, reach(staff.office, effect.month, staff.id)) if wish.number else ()
    return [ExportProposed(wish, register.MOST, seconds, aloud=not act.turn.private)]


def _seconds(act: Act, staff: Staff, which: register.Range) -> tuple[int, ...]:
    """Who is asked: of the proposer's office, or the nearest above it that has any, those who see the same cases."""
    conn, keys = act.work.reading, act.means.keys
    for code in upward(staff.office):
        able = [one.id for one in offices.of_office(conn, keys, code) if one.role in DECIDE]
        if alike := register.seeing_alike(conn, which, apart(act, staff.id, able)):
            return tuple(alike)
    return ()


def answer_export(act: Act, effect: ask.AnswerExport) -> list[Event]:
    """Agree, or not: another person than the proposer, of that office or above it, while nothing has changed."""
    staff, conn = _decides(act), act.work.writing()
    row = register.find(conn, effect.number, lock=True)
    if row is None or row.state != register.PROPOSED or not covers(staff.office, row.office):
        return [ExportAnswered("")]
    outcome = _outcome(act, row, effect, staff)
    if outcome in {register.AGREED, register.DENIED, "cabut"}:
        state = register.AGREED if outcome == register.AGREED else register.DENIED
        register.answer(conn, row.id, state, staff.id, act.now, stamp(act.turn.at + LIFE))
    return [ExportAnswered(outcome, _export(conn, act.means.keys, row), staff.name)]


def _outcome(act: Act, row: Any, effect: ask.AnswerExport, staff: Staff) -> str:
    if row.proposer == staff.id:
        return "sendiri" if effect.agreed else "cabut"
    which = reach(row.office, row.month, row.proposer)
    if not register.seeing_alike(act.work.reading, which, [staff.id]):
        return ""  # as if it were none of theirs: even that there is one says that there are cases
    if not effect.agreed:
        return register.DENIED
    if act.now >= row.expires or offices.officer(act.work.reading, act.means.keys, row.proposer) is None:
        return "lewat"
    if not apart(act, row.proposer, [staff.id]):
        return "dekat"
    now = register.Sum(register.marks(act.work.reading, which))
    return register.AGREED if now.fits(row) else "berubah"


def _export(conn: Connection, keys: KeyRing, row: Any) -> Export:
    name = offices.name_of(conn, keys, row.proposer)
    return Export(row.id, row.format, row.month, row.total, row.office, office_name(row.office), row.proposer, name)


def _decides(act: Act) -> Staff:
    staff = act.turn.staff
    if staff is None or staff.role not in DECIDE:
        msg = "only who decides for an office gets here"
        raise PermissionError(msg)
    return staff
