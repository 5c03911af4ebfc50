"""Who serves at an office, in the house of dicts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import effects as ask
from handlers import events as told
from handlers import life, people, seconds, triage
from handlers import office_effects as wish
from handlers.office_events import Dismissed, Invited, InviteSpent
from place.areas import zone_of
from place.districts import all_kecamatan
from tests.handlers import memory_conflicts
from tests.handlers.memory_cases import announce, served
from tests.handlers.memory_conflicts import goes, lifted, release
from tests.handlers.memory_house import OFFICES, Act, MemoryHouse, Officer

if TYPE_CHECKING:
    Answers = list[told.Event] | None


def invite(house: MemoryHouse, act: Act, effect: wish.Invite) -> Answers:
    assert act.turn.staff
    assert triage.covers(act.turn.staff.office, effect.office)
    code, until = house.code(20), house.at + timedelta(hours=72)
    post = effect.kecamatan or effect.office
    house.invites[code] = (post, effect.role, until)
    zone = zone_of(effect.office)
    return [
        Invited(
            OFFICES[effect.office],
            effect.role,
            f"https://contoh.id/petugas?kode={code}",
            "",
            until,
            zone,
            name(effect.kecamatan),
        )
    ]


def spend_invite(house: MemoryHouse, act: Act, effect: ask.SpendInvite) -> Answers:
    post, role, until = house.invites.pop(effect.code.strip().upper(), ("", "", house.at))
    kecamatan = post if post.count(".") > 1 else ""
    office = post.rpartition(".")[0] if kecamatan else post
    if not act.turn.private or until <= house.at:
        return [InviteSpent("")]
    first = not house.served(office)
    before = [one for one in house.officers if one.staff.name == act.speaker]
    new = house.join(act, act.turn.name or "Petugas", office, role, kecamatan)
    for one in before:
        memory_conflicts.passed_on(house, one.staff.id, new.staff.id)
        freed(house, one, one.staff.id)
    came = inherit(house, office) if first and role in triage.DECIDE else 0
    memory_conflicts.ask_again(house, house.cases, new)
    return [InviteSpent(office, OFFICES[office], role, name(kecamatan), came)]


def name(kecamatan: str) -> str:
    return all_kecamatan().get(kecamatan, "")


def inherit(house: MemoryHouse, office: str) -> int:
    came = [
        case
        for case in house.cases
        if case.status == life.BARU
        and served(house, case.home, case.barred) == office
        and triage.covers(case.office, office)
    ]
    for case in came:
        if case.office != office:
            goes(house, case, office, "turun")
        announce(house, case)
    return len(came)


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
        release(house, case, by)
    here = gone.staff.office
    left = [case for case in house.cases if case.office == here and case.status not in life.ENDED]
    action = "naik_benturan" if house.served(here) else "naik"
    for case in left:
        lifted(house, case, action, by)
    asked = {seconds.asked_of(card) for card in gone.chat.cards}
    for case in house.cases:
        if case.ticket in asked:
            memory_conflicts.ask_next(house, case)
    return len(held)
