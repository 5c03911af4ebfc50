"""What an officer keeps at the desk: filters by name; and the labels that an office uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from handlers.labels import key
from sealing.envelope import open_json, open_text, seal_json, seal_text
from storage.keys import data_key, insert_key, shred
from storage.search import tokens
from storage.sight import conditions, narrowed
from storage.tables import case_words, cases, labels, staff

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from sealing.keys import KeyRing
    from storage.sight import Sight

SHOWN = 12  # labels that are offered as buttons, the newest used first


def views(conn: Connection, keys: KeyRing, staff_id: int) -> dict[str, str]:
    """An officer's saved filters by name, in the order in which they were kept."""
    return _views(conn, keys, staff_id, lock=False)[0]


def _views(conn: Connection, keys: KeyRing, staff_id: int, *, lock: bool) -> tuple[dict[str, str], bytes]:
    query = select(staff.c.views, staff.c.data_key_id).where(staff.c.id == staff_id)
    row = conn.execute(query.with_for_update() if lock else query).one()
    if row.views is None and not lock:
        return {}, b""
    secret = data_key(conn, keys, row.data_key_id)
    return dict(open_json(secret, row.views, _where(staff_id)) if row.views else {}), secret


def _where(staff_id: int) -> str:
    return f"staff/{staff_id}/views"


def keep_view(conn: Connection, keys: KeyRing, staff_id: int, name: str, words: str) -> None:
    """Keep a filter by a name; "" drops it."""
    kept, secret = _views(conn, keys, staff_id, lock=True)
    kept.pop(name, None)
    kept |= {name: words} if words else {}
    sealed = seal_json(secret, kept, _where(staff_id)) if kept else None
    conn.execute(update(staff).where(staff.c.id == staff_id).values(views=sealed))


# --- labels ---------------------------------------------------------------------------------------------------


def note_label(conn: Connection, keys: KeyRing, office: str, word: str, more: int, at: int) -> None:
    """So many cases more have this label, or fewer; once none has it, it is forgotten."""
    [token] = tokens(keys, [key(office, word)])
    this = (labels.c.office == office, labels.c.token == token)
    changed = update(labels).where(*this).values(cases=labels.c.cases + more, used=at)
    if conn.execute(changed).rowcount:
        gone = delete(labels).where(*this, labels.c.cases <= 0).returning(labels.c.data_key_id)
        shred(conn, list(conn.execute(gone).scalars()))
    elif more > 0:
        secret, key_id = insert_key(conn, keys)
        sealed = seal_text(secret, word, f"labels/{office}/{token}/word")
        row = {"office": office, "token": token, "data_key_id": key_id, "word": sealed, "cases": more, "used": at}
        conn.execute(insert(labels).values(**row))


def labels_of(conn: Connection, keys: KeyRing, office: str, sight: Sight) -> list[str]:
    """The labels that an office used last, on cases that it has still; none that stands only on what is hidden.

    A case that went elsewhere keeps its label, and brings it back if it returns.
    """
    seen = select(case_words.c.case_id).where(case_words.c.token == labels.c.token, case_words.c.office == office)
    if hidden := narrowed(conn, sight):
        seen = seen.join(cases, cases.c.id == case_words.c.case_id).where(*conditions(hidden))
    query = select(labels).where(labels.c.office == office, seen.exists())
    query = query.order_by(labels.c.used.desc(), labels.c.data_key_id.desc())
    return [
        open_text(data_key(conn, keys, row.data_key_id), row.word, f"labels/{office}/{row.token}/word")
        for row in conn.execute(query.limit(SHOWN)).all()
    ]
