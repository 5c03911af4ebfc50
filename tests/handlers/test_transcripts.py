"""Every conversation of tests/conversations, played through the pure core, the engine, and Telegram's own door."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.talk.chat_file import Script, parse
from bot.talk.rehearsal import engine_house
from bot.talk.stage import Player, difference
from handlers.commands import COMMANDS
from storage.tables import conversations
from tests.handlers.memory_desk import DictHouse

FOLDER = Path(__file__).parents[1] / "conversations"
FILES = sorted(FOLDER.glob("*.chat"))
SCRIPTS = {path.stem: parse(path.read_text(encoding="utf-8")) for path in FILES}
PLAYED = [(name, channel) for name, script in SCRIPTS.items() for channel in script.channels]


def script(name: str) -> Script:
    return parse((FOLDER / f"{name}.chat").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "channel"), PLAYED)
async def test_the_pure_core_says_so(name: str, channel: str) -> None:
    one = script(name)
    seen = await Player(one, DictHouse(channel), channel).play()
    assert difference(one, seen, channel) is None


@pytest.mark.parametrize("name", [name for name, channel in PLAYED if channel == "web"])
async def test_the_page_shows_so(name: str, tmp_path: Path) -> None:
    one = script(name)
    async with engine_house(tmp_path / "data", "web") as house:
        seen = await Player(one, house, "web").play()
    assert difference(one, seen, "web") is None
    assert house.engine.parked == 0


@pytest.mark.parametrize("name", [name for name, channel in PLAYED if channel == "telegram"])
async def test_telegram_shows_so(name: str, tmp_path: Path) -> None:
    from tests.handlers.telegram_house import TelegramHouse  # noqa: PLC0415 - aiogram costs seconds

    one = script(name)
    async with engine_house(tmp_path / "data", "telegram", TelegramHouse) as house:
        seen = await Player(one, house, "telegram").play()
    assert difference(one, seen, "telegram") is None
    assert house.engine.parked == 0


@pytest.mark.parametrize("name", ["satu-kasus"])
async def test_both_channels_at_once_show_so(name: str, tmp_path: Path) -> None:
    """The whole road of a case: its reporter and its koordinator at the page, all others on Telegram."""
    from tests.handlers.mixed_house import MixedHouse  # noqa: PLC0415 - aiogram costs seconds

    one = script(name)
    async with engine_house(tmp_path / "data", "telegram", MixedHouse) as house:
        seen = await Player(one, house, "telegram").play()
        served = await house.database.read(lambda conn: set(conn.execute(select(conversations.c.channel)).scalars()))
    assert difference(one, seen, "telegram") is None
    assert house.engine.parked == 0
    assert served == {"web", "kantor", "telegram"}


# --- what the collection as a whole shows -----------------------------------------------------------------------


def turns(name: str) -> list[str]:
    return [beat.words for beat in SCRIPTS[name].beats if beat.kind == "kata"]


def by_officers(name: str) -> int:
    return sum(beat.kind == "kata" and beat.who[:1].isalpha() for beat in SCRIPTS[name].beats)


def typed(words: list[str]) -> list[str]:
    return [one for one in words if not one.startswith(("[", "("))]


def test_there_are_enough_and_each_is_long_enough() -> None:
    assert len(SCRIPTS) >= 40
    short = [name for name, one in SCRIPTS.items() if one.turns < 8]
    assert not short
    assert len([name for name in SCRIPTS if by_officers(name) >= 8]) >= 10


def test_each_begins_with_what_it_shows() -> None:
    assert all(script.title for script in SCRIPTS.values())


def test_a_tip_needs_three_turns() -> None:
    said = turns("tip-tiga-giliran")
    assert said.index("[Kirim sekarang]") < 3


def test_a_complete_report_needs_twelve_turns_of_which_nine_typed() -> None:
    said = turns("lengkap-dua-belas-giliran")
    assert said[-1] == "[Kirim ke Bawaslu]"
    assert len(said) <= 12
    assert len(typed(said)) <= 9
    last = SCRIPTS["lengkap-dua-belas-giliran"].beats[-2].expected[-1]
    assert "Sebagai informasi awal: sudah cukup." in last.lines


FORMAL = 1  # name and number, asked together of who is willing to be reached


def test_the_longest_report_needs_twelve_turns_and_one_for_the_name() -> None:
    said = turns("paling-panjang")
    assert said[-1] == "[Kirim ke Bawaslu]"
    assert len(said) <= 12 + FORMAL
    assert len(typed(said)) <= 9


def test_every_command_is_typed_in_one() -> None:
    said = " ".join(words for name in SCRIPTS for words in turns(name)).casefold()
    pressed = {"urung": "[urungkan]", "lanjut": "[lanjutkan]"}
    missing = [c.name for c in COMMANDS if f"/{c.name}" not in said and pressed.get(c.name, "?") not in said]
    assert not missing


def test_nothing_says_what_must_never_be_said() -> None:
    """Section 0 of the field's rules: a chat is no Laporan, nobody is called guilty, no number of Bawaslu's.

    Nor is promised what nobody can keep: who will never know, who will never be asked.
    """
    said = [one for s in SCRIPTS.values() for b in s.beats for one in b.expected]
    answers = "\n".join(line for one in said for line in one.lines)
    to_citizens = "\n".join(line for one in said if not one.to or one.to.isdigit() for line in one.lines)
    never = r"laporan (anda )?(telah|sudah)? ?(diterima|diregistrasi|terdaftar)|bersalah|tidak seorang pun|tidak akan dihubungi"
    assert not re.search(r"hukuman|sanksi|\d+/(LP|PL|Reg|TM)/", to_citizens, re.IGNORECASE)
    assert not re.search(never, answers, re.IGNORECASE)
    # An officer's screen names what another decided, never what should follow; its numbers were typed, never made up.
    assert not re.search(r"sanksi|(?<!/)hukuman(?! dijatuhkan)", answers, re.IGNORECASE)
    for name, script in SCRIPTS.items():
        typed_ = " ".join(turns(name))
        shown = "\n".join(
            line for b in script.beats for one in b.expected for line in one.lines if "Contoh:" not in line
        )
        assert [n for n in re.findall(r'[^\s"]*\d+/(?:LP|PL|Reg|TM)/[^\s,."]*', shown) if n not in typed_] == []
