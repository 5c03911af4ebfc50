"""/kantor nama: an officer is called in cards and papers as in their letter of appointment, and colleagues know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, filed, number_of, officer

if TYPE_CHECKING:
    from tests.bot.desks import Officer
    from tests.serving import House

NAME = "Danu Wibowo, S.H."


async def said(one: Officer, line: str) -> str:
    return str(bodies(await one.says(line)))


async def test_the_name_stands_in_cards_and_in_what_was_done_before(any_house: House) -> None:
    home = any_house
    head, one, other = [await officer(home, SUKOHARJO, role) for role in ("koordinator", "petugas", "auditor")]
    above, far = await officer(home, "33", "koordinator"), await officer(home, BOYOLALI, "koordinator")
    ticket = (await filed(home)).ticket
    await one.says(f"/ambil {ticket}")
    before = one.name
    assert "Petugas lain sudah diberi tahu" in await said(head, f"/kantor nama {await number_of(home, one)} {NAME}")
    history = await said(head, f"/kasus {ticket} riwayat")
    assert f"diambil oleh {NAME}" in history
    assert before not in history
    for reader, hears in ((one, True), (other, True), (above, True), (far, False), (head, False)):
        heard = [row.text for row in await reader.all()]
        assert any(NAME in text and "tercatat sebagai" in text and "diubah" in text for text in heard) is hears
    stored = await home.serving.database.read(lambda conn: str(conn.exec_driver_sql("select * from staff").all()))
    assert "Wibowo" not in stored
    assert (await said(one, f"/kasus {ticket}")).count(NAME)  # who is named so serves on


@pytest.mark.parametrize("name", ["🔥", "A", "1234", "Budi\u202enatnaK", "=HYPERLINK", "@petugas", "x" * 61, "Budi<b>"])
async def test_what_is_no_name_is_refused(sqlite_house: House, name: str) -> None:
    home = sqlite_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    assert "Tulis nomor petugas dan namanya" in await said(head, f"/kantor nama {await number_of(home, one)} {name}")


async def test_only_a_koordinator_of_the_office_or_above_and_no_name_twice(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, two = [await officer(home, SUKOHARJO, role) for role in ("koordinator", "petugas", "petugas")]
    above, far = await officer(home, "33", "koordinator"), await officer(home, BOYOLALI, "koordinator")
    number, second = await number_of(home, one), await number_of(home, two)
    assert "Hanya koordinator" in await said(one, f"/kantor nama {number} {NAME}")
    unknown = await said(far, f"/kantor nama 99999 {NAME}")
    assert await said(far, f"/kantor nama {number} {NAME}") == unknown  # denied is said like not existing
    assert "sekarang tercatat" in await said(above, f"/kantor nama {number} {NAME}")
    assert "Sudah ada petugas bernama" in await said(head, f"/kantor nama {second} {NAME.upper()}")
    assert "sekarang tercatat" in await said(head, f"/kantor nama {number} {NAME.upper()}")  # the own is no other's
