"""A panwascam sees one kecamatan, and what was put into their hands; an office is more than its panwascam."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.config import WrongUse
from bot.invitations import checked_kecamatan, post_of
from handlers.book import Book
from handlers.effects import Complete
from handlers.flow import Misread
from handlers.which_kecamatan import which_kecamatan
from law.calendar import Calendar
from place.areas import all_kabupaten, all_provinsi, office_name
from place.districts import all_kecamatan
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, do, filed, number_of, officer, remove
from tests.bot.test_conflicts import HIDDEN, OURS, like_nothing
from tests.bot.test_mornings import tick, told

if TYPE_CHECKING:
    from tests.serving import House

GROGOL, KARTASURA = f"{SUKOHARJO}.09", f"{SUKOHARJO}.12"
NAMES = {area.code: office_name(area.code) for area in (*all_kabupaten(), *all_provinsi())}
BOOK = Book({}, Calendar.load(), offices=NAMES, kecamatan=all_kecamatan())


async def test_sight_follows_the_kecamatan_of_the_case(any_house: House) -> None:
    home = any_house
    head, near, far = [
        await officer(home, *post)
        for post in ((SUKOHARJO, "koordinator"), (GROGOL, "panwascam"), (KARTASURA, "panwascam"))
    ]
    report = await filed(home, kecamatan=GROGOL)
    unknown = await filed(home)
    heard = [report.ticket in str(bodies(await one.all())) for one in (head, near, far)]
    assert heard == [True, True, False]
    for one in (near, far):
        assert await like_nothing(one, unknown, "/kasus {}", "/ambil {}", "/catat {} uji")
    assert await like_nothing(far, report, "/kasus {}", "/ambil {}", "/berkas {}")
    place = {
        **(await case(home, report.ticket)).answers["place"],
        "kecamatan_code": KARTASURA,
        "kecamatan": "Kartasura",
    }
    await do(home, report.seat, lambda act: act.perform(act, Complete(report.ticket, {"place": place})))
    assert (await near.all())[-1].text == f"{report.ticket} · {HIDDEN}"
    assert await like_nothing(near, report, "/kasus {}", "/ambil {}")
    assert report.ticket in str(bodies(await far.all()))
    await far.says(f"/ambil {report.ticket}")
    assert (await case(home, report.ticket)).holder == await number_of(home, far)


async def test_what_is_handed_over_is_seen_until_it_is_given_back(any_house: House) -> None:
    home = any_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, GROGOL, "panwascam")
    report = await filed(home, kecamatan=KARTASURA)
    await head.says(f"/serahkan {report.ticket} {await number_of(home, one)}")
    assert report.ticket in str(bodies(await one.says("/antrean saya")))
    await one.says(f"/catat {report.ticket} dicek")
    await one.says(f"/lepas {report.ticket}")
    assert (await case(home, report.ticket)).holder == 0
    assert await like_nothing(one, report, "/kasus {}", "/ambil {}")


async def test_another_kecamatan_closes_the_cards_of_the_one_before(sqlite_house: House) -> None:
    home = sqlite_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, GROGOL, "panwascam")
    report, other = await filed(home, kecamatan=GROGOL), await filed(home, kecamatan=KARTASURA)
    number = await number_of(home, one)
    for line in (f"/kantor kecamatan {number} Laweyan", f"/kantor kecamatan {await number_of(home, head)} Kartasura"):
        await head.says(line)
    assert not await like_nothing(one, report, "/kasus {}")
    await head.says(f"/kantor kecamatan {number} Kartasura")
    assert f"{report.ticket} · {HIDDEN}" in [seen.text for seen in await one.all()]
    assert await like_nothing(one, report, "/kasus {}")
    assert other.ticket in str(bodies(await one.says("/antrean")))
    await one.says(f"/kantor kecamatan {number} Grogol")
    assert await like_nothing(one, report, "/kasus {}")


async def test_in_the_group_a_panwascam_presses_only_what_is_theirs(sqlite_house: House) -> None:
    home = sqlite_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, GROGOL, "panwascam")
    await head.says("/kantor grup", address=OURS)
    far, near = await filed(home, kecamatan=KARTASURA), await filed(home, kecamatan=GROGOL)
    assert await like_nothing(one, far, "/ambil {}", "/kasus {}", "/catat {} uji", address=OURS)
    await one.taps(f"/ambil {far.ticket} @1", address=OURS)
    await one.taps(f"/ambil {near.ticket} @1", address=OURS)
    assert [(await case(home, each.ticket)).holder != 0 for each in (far, near)] == [False, True]


async def test_an_office_of_panwascam_alone_has_nobody_who_sees_all(sqlite_house: House) -> None:
    home = sqlite_house
    above, alone = await officer(home, "33", "koordinator"), await officer(home, GROGOL, "panwascam")
    report = await filed(home, kecamatan=KARTASURA)
    assert (await case(home, report.ticket)).office == "33"
    assert report.ticket in str(bodies(await above.all()))
    head = await officer(home, SUKOHARJO, "petugas")
    assert (await case(home, report.ticket)).office == SUKOHARJO
    near = await filed(home, kecamatan=GROGOL)
    await alone.says(f"/ambil {near.ticket}")
    await head.says("/keluar ya")
    left = await case(home, near.ticket)
    assert (left.office, left.holder, left.status) == ("33", 0, "baru")


async def test_the_last_koordinator_stays_and_a_panwascam_who_is_let_go_is_out(sqlite_house: House) -> None:
    home = sqlite_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, GROGOL, "panwascam")
    report = await filed(home, kecamatan=GROGOL)
    buttons = [data for seen in await one.all() for data in seen.buttons.values() if report.ticket in data]
    assert "koordinator terakhir" in str(bodies(await head.says("/keluar ya")))
    assert await number_of(home, head)
    await head.says(f"/keluarkan {await number_of(home, one)} ya")
    before = await case(home, report.ticket)
    for data in buttons:
        assert report.ticket not in str(bodies(await one.taps(data)))
    assert (await case(home, report.ticket)).rev == before.rev
    assert buttons
    await remove(home, head)


async def test_the_morning_is_of_the_own_kecamatan(sqlite_house: House) -> None:
    home = sqlite_house
    near, far = await officer(home, GROGOL, "panwascam"), await officer(home, KARTASURA, "panwascam")
    head = await officer(home, SUKOHARJO)
    await filed(home, kecamatan=GROGOL)
    home.clock.at = datetime(2024, 10, 11, 1, 0, tzinfo=UTC)
    await tick(home)
    assert [len(await told(one)) for one in (head, near, far)] == [1, 1, 0]


def test_a_kecamatan_is_named_as_people_name_it() -> None:
    assert which_kecamatan("33.11.09", SUKOHARJO, BOOK) == GROGOL
    assert which_kecamatan("Kec. grogol", SUKOHARJO, BOOK) == GROGOL
    assert which_kecamatan("Bulu Rembang", "33", BOOK) == "33.17.02"
    assert which_kecamatan("Karanganyar, Kab. Karanganyar", "33", BOOK) == "33.13.09"
    for said in ("33.09.01", "Laweyan", "", "Grogol Rembang"):
        with pytest.raises(Misread):
            which_kecamatan(said, SUKOHARJO, BOOK)
    with pytest.raises(Misread) as several:
        which_kecamatan("Bulu", "33", BOOK)
    assert "33.17.02" in str(several.value.hint)


def test_the_operator_names_the_kecamatan_too() -> None:
    assert checked_kecamatan(SUKOHARJO, "panwascam", "Grogol") == GROGOL
    assert checked_kecamatan(SUKOHARJO, "petugas", "") == ""
    assert post_of(GROGOL, "panwascam") == (SUKOHARJO, "panwascam", GROGOL)
    for office, role, said in (
        ("33", "panwascam", "Grogol"),
        (SUKOHARJO, "panwascam", ""),
        (SUKOHARJO, "petugas", "Baki"),
    ):
        with pytest.raises(WrongUse):
            checked_kecamatan(office, role, said)


def test_the_names_are_the_maps_own() -> None:
    assert len(all_kecamatan()) == 7285
    assert all_kecamatan()[GROGOL] == "Grogol"


async def test_who_sees_another_kecamatan_now_does_not_hear_what_became_of_an_offer(any_house: House) -> None:
    home = any_house
    head, other = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI)
    desks = [await officer(home, GROGOL, "panwascam") for _ in range(2)]
    reports = [await filed(home, kecamatan=GROGOL) for _ in desks]
    for desk, report in zip(desks, reports, strict=True):
        await desk.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    await head.says(f"/kantor kecamatan {await number_of(home, desks[0])} Kartasura")
    for report in reports:
        await other.says(f"/terima {report.ticket}")
    heard = [
        f"menerima {report.ticket}" in str(bodies(await one.all())) for one, report in zip(desks, reports, strict=True)
    ]
    assert heard == [False, True]
