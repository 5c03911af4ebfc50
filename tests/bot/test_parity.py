"""Each command says the same in a group, with and without topics, in private, and on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.talk.chat_file import parse
from bot.talk.rehearsal import counted_codes, engine_house
from bot.talk.stage import Player
from handlers.citizen import NOTHING_WAITS
from handlers.codes import ticket
from handlers.commands import COMMANDS
from handlers.exporting import ASIDE
from handlers.helping import example
from handlers.reply import IN_PRIVATE
from tests.handlers.telegram_house import TelegramHouse

if TYPE_CHECKING:
    from pathlib import Path

    from handlers.command import Command

    Said = list[tuple[str, list[str]]]  # who typed what, and the lines that came where it was typed

PLACES = {
    "pribadi": ("telegram", ""),
    "grup": ("telegram", "grup Posko\n"),
    "topik": ("telegram", "grup Posko bertopik\n"),
    "halaman": ("web", ""),
}
REPLY = "Balas (reply) pesan ini dengan tulisan Anda."  # only there bots are given nothing else
ELSEWHERE = "Kartunya ada di topik "  # only where cards have topics
DOCUMENT = "Dokumennya dikirim ke percakapan pribadi Anda."  # said in groups, where others read along
CHIEF, CLERK = "Bu Ani", "Pak Danu"
NOBODYS = "JN-7777-7777"
ROADS = (
    ("ambil", "telusuri", "temuan 012/TM/2024, hari ini", "klarifikasi", "kajian", "pleno 021/2024", "bukan", "selesai"),
    ("ambil", "formulir hari ini", "kurang alamat terlapor", "lengkap hari ini", "registrasi 001/2024", "setuju", "kajian",
     "pleno 022/2024", "rekomendasi 145/2024", "ralat pleno 023/2024", "setuju", "teruskan BKN", "verifikasi", "ppk", "hukuman 800/2024", "selesai"),
    ("ambil", "telusuri", "mundur", "tutup keterangan kurang", "bantah belum jelas", "tutup keterangan kurang", "setuju", "buka"),
)  # fmt: skip
OFFICERS = [one for one in COMMANDS if one.roles]


def cases() -> list[str]:
    """The numbers of the cases, as they will be drawn."""
    draw = counted_codes()
    return [ticket(draw(7)) for _ in range(len(OFFICERS) + len(ROADS))]


def lines() -> list[tuple[str, str]]:
    """Who types what: every command whole, without its words, without a case, of no case; then whole roads."""
    numbers = iter(cases())
    typed = []
    for command in OFFICERS:
        typed += [(CHIEF, line) for line in forms(command, next(numbers))]
    for road in ROADS:
        number = next(numbers)
        for step in road:
            name, _, words = step.partition(" ")
            who = CLERK if name in {"setuju", "bantah"} else CHIEF
            typed.append((who, f"/{name} {number} {words}".rstrip()))
    return typed


def forms(command: Command, number: str) -> list[str]:
    if not command.on_case:
        return [f"/{command.name}", example(command)]
    return [
        f"/{command.name}",
        f"/{command.name} {NOBODYS}",
        f"/{command.name} {number}",
        "/batal",
        example(command, number),
        *([f"{example(command, number)} lepas"] if command.name == "benturan" else ()),  # which takes the mark off
    ]


def script(channel: str, group: str) -> str:
    """The talk as a .chat file has it, with a citizen for each case."""
    where = " di Posko" if group else ""
    begins = f"# Sama di mana-mana\n\nkanal {channel}\n"
    citizens = "".join(
        f"{number}> (sudah mengirim) Camat Grogol Sukoharjo mengajak warga memilih paslon 2 kemarin\n"
        for number in range(1, len(cases()) + 1)
    )
    bound = f"{CHIEF} di Posko: /kantor grup\n" if group else ""
    said = "".join(f"{who}{where}: {line}\n" for who, line in lines())
    officers = f"petugas {CHIEF} 33.11 koordinator\npetugas {CLERK} 33.11 petugas\n"
    return f"{begins}{officers}{group}{bound}{citizens}{said}"


async def played(folder: Path, place: str) -> Said:
    """What came back where it was typed."""
    channel, group = PLACES[place]
    one = parse(script(channel, group))
    kind = {"kind": TelegramHouse} if channel == "telegram" else {}
    async with engine_house(folder / place, channel, **kind) as house:
        seen = await Player(one, house, channel).play()
        assert house.engine.parked == 0
    found = []
    for beat, shown in zip(one.beats, seen, strict=True):
        if beat.kind == "kata" and not beat.who.isdigit() and beat.words != "/kantor grup":
            here = beat.where or beat.who
            found.append((beat.words, [line for to, rows in shown if to == here for line in rows]))
    return found


@pytest.mark.parametrize("place", ["grup", "topik", "halaman"])
async def test_it_says_the_same_as_in_private(place: str, tmp_path: Path) -> None:
    private, there = await played(tmp_path, "pribadi"), await played(tmp_path, place)
    assert [line for line, _ in private] == [line for line, _ in there] == [line for _, line in lines()]
    apart = {f"/{one.name}" for one in OFFICERS if one.private}
    assert apart == {"/undang", "/keluarkan", "/keluar", "/benturan"}
    assert sum("selesai" in rows[1] for line, rows in private if line.startswith("/selesai") and len(rows) > 2) == 2
    other = {}
    for (line, ours), (_, theirs) in zip(private, there, strict=True):
        citizens = line == "/batal" and ours == [NOTHING_WAITS.msgid]  # a question of ours is taken back anywhere
        wanted = [IN_PRIVATE.msgid] if place != "halaman" and (line.split()[0] in apart or citizens) else ours
        if place != "halaman" and line.startswith("/ekspor xlsx"):  # how many cases there are, not all there may know
            wanted = [ASIDE.msgid]
        shared = place != "halaman"
        if plain(theirs, shared=shared) != plain(wanted, shared=shared) and theirs != [DOCUMENT]:
            other[line] = (wanted, theirs)
    assert other == {}


def plain(rows: list[str], *, shared: bool) -> list[str]:
    """Without what a group must be told, whether there is one, and the buttons that depend on who reads."""
    shown = [row.removesuffix(" [Benturan]") for row in rows if row != REPLY and not row.startswith(ELSEWHERE)]
    ways = [row.startswith("[") and "[Selengkapnya]" in row for row in shown]  # a card's four buttons: those of its
    asked = [row.startswith(("[Cabut usul]", "[Setujui]")) for row in shown]  # one reader, or in a group everybody's
    shown = [row for row, one, two in zip(shown, ways, asked, strict=True) if not (one and (shared or two))]
    shown = [row.replace("[Cabut usul] ", "").replace("[Setujui] [Tidak setuju] ", "") for row in shown]
    return [row.replace("terpasang", "belum dipasang") for row in shown]
