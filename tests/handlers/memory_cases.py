"""Cases in the house of dicts: who sees them, where their cards stand, what is noted of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers import cards, life, offers, triage
from handlers import events as told
from handlers.view import CaseView
from place.areas import zone_of
from tests.handlers.memory_house import OFFICES, Case, Chat, MemoryHouse, anew

PLACE = {"place_said", "place_point"}
HIDDEN = ("pelapor_", "consent", "place_")


def case_of(house: MemoryHouse, ticket: str) -> Case | None:
    return next((case for case in house.cases if case.ticket == ticket), None)


def local(at: datetime, office: str) -> datetime:
    return at.astimezone(ZoneInfo(zone_of(office) if "." in office else "Asia/Jakarta"))


def served(house: MemoryHouse, home: str) -> str:
    code = home
    while triage.above(code) and not house.served(code):
        code = triage.above(code)
    return code


def adopt(house: MemoryHouse, case: Case, items: Any) -> None:
    for item in items:
        if item.get("id") in house.files:
            house.files[item["id"]].ticket = case.ticket


def record(house: MemoryHouse, case: Case, action: str, **row: Any) -> None:
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


def moved(house: MemoryHouse, case: Case) -> None:
    case.rev += 1
    case.changed = house.at


def view(house: MemoryHouse, case: Case) -> CaseView:
    files = [file for file in house.files.values() if file.ticket == case.ticket]
    history = tuple(
        {
            **row,
            "at": local(row["at"], case.office),
            "name": house.name_of(row["staff"]),
            "office": OFFICES.get(row["office"], ""),
        }
        for row in case.history
    )
    return CaseView(
        ticket=case.ticket, office=case.office, office_name=OFFICES[case.office], home=case.home,
        home_name=OFFICES[case.home], status=case.status, rev=case.rev, created=case.created,
        known=case.answers.get("known", ""), deadline=case.deadline, urgent=case.urgent, holder=case.holder,
        holder_name=house.name_of(case.holder),
        answers={key: value for key, value in case.answers.items() if key in PLACE or not key.startswith(HIDDEN)},
        evidence=tuple(file.id for file in files if file.state == "kept" and file.kind == "photo"),
        files=tuple(file.id for file in files if file.state == "kept"),
        evidence_waiting=sum(file.state == "wanted" for file in files),
        evidence_refused=sum(file.state == "refused" for file in files),
        history=history, facts=case.facts, offered=case.offered,
        offered_name=OFFICES.get(case.offered, ""), can_reach=not case.reporter.gone,
    )  # fmt: skip


def announce(house: MemoryHouse, case: Case, office: str = "") -> bool:
    seen = view(house, case)
    for to in house.audience(office or case.office):
        house.say(to, anew(cards.card(seen, house.at, house.book, guest=bool(office))))
    if not case.urgent or case.status != life.BARU:
        return False
    called = house.audience(office or case.office, duty=True)
    for to in called:
        house.say(to, cards.alarm(seen, house.at, (case.answers.get("place") or {}).get("zone", "Asia/Jakarta")))
    return bool(called)


def redraw(
    house: MemoryHouse, case: Case, *, moved: bool = False, late: bool = False, here: Chat | None = None
) -> None:
    seen = view(house, case)
    card, guests = (cards.card(seen, house.at, house.book, guest=guest, quiet=True) for guest in (False, True))
    late = late and bool(seen.evidence) and not seen.evidence_waiting
    for to in [chat for chat in house.chats.values() if card.card in chat.cards or chat is here]:
        codes = [one.staff.office for one in house.officers if one.chat is to] if to.private else [to.office]
        own = any(triage.covers(office, case.office) for office in codes)
        readable = own or any(triage.covers(office, case.offered) for office in codes)
        if readable or moved:
            shown = card if own else guests
            fresh = anew(shown) if late and to.channel == "telegram" else replace(shown, quiet=to is not here)
            house.say(to, fresh if readable else cards.moved_on(seen))


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
        for to in house.audience(case.office):
            house.say(to, note)
        return
    case.office, case.holder, case.status = served(house, triage.above(case.office)), 0, life.BARU
    del case.facts["kembali"]
    moved(house, case)
    record(house, case, "diputus_atas", office=case.office)
    redraw(house, case, moved=True)
    announce(house, case)
    house.own(case.reporter, told.CaseMoved(case.ticket, "naik", OFFICES[case.office]))
