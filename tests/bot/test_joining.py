"""Who joins by whose invitation: not the second person of who let them in, seen by others, kept out of the same."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, update

from handlers.events import TextReceived
from handlers.near import FRESH
from storage import joining
from storage.cases import stamp
from storage.tables import staff
from tests.bot.desks import BOYOLALI, SUKOHARJO, Officer, bodies, case, filed, identifying, number_of, officer
from tests.storage.life import officer_page

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.serving import House

NO_SECOND = "Anda belum dapat menjadi orang kedua"
STAYS = "Anda koordinator terakhir"
FEW = 20  # questions to the database
_seats = count(1)


async def code_of(head: Officer, post: str = "petugas") -> str:
    [code] = re.findall(r"kode=(\w+)", str(bodies(await head.says(f"/undang {post}"))))
    return str(code)


async def seated(home: House, code: str, role: str = "petugas") -> Officer:
    """Somebody at a seat of their own, by this code; maybe somebody who sits elsewhere already."""
    number = next(_seats)
    one = Officer(home, f"kursi{number}", SUKOHARJO, role, f"Pendatang {number}")
    await home.say(one.seat, TextReceived(f"/start {code}"), "kantor", name=one.name)
    assert await number_of(home, one)
    return one


async def invited(home: House, head: Officer, post: str = "petugas") -> Officer:
    return await seated(home, await code_of(head, post), post.split(maxsplit=1)[0])


# --- two people -----------------------------------------------------------------------------------------------------


async def test_one_koordinator_on_two_seats_opens_no_identity(any_house: House) -> None:
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home, identity="rahasia")
    await head.says(f"/ambil {report.ticket}")
    await head.says(f"/identitas {report.ticket} ingin tahu")
    straw = await invited(home, head)
    assert f"{report.ticket}, Bawaslu Kabupaten Sukoharjo: {head.name}" not in str(
        bodies(await straw.all())
    )  # nor are they asked
    assert NO_SECOND in str(bodies(await straw.says(f"/setuju {report.ticket}")))
    assert not identifying(await head.all())
    assert (await case(home, report.ticket)).facts["usul"]


@pytest.mark.parametrize("how", ["pengundang", "saudara", "cucu", "pindah", "kembali"])
async def test_nor_does_any_other_pair_of_what_hangs_together(any_house: House, how: str) -> None:
    """Whoever of them proposes."""
    home = any_house
    head, leader = await officer(home, SUKOHARJO, "koordinator"), await officer(home, "33", "koordinator")
    one, other = head, await invited(home, head)
    if how == "saudara":
        one = await invited(home, head)
    elif how == "cucu":
        other = await invited(home, await invited(home, head, "koordinator"))
    elif how == "pindah":
        await other.says(f"/start {await code_of(head, 'koordinator')}")
    elif how == "kembali":
        back = await code_of(leader, f"koordinator {SUKOHARJO}")
        await officer(home, SUKOHARJO, "koordinator")
        await head.says("/keluar ya")
        await head.says(f"/start {back}")
    for first, second in ((one, other), (other, one)):
        report = await filed(home)
        await first.says(f"/tutup {report.ticket} kurang_jelas")
        assert NO_SECOND in str(bodies(await second.says(f"/setuju {report.ticket}")))
        assert (await case(home, report.ticket)).status == "baru"


async def test_who_was_there_before_is_asked_and_after_a_day_the_newcomer_too(any_house: House) -> None:
    home = any_house
    head, leader = await officer(home, SUKOHARJO, "koordinator"), await officer(home, "33", "koordinator")
    new = await invited(home, head)
    asked = "{}, Bawaslu Kabupaten Sukoharjo: " + head.name
    first, second, third = [(await filed(home)).ticket for _ in range(3)]
    await head.says(f"/tutup {first} kurang_jelas")
    assert asked.format(first) in str(bodies(await leader.all()))
    assert asked.format(first) not in str(bodies(await new.all()))
    old = await officer(home, SUKOHARJO)
    await head.says(f"/tutup {second} kurang_jelas")
    assert asked.format(second) in str(bodies(await old.all()))
    assert asked.format(second) not in str([bodies(await one.all()) for one in (new, leader)])
    await new.says(f"/tutup {third} kurang_jelas")
    assert "disetujui" in str(bodies(await old.says(f"/setuju {third}")))  # a newcomer and somebody else are two
    home.clock.move(hours=24)
    assert "disetujui" in str(bodies(await new.says(f"/setuju {second}")))
    assert (await case(home, second)).status == "ditutup"


async def test_when_only_who_is_too_near_is_left_the_next_one_is_asked(sqlite_house: House) -> None:
    home = sqlite_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    leader, new = await officer(home, "33", "koordinator"), await invited(home, head)
    report = await filed(home)
    await head.says(f"/tutup {report.ticket} kurang_jelas")
    await old.says("/keluar ya")
    assert f"{report.ticket}, Bawaslu Kabupaten Sukoharjo: {head.name}" in str(bodies(await leader.all()))
    assert f"{report.ticket}, Bawaslu Kabupaten Sukoharjo: {head.name}" not in str(bodies(await new.all()))


async def test_who_takes_another_post_is_known_already(sqlite_house: House) -> None:
    home = sqlite_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    await old.says(f"/start {await code_of(head, 'koordinator')}")
    report = await filed(home)
    await head.says(f"/tutup {report.ticket} kurang_jelas")
    await old.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditutup"


async def test_the_register_does_not_go_out_so_either(sqlite_house: House) -> None:
    home = sqlite_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home, happened="2024-10-01")
    for line in ("/ambil {}", "/formulir {} hari ini", "/registrasi {} 001/Reg/LP/PB/X/2024, hari ini"):
        await head.says(line.format(report.ticket))
    await old.says(f"/setuju {report.ticket}")
    new = await invited(home, head)
    await head.says("/ekspor csv")
    assert "mengusulkan ekspor" in str(bodies(await old.all()))
    assert "mengusulkan ekspor" not in str(bodies(await new.all()))
    assert NO_SECOND in str(bodies(await new.says("/ekspor setuju 1")))
    assert "Disetujui" in str(bodies(await old.says("/ekspor setuju 1")))


async def test_others_hear_who_joined_by_whose_invitation(sqlite_house: House) -> None:
    home = sqlite_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    nation, elsewhere = await officer(home, "RI", "koordinator"), await officer(home, BOYOLALI, "koordinator")
    clerk, auditor = await officer(home, "33"), await officer(home, SUKOHARJO, "auditor")
    first = await invited(home, head)
    number = await number_of(home, first)
    told = f"{first.name} mulai bertugas di Bawaslu Kabupaten Sukoharjo sebagai petugas, atas undangan {head.name}."
    out = f"/keluarkan {number} ya"
    for one, may in ((head, True), (old, False), (nation, True)):  # nobody leads the province
        said = str(bodies(await one.all()))
        assert told in said
        assert (out in said) is may
    for one in (elsewhere, clerk, auditor, first):
        assert told not in str(bodies(await one.all()))
    leader = await officer(home, "33", "koordinator")
    second = await invited(home, head, "panwascam Grogol")
    assert f"{second.name} mulai bertugas" in str(bodies(await leader.all()))
    assert "panwascam Kecamatan Grogol" in str(bodies(await leader.all()))
    assert second.name not in str(bodies(await nation.all()))
    assert "tidak lagi bertugas" in str(bodies(await leader.says(out)))


# --- an invitation falls with who made it ---------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["keluarkan", "petugas", "kantor lain"])
async def test_an_invitation_falls_with_who_made_it(any_house: House, how: str) -> None:
    home = any_house
    head, other = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO, "koordinator")
    leader = await officer(home, "33", "koordinator")
    code, sound = await code_of(other, "koordinator"), await code_of(leader, f"petugas {SUKOHARJO}")
    if how == "keluarkan":
        await head.says(f"/keluarkan {await number_of(home, other)} ya")
    elif how == "petugas":
        await other.says(f"/start {await code_of(head)}")
    else:
        await other.says(f"/start {await home.invite(BOYOLALI, 'koordinator')}")
    before = await number_of(home, other)
    wrong = bodies(await other.says("/start " + "0" * 20))
    assert bodies(await other.says(f"/start {code}")) == wrong
    assert await number_of(home, other) == before
    page = officer_page(home)
    answer = await page.client.post("/petugas/masuk", json={"id": "masuk-000001", "code": code, "name": "Bu Baru"})
    assert answer.status_code == 403
    assert await number_of(home, await seated(home, sound))  # from above, by who leads there still
    assert await number_of(home, await seated(home, await home.invite(SUKOHARJO)))  # and the operator's


# --- the last koordinator -------------------------------------------------------------------------------------------


async def test_the_last_koordinator_does_not_leave_by_an_invitation(any_house: House) -> None:
    home = any_house
    head, _ = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    number = await number_of(home, head)
    codes = [await code_of(head), await home.invite(BOYOLALI, "koordinator")]
    for code in codes:
        assert STAYS in str(bodies(await head.says(f"/start {code}")))
    assert await number_of(home, head) == number
    await head.says(f"/start {await home.invite(SUKOHARJO, 'koordinator')}")  # the same post: nothing is lost
    assert await number_of(home, head) != number
    await officer(home, SUKOHARJO, "koordinator")
    assert "Boyolali" in str(bodies(await head.says(f"/start {codes[1]}")))


async def test_nor_by_the_door_of_the_page(sqlite_house: House) -> None:
    home = sqlite_house
    page, code = officer_page(home), await home.invite(BOYOLALI)
    await page.enter(await home.invite(SUKOHARJO, "koordinator"), "Bu Ani")
    press = {"id": "masuk-000009", "code": code, "name": "Bu Ani"}
    answer = await page.client.post("/petugas/masuk", json=press)
    assert (answer.status_code, STAYS in answer.json()["error"]) == (409, True)
    assert "Bu Ani, koordinator" in (await page.says("/kantor")).text
    await officer(home, SUKOHARJO, "koordinator")
    assert (await page.client.post("/petugas/masuk", json=press)).status_code == 200
    assert "Boyolali" in (await page.says("/kantor")).text


async def test_who_closes_the_page_for_good_goes_and_above_they_hear_that_nobody_leads(sqlite_house: House) -> None:
    home = sqlite_house
    leader, clerk = await officer(home, "33", "koordinator"), await officer(home, "33")
    first, last = officer_page(home), officer_page(home)
    for page, name in ((first, "Bu Ani"), (last, "Bu Citra")):
        await page.enter(await home.invite(SUKOHARJO, "koordinator"), name)
    assert (await first.client.delete("/petugas/chat/session")).status_code == 204
    assert "tidak punya koordinator" not in str(bodies(await leader.all()))
    assert (await last.client.delete("/petugas/chat/session")).status_code == 204
    [told] = [one.text for one in await leader.all() if "tidak punya koordinator" in one.text]
    assert "Bu Citra" in told
    assert f"/undang koordinator {SUKOHARJO}" in told
    assert "tidak punya koordinator" not in str(bodies(await clerk.all()))


async def test_who_moves_to_another_page_of_their_own_is_no_newcomer(sqlite_house: House) -> None:
    """Promoted by a colleague who is kept out of a case, they are known, and see it as before."""
    home = sqlite_house
    leader, head = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO, "koordinator")
    page, report = officer_page(home), await filed(home)
    await page.enter(await home.invite(SUKOHARJO), "Bu Ani")
    await leader.says(f"/benturan {report.ticket} {await number_of(home, head)}")
    await page.enter(await code_of(head, "koordinator"), "Bu Ani")
    assert report.ticket in (await page.says(f"/kasus {report.ticket}")).text
    other = await filed(home)
    await head.says(f"/tutup {other.ticket} kurang_jelas")
    await page.says(f"/setuju {other.ticket}")
    assert (await case(home, other.ticket)).status == "ditutup"


async def test_whoever_returns_by_a_newcomer_stems_from_two_who_were_there_before(any_house: House) -> None:
    """Both ways end, and at different lengths."""
    home = any_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    numbers = [await number_of(home, one) for one in (head, old)]
    home.clock.move(days=2)
    chief, back = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    fresh = [await number_of(home, one) for one in (chief, back)]

    def stemming(conn: Connection) -> dict[int, tuple[int, ...]]:
        for number, (inviter, former) in zip(fresh, ((numbers[0], None), (fresh[0], numbers[1])), strict=True):
            row = update(staff).where(staff.c.id == number)
            conn.execute(row.values(inviter=inviter, former=former))
        asked = count(1)

        def one_more(*_: object) -> None:
            assert next(asked) < FEW, "it goes round"

        event.listen(conn, "before_cursor_execute", one_more)
        return joining.stems(conn, [fresh[1]], stamp(home.clock.now() - FRESH))

    found = await home.serving.database.write(stemming)
    assert found == {fresh[1]: (fresh[0], numbers[1]), fresh[0]: (numbers[0],)}


# --- at once --------------------------------------------------------------------------------------------------------


async def test_a_last_koordinator_hears_at_once_that_they_stay(any_house: House) -> None:
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    await officer(home, SUKOHARJO)
    told = await head.says("/keluar")
    assert "koordinator terakhir" in str(bodies(told))
    assert "/undang koordinator" in str(bodies(told))
    assert not told[-1].buttons
    other = await invited(home, head, "koordinator")
    for one in (head, other):
        assert (await one.says("/keluar"))[-1].buttons == {"Ya, berhenti": "/keluar ya"}


async def test_whoever_nobody_knows_is_let_go_by_a_button_that_asks_first(any_house: House) -> None:
    home = any_house
    above, head = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO, "koordinator")
    await officer(home, SUKOHARJO)
    stranger = await invited(home, head)
    number = await number_of(home, stranger)
    for lead in (head, above):  # who may let go below, too
        alarm = (await lead.all())[-1]
        assert f"/keluarkan {number} ya" in alarm.text
        assert list(alarm.buttons) == ["Keluarkan"]
        asked = (await lead.taps(f"/keluarkan {number}"))[-1]
        assert f"Keluarkan {stranger.name} (petugas) dari Bawaslu Kabupaten Sukoharjo?" in asked.text
        assert list(asked.buttons) == ["Ya, keluarkan"]
        assert await number_of(home, stranger)
    await above.taps(f"/keluarkan {number} ya")
    assert not await number_of(home, stranger)


async def test_nobody_lets_go_whoever_serves_elsewhere(sqlite_house: House) -> None:
    home = sqlite_house
    head, other = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI)
    told = str(bodies(await head.says(f"/keluarkan {await number_of(home, other)}")))
    assert other.name not in told
    assert "Boyolali" not in told
