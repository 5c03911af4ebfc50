"""Conflict of interest and kecamatan in the house of dicts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import events as told
from handlers import keeping_out as ask
from handlers import life, office, seconds, triage
from handlers.conflict import is_tied
from place.districts import all_kecamatan
from tests.handlers.memory_cases import (
    announce,
    case_of,
    close,
    close_beside,
    follow,
    group,
    moved,
    record,
    redraw,
    served,
    tell,
    view,
)
from tests.handlers.memory_house import OFFICES, Act, Case, MemoryHouse, Officer

if TYPE_CHECKING:
    from collections.abc import Iterable

    Answers = list[told.Event] | None


def release(house: MemoryHouse, case: Case, by: int) -> None:
    back = case.status == life.DITANGANI
    case.holder, case.status = 0, life.BARU if back else case.status
    moved(house, case)
    record(house, case, "lepas", staff=by)
    redraw(house, case)
    if back:
        tell(house, case, told.CaseMoved(case.ticket, life.BARU, OFFICES[case.office]))


def goes(house: MemoryHouse, case: Case, code: str, action: str, by: int = 0) -> None:
    holder = next((one.staff for one in house.officers if one.staff.id == case.holder), None)
    if holder and not triage.sees(holder, code):
        release(house, case, by)
    case.office, case.offered, case.offer_ends = code, "", None
    moved(house, case)
    record(house, case, action, office=code)
    follow(house, case)
    redraw(house, case, moved=True)
    tell(house, case, told.CaseMoved(case.ticket, action.removesuffix("_benturan"), OFFICES[code]))


def lifted(house: MemoryHouse, case: Case, action: str, by: int) -> str:
    up = served(house, case.office, case.barred)
    if not house.served_but(up, case.barred) or up == case.office:
        return ""
    goes(house, case, up, action, by)
    announce(house, case)
    return OFFICES[up]


def opened_again(house: MemoryHouse, case: Case, before: str, by: int) -> None:
    if before in life.ENDED and case.status not in life.ENDED:
        lifted(house, case, "naik_benturan" if house.served(case.office) else "naik", by)


def permitted(house: MemoryHouse, act: Act, ticket: str) -> Case | None:
    case, staff = case_of(house, ticket), act.turn.staff
    if case is None or staff is None or not triage.handles(staff, case):
        return None
    return case if act.turn.private or not house.silenced(case) else None


def markable(house: MemoryHouse, act: Act, number: int) -> Officer | None:
    found = next((one for one in house.officers if one.staff.id == number), None)
    speaker = act.turn.staff
    may = found and speaker and triage.may_bar(speaker, number, found.staff.role, found.staff.office)
    return found if may else None


def load_kept(house: MemoryHouse, act: Act, effect: ask.LoadKept) -> Answers:
    case = permitted(house, act, effect.ticket)
    if case is None:
        return [ask.KeptLoaded(effect.ticket, effect.rev, ())]
    at = case.office if triage.covers(act.turn.staff.office, case.office) else case.offered
    able = [o.staff for o in house.officers if markable(house, act, o.staff.id) and triage.covers(o.staff.office, at)]
    able.sort(key=lambda one: (-len(one.office), one.id))
    rows = tuple((one.id, one.name, "" in case.marks.get(one.id, ())) for one in able)
    return [ask.KeptLoaded(case.ticket, case.rev, rows)]


def keep_out(house: MemoryHouse, act: Act, effect: ask.KeepOut) -> Answers:
    case, person = permitted(house, act, effect.ticket), markable(house, act, effect.officer)
    if case is None or person is None or act.turn.staff is None:
        return [ask.KeptOut(effect.ticket, effect.rev)]
    name, by = person.staff.name, act.turn.staff.id
    note = f"{name}: {effect.note}" if effect.note else name
    there = "" in case.marks.get(person.staff.id, ())
    if effect.out == there:
        tied = not there and person.staff.id in case.barred
        return [ask.KeptOut(case.ticket, case.rev, person.staff.id, name, out=there, before=True, tied=tied)]
    if there:
        tied = free(house, group(house, case), person, "", note, by)
        return [ask.KeptOut(case.ticket, case.rev, person.staff.id, name, out=False, tied=tied)]
    grouped = "group" in house.profiles.get(case.office, {}) and not house.silenced(case)
    freed, up = shut_all(house, case, person, "", note, by)
    silent = grouped and house.silenced(case)
    return [ask.KeptOut(case.ticket, case.rev, person.staff.id, name, freed=freed, silent=silent, went_up=up)]


def tie_to(house: MemoryHouse, act: Act, effect: ask.TieTo) -> Answers:
    person, speaker = markable(house, act, effect.officer), act.turn.staff
    if person is None or speaker is None:
        return [ask.Tied()]
    words, mine = frozenset(effect.words), house.ties.setdefault(effect.officer, {})
    mark, note = " ".join(sorted(words)), f"{person.staff.name}: {effect.said}"
    if (words in mine) == effect.out:
        return [ask.Tied(effect.officer, person.staff.name, effect.said, out=effect.out, before=True)]
    if words in mine and words in house.ties.get(speaker.id, {}):
        return [ask.Tied()]
    if words in mine:
        del mine[words]
        held = [one for one in house.cases if mark in one.marks.get(effect.officer, ())]
        free(house, held, person, mark, note, speaker.id)
        return [ask.Tied(effect.officer, person.staff.name, effect.said, out=False)]
    mine[words] = effect.said
    hit = [case for case in house.cases if is_tied(words, case.answers)]
    found = [case for case in house.cases if any(one in hit for one in group(house, case))]
    hides = [case for case in found if triage.handles(speaker, case) and triage.handles(person.staff, case)]
    for case in hit:
        shut_all(house, case, person, mark, note, speaker.id)
    return [ask.Tied(effect.officer, person.staff.name, effect.said, cases=len(hides))]


def shut_all(house: MemoryHouse, case: Case, person: Officer, mark: str, note: str, by: int) -> tuple[bool, str]:
    found = [one for one in group(house, case) if mark not in one.marks.get(person.staff.id, ())]
    before = {one.ticket: person.staff.id in one.barred for one in found}
    proposed = {one.ticket: seconds.proposed_by(view(house, one), person.staff.id) for one in found}
    for one in found:
        one.marks.setdefault(person.staff.id, set()).add(mark)
    ends = [
        shut(house, one, person, note, by, proposed=proposed[one.ticket]) for one in found if not before[one.ticket]
    ]
    return any(freed for freed, _ in ends), next((up for _, up in ends if up), "")


def free(house: MemoryHouse, found: list[Case], person: Officer, mark: str, note: str, by: int) -> bool:
    for one in found:
        one.marks[person.staff.id].discard(mark)
    left = [let_in(house, one, person, note, by) for one in found]
    return any(left)


def shut(house: MemoryHouse, case: Case, person: Officer, note: str, by: int, *, proposed: bool) -> tuple[bool, str]:
    staff = person.staff
    if not triage.silences(staff.role, staff.office, case):
        return False, ""
    record(house, case, "benturan", staff=by, note=note if triage.sees(staff, case.office) else "")
    if proposed:
        case.facts = {key: value for key, value in case.facts.items() if key != "usul"}
    had = [chat for chat in house.chats.values() if f"kasus:{case.ticket}" in chat.cards]
    freed = case.holder == staff.id and case.status not in life.ENDED
    if freed:
        release(house, case, by)
    else:
        redraw(house, case)
    close_beside(house, case)
    if case.status in life.ENDED:
        return freed, ""
    if up := lifted(house, case, "naik_benturan", by):
        return freed, up
    if house.silenced(case):
        announce(house, case, but=had)
    ask_next(house, case)
    return freed, ""


def let_in(house: MemoryHouse, case: Case, person: Officer, note: str, by: int) -> bool:
    record(house, case, "benturan_lepas", staff=by, note=note if triage.sees(person.staff, case.office) else "")
    if person.staff.id in case.barred:
        return True
    had = [chat for chat in house.chats.values() if f"kasus:{case.ticket}" in chat.cards]
    redraw(house, case)
    if case.status not in life.ENDED:
        announce(house, case, but=had)
    ask_again(house, [case], person)
    return False


def noticed(house: MemoryHouse, case: Case, *, fresh: bool = False) -> None:
    for number in sorted(house.ties):
        for words in house.ties[number]:
            person = next((one for one in house.officers if one.staff.id == number), None)
            mark = " ".join(sorted(words))
            if not is_tied(words, case.answers) or mark in case.marks.get(number, ()):
                continue
            if person and not fresh:
                shut_all(house, case, person, mark, person.staff.name, 0)
            elif person and number not in case.barred and triage.sees(person.staff, case.office):
                record(house, case, "benturan", note=person.staff.name)
            case.marks.setdefault(number, set()).add(mark)


def barred_from(house: MemoryHouse, answers: dict[str, object]) -> frozenset[int]:
    return frozenset(number for number, ties in house.ties.items() if any(is_tied(words, answers) for words in ties))


def ask_again(house: MemoryHouse, found: Iterable[Case], person: Officer) -> None:
    for case in found:
        if person.staff.role not in triage.DECIDE or not triage.handles(person.staff, case) or case.unasked != case.rev:
            continue
        note, by = seconds.asked_later(view(house, case), person.staff.id), seconds.proposer(view(house, case))
        if note and house.apart(by, person.staff.id):
            house.say(person.chat, note)
            person.chat.cards.add(seconds.asked_card(case.ticket, case.facts))
            case.unasked = 0


def ask_next(house: MemoryHouse, case: Case) -> None:
    note = seconds.asked_later(view(house, case), 0)
    if note is None or case.unasked == case.rev:
        return
    card = seconds.asked_card(case.ticket, case.facts)
    by = seconds.proposer(view(house, case))
    able = [o for o in house.officers if o.staff.role in triage.DECIDE and triage.handles(o.staff, case)]
    able = [one for one in able if house.apart(by, one.staff.id)]
    if any(card in one.chat.cards for one in able):
        return
    for code in triage.upward(case.office):
        if found := [one for one in able if one.staff.office == code]:
            for one in found:
                house.say(one.chat, note)
                one.chat.cards.add(card)
            return
    case.unasked = case.rev
    for one in house.officers:
        if one.staff.id == by:
            house.say(one.chat, seconds.waits_for_somebody(case.ticket))


def passed_on(house: MemoryHouse, old: int, new: int) -> bool:
    kept = [case for case in house.cases if case.marks.get(old)]
    if house.ties.get(old):
        house.ties[new] = {**house.ties[old], **house.ties.get(new, {})}
    for case in kept:
        case.marks[new] = case.marks[old] | case.marks.get(new, set())
    return bool(kept or house.ties.get(old))


def marks_here(house: MemoryHouse, act: Act) -> tuple[tuple[str, str], ...]:
    code = act.turn.staff.office if act.turn.staff and act.turn.private else ""
    mine = [o.staff for o in house.officers if o.staff.office == code and markable(house, act, o.staff.id)]
    ties = [(one.name, said) for one in mine for said in house.ties.get(one.id, {}).values()]
    hand = [(one.name, case.ticket) for one in mine for case in reversed(house.cases)
            if "" in case.marks.get(one.id, ()) and permitted(house, act, case.ticket)]  # fmt: skip
    return (*ties, *hand)


def set_kecamatan(house: MemoryHouse, act: Act, effect: ask.SetKecamatan) -> Answers:
    person, speaker = next((o for o in house.officers if o.staff.id == effect.officer), None), act.turn.staff
    able = (
        person and speaker and person.staff.role == triage.PANWASCAM and triage.may_invite(speaker, person.staff.office)
    )
    if not able or person is None or not effect.kecamatan.startswith(f"{person.staff.office}."):
        return [ask.KecamatanSet("")]
    person.staff = replace(person.staff, kecamatan=effect.kecamatan)
    for card in sorted(person.chat.cards):
        case = case_of(house, card.partition(":")[2])
        if not card.startswith(("kasus:", "periksa:", "lengkapi:")):
            continue
        if case and triage.sees(person.staff, case.office) and not triage.handles(person.staff, case):
            close(house, case, person.chat, card)
    name = all_kecamatan()[effect.kecamatan]
    house.say(person.chat, office.your_kecamatan(name))
    return [ask.KecamatanSet(person.staff.name, name)]


DEEDS = {ask.LoadKept: load_kept, ask.KeepOut: keep_out, ask.TieTo: tie_to, ask.SetKecamatan: set_kecamatan}
