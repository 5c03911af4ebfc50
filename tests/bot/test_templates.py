"""An office's texts on both databases: who writes, who reads, what is seen is what is sent; sealed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.effects import DropTemplate, SaveTemplate
from handlers.events import OptionChosen, TextReceived
from handlers.template import Template
from handlers.templates import MOST
from handlers.turn import Staff
from storage import templates
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, do, filed, officer

if TYPE_CHECKING:
    from bot.inside.act import Act
    from handlers.effects import Effect
    from tests.bot.desks import Officer
    from tests.serving import House

TEXT = "Kenariteks: {tiket} ada di {kantor}, {alamat}."


async def wrote(one: Officer, name: str, text: str = TEXT, command: str = "Kabari warga") -> str:
    """As a koordinator does it; what was said last."""
    for line in (f"/templat simpan {name}", command, "apa saja", text, "simpan"):
        heard = await one.says(line)
    return str(bodies(heard))


async def presses(one: Officer, label: str) -> list[dict[str, object]]:
    shown = next(row for row in reversed(await one.all()) if label in row.buttons)
    before = await one.home.last(one.seat, "kantor")
    await one.home.say(one.seat, OptionChosen(shown.buttons[label]), "kantor", sender=one.seat)
    return bodies(await one.home.heard(one.seat, "kantor", before))


async def test_what_is_looked_at_is_what_the_citizen_gets(any_house: House) -> None:
    home = any_house
    chief, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home)
    assert "tersimpan" in await wrote(chief, "kantor kami")
    await one.says(f"/kabari {report.ticket}")
    before = await case(home, report.ticket)
    assert "belum diisi" in str(await presses(one, "kantor kami"))
    await chief.says("/kantor alamat Jl. Kenari 1")
    shown = str(await presses(one, "kantor kami"))
    full = f"Kenariteks: {report.ticket} ada di Bawaslu Kabupaten Sukoharjo, Jl. Kenari 1."
    assert full in shown
    assert (await case(home, report.ticket)).rev == before.rev  # only looked at so far
    await wrote(chief, "kantor kami", "Sesudah itu diganti: {tiket}")
    await presses(one, "Kirim")
    assert str(bodies(await home.heard(report.seat))[-1]["text"]).endswith(full)
    assert (await case(home, report.ticket)).rev == before.rev + 1


async def test_offices_below_read_what_is_written_above_and_nobody_else(any_house: House) -> None:
    home = any_house
    nation, province, chief, other = [
        await officer(home, code, "koordinator") for code in ("RI", "33", SUKOHARJO, "32.01")
    ]
    await wrote(nation, "dari pusat")
    await wrote(province, "dari provinsi")
    await wrote(chief, "dari kami")
    below = await officer(home, SUKOHARJO, "panwascam")
    listed = str(bodies(await below.says("/templat")))
    assert all(name in listed for name in ("dari pusat", "dari provinsi", "dari kami", "sudah dibaca"))
    stranger = str(bodies(await other.says("/templat")))
    assert "dari pusat" in stranger
    assert "dari provinsi" not in stranger
    assert "dari kami" not in stranger
    assert "Tidak ada templat" in str(bodies(await other.says("/templat dari kami")))
    for name in ("dari pusat", "dari provinsi", "sudah dibaca"):
        assert "hanya dapat dibaca" in str(bodies(await chief.says(f"/templat buang {name}")))
    assert "dari pusat" in str(bodies(await below.says("/templat")))


@pytest.mark.parametrize("role", ["petugas", "panwascam", "auditor"])
async def test_only_a_koordinator_writes(sqlite_house: House, role: str) -> None:
    home = sqlite_house
    chief, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO, role)
    await wrote(chief, "kantor kami")
    for line in ("simpan lain", "buang kantor kami", "kembalikan kantor kami"):
        await one.says(f"/templat {line}")
    for made in (
        SaveTemplate("x", "kabari", (), "x"),
        DropTemplate("kantor kami"),
    ):  # as if the talk had let it through
        assert await do(home, one.seat, lambda act, made=made: _refused(act, made, role), "kantor")
    listed = str(bodies(await chief.says("/templat")))
    assert "kantor kami" in listed
    assert "• lain" not in listed


def _refused(act: Act, made: Effect, role: str) -> bool:
    """Carried out for somebody of this role: is it refused?"""
    staff = Staff(1, "x", SUKOHARJO, "x", role)
    try:
        act.perform(replace(act, turn=replace(act.turn, staff=staff)), made)
    except PermissionError as error:
        return "koordinator" in str(error)
    return False


async def test_thrown_away_and_brought_back(any_house: House) -> None:
    home = any_house
    chief = await officer(home, SUKOHARJO, "koordinator")
    await wrote(chief, "kantor kami")
    await chief.says("/templat buang Kantor KAMI")
    assert "• kantor kami" not in str(bodies(await chief.says("/templat")))
    await presses(chief, "Kembalikan")
    assert "Kenariteks" in str(bodies(await chief.says("/templat kantor kami")))
    await chief.says("/templat buang kantor kami")
    await wrote(chief, "kantor kami", "yang baru: {tiket}")
    assert "yang baru" in str(bodies(await chief.says("/templat kantor kami")))


async def test_two_koordinators_write_the_same_name_at_once(any_house: House) -> None:
    home = any_house
    one, other = [await officer(home, SUKOHARJO, "koordinator") for _ in range(2)]
    for who, text in ((one, "dari satu"), (other, "dari dua")):
        for line in ("/templat simpan bersama", "Kabari warga", "apa saja", text):
            await who.says(line)
    await asyncio.gather(
        home.say(one.seat, TextReceived("simpan"), "kantor"), home.say(other.seat, TextReceived("simpan"), "kantor")
    )
    assert "bersama" in str(bodies(await one.says("/templat")))
    assert home.serving.engine.parked == 0


async def test_it_is_sealed_and_has_an_end(sqlite_house: House) -> None:
    home = sqlite_house
    chief = await officer(home, SUKOHARJO, "koordinator")
    for number in range(MOST):
        await do(home, chief.seat, lambda act, number=number: _kept(act, number), "kantor")
    assert "sudah punya" in await wrote(chief, "satu lagi")
    assert "tersimpan" in await wrote(chief, "teks 7")  # in place of what is there
    for path in home.folder.rglob("*"):
        assert not path.is_file() or b"Kenariteks" not in path.read_bytes()


def _kept(act: Act, number: int) -> None:
    one = Template(f"teks {number}", "kabari", frozenset(), TEXT, SUKOHARJO)
    templates.save(act.work.writing(), act.means.keys, one, 1, act.now)


async def test_a_case_of_another_office_takes_its_own_address(sqlite_house: House) -> None:
    """The province's officer sends its own text; the citizen reads of the office that has the case."""
    home = sqlite_house
    province, chief = await officer(home, "33", "koordinator"), await officer(home, BOYOLALI, "koordinator")
    await chief.says("/kantor alamat Jl. Boyolali 2")
    await province.says("/kantor alamat Jl. Provinsi 3")
    report = await filed(home, code=BOYOLALI)
    await wrote(province, "kantor kami")
    shown = str(bodies(await province.says(f"/kabari {report.ticket} =kantor kami")))
    assert "Bawaslu Kabupaten Boyolali, Jl. Boyolali 2." in shown
    assert "Provinsi" not in shown


async def test_a_question_never_tells_the_limit_that_is_reckoned_from_the_report(sqlite_house: House) -> None:
    head = await officer(sqlite_house, SUKOHARJO, "koordinator")
    for name, command in (("sampai kapan", "Tanya warga"), ("batasnya", "Catat")):
        for line in (f"/templat simpan {name}", command, "ditangani", "lanjut", "Sampai {tenggat} saja?"):
            said = str(bodies(await head.says(line)))
        assert ("dihitung dari isi laporan" in said) == (command == "Tanya warga")
        await head.says("/batal")
