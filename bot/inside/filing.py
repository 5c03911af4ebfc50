"""From answers to a case in the right queue, its card and history."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.inside import places
from bot.inside.act import Act, audience, say
from bot.inside.marks import token_of
from handlers import cards, codes
from handlers.answers import with_place
from handlers.events import Event, MediaFailed, ReportFiled
from handlers.life import BARU
from handlers.queues import home_of, informed
from handlers.searching import keys_of
from handlers.speech import UNKNOWN_PLACE_ZONE
from handlers.standing import standing
from handlers.triage import above, covers
from handlers.view import CaseView
from place.areas import office_name, zone_of
from storage import cases, media, offices, outbox
from storage.cases import Case, moment

if TYPE_CHECKING:
    from collections.abc import Mapping
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


def served_office(act: Act, home: str) -> tuple[str, bool]:
    """The office of the place, or the nearest above it that has an officer, never nowhere; and whether one has."""
    upward = [home]
    while over := above(upward[-1]):
        upward.append(over)
    served = offices.served_among(act.work.reading, upward)
    return next((code for code in upward if code in served), upward[-1]), bool(served)


def local(at: datetime, code: str) -> datetime:
    """The time on an office's wall; a province's by its first kabupaten, the nation's in WIB."""
    return at.astimezone(ZoneInfo(zone(code)))


def zone(code: str) -> str:
    """The zone of an office."""
    return zone_of(code) if "." in code else UNKNOWN_PLACE_ZONE


def file_report(act: Act, effect: ask.FileReport) -> list[Event]:
    """Make the case, in one piece with the event that sent it."""
    answers = {key: value for key, value in effect.answers.items() if key not in CONTROL}
    home, rank = home_of(answers, act.means.book)
    answers |= {"rank": rank} if rank else {}
    office, heard = served_office(act, home)
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
    act.work.record(case, act.now, "masuk", first=True, office=office)
    rung = heard and announce(act, case)
    if rank:
        _inform(act, case)
    return [ReportFiled(ticket, receipt, office, office_name(office), office_name(home), rung)]


def _inform(act: Act, case: Case) -> None:
    """The office of the place hears that a case of an official above it is with another."""
    if case.kabupaten and case.office != case.kabupaten:
        note = informed(case.ticket, case.kabupaten, office_name(case.office))
        for to in audience(act, case.kabupaten):
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
    """A case as its officers may see it."""
    return seen(act.work, case, history=history)


def seen(work: UnitOfWork, case: Case, *, history: bool = True) -> CaseView:
    """The same outside of an event: for a paper, which is made when it goes out."""
    conn, keys = work.reading, work.keys
    files = media.states(conn, case.id)
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
        evidence=tuple(id_ for id_, state, clean in files if state == media.KEPT and clean),
        files=tuple(id_ for id_, state, _ in files if state == media.KEPT),
        evidence_waiting=sum(state == media.WANTED for _, state, _ in files),
        evidence_refused=sum(state == media.REFUSED for _, state, _ in files),
        history=_history(conn, keys, case) if history else (),
        facts=case.facts,
        offered=case.offered,
        offered_name=office_name(case.offered) if case.offered else "",
        can_reach=case.reporter is not None and not work.is_gone(case.reporter),
    )


def shown(case: Case) -> dict[str, Any]:
    """The answers without who the reporter is."""
    return {k: v for k, v in case.answers.items() if k in PLACE or not k.startswith(HIDDEN)}


def _history(conn: Connection, keys: KeyRing, case: Case) -> tuple[dict[str, Any], ...]:
    rows = cases.happenings(conn, case)
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
            "note": row["note"],
        }
        for row in rows
    )


def announce(act: Act, case: Case, *, offered: bool = False) -> bool:
    """The card goes to the office that holds the case, or to which it is `offered`.

    What is happening now rings its duty list. Did it ring?
    """
    office = case.offered if offered else case.office
    hearing = audience(act, office)
    if not hearing:
        return False
    seen = view(act, case)
    card = replace(cards.card(seen, act.turn.at, act.means.book, guest=offered), anew=True)
    for to in hearing:
        say(act, to, card)
    if not case.urgent or case.status != BARU:
        return False
    alarm = cards.alarm(seen, act.turn.at, (case.answers.get("place") or {}).get("zone", "Asia/Jakarta"))
    called = audience(act, office, duty=True)
    for to in called:
        say(act, to, alarm)
    return bool(called)


def redraw(act: Act, case: Case, *, moved: bool = False, late: bool = False, here: bool = False) -> None:
    """The case's card anew wherever it stands and may still be read; where it left (`moved`), only that it did.

    Where it is offered it shows what can be answered.
    With `late` pictures came after the card: a platform cannot put them into a message that stands already. With
    `here` it is shown where the event was said, too: whoever typed a number without a card gets an answer.
    """
    seen = view(act, case)
    late = late and bool(seen.evidence) and not seen.evidence_waiting
    card, offered = (cards.card(seen, act.turn.at, act.means.book, guest=guest, quiet=True) for guest in (False, True))
    shown = sorted({*outbox.shown_in(act.work.reading, card.card), *([act.chat.id] if here else [])})
    posts = offices.posts(act.work.reading, shown)
    for row_id in shown:
        to = act.work.by_id(row_id)
        offices_here = posts.get(row_id, []) if to.private else [to.office]
        own = any(covers(office, case.office) for office in offices_here)
        readable = own or any(covers(office, case.offered) for office in offices_here)
        if not to.gone and (readable or moved):
            theirs = card if own else offered
            fresh = replace(theirs, quiet=False, anew=True) if late and to.channel not in outbox.STREAMED else theirs
            say(act, to, fresh if readable else cards.moved_on(seen))


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
        redraw(act, case, late=True)
    return [MediaFailed(file.id, why)] if why else [*placed]
