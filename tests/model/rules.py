"""What may happen to a case, said once more: the moves as docs/life.md draws them, the rest by hand.

Nothing here comes from handlers/. A move that is new in the table is in it by itself; a row of history that is no
move of the table fails the model until it stands in HAPPENINGS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "life.md"
BARU, DITANGANI, ENDED = "baru", "ditangani", {"selesai", "ditutup"}
TIP = {"baru", "ditangani", "ditelusuri"}
REFUSING = {"bukan_netralitas", "kurang_jelas", "kantor_lain"}  # to close so needs two
DECIDE = {"petugas", "koordinator"}
DESK = DECIDE | {"panwascam"}
UNDO = 600_000_000  # microseconds


@dataclass(frozen=True)
class Move:
    sources: frozenset[str]
    target: str
    two: bool
    asks: bool  # is something typed for it?


def _drawn(page: str) -> dict[str, Move]:
    arrows = re.findall(r"^    (\w+) --> (\w+): (\w+)$", page, re.MULTILINE)
    typed = re.findall(r"^\| `/(\w+)` [^|]*\|[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|", page, re.MULTILINE)
    rows = {action: (bool(words.strip()), two.strip() == "ya") for action, words, two in typed}
    made = {}
    for _, target, action in arrows:
        sources = frozenset(source for source, _, name in arrows if name == action)
        made[action] = Move(sources, target, two=rows[action][1], asks=rows[action][0])
    assert made.keys() == rows.keys()
    assert len(made) > 20
    return made


MOVES = _drawn(PAGE.read_text(encoding="utf-8"))
STEPS = MOVES.keys() - {"ambil", "lepas", "alihkan", "tutup", "buka"}  # what /mundur takes back

MOVED = {"office", "passed"}
# Rows of history that are no move. same: the state stays; office: that alone changes; passed: it begins anew elsewhere;
# handed: into somebody's hands; back: to a state in which it was before.
HAPPENINGS = {
    "catat": "same", "tanya": "same", "kabari": "same", "kontak": "same", "usul": "same", "bantah": "same",
    "jawab": "same", "tambahan": "same", "bukti": "same", "koreksi": "same", "hapus": "same",
    "naik": "office", "turun": "office", "mundur": "back", "serahkan": "handed",
    "tawarkan": "same", "tarik": "same", "kembalikan": "same", "tanpa_jawaban": "same", "diputus_atas": "passed",
    "lengkapi": "same", "dilengkapi": "same", "berkas": "same", "naskah": "same", "salinan": "same", "identitas": "same",
}  # fmt: skip
PAPERS = {"berkas", "naskah"}
UNSAID = {"alihkan"}  # how an office passes a case on: only that it ends as the table says, and that somebody has it
CITIZENS = {"jawab", "tambahan", "bukti", "koreksi", "hapus", "dilengkapi"}


@dataclass(frozen=True)
class Officer:
    id: int
    office: str
    role: str
    active: bool = True


@dataclass(frozen=True)
class Past:
    """A row of history."""

    action: str
    staff: int
    at: int
    status: str
    office: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Known:
    """A case as the model has it; `wish`: what waits for a second person, by whom, at which revision."""

    ticket: str
    status: str
    office: str
    holder: int
    rev: int
    reporter: int
    contact: bool = False  # agreed to be reached
    wish: tuple[str, str, int, int] | None = None  # move, reason, by, revision
    offered: str = ""  # an office that is asked to take it, and may look at it meanwhile
    past: tuple[Past, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Given:
    """A command as it was given."""

    by: Officer | None
    name: str
    ticket: str
    words: str = ""
    rev: int = -1
    at: int = 0


def goes_to(row: Past) -> str:
    """The office that a case is at after this row, "" where it stays."""
    return row.office if row.action in MOVES or row.action == "masuk" or HAPPENINGS.get(row.action) in MOVED else ""


def covers(upper: str, office: str) -> bool:
    return upper in ("RI", office) or office.startswith(f"{upper}.")


def may_see(one: Officer, office: str) -> bool:
    return one.active and one.role in DESK and covers(one.office, office)


@dataclass
class World:
    """All that the model knows."""

    cases: dict[str, Known] = field(default_factory=dict)
    officers: dict[int, Officer] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # conversations that nobody reads any more


def obeyed(world: World, given: Given) -> Known | None:
    """The case after a command, None where nothing comes of it. Raises KeyError for a command that has no rule."""
    case, by = world.cases.get(given.ticket), given.by
    rule = RULES.get(given.name) or (_move if given.name in MOVES else None)
    if rule is None:
        raise KeyError(given.name)
    if case is None or by is None or not may_see(by, case.office) or 0 <= given.rev != case.rev:
        return None
    return rule(world, case, by, given)


def _after(case: Known, by: Officer, given: Given, action: str, **how: object) -> Known:
    new = replace(case, rev=case.rev + 1, **how)  # type: ignore[arg-type]
    row = Past(action, by.id, given.at, new.status)
    return replace(new, past=(*case.past, row))


def _move(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    move = MOVES[given.name]
    decided = not move.sources <= TIP
    mine = by.role == "koordinator" or case.holder in (0, by.id) or case.status in ENDED
    if case.status not in move.sources or not mine or (decided and by.role not in DECIDE and given.name != "buka"):
        return None
    reason = given.words if given.name in {"tutup", "tolak"} else ""
    if move.two or reason in REFUSING:
        return _after(case, by, given, "usul", wish=(given.name, reason, by.id, case.rev + 1))
    return _made(case, by, given, given.name)


def _made(case: Known, by: Officer, given: Given, action: str) -> Known:
    holder = {"ambil": by.id, "buka": by.id, "lepas": 0}.get(action, case.holder)
    return _after(case, by, given, action, status=MOVES[action].target, holder=holder, wish=None)


def _waits(case: Known) -> tuple[str, str, int, int] | None:
    return case.wish if case.wish and case.wish[3] == case.rev else None


def _agree(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    wish = _waits(case)
    if wish is None or wish[2] == by.id or by.role not in DECIDE:
        return None
    return _made(case, by, given, wish[0])


def _deny(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    if _waits(case) is None or by.role not in DECIDE:
        return None
    return _after(case, by, given, "bantah", wish=None)


def _note(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    return _after(case, by, given, given.name)


def _reach(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    return None if case.reporter in world.gone else _after(case, by, given, given.name)


def _contact(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    return _after(case, by, given, "kontak") if case.contact and case.holder == by.id else None


def _hand(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    to = world.officers.get(int(given.words))
    if by.role != "koordinator" or case.status in ENDED or to is None or not may_see(to, case.office):
        return None
    status = DITANGANI if case.status == BARU else case.status
    return _after(case, by, given, "serahkan", status=status, holder=to.id)


def _undo(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    *earlier, last = case.past
    back = last.action in STEPS and not MOVES[last.action].two and earlier
    if not back or last.staff != by.id or given.at - last.at > UNDO:
        return None
    return _after(case, by, given, "mundur", status=earlier[-1].status, wish=None)


def _look(world: World, case: Known, by: Officer, given: Given) -> None:
    return None


RULES = {
    "setuju": _agree, "bantah": _deny, "catat": _note, "tanya": _reach, "kabari": _reach, "kontak": _contact,
    "serahkan": _hand, "mundur": _undo, "kasus": _look, "langkah": _look,
}  # fmt: skip
