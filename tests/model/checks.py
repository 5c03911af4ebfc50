"""What must hold after each batch, whatever was done in it. Each check gives sentences about what is wrong."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.model.rules import (
    BARU,
    CITIZENS,
    DECIDE,
    DESK,
    ENDED,
    HAPPENINGS,
    MOVES,
    PAPERS,
    REFUSING,
    Known,
    Past,
    World,
    covers,
    goes_to,
    may_see,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.model.looking import Look, Row

TICKET = re.compile(r"JN-[0-9A-Z]{4}-[0-9A-Z]{4}")
STILL = {"same", "office", "handed"}  # handed: what was new is taken by it
TOLD_ALSO = {"mundur", "tanya", "kabari", "lengkapi"}
ALONE = {"naik", "turun", "tanpa_jawaban", "diputus_atas"}  # what nobody does, but the house


def rows(world: World, ticket: str, now: Row, *, people_changed: bool) -> Iterator[str]:
    """Each new row of a case's history: a move of the table, made by who may, and by two where two are needed."""
    case = world.cases.get(ticket)
    office, past = (case.office, list(case.past)) if case else ("", [])
    for row in now.added:
        before = past[-1] if past else None
        if before is None:
            yield from [] if row.action == "masuk" and row.status == BARU else [f"{ticket} begins with {row}"]
        else:
            yield from (f"{ticket}: {why}: {row}, after {before}" for why in _row(row, before, past))
            asked = {office, case.offered if case else "", *(one.office for one in now.added)} - {""}
            yield from (f"{ticket} at {office}: {why}: {row}" for why in _by(world, row, asked, people_changed))
        past.append(row)
        office = goes_to(row) or office
    yield from (f"{ticket}: {why}" for why in _ends(now, past, office))


def _row(row: Past, before: Past, past: list[Past]) -> Iterator[str]:
    kind = HAPPENINGS.get(row.action)
    move = MOVES.get(row.action)
    if row.action == "lepas" and row.status == before.status != "ditangani":
        return  # an officer left: what they held is nobody's, and stays where it is on its road
    if kind is None and move is None:
        yield "say in tests/model/rules.py what such a row may do"
    elif move and not (before.status in move.sources and row.status == move.target):
        yield f"no such move ({before.status} to {row.status})"
    elif kind in STILL and row.status != before.status and (row.action, before.status) != ("serahkan", BARU):
        yield "changes the state"
    elif kind == "passed" and row.status != BARU:
        yield "does not begin anew"
    elif kind == "back" and row.status not in {one.status for one in past[:-1]}:
        yield "goes to a state in which it never was"
    two = (move and move.two) or (row.action == "tutup" and row.reason in REFUSING)
    if two and (before.action != "usul" or before.staff == row.staff or not before.staff):
        yield "needs two different people"


def _by(world: World, row: Past, offices: set[str], people_changed: bool) -> Iterator[str]:
    """`offices`: whose the case is, or who is asked to take it."""
    if row.action in CITIZENS | ALONE:
        yield from ["has an officer"] if row.staff and row.action in CITIZENS else []
        return
    one = world.officers.get(row.staff)
    if one is None:
        yield "nobody did it"
    elif not people_changed and not any(may_see(one, office) for office in offices):
        yield f"by {one}, who may not see it"
    elif row.action in MOVES and not MOVES[row.action].sources <= {"baru", "ditangani", "ditelusuri", "ditutup"}:
        yield from [] if one.role in DECIDE else [f"decided by {one}"]


def _ends(now: Row, past: list[Past], office: str) -> Iterator[str]:
    moved = sum(row.action not in PAPERS for row in past)  # a paper that was handed out changes nothing of the case
    if now.rev != moved:
        yield f"revision {now.rev}, but {moved} rows of history that changed it"
    if past and (now.status, now.office) != (past[-1].status, office):
        yield f"is {now.status} at {now.office}, but its history says {past[-1].status} at {office}"


def holder(ticket: str, now: Row, seen: Look) -> Iterator[str]:
    """One holder at most, who serves at the case's office or above it; none of what nobody took."""
    one, serves = seen.officers.get(now.holder), now.status not in ENDED
    if (
        serves
        and now.holder
        and (one is None or not one.active or one.role not in DESK or not covers(one.office, now.office))
    ):
        yield f"{ticket} at {now.office} is held by {one}"
    if now.holder and now.status == BARU:
        yield f"{ticket} is new, and held by {one}"


def predicted(case: Known, now: Row) -> Iterator[str]:
    """The case is as the small model says."""
    is_, said = (now.status, now.office, now.holder, now.rev), (case.status, case.office, case.holder, case.rev)
    if is_ != said:
        yield f"{case.ticket} is {is_}; by the model {said}; history {[row.action for row in now.added]}"


def told(world: World, ticket: str, now: Row, seen: Look, *, spoke: bool) -> Iterator[str]:
    """The reporter heard of each change, once; `spoke`: they were answered for something of their own, too."""
    case = world.cases.get(ticket)
    if case is None or now.reporter in world.gone or now.reporter in seen.gone:
        return
    past, due = list(case.past), 0
    for row in now.added:
        moved = row.status != past[-1].status or bool(goes_to(row))
        own = row.action in MOVES and row.action != "lepas"
        due += moved or own or row.action in TOLD_ALSO
        past.append(row)
    heard = sum(ticket in str(body.get("text")) for body in seen.said.get(now.reporter, ()) if not body.get("me"))
    if heard < due or (heard > due and not spoke):
        yield f"{ticket}: its reporter heard of {heard} changes of {due}: {[row.action for row in now.added]}"


def scoped(world: World, seen: Look, typed: dict[int, set[str]]) -> Iterator[str]:
    """Nobody hears of a case that is not theirs: officers of the own office and below, citizens of their own."""
    for chat, bodies in seen.said.items():
        for body in bodies:
            if body.get("me"):
                continue
            for ticket in set(TICKET.findall(json.dumps(body))) - typed.get(chat, set()):
                if not _theirs(world, seen, chat, ticket) and not _farewell(body, ticket):
                    yield f"conversation {chat} ({seen.officers.get(seen.chats.get(chat, 0))}) reads of {ticket}: {body['text'][:200]}"


def _theirs(world: World, seen: Look, chat: int, ticket: str) -> bool:
    now, before = seen.cases.get(ticket), world.cases.get(ticket)
    if now is None or now.reporter == chat:
        return True
    here = {office for one in (now, before) if one for office in (one.office, one.offered) if office}
    people = [known.get(seen.chats.get(chat, 0)) for known in (seen.officers, world.officers)]
    return any(one and may_see(replace(one, active=True), office) for one in people for office in here)


def _farewell(body: dict[str, object], ticket: str) -> bool:
    """The last words on a case that was theirs: who has it now; or a word to the office of the place."""
    text = str(body["text"])
    return not body.get("buttons") and (text.startswith((f"{ticket} · ", "Untuk diketahui")) and "\n" not in text)
