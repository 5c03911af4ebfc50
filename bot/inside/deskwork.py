"""What officers ask of the house: a case, a queue, a move, their office. Permission is decided here, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.inside.conflicts import marks_here
from bot.inside.doubles import look
from bot.inside.elsewhere import withdraw
from bot.inside.filing import announce, redraw, view
from bot.inside.going import opened_again
from bot.inside.marks import due_day, note, standing_of
from bot.inside.people import able
from bot.inside.people import tell as tell_officer
from bot.inside.sight import in_lists, kecamatan_name
from bot.inside.templates import equipped
from bot.inside.together import follow, tell
from handlers import cards
from handlers.deeds import identity
from handlers.effects import Send
from handlers.events import CaseLoaded, CaseMoved, Event, MoveRefused
from handlers.life import ENDED
from handlers.offers import NOBODY
from handlers.office_events import CasesFound, HandedOver, OfficeLoaded
from handlers.people import handed as handed_over
from handlers.people import is_number
from handlers.searching import COUNTED, keys_of
from handlers.triage import may_dismiss
from place.areas import office_name
from storage import cases, joins, offices
from storage.search import find

if TYPE_CHECKING:
    from bot.inside.act import Act
    from handlers import effects as ask
    from handlers import handing_out
    from handlers import office_effects as wish
    from handlers.turn import Staff
    from storage.cases import Case

LONG_NUMBER = 18  # digits: no row has such a number, and no database takes one


def _staff(act: Act) -> Staff:
    if act.turn.staff is None:
        msg = "only officers get here"
        raise PermissionError(msg)
    return act.turn.staff


def load_case(act: Act, effect: ask.LoadCase) -> list[Event]:
    """The case with its history, locked until the event is done."""
    case = act.permitted(effect.ticket)
    seen = equipped(act, view(act, case), effect.command) if case else None
    return [CaseLoaded(seen, effect.command, effect.words, effect.rev)]


def search(act: Act, effect: ask.Search) -> list[Event]:
    """Cases by their words, of the officer's own office and those below it."""
    conn, keys, staff = act.work.reading, act.means.keys, _staff(act)
    sight = in_lists(staff, private=act.turn.private)
    total, ids = find(conn, keys, effect.words, staff.office, cases.PAGE, COUNTED, sight=sight)
    shown = tuple(view(act, case, history=False) for case in cases.listed(conn, keys, ids))
    return [CasesFound(effect.said, total, shown)]


def move_case(act: Act, effect: ask.MoveCase, *, many: bool = False) -> list[Event]:
    """Move it, write history, draw the cards anew, tell the reporter; with `many` whoever gets it is told elsewhere."""
    staff = _staff(act)
    case = act.permitted(effect.ticket)
    if case is None or case.rev != effect.rev:
        return [CaseLoaded(None, "kasus", "")]
    to = effect.office or (effect.offer or NOBODY)[0]
    if to and not answered_at(act, to, case):
        return [MoveRefused(case.ticket, office_name(to))]
    handed = effect.action == "serahkan"
    name = able(act, effect.holder or 0, case) if handed else ""
    if handed and not name:
        return [MoveRefused(case.ticket, "")]
    before, conn = case.status, act.work.writing()
    counted = standing_of(case, act.turn.at, act.means.book)
    if effect.facts:
        cases.set_facts(conn, case, effect.facts)
        act.work.find_by(case, keys_of(case.answers, case.facts))
    cases.move(conn, case, act.now, **_columns(act, case, effect))
    note(conn, case, act.turn.at, act.means.book, before=counted)
    row: dict[str, Any] = {"staff_id": staff.id, "office": to, "reason": effect.reason}
    act.work.record(case, act.now, effect.action, note=name or effect.note, **row)
    left = effect.office != "" or effect.offer == NOBODY
    _followed(act, case, effect)
    redraw(act, case, moved=left, here=effect.shows)
    if case.offered and effect.offer:
        announce(act, case, offered=True)
    if handed and case.holder != staff.id and not many:
        tell_officer(act, case.holder, handed_over(case.ticket, staff.name))
    if effect.said:
        act.perform(act, effect.said)
    _told(act, case, effect, before)
    opened_again(act, case, before, staff.id)
    return [HandedOver(case.ticket, name, case.status)] if handed and not many else []


def answered_at(act: Act, office: str, case: Case) -> bool:
    """Is there an officer who could answer, and is not kept out of it?"""
    return office in offices.served_among(act.work.reading, [office], case.barred)


def _followed(act: Act, case: Case, effect: ask.MoveCase) -> None:
    """Those that are joined to it go where it goes; what may be the same act there is looked for."""
    if effect.office:
        follow(act, case)
    elif effect.action == "ambil":
        look(act, case)


def _told(act: Act, case: Case, effect: ask.MoveCase, before: str) -> None:
    """Its reporter hears what is meant for them; those whose case is joined to it only that it moved."""
    if effect.tell is None:
        return
    moved = CaseMoved(case.ticket, case.status, office_name(case.office)) if case.status != before else None
    tell(act, case, effect.tell, moved if not isinstance(effect.tell, CaseMoved) else None)
    if isinstance(effect.tell, CaseMoved) and effect.tell.settled:
        withdraw(act, case, effect.tell)


def _columns(act: Act, case: Case, effect: ask.MoveCase) -> dict[str, Any]:
    """The clear columns that a move changes. What was ended and is open again is in nobody's hands who left since."""
    columns: dict[str, Any] = {"status": effect.status, "deadline": due_day(act, case, effect.status)}
    if effect.office:
        columns["office"] = effect.office
    if effect.holder is not None:
        columns["holder"] = effect.holder or None
    elif case.status in ENDED and effect.status not in ENDED and not able(act, case.holder, case):
        columns["holder"] = None
    if effect.offer is not None:
        code, until = effect.offer
        columns |= {"offered": code, "offer_ends": cases.stamp(until) if until else 0}
    return columns


def note_deed(act: Act, effect: handing_out.NoteDeed) -> list[Event]:
    """A row of history; the card and its revision stay as they are, and so does what waits for a second person."""
    if case := act.permitted(effect.ticket):
        act.work.record(case, act.now, effect.action, staff_id=_staff(act).id)
    return []


def show_contact(act: Act, effect: handing_out.ShowContact) -> list[Event]:
    """Name and number to the holder's private chat; opening them is a row of history."""
    staff, case = _staff(act), act.permitted(effect.ticket)
    if case is None or case.answers.get("identity") != "kontak":
        return [CaseLoaded(None, "kasus", "")]
    conn = act.work.writing()
    if staff.id not in {case.holder, joins.held_by(conn, case.main) if case.main else 0}:
        return [CaseLoaded(None, "kasus", "")]
    cases.move(conn, case, act.now)
    act.work.record(case, act.now, "kontak", staff_id=staff.id)
    note = cards.contact(view(act, case), {k: v for k, v in case.answers.items() if isinstance(v, str)})
    tell_officer(act, staff.id, Send(note, protect=True))
    return []


def show_identity(act: Act, effect: handing_out.ShowIdentity) -> list[Event]:
    """To who holds the case still, once; the row of history and the reporter's news are written with it."""
    case = act.permitted(effect.noted.ticket)
    if case is None or case.holder != effect.officer:
        return [CaseLoaded(None, "kasus", "")]
    refused = move_case(act, effect.noted)
    if not refused:
        tell_officer(act, effect.officer, identity(case.ticket, case.answers))
    return refused


# --- the office ---------------------------------------------------------------------------------------------------


def load_office(act: Act, effect: wish.LoadOffice) -> list[Event]:
    """What the officer's own office entered; of whom is to be let go, the one where that person serves."""
    code = _office_of(act, effect.words)
    conn = act.work.reading
    profile = offices.profile(conn, code)
    found = offices.of_office(conn, act.means.keys, code)
    case = act.permitted(effect.words.split(" ")[1]) if effect.words.startswith("serahkan ") else None
    people = tuple((o.id, o.name, o.role, o.duty) for o in found if case is None or o.id not in case.barred)
    where = {one.id: kecamatan_name(one.kecamatan) for one in found if one.kecamatan}
    facts = {"alamat": profile["alamat"], "jam": profile["jam"]}
    return [
        OfficeLoaded(
            code,
            office_name(code),
            facts,
            people,
            profile["group_id"] is not None,
            effect.words,
            where,
            marks_here(act, found),
        )
    ]


def _office_of(act: Act, words: str) -> str:
    command, _, number = words.partition(" ")
    if command == "keluarkan" and is_number(number):
        person = offices.officer(act.work.reading, act.means.keys, int(number))
        if person and may_dismiss(_staff(act), person.id, person.office):
            return person.office
    return _staff(act).office


def save_office(act: Act, effect: wish.SaveOffice) -> list[Event]:
    """Enter an address, hours, or the duty list."""
    code, conn = _staff(act).office, act.work.writing()
    if effect.field == "piket":
        numbers = effect.value.replace(",", " ").split()
        offices.set_duty(conn, code, [int(word) for word in numbers if word.isdecimal() and len(word) < LONG_NUMBER])
    else:
        longest = 500 if effect.field == "alamat" else 200
        line = "".join(char for char in " ".join(effect.value.split()) if char.isprintable())
        offices.enter(conn, code, **{effect.field: line[:longest]})
    return []


def bind_group(act: Act, _: wish.BindGroup) -> list[Event]:
    """Let this group hear the office's cases from now on; another group that did, no longer."""
    code, conn = _staff(act).office, act.work.writing()
    old = offices.profile(conn, code)["group_id"]
    if old is not None and old != act.chat.id:
        before = act.work.by_id(old)
        before.office, before.dirty = "", True
    if act.chat.office not in {"", code}:  # it was another office's: that one's cases must not come here any more
        offices.enter(conn, act.chat.office, group_id=None)
    act.chat.office, act.chat.dirty, act.work.menus = code, True, True
    offices.enter(conn, code, group_id=act.chat.id)
    return []
