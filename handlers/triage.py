"""Who may do what with a case: permission in one place, from role, office, case and move; never from a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import T
from handlers.life import MOVES, STEPS, TIP

if TYPE_CHECKING:
    from handlers.turn import Staff
    from handlers.view import CaseView

PANWASCAM, PETUGAS, KOORDINATOR, AUDITOR = "panwascam", "petugas", "koordinator", "auditor"
ROLES = {
    PANWASCAM: T("panwascam"),
    PETUGAS: T("petugas"),
    KOORDINATOR: T("koordinator"),
    AUDITOR: T("auditor"),
}
LEAD = frozenset({KOORDINATOR})
DESK = frozenset({PANWASCAM, PETUGAS, KOORDINATOR})
DECIDE = frozenset({PETUGAS, KOORDINATOR})  # registers, refuses, recommends; a panwascam traces
DECIDED = frozenset(move.action for move in STEPS if not move.sources <= TIP)  # by the office alone


def above(code: str) -> str:
    """The office over this one: 33.11 -> 33 -> RI -> ""."""
    if "." in code:
        return code.partition(".")[0]
    return "" if code in ("RI", "") else "RI"


def covers(upper: str, office: str) -> bool:
    """Is the first office the second, or above it?"""
    while office and office != upper:
        office = above(office)
    return bool(office)


def sees(staff: Staff, office: str) -> bool:
    """May this officer look into a case of that office? Own office, and offices below; an auditor sees none."""
    return may_handle(staff.role, staff.office, office)


def may_handle(role: str, own: str, office: str) -> bool:
    """The same of any officer, by role and office."""
    return role in DESK and covers(own, office)


def counts_exactly(staff: Staff) -> bool:
    """May this officer see small numbers? Who may open the cases may count them; an auditor sees groups of five."""
    return staff.role in DESK


def may_invite(staff: Staff, office: str) -> bool:
    """May this officer make an invitation for that office? A koordinator, for the own office and those below."""
    return staff.role == KOORDINATOR and covers(staff.office, office)


def may_dismiss(staff: Staff, officer: int, office: str) -> bool:
    """May this officer let that one go? Everyone themselves; a koordinator whoever serves here or below."""
    return staff.id == officer or may_invite(staff, office)


def concerns(office: str, case: CaseView) -> bool:
    """Does the case lie with that office or below it, or is it offered there?"""
    return covers(office, case.office) or covers(office, case.offered)


def permitted(action: str, case: CaseView) -> bool:
    """Does the table allow this move from the case's present state?"""
    return case.status in MOVES[action].sources


def may_decide(staff: Staff, action: str) -> bool:
    """May this role make the move at all? What goes beyond a tip is decided by the office."""
    return staff.role in DECIDE or action not in DECIDED


def holds(staff: Staff, case: CaseView) -> bool:
    """Is the case in this officer's hands? A koordinator acts for the office."""
    return staff.role == KOORDINATOR or case.holder == staff.id
