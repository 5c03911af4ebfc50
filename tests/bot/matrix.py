"""The matrix of permission: what each officers' command needs, and who may give it, said once more and by hand.

A move of the table (handlers/life.py) comes in by itself. Any other command of handlers/commands.py that is for
officers needs a row in ROWS: without one the matrix fails and says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, select

from handlers.codes import ticket as as_ticket
from handlers.commands import COMMANDS
from handlers.life import BARU, DILENGKAPI, DITANGANI, DITELUSURI, DITUTUP, KAJIAN_AWAL, MOVES, STEPS
from handlers.steps import LISTS
from storage import cases, outbox
from storage.conversations import by_keys, key_of
from storage.offices import address_key, by_addresses
from storage.tables import metadata
from tests.bot.desks import BOYOLALI, SUKOHARJO, Filed, case, do, filed
from tests.storage.life import Page, officer_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from tests.bot.desks import Officer
    from tests.serving import House

Lines = list[dict[str, str]]  # messages as the page sends them: {"text": ..} or {"data": .., "label": ..}
Answers = list[list[dict[str, Any]]]  # the bodies that each of them was answered by

# --- who may, by hand -----------------------------------------------------------------------------------------------

LEAD = frozenset({"koordinator"})
DECIDE = LEAD | {"petugas"}
DESK = DECIDE | {"panwascam"}
ALL = DESK | {"auditor"}
TRACED = {"baru", "ditangani", "ditelusuri"}  # what a panwascam may move
NEAR, FAR = ".09", ".12"  # the kecamatan of every panwascam here, and another one
LEVELS = (SUKOHARJO, "33", "RI")  # where the cases are
OFFICES = (SUKOHARJO, "33", "RI", BOYOLALI, "32", "32.01")  # where the people are: own, parents, sibling, strangers
SEES = {(SUKOHARJO, SUKOHARJO), ("33", SUKOHARJO), ("RI", SUKOHARJO), ("33", "33"), ("RI", "33"), ("RI", "RI")}


@dataclass(frozen=True)
class Row:
    """What a command needs. `words` stand behind it, with what they name: {ticket} {office} {elsewhere} {victim} {colleague}.

    Where they name nothing of an office's (no bracket), the command is about the own office. `first` is typed by the
    same person before, `asked` proposed by another; `writes`: is anything kept by it?
    """

    roles: frozenset[str]
    words: str = "{ticket}"
    status: str = DITANGANI
    held: bool = False
    first: str = ""
    asked: str = ""
    writes: bool = True


NEEDS = {
    "": "",
    "kata": "nomornya belum ada",
    "tanggal": "hari ini",
    "tenggat": "hari ini",
    "nomor": "001/Uji/X/2024",
    "penerima": "BKN",
}
ROWS = {
    "antrean": Row(DESK, "", writes=False),
    "massal": Row(DESK, "", writes=False),  # shows what could be done; tests/bot/test_bulk.py goes on
    "cari": Row(DESK, "{word}", writes=False),
    "kasus": Row(DESK, writes=False),
    "langkah": Row(DESK, writes=False),
    "ambil": Row(DESK, status=BARU),
    "lepas": Row(DESK, held=True),
    "catat": Row(DESK, "{ticket} sudah ditelepon"),
    "label": Row(DESK, "{ticket} prioritas"),
    "tanya": Row(DESK, "{ticket} jam berapa?"),
    "kabari": Row(DESK, "{ticket} sudah kami tangani"),
    "kontak": Row(DESK, held=True),
    "alihkan": Row(DESK, "{ticket} {elsewhere} bukan di sini"),
    "tarik": Row(DESK, first="alihkan {ticket} {elsewhere} bukan di sini"),
    "terima": Row(DESK, writes=False),  # none is offered; tests/bot/test_offers.py has one
    "kembalikan": Row(DESK, "{ticket} bukan di sini", writes=False),
    "lengkapi": Row(DESK, "{ticket} .tw kirim"),
    "periksa": Row(DESK, "{ticket} baca semuanya"),
    "gabung": Row(DESK, "{ticket} {main}"),
    "pisah": Row(DESK, first="gabung {ticket} {main}"),
    "beda": Row(DESK, "{ticket} {main}"),
    "berkas": Row(DESK),
    "naskah": Row(DECIDE, writes=False),  # nothing is recommended yet
    "bukti": Row(DECIDE, writes=False),  # no file is there
    "identitas": Row(DECIDE, "{ticket} undangan klarifikasi", held=True),
    "ralat": Row(
        DECIDE, "{ticket} temuan 002/Uji/X/2024", status=DITELUSURI, held=True, first="temuan {ticket} 001/Uji/X/2024"
    ),
    "statistik": Row(ALL, "", writes=False),
    "ekspor": Row(DECIDE, "", writes=False),  # tests/bot/test_permission_figures.py goes on
    "tutup": Row(DESK, "{ticket} ganda"),
    "buka": Row(DESK, status=DITUTUP),
    "perpanjang": Row(
        DECIDE, "{ticket} hari ini", status=DITELUSURI, held=True, first="temuan {ticket} 001/Uji/X/2024"
    ),
    "mundur": Row(DESK, held=True, first="telusuri {ticket}"),
    "setuju": Row(DECIDE, status=KAJIAN_AWAL, asked="registrasi {ticket} 001/Uji/X/2024"),
    "bantah": Row(DECIDE, "{ticket} keliru", status=KAJIAN_AWAL, asked="registrasi {ticket} 001/Uji/X/2024"),
    "serahkan": Row(LEAD, "{ticket} {me}"),
    "benturan": Row(LEAD, "{ticket} {colleague}"),
    "undang": Row(LEAD, "petugas {office}"),
    "keluarkan": Row(LEAD, "{victim} ya"),
    "keluar": Row(ALL, "", writes=False),  # asks once more; tests/bot/test_permission_people.py goes on
    "kantor": Row(DESK, "", writes=False),
    "templat": Row(DESK, "", writes=False),  # tests/bot/test_templates.py goes on
}


def rows() -> dict[str, Row]:
    """A row for each officers' command of the table. Fails for one that nobody said anything about."""
    made = {move.action: _of_move(move.action) for move in STEPS} | ROWS
    silent = sorted({c.name for c in COMMANDS if c.roles} - made.keys())
    assert not silent, f"say in tests/bot/matrix.py what these need, and who may: {', '.join(silent)}"
    unknown = sorted(made.keys() - {c.name for c in COMMANDS if c.roles})
    assert not unknown, f"no such officers' command: {', '.join(unknown)}"
    return made


def _of_move(action: str) -> Row:
    move = MOVES[action]
    typed = next(iter(LISTS[action])) if move.needs == "alasan" else NEEDS[move.needs]
    roles = DESK if move.sources <= TRACED else DECIDE
    return Row(roles, f"{{ticket}} {typed}".strip(), status=min(move.sources), held=True)


def sees(who: Seat, one: Thing) -> bool:
    """Does somebody see a case? By their office; a panwascam by its kecamatan; nobody who is kept out of it."""
    near = who.role != "panwascam" or (bool(one.kecamatan) and who.kecamatan == one.kecamatan)
    return who.role in DESK and (who.office, one.level) in SEES and near and who.number not in one.barred


def may(who: Seat, one: Thing, row: Row) -> bool:
    """Is it permitted? Of a case who sees it, of an office who serves there or above."""
    if who.role not in row.roles or "{" not in row.words:
        return who.role in row.roles
    about = "{ticket}" in row.words or "{word}" in row.words
    return sees(who, one) if about else (who.office, one.level) in SEES


# --- what there is, and what there is not ---------------------------------------------------------------------------

ABSENT = {"ticket": as_ticket("0000000"), "main": as_ticket("0000001"), "office": "11.01", "word": "tidakadaini"}
ABSENT |= {"victim": "99999999", "colleague": "99999999"}


@dataclass
class Thing:
    """A case at some office, and what else of that office a command can name."""

    level: str
    report: Filed
    named: dict[str, str] = field(default_factory=dict)
    kecamatan: str = ""
    barred: set[int] = field(default_factory=set)  # officers who are kept out of it


_words = count(1)


async def thing(home: House, level: str, victim: int = 0, kecamatan: str = "") -> Thing:
    """A new case that lies at this office, with a word of its own, in this kecamatan or in none that is known."""
    word = f"kenari{level.replace('.', '')}n{next(_words)}"
    report = await filed(home, code=level, kecamatan=kecamatan, terlapor=f"Camat {word}")
    main = await filed(home, code=level, kecamatan=kecamatan, terlapor="Lurah Kenanga")
    elsewhere = "33" if level != "33" else "RI"
    named = {
        "ticket": report.ticket,
        "main": main.ticket,
        "office": level,
        "victim": str(victim),
        "colleague": str(victim),
        "word": word,
        "elsewhere": elsewhere,
    }
    return Thing(level, report, named, kecamatan)


async def placed(home: House, report: Filed, status: str, holder: int = 0) -> None:
    """The case stands there on its road, in these hands; with a row of history, as after every move."""

    def work(act: Any) -> None:
        found = cases.by_ticket(act.work.writing(), act.means.keys, report.ticket)
        assert found is not None
        cases.move(act.work.writing(), found, act.now, status=status, holder=holder or None)
        if status in {KAJIAN_AWAL, DILENGKAPI}:
            cases.set_facts(act.work.writing(), found, {"formulir": {"tanggal": act.turn.at.date().isoformat()}})
        act.work.record(found, act.now, "catat")

    await do(home, report.seat, work)
    assert (await case(home, report.ticket)).status == status


def lines(name: str, row: Row, named: dict[str, str], rev: int) -> Lines:
    """A command typed, typed without its words, and pressed with the revision of a card; as the page sends it."""
    words = row.words.format(**named)
    bare = row.words.partition(" ")[0].format(**named) if row.words.startswith("{") else words
    typed = dict.fromkeys((f"/{name} {words}".rstrip(), f"/{name} {bare}".rstrip()))
    return [*({"text": text} for text in typed), {"data": f"/{name} {words}".rstrip() + f" @{rev}", "label": "Tombol"}]


# --- the wire ---------------------------------------------------------------------------------------------------------


@dataclass
class Seat:
    """Somebody at a page, with what they are."""

    page: Page
    role: str
    office: str
    number: int = 0  # as an officer
    kecamatan: str = ""  # a panwascam's

    @property
    def address(self) -> tuple[str, str]:
        return self.page.channel, self.page.seat

    async def hears(self, said: Lines) -> Answers:
        """All of these over HTTP, one after the other; what each was answered."""
        home, before = self.page.house, await self.page.house.last(self.page.seat, self.page.channel)
        for body in said:
            answer = await self.page.send(**body)
            assert answer.status_code == 200, answer.text
        rows = await home.serving.database.read(lambda conn: _stream(conn, home, self.page, before))
        answers: Answers = []
        for body in rows:
            if body.get("me"):
                answers.append([])
            else:
                answers[-1].append(body)
        return answers


def _stream(conn: Connection, home: House, page: Page, after: int) -> list[dict[str, Any]]:
    chat = by_keys(conn, home.keys, [key_of(home.keys, page.channel, page.seat)]).popitem()[1]
    return [message.body for message in outbox.stream(conn, home.keys, chat.id, after, 100_000)]


async def seat(home: House, office: str, role: str) -> Seat:
    """A new officer at the page, by an invitation; a panwascam of a kabupaten for one kecamatan of it."""
    near = f"{office}{NEAR}" if role == "panwascam" and "." in office else ""
    page = officer_page(home)
    await page.enter(await home.invite(near or office, role), f"Uji {role} {office}")
    key = address_key(home.keys, page.channel, page.seat)
    found = await home.serving.database.read(lambda conn: by_addresses(conn, home.keys, [key]))
    return Seat(page, role, office, found[key].id, near)


async def visitor(home: House) -> Seat:
    """A citizen at the citizens' page: nobody to the offices."""
    page = Page(home)
    await page.open()
    return Seat(page, "", "")


def same(answers: Answers, named: dict[str, str]) -> str:
    """The answers byte for byte, but for the ticket, or the word that was looked for."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True)
    return text.replace(named["ticket"], "<ticket>").replace(named["word"], "<word>")


Rows = dict[str, list[tuple[Any, ...]]]


async def everything(home: House, but: Iterable[Seat | Officer] = ()) -> Rows:
    """Every row there is, but of what was said to these people and what they are asked."""
    theirs = {key_of(home.keys, *one.address) for one in but}

    def look(conn: Connection) -> Rows:
        mine = {chat.id for chat in by_keys(conn, home.keys, theirs).values()}
        derived = {"inbox", "tallies", "tally_notes"}  # sums are added up when they are asked for
        kept = [table for table in metadata.sorted_tables if table.name not in derived]
        return {table.name: _rows(conn, table, mine) for table in kept}

    return await home.serving.database.read(look)


def _rows(conn: Connection, table: Table, mine: set[int]) -> list[tuple[Any, ...]]:
    whose = "id" if table.name == "conversations" else "conversation_id"
    said = table.name in {"conversations", "outbox", "timers", "cards"}
    found = conn.execute(select(table).order_by(*table.primary_key)).mappings()
    return [tuple(row.values()) for row in found if not (said and row[whose] in mine)]


def changed(before: Rows, after: Rows) -> list[str]:
    """The tables that are not as they were."""
    return [name for name, found in after.items() if found != before[name]]
