"""Questions that are answered by the receipt, in the house of dicts."""

from __future__ import annotations

from typing import Any

from handlers.effects import ReturnReceipts
from handlers.elsewhere import open_in
from handlers.events import AnsweredElsewhere, Event
from tests.handlers.memory_house import Act, Case, MemoryHouse


def waiting(act: Act, found: list[Case]) -> tuple[dict[str, Any], ...]:
    if not found or act.turn.staff or found[0].reporter is act.chat:
        return ()
    [case] = found
    asked = open_in(case.reporter.state, case.ticket, case.receipt)
    if asked and act.chat not in case.resumed:
        case.resumed.append(act.chat)
    return asked


def theirs(act: Act, case: Case, grant: str) -> bool:
    granted = grant == case.receipt and act.chat in case.resumed
    return case.reporter is act.chat or (granted and act.turn.staff is None)


def leave(house: MemoryHouse, act: Act, _: ReturnReceipts) -> None:
    for case in house.cases:
        case.resumed[:] = [chat for chat in case.resumed if chat is not act.chat]


def close(house: MemoryHouse, act: Act, case: Case, question: str = "", items: str = "") -> None:
    if not case.resumed:
        return
    for chat in [one for one in (case.reporter, *case.resumed) if one is not act.chat]:
        house.own(chat, AnsweredElsewhere(case.ticket, question, items))
    forgotten(case)


def withdraw(house: MemoryHouse, case: Case, event: Event) -> None:
    for chat in list(case.resumed):
        house.own(chat, event)
    forgotten(case)


def forgotten(case: Case) -> None:
    if not open_in(case.reporter.state, case.ticket, ""):
        case.resumed.clear()


def answered(house: MemoryHouse, act: Act) -> dict[str, tuple[str, ...]]:
    found = {case.ticket: tuple(said for chat, said in case.answered if chat is act.chat) for case in house.cases}
    return {ticket: said for ticket, said in found.items() if said}
