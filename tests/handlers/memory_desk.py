"""What the house of dicts does for each effect: places, cases, officers; each as the words of the effect promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.inside.render import words
from handlers import cards, codes, deeds, handing_out, life, people, seconds, triage
from handlers import effects as ask
from handlers import events as told
from handlers import office_effects as wish
from handlers.completion import change_note
from handlers.office_events import CasesFound, OfficeLoaded
from handlers.queues import home_of, informed
from handlers.searching import COUNTED, keys_of
from handlers.standing import standing
from place import find
from place.areas import zone_of
from tests.handlers import memory_figures, memory_people
from tests.handlers.memory_cases import (
    adopt,
    announce,
    case_of,
    local,
    moved,
    record,
    redraw,
    returned,
    served,
    view,
)
from tests.handlers.memory_house import OFFICES, Act, Case, MemoryHouse

PAGE = 8
Answers = list[told.Event] | None


# --- citizens -----------------------------------------------------------------------------------------------------


def send(house: MemoryHouse, act: Act, effect: ask.Send) -> Answers:
    hearing = house.listeners(act, effect.to)
    if effect.to.kind == "second" and not hearing:
        house.say(act.chat, seconds.alone())
    for to in hearing:
        house.say(to, effect, None if act.mind is act.chat else act.mind if to is act.chat else None)
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
    rows = tuple((c.ticket, c.status, OFFICES[c.office], local(c.changed, c.office).date().isoformat()) for c in found)
    return [told.StatusFound(rows, bool(effect.code))]


def list_held(house: MemoryHouse, act: Act, effect: ask.ListHeld) -> Answers:
    mine = {case.ticket: case for case in house.cases if case.reporter is act.chat}
    if effect.ticket not in mine:
        return [told.HeldListed(tuple(mine))]
    case = mine[effect.ticket]
    more = tuple(row["note"] for row in case.history if row["action"] in {"jawab", "tambahan", "koreksi"})
    return [told.HeldListed(tuple(mine), effect.ticket, view(house, case).answers, more)]


def offer_upload(house: MemoryHouse, act: Act, effect: ask.OfferUpload) -> Answers:
    return [told.UploadOffered(f"https://contoh.id/unggah/{house.code(26)}")]


def file_report(house: MemoryHouse, act: Act, effect: ask.FileReport) -> Answers:
    answers = dict(effect.answers)
    home, rank = home_of(answers, house.book)
    answers |= {"rank": rank} if rank else {}
    office = served(house, home)
    clock = standing(answers, house.at, house.book).clock
    ticket, receipt = codes.ticket(house.code(7)), codes.receipt(house.code(17))
    last = clock.last_day.isoformat() if clock else ""
    case = Case(
        ticket, receipt, act.chat, answers, office, home, house.at, house.at, bool(answers.get("ongoing")), last
    )
    house.cases.append(case)
    adopt(house, case, answers.get("evidence", ()))
    record(house, case, "masuk", office=office)
    rung = announce(house, case)
    place = (answers.get("place") or {}).get("code", "")
    if rank and office != place:
        for to in house.audience(place):
            house.say(to, informed(ticket, place, OFFICES[office]))
    return [told.ReportFiled(ticket, receipt, office, OFFICES[office], OFFICES[home], rung)]


def add(house: MemoryHouse, act: Act, ticket: str, action: str, text: str, files: Any) -> None:
    case = case_of(house, ticket)
    if case is None or case.reporter is not act.chat:
        return
    if files:
        adopt(house, case, files)
        case.answers = {**case.answers, "evidence": [*case.answers.get("evidence", ()), *files]}
        if text:
            record(house, case, "bukti")
    note(house, case, action, text)


def note(house: MemoryHouse, case: Case, action: str, text: str) -> None:
    record(house, case, action, note=text)
    moved(house, case)
    redraw(house, case)
    nudge(house, case, action)


def nudge(house: MemoryHouse, case: Case, action: str) -> None:
    holder = [one.chat for one in house.officers if one.staff.id == case.holder and not one.chat.gone]
    for to in holder or house.audience(case.office):
        house.say(to, cards.nudge(case.ticket, action))


def relay(house: MemoryHouse, act: Act, effect: ask.RelayAnswer) -> Answers:
    add(house, act, effect.ticket, "jawab", effect.text, effect.files)
    return None


def complete(house: MemoryHouse, act: Act, effect: ask.Complete) -> Answers:
    case = case_of(house, effect.ticket)
    assert case
    assert case.reporter is act.chat
    note_ = "; ".join(words(row, str) for row in change_note(case.answers, effect.answers, effect.files))
    adopt(house, case, effect.files)
    had = case.answers.get("evidence", [])
    case.answers = {key: value for key, value in {**case.answers, **effect.answers}.items() if value is not None}
    case.answers["evidence"] = [*had, *effect.files]
    ticking = standing(case.answers, house.at, house.book).clock
    if case.status in life.TIP:
        case.deadline = ticking.last_day.isoformat() if ticking else ""
    moved(house, case)
    record(house, case, "dilengkapi", note=note_)
    redraw(house, case)
    nudge(house, case, "dilengkapi")
    return None


def more(house: MemoryHouse, act: Act, effect: ask.AddToCase) -> Answers:
    add(house, act, effect.ticket, "tambahan" if effect.text else "bukti", effect.text, effect.files)
    return None


def rights(house: MemoryHouse, act: Act, effect: ask.AskRights) -> Answers:
    for case in house.cases:
        mine = case.reporter is act.chat and effect.ticket in {"", case.ticket}
        if (case.receipt == effect.receipt) if effect.receipt else mine:
            note(house, case, effect.wish, effect.words or "-")
    return None


# --- officers -----------------------------------------------------------------------------------------------------


def permitted(house: MemoryHouse, act: Act, ticket: str) -> Case | None:
    case = case_of(house, ticket)
    staff = act.turn.staff
    return case if case and staff and (triage.sees(staff, case.office) or triage.sees(staff, case.offered)) else None


def load_case(house: MemoryHouse, act: Act, effect: ask.LoadCase) -> Answers:
    case = permitted(house, act, effect.ticket)
    return [told.CaseLoaded(view(house, case) if case else None, effect.command, effect.words, effect.rev)]


def load_queue(house: MemoryHouse, act: Act, effect: ask.LoadQueue) -> Answers:
    staff = act.turn.staff
    mine = [case for case in house.cases if case.office == staff.office]
    if effect.view == "saya":
        rows = [case for case in house.cases if case.holder == staff.id and case.status not in life.ENDED]
        rows.sort(key=lambda case: case.changed, reverse=True)
    elif effect.view == "tempo":
        rows = sorted(
            (c for c in mine if c.status not in life.ENDED and c.deadline), key=lambda c: (c.deadline, c.created)
        )
    elif effect.view == "tawaran":
        rows = sorted((c for c in house.cases if c.offered == staff.office), key=lambda c: c.offer_ends)
    elif effect.view == "jalan":
        rows = [case for case in mine if case.status not in {*life.ENDED, life.BARU}]
        rows.sort(key=lambda case: case.changed, reverse=True)
    else:
        rows = sorted((c for c in mine if c.status == life.BARU), key=lambda c: (not c.urgent, c.created))
    pages = max(1, -(-len(rows) // PAGE))
    page = min(effect.page, pages)
    shown = tuple(view(house, case) for case in rows[(page - 1) * PAGE : page * PAGE])
    return [told.QueueLoaded(effect.view, page, pages, len(rows), shown)]


def search(house: MemoryHouse, act: Act, effect: ask.Search) -> Answers:
    found = [
        case
        for case in house.cases
        if triage.covers(act.turn.staff.office, case.office) and set(effect.words) <= keys_of(case.answers, case.facts)
    ]
    found.reverse()
    return [CasesFound(effect.said, min(len(found), COUNTED), tuple(view(house, case) for case in found[:PAGE]))]


def move_case(house: MemoryHouse, act: Act, effect: ask.MoveCase) -> Answers:
    case = permitted(house, act, effect.ticket)
    if case is None or case.rev != effect.rev:
        return [told.CaseLoaded(None, "kasus", "")]
    to = effect.office or (effect.offer[0] if effect.offer else "")
    if to and not house.served(to):
        return [told.MoveRefused(case.ticket, OFFICES[to])]
    handed = effect.action == "serahkan"
    able = [o for o in house.officers if o.staff.id == effect.holder and triage.sees(o.staff, case.office)]
    if handed and not able:
        return [told.MoveRefused(case.ticket, "")]
    serves = any(o.staff.id == case.holder and triage.sees(o.staff, case.office) for o in house.officers)
    if case.status in life.ENDED and effect.status not in life.ENDED and not serves:
        case.holder = 0
    case.status, case.office = effect.status, effect.office or case.office
    case.holder = case.holder if effect.holder is None else effect.holder
    case.offered, case.offer_ends = effect.offer or (case.offered, case.offer_ends)
    moved(house, case)
    case.deadline = case.deadline if effect.deadline is None else effect.deadline
    case.facts = {key: value for key, value in {**case.facts, **effect.facts}.items() if value is not None}
    row = {"office": to, "reason": effect.reason, "note": able[0].staff.name if handed else effect.note}
    record(house, case, effect.action, staff=act.turn.staff.id, **row)
    left = bool(effect.office) or effect.offer == ("", None)
    redraw(house, case, moved=left, here=act.chat if effect.shows else None)
    if effect.offer and case.offered:
        announce(house, case, case.offered)
    if handed and case.holder != act.turn.staff.id:
        house.say(able[0].chat, people.handed(case.ticket, act.turn.staff.name))
    if effect.tell and not case.reporter.gone:
        house.own(case.reporter, effect.tell)
    return None


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
    record(house, case, "kontak", staff=act.turn.staff.id)
    moved(house, case)
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
    code = act.turn.staff.office
    known = house.profiles.get(code, {})
    people = tuple((o.staff.id, o.staff.name, o.staff.role, o.duty) for o in house.officers if o.staff.office == code)
    facts = {name: known.get(name, "") for name in ("alamat", "jam")}
    return [OfficeLoaded(code, OFFICES[code], facts, people, "group" in known, effect.words)]


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
    ask.Forget: forget, ask.FindStatus: find_status, ask.ListHeld: list_held, ask.OfferUpload: offer_upload,
    ask.FileReport: file_report, ask.AskRights: rights, ask.RelayAnswer: relay, ask.AddToCase: more, ask.Complete: complete,
    ask.SpendInvite: memory_people.spend_invite, wish.Invite: memory_people.invite,
    wish.Dismiss: memory_people.dismiss, ask.LoadCase: load_case, ask.LoadQueue: load_queue, ask.MoveCase: move_case, ask.Search: search,
    handing_out.ShowContact: show_contact, wish.LoadOffice: load_office, wish.SaveOffice: save_office,
    wish.BindGroup: bind_group, ask.DeclineOffer: decline, handing_out.NoteDeed: note_deed, handing_out.ShowIdentity: show_identity, **memory_figures.DEEDS,
}  # fmt: skip


class DictHouse(MemoryHouse):
    """The house of dicts, whole."""

    def __init__(self, channel: str) -> None:
        super().__init__(channel, DEEDS)

    def lapse(self, case: Case) -> None:
        returned(self, case, "tanpa_jawaban")

    def redraw(self, ticket: str) -> None:
        if case := case_of(self, ticket):
            redraw(self, case, late=True)
