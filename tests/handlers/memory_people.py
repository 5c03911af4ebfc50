"""Who serves at an office, in the house of dicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import effects as ask
from handlers import events as told
from handlers import life, office, people, seconds, triage
from handlers import office_effects as wish
from handlers.office_events import Dismissed, Invited, InviteSpent, OfficerNamed
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
    house.invites[code] = (post, effect.role, until, act.turn.staff.id)
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
    code = effect.code.strip().upper()
    post, role, until, by = house.invites.get(code, ("", "", house.at, 0))
    kecamatan = post if post.count(".") > 1 else ""
    office = post.rpartition(".")[0] if kecamatan else post
    host = next((one.staff for one in house.officers if one.staff.id == by), None)
    fallen = by and not (host and triage.may_invite(host, office))
    if not act.turn.private or until <= house.at or fallen:
        return [InviteSpent("")]
    first = not house.served(office)
    before = [one for one in house.officers if one.who == act.speaker]
    if before and (office, role) != (before[0].staff.office, "koordinator") and heads(house, before[0]) == before:
        return [InviteSpent("", before[0].staff.office_name, last=True)]
    del house.invites[code]
    new = house.join(act, act.turn.name or "Petugas", office, role, kecamatan, by)
    for one in before:
        memory_conflicts.passed_on(house, one.staff.id, new.staff.id)
    kept_out = bool(by and not before) and memory_conflicts.passed_on(house, by, new.staff.id)
    if by:
        made_known(house, new, by, kept_out=kept_out)
    for one in before:
        freed(house, one, one.staff.id)
    came = inherit(house, office) if first and role in triage.DECIDE else 0
    memory_conflicts.ask_again(house, house.cases, new)
    return [InviteSpent(office, OFFICES[office], role, name(kecamatan), came)]


def heads(house: MemoryHouse, person: Officer) -> list[Officer]:
    """The koordinators of this koordinator's office; none for anybody else."""
    mine = [o for o in house.officers if o.staff.office == person.staff.office and o.staff.role == "koordinator"]
    return mine if person in mine else []


def made_known(house: MemoryHouse, new: Officer, by: int, *, kept_out: bool) -> None:
    above = leads_above(house, new.staff.office)
    for one in house.officers:
        mine = one.staff.office == new.staff.office and one.staff.role != "auditor"
        if one is not new and (mine or one in above or one.staff.id == by):
            house.say(
                one.chat,
                people.joined(new.staff, name(new.staff.kecamatan), house.name_of(by), one.staff, kept_out=kept_out),
            )


def leads_above(house: MemoryHouse, office: str) -> list[Officer]:
    """The koordinators of the nearest office above that has any."""
    leads = [one for one in house.officers if one.staff.role == "koordinator"]
    by_office = ([one for one in leads if one.staff.office == code] for code in triage.upward(office)[1:])
    return next(filter(None, by_office), [])


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
    if heads(house, gone) == [gone]:
        return [Dismissed(name, OFFICES[office], last=True)]
    house.officers.remove(gone)
    house.former.append(gone)
    if gone.staff.id != speaker.id:
        house.say(gone.chat, people.let_go(OFFICES[office]))
    return [Dismissed(name, OFFICES[office], freed=freed(house, gone, speaker.id))]


def name_officer(house: MemoryHouse, act: Act, effect: wish.NameOfficer) -> Answers:
    speaker, found = act.turn.staff, next((one for one in house.officers if one.staff.id == effect.officer), None)
    if not (speaker and found and triage.may_invite(speaker, found.staff.office)):
        return [OfficerNamed(effect.officer, effect.name)]
    before, here = found.staff.name, found.staff.office
    others = [one for one in house.officers if one.staff.office == here and one is not found]
    if effect.name.casefold() in {one.staff.name.casefold() for one in others}:
        return [OfficerNamed(effect.officer, effect.name, before, taken=True)]
    found.staff = replace(found.staff, name=effect.name)
    for one in (*others, *leads_above(house, here), found):
        if one.staff.id != speaker.id:
            house.say(one.chat, office.renamed(effect.officer, before, effect.name, speaker.name, yours=one is found))
    return [OfficerNamed(effect.officer, effect.name, before)]


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
