"""What inviting, handing over and letting go come to, where the matrix does not say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, filed, number_of, officer
from tests.bot.matrix import placed
from tests.storage.life import officer_page

if TYPE_CHECKING:
    from tests.serving import House


async def test_a_code_made_in_chat_opens_that_seat_once(sqlite_house: House) -> None:
    home = sqlite_house
    head = await officer(home, "33", "koordinator")
    told = str(bodies(await head.says(f"/undang koordinator {SUKOHARJO}")))
    [code] = re.findall(r"kode=(\w+)", told)
    new, late = officer_page(home), officer_page(home)
    press = {"code": code, "name": "Bu Baru"}
    assert (await new.client.post("/petugas/masuk", json={"id": "masuk-000001", **press})).status_code == 200
    assert (await late.client.post("/petugas/masuk", json={"id": "masuk-000002", **press})).status_code == 403
    assert "Bu Baru, koordinator" in (await new.says("/kantor")).text


async def test_who_is_let_go_is_out_at_once_also_from_buttons_and_the_page(sqlite_house: House) -> None:
    home = sqlite_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), officer_page(home)
    told = str(bodies(await head.says("/undang petugas")))
    [code] = re.findall(r"kode=(\w+)", told)
    await one.client.post("/petugas/masuk", json={"id": "masuk-000001", "code": code, "name": "Bu Ani"})
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    held = await case(home, report.ticket)
    assert held.holder
    assert (await one.client.post("/petugas/chat/session")).status_code == 200
    said = str(bodies(await head.taps(f"/keluarkan {held.holder} ya")))
    assert "Bu Ani tidak lagi bertugas" in said
    assert "1 kasus yang ia tangani kembali ke antrean" in said
    assert (await one.client.post("/petugas/chat/session")).status_code == 401
    free = await case(home, report.ticket)
    assert (free.holder, free.status) == (0, "baru")
    pressed = await one.send(data=f"/ambil {report.ticket}", label="Ambil")
    assert pressed.status_code == 401
    assert (await case(home, report.ticket)).rev == free.rev


async def test_the_last_koordinator_stays(sqlite_house: House) -> None:
    home = sqlite_house
    head, above = await officer(home, SUKOHARJO, "koordinator"), await officer(home, "33", "koordinator")
    number = await number_of(home, head)
    for said in (await head.says("/keluar ya"), await above.says(f"/keluarkan {number} ya")):
        assert "koordinator terakhir" in str(bodies(said))
    assert await number_of(home, head)
    await officer(home, SUKOHARJO, "koordinator")
    await head.says("/keluar ya")
    assert not await number_of(home, head)


async def test_a_case_is_handed_only_to_who_may_see_it(sqlite_house: House) -> None:
    home = sqlite_house
    head, stranger = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI)
    auditor, able = await officer(home, SUKOHARJO, "auditor"), await officer(home, SUKOHARJO, "panwascam")
    report = await filed(home)
    for other in (stranger, auditor):
        heard = len(await other.all())
        said = await head.says(f"/serahkan {report.ticket} {await number_of(home, other)}")
        assert "tidak dapat menangani" in str(bodies(said))
        assert len(await other.all()) == heard
    number = await number_of(home, able)
    await head.says(f"/serahkan {report.ticket} {number}")
    assert (await case(home, report.ticket)).holder == number
    assert f"{report.ticket} diserahkan kepada Anda" in str(bodies(await able.all()))


async def test_an_office_that_nobody_serves_any_more_passes_its_cases_up(sqlite_house: House) -> None:
    home = sqlite_house
    above, one = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    await one.says("/keluar ya")
    moved = await case(home, report.ticket)
    assert (moved.office, moved.holder, moved.status) == ("33", 0, "baru")
    assert report.ticket in str(bodies(await above.says("/antrean")))
    assert "sudah sampai di Bawaslu Provinsi Jawa Tengah" in str(bodies(await home.heard(report.seat)))


async def test_who_joins_elsewhere_leaves_no_case_in_their_hands(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    await one.says(f"/start {await home.invite(BOYOLALI)}", name=one.name)
    free = await case(home, report.ticket)
    assert (free.holder, free.status, free.office) == (0, "baru", SUKOHARJO)


async def test_a_step_taken_back_puts_no_case_into_the_hands_of_who_left(sqlite_house: House) -> None:
    home = sqlite_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home)
    await placed(home, report, "bukan_pelanggaran", holder := await number_of(home, one))
    await head.says(f"/selesai {report.ticket}")
    assert (await case(home, report.ticket)).holder == holder  # it stays told who had it
    await one.says("/keluar ya")
    await head.says(f"/mundur {report.ticket}")
    back = await case(home, report.ticket)
    assert (back.status, back.holder) == ("bukan_pelanggaran", 0)
