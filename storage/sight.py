"""What a list shows to one officer: conditions beside those of the office. See handlers/triage.py: handles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, exists, func, or_, select

from handlers.triage import DESK
from storage.tables import barred, cases, staff

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection


class Sight(NamedTuple):
    """Who looks. `kecamatan` is None for whoever sees every one; `aloud` in a group, where others read along."""

    staff: int
    kecamatan: str | None = None
    aloud: bool = False


_SERVES = (
    (staff.c.id == barred.c.staff_id)
    & staff.c.active.is_(True)
    & staff.c.role.in_(sorted(DESK))
    & or_(
        staff.c.office.in_((cases.c.office, cases.c.offered)),
        staff.c.office == func.substr(cases.c.office, 1, 2),
        staff.c.office == func.substr(cases.c.offered, 1, 2),
        staff.c.office == "RI",
    )
)
_KEPT_FROM_SOMEBODY = exists().where(barred.c.case_id == cases.c.id, _SERVES)


def narrowed(conn: Connection, sight: Sight) -> Sight | None:
    """The same, or None where it hides nothing: most officers are kept out of no case, and lists need no condition."""
    if sight.kecamatan is not None:
        return sight
    query = select(barred.c.case_id).limit(1)
    if not sight.aloud:
        query = query.where(barred.c.staff_id == sight.staff)
    return sight if conn.execute(query).one_or_none() else None


def kept_from(sight: Sight) -> ColumnElement[bool]:
    """On cases: is it one that this officer, or in a group somebody of those who read along, is kept out of?"""
    own = exists().where(barred.c.case_id == cases.c.id, barred.c.staff_id == sight.staff)
    return or_(own, _KEPT_FROM_SOMEBODY) if sight.aloud else own


def hidden(sight: Sight) -> ColumnElement[bool]:
    """The same, found from the few that anybody is kept out of."""
    return and_(cases.c.id.in_(select(barred.c.case_id)), kept_from(sight))


def conditions(sight: Sight | None) -> tuple[ColumnElement[bool], ...]:
    """On cases; none where nothing is hidden."""
    if sight is None:
        return ()
    found = [~kept_from(sight)]
    if sight.kecamatan is not None:
        held = cases.c.holder == sight.staff
        found.append(or_(held, cases.c.kecamatan == sight.kecamatan) if sight.kecamatan else held)
    return tuple(found)


def beside(case_id: ColumnElement[int], sight: Sight | None) -> tuple[ColumnElement[bool], ...]:
    """The same on a table that only names the case."""
    if sight is None:
        return ()
    return (exists().where(cases.c.id == case_id, *conditions(sight)),)
