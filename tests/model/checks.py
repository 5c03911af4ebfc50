"""What must hold after each batch, whatever was done in it. Each check gives sentences about what is wrong."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.model.rules import (
    BARU,
    BY_TWO,
    CITIZENS,
    DECIDE,
    DESK,
    ENDED,
    HAPPENINGS,
    JOINED,
    MOVES,
    PAPERS,
    REFUSING,
    STANDS,
    Known,
    Past,
    World,
    covers,
    goes_to,
    may_see,
    opens,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.model.looking import Look, Row

TICKET = re.compile(r"JN-[0-9A-Z]{4}-[0-9A-Z]{4}")
STILL = {"same", "office", "handed"}  # handed: what was new is taken by it
ANSWERS = {"jawab", "dilengkapi"}  # where the reporter said nothing, it was answered elsewhere, by the receipt
# With these comes what they are asked next, of another case perhaps.
NEXT = ("sudah dijawab dari percakapan lain", "Yang diminta sebelumnya tidak perlu dijawab lagi")
TOLD_ALSO = {"mundur", "dibatalkan", "tanya", "kabari", "lengkapi", "identitas"}
# What nobody does, but the house.
ALONE = {"naik", "naik_benturan", "turun", "tanpa_jawaban", "diputus_atas", "susulan", "ikut"}


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
            yield from (f"{ticket}: {why}: {row}" for why in _kept(world, case, row, now, past))
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
    elif move and not (before.status in move.sources and row.status == move.targets[before.status]):
        yield f"no such move ({before.status} to {row.status})"
    elif kind in STILL and row.status != before.status and (row.action, before.status) != ("serahkan", BARU):
        yield "changes the state"
    elif kind == "passed" and row.status != BARU:
        yield "does not begin anew"
    elif kind == "back" and row.status not in {one.status for one in past[:-1]}:
        yield "goes to a state in which it never was"
    two = (move and move.two) or (row.action == "tutup" and row.reason in REFUSING) or row.action in BY_TWO
    before = next(one for one in reversed(past) if one.action not in STANDS)
    if two and (before.action != "usul" or before.staff == row.staff or not before.staff):
        yield "needs two different people"


def _kept(world: World, case: Known | None, row: Past, now: Row, past: list[Past]) -> Iterator[str]:
    """Nobody acts on what they are kept out of; a panwascam on no other kecamatan's."""
    one = world.officers.get(row.staff)
    if one is None or case is None or row.action in CITIZENS | ALONE | {"lepas"}:
        return  # who is let go, or marked, gives it back
    marked_since = one.id in now.barred and one.id not in case.barred
    if one.id in case.barred and one.id in now.barred:
        yield f"by {one}, who is kept out of it"
    held = {case.holder, now.holder, *(one.id for _ in past if row.action == "serahkan")}
    if one.role == "panwascam" and one.id not in held and not marked_since:
        near = {case.kecamatan, now.kecamatan}
        yield from [] if one.kecamatan in near - {""} else [f"by {one}, of another kecamatan than {near}"]


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
    elif row.action == "serahkan" and one.role != "koordinator":
        yield f"handed over by {one}"
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
    if serves and now.holder in now.barred:
        yield f"{ticket} is held by {one}, who is kept out of it"
    if now.holder and now.status == BARU:
        yield f"{ticket} is new, and held by {one}"


def joined(ticket: str, now: Row, seen: Look) -> Iterator[str]:
    """What is joined lies with its case, in nobody's hands; and that one is joined to none."""
    if bool(now.main) != (now.status == JOINED):
        yield f"{ticket} is {now.status}, and joined to {seen.ticket_of(now.main) or 'none'}"
    main = seen.cases.get(seen.ticket_of(now.main))
    if main and (main.main or main.office != now.office or now.holder):
        yield f"{ticket} at {now.office}, held by {now.holder}, is joined to {main}"


def looked_after(ticket: str, now: Row, seen: Look) -> Iterator[str]:
    """An open case lies where somebody may handle it, unless nobody above serves who could."""
    serving = [one for one in seen.officers.values() if one.active and one.role in DECIDE]
    able = {one.office for one in serving if one.id not in now.barred}
    if now.status not in {*ENDED, JOINED} and now.office not in able and any(covers(up, now.office) for up in able):
        yield f"{ticket} at {now.office}: nobody there may handle it, and somebody above could"


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
    answered = set() if spoke else ANSWERS
    due = sum(_tells(case.past, now.added, TOLD_ALSO | answered))
    main, parted = world.cases.get(case.main), seen.ticket_of(now.main) != case.main
    if main and not parted:  # what becomes of the case to which it is joined, they hear as well
        due += sum(_tells(main.past, seen.cases[main.ticket].added, {"mundur"}))
    elif parted:
        spoke = True  # they may have heard of the other's changes before, or since
    heard = sum(ticket in str(body.get("text")) for body in seen.said.get(now.reporter, ()) if not body.get("me"))
    texts = [str(body.get("text")) for body in seen.said.get(now.reporter, ())]
    spoke = spoke or any(one in text for one in NEXT for text in texts)
    if heard < due or (heard > due and not spoke):
        yield f"{ticket}: its reporter heard of {heard} changes of {due}: {[row.action for row in now.added]}"


def _tells(past: tuple[Past, ...], added: list[Past], also: set[str]) -> Iterator[bool]:
    """Of each new row whether it is told; `also` are those that are, though nothing changes."""
    before = past[-1]
    for row in added:
        moved = row.action != "ikut" and (row.status != before.status or bool(goes_to(row)))
        own = row.action in MOVES and row.action != "lepas"
        yield moved or own or row.action in also
        before = row


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
    people = [known.get(seen.chats.get(chat, 0)) for known in (seen.officers, world.officers)]
    both = [one for one in (now, before) if one]
    both += [replace(now, offered=row.office) for row in now.added if row.action == "tawarkan"]  # and withdrawn at once
    return any(one and opens(replace(one, active=True), case) for one in people for case in both)


def _farewell(body: dict[str, object], ticket: str) -> bool:
    """The last words on a case that was theirs: who has it now; or a word to the office of the place."""
    text = str(body["text"])
    return not body.get("buttons") and (text.startswith((f"{ticket} · ", "Untuk diketahui")) and "\n" not in text)
