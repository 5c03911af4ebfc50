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
from tests.model.rules import MOVES, RULES, UNSAID, Given, Known, World, may_see

if TYPE_CHECKING:
    from random import Random

OFFICES = ("33.11", "33.09", "33.13", "33", "32.01", "32", "RI")
SAID = ("masih berlangsung", "Tambahan", "Laporan baru", "Abaikan", "/status", "/koreksi nama jalannya salah", "/hapus ya",
        "/jawab", "tadi siang, di balai desa", "/data", "/lapor", "/batal", "terima kasih", "/urung", "nanti")  # fmt: skip


AGAIN = {"alihkan"}  # its words may be refused, and then it goes on asking, also after other commands
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


def command(chance: Random, world: World, who: Person, at: int) -> list[Act]:
    """An officers' command of the table, most often one that could come next; typed, pressed, or word by word."""
    one = world.officers.get(who.staff)
    case = _case(chance, world, one)
    if case is None:
        return [Act(who, TextReceived("/antrean"))]
    name = _name(chance, case)
    row = matrix.rows()[name]
    if "{ticket}" not in row.words:
        words = row.words.format(office=chance.choice(OFFICES), word="kenari", victim="99999999")
        return [Act(who, TextReceived(f"/{name} {words}".strip()))]
    words = _words(chance, world, name, row)
    rev = chance.choice((case.rev, case.rev, case.rev - 1)) if chance.random() < 0.4 else -1
    given = Given(one, name, case.ticket, words, rev, at)
    said = not case.offered and (name in RULES or (name in MOVES and name not in UNSAID))
    loose = set() if said else {case.ticket}
    line = f"/{name} {case.ticket} {words}".strip() + (f" @{rev}" if rev >= 0 else "")
    if (
        words
        and rev < 0
        and not who.presses
        and one
        and one.active
        and BY_NAME[name].prompt
        and name not in AGAIN
        and chance.random() < 0.2
    ):
        return [Act(who, TextReceived(f"/{name} {case.ticket}")), Act(who, TextReceived(words), given, loose)]
    return [Act(who, TextReceived(line), given, loose)]


def _case(chance: Random, world: World, one: Any) -> Known | None:
    mine = [case for case in world.cases.values() if one and may_see(one, case.office)]
    pool = mine if mine and chance.random() < 0.85 else list(world.cases.values())
    held = [case for case in pool if one and case.holder == one.id]
    pool = held if held and chance.random() < 0.4 else pool[-40:]
    return chance.choice(pool) if pool else None


def _name(chance: Random, case: Known) -> str:
    waits = 0.6 if case.wish and case.wish[3] == case.rev else 0.4  # also where it is void by now
    if case.wish and chance.random() < waits:
        return chance.choice(("setuju", "setuju", "setuju", "bantah"))
    possible = sorted(name for name, move in MOVES.items() if case.status in move.sources)
    if possible and chance.random() < 0.7:
        return chance.choice(possible)
    return chance.choice(sorted(matrix.rows().keys() - {"keluar", "keluarkan"}))


def _words(chance: Random, world: World, name: str, row: matrix.Row) -> str:
    if name in LISTS:
        return chance.choice(sorted(LISTS[name]))
    people = [one.id for one in world.officers.values() if one.active] or [1]
    named = {"ticket": "", "elsewhere": chance.choice(OFFICES), "me": str(chance.choice(people))}
    return row.words.format(**named).strip()


def press(chance: Random, world: World, who: Person) -> list[Act]:
    """A button that is really there, new or old; what comes of it, the model does not say."""
    body = chance.choice(who.screen)
    label, data, _ = chance.choice([one for one in body["buttons"] if not one[2]] or [("", "x", "")])
    if str(label).startswith("Ya, "):  # an officer leaves, or is let go: play.Play.come_or_go
        return [Act(who, TextReceived("/antrean"))]
    return [Act(who, OptionChosen(data), None, set(TICKET.findall(json.dumps(body))) or set(world.cases))]


def talk(chance: Random, world: World, who: Person) -> list[Act]:
    """A citizen says something, or shuts the chat; what is said may be put on their cases."""
    mine = {case.ticket for case in world.cases.values() if case.reporter == who.chat}
    if chance.random() < 0.06:
        return [Act(who, ChatClosed(), None, mine)]
    said = [chance.choice(SAID) for _ in range(chance.choice((1, 1, 2)))]
    return [Act(who, TextReceived(words), None, mine) for words in said]
