"""A case is passed on by an offer: who may do what meanwhile, and how it ends by itself; on both databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.inside.offers import lapse
from bot.ticker import Ticker
from handlers.commands import COMMANDS
from handlers.life import MOVES
from storage import conflicts
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, do, filed, number_of, officer

if TYPE_CHECKING:
    from tests.serving import House

ANSWERS = {"kasus", "terima", "kembalikan"}
WORDS, KLATEN = "001/Reg/2024, hari ini", "33.10"


async def tick(home: House, times: int = 1) -> None:
    """As several processes may do it at once."""
    serving = home.serving
    tickers = [Ticker(serving.database, home.clock, serving.engine.submit) for _ in range(times)]
    await asyncio.gather(*(one.tick() for one in tickers))


async def test_the_office_that_is_asked_may_only_look_and_answer(sqlite_house: House) -> None:
    home = sqlite_house
    here, there, stranger = [await officer(home, code) for code in (SUKOHARJO, BOYOLALI, "32.01")]
    report = await filed(home)
    await here.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    before = await case(home, report.ticket)
    assert (before.office, before.offered, before.status) == (SUKOHARJO, BOYOLALI, "baru")
    nothing = bodies(await stranger.says(f"/kasus {report.ticket}"))
    for command in [one for one in COMMANDS if "petugas" in one.roles and one.on_case and one.name not in ANSWERS]:
        for line in (f"/{command.name} {report.ticket} {WORDS}", f"/{command.name} {report.ticket}"):
            refused = bodies(await there.says(line))
            assert [one["text"] for one in refused] == [
                f"{report.ticket} masih di Bawaslu Kabupaten Sukoharjo. Jawab dulu tawarannya: /terima atau /kembalikan."
            ]
        assert bodies(await stranger.says(f"/{command.name} {report.ticket}")) == nothing
    assert report.ticket in str(bodies(await there.says("/antrean tawaran")))
    assert report.ticket not in str(bodies(await there.says("/antrean")))
    for name in MOVES.keys() - {"alihkan", "serahkan"} | {
        "lengkapi"
    }:  # and whoever has it does not go on with it meanwhile
        said = str(bodies(await here.says(f"/{name} {report.ticket} {WORDS}")))
        assert "sedang ditawarkan kepada Bawaslu Kabupaten Boyolali" in said
    tapped = str(bodies(await here.taps(f"/lengkapi {report.ticket} .t kirim @{before.rev}")))
    assert "sedang ditawarkan kepada Bawaslu Kabupaten Boyolali" in tapped
    assert (await case(home, report.ticket)).rev == before.rev
    for name in ("terima", "kembalikan"):
        assert bodies(await stranger.taps(f"/{name} {report.ticket} @{before.rev}")) == nothing
        assert "kantor itu yang menjawab" in str(bodies(await here.says(f"/{name} {report.ticket} x")))


async def test_a_reason_names_no_office_but_where_it_alone_was_asked_for(sqlite_house: House) -> None:
    home = sqlite_house
    here, *_ = [await officer(home, code) for code in (SUKOHARJO, BOYOLALI, KLATEN)]
    typed, asked, again = [(await filed(home)).ticket for _ in range(3)]
    await here.says(f"/alihkan {typed} {BOYOLALI} {KLATEN} juga terkait")
    await here.says(f"/alihkan {asked} {BOYOLALI}")
    await here.says("rapatnya di sana")
    await here.says(f"/alihkan {again} {BOYOLALI}")
    await here.says(f"{KLATEN} {BOYOLALI} juga terkait")
    found = [await case(home, one) for one in (typed, asked, again)]
    assert [(one.offered, one.facts["tawaran"]["alasan"]) for one in found] == [
        (BOYOLALI, f"{KLATEN} juga terkait"),
        (BOYOLALI, "rapatnya di sana"),
        (KLATEN, f"{BOYOLALI} juga terkait"),
    ]


async def test_one_of_two_answers_wins_and_the_citizen_hears_of_that_one(any_house: House) -> None:
    home = any_house
    here, there, other = [await officer(home, code) for code in (SUKOHARJO, BOYOLALI, BOYOLALI)]
    report = await filed(home)
    await here.says(f"/ambil {report.ticket}")
    await here.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    heard = len(await home.heard(report.seat))
    rev = (await case(home, report.ticket)).rev
    await asyncio.gather(
        there.taps(f"/terima {report.ticket} @{rev}"), other.taps(f"/kembalikan {report.ticket} @{rev} bukan di sini")
    )
    after = await case(home, report.ticket)
    assert (after.office, after.offered, after.holder) in ((BOYOLALI, "", 0), (SUKOHARJO, "", 1))
    assert len(await home.heard(report.seat)) == heard + (after.office == BOYOLALI)


async def test_nobody_answers_it_comes_back_once_and_goes_up_the_second_time(any_house: House) -> None:
    home = any_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    province = await officer(home, "33")
    report = await filed(home)
    start = (await case(home, report.ticket)).deadline
    for _ in range(2):
        await here.says(f"/ambil {report.ticket}")
        await here.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
        home.clock.move(hours=23, minutes=59)
        await tick(home)
        assert (await case(home, report.ticket)).offered == BOYOLALI
        home.clock.move(minutes=1)
        await tick(home, 3)
        assert (await case(home, report.ticket)).offered == ""
    after = await case(home, report.ticket)
    assert (after.office, after.status, after.holder, after.deadline) == ("33", "baru", 0, start)
    told = [one["text"] for one in bodies(await here.all()) if "tidak menjawab tawaran" in str(one["text"])]
    assert len(told) == 1
    assert "Kasus itu tidak ada" in str(bodies(await there.says(f"/kasus {report.ticket}")))
    assert "Ambil" in (await province.all())[-1].buttons
    news = [str(one["text"]) for one in bodies(await home.heard(report.seat))]
    assert news[-1] == f"Kabar {report.ticket}: sudah sampai di Bawaslu Provinsi Jawa Tengah."
    assert home.serving.engine.parked == 0


async def test_an_office_that_empties_takes_its_offers_with_it(sqlite_house: House) -> None:
    home = sqlite_house
    here, there, province = [await officer(home, code) for code in (SUKOHARJO, BOYOLALI, "33")]
    report = await filed(home)
    await here.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    await here.says("/keluar ya")
    after = await case(home, report.ticket)
    assert (after.office, after.offered) == ("33", "")
    assert "Kasus itu tidak ada" in str(bodies(await there.says(f"/terima {report.ticket}")))
    home.clock.move(hours=48)
    await tick(home)
    assert (await case(home, report.ticket)).rev == after.rev
    assert "Ambil" in (await province.all())[-1].buttons


async def test_an_answer_that_came_just_before_the_end_stands(sqlite_house: House) -> None:
    home = sqlite_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    report = await filed(home)
    await here.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    offered = await case(home, report.ticket)
    await there.says(f"/terima {report.ticket}")
    await do(home, here.seat, lambda act: lapse(act, offered.id, offered.offer_ends), "kantor")
    after = await case(home, report.ticket)
    assert (after.office, after.rev) == (BOYOLALI, offered.rev + 1)


async def test_an_office_where_everyone_is_kept_out_of_it_is_offered_nothing(any_house: House) -> None:
    home = any_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    report, _ = await filed(home), await filed(home)
    number = await number_of(home, there)
    row = (await case(home, report.ticket)).id
    await home.serving.database.write(lambda conn: conflicts.bar(conn, row, number))
    nobody = str(bodies(await here.says(f"/alihkan {report.ticket} 32.01 rapatnya di sana")))
    refused = str(bodies(await here.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")))
    assert refused == nobody.replace("Kabupaten Bogor", "Kabupaten Boyolali")
    assert (await case(home, report.ticket)).offered == ""
    said = (await here.says(f"/massal baru: alihkan {BOYOLALI} rapatnya di sana"))[-1]
    assert f"1 tidak dapat diterima yang dituju: {report.ticket}" in said.text
    other = await officer(home, BOYOLALI)
    await here.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    assert (await case(home, report.ticket)).offered == BOYOLALI
    assert report.ticket in str(bodies(await other.says("/antrean tawaran")))
