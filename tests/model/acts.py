"""What people do, by chance and a seed: commands from the table of commands, talk of citizens, invitations, time."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handlers.commands import BY_NAME
from handlers.events import ChatClosed, Event, OptionChosen, TextReceived
from handlers.steps import LISTS
from tests.bot import matrix
from tests.model.rules import JOINED, MOVES, RULES, UNSAID, Given, Known, World, may_see, opens

if TYPE_CHECKING:
    from random import Random

OFFICES = ("33.11", "33.09", "33.13", "33", "32.01", "32", "RI")
SAID = ("masih berlangsung", "Tambahan", "Laporan baru", "Abaikan", "/status", "/koreksi nama jalannya salah", "/hapus ya",
        "/jawab", "tadi siang, di balai desa", "/data", "/lapor", "/batal", "terima kasih", "/urung", "nanti")  # fmt: skip


ACCUSED = ("Camat Grogol", "Kepala Dinas Pendidikan", "Lurah Kenari Timur")
AGENCIES = ("Dinas Pendidikan", "Kenari Timur")
FILTERS = ("semua", "baru", "jalan", "saya", "bebas", "#prioritas", "mendesak baru", "ditangani", "tawaran", "ditutup")
MANY = 0.06  # of the commands
AGAIN = {"alihkan"}  # its words may be refused, and then it goes on asking, also after other commands
SHOWS = {"label"}  # without words it asks only where nothing can be shown instead
TICKET = re.compile(r"JN-[0-9A-Z]{4}-[0-9A-Z]{4}")


@dataclass
class Person:
    """Somebody at a conversation; `chat` and `staff` are rows, 0 until there are any."""

    seat: str
    channel: str
    chat: int = 0
    staff: int = 0
    presses: bool = False  # buttons that are on the screen; others type, also what a command still asks for
    screen: list[dict[str, Any]] = field(default_factory=list)  # the newest messages with buttons


@dataclass
class Act:
    """One message of somebody; `given` where the model says what comes of it, `loose` the cases of which it does not."""

    who: Person
    event: Event
    given: Given | None = None
    loose: set[str] = field(default_factory=set)
    name: str = ""
    shown: set[str] = field(default_factory=set)  # cases of which it may read from now on: it gave their receipt


def command(chance: Random, world: World, who: Person, at: int) -> list[Act]:
    """An officers' command of the table, most often one that could come next; typed, pressed, or word by word."""
    one = world.officers.get(who.staff)
    if one and one.role == "koordinator" and chance.random() < 0.1:
        return [_tied(chance, world, who)]
    case = _case(chance, world, one)
    if case is None:
        return [Act(who, TextReceived("/antrean"))]
    if chance.random() < MANY:
        return many(chance, world, who)
    asked = one and case.offered and not may_see(one, case.office)
    name = chance.choice(("terima", "terima", "kembalikan")) if asked and chance.random() < 0.6 else _name(chance, case)
    row = matrix.rows()[name]
    if "{ticket}" not in row.words:
        words = row.words.format(office=chance.choice(OFFICES), word="kenari", victim="99999999")
        return [Act(who, TextReceived(f"/{name} {words}".strip()))]
    words = _words(chance, world, case, name, row)
    rev = chance.choice((case.rev, case.rev, case.rev - 1)) if not words and chance.random() < 0.6 else -1
    given = Given(one, name, case.ticket, words, rev, at)
    said = not case.offered and (name in RULES or (name in MOVES and name not in UNSAID))
    undone = name == "mundur" and case.past and case.past[-1].action == "gabung"
    loose = set() if said and not undone else {case.ticket, *TICKET.findall(words)}
    line = f"/{name} {case.ticket} {words}".strip() + (f" @{rev}" if rev >= 0 else "")
    if (
        words
        and not who.presses
        and one
        and one.active
        and BY_NAME[name].prompt
        and name not in AGAIN | SHOWS
        and chance.random() < 0.2
    ):
        return [Act(who, TextReceived(f"/{name} {case.ticket}")), Act(who, TextReceived(words), given, loose)]
    return [Act(who, TextReceived(line), given, loose)]


def _tied(chance: Random, world: World, who: Person) -> Act:
    """A koordinator keeps whoever holds a case out of it, or somebody out of an agency's; or lets them in again.

    What comes of it, the rules say.
    """
    held = [case for case in world.cases.values() if case.holder and opens(world.officers[who.staff], case)]
    if held and chance.random() < 0.6:
        case = chance.choice(held)
        return Act(who, TextReceived(f"/benturan {case.ticket} {case.holder}"), None, {case.ticket})
    number = chance.choice([one.id for one in world.officers.values() if one.active])
    return Act(
        who,
        TextReceived(f"/benturan {number} {chance.choice(('', 'lepas '))}{chance.choice(AGENCIES)}"),
        None,
        set(world.cases),
    )


def many(chance: Random, world: World, who: Person) -> list[Act]:
    """Many cases at once: proposed, most often confirmed, sometimes taken back; the model says only what may not be."""
    people = [one.id for one in world.officers.values() if one.active] or [1]
    what = chance.choice(
        ("ambil", "lepas", "label bersama", "catat uji", f"serahkan {chance.choice(people)}",
         f"alihkan {chance.choice(OFFICES)} bukan di sini")
    )  # fmt: skip
    said = [f"/massal {chance.choice(FILTERS)}: {what}"]
    said += ["/massal ya"] if chance.random() < 0.8 else []
    said += ["/massal urung"] if chance.random() < 0.4 else []
    return [Act(who, TextReceived(line), None, set(world.cases)) for line in said]


def _case(chance: Random, world: World, one: Any) -> Known | None:
    mine = [case for case in world.cases.values() if one and opens(one, case)]
    pool = mine if mine and chance.random() < 0.85 else list(world.cases.values())
    held = [case for case in pool if one and case.holder == one.id]
    pool = held if held and chance.random() < 0.4 else pool[-40:]
    return chance.choice(pool) if pool else None


def _name(chance: Random, case: Known) -> str:
    waits = 0.6 if case.wish and case.wish[3] == case.rev else 0.4  # also where it is void by now
    if case.wish and chance.random() < waits:
        return chance.choice((*["setuju"] * 5, "bantah", "catat", "tanya"))  # a note leaves it standing
    if case.status == JOINED and chance.random() < 0.3:
        return "pisah"
    possible = sorted(name for name, move in MOVES.items() if case.status in move.sources)
    if possible and chance.random() < 0.7:
        return chance.choice(possible)
    return chance.choice(sorted(matrix.rows().keys() - {"keluar", "keluarkan"}))


def _words(chance: Random, world: World, case: Known, name: str, row: matrix.Row) -> str:
    if name in LISTS:
        return chance.choice(sorted(LISTS[name]))
    people = [one.id for one in world.officers.values() if one.active] or [1]
    others = [one.ticket for one in world.cases.values() if one.office == case.office] or [case.ticket]
    if name == "mundur":
        return chance.choice(("", "salah tekan"))  # why: where two are needed
    named = {
        "colleague": str(chance.choice(people)),
        "ticket": "",
        "main": chance.choice(others[-8:]),
        "elsewhere": chance.choice(OFFICES),
        "me": str(chance.choice(people)),
    }
    return row.words.format(**named).strip()


def press(chance: Random, world: World, who: Person) -> list[Act]:
    """A button that is really there, new or old; what comes of it, the model does not say."""
    body = chance.choice(who.screen)
    label, data, _ = chance.choice([one for one in body["buttons"] if not one[2]] or [("", "x", "")])
    if str(label).startswith(
        ("Ya, berhenti", "Ya, keluarkan")
    ):  # an officer leaves, or is let go: play.Play.come_or_go
        return [Act(who, TextReceived("/antrean"))]
    named = set() if str(label).startswith("Ya, ") else set(TICKET.findall(json.dumps(body)))  # of many, few are named
    return [Act(who, OptionChosen(data), None, named or set(world.cases))]


def talk(chance: Random, world: World, who: Person, receipts: dict[str, str]) -> list[Act]:
    """A citizen says something, or shuts the chat; what is said may be put on their cases."""
    mine = {case.ticket for case in world.cases.values() if case.reporter == who.chat}
    if chance.random() < 0.06:
        return [Act(who, ChatClosed(), None, mine)]
    if receipts and chance.random() < 0.3:
        return _elsewhere(chance, who, mine, receipts)
    said = [chance.choice(SAID) for _ in range(chance.choice((1, 1, 2)))]
    return [Act(who, TextReceived(words), None, mine) for words in said]


def _elsewhere(chance: Random, who: Person, mine: set[str], receipts: dict[str, str]) -> list[Act]:
    """Somebody's receipt is given, perhaps of the own case; what is asked there may be answered."""
    ticket = chance.choice(list(receipts)[-40:])
    lines = (f"/status {receipts[ticket]}", "/jawab", "tadi siang, di balai desa")[: chance.choice((1, 3, 3))]
    return [Act(who, TextReceived(line), None, {*mine, ticket}, shown={ticket}) for line in lines]
