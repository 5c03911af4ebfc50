"""Who serves at an office: invited, joining, let go; and what becomes of the cases that they held."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.inside.act import Act, say
from bot.inside.conflicts import ask_again, ask_next, asked_in, close_unseen
from bot.inside.filing import announce, served_office
from bot.inside.going import goes, lifted, release
from bot.inside.offices import offices_of
from bot.inside.sight import kecamatan_name, officer
from handlers import triage
from handlers.keeping_out import KecamatanSet
from handlers.office import renamed, your_kecamatan
from handlers.office_events import Dismissed, Invited, InviteSpent, OfficerNamed
from handlers.people import joined, led_by_nobody, let_go
from handlers.which_kecamatan import office_of
from place.areas import office_name, zone_of
from storage import cases, conflicts, joining, offices
from storage.cases import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from handlers import effects as ask
    from handlers import keeping_out
    from handlers import office_effects as wish
    from handlers.effects import Send
    from handlers.events import Event
    from sealing.keys import KeyRing
    from storage.cases import Case
    from storage.joining import Post
    from storage.offices import Officer

INHERITED_CARDS = 10  # cards shown at once to a new office; the rest is in /antrean
CODE = 20  # characters: 100 bits
LIFE = timedelta(hours=72)


def noted(conn: Connection, token: str, post: Post, until: datetime, inviter: int = 0) -> str:
    """A new invitation by its code's token, for a post, and whose; the bot's name, "" while none ever started."""
    joining.invite(conn, token, post, stamp(until), inviter)
    return offices.setting(conn, "telegram_username")


def links(public_url: str, telegram: str, code: str) -> tuple[str, str]:
    """Where an invitation is spent: on the page, and on Telegram ("" while no bot has ever started)."""
    return f"{public_url}/petugas?kode={code}", f"https://t.me/{telegram}?start={code}" if telegram else ""


def invite(act: Act, effect: wish.Invite) -> list[Event]:
    """A new invitation; nothing at all for who may not."""
    staff = act.turn.staff
    if staff is None or not triage.may_invite(staff, effect.office):
        return []
    if (effect.role == triage.PANWASCAM) != bool(effect.kecamatan):
        return []
    code, until = act.means.random_code(CODE), act.turn.at + LIFE
    token = act.means.keys.token("invite", code)
    name = noted(act.work.writing(), token, (effect.office, effect.role, effect.kecamatan), until, staff.id)
    web, telegram = links(act.means.public_url, name, code)
    where = kecamatan_name(effect.kecamatan)
    return [Invited(office_name(effect.office), effect.role, web, telegram, until, zone_of(effect.office), where)]


def spend_invite(act: Act, effect: ask.SpendInvite) -> list[Event]:
    """One code, one officer. The office's first officer receives what waits above, history whole.

    Who did not serve yet is kept out of what their inviter is kept out of.
    """
    if not act.turn.private:
        return [InviteSpent("")]
    conn, keys = act.work.writing(), act.means.keys
    token = keys.token("invite", effect.code.strip().upper())
    before = offices.by_addresses(conn, keys, [act.address_key]).get(act.address_key)
    found = joining.invited(conn, token, act.now)
    if found and before and leaves_none(conn, keys, before, found.post):
        return [InviteSpent("", office_name(before.office), last=True)]
    if found is None or not joining.spend(conn, token, act.now):
        return [InviteSpent("")]
    office, role, kecamatan = found.post
    first = not offices.served(conn, office)
    last = joining.last_at(conn, act.address_key)
    person: dict[str, Any] = {
        "name": act.turn.name or "Petugas",
        "office": office,
        "role": role,
        "kecamatan": kecamatan,
        "key": act.address_key,
        "conversation_id": act.chat.id,
        "inviter": 0 if before else found.inviter,
        "former": last,
    }
    seats = _seats(conn, before)
    number = joining.join(conn, keys, person, act.now)
    act.work.staff_changed = True
    if last:
        conflicts.passed_on(conn, keys, last, number)
    kept_out = conflicts.passed_on(conn, keys, person["inviter"], number) if person["inviter"] else False
    if found.inviter:
        _made_known(act, number, found.inviter, kept_out=kept_out)
    if before:
        freed(act, before, seats, by=before.id)
    came = _inherit(act, office) if first and role in triage.DECIDE else 0
    _asked(act, number)
    return [InviteSpent(office, office_name(office), role, kecamatan_name(kecamatan), came)]


def leaves_none(conn: Connection, keys: KeyRing, person: Officer, post: Post) -> bool:
    """Would this office be without a koordinator once this officer serves there?"""
    return post[:2] != (person.office, triage.KOORDINATOR) and _is_last(conn, keys, person)


def _is_last(conn: Connection, keys: KeyRing, person: Officer) -> bool:
    others = [one for one in offices.of_office(conn, keys, person.office) if one.id != person.id]
    return person.role == triage.KOORDINATOR and all(one.role != triage.KOORDINATOR for one in others)


def _made_known(act: Act, number: int, inviter: int, *, kept_out: bool) -> None:
    """The office's others hear who joined, by whom, and so do the nearest koordinators above, and who invited."""
    conn, keys = act.work.reading, act.means.keys
    person, by = offices.officer(conn, keys, number), offices.name_of(conn, keys, inviter)
    if person is None:
        return
    here = [one for one in offices.of_office(conn, keys, person.office) if one.role in triage.DESK]
    host = offices.officer(conn, keys, inviter)
    told = {one.id: one for one in (*here, *_leads_above(act, person.office), *([host] if host else ()))}
    told.pop(number, None)
    where = kecamatan_name(person.kecamatan)
    for one in told.values():
        tell(act, one.id, joined(officer(person), where, by, officer(one), kept_out=kept_out))


def _leads_above(act: Act, office: str) -> list[Officer]:
    """The koordinators of the nearest office above that has any."""
    for code in triage.upward(triage.above(office)):
        people = offices.of_office(act.work.reading, act.means.keys, code)
        if heads := [one for one in people if one.role == triage.KOORDINATOR]:
            return heads
    return []


def _asked(act: Act, number: int) -> None:
    """What waits for a second person here or below, and nobody could be asked, the newcomer is asked."""
    conn, keys = act.work.writing(), act.means.keys
    person = offices.officer(conn, keys, number)
    if person and person.role in triage.DECIDE:
        ask_again(act, cases.unasked(conn, keys, offices_of(person.office)), person)


def name_officer(act: Act, effect: wish.NameOfficer) -> list[Event]:
    """The name that stands in cards and papers, where Telegram's is none; the office's others read both."""
    staff, conn, keys = act.turn.staff, act.work.writing(), act.means.keys
    person = offices.officer(conn, keys, effect.officer)
    if not (staff and person and triage.may_invite(staff, person.office)):
        return [OfficerNamed(effect.officer, effect.name)]
    others = [one for one in offices.of_office(conn, keys, person.office) if one.id != person.id]
    if any(one.name.casefold() == effect.name.casefold() for one in others):
        return [OfficerNamed(person.id, effect.name, person.name, taken=True)]
    offices.set_name(conn, keys, person.id, effect.name)
    act.work.staff_changed = True
    for one in (*others, *_leads_above(act, person.office), person):
        if one.id != staff.id:
            tell(act, one.id, renamed(person.id, person.name, effect.name, staff.name, yours=one.id == person.id))
    return [OfficerNamed(person.id, effect.name, person.name)]


def set_kecamatan(act: Act, effect: keeping_out.SetKecamatan) -> list[Event]:
    """A panwascam sees another kecamatan of their kabupaten from now on; the cards of the one before are closed."""
    staff, conn, keys = act.turn.staff, act.work.writing(), act.means.keys
    person = offices.officer(conn, keys, effect.officer)
    mine = staff and person and person.role == triage.PANWASCAM and triage.may_invite(staff, person.office)
    if not (mine and person) or effect.kecamatan not in act.means.book.kecamatan:
        return [KecamatanSet("")]
    if office_of(effect.kecamatan) != person.office:
        return [KecamatanSet("")]
    offices.set_kecamatan(conn, person.id, effect.kecamatan)
    act.work.staff_changed = True
    close_unseen(act, replace(person, kecamatan=effect.kecamatan))
    name = kecamatan_name(effect.kecamatan)
    tell(act, person.id, your_kecamatan(name))
    return [KecamatanSet(person.name, name)]


def _inherit(act: Act, office: str) -> int:
    came = 0
    for case in cases.waiting_above(act.work.writing(), act.means.keys, office, triage.upward(office)):
        if case.office != office:
            if served_office(act, case.home, case.barred)[0] != office:
                continue
            goes(act, case, office, "turun")
        if came < INHERITED_CARDS:
            announce(act, case)
        came += 1
    return came


def dismiss(act: Act, effect: wish.Dismiss) -> list[Event]:
    """Out at once: the next event already finds no officer. Never the last koordinator of an office."""
    staff, conn, keys = act.turn.staff, act.work.writing(), act.means.keys
    person = offices.officer(conn, keys, effect.officer)
    if staff is None or person is None or not triage.may_dismiss(staff, person.id, person.office):
        return [Dismissed("")]
    if _is_last(conn, keys, person):
        return [Dismissed(person.name, office_name(person.office), last=True)]
    seats = _seats(conn, person)
    offices.end(conn, person.id)
    act.work.staff_changed = True
    for chat in seats if person.id != staff.id else ():
        say(act, act.work.by_id(chat), let_go(office_name(person.office)))
    return [Dismissed(person.name, office_name(person.office), freed=freed(act, person, seats, by=staff.id))]


def _seats(conn: Connection, person: Officer | None) -> list[int]:
    """The chats of somebody who serves still."""
    return [chat for _, chat, _ in offices.chats(conn, [person.id])] if person else []


def part(act: Act, key: str) -> None:
    """A seat (token of its address) is given up; whoever has no other serves no more.

    So the last koordinator can leave an office: who closes a page that others may see is not held back. It is told
    above, where somebody can invite the next.
    """
    conn, keys = act.work.writing(), act.means.keys
    person = offices.by_addresses(conn, keys, [key]).get(key)
    seats, last = _seats(conn, person), person is not None and _is_last(conn, keys, person)
    offices.part(conn, key)
    act.work.staff_changed = True
    if person and offices.officer(conn, keys, person.id) is None:
        freed(act, person, seats, by=person.id)
        for one in _leads_above(act, person.office) if last else ():
            tell(act, one.id, led_by_nobody(person.name, office_name(person.office), person.office))


def freed(act: Act, person: Officer, seats: list[int], by: int) -> int:
    """What an officer held is nobody's again; an open case that nobody left at the office may handle goes up.

    What they were asked in these chats, to be the second person, another is asked.
    """
    conn, keys = act.work.writing(), act.means.keys
    held = cases.held(conn, keys, person.id)
    for case in held:
        release(act, case, by)
    _pass_up(act, person.office, by)
    for case in asked_in(act, seats):
        ask_next(act, case)
    return len(held)


def _pass_up(act: Act, office: str, by: int) -> None:
    """All of them where nobody serves there any more; else those from which all who do are kept out."""
    conn, keys = act.work.writing(), act.means.keys
    if not offices.served(conn, office):
        for case in cases.open_at(conn, keys, office):
            lifted(act, case, "naik", by)
        return
    for case in cases.open_at(conn, keys, office, kept=True):
        lifted(act, case, "naik_benturan", by)


def able(act: Act, officer: int, case: Case) -> str:
    """The name of an officer who may handle this case; "" where there is no such officer."""
    person = offices.officer(act.work.reading, act.means.keys, officer)
    if person is None or person.id in case.barred or not triage.may_handle(person.role, person.office, case.office):
        return ""
    return person.name


def tell(act: Act, officer: int, send: Send) -> None:
    """Say something to one officer, in every chat of theirs."""
    for _, chat, _ in offices.chats(act.work.reading, [officer]):
        say(act, act.work.by_id(chat), send)
