"""Who serves at an office, in the house of dicts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import effects as ask
from handlers import events as told
from handlers import life, people, triage
from handlers import office_effects as wish
from handlers.office_events import Dismissed, Invited, InviteSpent
from place.areas import zone_of
from tests.handlers.memory_cases import announce, moved, record, redraw, served
from tests.handlers.memory_house import OFFICES, Act, Case, MemoryHouse, Officer

if TYPE_CHECKING:
    Answers = list[told.Event] | None


def invite(house: MemoryHouse, act: Act, effect: wish.Invite) -> Answers:
    assert act.turn.staff
    assert triage.covers(act.turn.staff.office, effect.office)
    code, until = house.code(20), house.at + timedelta(hours=72)
    house.invites[code] = (effect.office, effect.role, until)
    zone = zone_of(effect.office) if "." in effect.office else "Asia/Jakarta"
    return [Invited(OFFICES[effect.office], effect.role, f"https://contoh.id/petugas?kode={code}", "", until, zone)]


def spend_invite(house: MemoryHouse, act: Act, effect: ask.SpendInvite) -> Answers:
    office, role, until = house.invites.pop(effect.code.strip().upper(), ("", "", house.at))
    if not act.turn.private or until <= house.at:
        return [InviteSpent("")]
    first = not house.served(office)
    before = [one for one in house.officers if one.staff.name == act.speaker]
    house.join(act, act.turn.name or "Petugas", office, role)
    for one in before:
        freed(house, one, one.staff.id)
    came = inherit(house, office) if first and role in triage.DESK else 0
    return [InviteSpent(office, OFFICES[office], role, came)]


def inherit(house: MemoryHouse, office: str) -> int:
    came = [
        case
        for case in house.cases
        if case.status == life.BARU and served(house, case.home) == office and triage.covers(case.office, office)
    ]
    for case in came:
        if case.office != office:
            goes(house, case, office, "turun")
        announce(house, case)
    return len(came)


def goes(house: MemoryHouse, case: Case, office: str, action: str) -> None:
    case.office, case.offered, case.offer_ends = office, "", None
    moved(house, case)
    record(house, case, action, office=office)
    redraw(house, case, moved=True)
    house.own(case.reporter, told.CaseMoved(case.ticket, action, OFFICES[office]))


def dismiss(house: MemoryHouse, act: Act, effect: wish.Dismiss) -> Answers:
    speaker = act.turn.staff
    found = [one for one in house.officers if one.staff.id == effect.officer]
    leads = speaker and found and speaker.role == "koordinator" and triage.covers(speaker.office, found[0].staff.office)
    if not speaker or not found or not (leads or found[0].staff.id == speaker.id):
        return [Dismissed("")]
    gone = found[0]
    office, name = gone.staff.office, gone.staff.name
    heads = [o for o in house.officers if o.staff.office == office and o.staff.role == "koordinator"]
    if heads == [gone]:
        return [Dismissed(name, OFFICES[office], last=True)]
    house.officers.remove(gone)
    house.former.append(gone)
    if gone.staff.id != speaker.id:
        house.say(gone.chat, people.let_go(OFFICES[office]))
    return [Dismissed(name, OFFICES[office], freed=freed(house, gone, speaker.id))]


def freed(house: MemoryHouse, gone: Officer, by: int) -> int:
    held = [case for case in house.cases if case.holder == gone.staff.id and case.status not in life.ENDED]
    for case in held:
        back = case.status == life.DITANGANI
        case.holder, case.status = 0, life.BARU if back else case.status
        moved(house, case)
        record(house, case, "lepas", staff=by)
        redraw(house, case)
        if back:
            house.own(case.reporter, told.CaseMoved(case.ticket, life.BARU, OFFICES[case.office]))
    up = served(house, gone.staff.office)
    left = [case for case in house.cases if case.office == gone.staff.office and case.status not in life.ENDED]
    for case in left if house.served(up) and up != gone.staff.office else ():
        goes(house, case, up, "naik")
        announce(house, case)
    return len(held)
