"""Reminders and alarms within a day: planned with each change of a case, told when due, each once (docs/adr/0021)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.inside.act import Act, audience, say
from bot.inside.sight import aloud, in_lists, may_open, officer, silenced
from handlers import alarm_words, alarms
from handlers.alarms import ANEW, CITIZENS, NOBODY, Step, hears, may_speak
from handlers.life import BARU
from handlers.speech import moment as spoken_moment
from handlers.triage import covers, handles, sees, upward
from law.reminders import HOLDER, LEAD, UP
from place.areas import office_name
from storage import alarms as store
from storage import offices, outbox
from storage.alarms import Watch
from storage.cases import moment, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from handlers.alarms import Ends
    from handlers.book import Book
    from handlers.effects import Send
    from law.reminders import Rung
    from storage.cases import Case
    from storage.conversations import Conversation
    from storage.offices import Officer

MOST = 200  # cases of one office in one event
LEFT = ANEW - {"masuk", "dilengkapi"}  # by these a case goes to another office


def settle(act: Act) -> None:
    """After an event: whoever acted brings down what was told above, and what is to come is planned anew.

    Nobody acts on what they may not see: who is kept out of the last case that waits, or is of another kecamatan, may
    work on others every day, and its alarm climbs.
    """
    touched = [one for one in act.work.touched() if one[1] not in CITIZENS]
    if not touched:
        return
    by = act.turn.staff.office if act.turn.staff and any(officer for *_, officer in touched) else ""
    latest = {case.id: case for case, *_ in touched}.values()
    for case in latest:
        mine = [(action, officer) for one, action, officer in touched if one.id == case.id]
        acted = covers(by, case.office) and any(officer for _, officer in mine) and _seen(act, case)
        if mine != [("masuk", False)]:  # an untaken case has no ladder of its own
            _plan(act, case, acted=acted, anew=any(action in ANEW for action, _ in mine))
    new = {case.office for case in latest if case.status == BARU}
    for office in sorted({case.office for case in latest} | ({by} if by else set())):
        _watch(act, office, acted=office == by and _looks_after(act, office), waits=office in new)
    if any(action in LEFT for _, action, _ in touched):
        for office in store.emptied(act.work.reading):
            _watch(act, office, acted=False)


def _seen(act: Act, case: Case) -> bool:
    return act.turn.staff is not None and handles(act.turn.staff, case)


def _looks_after(act: Act, office: str) -> bool:
    """Is there a case among those that wait which the speaker may see?"""
    return act.turn.staff is not None and store.waiting(act.work.writing(), office, in_lists(act.turn.staff))


def _plan(act: Act, case: Case, *, acted: bool, anew: bool) -> None:
    rung, at = store.of_case(act.work.reading, case.id)
    if acted:
        _down(act, act.means.book.reminders.limit, rung, case.office, case)
    begins = planned(case, act.turn.at, act.means.book)
    climbs = rung and not (acted or anew) and begins != (0, 0)
    if begins != (rung, at) and not climbs:
        store.put(act.work.writing(), [(case.id, *begins)])


def planned(case: Case, since: datetime, book: Book) -> tuple[int, int]:
    """(rung, when) of a case's reminders from the bottom; nobody acted since then."""
    ends = ending(case, since, book)
    return _stored(alarms.limit_from(ends, since, case.office, book) if ends else NOBODY)


def ending(case: Case, at: datetime, book: Book) -> Ends | None:
    """The clock of which somebody is reminded."""
    return alarms.ending(case.status, case.answers, case.facts, case.deadline, at, book)


def _stored(step: Step) -> tuple[int, int]:
    return step.rung, stamp(step.at) if step.at else 0


def _watch(act: Act, office: str, *, acted: bool, waits: bool = False) -> None:
    conn = act.work.writing()
    now = store.watch(conn, office)
    waits = waits or store.waiting(conn, office)
    if now and (acted or not waits):
        _down(act, act.means.book.reminders.queue, now.rung, office)
    if waits and (acted or now is None or now.idle):
        rung, due = _stored(alarms.queue_from(act.turn.at, office, act.means.book))
        store.keep(conn, office, Watch(act.now, rung, due), fresh=now is None)
    elif now and not waits and not now.idle:
        store.keep(conn, office, Watch(act.now, 0, 0))


def _down(act: Act, ladder: tuple[Rung, ...], step: int, office: str, case: Case | None = None) -> None:
    """Whoever was alarmed above hears once that it is in hand; not who acts now."""
    if not alarms.told_above(ladder, step):
        return
    conn, card = act.work.writing(), _alarmed(case.ticket if case else office)
    told = outbox.shown_in(conn, card)
    posts = offices.posts(conn, act.means.keys, told)
    for to in map(act.work.by_id, sorted(told)):
        outbox.close_card(conn, to.id, card)
        if to is not act.chat and to is not act.mind and _may_hear(act, to, posts.get(to.id, ()), office, case):
            say(act, to, alarm_words.in_hand(office_name(office), case.ticket if case else ""))


def _may_hear(act: Act, to: Conversation, people: Iterable[Officer], office: str, case: Case | None) -> bool:
    """Still, of what was told there: its officers, and the group of an office, may have changed since."""
    if to.gone or not to.private:
        return not to.gone and covers(to.office, office) and not (case and silenced(act.work.reading, case))
    return any(may_open(one, case) if case else sees(officer(one), office) for one in people)


def _alarmed(about: str) -> str:
    """Who heard an alarm of a case or of an office's queue is kept as a card that stands there is."""
    return f"alarm:{about}"


def _alarm(act: Act, to: Conversation, rung: Rung, send: Send, about: Iterable[str]) -> None:
    """Tell it; and note of what it was, where somebody above the holder hears it."""
    say(act, to, send)
    for one in about if rung.to in UP else ():
        outbox.open_card(act.work.writing(), to.id, _alarmed(one))


def _hearing(act: Act, rung: Rung, office: str, case: Case | None = None) -> list[Conversation]:
    where = hears(rung, office, _up(act, office))
    return audience(act, where, case, role="koordinator" if rung.to == LEAD else "") if where else []


def _up(act: Act, office: str) -> list[str]:
    """The offices above that have an officer, the nearest first."""
    _, *codes = upward(office)
    served = offices.served_among(act.work.reading, codes) if codes else set()
    return [code for code in codes if code in served]


# --- what is due ------------------------------------------------------------------------------------------------


def ringing(conn: Connection, now: int, most: int) -> tuple[list[tuple[str, int, Callable[[Act], None]]], list[str]]:
    """(name, a conversation to do it in, what is to be done) of each office whose queue or limits are due.

    Beside them the offices of which nobody can hear, because nobody serves there or above.
    """
    found: list[tuple[str, int, Callable[[Act], None]]] = []
    nobody: list[str] = []
    kinds = (("antrean", store.due_queues, ring_queue), ("tenggat", store.due_offices, ring_limits))
    for kind, due, ring in kinds:
        for office, at in due(conn, now, most):
            if (seat := offices.a_seat(conn, upward(office))) is not None:
                found.append((f"{kind}:{office}:{at}", seat, partial(ring, office=office)))
            else:
                nobody.append(office)
    return found, nobody


def ring_queue(act: Act, office: str) -> None:
    """Tell the next rung that the office's queue waits; nothing where somebody acted meanwhile."""
    conn, book = act.work.writing(), act.means.book
    now = store.watch(conn, office)
    if now is None or not 0 < now.due <= act.now:
        return
    if not store.waiting(conn, office):
        store.keep(conn, office, Watch(act.now, 0, 0))
        return
    ladder, up = book.reminders.queue, _up(act, office)
    if now.rung >= len(ladder):  # of another ladder, before the data changed
        store.keep(conn, office, Watch(now.since, *_stored(Step(len(ladder), None))))
        return
    rung, at = ladder[now.rung], act.turn.at
    begins = alarms.queue_from(moment(now.since), office, book).at if now.rung == 0 else None
    later = stamp(begins) if begins and begins > at else _later(act, rung, hears(rung, office, up) or office, None)
    if later:
        store.keep(conn, office, Watch(now.since, now.rung, later))
        return
    _tell_queue(act, rung, office)
    step = alarms.queue_after(now.rung, at, office, up, book)
    store.keep(conn, office, Watch(now.since, *_stored(step)))


def _tell_queue(act: Act, rung: Rung, office: str) -> None:
    """To each as much as they see: a panwascam hears of one kecamatan, and who is kept out of a case not of that."""
    conn, hearing = act.work.reading, _hearing(act, rung, office)
    readers = offices.posts(conn, act.means.keys, [to.id for to in hearing])
    for to in hearing:
        person = next(iter(readers.get(to.id, ())), None)
        count, ticket, came = store.untaken(conn, office, in_lists(officer(person)) if person else aloud())
        if count:
            since = spoken_moment(moment(came), str(act.means.book.hours.of(office).zone))
            told = alarm_words.queue_told(rung, office_name(office), count, ticket, since)
            _alarm(act, to, rung, told, [office])


def _later(act: Act, rung: Rung, where: str, ends: Ends | None) -> int:
    """When it may be said to whoever hears it, by the hours of their office, where that is not now; else 0."""
    at = may_speak(rung, where, act.turn.at, ends, act.means.book)
    return stamp(at) if at > act.turn.at else 0


def _hearer(act: Act, rung: Rung, case: Case, up: list[str]) -> str:
    """Whose hours count: a holder may be of an office above, in another zone."""
    holder = offices.officer(act.work.reading, act.means.keys, case.holder) if case.holder else None
    return holder.office if holder and rung.to == HOLDER else hears(rung, case.office, up) or case.office


def ring_limits(act: Act, office: str) -> None:
    """Tell of the office's limits that are due: one message for each rung and holder, whatever their number."""
    conn, book, up = act.work.writing(), act.means.book, _up(act, office)
    ladder, steps = book.reminders.limit, []
    told: dict[tuple[int, int], list[tuple[Case, alarm_words.Due]]] = {}
    for case, place in store.due_cases(conn, act.means.keys, office, act.now, MOST):
        ends = ending(case, act.turn.at, book)
        if ends is None or place >= len(ladder):
            steps.append((case.id, 0, 0))
        elif later := _later(act, ladder[place], _hearer(act, ladder[place], case, up), ends):
            steps.append((case.id, place, later))
        else:
            to = case.holder if ladder[place].to == HOLDER else 0
            told.setdefault((place, to), []).append((case, alarm_words.Due(case.ticket, ends)))
            step = alarms.limit_after(ends, place, act.turn.at, office, up, book)
            steps.append((case.id, *_stored(step)))
    store.put(conn, steps)
    for (place, holder), dues in told.items():
        rung = ladder[place]
        by_chat: dict[int, list[alarm_words.Due]] = {}
        for case, due in dues:
            for chat in _of(act, rung, case, holder):
                by_chat.setdefault(chat.id, []).append(due)
        for number, mine in by_chat.items():
            note = alarm_words.limits_told(rung, office_name(office), mine, act.turn.at, book.hours.of(office))
            _alarm(act, act.work.by_id(number), rung, note, [one.ticket for one in mine])


def _of(act: Act, rung: Rung, case: Case, holder: int) -> list[Conversation]:
    """Who hears of a case: the holder's own chats, and without a holder whoever hears for the office and sees it."""
    own = [chat for _, chat, _ in offices.chats(act.work.reading, [holder])] if holder else []
    return [act.work.by_id(chat) for chat in own] or _hearing(act, rung, case.office, case)
