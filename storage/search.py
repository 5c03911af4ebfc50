"""Cases by their words. Words are sealed; what stands here are keyed tokens of them, and so only equal words are found.

Whoever reads the table without the key learns which cases share a word, and how many words a case has; not the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, func, insert, select, true, update

from storage.sight import beside as not_hidden
from storage.sight import narrowed
from storage.tables import case_words, cases

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

    from sealing.keys import KeyRing
    from storage.sight import Sight

BITS = 32  # hex digits of a token that are kept: 128 bits


def tokens(keys: KeyRing, words: Iterable[str]) -> list[str]:
    """A token for each word, the same for the same word."""
    return [keys.token("cari", word)[:BITS] for word in words]


def index(conn: Connection, keys: KeyRing, words: Mapping[int, Iterable[str]], fresh: Container[int] = ()) -> None:
    """Cases are found by these words from now on, and by no others; `fresh` are those that were made just now."""
    if not words:
        return
    again = [case_id for case_id in words if case_id not in fresh]
    if again:
        conn.execute(delete(case_words).where(case_words.c.case_id.in_(again)))
    offices = {row.id: row.office for row in conn.execute(_OFFICES, {"ids": list(words)})}
    rows = [
        {"token": token, "case_id": case_id, "office": offices[case_id]}
        for case_id in words
        for token in tokens(keys, sorted(words[case_id]))
    ]
    if rows:
        conn.execute(_INSERT, rows)


_INSERT = insert(case_words)
_OFFICES = select(cases.c.id, cases.c.office).where(cases.c.id.in_(bindparam("ids", expanding=True)))


def moved(conn: Connection, case_id: int, office: str) -> None:
    """The case is another office's now."""
    conn.execute(update(case_words).where(case_words.c.case_id == case_id).values(office=office))


def find(  # noqa: PLR0913 - what, where, how many, for whom
    conn: Connection,
    keys: KeyRing,
    words: Sequence[str],
    office: str,
    most: int,
    counted: int,
    *,
    sight: Sight | None = None,
) -> tuple[int, list[int]]:
    """(how many, the newest) cases of an office and those below it that have all of these words, as `sight` allows.

    The rarest word is walked from its newest case on, and the others are looked up beside it; not more than `counted`
    are counted, so that a word that everybody has costs no more than others. Looked up one by one, as a comparison
    that no planner makes a join of: PostgreSQL's plan for any words would read all rows of both.
    """
    first, *others = sorted(tokens(keys, words), key=lambda token: _how_common(conn, token, office, counted))
    hidden = not_hidden(case_words.c.case_id, narrowed(conn, sight) if sight else None)
    query = select(case_words.c.case_id).where(case_words.c.token == first, _scope(office), *hidden)
    for token in others:
        beside = case_words.alias()
        same = select(beside.c.case_id).where(beside.c.token == token, beside.c.case_id == case_words.c.case_id)
        query = query.where(same.scalar_subquery() == case_words.c.case_id)
    found = list(conn.execute(query.order_by(case_words.c.case_id.desc()).limit(counted)).scalars())
    return len(found), found[:most]


def everywhere(conn: Connection, keys: KeyRing, words: Sequence[str]) -> list[int]:
    """All cases of any office that have all of these words, oldest first."""
    some = tokens(keys, words)
    query = select(case_words.c.case_id).where(case_words.c.token.in_(some)).group_by(case_words.c.case_id)
    return list(conn.execute(query.having(func.count() == len(some)).order_by(case_words.c.case_id)).scalars())


def _how_common(conn: Connection, token: str, office: str, most: int) -> tuple[int, int]:
    """In how many cases there, up to `most`; of words that have so many, the rarer one reaches further back."""
    some = select(case_words.c.case_id).where(case_words.c.token == token, _scope(office)).limit(most)
    count = int(conn.execute(select(func.count()).select_from(some.subquery())).scalar_one())
    if count < most:
        return count, 0
    newest = select(case_words.c.case_id).where(case_words.c.token == token).order_by(case_words.c.case_id.desc())
    return count, int(conn.execute(newest.offset(most - 1).limit(1)).scalar_one())


def _scope(office: str) -> ColumnElement[bool]:
    """An office alone; a province with all below it, "33" to before "34": a range that an index has, and counts of."""
    if office == "RI":
        return true()
    mine = case_words.c.office
    return mine == office if "." in office else and_(mine >= office, mine < f"{int(office) + 1:02}")
