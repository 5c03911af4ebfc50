"""The register as it goes out, a page at a time; and who proposed and who agreed that it does. Nothing is deleted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import BigInteger, BindParameter, and_, bindparam, exists, insert, or_, select, update

from handlers.register import REGISTERED
from sealing.envelope import open_json
from storage.joins import members_of
from storage.tables import barred, cases, data_keys, exports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

PAGE, MARKS = 200, 2000  # opened cases, and bare marks, in memory at once
MOST = 50_000  # cases of one export
START = (-1, 0)
PROPOSED, AGREED, DENIED = "usul", "setuju", "tolak"


class Range(NamedTuple):
    """Cases of these offices that came in from `begin` to before `end` (microseconds), that `reader` may see."""

    offices: Sequence[str]
    begin: int
    end: int
    reader: int  # staff id


@dataclass(frozen=True, slots=True)
class Entry:
    """A case as the register needs it, opened; `at` is where the next page goes on."""

    at: tuple[int, int]
    mark: str
    ticket: str
    office: str
    status: str
    law: str
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    joined: tuple[str, ...] = ()  # tickets of the cases that are joined to it

    @property
    def created(self) -> int:
        """When it came in (microseconds)."""
        return self.at[0]


# In the order in which they came in, after a place in it (ix_cases_came). Each statement is built once: a new one for
# each page would be most of what an export holds in memory.
_AFTER: BindParameter[int] = bindparam("after", type_=BigInteger)
_RANGE = and_(
    cases.c.office.in_(bindparam("offices", expanding=True)),
    cases.c.created >= bindparam("begin"),
    cases.c.created < bindparam("end"),
    cases.c.status.in_(REGISTERED),
)
_WITHIN = and_(
    _RANGE,
    cases.c.created >= _AFTER,
    or_(cases.c.created > _AFTER, and_(cases.c.created == _AFTER, cases.c.id > bindparam("last"))),
    ~exists().where(barred.c.case_id == cases.c.id, barred.c.staff_id == bindparam("reader")),
)
_ORDER = (cases.c.created, cases.c.id)
_MARKS = select(*_ORDER, cases.c.rev).where(_WITHIN).order_by(*_ORDER).limit(bindparam("most"))
_KEYED = cases.join(data_keys, data_keys.c.id == cases.c.data_key_id)
_OPENED = select(cases, data_keys.c.wrapped, data_keys.c.kek_id).select_from(_KEYED).where(_WITHIN).order_by(*_ORDER)
_PAGE = _OPENED.limit(PAGE)


def _given(which: Range, after: tuple[int, int]) -> dict[str, Any]:
    return {**which._asdict(), "offices": list(which.offices), "after": after[0], "last": after[1]}


class Sum:
    """How many cases, and a hash over all: it changes with any change of any of them."""

    def __init__(self, marks: Iterable[str] = ()) -> None:
        self.total = 0
        self._digest = hashlib.sha256()
        self.add(marks)

    def add(self, marks: Iterable[str]) -> None:
        """These come next."""
        for mark in marks:
            self.total += 1
            self._digest.update(mark.encode())

    @property
    def digest(self) -> str:
        """64 hex digits."""
        return self._digest.hexdigest()

    def fits(self, row: Any) -> bool:
        """Is this what was proposed?"""
        return (self.total, self.digest) == (row.total, row.digest)


def marks(conn: Connection, which: Range) -> Iterator[str]:
    """A mark for each case of the range at its present revision; at most one more than may go out."""
    after, left = START, MOST + 1
    while rows := conn.execute(_MARKS, _given(which, after) | {"most": min(MARKS, left)}).all() if left else ():
        yield from (_mark(row.id, row.rev) for row in rows)
        after, left = (rows[-1].created, rows[-1].id), left - len(rows)


_HIDDEN = (
    select(barred.c.staff_id, barred.c.case_id)
    .join(cases, cases.c.id == barred.c.case_id)
    .where(_RANGE, barred.c.staff_id.in_(bindparam("people", expanding=True)))
)


def seeing_alike(conn: Connection, which: Range, people: Iterable[int]) -> list[int]:
    """Those of these officers who see the very cases of the range that its reader sees."""
    wanted = list(people)
    given = {**which._asdict(), "offices": list(which.offices), "people": [*wanted, which.reader]}
    hidden: dict[int, set[int]] = {}
    for staff_id, case_id in conn.execute(_HIDDEN, given):
        hidden.setdefault(staff_id, set()).add(case_id)
    return [one for one in wanted if hidden.get(one) == hidden.get(which.reader)]


def _mark(case_id: int, rev: int) -> str:
    return f"{case_id}@{rev}\n"


def page(conn: Connection, keys: KeyRing, which: Range, after: tuple[int, int]) -> list[Entry]:
    """The next cases of the range, opened; the keys of their seals come along."""
    rows = conn.execute(_PAGE, _given(which, after)).all()
    joined = members_of(conn, [row.id for row in rows])
    return [_entry(keys, row, joined.get(row.id, ())) for row in rows]


def _entry(keys: KeyRing, row: Any, joined: tuple[str, ...]) -> Entry:
    secret = keys.unwrap(row.wrapped, row.kek_id)
    return Entry(
        at=(row.created, row.id),
        mark=_mark(row.id, row.rev),
        ticket=row.ticket,
        office=row.office,
        status=row.status,
        law=row.law_version,
        answers=open_json(secret, row.answers, f"cases/{row.ticket}/answers"),
        facts=open_json(secret, row.facts, f"cases/{row.ticket}/facts") if row.facts else {},
        joined=joined,
    )


# --- two people ---------------------------------------------------------------------------------------------------


def propose(conn: Connection, values: Mapping[str, Any]) -> int:
    """Note that somebody wants an export: office, format, month, digest, total, proposer, at, expires. Its number."""
    row = {**values, "state": PROPOSED, "second": None, "answered": 0, "taken": 0}
    return int(conn.execute(insert(exports).values(row).returning(exports.c.id)).scalar_one())


def find(conn: Connection, number: int, *, lock: bool = False) -> Any:
    """The row of an export, None where there is none."""
    query = select(exports).where(exports.c.id == number)
    return conn.execute(query.with_for_update() if lock else query).one_or_none()


def answer(conn: Connection, number: int, state: str, second: int, at: int, expires: int) -> None:
    """Another person agreed or did not, or the proposer took it back; `expires`: until when it can be fetched."""
    values = {"state": state, "second": second, "answered": at, "expires": expires}
    conn.execute(update(exports).where(exports.c.id == number).values(values))


def took(conn: Connection, number: int) -> None:
    """The document was made once more."""
    conn.execute(update(exports).where(exports.c.id == number).values(taken=exports.c.taken + 1))
