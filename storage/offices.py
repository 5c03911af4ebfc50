"""Offices and their officers: who serves where, by which address; what an office entered about itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from handlers.triage import DECIDE
from sealing.envelope import open_text, seal_text
from storage.keys import data_key
from storage.tables import conversations, data_keys, offices, settings, staff, staff_addresses, uploads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection, Row

    from sealing.keys import KeyRing


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer's row, opened."""

    id: int
    name: str
    office: str
    role: str
    duty: bool
    kecamatan: str = ""  # of a panwascam


def address_key(keys: KeyRing, channel: str, sender: str) -> str:
    """The keyed token of an officer's address."""
    return keys.token("staff", f"{channel}|{sender}")


def _officer(row: Row[Any], keys: KeyRing) -> Officer:
    secret = keys.unwrap(row.wrapped, row.kek_id)
    name = open_text(secret, row.name, f"staff/{row.data_key_id}/name")
    return Officer(row.id, name, row.office, row.role, row.duty, row.kecamatan)


_ACTIVE = (
    select(staff, data_keys.c.wrapped, data_keys.c.kek_id)
    .select_from(staff.join(data_keys, staff.c.data_key_id == data_keys.c.id))
    .where(staff.c.active.is_(True))
    .order_by(staff.c.id)
)


def by_addresses(conn: Connection, keys: KeyRing, wanted: Iterable[str]) -> dict[str, Officer]:
    """The active officers behind these address tokens."""
    both = _ACTIVE.add_columns(staff_addresses.c.key).join(staff_addresses, staff_addresses.c.staff_id == staff.c.id)
    rows = conn.execute(both.where(staff_addresses.c.key.in_(sorted(set(wanted)))))
    return {row.key: _officer(row, keys) for row in rows}


def name_of(conn: Connection, keys: KeyRing, staff_id: int) -> str:
    """An officer's name, active or not; "" for none."""
    row = conn.execute(select(staff.c.name, staff.c.data_key_id).where(staff.c.id == staff_id)).one_or_none()
    if row is None:
        return ""
    return open_text(data_key(conn, keys, row.data_key_id), row.name, f"staff/{row.data_key_id}/name")


def of_office(conn: Connection, keys: KeyRing, office: str) -> list[Officer]:
    """The active officers of an office."""
    return [_officer(row, keys) for row in conn.execute(_ACTIVE.where(staff.c.office == office))]


def officer(conn: Connection, keys: KeyRing, staff_id: int) -> Officer | None:
    """An active officer, None for any other number."""
    row = conn.execute(_ACTIVE.where(staff.c.id == staff_id)).one_or_none()
    return _officer(row, keys) if row else None


def end(conn: Connection, staff_id: int) -> None:
    """End an officer's service; the name stays, for the history."""
    conn.execute(update(staff).where(staff.c.id == staff_id).values(active=False, duty=False))


def served(conn: Connection, office: str) -> bool:
    """Is there an officer who sees all of its cases?"""
    query = select(func.count()).where(staff.c.office == office, staff.c.active.is_(True), _SEES_ALL)
    return bool(conn.execute(query.select_from(staff)).scalar_one())


def served_among(conn: Connection, codes: Iterable[str], but: Iterable[int] = ()) -> set[str]:
    """Those of these offices that have an officer who sees all of its cases, none of those `but`."""
    query = _SERVED.where(staff.c.id.not_in(sorted(but))) if but else _SERVED
    return set(conn.execute(query, dict(zip_longest(LEVELS, codes, fillvalue=""))).scalars())


_SEES_ALL = staff.c.role.in_(sorted(DECIDE))  # a panwascam sees one kecamatan, an auditor figures
LEVELS = ("kabupaten", "province", "nation")  # as many as there can be above each other
_SERVED = (
    select(staff.c.office)
    .where(staff.c.office.in_([bindparam(level) for level in LEVELS]), staff.c.active.is_(True), _SEES_ALL)
    .distinct()
)


def chats(conn: Connection, officer_ids: Iterable[int]) -> list[tuple[int, int, str]]:
    """(staff id, conversation id, channel) of these officers' private chats; none of whoever serves no more."""
    query = (
        select(staff_addresses.c.staff_id, staff_addresses.c.conversation_id, conversations.c.channel)
        .join(conversations, conversations.c.id == staff_addresses.c.conversation_id)
        .join(staff, staff.c.id == staff_addresses.c.staff_id)
        .where(staff_addresses.c.staff_id.in_(sorted(set(officer_ids))))
        .where(staff.c.active.is_(True), conversations.c.gone.is_(False))
        .order_by(staff_addresses.c.staff_id, staff_addresses.c.conversation_id)
    )
    return [(staff_id, chat, channel) for staff_id, chat, channel in conn.execute(query)]


def a_seat(conn: Connection, codes: Iterable[str]) -> int | None:
    """A conversation of an officer of the first of these offices that has one."""
    query = (
        select(staff.c.office, func.min(staff_addresses.c.conversation_id).label("chat"))
        .join(staff, staff.c.id == staff_addresses.c.staff_id)
        .where(staff.c.active.is_(True), staff.c.office.in_(wanted := list(codes)))
        .group_by(staff.c.office)
    )
    found = {row.office: row.chat for row in conn.execute(query)}
    return next((found[code] for code in wanted if code in found), None)


def hearing(
    conn: Connection,
    keys: KeyRing,
    code: str,
    is_gone: Callable[[int], bool],
    able: Callable[[Officer], bool] = lambda _: True,
    *,
    aloud: bool = True,
) -> list[int]:
    """Where an office hears us: its group and its officers' pages, or without a group every officer's own chat.

    Only of officers who are `able` to hear it; never in the group where it is not to be said `aloud`.
    """
    private = chats(conn, [one.id for one in of_office(conn, keys, code) if one.role != "auditor" and able(one)])
    group = profile(conn, code)["group_id"]
    if not aloud or group is None or is_gone(group):
        return [chat for _, chat, _ in private]
    return [group, *(chat for _, chat, channel in private if channel == "kantor")]


def posts(conn: Connection, keys: KeyRing, conversation_ids: Iterable[int]) -> dict[int, list[Officer]]:
    """The officers who may handle cases in these private chats; a chat of no serving officer is not in it."""
    both = _ACTIVE.add_columns(staff_addresses.c.conversation_id).join(
        staff_addresses, staff_addresses.c.staff_id == staff.c.id
    )
    wanted = staff_addresses.c.conversation_id.in_(sorted(set(conversation_ids)))
    found: dict[int, list[Officer]] = {}
    for row in conn.execute(both.where(wanted, staff.c.role != "auditor")):
        found.setdefault(row.conversation_id, []).append(_officer(row, keys))
    return found


def with_case(conn: Connection, staff_ids: Iterable[int]) -> list[tuple[str, str]]:
    """(role, office) of those of these who serve."""
    query = select(staff.c.role, staff.c.office).where(staff.c.id.in_(sorted(staff_ids)), staff.c.active.is_(True))
    return [tuple(row) for row in conn.execute(query)]


def set_name(conn: Connection, keys: KeyRing, staff_id: int, name: str) -> None:
    """An officer is called so from now on, also in what they did before."""
    row = conn.execute(select(staff.c.data_key_id).where(staff.c.id == staff_id)).one()
    sealed = seal_text(data_key(conn, keys, row.data_key_id), name, f"staff/{row.data_key_id}/name")
    conn.execute(update(staff).where(staff.c.id == staff_id).values(name=sealed))


def set_kecamatan(conn: Connection, staff_id: int, code: str) -> None:
    """A panwascam's kecamatan is this from now on."""
    conn.execute(update(staff).where(staff.c.id == staff_id).values(kecamatan=code))


# --- what an office entered -------------------------------------------------------------------------------------


def profile(conn: Connection, code: str) -> dict[str, Any]:
    """alamat, jam, group_id: as entered, blank until then."""
    row = conn.execute(select(offices).where(offices.c.code == code)).mappings().one_or_none()
    return dict(row) if row else {"code": code, "alamat": "", "jam": "", "group_id": None}


def enter(conn: Connection, code: str, **values: Any) -> None:
    """Enter facts of an office."""
    if not conn.execute(update(offices).where(offices.c.code == code).values(**values)).rowcount:
        conn.execute(insert(offices).values(**{"code": code, "alamat": "", "jam": "", "group_id": None, **values}))


def set_duty(conn: Connection, code: str, staff_ids: Iterable[int]) -> None:
    """These officers of the office are on duty, and no others."""
    mine = staff.c.office == code
    conn.execute(update(staff).where(mine).values(duty=False))
    conn.execute(update(staff).where(mine, staff.c.id.in_(sorted(set(staff_ids)))).values(duty=True))


# --- settings, and one-time uploads ------------------------------------------------------------------------------


def setting(conn: Connection, name: str) -> str:
    """A value that a running process left for the others; "" where none."""
    return conn.execute(select(settings.c.value).where(settings.c.name == name)).scalar_one_or_none() or ""


def set_setting(conn: Connection, name: str, value: str) -> None:
    """Leave a value."""
    if not conn.execute(update(settings).where(settings.c.name == name).values(value=value)).rowcount:
        conn.execute(insert(settings).values(name=name, value=value))


def offer_upload(conn: Connection, token: str, conversation_id: int, expires: int) -> None:
    """A one-time upload into a conversation, by its token."""
    conn.execute(insert(uploads).values(token=token, conversation_id=conversation_id, expires=expires, spent=0))


def upload_into(conn: Connection, token: str, now: int) -> int | None:
    """The conversation of an upload that is still open; None if unknown, spent or expired."""
    open_ = (uploads.c.token == token, uploads.c.spent == 0, uploads.c.expires > now)
    return conn.execute(select(uploads.c.conversation_id).where(*open_)).scalar_one_or_none()


def spend_upload(conn: Connection, token: str, now: int) -> None:
    """An upload has been used."""
    conn.execute(update(uploads).where(uploads.c.token == token).values(spent=now))


def part(conn: Connection, key: str) -> None:
    """An address (token) is given up; an officer without any other serves no more."""
    gone = delete(staff_addresses).where(staff_addresses.c.key == key).returning(staff_addresses.c.staff_id)
    for staff_id in conn.execute(gone).scalars().all():
        left = select(staff_addresses.c.key).where(staff_addresses.c.staff_id == staff_id).exists()
        conn.execute(update(staff).where(staff.c.id == staff_id, ~left).values(active=False, duty=False))
