"""What may happen to a case, said once more: the moves as docs/life.md draws them, the rest by hand.

Nothing here comes from handlers/. A move that is new in the table is in it by itself; a row of history that is no
move of the table fails the model until it stands in HAPPENINGS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

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
    targets: dict[str, str]  # from each of its states
    two: bool
    asks: bool  # is something typed for it?


def _drawn(page: str) -> dict[str, Move]:
    arrows = re.findall(r"^    (\w+) --> (\w+): (\w+)$", page, re.MULTILINE)
    typed = re.findall(r"^\| `/(\w+)` [^|]*\|[^|]*\|[^|]*\|([^|]*)\|([^|]*)\|", page, re.MULTILINE)
    rows = {action: (bool(words.strip()), two.strip() == "ya") for action, words, two in typed}
    made = {}
    for action in {action for *_, action in arrows}:
        targets = {source: target for source, target, name in arrows if name == action}
        made[action] = Move(frozenset(targets), targets, two=rows[action][1], asks=rows[action][0])
    assert made.keys() == rows.keys()
    assert len(made) > 20
    return made


MOVES = _drawn(PAGE.read_text(encoding="utf-8"))
STEPS = MOVES.keys() - {"ambil", "lepas", "alihkan", "tutup", "buka", "gabung"}  # what /mundur takes back

MOVED = {"office", "passed"}
# Rows of history that are no move. same: the state stays; office: that alone changes; passed: it begins anew elsewhere;
# handed: into somebody's hands; back: to a state in which it was before.
HAPPENINGS = {
    "label": "same", "tanpa_label": "same", "tarik_catatan": "same", "catat": "same", "tanya": "same", "kabari": "same", "kontak": "same", "usul": "same", "bantah": "same", "cabut": "same",
    "jawab": "same", "tambahan": "same", "bukti": "same", "koreksi": "same", "hapus": "same",
    "naik": "office", "turun": "office", "mundur": "back", "serahkan": "handed",
    "tawarkan": "same", "tarik": "same", "kembalikan": "same", "tanpa_jawaban": "same", "diputus_atas": "passed",
    "lengkapi": "same", "dilengkapi": "same", "berkas": "same", "naskah": "same", "salinan": "same", "identitas": "same", "ralat": "same", "dibatalkan": "back",
    "gabungan": "same", "pisahan": "same", "beda": "same", "susulan": "same", "ikut": "office", "pisah": "back",
    "periksa": "same", "benturan": "same", "benturan_lepas": "same", "naik_benturan": "office",
}  # fmt: skip
PAPERS = {"berkas", "naskah", "periksa", "benturan", "benturan_lepas"}  # rows that leave the revision as it is
# After these a proposal waits still for its second person; after every other it is void.
STANDS = {"catat", "tarik_catatan", "label", "tanpa_label", "tanya", "kabari", "lengkapi", "kontak"}
BESIDE = STANDS | {"usul", "cabut", "bantah", "ralat"}  # after these the step before is still the last
TAKEN_OUT = {"salinan", "identitas", "ralat"}  # by two; what comes of it, the model does not say
BY_TWO = {*TAKEN_OUT, "dibatalkan"}
# How an office passes a case on, how two are joined, and whether a clock runs that can be prolonged: only that it ends as
# the table says, and that somebody has it.
UNSAID = {"alihkan", "gabung", "perpanjang"}
JOINED = "digabung"
CITIZENS = {"jawab", "tambahan", "bukti", "koreksi", "hapus", "dilengkapi"}


@dataclass(frozen=True)
class Officer:
    id: int
    office: str
    role: str
    active: bool = True
    kecamatan: str = ""  # a panwascam's


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
    main: str = ""  # the ticket of the case to which it is joined
    kecamatan: str = ""
    barred: frozenset[int] = frozenset()  # officers with a conflict of interest
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


def opens(one: Officer, case: Any, holder: int | None = None) -> bool:
    """May this officer see this case at all? (`holder`: in whose hands, if not in those it is in now)"""
    mine = one.id in (case.holder, holder)
    near = one.role != "panwascam" or mine or (one.kecamatan != "" and one.kecamatan == case.kecamatan)
    return (
        one.id not in case.barred and near and any(may_see(one, code) for code in (case.office, case.offered) if code)
    )


@dataclass
class World:
    """All that the model knows."""

    cases: dict[str, Known] = field(default_factory=dict)
    officers: dict[int, Officer] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)  # conversations that nobody reads any more


def group(world: World, tickets: set[str]) -> set[str]:
    """These, and what is joined to them or they to: what is done to one may be noted with the others."""
    mains = {world.cases[one].main or one for one in tickets if one in world.cases} | tickets
    return mains | {one.ticket for one in world.cases.values() if one.main in mains}


def handed_out(world: World, given: Given) -> bool:
    """Does somebody agree to what is no move? What comes of it, the model does not say."""
    case = world.cases.get(given.ticket)
    return given.name == "setuju" and case is not None and case.wish is not None and case.wish[0] in TAKEN_OUT


def obeyed(world: World, given: Given) -> Known | None:
    """The case after a command, None where nothing comes of it. Raises KeyError for a command that has no rule."""
    case, by = world.cases.get(given.ticket), given.by
    rule = RULES.get(given.name) or (_move if given.name in MOVES else None)
    if rule is None:
        raise KeyError(given.name)
    if case is None or by is None or not opens(by, replace(case, offered="")) or 0 <= given.rev != case.rev:
        return None
    return rule(world, case, by, given)


def stays(world: World, case: Known) -> bool:
    """Is there somebody at its office who may handle it, so that it need not go up?"""
    serving = (one for one in world.officers.values() if one.active and one.role in DECIDE)
    return any(one.office == case.office and one.id not in case.barred for one in serving)


def _after(case: Known, by: Officer, given: Given, action: str, **how: object) -> Known:
    new = replace(case, rev=case.rev + 1, **how)  # type: ignore[arg-type]
    row = Past(action, by.id, given.at, new.status)
    if action in STANDS and (wish := _waits(case)):
        new = replace(new, wish=(*wish[:3], new.rev))
    return replace(new, past=(*case.past, row))


def _move(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    move = MOVES[given.name]
    decided = not move.sources <= TIP
    mine = by.role == "koordinator" or case.holder in (0, by.id) or case.status in ENDED
    if case.status not in move.sources or not mine or (decided and by.role not in DECIDE and given.name != "buka"):
        return None
    reason = given.words if given.name in {"tutup", "tolak", "hentikan"} else ""
    if move.two or reason in REFUSING:
        return _after(case, by, given, "usul", wish=(given.name, reason, by.id, case.rev + 1))
    return _made(case, by, given, given.name)


def _made(case: Known, by: Officer, given: Given, action: str) -> Known:
    holder = {"ambil": by.id, "buka": by.id, "lepas": 0}.get(action, case.holder)
    return _after(case, by, given, action, status=MOVES[action].targets[case.status], holder=holder, wish=None)


def _waits(case: Known) -> tuple[str, str, int, int] | None:
    return case.wish if case.wish and case.wish[3] == case.rev else None


def _stands(world: World, case: Known) -> tuple[str, str, int, int] | None:
    """What waits, of somebody who still serves: nobody stands behind the others, who may be back under another number."""
    wish = _waits(case)
    return wish if wish and wish[2] in world.officers and world.officers[wish[2]].active else None


def _agree(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    wish = _stands(world, case)
    if wish is None or wish[2] == by.id or by.role not in DECIDE:
        return None
    if wish[0] == "dibatalkan":
        return _after(case, by, given, "dibatalkan", status=wish[1], wish=None)
    return _made(case, by, given, wish[0])


def _deny(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    wish = _stands(world, case)
    if wish is None or (wish[2] != by.id and by.role not in DECIDE):
        return None
    return _after(case, by, given, "cabut" if wish[2] == by.id else "bantah", wish=None)


def _note(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    return _after(case, by, given, given.name)


def _reach(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    return None if case.reporter in world.gone else _after(case, by, given, given.name)


def _contact(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    main = world.cases.get(case.main)
    holders = {case.holder, main.holder if main else 0}
    return _after(case, by, given, "kontak") if case.contact and by.id in holders else None


def _hand(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    to = world.officers.get(int(given.words))
    if (
        by.role != "koordinator"
        or case.status in {*ENDED, "digabung"}  # what is joined goes on elsewhere
        or to is None
        or not may_see(to, case.office)
        or to.id in case.barred
    ):
        return None
    status = DITANGANI if case.status == BARU else case.status
    return _after(case, by, given, "serahkan", status=status, holder=to.id)


def _undo(world: World, case: Known, by: Officer, given: Given) -> Known | None:
    *earlier, last = case.past
    back = last.action in STEPS and not MOVES[last.action].two and earlier
    if back and last.staff == by.id and given.at - last.at <= UNDO:
        return _after(case, by, given, "mundur", status=earlier[-1].status, wish=None)
    return _undo_by_two(case, by, given) if given.words else None


def _undo_by_two(case: Known, by: Officer, given: Given) -> Known | None:
    """Later, or of somebody else, or with something written since: a second person has to agree."""
    mine = by.role == "koordinator" or case.holder in (0, by.id) or case.status in ENDED
    waits = _waits(case)
    if not mine or by.role not in DECIDE or (case.past[-1].action == "usul" and waits and waits[2] == by.id):
        return None  # the own proposal is withdrawn instead
    standing: list[tuple[int, Past]] = []
    for n, row in enumerate(case.past):
        if row.action in {"mundur", "dibatalkan"}:
            del standing[-1:]
        elif row.action not in BESIDE:
            standing.append((n, row))
    n, row = standing[-1]
    if row.action not in STEPS - {"lengkap"} or MOVES[row.action].two or row.status != case.status:
        return None
    return _after(case, by, given, "usul", wish=("dibatalkan", case.past[n - 1].status, by.id, case.rev + 1))


def _look(world: World, case: Known, by: Officer, given: Given) -> None:
    return None


RULES = {
    "setuju": _agree, "bantah": _deny, "catat": _note, "tanya": _reach, "kabari": _reach, "kontak": _contact,
    "label": _note, "serahkan": _hand, "mundur": _undo, "kasus": _look, "langkah": _look, "periksa": _look,
}  # fmt: skip
