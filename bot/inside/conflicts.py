"""Conflict of interest, carried out: who is kept out of a case no longer sees it, holds it, or waits to have it agreed.

A mark is a row of history that leaves the revision as it is, so that what others proposed and pressed goes on holding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inside.act import Act, say
from bot.inside.filing import announce, close_beside, redraw, view
from bot.inside.going import lifted, release
from bot.inside.sight import apart, may_open, officer, silenced
from bot.inside.together import group
from handlers import seconds, triage
from handlers.cards import beside, hidden, key
from handlers.conflict import is_tied, told_of
from handlers.keeping_out import KeptLoaded, KeptOut, Tied
from handlers.life import ENDED
from storage import cases, conflicts, offices, outbox
from storage.conflicts import BY_HAND

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers import keeping_out as ask
    from handlers.effects import Send
    from handlers.events import Event
    from handlers.turn import Staff
    from storage.cases import Case
    from storage.conversations import Conversation
    from storage.offices import Officer

MOST = 20  # cases that /kantor names


def _markable(act: Act, staff: Staff, number: int) -> Officer | None:
    """The officer, if this one may keep them out of something."""
    person = offices.officer(act.work.reading, act.means.keys, number)
    able = person and triage.may_bar(staff, person.id, person.role, person.office)
    return person if able else None


def load_kept(act: Act, effect: ask.LoadKept) -> list[Event]:
    """Who serves at the case's office, or at the one that is asked to take it, or above; whom this officer may mark."""
    case, staff = act.permitted(effect.ticket), act.turn.staff
    if case is None or staff is None:
        return [KeptLoaded(effect.ticket, effect.rev, ())]
    conn, people = act.work.reading, []
    code = case.office if triage.covers(staff.office, case.office) else case.offered
    while code and triage.covers(staff.office, code):
        people += offices.of_office(conn, act.means.keys, code)
        code = triage.above(code)
    marks = conflicts.of_case(conn, case.id)
    able = [one for one in people if triage.may_bar(staff, one.id, one.role, one.office)]
    rows = tuple((one.id, one.name, BY_HAND in marks.get(one.id, ())) for one in able)
    return [KeptLoaded(case.ticket, case.rev, rows)]


def keep_out(act: Act, effect: ask.KeepOut) -> list[Event]:
    """Mark, or take the mark off; nothing for who may not."""
    case, staff = act.permitted(effect.ticket), act.turn.staff
    person = _markable(act, staff, effect.officer) if staff else None
    if case is None or staff is None or person is None:
        return [KeptOut(effect.ticket, effect.rev)]
    conn, note = act.work.writing(), f"{person.name}: {effect.note}" if effect.note else person.name
    if not effect.out:
        free = [one for one in group(act, case) if conflicts.unbar(conn, one.id, person.id)]
        left = [_let_in(act, one, person, note, staff.id) for one in free]
        tied = any(left) if free else person.id in case.barred
        return [KeptOut(case.ticket, case.rev, person.id, person.name, out=False, before=not free, tied=tied)]
    grouped = offices.profile(conn, case.office)["group_id"] is not None and not silenced(conn, case)
    if not (found := _barred(act, case, person.id)):
        return [KeptOut(case.ticket, case.rev, person.id, person.name, before=True)]
    freed, up = _all_shut(act, found, person, note, staff.id)
    case = cases.by_id(conn, act.means.keys, case.id)  # as it is where what it is joined to went up
    silent = grouped and silenced(conn, case)
    return [KeptOut(case.ticket, case.rev, person.id, person.name, freed=freed, silent=silent, went_up=up)]


def tie_to(act: Act, effect: ask.TieTo) -> list[Event]:
    """The same for every case whose accused is of an agency."""
    staff = act.turn.staff
    person = _markable(act, staff, effect.officer) if staff else None
    if staff is None or person is None:
        return [Tied()]
    conn, keys, note = act.work.writing(), act.means.keys, f"{person.name}: {effect.said}"
    if not effect.out:
        if conflicts.is_tied_to(conn, staff.id, mark := conflicts.mark_of(keys, effect.words)):
            return [Tied()]  # nobody lets others in where they are kept out themselves: whom they invited above all
        left = conflicts.untie(conn, person.id, mark)
        for case_id in left or ():
            _let_in(act, cases.by_id(conn, keys, case_id), person, note, staff.id)
        return [Tied(person.id, person.name, effect.said, out=False, before=left is None)]
    if not (mark := conflicts.tie(conn, keys, person.id, effect.said, effect.words)):
        return [Tied(person.id, person.name, effect.said, before=True)]
    count = 0
    for case_id in _told_so(act, effect.words):
        case = cases.by_id(conn, keys, case_id)
        found = _barred(act, case, person.id, mark) if is_tied(frozenset(effect.words), case.answers) else []
        count += sum(triage.handles(staff, one) and may_open(person, one) for one in found)
        _all_shut(act, found, person, note, staff.id)
    return [Tied(person.id, person.name, effect.said, cases=count)]


def _told_so(act: Act, words: tuple[str, ...]) -> list[int]:
    """Cases that have these words, also those whose words this transaction has not written yet."""
    written = conflicts.candidates(act.work.reading, act.means.keys, words)
    waiting = [case_id for case_id, known in act.work.words.items() if set(words) <= known]
    return sorted({*written, *waiting})


def marks_here(act: Act, people: Iterable[Officer]) -> tuple[tuple[str, str], ...]:
    """(name, what they are kept out of) for /kantor, as far as this officer may say so, and may see the case."""
    staff, conn, keys = act.turn.staff, act.work.reading, act.means.keys
    mine = {one.id: one.name for one in people if staff and triage.may_bar(staff, one.id, one.role, one.office)}
    if not (mine and act.turn.private):  # in a group others read along
        return ()
    agencies = [(mine[number], said) for number, _, said in conflicts.ties_of(conn, keys, mine)]
    hand = [(mine[number], ticket) for number, ticket, _ in conflicts.by_hand(conn, mine) if act.permitted(ticket)]
    return (*agencies, *hand[:MOST])


# --- shut, and opened again -------------------------------------------------------------------------------------------


def _barred(act: Act, case: Case, number: int, mark: str = BY_HAND) -> list[Case]:
    """Keep an officer out of it and of all that is joined with it: it is one act. Those of which the mark is new."""
    conn = act.work.writing()
    return [one for one in group(act, case) if conflicts.bar(conn, one.id, number, mark)]


def _all_shut(act: Act, found: Iterable[Case], person: Officer, note: str, by: int | None) -> tuple[bool, str]:
    """Was one of them held? Did one go up, whereto?"""
    ends = [_shut(act, one, person, note, by) for one in found]
    return any(freed for freed, _ in ends), next((up for _, up in ends if up), "")


def _shut(act: Act, case: Case, person: Officer, note: str, by: int | None) -> tuple[bool, str]:
    """What an officer who is kept out from now on had of the case is taken back. Was it held? Did it go up, whereto?"""
    conn, before = act.work.writing(), person.id in case.barred
    case.barred |= {person.id}
    if before or not triage.silences(person.role, person.office, case):
        return False, ""  # they see it no less than before
    act.work.record(case, act.now, "benturan", staff_id=by, note=_named_in(case, person, note))
    if seconds.proposed_by(view(act, case, history=False), person.id):
        cases.set_facts(conn, case, {"usul": None})
    seen = frozenset(outbox.shown_in(conn, f"kasus:{case.ticket}"))
    freed = case.holder == person.id and case.status not in ENDED
    if freed:
        release(act, case, by)
    else:
        redraw(act, case)
    close_beside(act, case)
    up = lifted(act, case, "naik_benturan", by) if case.status not in ENDED else ""
    if not up and case.status not in ENDED and silenced(conn, case):
        announce(act, case, but=seen)  # who read it in the group so far has it in their own chat from now on
    ask_next(act, case)
    return freed, up


def _named_in(case: Case, person: Officer, note: str) -> str:
    """Who and why stands in a history of their own office, or one below; not where the case is only offered to it."""
    return note if triage.may_handle(person.role, person.office, case.office) else ""


def _let_in(act: Act, case: Case, person: Officer, note: str, by: int) -> bool:
    """A mark is gone; whether another keeps them out still."""
    left = person.id in conflicts.of_case(act.work.reading, case.id)
    act.work.record(case, act.now, "benturan_lepas", staff_id=by, note=_named_in(case, person, note))
    if left:
        return True
    case.barred -= {person.id}
    seen = frozenset(outbox.shown_in(act.work.reading, f"kasus:{case.ticket}"))
    redraw(act, case)
    if case.status not in ENDED:
        announce(act, case, but=seen)  # they have its card again, and so has the group
    ask_again(act, [case], person)
    return False


def noticed(act: Act, case: Case, *, quiet: bool = False) -> None:
    """Who is tied to the accused of a case as it is told now; a tie that no longer holds stays, until it is taken off.

    `quiet` where the case was made just now, and nobody saw it yet.
    """
    conn, keys = act.work.writing(), act.means.keys
    for number, mark in conflicts.tied(conn, keys, *told_of(case.answers)):
        person, found = offices.officer(conn, keys, number), _barred(act, case, number, mark)
        if person and not quiet:
            _all_shut(act, found, person, person.name, None)
        case.barred |= {number}


# --- cards that somebody no longer sees; and proposals for which nobody was there -------------------------------------


def close_unseen(act: Act, person: Officer) -> None:
    """An officer's own chats show no card any more that they may not see."""
    conn, keys = act.work.writing(), act.means.keys
    for _, chat, _ in offices.chats(conn, [person.id]):
        for card in outbox.cards_in(conn, chat):
            ticket = card.partition(":")[2]
            case = cases.by_ticket(conn, keys, ticket) if card in {key(ticket), *beside(ticket)} else None
            if case and triage.sees(officer(person), case.office) and not may_open(person, case):
                say(act, act.work.by_id(chat), hidden(case.ticket, card))
                outbox.close_card(conn, chat, card)


def ask_again(act: Act, found: Iterable[Case], person: Officer) -> None:
    """Somebody who could be the second person is there now: they are asked what nobody could be asked before."""
    if person.role not in triage.DECIDE:
        return
    for case in found:
        seen = view(act, case, history=False) if may_open(person, case) else None
        note = seconds.asked_later(seen, person.id) if seen else None
        if seen is None or note is None or not cases.is_unasked(act.work.reading, case):
            continue
        if not apart(act, seconds.proposer(seen), [person.id]):
            continue
        _ask(act, case, [person.id], note)
        cases.ask_later(act.work.writing(), case.id, 0)


def note_asked(act: Act, ticket: str, hearing: Iterable[Conversation]) -> None:
    """In these chats somebody was asked to be the second person."""
    if case := cases.by_ticket(act.work.writing(), act.means.keys, ticket):
        for to in hearing:
            outbox.open_card(act.work.writing(), to.id, seconds.asked_card(case.ticket, case.facts))


def _ask(act: Act, case: Case, people: list[int], note: Send) -> None:
    hearing = [act.work.by_id(chat) for _, chat, _ in offices.chats(act.work.reading, people)]
    for to in hearing:
        say(act, to, note)
    note_asked(act, case.ticket, hearing)


def ask_next(act: Act, case: Case) -> None:
    """Whoever was asked to be the second person may be it no more: the next who can is asked, or it waits for one."""
    conn, keys, seen = act.work.writing(), act.means.keys, view(act, case, history=False)
    note = seconds.asked_later(seen, 0)
    if note is None or cases.is_unasked(conn, case):
        return

    def able(people: Iterable[Officer]) -> list[int]:
        may = [one.id for one in people if one.role in triage.DECIDE and may_open(one, case)]
        return apart(act, seconds.proposer(seen), may)

    asked = offices.posts(conn, keys, outbox.shown_in(conn, seconds.asked_card(case.ticket, case.facts)))
    if any(able(people) for people in asked.values()):
        return
    others = (able(offices.of_office(conn, keys, code)) for code in triage.upward(case.office))
    if found := next((one for one in others if one), []):
        _ask(act, case, found, note)
        return
    cases.ask_later(conn, case.id, case.rev)
    for _, chat, _ in offices.chats(conn, [seconds.proposer(seen)]):
        say(act, act.work.by_id(chat), seconds.waits_for_somebody(case.ticket))


def asked_in(act: Act, chats: Iterable[int]) -> list[Case]:
    """Of which cases somebody was asked to be the second person in these chats."""
    conn, found = act.work.writing(), {}
    for card in (card for chat in chats for card in outbox.cards_in(conn, chat)):
        ticket = seconds.asked_of(card)
        if ticket and (case := cases.by_ticket(conn, act.means.keys, ticket)):
            found[case.id] = case
    return list(found.values())
