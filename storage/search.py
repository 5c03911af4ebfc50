"""Cases by their words. Words are sealed; what stands here are keyed tokens of them, and so only equal words are found.

Whoever reads the table without the key learns which cases share a word, and how many words a case has; not the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, or_, select, true

from storage.tables import case_words, cases

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

BITS = 32  # hex digits of a token that are kept: 128 bits


def tokens(keys: KeyRing, words: Iterable[str]) -> list[str]:
    """A token for each word, the same for the same word."""
    return [keys.token("cari", word)[:BITS] for word in words]


def index(conn: Connection, keys: KeyRing, words: Mapping[int, Iterable[str]], fresh: Container[int] = ()) -> None:
    """Cases are found by these words from now on, and by no others; `fresh` are those that were made just now."""
    again = [case_id for case_id in words if case_id not in fresh]
    if again:
        conn.execute(delete(case_words).where(case_words.c.case_id.in_(again)))
    rows = [{"token": token, "case_id": case_id} for case_id in words for token in tokens(keys, sorted(words[case_id]))]
    if rows:
        conn.execute(_INSERT, rows)


_INSERT = insert(case_words)


def find(conn: Connection, keys: KeyRing, words: Sequence[str], office: str, most: int) -> tuple[int, list[int]]:
    """(how many, the newest) cases of an office and those below it that have all of these words."""
    wanted = tokens(keys, words)
    having = select(case_words.c.case_id).where(case_words.c.token.in_(wanted)).group_by(case_words.c.case_id)
    all_of_them = having.having(func.count() == len(wanted)).subquery()
    mine = true() if office == "RI" else or_(cases.c.office == office, cases.c.office.like(f"{office}.%"))
    joined = cases.join(all_of_them, all_of_them.c.case_id == cases.c.id)
    total = conn.execute(select(func.count()).select_from(joined).where(mine)).scalar_one()
    query = select(cases.c.id).select_from(joined).where(mine).order_by(cases.c.changed.desc(), cases.c.id.desc())
    return total, list(conn.execute(query.limit(most)).scalars())
