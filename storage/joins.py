"""Which cases are joined to which, and where the tickets that a history names are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from storage.conflicts import kept_from
from storage.tables import cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case is now; of one that is joined, the case to which it is."""

    ticket: str
    status: str
    office: str
    rev: int
    id: int


_MAIN = cases.alias("main_case")
_MEMBERS_OF = (  # built once: an export asks it for each page
    select(cases.c.main, cases.c.ticket).where(cases.c.main.in_(bindparam("ids", expanding=True))).order_by(cases.c.id)
)
_MEMBERS = select(cases.c.id, cases.c.ticket, cases.c.reporter).where(cases.c.main == bindparam("main"))


_STANDING = (
    select(
        cases.c.ticket,
        *(side.c[name] for side in (cases, _MAIN) for name in ("ticket", "status", "office", "rev", "id")),
    )
    .select_from(cases.outerjoin(_MAIN, _MAIN.c.id == cases.c.main))
    .where(cases.c.ticket.in_(bindparam("tickets", expanding=True)))
)


def members(conn: Connection, case_id: int) -> Sequence[tuple[int, str, int | None]]:
    """(row, ticket, reporter) of the cases that are joined to this one, in the order in which they came."""
    return [tuple(row) for row in conn.execute(_MEMBERS.order_by(cases.c.id), {"main": case_id})]


def members_of(conn: Connection, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The tickets joined to each of these cases."""
    found: dict[int, tuple[str, ...]] = {}
    for main, ticket in conn.execute(_MEMBERS_OF, {"ids": list(ids)}):
        found[main] = (*found.get(main, ()), ticket)
    return found


def ticket_of(conn: Connection, case_id: int) -> str:
    """The ticket of a case."""
    return str(conn.execute(select(cases.c.ticket).where(cases.c.id == case_id)).scalar_one())


def held_by(conn: Connection, case_id: int) -> int:
    """Who holds it (staff id), 0 for nobody."""
    return int(conn.execute(select(cases.c.holder).where(cases.c.id == case_id)).scalar_one() or 0)


def standing(conn: Connection, tickets: Sequence[str]) -> dict[str, Standing]:
    """Where these cases are now, by ticket; where one is joined, the case to which it is."""
    rows = conn.execute(_STANDING, {"tickets": list(tickets)}).all() if tickets else ()
    return {row[0]: Standing(*(row[6:] if row[6] else row[1:6])) for row in rows}


@dataclass(frozen=True, slots=True)
class Lying:
    """What decides who may hear of a case."""

    office: str
    kecamatan: str
    barred: frozenset[int]


def lying(conn: Connection, tickets: Iterable[str]) -> dict[str, Lying]:
    """Where these cases lie, and who is kept out of each, by ticket."""
    wanted = sorted(set(tickets))
    query = select(cases.c.ticket, cases.c.id, cases.c.office, cases.c.kecamatan).where(cases.c.ticket.in_(wanted))
    rows = conn.execute(query).all() if wanted else []
    kept = kept_from(conn, [row.id for row in rows])
    return {row.ticket: Lying(row.office, row.kecamatan, kept[row.id]) for row in rows}
