"""Eight o'clock: told once a day, in the office's own time, with what waits there and what stands still below it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.mornings import Mornings
from bot.ticker import Ticker
from tests.bot.desks import SUKOHARJO, bodies, filed, number_of, officer

if TYPE_CHECKING:
    from tests.bot.desks import Officer
    from tests.serving import House

JAYAPURA = "91.71"  # two hours ahead of WIB


async def tick(home: House, hour: int = 8) -> None:
    """As a house that was just started does it, beside the one that runs."""
    serving = home.serving
    mornings = Mornings(serving.database, serving.keys, serving.engine.submit, hour)
    await Ticker(serving.database, home.clock, serving.engine.submit, (mornings,)).tick()


def mornings_of(seen: list[dict[str, object]]) -> list[str]:
    return [str(one["text"]) for one in seen if str(one["text"]).startswith("Selamat pagi")]


async def told(one: Officer) -> list[str]:
    return mornings_of(bodies(await one.all()))


async def test_told_once_at_eight_in_the_offices_own_time_also_after_a_restart(sqlite_house: House) -> None:
    home = sqlite_house
    west, east = await officer(home, SUKOHARJO), await officer(home, JAYAPURA)
    await filed(home)
    await filed(home, code=JAYAPURA)
    home.clock.at = datetime(2024, 10, 10, 23, 0, tzinfo=UTC)  # 06.00 WIB, 08.00 WIT
    await tick(home)
    assert (await told(west), len(await told(east))) == ([], 1)
    home.clock.at = datetime(2024, 10, 11, 0, 59, tzinfo=UTC)  # 07.59 WIB
    await tick(home)
    assert await told(west) == []
    home.clock.at = datetime(2024, 10, 11, 1, 0, tzinfo=UTC)
    for _ in range(3):
        await tick(home)
        home.clock.move(minutes=1)
    [said] = await told(west)
    assert said.startswith("Selamat pagi, Bawaslu Kabupaten Sukoharjo.\nBelum diambil: 1 kasus.")
    assert len(await told(east)) == 1
    home.clock.move(days=1)
    await tick(home)
    assert len(await told(west)) == 2


async def test_an_office_with_nothing_open_is_left_in_peace_and_nobody_is_told_after_nine(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    home.clock.at = datetime(2024, 10, 11, 1, 0, tzinfo=UTC)
    await tick(home)
    assert await told(one) == []
    await filed(home)
    home.clock.at = datetime(2024, 10, 11, 2, 0, tzinfo=UTC)  # 09.00 WIB
    await tick(home)
    assert await told(one) == []


async def test_the_hour_is_a_setting(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    await filed(home)
    home.clock.at = datetime(2024, 10, 11, 1, 0, tzinfo=UTC)  # 08.00 WIB
    await tick(home, hour=7)
    assert await told(one) == []
    home.clock.at = datetime(2024, 10, 12, 0, 0, tzinfo=UTC)  # 07.00 WIB
    await tick(home, hour=7)
    assert len(await told(one)) == 1


async def test_limits_and_silence_are_said_and_climb_and_come_down(sqlite_house: House) -> None:
    home = sqlite_house
    one, province, nation = [await officer(home, office) for office in (SUKOHARJO, "33", "RI")]
    auditor = await officer(home, SUKOHARJO, "auditor")
    report = await filed(home, known="2024-10-10", happened="2024-10-10")
    home.clock.at = datetime(2024, 10, 11, 1, 0, tzinfo=UTC)  # 22 hours later
    await tick(home)
    assert "tanpa tindakan" not in (await told(one))[-1]
    assert await told(province) == []
    home.clock.move(days=1)
    await tick(home)
    assert "⚠ 1 di antaranya sudah lebih dari 24 jam tanpa tindakan." in (await told(one))[-1]
    assert "• Bawaslu Kabupaten Sukoharjo: 1 belum diambil, 0 lewat tenggat" in (await told(province))[-1]
    assert await told(nation) == []
    home.clock.move(days=1)
    await tick(home)
    assert "• Bawaslu Kabupaten Sukoharjo: 1 belum diambil" in (await told(nation))[-1]
    heard = [len(await told(desk)) for desk in (province, nation)]
    await one.says(f"/ambil {report.ticket}")
    home.clock.move(days=3)  # 16 October; the limit is the 17th
    await tick(home)
    assert (
        f"• {report.ticket} · ditangani · bentuk belum jelas · tenggat Kam, 17 Okt 16.00 WIB" in (await told(one))[-1]
    )
    assert [len(await told(desk)) for desk in (province, nation)] == heard  # somebody acts: it came down again
    home.clock.move(days=1)
    await tick(home)
    assert (
        f"• {report.ticket} · ditangani · bentuk belum jelas · ⚠ tenggat hari ini: Kam, 17 Okt" in (await told(one))[-1]
    )
    home.clock.move(days=1)
    await tick(home)
    assert f"• {report.ticket} · ditangani · bentuk belum jelas · ⚠ tenggat lewat: Kam, 17 Okt" in (await told(one))[-1]
    assert "0 belum diambil, 1 lewat tenggat" in (await told(province))[-1]
    assert len(await told(nation)) == heard[1]
    assert await told(auditor) == []


async def test_the_running_house_tells_by_itself(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    await filed(home)
    home.clock.at = datetime(2024, 10, 11, 1, 0, tzinfo=UTC)
    await home.serving.ticker.tick()
    for _ in range(200):  # its own tick may have been the first, and be under way
        if await told(one):
            break
        await asyncio.sleep(0.05)
    assert len(await told(one)) == 1


async def test_what_stands_below_is_counted_without_what_is_hidden(any_house: House) -> None:
    home = any_house
    await officer(home, SUKOHARJO)
    offices = [await officer(home, code, "koordinator") for code in ("33", "33", "RI", "RI")]
    group = offices[1]
    report = await filed(home, known="2024-10-01", happened="2024-10-01")
    await filed(home)
    await offices[3].says(f"/benturan {report.ticket} {await number_of(home, offices[0])}")
    await offices[3].says(f"/benturan {report.ticket} {await number_of(home, offices[2])}")
    home.clock.at = datetime(2024, 10, 13, 1, 0, tzinfo=UTC)  # silent for more than two days, and one is late
    await tick(home)
    said = [(await told(desk))[-1] for desk in offices]
    below = [line.split(": ")[1] for text in said for line in text.splitlines() if line.startswith("• Bawaslu Kab")]
    assert below == [f"{silent} belum diambil, {silent - 1} lewat tenggat" for silent in (1, 2, 1, 2)]
    await group.says("/kantor grup", address="-1001")
    home.clock.move(days=1)
    await tick(home)
    assert "Sukoharjo: 1 belum diambil, 0 lewat" in mornings_of(bodies(await home.heard("-1001", "kantor")))[-1]
    await offices[3].says(f"/benturan {report.ticket} {await number_of(home, offices[2])} lepas")
    home.clock.move(days=1)
    await tick(home)
    assert "Sukoharjo: 2 belum diambil, 1 lewat" in (await told(offices[2]))[-1]
