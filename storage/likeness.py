"""Cases of the same act, found by keyed tokens of what they have in common: files, bands of pictures, stories, a day.

Whoever reads the table without the key learns which cases of an office share something, not what (SECURITY.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, text, union_all, update

from sealing.envelope import open_json
from storage.tables import IS_OPEN, case_marks, cases, data_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Subquery

    from sealing.keys import KeyRing

BITS = 32  # hex digits of a token that are kept: 128 bits
MOST = 60  # rows of the newest cases that share what is rare; a photo's bands meet another's by chance in 1 of 100
FEW = 24  # the same of a day, which many share


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that shares a mark, opened."""

    id: int
    ticket: str
    created: int
    answers: dict[str, Any]


def tokens(keys: KeyRing, words: Iterable[str]) -> list[str]:
    """A token for each word, the same for the same word."""
    return [keys.token("mirip", word)[:BITS] for word in words]


def mark(conn: Connection, keys: KeyRing, case_id: int, office: str, words: Sequence[str], *, fresh: bool) -> None:
    """A case is found by these from now on, and by no others; `fresh` where it was made just now."""
    if not fresh:
        conn.execute(_FORGET, {"case": case_id})
    rows = [{"token": token, "office": office, "case_id": case_id} for token in tokens(keys, words)]
    if rows:
        conn.execute(_MARK, rows)


_MARK = insert(case_marks)
_FORGET = delete(case_marks).where(case_marks.c.case_id == bindparam("case"))


def moved(conn: Connection, case_id: int, office: str) -> None:
    """The case is another office's now."""
    conn.execute(update(case_marks).where(case_marks.c.case_id == case_id).values(office=office))


def sharing(
    conn: Connection, keys: KeyRing, where: tuple[int, str], strong: Sequence[str], weak: Sequence[str]
) -> list[int]:
    """Other cases than this one, of its office, with one of these marks: by a strong one first, else the newest first.

    `where` is the case's row and its office.
    """
    given = {"case": where[0], "office": where[1], "strong": tokens(keys, strong), "weak": tokens(keys, weak)}
    rows = conn.execute(_SHARING, given).all()
    return list(dict.fromkeys(row.case_id for row in sorted(rows, key=lambda row: (row.weak, -row.case_id))))


def _newest(name: str, rank: int, most: int) -> Subquery:
    query = select(case_marks.c.case_id, text(f"{rank} AS weak")).where(
        case_marks.c.token.in_(bindparam(name, expanding=True)),
        case_marks.c.office == bindparam("office"),
        case_marks.c.case_id != bindparam("case"),
    )
    return query.order_by(case_marks.c.case_id.desc()).limit(most).subquery(name)


_SHARING = union_all(
    *(
        select(part.c.case_id, text(f"{name}.weak"))
        for name, part in (("strong", _newest("strong", 0, MOST)), ("weak", _newest("weak", 1, FEW)))
    )
)


def opened(conn: Connection, keys: KeyRing, ids: Sequence[int]) -> Iterator[Candidate]:
    """These cases in this order, each opened when it is asked for; none that is over, but those that were joined."""
    found = {row.id: row for row in conn.execute(_OPENED, {"ids": list(ids)})} if ids else {}
    for one in ids:
        if row := found.get(one):
            secret = keys.unwrap(row.wrapped, row.kek_id)
            answers = open_json(secret, row.answers, f"cases/{row.ticket}/answers")
            yield Candidate(row.id, row.ticket, row.created, answers)


_KEYED = cases.join(data_keys, data_keys.c.id == cases.c.data_key_id)
_OPENED = (
    select(cases.c.id, cases.c.ticket, cases.c.created, cases.c.answers, data_keys.c.wrapped, data_keys.c.kek_id)
    .select_from(_KEYED)
    .where(cases.c.id.in_(bindparam("ids", expanding=True)), text(f"({IS_OPEN} OR main IS NOT NULL)"))
)
