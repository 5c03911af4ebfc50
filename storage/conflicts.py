"""Who is kept out of which case: marks by hand, and ties to an agency by keyed tokens of its words.

A tie is looked for when a case comes or its accused is told otherwise, and cases when a tie is made; what was found is
rows of `barred`, so that every list asks one table. A tie's words are sealed under its officer's key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, text

from sealing.envelope import open_text, seal_text
from storage.keys import data_key
from storage.search import BITS, everywhere
from storage.tables import IS_OPEN, barred, cases, staff, tie_words, ties

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

BY_HAND = ""
PURPOSE = "benturan"


def _tokens(keys: KeyRing, words: Iterable[str]) -> list[str]:
    return [keys.token(PURPOSE, word)[:BITS] for word in words]


def mark_of(keys: KeyRing, words: Iterable[str]) -> str:
    """The name of a tie: the same for the same words in any order."""
    return keys.token(PURPOSE, " ".join(sorted(words)))[:BITS]


# --- one case ---------------------------------------------------------------------------------------------------------


def of_case(conn: Connection, case_id: int) -> dict[int, set[str]]:
    """Who is kept out of it, and by which marks."""
    found: dict[int, set[str]] = {}
    for row in conn.execute(select(barred).where(barred.c.case_id == case_id)):
        found.setdefault(row.staff_id, set()).add(row.mark)
    return found


def bar(conn: Connection, case_id: int, staff_id: int, mark: str = BY_HAND) -> bool:
    """Keep an officer out of a case; whether that is new."""
    row = {"case_id": case_id, "staff_id": staff_id, "mark": mark}
    if conn.execute(select(barred).filter_by(**row)).one_or_none():
        return False
    conn.execute(insert(barred), row)
    return True


def unbar(conn: Connection, case_id: int, staff_id: int, mark: str = BY_HAND) -> bool:
    """Take a mark away; whether there was one."""
    row = delete(barred).where(barred.c.case_id == case_id, barred.c.staff_id == staff_id, barred.c.mark == mark)
    return bool(conn.execute(row).rowcount)


def shared(conn: Connection, one: int, other: int) -> None:
    """Two cases are joined: each gets the other's marks, so that whoever is let in, or kept out, is so of both."""
    pair = [(case_id, of_case(conn, case_id)) for case_id in (one, other)]
    for (case_id, _), (_, marks) in zip(pair, reversed(pair), strict=True):
        for staff_id, mark in [(number, mark) for number, some in marks.items() for mark in sorted(some)]:
            bar(conn, case_id, staff_id, mark)


def kept_from(conn: Connection, ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Who is kept out of each of these cases."""
    query = select(barred.c.case_id, barred.c.staff_id).where(barred.c.case_id.in_(sorted(ids)))
    found: dict[int, frozenset[int]] = dict.fromkeys(ids, frozenset())
    for row in conn.execute(query) if ids else ():
        found[row.case_id] |= {row.staff_id}
    return found


def by_hand(conn: Connection, staff_ids: Collection[int]) -> list[tuple[int, str, int]]:
    """(staff, ticket, case) of the marks that were made by hand, the newest cases first."""
    query = select(barred.c.staff_id, cases.c.ticket, cases.c.id).join(cases, cases.c.id == barred.c.case_id)
    query = query.where(barred.c.mark == BY_HAND, barred.c.staff_id.in_(sorted(staff_ids)))
    return [tuple(row) for row in conn.execute(query.order_by(barred.c.staff_id, cases.c.id.desc()))]


# --- ties to an agency ------------------------------------------------------------------------------------------------


def tied(conn: Connection, keys: KeyRing, own: Collection[str], around: Collection[str]) -> list[tuple[int, str]]:
    """(staff, mark) of the ties to this accused: every word of the tie is told, and one of them of the accused.

    `own` are the words of the accused, `around` those of the place, which people do not say again of the accused.
    """
    mine = set(_tokens(keys, own))
    every = mine | set(_tokens(keys, around))
    if not mine:
        return []
    pair = (tie_words.c.staff_id, tie_words.c.mark)
    same = (ties.c.staff_id == tie_words.c.staff_id) & (ties.c.mark == tie_words.c.mark)
    some = select(*pair).join(ties, same).where(tie_words.c.token.in_(sorted(every)))
    whole = some.group_by(*pair, ties.c.total).having(func.count() == ties.c.total)
    found = {tuple(row) for row in conn.execute(whole)}
    hit = {tuple(row) for row in conn.execute(select(*pair).where(tie_words.c.token.in_(sorted(mine))))}
    return sorted(found & hit)


def tie(conn: Connection, keys: KeyRing, staff_id: int, said: str, words: Collection[str]) -> str:
    """Tie an officer to an agency; the tie's mark, "" where there is one already."""
    mark = mark_of(keys, words)
    if is_tied_to(conn, staff_id, mark):
        return ""
    key_id = conn.execute(select(staff.c.data_key_id).where(staff.c.id == staff_id)).scalar_one()
    sealed = seal_text(data_key(conn, keys, key_id), said, f"ties/{staff_id}/{mark}/words")
    conn.execute(insert(ties), {"staff_id": staff_id, "mark": mark, "words": sealed, "total": len(words)})
    rows = [{"token": token, "staff_id": staff_id, "mark": mark} for token in _tokens(keys, sorted(words))]
    conn.execute(insert(tie_words), rows)
    return mark


def is_tied_to(conn: Connection, staff_id: int, mark: str) -> bool:
    """Is an officer tied to this agency?"""
    return conn.execute(select(ties.c.mark).filter_by(staff_id=staff_id, mark=mark)).one_or_none() is not None


def untie(conn: Connection, staff_id: int, mark: str) -> list[int] | None:
    """Take a tie away; the cases that it kept the officer from. None where there is no such tie."""
    if not is_tied_to(conn, staff_id, mark):
        return None
    mine = (barred.c.staff_id == staff_id, barred.c.mark == mark)
    found = list(conn.execute(select(barred.c.case_id).where(*mine).order_by(barred.c.case_id)).scalars())
    conn.execute(delete(barred).where(*mine))
    for table in (tie_words, ties):
        conn.execute(delete(table).where(table.c.staff_id == staff_id, table.c.mark == mark))
    return found


def ties_of(conn: Connection, keys: KeyRing, staff_ids: Collection[int]) -> list[tuple[int, str, str]]:
    """(staff, mark, words as they were typed) of these officers' ties."""
    query = select(ties, staff.c.data_key_id).join(staff, staff.c.id == ties.c.staff_id)
    rows = conn.execute(query.where(ties.c.staff_id.in_(sorted(staff_ids))).order_by(ties.c.staff_id, ties.c.mark))
    return [(row.staff_id, row.mark, _opened(conn, keys, row)) for row in rows.all()]


def _opened(conn: Connection, keys: KeyRing, row: Any) -> str:
    secret = data_key(conn, keys, row.data_key_id)
    return open_text(secret, row.words, f"ties/{row.staff_id}/{row.mark}/words")


def candidates(conn: Connection, keys: KeyRing, words: Sequence[str]) -> list[int]:
    """The cases in which all these words may be told: found by them, or open and not found by words of any accused.

    A story has no tokens (docs/adr/0012), and in a case without a named accused it is all there is to compare with.
    """
    alive = text(f"({IS_OPEN} OR main IS NOT NULL)")
    still_open = conn.execute(select(cases.c.id).where(alive).order_by(cases.c.id)).scalars()
    return sorted({*everywhere(conn, keys, words), *still_open})


def forget(conn: Connection, staff_id: int) -> None:
    """Whoever joined just now is kept out of nothing on account of who invited them."""
    for table in (barred, tie_words, ties):
        conn.execute(delete(table).where(table.c.staff_id == staff_id))


def passed_on(conn: Connection, keys: KeyRing, old: int, new: int) -> bool:
    """What keeps one officer out keeps the other out, too; said twice, once. Was there anything new?

    Who comes back under another number stays kept out; so is whom they let in, or they would see it all the same.
    """
    there = {mark for _, mark, _ in ties_of(conn, keys, [new])}
    came = {mark: said for _, mark, said in ties_of(conn, keys, [old])}
    for mark, said in [(mark, said) for mark, said in came.items() if mark not in there]:
        words = conn.execute(select(tie_words.c.token).where(tie_words.c.staff_id == old, tie_words.c.mark == mark))
        tokens = list(words.scalars())
        key_id = conn.execute(select(staff.c.data_key_id).where(staff.c.id == new)).scalar_one()
        sealed = seal_text(data_key(conn, keys, key_id), said, f"ties/{new}/{mark}/words")
        conn.execute(insert(ties), {"staff_id": new, "mark": mark, "words": sealed, "total": len(tokens)})
        conn.execute(insert(tie_words), [{"token": one, "staff_id": new, "mark": mark} for one in tokens])
    marks = select(barred.c.case_id, barred.c.mark)
    kept = {tuple(row) for row in conn.execute(marks.where(barred.c.staff_id == old))}
    kept -= {tuple(row) for row in conn.execute(marks.where(barred.c.staff_id == new))}
    if kept:
        conn.execute(insert(barred), [{"case_id": one, "staff_id": new, "mark": mark} for one, mark in sorted(kept)])
    return bool(kept or set(came) - there)
