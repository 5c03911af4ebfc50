"""Cases in the house of dicts: who sees them, where their cards stand, what is noted of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers import cards, joins, labels, life, offers, seconds, triage
from handlers import events as told
from handlers.deadlines import last_day
from handlers.happenings import ASIDE, STANDS
from handlers.summary import own_given
from handlers.view import CaseView
from place.areas import zone_of
from tests.handlers import memory_joins
from tests.handlers.memory_house import OFFICES, Case, Chat, MemoryHouse, anew

PLACE = {"place_said", "place_point"}
HIDDEN = ("pelapor_", "consent", "place_")


def case_of(house: MemoryHouse, ticket: str) -> Case | None:
    return next((case for case in house.cases if case.ticket == ticket), None)


def local(at: datetime, office: str) -> datetime:
    return at.astimezone(ZoneInfo(zone_of(office)))


def served(house: MemoryHouse, home: str, barred: frozenset[int] = frozenset()) -> str:
    code = home
    while triage.above(code) and not house.served_but(code, barred):
        code = triage.above(code)
    return code


def adopt(house: MemoryHouse, case: Case, items: Any) -> None:
    for item in items:
        if item.get("id") in house.files:
            house.files[item["id"]].ticket = case.ticket


def record(house: MemoryHouse, case: Case, action: str, **row: Any) -> None:
    house.touched.append((case, action, bool(row.get("staff"))))
    case.history.append(
        {
            "at": house.at,
            "action": action,
            "staff": 0,
            "office": "",
            "reason": "",
            "note": "",
            "status": case.status,
            **row,
        }
    )
    goes_along(house, case, action)


def goes_along(house: MemoryHouse, case: Case, action: str) -> None:
    """What waits for a second person stands after this row, or is void: who proposed it hears so after the event."""
    wish = case.facts.get("usul")
    if wish and action not in ASIDE and wish["rev"] == case.rev - 1:
        case.facts = {**case.facts, "usul": seconds.goes_along(wish, case.rev, action)}
        if action not in STANDS:
            house.voided.append((case, wish, action))
        elif case.unasked == case.rev - 1:
            case.unasked = case.rev


def tell_voided(house: MemoryHouse) -> None:
    voided, house.voided = house.voided, []
    for case, wish, action in voided:
        for one in [one for one in house.officers if one.staff.id == wish["by"]]:
            theirs = triage.sees(one.staff, case.office) and triage.handles(one.staff, case)
            seen = joins.read_by(view(house, case), one.staff) if theirs else None
            if one.staff.id not in case.barred and (triage.is_near(one.staff, case) or case.holder == one.staff.id):
                house.say(one.chat, seconds.lapsed(case.ticket, wish, seen, action))


def moved(house: MemoryHouse, case: Case) -> None:
    case.rev += 1
    case.changed = house.at
    case.deadline = last_day(dict(case.answers), case.facts, case.status, house.at, house.book)


def view(house: MemoryHouse, case: Case) -> CaseView:
    files = [file for file in house.files.values() if file.ticket == case.ticket]
    history = tuple(
        {
            **row,
            "note": memory_joins.seen_from(house, case, row),
            "at": local(row["at"], case.office),
            "name": house.name_of(row["staff"]),
            "office": OFFICES.get(row["office"], ""),
        }
        for row in labels.own_rows(case.history, case.office)
    )
    return CaseView(
        ticket=case.ticket, office=case.office, office_name=OFFICES[case.office], home=case.home,
        home_name=OFFICES[case.home], status=case.status, rev=case.rev, created=case.created,
        known=case.answers.get("known", ""), deadline=case.deadline, urgent=case.urgent, holder=case.holder,
        holder_name=house.name_of(case.holder),
        answers={key: value for key, value in case.answers.items() if key in PLACE or not key.startswith(HIDDEN)},
        own_given=own_given(case.answers),
        evidence=tuple(file.id for file in files if file.state == "kept" and file.kind == "photo"),
        files=tuple(file.id for file in files if file.state == "kept"),
        taken=tuple(file.taken for file in files if file.taken),
        evidence_waiting=sum(file.state == "wanted" for file in files),
        evidence_refused=sum(file.state == "refused" for file in files),
        history=history, facts=case.facts, offered=case.offered,
        offered_name=OFFICES.get(case.offered, ""), kecamatan=case.kecamatan, barred=case.barred, can_reach=not case.reporter.gone,
        main=case.main.ticket if case.main else "", main_holder=case.main.holder if case.main else 0,
        joined=tuple(one.ticket for one in house.cases if one.main is case),
        joined_evidence=tuple(
            (one.ticket, tuple(item["kind"] for item in one.answers["evidence"]))
            for one in house.cases if one.main is case and one.answers.get("evidence")
        ),
        similar=memory_joins.similar(house, case), apart=memory_joins.apart(house, case),
    )  # fmt: skip


def announce(house: MemoryHouse, case: Case, office: str = "", but: list[Chat] | None = None) -> bool:
    seen = view(house, case)
    for to in [one for one in house.audience(office or case.office, case) if one not in (but or ())]:
        able = [one.staff for one in house.officers if one.chat is to]
        theirs = joins.read_by(seen, *able) if to.private else seen
        house.say(to, anew(cards.card(theirs, house.at, house.book, guest=bool(office))))
    if but is not None or not case.urgent or case.status != life.BARU:
        return False
    called = house.audience(office or case.office, case, duty=True)
    for to in called:
        house.say(to, cards.alarm(seen, house.at, (case.answers.get("place") or {}).get("zone", "Asia/Jakarta")))
    return bool(called)


def redraw(
    house: MemoryHouse, case: Case, *, moved: bool = False, late: bool = False, here: Chat | None = None
) -> None:
    seen = view(house, case)
    late = late and bool(seen.evidence) and not seen.evidence_waiting
    for to in [chat for chat in house.chats.values() if cards.key(case.ticket) in chat.cards or chat is here]:
        people = [one.staff for one in house.officers if one.chat is to]
        able = [one for one in people if triage.handles(one, case)]
        own = any(triage.sees(one, case.office) for one in able)
        kept = any(one.id in case.barred or triage.sees(one, case.office) for one in people)
        readable = bool(able)
        if not to.private:
            own = triage.covers(to.office, case.office)
            kept = own or triage.covers(to.office, case.offered)
            readable = kept and not house.silenced(case)
        if readable:
            theirs = joins.read_by(seen, *able) if to.private else seen
            shown = cards.card(theirs, house.at, house.book, guest=not own, quiet=True)
            house.say(to, anew(shown) if late and to.channel == "telegram" else replace(shown, quiet=to is not here))
        elif kept:
            close(house, case, to)
        elif moved:
            house.say(to, cards.moved_on(seen))
    if moved:
        close_beside(house, case)


def close_beside(house: MemoryHouse, case: Case) -> None:
    for name in cards.beside(case.ticket):
        for to in [chat for chat in house.chats.values() if name in chat.cards]:
            people = [one.staff for one in house.officers if one.chat is to]
            readable = any(triage.handles(one, case) for one in people)
            if not to.private:
                reached = triage.covers(to.office, case.office) or triage.covers(to.office, case.offered)
                readable = reached and not house.silenced(case)
            if not readable:
                close(house, case, to, name)


def close(house: MemoryHouse, case: Case, to: Chat, card: str = "") -> None:
    house.say(to, cards.hidden(case.ticket, card))
    to.cards.discard(card or cards.key(case.ticket))


def returned(house: MemoryHouse, case: Case, action: str, reason: str = "", staff: int = 0) -> None:
    """An offer that was not taken; the second time the case goes up."""
    asked = case.offered
    last = offers.goes_up(view(house, case))
    note = offers.not_taken(view(house, case), reason)
    case.offered, case.offer_ends = "", None
    times = case.facts.get("kembali", 0) + 1
    case.facts = {key: value for key, value in case.facts.items() if key != "tawaran"} | {"kembali": times}
    moved(house, case)
    record(house, case, action, staff=staff, office=asked, note=reason)
    if not last:
        redraw(house, case, moved=True)
        for to in house.audience(case.office, case):
            house.say(to, note)
        return
    case.office, case.holder, case.status = served(house, triage.above(case.office), case.barred), 0, life.BARU
    del case.facts["kembali"]
    moved(house, case)
    record(house, case, "diputus_atas", office=case.office)
    follow(house, case)
    redraw(house, case, moved=True)
    announce(house, case)
    tell(house, case, told.CaseMoved(case.ticket, "naik", OFFICES[case.office]))


def group(house: MemoryHouse, case: Case) -> list[Case]:
    """It and all that are joined with it, the main one last."""
    main = case.main or case
    return [*(one for one in house.cases if one.main is main), main]


def follow(house: MemoryHouse, case: Case) -> None:
    """Those that are joined to it are where it is."""
    memory_joins.look(house, case)
    for one in [one for one in house.cases if one.main is case]:
        one.office = case.office
        moved(house, one)
        record(house, one, "ikut", office=case.office, note=case.ticket)
        redraw(house, one, moved=True)


def tell(house: MemoryHouse, case: Case, event: Any, news: Any = None) -> None:
    """Its reporter, and each whose case is joined to it."""
    if not case.reporter.gone:
        house.own(case.reporter, event)
    shared = news or (event if isinstance(event, told.CaseMoved) else None)
    for one in [one for one in house.cases if one.main is case and shared and not one.reporter.gone]:
        house.own(one.reporter, replace(shared, ticket=one.ticket, words="", until="", settled="", shared=True))


def listed(house: MemoryHouse, act: Any) -> list[Case]:
    """What lists show to who speaks, there: nothing aloud that somebody is kept out of."""
    staff, aloud = act.turn.staff, not act.turn.private
    assert staff
    near = [one for one in house.cases if triage.is_near(staff, one) or one.holder == staff.id]
    return [one for one in near if staff.id not in one.barred and not (aloud and house.silenced(one))]
