"""Who serves at an office: invited, joining, let go; and what becomes of the cases that they held."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.inside.act import Act, deliver, say
from bot.inside.filing import announce, redraw, served_office, zone
from handlers import triage
from handlers.events import CaseMoved, Event
from handlers.life import BARU, DITANGANI
from handlers.office_events import Dismissed, Invited, InviteSpent
from handlers.people import let_go
from place.areas import office_name
from storage import cases, offices
from storage.cases import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from handlers import effects as ask
    from handlers import office_effects as wish
    from handlers.effects import Send
    from storage.cases import Case
    from storage.offices import Officer

INHERITED_CARDS = 10  # cards shown at once to a new office; the rest is in /antrean
CODE = 20  # characters: 100 bits
LIFE = timedelta(hours=72)


def noted(conn: Connection, token: str, seat: tuple[str, str], until: datetime) -> str:
    """A new invitation by its code's token, for a seat (office, role); the bot's name, "" while none ever started."""
    offices.invite(conn, token, *seat, stamp(until))
    return offices.setting(conn, "telegram_username")


def links(public_url: str, telegram: str, code: str) -> tuple[str, str]:
    """Where an invitation is spent: on the page, and on Telegram ("" while no bot has ever started)."""
    return f"{public_url}/petugas?kode={code}", f"https://t.me/{telegram}?start={code}" if telegram else ""


def invite(act: Act, effect: wish.Invite) -> list[Event]:
    """A new invitation; nothing at all for who may not."""
    staff = act.turn.staff
    if staff is None or not triage.may_invite(staff, effect.office):
        return []
    code, until = act.means.random_code(CODE), act.turn.at + LIFE
    token = act.means.keys.token("invite", code)
    name = noted(act.work.writing(), token, (effect.office, effect.role), until)
    web, telegram = links(act.means.public_url, name, code)
    return [Invited(office_name(effect.office), effect.role, web, telegram, until, zone(effect.office))]


def spend_invite(act: Act, effect: ask.SpendInvite) -> list[Event]:
    """One code, one officer. The office's first officer receives what waits above, history whole."""
    if not act.turn.private:
        return [InviteSpent("")]
    token = act.means.keys.token("invite", effect.code.strip().upper())
    found = offices.spend(act.work.writing(), token, act.now)
    if found is None:
        return [InviteSpent("")]
    office, role = found
    first = not offices.served(act.work.reading, office)
    person = {
        "name": act.turn.name or "Petugas",
        "office": office,
        "role": role,
        "key": act.address_key,
        "conversation_id": act.chat.id,
    }
    conn, keys = act.work.writing(), act.means.keys
    before = offices.by_addresses(conn, keys, [act.address_key]).get(act.address_key)
    offices.join(conn, keys, person, act.now)
    act.work.staff_changed = True
    if before:
        freed(act, before, by=before.id)
    came = _inherit(act, office) if first and role in triage.DESK else 0
    return [InviteSpent(office, office_name(office), role, came)]


def _inherit(act: Act, office: str) -> int:
    conn, holders, code = act.work.writing(), [], triage.above(office)
    while code:
        holders.append(code)
        code = triage.above(code)
    came = 0
    for case in cases.waiting_above(conn, act.means.keys, office, [*holders, office]):
        if case.office != office:
            if served_office(act, case.home)[0] != office:
                continue
            _goes(act, case, office, "turun")
        if came < INHERITED_CARDS:
            announce(act, case)
        came += 1
    return came


def _goes(act: Act, case: Case, office: str, action: str) -> None:
    """The case goes down to an office that has somebody now, or up from one that has nobody left."""
    cases.move(act.work.writing(), case, act.now, office=office, offered="", offer_ends=0)
    act.work.record(case, act.now, action, office=office)
    redraw(act, case, moved=True)
    if case.reporter:
        deliver(act, case.reporter, CaseMoved(case.ticket, action, office_name(office)))


def dismiss(act: Act, effect: wish.Dismiss) -> list[Event]:
    """Out at once: the next event already finds no officer. Never the last koordinator of an office."""
    staff, conn, keys = act.turn.staff, act.work.writing(), act.means.keys
    person = offices.officer(conn, keys, effect.officer)
    if staff is None or person is None or not triage.may_dismiss(staff, person.id, person.office):
        return [Dismissed("")]
    others = [one for one in offices.of_office(conn, keys, person.office) if one.id != person.id]
    if person.role == triage.KOORDINATOR and all(one.role != triage.KOORDINATOR for one in others):
        return [Dismissed(person.name, office_name(person.office), last=True)]
    told = [act.work.by_id(chat) for _, chat, _ in offices.chats(conn, [person.id])]
    offices.end(conn, person.id)
    act.work.staff_changed = True
    for chat in told if person.id != staff.id else ():
        say(act, chat, let_go(office_name(person.office)))
    return [Dismissed(person.name, office_name(person.office), freed=freed(act, person, by=staff.id))]


def part(act: Act, key: str) -> None:
    """A seat (token of its address) is given up; whoever has no other serves no more."""
    conn, keys = act.work.writing(), act.means.keys
    person = offices.by_addresses(conn, keys, [key]).get(key)
    offices.part(conn, key)
    act.work.staff_changed = True
    if person and offices.officer(conn, keys, person.id) is None:
        freed(act, person, by=person.id)


def freed(act: Act, person: Officer, by: int) -> int:
    """What an officer held is nobody's again; an office that has nobody left passes its open cases up."""
    conn, keys = act.work.writing(), act.means.keys
    held = cases.held(conn, keys, person.id)
    for case in held:
        back = case.status == DITANGANI
        cases.move(conn, case, act.now, holder=None, status=BARU if back else case.status)
        act.work.record(case, act.now, "lepas", staff_id=by)
        redraw(act, case)
        if back and case.reporter:
            deliver(act, case.reporter, CaseMoved(case.ticket, BARU, office_name(case.office)))
    if not offices.served(conn, person.office):
        _pass_up(act, person.office)
    return len(held)


def _pass_up(act: Act, office: str) -> None:
    up, heard = served_office(act, office)
    if not heard or up == office:
        return  # nobody serves anywhere above: they wait for whoever comes first
    for case in cases.open_at(act.work.writing(), act.means.keys, office):
        _goes(act, case, up, "naik")
        announce(act, case)


def able(act: Act, officer: int, case: Case) -> str:
    """The name of an officer who may handle this case; "" where there is no such officer."""
    person = offices.officer(act.work.reading, act.means.keys, officer)
    return person.name if person and triage.may_handle(person.role, person.office, case.office) else ""


def tell(act: Act, officer: int, send: Send) -> None:
    """Say something to one officer, in every chat of theirs."""
    for _, chat, _ in offices.chats(act.work.reading, [officer]):
        say(act, act.work.by_id(chat), send)
