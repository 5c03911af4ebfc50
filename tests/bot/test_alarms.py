"""Inside the day: who hears of untaken cases and of limits, when, how often; and that it comes down again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from bot.inside.alarms import ring_limits, ring_queue
from bot.start import REMINDED
from bot.ticker import Ticker
from handlers.effects import FileReport
from storage import offices
from storage.tables import cases, watches
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, do, filed, number_of, officer, remove
from tests.serving import house

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.desks import Officer
    from tests.serving import House

JAYAPURA = "91.71"  # two hours ahead of WIB
HALF, HOUR = timedelta(minutes=30), timedelta(hours=1)
FORM = "14 Oktober 2024"
NEAR, FAR = f"{SUKOHARJO}.01", f"{SUKOHARJO}.02"


def wib(text_: str) -> datetime:
    return datetime.fromisoformat(f"{text_}+07:00").astimezone(UTC)


async def quiet(home: House) -> None:
    """Its own ticks would come when they like."""
    home.serving.ticker.close()
    await asyncio.sleep(0)


async def tick(home: House, times: int = 1) -> None:
    """As several processes may do it at once."""
    serving = home.serving
    await asyncio.gather(*(Ticker(serving.database, home.clock, serving.engine.submit).tick() for _ in range(times)))


def alarms(seen: list[dict[str, Any]]) -> list[str]:
    starts = ("⚠ Belum", "⚠ Bawaslu", "Pengingat", "Bawaslu", "JN-")
    said = [str(one["text"]) for one in seen if "; sekarang " not in one["text"]]  # what a step of one's own answers
    return [text for text in said if text.startswith(starts) and "·" not in text[:20]]


async def heard(one: Officer) -> list[str]:
    return alarms(bodies(await one.all()))


async def until(
    home: House, end: str, *desks: Officer, step: timedelta = HALF, times: int = 1
) -> list[tuple[str, int]]:
    """(when, which desk) of every alarm that comes until then, by WIB's wall."""
    came = []
    counts = [len(await heard(one)) for one in desks]
    seqs = [await home.last(one.seat, "kantor") for one in desks]
    while home.clock.at < wib(end):
        home.clock.at += step
        await tick(home, times)
        news = [await home.last(one.seat, "kantor") for one in desks]
        changed = [number for number, seq in enumerate(news) if seq != seqs[number]]
        seqs = news
        for number in changed:
            one = desks[number]
            now = len(await heard(one))
            came += [((home.clock.at + timedelta(hours=7)).strftime("%d %H.%M"), number)] * (now - counts[number])
            counts[number] = now
    return came


async def test_a_silent_queue_climbs_in_working_hours_and_comes_down_once(any_house: House) -> None:
    home = any_house
    await quiet(home)
    desks = [
        await officer(home, code, role)
        for code, role in ((SUKOHARJO, "petugas"), (SUKOHARJO, "koordinator"), ("33", "petugas"), ("RI", "petugas"))
    ]
    neighbour = await officer(home, BOYOLALI)
    report, other = await filed(home), await filed(home)
    assert await until(home, "2024-10-15T12:00", *desks, neighbour, times=3, step=HOUR) == [
        ("10 14.00", 0), ("10 14.00", 1), ("11 10.00", 1), ("11 14.00", 2), ("14 14.00", 3),
    ]  # fmt: skip
    assert "Belum diambil: 2 kasus; yang terlama" in (await heard(desks[2]))[-1]
    before = [len(await heard(one)) for one in desks]
    await desks[0].says(f"/ambil {report.ticket}")
    await desks[0].says(f"/catat {report.ticket} sudah ditelepon")
    assert [len(await heard(one)) - was for one, was in zip(desks, before, strict=True)] == [0, 1, 1, 1]
    assert "sudah bertindak" in (await heard(desks[3]))[-1]
    came = await until(home, "2024-10-16T09:00", *desks, step=HOUR)  # and from the bottom again, for the other one
    assert came == [("16 08.00", 0), ("16 08.00", 1)]
    await desks[0].says(f"/ambil {other.ticket}")
    assert await until(home, "2024-10-17T07:30", *desks, step=timedelta(hours=4)) == []
    assert home.serving.engine.parked == 0


@pytest.mark.parametrize("who", ["kept out", "of another kecamatan"])
async def test_who_may_not_see_what_waits_does_not_bring_it_down(any_house: House, who: str) -> None:
    """They work on another case each hour; of this one somebody above hears all the same."""
    home = any_house
    await quiet(home)
    above, near = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO, "koordinator")
    one = await officer(home, *((SUKOHARJO, "petugas") if who == "kept out" else (FAR, "panwascam")))
    waits, other = await filed(home, kecamatan=NEAR), await filed(home, kecamatan=FAR)
    await one.says(f"/ambil {other.ticket}")
    if who == "kept out":
        await near.says(f"/benturan {waits.ticket} {await number_of(home, one)}")
    came = []
    for hour in range(9, 18):
        await one.says(f"/catat {other.ticket} sudah ditelepon")
        came += await until(home, f"2024-10-11T{hour:02}:00", above)
    assert came == [("11 14.00", 0)]
    assert "Belum diambil: 1 kasus; yang terlama" in (await heard(above))[-1]
    await one.says(f"/catat {other.ticket} sekali lagi")
    assert "sudah bertindak" not in str(await heard(above))
    await near.says(f"/ambil {waits.ticket}")
    assert "sudah bertindak" in (await heard(above))[-1]


async def test_who_lets_a_holder_go_does_not_act_on_a_case_that_they_may_not_see(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    home.clock.at = wib("2024-10-14T10:00")
    above, head = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO, "koordinator")
    holder, _ = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    [ticket] = await taken(home, holder)
    await above.says(f"/benturan {ticket} {await number_of(home, head)}")
    await until(home, "2024-10-21T12:00", above, step=timedelta(hours=6))
    assert ticket in str(await heard(above))
    await head.says(f"/keluarkan {await number_of(home, holder)} ya")
    assert (await case(home, ticket)).holder == 0
    assert "sudah bertindak" not in str(await heard(above))


async def test_a_burst_of_three_hundred_is_one_message_a_step(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    one, province = await officer(home, SUKOHARJO), await officer(home, "33")
    report = await filed(home)
    place = {"code": SUKOHARJO, "name": "Kabupaten Sukoharjo", "kecamatan": "", "kecamatan_code": "", "zone": ""}
    more = [FileReport({"story": "camat mengajak warga", "place": place, "identity": "anonim"})] * 299
    await do(home, report.seat, lambda act: [act.perform(act, effect) for effect in more])
    came = await until(home, "2024-10-11T16:00", one, province, step=timedelta(hours=2))
    assert came == [("10 14.00", 0), ("11 10.00", 0), ("11 14.00", 1)]
    assert "Belum diambil: 300 kasus; yang terlama" in (await heard(province))[-1]


async def taken(home: House, one: Officer, count: int = 1) -> list[str]:
    """Cases in the first study, whose limit is 16 October."""
    tickets = [(await filed(home, kecamatan=NEAR)).ticket for _ in range(count)]
    for ticket in tickets:
        await one.says(f"/ambil {ticket}")
        await one.says(f"/formulir {ticket} {FORM}")
    return tickets


async def test_a_limit_is_told_its_holder_then_up_and_whoever_acts_brings_it_down(any_house: House) -> None:
    home = any_house
    await quiet(home)
    home.clock.at = wib("2024-10-14T10:00")
    desks = [
        await officer(home, code, role)
        for code, role in (
            (NEAR, "panwascam"), (SUKOHARJO, "koordinator"), ("33", "petugas"), ("RI", "petugas"),
            (SUKOHARJO, "petugas"), (SUKOHARJO, "auditor"), (BOYOLALI, "petugas"),
        )
    ]  # fmt: skip
    [ticket] = await taken(home, desks[0])
    rev = await home.serving.database.read(lambda conn: conn.execute(select(cases.c.rev)).scalar_one())
    assert await until(home, "2024-10-21T12:00", *desks, times=2, step=HOUR) == [
        ("16 08.00", 0), ("16 12.00", 0), ("16 14.00", 1), ("17 10.00", 2), ("18 10.00", 3),
    ]  # fmt: skip
    assert (
        f"• {ticket} · tenggat kajian awal: Rabu, 16 Oktober 2024, sampai pukul 16.00 WIB" in (await heard(desks[0]))[0]
    )
    assert f"⚠ {ticket} · tenggat kajian awal lewat: Rabu, 16 Oktober 2024" in (await heard(desks[3]))[-1]
    await desks[0].taps(f"/catat {ticket} menunggu KTP @{rev}")  # no reminder made a revision of it
    assert (await case(home, ticket)).rev == rev + 1
    assert [(await heard(one))[-1].endswith("sudah bertindak.") for one in desks[1:4]] == [True] * 3
    assert await until(home, "2024-10-22T13:00", *desks, step=HOUR) == [("22 12.00", 0)]
    await desks[4].says(f"/catat {ticket} ikut dicek")
    assert await until(home, "2024-10-23T11:00", *desks, step=HOUR) == []
    await desks[1].says(f"/tolak {ticket} formal")
    assert home.serving.engine.parked == 0


async def test_twelve_limits_of_one_holder_are_one_message(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    home.clock.at = wib("2024-10-14T10:00")
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    await taken(home, one, 11)
    [theirs] = await taken(home, other)
    home.clock.at = wib("2024-10-16T08:00")
    await tick(home)
    [said], [others] = await heard(one), await heard(other)
    assert said.count("• JN-") == 8
    assert said.endswith("… dan 3 kasus lagi.")
    assert theirs in others
    assert others.count("JN-") == 1


async def test_each_in_its_own_day_and_the_nation_in_its_own(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    home.clock.at = wib("2024-10-10T13:00")  # 15.00 WIT
    east, nation = await officer(home, JAYAPURA), await officer(home, "RI")
    await filed(home, code=JAYAPURA)
    came = await until(home, "2024-10-15T12:00", east, nation)
    # 16.00 WIT is 14.00 WIB; Friday 16.30 WIT. Nobody serves at the province: the nation hears in its place, and once.
    assert came == [("11 09.00", 0), ("11 13.00", 0), ("14 08.30", 1)]


async def test_at_night_only_where_the_office_is_open(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    home.clock.at = wib("2024-11-25T20:00")  # the quiet days: open all the time
    one, lead = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    await filed(home, happened="2024-11-25", known="2024-11-25")
    assert await until(home, "2024-11-26T06:00", one, lead) == [("26 00.00", 0), ("26 00.00", 1), ("26 04.00", 1)]


async def test_a_house_that_was_down_tells_it_when_the_office_opens_and_once(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    one = await officer(home, SUKOHARJO)
    await filed(home)
    home.clock.at = wib("2024-10-11T22:00")  # down since the morning before
    await tick(home, 2)
    assert await heard(one) == []
    assert await until(home, "2024-10-14T09:00", one) == [("14 08.00", 0)]


async def test_what_another_process_told_meanwhile_is_not_told_again(any_house: House) -> None:
    home = any_house
    await quiet(home)
    home.clock.at = wib("2024-10-14T10:00")
    one = await officer(home, SUKOHARJO)
    await taken(home, one)
    await filed(home)
    home.clock.at = wib("2024-10-16T08:00")
    await tick(home)
    said = len(await heard(one))
    assert said == 2
    for ring in (ring_queue, ring_limits):
        await do(home, one.seat, lambda act, ring=ring: ring(act, SUKOHARJO), "kantor")  # type: ignore[misc]
    assert len(await heard(one)) == said


async def test_who_left_hears_nothing_and_another_does(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    home.clock.at = wib("2024-10-14T10:00")
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    await taken(home, one)
    await remove(home, one)
    assert await until(home, "2024-10-16T08:30", one, other, step=timedelta(minutes=10)) == [("16 08.00", 1)]


async def test_in_the_language_of_each(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    await other.says("/bahasa english")
    await filed(home)
    home.clock.at = wib("2024-10-10T14:00")
    await tick(home)
    said = [str(bodies(await desk.all())[-1]["text"]) for desk in (one, other)]
    assert said[0].startswith("⚠ Belum diambil: 1 kasus")
    assert said[1].startswith("⚠ Not taken: 1 case(s)")


async def test_where_nobody_serves_it_is_looked_at_again_the_next_day(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    await filed(home)
    home.clock.at = wib("2024-10-10T14:00")
    await tick(home, 2)
    due = await home.serving.database.read(lambda conn: conn.execute(select(watches.c.due_at)).scalar_one())
    assert due == round(wib("2024-10-11T14:00").timestamp() * 1_000_000)
    one = await officer(home, "RI")
    assert await until(home, "2024-10-11T15:00", one) == [("11 14.00", 0)]


async def test_cases_from_before_get_their_reminders_at_the_start(tmp_path: Path) -> None:
    async with house(tmp_path / "data") as home:
        await quiet(home)
        home.clock.at = wib("2024-10-14T10:00")
        one = await officer(home, SUKOHARJO)
        await taken(home, one)
        planned = select(cases.c.alarm_at, cases.c.alarm_rung)
        was = await home.serving.database.read(lambda conn: conn.execute(planned).one())

        def before(conn: Any) -> None:
            conn.execute(update(cases).values(alarm_at=0))
            offices.set_setting(conn, REMINDED, "")

        await home.serving.database.write(before)
    async with house(tmp_path / "data") as home:
        assert await home.serving.database.read(lambda conn: conn.execute(planned).one()) == was


async def test_only_who_heard_an_alarm_hears_that_somebody_acts(any_house: House) -> None:
    home = any_house
    await quiet(home)
    one, barred, other = await officer(home, SUKOHARJO), await officer(home, "33"), await officer(home, "33")
    nation = await officer(home, "RI", "koordinator")
    report = await filed(home)
    await nation.says(f"/benturan {report.ticket} {await number_of(home, barred)}")
    assert await until(home, "2024-10-11T15:00", barred, other, step=HOUR) == [("11 14.00", 1)]
    newcomer = await officer(home, "33", "koordinator")
    await one.says(f"/ambil {report.ticket}")
    assert [await heard(desk) for desk in (barred, newcomer)] == [[], []]
    assert (await heard(other))[-1].endswith("antreannya ditangani lagi.")


async def test_who_may_not_see_a_case_any_more_does_not_hear_that_it_is_in_hand(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    home.clock.at = wib("2024-10-14T10:00")
    one, lead = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    province = [await officer(home, "33", "koordinator") for _ in range(2)]
    [ticket] = await taken(home, one)
    assert len(await until(home, "2024-10-17T11:00", lead, *province, step=HOUR)) == 3
    newcomer = await officer(home, SUKOHARJO, "koordinator")
    nation = await officer(home, "RI", "koordinator")
    await nation.says(f"/benturan {ticket} {await number_of(home, province[0])}")  # which is an act
    told = [(await heard(desk))[-1:] for desk in (lead, province[1], province[0], newcomer)]
    assert ["sudah bertindak" in str(line) for line in told] == [True, True, False, False]


async def test_a_holder_is_reminded_in_the_hours_of_their_own_office(sqlite_house: House) -> None:
    home = sqlite_house
    await quiet(home)
    home.clock.at = wib("2024-10-14T10:00")
    nation = await officer(home, "RI")
    ticket = (await filed(home, code=JAYAPURA)).ticket
    await officer(home, JAYAPURA)
    await nation.says(f"/ambil {ticket}")
    await nation.says(f"/formulir {ticket} {FORM}")
    assert (await until(home, "2024-10-16T09:00", nation))[0] == ("16 08.00", 0)  # 08.00 WIT is 06.00 WIB
