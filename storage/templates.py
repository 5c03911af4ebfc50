"""Texts that an office writes once: each under its name, sealed; thrown away it can be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from handlers.template import Template
from sealing.envelope import open_json, seal_json
from storage.keys import insert_key
from storage.tables import data_keys, templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

_KEYED = templates.join(data_keys, data_keys.c.id == templates.c.data_key_id)


def _where(office: str, name: str) -> str:
    return f"templates/{office}/{name}/body"


def of_offices(conn: Connection, keys: KeyRing, codes: Sequence[str]) -> tuple[Template, ...]:
    """Those of these offices that are there, in the order of the offices and of their names."""
    query = select(templates, data_keys.c.wrapped, data_keys.c.kek_id).select_from(_KEYED)
    rows = conn.execute(query.where(templates.c.office.in_(list(codes)), templates.c.gone.is_(False)))
    found = [_opened(keys, row) for row in rows]
    return tuple(sorted(found, key=lambda one: (list(codes).index(one.office), one.name)))


def _opened(keys: KeyRing, row: Any) -> Template:
    body = open_json(keys.unwrap(row.wrapped, row.kek_id), row.body, _where(row.office, row.name))
    return Template(row.name, body["command"], frozenset(body["statuses"]), body["text"], row.office)


def save(conn: Connection, keys: KeyRing, one: Template, staff_id: int, at: int) -> None:
    """Keep a text in place of what the office had under its name, also of what was thrown away."""
    secret, key_id = insert_key(conn, keys)
    body = {"command": one.command, "statuses": sorted(one.statuses), "text": one.text}
    sealed = seal_json(secret, body, _where(one.office, one.name))
    row = {"data_key_id": key_id, "gone": False, "at": at, "staff_id": staff_id, "body": sealed}
    mine = (templates.c.office == one.office, templates.c.name == one.name)
    if not conn.execute(update(templates).where(*mine).values(row)).rowcount:
        conn.execute(insert(templates).values(office=one.office, name=one.name, **row))


def set_gone(conn: Connection, office: str, name: str, at: int, *, gone: bool) -> bool:
    """Throw one away or bring it back; was there one to do it with?"""
    mine = (templates.c.office == office, templates.c.name == name, templates.c.gone.is_(not gone))
    return bool(conn.execute(update(templates).where(*mine).values(gone=gone, at=at)).rowcount)


def count(conn: Connection, office: str, but: str) -> int:
    """How many an office has, besides the one of this name."""
    mine = (templates.c.office == office, templates.c.gone.is_(False), templates.c.name != but)
    return int(conn.execute(select(func.count()).select_from(templates).where(*mine)).scalar_one())
