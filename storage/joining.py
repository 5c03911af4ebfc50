"""How officers come: invitations, who made them, who joined by which, and from whom whoever is new stems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from handlers.triage import KOORDINATOR, covers
from sealing.envelope import seal_text
from storage.keys import insert_key
from storage.tables import invites, staff, staff_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

Post = tuple[str, str, str]  # office, role, and a panwascam's kecamatan, "" for anybody else


@dataclass(frozen=True, slots=True)
class Invitation:
    """One that can be spent: for what, and whose (staff id, 0 for the operator's)."""

    post: Post
    inviter: int


def invite(conn: Connection, token: str, post: Post, expires: int, inviter: int = 0) -> None:
    """Note an invitation by its code's token, and who made it."""
    office, role, kecamatan = post
    row = {"code": token, "office": office, "role": role, "kecamatan": kecamatan, "expires": expires, "spent": 0}
    conn.execute(insert(invites), {**row, "inviter": inviter or None})


_WITH_INVITER = select(
    invites, staff.c.active, staff.c.office.label("inviters_office"), staff.c.role.label("inviters_role")
).select_from(invites.outerjoin(staff, staff.c.id == invites.c.inviter))


def invited(conn: Connection, token: str, now: int) -> Invitation | None:
    """An invitation that could be spent now.

    None if unknown, spent or expired; nor of a koordinator who leads that office no more: it falls with them.
    """
    fresh = (invites.c.code == token, invites.c.spent == 0, invites.c.expires > now)
    row = conn.execute(_WITH_INVITER.where(*fresh)).one_or_none()
    if row is None:
        return None
    leads = row.active and row.inviters_role == KOORDINATOR and covers(row.inviters_office, row.office)
    if row.inviter and not leads:
        return None
    return Invitation((row.office, row.role, row.kecamatan), row.inviter or 0)


def spend(conn: Connection, token: str, now: int) -> bool:
    """An invitation is spent; False where somebody was quicker."""
    once = update(invites).where(invites.c.code == token, invites.c.spent == 0).values(spent=now)
    return bool(conn.execute(once).rowcount)


def spent_since(conn: Connection, token: str, since: int) -> bool:
    """Was an invitation spent at this time or later?"""
    row = conn.execute(select(invites.c.code).where(invites.c.code == token, invites.c.spent >= since))
    return row.one_or_none() is not None


def last_at(conn: Connection, key: str) -> int:
    """Who sat at this address last, serving or not; 0 for nobody."""
    query = select(staff_addresses.c.staff_id).where(staff_addresses.c.key == key)
    return conn.execute(query).scalar_one_or_none() or 0


COLUMNS = ("office", "role", "kecamatan")
STEMS = ("inviter", "former")


def join(conn: Connection, keys: KeyRing, person: Mapping[str, Any], at: int) -> int:
    """A new officer; gives the staff id. Whoever served at another office from the same address serves there no more.

    `person`: name, office, role, kecamatan, key (address token), conversation_id; inviter and former (staff ids, 0 for
    none): whose invitation it was, and who they were before.
    """
    old = last_at(conn, person["key"])
    secret, key_id = insert_key(conn, keys)
    sealed = seal_text(secret, person["name"], f"staff/{key_id}/name")
    facts = {name: person[name] for name in COLUMNS} | {name: person[name] or None for name in STEMS}
    new = insert(staff).values(data_key_id=key_id, name=sealed, active=True, duty=False, at=at, **facts)
    staff_id = int(conn.execute(new.returning(staff.c.id)).scalar_one())
    here = {"staff_id": staff_id, "conversation_id": person["conversation_id"]}
    if not old:
        conn.execute(insert(staff_addresses).values(key=person["key"], **here))
    else:
        conn.execute(update(staff).where(staff.c.id == old).values(active=False))
        conn.execute(update(staff_addresses).where(staff_addresses.c.key == person["key"]).values(**here))
    return staff_id


def was(conn: Connection, staff_id: int, former: int) -> None:
    """Whoever joined just now is somebody who serves already, at another seat: they need nobody to vouch for them."""
    conn.execute(update(staff).where(staff.c.id == staff_id).values(inviter=None, former=former))


def stems(conn: Connection, staff_ids: Iterable[int], since: int) -> dict[int, tuple[int, ...]]:
    """From whom those of these stem who joined after that time (handlers/near.py), and those from whom they stem."""
    found: dict[int, tuple[int, ...]] = {}
    wanted = set(staff_ids)
    seen: set[int] = set()
    while wanted:
        seen |= wanted
        query = select(staff.c.id, staff.c.inviter, staff.c.former).where(staff.c.id.in_(sorted(wanted)))
        for row in conn.execute(query.where(staff.c.at > since)):
            found[row.id] = tuple(number for number in (row.inviter, row.former) if number)
        wanted = {number for some in found.values() for number in some} - seen
    return found
