"""Who may do what with a case: permission in one place, from role, office, case and move; never from a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from handlers.effects import T
from handlers.life import MOVES, PROLONG, STEPS, TIP

if TYPE_CHECKING:
    from collections.abc import Collection

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


def upward(code: str) -> list[str]:
    """An office and all above it, the nearest first: 33.11, 33, RI."""
    found = []
    while code:
        found.append(code)
        code = above(code)
    return found


def covers(upper: str, office: str) -> bool:
    """Is the first office the second, or above it?"""
    while office and office != upper:
        office = above(office)
    return bool(office)


class Lies(Protocol):
    """A case, as far as it decides who sees it; `barred` are officers with a conflict of interest."""

    @property
    def office(self) -> str:
        """Whose it is."""

    @property
    def offered(self) -> str:
        """Who is asked to take it, "" where nobody is."""

    @property
    def kecamatan(self) -> str:
        """The code of its place, "" where it is not known."""

    @property
    def holder(self) -> int:
        """In whose hands it is, 0 for nobody's."""

    @property
    def barred(self) -> Collection[int]:
        """Who is kept out of it."""


def handles(staff: Staff, case: Lies) -> bool:
    """May this officer see this case, hear of it, and handle it as far as their role goes?

    Their office decides, or one above; an offered case is seen where it is offered, too. A panwascam sees one
    kecamatan, and what was put into their hands. Whoever is kept out of it never does.
    """
    if staff.id in case.barred or not (sees(staff, case.office) or sees(staff, case.offered)):
        return False
    return staff.role != PANWASCAM or is_near(staff, case) or case.holder == staff.id


def is_near(staff: Staff, case: Lies) -> bool:
    """Is it of the one kecamatan that a panwascam sees, or does this officer see every one?"""
    return staff.role != PANWASCAM or (staff.kecamatan != "" and staff.kecamatan == case.kecamatan)


def silences(role: str, office: str, case: Lies) -> bool:
    """Could an officer who is kept out read along where it is said aloud? Then it is said to the others in private."""
    return may_handle(role, office, case.office) or may_handle(role, office, case.offered)


def may_bar(staff: Staff, officer: int, role: str, office: str) -> bool:
    """May this officer keep that one out of a case? A koordinator whoever serves here or below, never themselves.

    A koordinator is marked by the office above alone; above the nation there is none, so there it is a colleague.
    """
    if staff.id == officer or role not in DESK or not may_invite(staff, office):
        return False
    return role != KOORDINATOR or staff.office != office or not above(office)


def sees(staff: Staff, office: str) -> bool:
    """Does this officer's office, with their role, reach a case of that office? An auditor's reaches none.

    Whether they see the case itself is asked of `handles`.
    """
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


def may_write(staff: Staff) -> bool:
    """May this officer write the texts of the own office?"""
    return staff.role in LEAD


def concerns(office: str, case: CaseView) -> bool:
    """Does the case lie with that office or below it, or is it offered there?"""
    return covers(office, case.office) or covers(office, case.offered)


def permitted(action: str, case: CaseView) -> bool:
    """Does the table allow this move from the case's present state? A clock that runs is prolonged once."""
    if action == PROLONG and (not case.deadline or PROLONG in case.facts):
        return False
    return case.status in MOVES[action].sources


def may_decide(staff: Staff, action: str) -> bool:
    """May this role make the move at all? What goes beyond a tip is decided by the office."""
    return staff.role in DECIDE or action not in DECIDED


def holds(staff: Staff, case: CaseView) -> bool:
    """Is the case in this officer's hands? A koordinator acts for the office."""
    return staff.role == KOORDINATOR or case.holder == staff.id
