"""A stage's list on both databases: two who tick at once, what waits for a second person, who may, what is sealed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage import tables
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, filed, officer

if TYPE_CHECKING:
    from tests.serving import House

ITEMS = ("hubungi", "tempat", "layar", "form_a")


async def rows(home: House) -> int:
    count = select(func.count()).select_from(tables.history)
    return await home.serving.database.read(lambda conn: conn.execute(count).scalar_one())


async def test_two_who_tick_at_once_both_count_and_the_history_has_one_row(any_house: House) -> None:
    home = any_house
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    report = await filed(home)
    for line in ("ambil", "telusuri"):
        await one.says(f"/{line} {report.ticket}")
    before, told = await case(home, report.ticket), await rows(home)
    for first, second in (ITEMS[:2], ITEMS[2:]):
        await asyncio.gather(
            one.taps(f"/periksa {report.ticket} .ditelusuri {first} ya"),
            other.taps(f"/periksa {report.ticket} .ditelusuri {second} ya"),
        )
    after = await case(home, report.ticket)
    ticks = after.facts["periksa"]["ditelusuri"]["centang"]
    assert {item: tick["nama"] for item, tick in ticks.items()} == {
        item: (one.name, other.name)[number % 2] for number, item in enumerate(ITEMS)
    }
    assert (after.rev, await rows(home) - told) == (before.rev, 1)
    assert "Periksa: 4 dari 4." in str(bodies(await one.says(f"/kasus {report.ticket}")))
    assert home.serving.engine.parked == 0


async def test_the_same_tick_twice_is_one_and_who_was_first_stays(any_house: House) -> None:
    home = any_house
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    for who in (one, other):
        await who.taps(f"/periksa {report.ticket} .ditangani baca ya")
    ticks = (await case(home, report.ticket)).facts["periksa"]["ditangani"]["centang"]
    assert [tick["nama"] for tick in ticks.values()] == [one.name]


async def test_a_tick_does_not_void_what_waits_for_a_second_person(sqlite_house: House) -> None:
    home = sqlite_house
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    report = await filed(home)
    for line in ("ambil {}", "formulir {} hari ini", "registrasi {} 001/Reg/2024"):
        await one.says("/" + line.format(report.ticket))
    await other.taps(f"/periksa {report.ticket} .kajian_awal formal ya")
    agreed = str(bodies(await other.says(f"/setuju {report.ticket}")))
    assert (await case(home, report.ticket)).status == "diregistrasi"
    assert "Belum dicentang pada tahap kajian awal: Syarat materiel, Jenis dugaan." in agreed.replace("'", "")


async def test_it_holds_up_no_move_and_a_stranger_ticks_nothing(sqlite_house: House) -> None:
    home = sqlite_house
    one, stranger, auditor = (
        await officer(home, SUKOHARJO), await officer(home, "32.01"), await officer(home, SUKOHARJO, "auditor")
    )  # fmt: skip
    guest, report = await officer(home, BOYOLALI), await filed(home)
    await one.says(f"/ambil {report.ticket}")
    before = await case(home, report.ticket)
    for who in (stranger, auditor):
        await who.taps(f"/periksa {report.ticket} .ditangani baca ya")
        await who.says(f"/periksa {report.ticket} + notulen")
    assert (await case(home, report.ticket)).facts == before.facts
    await one.says(f"/alihkan {report.ticket} {BOYOLALI} di sana")
    assert "masih di" in str(bodies(await guest.taps(f"/periksa {report.ticket} .ditangani baca ya")))
    assert "periksa" not in (await case(home, report.ticket)).facts
    await one.says(f"/tarik {report.ticket}")
    await one.says(f"/telusuri {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditelusuri"


async def test_what_officers_add_is_sealed_with_the_case(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await officer(home, SUKOHARJO), await filed(home)
    await one.says(f"/ambil {report.ticket}")
    await one.says(f"/periksa {report.ticket} + tanya Kenaributir tentang rapat")
    assert "Kenaributir" in str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))
    for path in home.folder.rglob("*"):
        assert not path.is_file() or b"Kenaributir" not in path.read_bytes()
