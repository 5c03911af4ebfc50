"""The queue of an office, a page at a time: which cases, in which order; the index of each list holds its filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, select, text, true

from handlers.labels import key
from storage.cases import PAGE, listed
from storage.search import tokens
from storage.sight import conditions, narrowed
from storage.tables import HAS_LIMIT, IS_NEW, IS_OFFERED, IS_OPEN, IS_OVER, IS_RUNNING, case_words, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection

    from handlers.sifting import Sift
    from sealing.keys import KeyRing
    from storage.cases import Case
    from storage.sight import Sight


class Desk(NamedTuple):
    """Who looks: their office, their number, the ISO day that it is there, and what is hidden from them."""

    office: str
    staff: int
    today: str = ""
    sight: Sight | None = None


def queue(
    conn: Connection, keys: KeyRing, desk: Desk, sift: Sift, page: int = 1, size: int = PAGE
) -> tuple[int, list[Case]]:
    """(how many, the page) of what is at this desk, narrowed."""
    which, *order = VIEWS[sift.view]
    hidden = narrowed(conn, desk.sight) if desk.sight else None
    whole = (_whose(desk, sift.view), which, *_narrowed(keys, desk, sift), *conditions(hidden))
    total = conn.execute(select(func.count()).select_from(cases).where(*whole)).scalar_one()
    ids = select(cases.c.id).where(*whole).order_by(*order).limit(size).offset((page - 1) * size)
    return total, listed(conn, keys, list(conn.execute(ids).scalars()))


def _whose(desk: Desk, view: str) -> ColumnElement[bool]:
    if view == "saya":
        return cases.c.holder == desk.staff
    return cases.c.offered == desk.office if view == "tawaran" else cases.c.office == desk.office


def _narrowed(keys: KeyRing, desk: Desk, sift: Sift) -> Iterator[ColumnElement[bool]]:
    for column, wanted in ((cases.c.kind, sift.kind), (cases.c.status, sift.status), (cases.c.holder, sift.holder)):
        if wanted:
            yield column == wanted
    if sift.place:
        yield _place(sift.place)
    if sift.urgent:
        yield cases.c.urgent == true()
    if sift.late:
        yield and_(cases.c.deadline != "", cases.c.deadline < desk.today)
    if sift.free:
        yield cases.c.holder.is_(None)
    if sift.label:
        yield _labelled(keys, desk.office, sift.label)


def _labelled(keys: KeyRing, office: str, label: str) -> ColumnElement[bool]:
    """Looked up beside each case of the list; a comparison, so that no planner reads all that bear the label."""
    [token] = tokens(keys, [key(office, label)])
    found = select(case_words.c.case_id).where(case_words.c.token == token, case_words.c.case_id == cases.c.id)
    return found.scalar_subquery() == cases.c.id


def _place(code: str) -> ColumnElement[bool]:
    """By the length of its code: "33" is a province, "33.11" a kabupaten, "33.11.01" a kecamatan."""
    match code.count("."):
        case 0:
            return cases.c.kabupaten.between(f"{code}.", f"{code}.99")
        case 1:
            return cases.c.kabupaten == code
    return cases.c.kecamatan == code


VIEWS: dict[str, tuple[Any, ...]] = {  # which of an office's cases, or of an officer's, and in which order
    "baru": (text(IS_NEW), cases.c.urgent.desc(), cases.c.created, cases.c.id),
    "tawaran": (text(IS_OFFERED), cases.c.offer_ends, cases.c.id),
    "saya": (text(IS_OPEN), cases.c.changed.desc(), cases.c.id.desc()),
    "tempo": (text(f"{IS_OPEN} AND {HAS_LIMIT}"), cases.c.deadline, cases.c.created, cases.c.id),
    "jalan": (text(IS_RUNNING), cases.c.changed.desc(), cases.c.id.desc()),
    "semua": (text(IS_OPEN), cases.c.urgent.desc(), cases.c.created, cases.c.id),
    "akhir": (text(IS_OVER), cases.c.changed.desc(), cases.c.id.desc()),
}
