"""Cases and their history: sealed answers, clear facts for the queue, and no way from a case to its reporter's name."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, func, insert, or_, select, text, update
from sqlalchemy.exc import NoResultFound

from sealing.envelope import SealBroken, open_json, open_text, seal_json, seal_text
from sealing.keys import KeyProblem
from storage import likeness, search
from storage.conflicts import of_case
from storage.keys import data_key, insert_key
from storage.tables import IS_NEW, IS_OPEN, IS_UNASKED, barred, cases, history, limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Row

    from sealing.keys import KeyRing

PAGE = 8


@dataclass(slots=True)
class Case:
    """A case's row, opened."""

    id: int
    ticket: str
    reporter: int | None
    data_key: bytes
    office: str
    home: str
    kabupaten: str
    status: str
    urgent: bool
    known: str
    deadline: str
    holder: int
    rev: int
    created: int
    changed: int
    answers: dict[str, Any]
    offered: str = ""
    offer_ends: int = 0
    main: int | None = None  # the row of the case to which it is joined
    facts: dict[str, Any] = field(default_factory=dict)
    kecamatan: str = ""
    barred: frozenset[int] = frozenset()  # officers (staff ids) who are kept out of it


def moment(at: int) -> datetime:
    """A stored time as an aware datetime."""
    return datetime.fromtimestamp(at / 1_000_000, UTC)


def stamp(at: datetime) -> int:
    """A datetime as it is stored."""
    return round(at.timestamp() * 1_000_000)


_INSERT = insert(cases).returning(cases.c.id)
_RECORD = insert(history)
_ASIDE = frozenset({"id", "data_key", "holder", "answers", "facts", "barred"})
_HELD = frozenset(f.name for f in fields(Case))
_OPENED = tuple(f.name for f in fields(Case) if f.name not in _ASIDE)


def file(conn: Connection, keys: KeyRing, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> Case:
    """A new case; `facts` are the clear columns."""
    secret, key_id = insert_key(conn, keys)
    sealed = _seal(secret, facts["ticket"], answers)
    row_id = int(conn.execute(_INSERT, {**facts, "data_key_id": key_id, "answers": sealed}).scalar_one())
    clear = {name: facts[name] for name in _OPENED if name in facts}
    return Case(id=row_id, data_key=secret, holder=0, answers=dict(answers), **clear)


def _seal(secret: bytes, ticket: str, answers: Mapping[str, Any]) -> bytes:
    return seal_json(secret, answers, f"cases/{ticket}/answers")


def _opened(conn: Connection, keys: KeyRing, row: Row[Any]) -> Case:
    secret = data_key(conn, keys, row.data_key_id)
    answers = open_json(secret, row.answers, f"cases/{row.ticket}/answers")
    return Case(
        id=row.id,
        ticket=row.ticket,
        reporter=row.reporter,
        data_key=secret,
        office=row.office,
        home=row.home,
        kabupaten=row.kabupaten,
        status=row.status,
        urgent=row.urgent,
        known=row.known,
        deadline=row.deadline,
        holder=row.holder or 0,
        rev=row.rev,
        created=row.created,
        changed=row.changed,
        answers=answers,
        offered=row.offered,
        offer_ends=row.offer_ends,
        main=row.main,
        facts=open_json(secret, row.facts, f"cases/{row.ticket}/facts") if row.facts else {},
        kecamatan=row.kecamatan,
        barred=frozenset(of_case(conn, row.id)),
    )


def by_ticket(conn: Connection, keys: KeyRing, ticket: str) -> Case | None:
    """A case, locked until the transaction ends."""
    row = conn.execute(select(cases).where(cases.c.ticket == ticket).with_for_update()).one_or_none()
    return _opened(conn, keys, row) if row else None


def by_id(conn: Connection, keys: KeyRing, case_id: int) -> Case:
    """A case by its row, locked."""
    return _opened(conn, keys, conn.execute(select(cases).where(cases.c.id == case_id).with_for_update()).one())


def set_answers(conn: Connection, case: Case, answers: Mapping[str, Any]) -> None:
    """Seal new answers into a case (a file was added, or refused)."""
    case.answers = dict(answers)
    sealed = _seal(case.data_key, case.ticket, answers)
    conn.execute(update(cases).where(cases.c.id == case.id).values(answers=sealed))


def set_facts(conn: Connection, case: Case, facts: Mapping[str, Any]) -> None:
    """Put these beside what officers typed before; None takes one away."""
    case.facts = {key: value for key, value in {**case.facts, **facts}.items() if value is not None}
    sealed = seal_json(case.data_key, case.facts, f"cases/{case.ticket}/facts")
    conn.execute(update(cases).where(cases.c.id == case.id).values(facts=sealed))


def move(conn: Connection, case: Case, at: int, **columns: Any) -> None:
    """Change clear columns of a case that was locked in this transaction; its revision grows by one."""
    changed = update(cases).where(cases.c.id == case.id, cases.c.rev == case.rev)
    done = conn.execute(changed.values(rev=case.rev + 1, changed=at, **columns)).rowcount
    if done != 1:
        msg = f"case {case.id} is no longer at revision {case.rev}"
        raise RuntimeError(msg)
    case.rev += 1
    if "office" in columns:
        conn.execute(update(limits).where(limits.c.case_id == case.id).values(office=columns["office"]))
        search.moved(conn, case.id, columns["office"])
        likeness.moved(conn, case.id, columns["office"])
    case.changed = at
    for name in columns.keys() & _HELD:
        setattr(case, name, (columns[name] or 0) if name == "holder" else columns[name])


_LAST = select(func.coalesce(func.max(history.c.seq), 0)).where(history.c.case_id == bindparam("case"))


def record(conn: Connection, case: Case, at: int, action: str, *, first: bool = False, **row: Any) -> int:
    """Append a row of history, whose number it gives: `note` is sealed, the rest is clear.

    `first` where the case was made just now. Only the unit of work calls it, which links the row (storage/chain.py).
    """
    seq = 1 if first else conn.execute(_LAST, {"case": case.id}).scalar_one() + 1
    note = row.pop("note", "")
    sealed = seal_text(case.data_key, note, f"history/{case.id}/{seq}/note") if note else None
    clear = {"staff_id": None, "office": "", "reason": "", "status": case.status, **row}
    conn.execute(_RECORD, {"case_id": case.id, "seq": seq, "at": at, "action": action, "note": sealed, **clear})
    return int(seq)


def happenings(conn: Connection, case: Case) -> list[dict[str, Any]]:
    """The whole history, oldest first: at, action, staff_id, office, reason, status, note."""
    rows = conn.execute(select(history).where(history.c.case_id == case.id).order_by(history.c.seq))
    return [
        {
            "at": row.at,
            "action": row.action,
            "staff_id": row.staff_id,
            "office": row.office,
            "reason": row.reason,
            "status": row.status,
            "note": open_text(case.data_key, row.note, f"history/{case.id}/{row.seq}/note") if row.note else "",
        }
        for row in rows
    ]


def listed(conn: Connection, keys: KeyRing, ids: Sequence[int]) -> list[Case]:
    """These cases, in this order, only to be looked at."""
    found = {row.id: row for row in conn.execute(select(cases).where(cases.c.id.in_(ids)))} if ids else {}
    return [_opened(conn, keys, found[one]) for one in ids]


def taken(conn: Connection, keys: KeyRing, tickets: Sequence[str]) -> dict[str, Case]:
    """These cases by their numbers, locked, always in the same order."""
    query = select(cases).where(cases.c.ticket.in_(tickets)).order_by(cases.c.id).with_for_update()
    return {row.ticket: _opened(conn, keys, row) for row in conn.execute(query).all()}


def waiting_above(conn: Connection, keys: KeyRing, office: str, holders: Sequence[str]) -> list[Case]:
    """Untaken cases whose home is this office or below it, that wait in the offices above it."""
    below = or_(cases.c.home == office, cases.c.home.like(f"{office}.%"))
    query = select(cases).where(text(IS_NEW), cases.c.office.in_(list(holders)), below)
    return [_opened(conn, keys, row) for row in conn.execute(query.order_by(cases.c.id).with_for_update())]


def held(conn: Connection, keys: KeyRing, staff_id: int) -> list[Case]:
    """The open cases in an officer's hands, locked."""
    return _open(conn, keys, cases.c.holder == staff_id)


def open_at(conn: Connection, keys: KeyRing, office: str, *, kept: bool = False) -> list[Case]:
    """The open cases of an office, locked; with `kept` those alone from which somebody is kept out."""
    mine = cases.c.office == office
    return _open(conn, keys, mine & cases.c.id.in_(select(barred.c.case_id)) if kept else mine)


def lapsed(conn: Connection, now: int, most: int) -> list[tuple[int, str, str, int]]:
    """(row, office, the office that was asked, until when) of the offers that nobody answered in time."""
    query = select(cases.c.id, cases.c.office, cases.c.offered, cases.c.offer_ends)
    over = (
        query.where(cases.c.offered != "", cases.c.offer_ends <= now)
        .order_by(cases.c.offer_ends, cases.c.id)
        .limit(most)
    )
    return [tuple(row) for row in conn.execute(over)]


def unasked(conn: Connection, keys: KeyRing, offices: Sequence[str]) -> list[Case]:
    """The cases of these offices in which a proposal waits for somebody who could be the second person, locked."""
    which = (text(IS_UNASKED), cases.c.office.in_(offices), cases.c.unasked == cases.c.rev)
    query = select(cases).where(*which).order_by(cases.c.id).with_for_update()
    return [_opened(conn, keys, row) for row in conn.execute(query).all()]


def is_unasked(conn: Connection, case: Case) -> bool:
    """Could nobody be asked yet of what waits there?"""
    waits = conn.execute(select(cases.c.unasked).where(cases.c.id == case.id)).scalar_one()
    return int(waits) == case.rev


def ask_later(conn: Connection, case_id: int, rev: int) -> None:
    """Note that nobody could be asked yet, at this revision; 0 once somebody was."""
    conn.execute(update(cases).where(cases.c.id == case_id).values(unasked=rev))


def _open(conn: Connection, keys: KeyRing, which: ColumnElement[bool]) -> list[Case]:
    query = select(cases).where(which, text(IS_OPEN)).order_by(cases.c.id).with_for_update()
    return [_opened(conn, keys, row) for row in conn.execute(query)]


def past(conn: Connection, keys: KeyRing, after: int, most: int) -> list[tuple[int, Case | None, bool]]:
    """(row, case, was it passed on by an officer?) of the next cases after a row; None where no key opens it."""
    passed = exists().where(history.c.case_id == cases.c.id, history.c.action == "alihkan").label("passed")
    query = select(cases, passed).where(cases.c.id > after).order_by(cases.c.id).limit(most)
    return [(row.id, _opened_if_it_can(conn, keys, row), row.passed) for row in conn.execute(query).all()]


def _opened_if_it_can(conn: Connection, keys: KeyRing, row: Row[Any]) -> Case | None:
    try:
        return _opened(conn, keys, row)
    except (SealBroken, KeyProblem, NoResultFound):
        return None


def counts(conn: Connection) -> list[tuple[str, int]]:
    """How many cases there are in each status."""
    rows = conn.execute(select(cases.c.status, func.count()).group_by(cases.c.status))
    return [(status, count) for status, count in rows]
