"""Who leaves and comes back is the same person: what they were kept out of, and what they proposed, goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.events import OptionChosen, TextReceived
from tests.bot.desks import SUKOHARJO, Officer, bodies, case, filed, number_of, officer
from tests.bot.test_conflicts import ACCUSED, AGENCY, desk, like_nothing, marked
from tests.storage.life import officer_page

if TYPE_CHECKING:
    from tests.serving import House


async def back(home: House, one: Officer) -> None:
    await one.says(f"/start {await home.invite(SUKOHARJO, 'petugas')}")


async def test_a_mark_follows_who_left_and_came_back(any_house: House) -> None:
    home = any_house
    head, one, _, report = await desk(home)
    await marked(home, head, one, report)
    await one.says("/keluar ya")
    await back(home, one)
    assert await like_nothing(one, report, "/kasus {}")


async def test_so_does_a_tie_to_an_agency(any_house: House) -> None:
    home = any_house
    head, one, *_ = await desk(home)
    await head.says(f"/benturan {await number_of(home, one)} {AGENCY}")
    await head.says(f"/keluarkan {await number_of(home, one)} ya")
    await back(home, one)
    later = await filed(home, terlapor=ACCUSED)
    assert await like_nothing(one, later, "/kasus {}")
    assert later.ticket not in str(bodies(await one.all()))


async def test_a_mark_follows_to_another_seat_at_the_page(any_house: House) -> None:
    home = any_house
    head, _, _, report = await desk(home)
    page = officer_page(home)
    await page.enter(await home.invite(SUKOHARJO), "Bu Ani")
    one = Officer(home, page.seat, SUKOHARJO, "petugas", "Bu Ani")
    await marked(home, head, one, report)
    for role in ("koordinator", "petugas"):
        await page.enter(await home.invite(SUKOHARJO, role), "Bu Ani")
    assert len((await case(home, report.ticket)).barred) == 3
    assert "tidak ada di antrean Anda" in (await page.says(f"/kasus {report.ticket}")).text


async def test_who_proposed_is_no_second_under_another_number(any_house: House) -> None:
    home = any_house
    _, one, other, report = await desk(home)
    await one.says(f"/tutup {report.ticket} kurang_jelas")
    await back(home, one)
    await one.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "baru"
    await other.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "baru", "nobody stands behind it any more"


async def test_nor_of_an_export(any_house: House) -> None:
    home = any_house
    head, one, other, report = await desk(home)
    for line in (f"/ambil {report.ticket}", f"/formulir {report.ticket} hari ini"):
        await other.says(line)
    await other.says(f"/registrasi {report.ticket} 001/Uji/X/2024, hari ini")
    await head.says(f"/setuju {report.ticket}")
    await one.says("/ekspor csv")
    await back(home, one)
    assert "Disetujui" not in str(bodies(await one.says("/ekspor setuju 1")))


async def test_who_held_a_case_that_is_over_hears_no_more_of_it(any_house: House) -> None:
    home = any_house
    head, one, _, report = await desk(home)
    await one.says(f"/ambil {report.ticket}")
    await one.says(f"/tutup {report.ticket} selesai")
    await marked(home, head, one, report)
    heard = len(await one.all())
    await home.say(report.seat, TextReceived("/koreksi namanya salah tulis"))
    assert report.ticket not in str(bodies((await one.all())[heard:]))


async def test_two_who_mark_at_once_do_not_let_in(any_house: House) -> None:
    home = any_house
    head, one, _, report = await desk(home)
    above = await officer(home, "33", "koordinator")
    for who in (head, above):
        await who.says(f"/benturan {report.ticket}")
    presses = OptionChosen(f"/benturan {report.ticket} {await number_of(home, one)} jauhkan @1")
    for who in (head, above):
        await home.say(who.seat, presses, "kantor", sender=who.seat)
    assert (await case(home, report.ticket)).barred == {await number_of(home, one)}


async def test_a_list_that_a_colleague_kept_is_no_step(any_house: House) -> None:
    home = any_house
    _, one, other, report = await desk(home)
    for line in (f"/ambil {report.ticket}", f"/telusuri {report.ticket}"):
        await one.says(line)
    await other.says(f"/periksa {report.ticket} + minta notulen")
    await one.says(f"/mundur {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditangani"


async def test_labels_of_a_case_that_is_hidden_are_not_offered(any_house: House) -> None:
    home = any_house
    head, one, other, report = await desk(home)
    second = await filed(home)
    await marked(home, head, one, report)
    await other.says(f"/label {report.ticket} ipar-pak-camat")
    assert "ipar" not in str(bodies(await one.says(f"/label {second.ticket}")))
    assert "ipar" in str(bodies(await other.says(f"/label {second.ticket}")))
