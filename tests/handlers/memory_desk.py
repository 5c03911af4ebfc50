"""What the house of dicts does for each effect: places, cases, officers; each as the words of the effect promise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.inside.render import words
from handlers import cards, codes, deeds, handing_out, life, pairs, people, seconds, triage
from handlers import effects as ask
from handlers import events as told
from handlers import office_effects as wish
from handlers.checklist import applied
from handlers.checklist_effects import CheckItem
from handlers.completion import change_note, merged
from handlers.elsewhere import as_said, by_receipt, wish_by_receipt
from handlers.office_events import CasesFound, HandedOver, OfficeLoaded
from handlers.queues import home_of, informed
from handlers.searching import COUNTED, keys_of
from handlers.standing import standing
from place import find
from place.areas import zone_of
from tests.handlers import (
    memory_alarms,
    memory_conflicts,
    memory_elsewhere,
    memory_figures,
    memory_joins,
    memory_people,
    memory_queue,
    memory_templates,
)
from tests.handlers.memory_cases import (
    adopt,
    announce,
    case_of,
    follow,
    listed,
    local,
    moved,
    record,
    redraw,
    returned,
    served,
    tell,
    tell_voided,
    view,
)
from tests.handlers.memory_house import OFFICES, Act, Case, MemoryHouse

Answers = list[told.Event] | None


# --- citizens -----------------------------------------------------------------------------------------------------


def send(house: MemoryHouse, act: Act, effect: ask.Send) -> Answers:
    hearing = house.listeners(act, effect.to)
    waits = case_of(house, effect.to.about)
    if effect.to.kind == "second" and waits and not hearing:
        waits.unasked = waits.rev
        house.say(act.chat, seconds.waits_for_somebody(waits.ticket), answers=True)
    elif effect.to.kind == "second" and waits:
        for to in hearing:
            to.cards.add(seconds.asked_card(waits.ticket, waits.facts))
    for to in hearing:
        asked = act.mind if act.mind is not act.chat and to is act.chat else None
        house.say(to, effect, asked, answers=effect.to.kind == "here")
        if effect.anew and effect.topic in to.topics and effect.topic != act.topic:
            house.say(to, cards.in_its_topic(effect.topic), answers=True)
    return None


def find_place(house: MemoryHouse, act: Act, effect: ask.FindPlace) -> Answers:
    if effect.lat is not None:
        found = find.find_point(effect.lat, effect.lon)
    else:
        both = find.find_text(f"{effect.within}, {effect.text}") if effect.within else None
        alone = find.find_text if effect.purpose == "place" else find.find_in_story
        found = both if both and (both.code or both.options) else alone(effect.text)
    options = tuple((code, name, zone_of(code)) for code, name in found.options)
    below = (found.kecamatan, found.kecamatan_code, found.zone)
    answer = (found.decision, found.code, found.name, *below, options, found.trace, found.desa, found.point)
    return [told.PlaceFound(effect.purpose, *answer)]


def set_timer(house: MemoryHouse, act: Act, effect: ask.SetTimer) -> Answers:
    act.chat.timers.pop(effect.what, None)
    if effect.at:
        act.chat.timers[effect.what] = effect.at
    return None


def forget(house: MemoryHouse, act: Act, effect: ask.Forget) -> Answers:
    for id_ in effect.media:
        if id_ in house.files and not house.files[id_].ticket:
            del house.files[id_]
    return None


def find_status(house: MemoryHouse, act: Act, effect: ask.FindStatus) -> Answers:
    receipt = codes.read_receipt(effect.code)
    mine = [case for case in house.cases if case.reporter is act.chat and effect.code in {"", case.ticket}]
    found = [case for case in house.cases if case.receipt == receipt] if receipt else mine
    now = [(c.ticket, c.main or c) for c in found]
    rows = tuple((t, c.status, OFFICES[c.office], local(c.changed, c.office).date().isoformat()) for t, c in now)
    waiting = memory_elsewhere.waiting(act, found) if receipt else ()
    over = {t: came_to(c) for t, c in now if c.status in life.OVER}
    return [told.StatusFound(rows, bool(effect.code), waiting, frozenset(c.ticket for c in found if c.main), over)]


def came_to(case: Case) -> tuple[str, str]:
    rows = [row for row in reversed(case.history) if row["status"] != "selesai"]
    why = [row["reason"] for row in rows if row["status"] == rows[0]["status"] and row["action"] in life.REASONED]
    return rows[0]["status"], next(iter(why), "")


def list_held(house: MemoryHouse, act: Act, effect: ask.ListHeld) -> Answers:
    mine = {case.ticket: case for case in house.cases if case.reporter is act.chat}
    answered = memory_elsewhere.answered(house, act)
    if effect.ticket in answered:
        return [told.HeldListed(tuple(mine), effect.ticket, {}, answered[effect.ticket], tuple(answered))]
    if effect.ticket not in mine:
        return [told.HeldListed(tuple(mine), answered=tuple(answered))]
    case = mine[effect.ticket]
    more = tuple(row["note"] for row in case.history if row["action"] in {"jawab", "tambahan", "koreksi"})
    return [told.HeldListed(tuple(mine), effect.ticket, view(house, case).answers, more, tuple(answered))]


def offer_upload(house: MemoryHouse, act: Act, effect: ask.OfferUpload) -> Answers:
    return [told.UploadOffered(f"https://contoh.id/unggah/{house.code(26)}")]


def file_report(house: MemoryHouse, act: Act, effect: ask.FileReport) -> Answers:
    answers = dict(effect.answers)
    home, rank = home_of(answers, house.book)
    answers |= {"rank": rank} if rank else {}
    office = served(house, home, memory_conflicts.barred_from(house, answers))
    clock = standing(answers, house.at, house.book).clock
    ticket, receipt = codes.ticket(house.code(7)), codes.receipt(house.code(17))
    last = clock.last_day.isoformat() if clock else ""
    case = Case(
        ticket, receipt, act.chat, answers, office, home, house.at, house.at, bool(answers.get("ongoing")), last
    )
    house.cases.append(case)
    adopt(house, case, answers.get("evidence", ()))
    memory_joins.look(house, case)
    record(house, case, "masuk", office=office)
    memory_conflicts.noticed(house, case, fresh=True)
    rung = announce(house, case)
    place = (answers.get("place") or {}).get("code", "")
    if rank and office != place:
        for to in house.audience(place, case, place=True):
            house.say(to, informed(ticket, place, OFFICES[office]))
    return [told.ReportFiled(ticket, receipt, office, OFFICES[office], OFFICES[home], rung)]


def add(house: MemoryHouse, act: Act, ticket: str, action: str, text: str, files: Any, grant: str = "") -> Case | None:
    case = case_of(house, ticket)
    if case is None or not memory_elsewhere.theirs(act, case, grant):
        return None
    if files:
        adopt(house, case, files)
        case.answers = {**case.answers, "evidence": [*case.answers.get("evidence", ()), *files]}
        if text:
            record(house, case, "bukti")
        memory_joins.look(house, case)
    if grant:
        case.answered.append((act.chat, as_said(text, files)))
    note(house, case, action, by_receipt(text) if grant else text)
    return case


def note(house: MemoryHouse, case: Case, action: str, text: str) -> None:
    moved(house, case)
    record(house, case, action, note=text)
    redraw(house, case)
    nudge(house, case, action)


def nudge(house: MemoryHouse, case: Case, action: str) -> None:
    if case.main:
        moved(house, case.main)
        record(house, case.main, "susulan", note=case.ticket)
        redraw(house, case.main)
    by = (case.main or case).holder
    holder = [one for one in house.officers if one.staff.id == by and not one.chat.gone]
    for one in holder:
        seen = case if triage.handles(one.staff, case) else case.main or case
        house.say(one.chat, cards.nudge(seen.ticket, action))
    for to in () if holder else house.audience(case.office, case):
        house.say(to, cards.nudge(case.ticket, action))


def relay(house: MemoryHouse, act: Act, effect: ask.RelayAnswer) -> Answers:
    if case := add(house, act, effect.ticket, "jawab", effect.text, effect.files, effect.grant):
        memory_elsewhere.close(house, act, case, effect.question)
    return None


def complete(house: MemoryHouse, act: Act, effect: ask.Complete) -> Answers:
    case = case_of(house, effect.ticket)
    assert case
    assert memory_elsewhere.theirs(act, case, effect.grant)
    note_ = "; ".join(words(row, str) for row in change_note(case.answers, effect.answers, effect.files))
    if effect.grant:
        said = "; ".join(words(row, str) for row in change_note({}, effect.answers, effect.files))
        case.answered.append((act.chat, said))
        note_ = by_receipt(note_)
    adopt(house, case, effect.files)
    had, before = case.answers.get("evidence", []), case.kecamatan
    case.answers = merged(case.answers, effect.answers)
    case.answers["evidence"] = [*had, *effect.files]
    moved(house, case)
    memory_joins.look(house, case)
    record(house, case, "dilengkapi", note=note_)
    memory_conflicts.noticed(house, case)
    redraw(house, case)
    if case.kecamatan != before:
        announce(house, case, but=[chat for chat in house.chats.values() if cards.key(case.ticket) in chat.cards])
    nudge(house, case, "dilengkapi")
    memory_elsewhere.close(house, act, case, items=effect.items)
    return None


def more(house: MemoryHouse, act: Act, effect: ask.AddToCase) -> Answers:
    add(house, act, effect.ticket, "tambahan" if effect.text else "bukti", effect.text, effect.files)
    return None


def rights(house: MemoryHouse, act: Act, effect: ask.AskRights) -> Answers:
    for case in house.cases:
        mine = case.reporter is act.chat and effect.ticket in {"", case.ticket}
        if (case.receipt == effect.receipt) if effect.receipt else mine:
            note(house, case, effect.wish, effect.words)
    for ticket in () if effect.receipt else memory_elsewhere.answered(house, act):
        if effect.ticket in {"", ticket}:
            note(house, case_of(house, ticket), effect.wish, wish_by_receipt(effect.words))
    return None


# --- officers -----------------------------------------------------------------------------------------------------


permitted = memory_conflicts.permitted


def load_case(house: MemoryHouse, act: Act, effect: ask.LoadCase) -> Answers:
    case = permitted(house, act, effect.ticket)
    seen = memory_templates.equipped(house, act, view(house, case), effect.command) if case else None
    if seen and (by := seconds.proposer(seen)) and by != act.turn.staff.id:
        seen = replace(seen, too_near=not house.apart(by, act.turn.staff.id))
    return [told.CaseLoaded(seen, effect.command, effect.words, effect.rev)]


def search(house: MemoryHouse, act: Act, effect: ask.Search) -> Answers:
    found = [
        case
        for case in listed(house, act)
        if triage.covers(act.turn.staff.office, case.office) and set(effect.words) <= keys_of(case.answers, case.facts)
    ]
    found.reverse()
    return [
        CasesFound(
            effect.said, min(len(found), COUNTED), tuple(view(house, case) for case in found[: memory_queue.PAGE])
        )
    ]


def move_case(house: MemoryHouse, act: Act, effect: ask.MoveCase) -> Answers:  # noqa: C901 - a line each
    case = permitted(house, act, effect.ticket)
    if case is None or case.rev != effect.rev:
        return [told.CaseLoaded(None, "kasus", "")]
    to = effect.office or (effect.offer[0] if effect.offer else "")
    if to and not house.served_but(to, case.barred):
        return [told.MoveRefused(case.ticket, OFFICES[to])]
    handed = effect.action == "serahkan"
    able = [o for o in house.officers if o.staff.id == effect.holder and triage.sees(o.staff, case.office)]
    able = [o for o in able if o.staff.id not in case.barred]
    if handed and not able:
        return [told.MoveRefused(case.ticket, "")]
    serves = any(o.staff.id == case.holder and triage.sees(o.staff, case.office) for o in house.officers)
    if case.status in life.ENDED and effect.status not in life.ENDED and not serves:
        case.holder = 0
    before = case.status
    case.status, case.office = effect.status, effect.office or case.office
    case.holder = case.holder if effect.holder is None else effect.holder
    case.offered, case.offer_ends = effect.offer or (case.offered, case.offer_ends)
    case.facts = {key: value for key, value in {**case.facts, **effect.facts}.items() if value is not None}
    moved(house, case)
    row = {"office": to, "reason": effect.reason, "note": able[0].staff.name if handed else effect.note}
    record(house, case, effect.action, staff=act.turn.staff.id, **row)
    followed(house, case, effect)
    left = bool(effect.office) or effect.offer == ("", None)
    redraw(house, case, moved=left, here=act.chat if effect.shows else None)
    if effect.offer and case.offered:
        announce(house, case, case.offered)
    if handed and case.holder != act.turn.staff.id and not house.many:
        house.say(able[0].chat, people.handed(case.ticket, act.turn.staff.name))
    if effect.said:
        send(house, act, effect.said)
    if effect.tell:
        went = told.CaseMoved(case.ticket, case.status, OFFICES[case.office]) if case.status != before else None
        tell(house, case, effect.tell, went if not isinstance(effect.tell, told.CaseMoved) else None)
        if isinstance(effect.tell, told.CaseMoved) and effect.tell.settled:
            memory_elsewhere.withdraw(house, case, effect.tell)
    memory_conflicts.opened_again(house, case, before, act.turn.staff.id)
    return [HandedOver(case.ticket, able[0].staff.name, case.status)] if handed and not house.many else None


def followed(house: MemoryHouse, case: Case, effect: ask.MoveCase) -> None:
    if effect.office:
        follow(house, case)
    elif effect.action == "ambil":
        memory_joins.look(house, case)


# --- two cases ----------------------------------------------------------------------------------------------------


def load_pair(house: MemoryHouse, act: Act, effect: pairs.LoadPair) -> Answers:
    case, other = permitted(house, act, effect.ticket), permitted(house, act, effect.other)
    if other and other.main:
        other = permitted(house, act, other.main.ticket)
    shown = [view(house, one) if one else None for one in (case, other)]
    return [pairs.PairLoaded(*shown, effect.command)]


def pair_cases(house: MemoryHouse, act: Act, effect: pairs.PairCases) -> Answers:
    case, other = permitted(house, act, effect.ticket), permitted(house, act, effect.other)
    if effect.action == "beda":
        for one, another in ((case, other), (other, case)):
            one.facts = {**one.facts, "beda": [*one.facts.get("beda", []), another.ticket]}
            noted(house, act, one, "beda", another.ticket)
        return None
    for one, another in ((case, other), (other, case)):
        for number, marks in another.marks.items():
            one.marks[number] = one.marks.get(number, set()) | marks
    case.facts = {key: value for key, value in case.facts.items() if key != "usul"}
    case.facts["gabung"] = {"dari": case.status, "pemegang": case.holder, "kantor": case.office}
    case.status, case.holder, case.main = life.DIGABUNG, 0, other
    noted(house, act, case, "gabung", other.ticket)
    noted(house, act, other, "gabungan", case.ticket)
    house.own(case.reporter, told.CaseMoved(case.ticket, life.DIGABUNG, OFFICES[case.office]))
    return None


def separate_case(house: MemoryHouse, act: Act, effect: pairs.SeparateCase) -> Answers:
    case = permitted(house, act, effect.ticket)
    main = permitted(house, act, case.main.ticket)
    if main is None:
        return [told.CaseLoaded(None, "kasus", "")]
    before = case.facts.pop("gabung")
    serves = any(
        o.staff.id == before["pemegang"] and triage.sees(o.staff, case.office) and o.staff.id not in case.barred
        for o in house.officers
    )
    case.status, case.holder, case.main = before["dari"], before["pemegang"] if serves else 0, None
    if before["kantor"] != case.office or (before["dari"] == life.DITANGANI and not case.holder):
        case.status, case.holder = life.BARU, 0
    noted(house, act, case, "pisah", main.ticket)
    noted(house, act, main, "pisahan", case.ticket)
    house.own(
        case.reporter,
        told.CaseMoved(case.ticket, "pisah_sesudah" if effect.told else "pisah", OFFICES[case.office], case.status),
    )
    memory_conflicts.opened_again(house, case, life.DIGABUNG, act.turn.staff.id)
    return None


def noted(house: MemoryHouse, act: Act, case: Case, action: str, ticket: str) -> None:
    moved(house, case)
    record(house, case, action, staff=act.turn.staff.id, note=ticket)
    redraw(house, case)


def check_item(house: MemoryHouse, act: Act, effect: CheckItem) -> Answers:
    case, staff = permitted(house, act, effect.ticket), act.turn.staff
    assert case.status == effect.stage
    kept, said = applied(case.status, case.facts, effect, staff, house.at, house.book)
    case.facts = {**case.facts, "periksa": kept}
    if said:
        record(house, case, "periksa", staff=staff.id, note=said)
    redraw(house, case)
    return [told.CaseLoaded(view(house, case), "periksa", ".")]


def decline(house: MemoryHouse, act: Act, effect: ask.DeclineOffer) -> Answers:
    case, staff = permitted(house, act, effect.ticket), act.turn.staff
    if case is None or case.rev != effect.rev or not triage.sees(staff, case.offered):
        return [told.CaseLoaded(None, "kasus", "")]
    returned(house, case, "kembalikan", effect.reason, staff.id)
    return None


def note_deed(house: MemoryHouse, act: Act, effect: handing_out.NoteDeed) -> Answers:
    record(house, permitted(house, act, effect.ticket), effect.action, staff=act.turn.staff.id)
    return None


def show_contact(house: MemoryHouse, act: Act, effect: handing_out.ShowContact) -> Answers:
    case = permitted(house, act, effect.ticket)
    moved(house, case)
    record(house, case, "kontak", staff=act.turn.staff.id)
    identity = {key: value for key, value in case.answers.items() if isinstance(value, str)}
    note = ask.Send(cards.contact(view(house, case), identity), protect=True)
    house.say(next(one.chat for one in house.officers if one.staff.id == act.turn.staff.id), note)
    return None


def show_identity(house: MemoryHouse, act: Act, effect: handing_out.ShowIdentity) -> Answers:
    case = permitted(house, act, effect.noted.ticket)
    move_case(house, act, effect.noted)
    note = deeds.identity(case.ticket, case.answers)
    house.say(next(one.chat for one in house.officers if one.staff.id == effect.officer), note)
    return None


def load_office(house: MemoryHouse, act: Act, effect: wish.LoadOffice) -> Answers:
    code = next(
        (
            o.staff.office
            for o in house.officers
            if effect.words == f"keluarkan {o.staff.id}"
            and triage.may_dismiss(act.turn.staff, o.staff.id, o.staff.office)
        ),
        act.turn.staff.office,
    )
    known = house.profiles.get(code, {})
    found = [one for one in house.officers if one.staff.office == code]
    case = permitted(house, act, effect.words.split(" ")[1]) if effect.words.startswith("serahkan ") else None
    people = tuple(
        (o.staff.id, o.staff.name, o.staff.role, o.duty) for o in found if not case or o.staff.id not in case.barred
    )
    where = {o.staff.id: memory_people.name(o.staff.kecamatan) for o in found if o.staff.kecamatan}
    marks = memory_conflicts.marks_here(house, act)
    facts = {name: known.get(name, "") for name in ("alamat", "jam")}
    return [OfficeLoaded(code, OFFICES[code], facts, people, "group" in known, effect.words, where, marks)]


def save_office(house: MemoryHouse, act: Act, effect: wish.SaveOffice) -> Answers:
    code = act.turn.staff.office
    if effect.field != "piket":
        house.profiles.setdefault(code, {})[effect.field] = effect.value
        return None
    for one in house.officers:
        if one.staff.office == code:
            one.duty = str(one.staff.id) in effect.value.replace(",", " ").split()
    return None


def bind_group(house: MemoryHouse, act: Act, effect: wish.BindGroup) -> Answers:
    code = act.turn.staff.office
    profile = house.profiles.setdefault(code, {})
    if old := profile.get("group"):
        old.office = ""
    profile["group"], act.chat.office = act.chat, code
    return None


DEEDS: dict[type, Callable[[MemoryHouse, Act, Any], Answers]] = {
    ask.Send: send, ask.KeepMedia: MemoryHouse.keep, ask.FindPlace: find_place, ask.SetTimer: set_timer,
    ask.Forget: forget, ask.ReturnReceipts: memory_elsewhere.leave, ask.FindStatus: find_status, ask.ListHeld: list_held, ask.OfferUpload: offer_upload,
    ask.FileReport: file_report, ask.AskRights: rights, ask.RelayAnswer: relay, ask.AddToCase: more, ask.Complete: complete,
    ask.SpendInvite: memory_people.spend_invite, wish.Invite: memory_people.invite,
    wish.Dismiss: memory_people.dismiss, wish.NameOfficer: memory_people.name_officer, ask.LoadCase: load_case, ask.MoveCase: move_case, ask.Search: search,
    handing_out.ShowContact: show_contact, wish.LoadOffice: load_office, wish.SaveOffice: save_office,
    wish.BindGroup: bind_group, ask.DeclineOffer: decline, CheckItem: check_item, handing_out.NoteDeed: note_deed, handing_out.ShowIdentity: show_identity, **memory_figures.DEEDS, **memory_templates.DEEDS, **memory_conflicts.DEEDS,
    **memory_queue.DEEDS, pairs.LoadPair: load_pair, pairs.PairCases: pair_cases, pairs.SeparateCase: separate_case,
}  # fmt: skip


class DictHouse(MemoryHouse):
    """The house of dicts, whole."""

    def __init__(self, channel: str) -> None:
        super().__init__(channel, DEEDS)

    def lapse(self, case: Case) -> None:
        returned(self, case, "tanpa_jawaban")

    def ring(self, kind: str, office: str) -> None:
        memory_alarms.ring(self, kind, office)

    def heed(self, by: str, act: Act | None = None) -> None:
        tell_voided(self)
        memory_alarms.heed(self, by, act)

    def redraw(self, ticket: str) -> None:
        if case := case_of(self, ticket):
            memory_joins.look(self, case)
            redraw(self, case, late=True)
