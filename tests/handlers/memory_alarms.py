"""Reminders and alarms in the house of dicts: said once more, with lists where the other has tables."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import alarm_words, alarms, life, triage
from handlers.alarms import ANEW, CITIZENS, NOBODY, Step
from handlers.speech import moment
from law.reminders import HOLDER, UP
from tests.handlers.memory_house import OFFICES, Act, Case, Chat, MemoryHouse

if TYPE_CHECKING:
    from law.reminders import Rung


def heed(house: MemoryHouse, by: str, act: Act | None) -> None:
    touched, house.touched = [one for one in house.touched if one[1] not in CITIZENS], []
    by = by if any(officer for *_, officer in touched) else ""
    cases = list({case.ticket: case for case, *_ in touched}.values())
    for case in cases:
        rows = [(action, officer) for one, action, officer in touched if one is case]
        able = act and act.turn.staff and triage.handles(act.turn.staff, case)
        acted = bool(able) and triage.covers(by, case.office) and any(officer for _, officer in rows)
        if acted:
            down(house, act, house.book.reminders.limit, case.alarm.rung, case.office, case)
        begins = first(house, case)
        if acted or begins == NOBODY or not case.alarm.rung or any(action in ANEW for action, _ in rows):
            case.alarm = begins
    offices = {case.office for case in cases} | ({by} if by else set())
    for office in sorted(offices):
        able = any(triage.handles(act.turn.staff, one) for one in untaken(house, office) if act and act.turn.staff)
        watch(house, act, office, acted=office == by and able)
    if any(action in ANEW for _, action, _ in touched):
        for office in sorted(one for one in house.watches if not untaken(house, one)):
            watch(house, act, office, acted=False)


def first(house: MemoryHouse, case: Case) -> Step:
    ends = ending(house, case)
    return alarms.limit_from(ends, house.at, case.office, house.book) if ends else NOBODY


def ending(house: MemoryHouse, case: Case) -> alarms.Ends | None:
    return alarms.ending(case.status, case.answers, case.facts, case.deadline, house.at, house.book)


def untaken(house: MemoryHouse, office: str) -> list[Case]:
    return [case for case in house.cases if case.office == office and case.status == life.BARU]


def watch(house: MemoryHouse, act: Act | None, office: str, *, acted: bool) -> None:
    now, waits = house.watches.get(office, (house.at, NOBODY))[1], bool(untaken(house, office))
    if acted or not waits:
        down(house, act, house.book.reminders.queue, now.rung, office)
    if not waits:
        house.watches.pop(office, None)
    elif acted or now == NOBODY:
        house.watches[office] = (house.at, alarms.queue_from(house.at, office, house.book))


def above(house: MemoryHouse, office: str) -> list[str]:
    found = []
    while office := triage.above(office):
        found += [office] if house.served(office) else []
    return found


def hearing(house: MemoryHouse, rung: Rung, office: str, case: Case | None = None) -> list[Chat]:
    where = alarms.hears(rung, office, above(house, office))
    return house.audience(where, case, role="koordinator" if rung.to == "koordinator" else "") if where else []


def down(
    house: MemoryHouse, act: Act | None, ladder: tuple[Rung, ...], step: int, office: str, case: Case | None = None
) -> None:
    acting, about = [act.chat, act.mind] if act else [], case.ticket if case else office
    told = [one for one in house.chats.values() if f"alarm:{about}" in one.cards]
    for to in told if alarms.told_above(ladder, step) else []:
        to.cards.remove(f"alarm:{about}")
        people = [one.staff for one in house.officers if one.chat is to]
        able = any(triage.handles(one, case) if case else triage.sees(one, office) for one in people)
        if not to.private:
            able = triage.covers(to.office, office) and not (case and house.silenced(case))
        if able and to not in acting:
            house.say(to, alarm_words.in_hand(OFFICES[office], case.ticket if case else ""))


def ring(house: MemoryHouse, kind: str, office: str) -> None:
    if house.served(office) or above(house, office):
        (queue if kind == "antrean" else limits)(house, office)
        return
    later = house.at + timedelta(days=1)
    since, now = house.watches.get(office, (house.at, NOBODY))
    if now.at and now.at <= house.at:
        house.watches[office] = (since, Step(now.rung, later))
    for case in house.cases:
        if case.office == office and case.alarm.at and case.alarm.at <= house.at:
            case.alarm = Step(case.alarm.rung, later)


def queue(house: MemoryHouse, office: str) -> None:
    since, now = house.watches[office]
    waiting = sorted(untaken(house, office), key=lambda case: case.created)
    rung, up = house.book.reminders.queue[now.rung], above(house, office)
    where = alarms.hears(rung, office, up) or office
    if (later := alarms.may_speak(rung, where, house.at, None, house.book)) > house.at:
        house.watches[office] = (since, Step(now.rung, later))
        return
    for to in hearing(house, rung, office):
        person = next((one.staff for one in house.officers if one.chat is to), None)
        seen = [one for one in waiting if (triage.handles(person, one) if person else not house.silenced(one))]
        if seen:
            came = moment(seen[0].created, str(house.book.hours.of(office).zone))
            house.say(to, alarm_words.queue_told(rung, OFFICES[office], len(seen), seen[0].ticket, came))
            to.cards |= {f"alarm:{office}"} if rung.to in UP else set()
    house.watches[office] = (since, alarms.queue_after(now.rung, house.at, office, up, house.book))


def limits(house: MemoryHouse, office: str) -> None:
    up, told = above(house, office), {}
    due = [case for case in house.cases if case.office == office and case.alarm.at and case.alarm.at <= house.at]
    for case in sorted(due, key=lambda one: one.deadline):
        ends, place = ending(house, case), case.alarm.rung
        assert ends
        rung = house.book.reminders.limit[place]
        holds = [one.staff.office for one in house.officers if one.staff.id == case.holder and rung.to == HOLDER]
        where = holds[0] if holds else alarms.hears(rung, office, up) or office
        if (later := alarms.may_speak(rung, where, house.at, ends, house.book)) > house.at:
            case.alarm = Step(place, later)
            continue
        holder = case.holder if rung.to == "pemegang" else 0
        told.setdefault((place, holder), []).append((case, alarm_words.Due(case.ticket, ends)))
        case.alarm = alarms.limit_after(ends, place, house.at, office, up, house.book)
    own = house.book.hours.of(office)
    for (place, holder), dues in told.items():
        rung = house.book.reminders.limit[place]
        chats = [one.chat for one in house.officers if one.staff.id == holder and not one.chat.gone]
        mine: list[tuple[Chat, list[alarm_words.Due]]] = []
        for case, due in dues:
            for to in chats or hearing(house, rung, office, case):
                found = next((one for chat, one in mine if chat is to), None)
                if found is None:
                    mine.append((to, [due]))
                else:
                    found.append(due)
        for to, some in mine:
            house.say(to, alarm_words.limits_told(rung, OFFICES[office], some, house.at, own))
            to.cards |= {f"alarm:{one.ticket}" for one in some} if rung.to in UP else set()
