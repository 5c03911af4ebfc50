"""From answers to a case in the right queue, its card and history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.inside import places
from bot.inside.act import Act, audience, say
from bot.inside.doubles import beside, look
from bot.inside.marks import token_of
from bot.inside.sight import apart, officer, readers, standing_facts
from handlers import cards, codes
from handlers.answers import with_place
from handlers.conflict import told_of
from handlers.events import Event, MediaFailed, ReportFiled
from handlers.joins import ELSEWHERE, veiled
from handlers.labels import own_rows
from handlers.life import BARU
from handlers.queues import home_of, informed
from handlers.searching import keys_of
from handlers.seconds import proposer
from handlers.standing import standing
from handlers.summary import own_given
from handlers.triage import sees, upward
from handlers.view import CaseView
from place.areas import office_name, zone_of
from storage import cases, conflicts, media, offices, outbox
from storage.cases import Case, moment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from handlers import effects as ask
    from sealing.keys import KeyRing
    from storage.media import File
    from storage.unit_of_work import UnitOfWork

PLACE = frozenset({"place_said", "place_point"})  # what was said of the place of the event, for its officers
HIDDEN = ("pelapor_", "consent", "place_")  # answers so named are not: identity above all
CONTROL = frozenset(
    {"review", "looked", "ubah", "ubah_apa", "filed", "receipt", "office_name", "home_name", "pilkades", "before"}
)


def served_office(act: Act, home: str, barred: Collection[int] = ()) -> tuple[str, bool]:
    """The office of the place, or the nearest above it that has an officer, never nowhere; and whether one has.

    Those who are kept out of the case (`barred`) are none.
    """
    codes = upward(home)
    served = offices.served_among(act.work.reading, codes, barred)
    return next((code for code in codes if code in served), codes[-1]), bool(served)


def local(at: datetime, code: str) -> datetime:
    """The time on an office's wall."""
    return at.astimezone(ZoneInfo(zone_of(code)))


def file_report(act: Act, effect: ask.FileReport) -> list[Event]:
    """Make the case, in one piece with the event that sent it."""
    answers = {key: value for key, value in effect.answers.items() if key not in CONTROL}
    home, rank = home_of(answers, act.means.book)
    answers |= {"rank": rank} if rank else {}
    tied = conflicts.tied(act.work.reading, act.means.keys, *told_of(answers))
    office, heard = served_office(act, home, {number for number, _ in tied})
    ticket, receipt = codes.ticket(act.means.random_code(7)), codes.receipt(act.means.random_code(17))
    facts = clear_facts(act, answers) | {
        "ticket": ticket,
        "receipt": act.means.keys.token("receipt", receipt),
        "office": office,
        "home": home,
        "post": token_of(act.means.keys, home, answers, act.means.book),
    }
    conn = act.work.writing()
    case = cases.file(conn, act.means.keys, facts, answers)
    act.work.find_by(case, keys_of(answers, {}), fresh=True)
    media.adopt(conn, case.id, act.chat.id, [item["id"] for item in answers.get("evidence", ()) if item.get("id")])
    look(act, case, fresh=True)
    act.work.record(case, act.now, "masuk", first=True, office=office)
    _keep_out(act, case, tied)
    rung = heard and announce(act, case)
    if rank:
        _inform(act, case)
    return [ReportFiled(ticket, receipt, office, office_name(office), office_name(home), rung)]


def _keep_out(act: Act, case: Case, tied: Sequence[tuple[int, str]]) -> None:
    """Officers who are tied to the accused's agency never see it; of those who would have, the history says so."""
    conn, keys = act.work.writing(), act.means.keys
    for number, mark in tied:
        conflicts.bar(conn, case.id, number, mark)
        person = offices.officer(conn, keys, number)
        if person and number not in case.barred and sees(officer(person), case.office):
            act.work.record(case, act.now, "benturan", note=person.name)
        case.barred |= {number}


def _inform(act: Act, case: Case) -> None:
    """The office of the place hears that a case of an official above it is with another."""
    if case.kabupaten and case.office != case.kabupaten:
        note = informed(case.ticket, case.kabupaten, office_name(case.office))
        for to in audience(act, case.kabupaten, case, place=True):
            say(act, to, note)


def clear_facts(act: Act, answers: dict[str, Any]) -> dict[str, Any]:
    """The clear columns of a new case, by which queues are sorted and figures are counted."""
    now = standing(answers, act.turn.at, act.means.book)
    place = answers.get("place") or {}
    return {
        "reporter": act.chat.id,
        "kabupaten": place.get("code", ""),
        "kecamatan": place.get("kecamatan_code", ""),
        "kind": answers.get("kind", ""),
        "position": answers.get("position", ""),
        "status": BARU,
        "regime": now.regime.name,
        "law_version": now.regime.version[:80],
        "urgent": bool(answers.get("ongoing")),
        "happened": answers.get("happened", ""),
        "known": answers.get("known", ""),
        "deadline": now.clock.last_day.isoformat() if now.clock else "",
        "holder": None,
        "rev": 1,
        "created": act.now,
        "changed": act.now,
    }


# --- what officers see -------------------------------------------------------------------------------------------


def view(act: Act, case: Case, *, history: bool = True) -> CaseView:
    """A case as its officers may see it; and may who speaks be one person with who proposed what waits there?"""
    found, staff = seen(act.work, case, history=history), act.turn.staff
    by = proposer(found)
    near = staff is not None and by not in {0, staff.id} and not apart(act, by, [staff.id])
    return replace(found, too_near=True) if near else found


def seen(work: UnitOfWork, case: Case, *, history: bool = True) -> CaseView:
    """The same outside of an event: for a paper, which is made when it goes out."""
    conn, keys = work.reading, work.keys
    files, rows = media.states(conn, case.id), cases.happenings(conn, case) if history else []
    others, unsaid = beside(conn, keys, case, rows) if history else ({}, set())
    return CaseView(
        ticket=case.ticket,
        office=case.office,
        office_name=office_name(case.office),
        home=case.home,
        home_name=office_name(case.home),
        status=case.status,
        rev=case.rev,
        created=moment(case.created),
        known=case.known,
        deadline=case.deadline,
        urgent=case.urgent,
        holder=case.holder,
        holder_name=offices.name_of(conn, keys, case.holder) if case.holder else "",
        answers=shown(case),
        own_given=own_given(case.answers),
        evidence=tuple(id_ for id_, state, clean in files if state == media.KEPT and clean),
        files=tuple(id_ for id_, state, _ in files if state == media.KEPT),
        taken=media.taken(conn, keys, case.id) if history and files else (),
        evidence_waiting=sum(state == media.WANTED for _, state, _ in files),
        evidence_refused=sum(state == media.REFUSED for _, state, _ in files),
        history=_history(conn, keys, case, own_rows(rows, case.office), unsaid),
        facts=standing_facts(conn, keys, case),
        offered=case.offered,
        offered_name=office_name(case.offered) if case.offered else "",
        kecamatan=case.kecamatan,
        barred=case.barred,
        can_reach=case.reporter is not None and not work.is_gone(case.reporter),
        **others,
    )


def shown(case: Case) -> dict[str, Any]:
    """The answers without who the reporter is."""
    return {k: v for k, v in case.answers.items() if k in PLACE or not k.startswith(HIDDEN)}


def _history(
    conn: Connection, keys: KeyRing, case: Case, rows: Sequence[Mapping[str, Any]], unsaid: Collection[str]
) -> tuple[dict[str, Any], ...]:
    names = {r["staff_id"]: offices.name_of(conn, keys, r["staff_id"]) for r in rows if r["staff_id"]}
    return tuple(
        {
            "at": local(moment(row["at"]), case.office),
            "action": row["action"],
            "name": names.get(row["staff_id"], ""),
            "office": office_name(row["office"]) if row["office"] else "",
            "reason": row["reason"],
            "status": row["status"],
            "staff": row["staff_id"] or 0,
            "note": ELSEWHERE if row["note"] in unsaid else row["note"],
        }
        for row in rows
    )


def announce(act: Act, case: Case, *, offered: bool = False, but: Collection[int] | None = None) -> bool:
    """The card goes to the office that holds the case, or to which it is `offered`.

    Only to whom it is new where `but` names the conversations that have it. What is happening now rings its duty
    list. Did it ring?
    """
    office = case.offered if offered else case.office
    hearing = [to for to in audience(act, office, case) if to.id not in (but or ())]
    if not hearing:
        return False
    seen = view(act, case)
    for to, theirs, _, _ in readers(act, case, seen, [to.id for to in hearing]):
        card = cards.card(theirs or veiled(seen), act.turn.at, act.means.book, guest=offered)
        say(act, to, replace(card, anew=True))
    if but is not None or not case.urgent or case.status != BARU:
        return False
    alarm = cards.alarm(seen, act.turn.at, (case.answers.get("place") or {}).get("zone", "Asia/Jakarta"))
    called = audience(act, office, case, duty=True)
    for to in called:
        say(act, to, alarm)
    return bool(called)


def redraw(act: Act, case: Case, *, moved: bool = False, late: bool = False, here: bool = False) -> None:
    """The case's card anew wherever it stands and may still be read; where it left (`moved`), only that it did.

    Whoever may not see it any more, though their office has it, keeps its number alone: there the card is closed.

    Where it is offered it shows what can be answered.
    With `late` pictures came after the card: a platform cannot put them into a message that stands already. With
    `here` it is shown where the event was said, too: whoever typed a number without a card gets an answer.
    """
    seen = view(act, case)
    late, key = late and bool(seen.evidence) and not seen.evidence_waiting, cards.key(case.ticket)
    shown = sorted({*outbox.shown_in(act.work.reading, key), *([act.chat.id] if here else [])})
    for to, theirs, own, reached in readers(act, case, seen, shown):
        if theirs:
            card = cards.card(theirs, act.turn.at, act.means.book, guest=not own, quiet=True)
            say(act, to, replace(card, quiet=False, anew=True) if late and to.channel not in outbox.STREAMED else card)
        elif reached:
            say(act, to, cards.hidden(case.ticket))
            outbox.close_card(act.work.writing(), to.id, key)
        elif moved:
            say(act, to, cards.moved_on(seen))
    if moved:
        close_beside(act, case)


def close_beside(act: Act, case: Case) -> None:
    """The other cards that speak of it are closed where it may not be read any more."""
    conn, seen = act.work.writing(), view(act, case, history=False)
    for card in cards.beside(case.ticket):
        for to, theirs, _, _ in readers(act, case, seen, outbox.shown_in(conn, card)):
            if theirs is None:
                say(act, to, cards.hidden(case.ticket, card))
                outbox.close_card(conn, to.id, card)


def settled(act: Act, file: File, facts: Mapping[str, Any], why: str = "") -> list[Event]:
    """A file is kept (with these facts) or refused (why): its row, the card, and what the conversation hears of it."""
    conn, keys = act.work.writing(), act.means.keys
    state, meta = (media.REFUSED if why else media.KEPT), {**file.meta, **facts}
    if not media.settle(conn, file, state, why=why, size=facts.get("size", 0), meta=meta):
        act.work.erase([file.id])  # it was erased while its bytes came
        return []
    placed = places.of_photo(file.id, facts)
    now = media.by_id(conn, keys, file.id)
    if now and now.case_id:
        case = cases.by_id(conn, keys, now.case_id)
        for event in placed:
            evidence = with_place(case.answers["evidence"], event)
            cases.set_answers(conn, case, {**case.answers, "evidence": evidence})
        if not why:
            look(act, case)
        redraw(act, case, late=True)
    return [MediaFailed(file.id, why)] if why else [*placed]
