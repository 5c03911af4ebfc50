"""What was begun, and what was done twice: a role goes while a prompt waits, a repeated step is taken back alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.bot.desks import SUKOHARJO, bodies, case, filed, number_of, officer

if TYPE_CHECKING:
    from tests.bot.desks import Officer
    from tests.serving import House


async def said(one: Officer, *lines: str) -> str:
    """The last answer, as text."""
    answers = [bodies(await one.says(line)) for line in lines]
    return str(answers[-1])


async def test_a_prompt_is_not_ended_by_who_lost_the_role_meanwhile(any_house: House) -> None:
    """A petugas begins to ask for an identity, and is a panwascam when the reason is typed."""
    home = any_house
    chief, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home, identity="rahasia", kecamatan="33.11.09")
    await said(one, f"/ambil {report.ticket}", f"/identitas {report.ticket}")
    invited = re.search(r"kode=([0-9A-Z-]+)", await said(chief, "/undang panwascam Grogol"))
    assert invited
    await said(one, f"/start {invited[1]}")
    await said(chief, f"/serahkan {report.ticket} {await number_of(home, one)}")
    assert "Perintah itu tidak dikenal" in await said(one, "undangan klarifikasi")
    assert "usul" not in (await case(home, report.ticket)).facts


async def test_a_text_of_the_office_is_not_ended_by_who_is_koordinator_no_more(sqlite_house: House) -> None:
    home = sqlite_house
    await officer(home, SUKOHARJO, "koordinator")
    one = await officer(home, SUKOHARJO, "koordinator")
    await said(one, "/templat simpan halo", "kabari", "apa saja", "Terima kasih.")
    await said(one, f"/start {await home.invite(SUKOHARJO, 'petugas')}")
    assert "Perintah itu tidak dikenal" in await said(one, "simpan")
    assert home.serving.engine.parked == 0


async def forwarded(home: House) -> tuple[Officer, str]:
    """A case whose recommendation went to BKN."""
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home, position="asn", happened="2024-10-08", known="2024-10-08")).ticket
    await said(one, f"/ambil {ticket}", f"/formulir {ticket} hari ini", f"/registrasi {ticket} 001/Reg/LP/PB/X/2024")
    await said(chief, f"/setuju {ticket}")
    steps = ("kajian", "pleno", "rekomendasi", "teruskan")
    words = ("", " 021/PLENO/X/2024", " 145/PM.00.02/K.JT-27/10/2024", " BKN")
    await said(one, *(f"/{name} {ticket}{more}" for name, more in zip(steps, words, strict=True)))
    return one, ticket


async def test_of_two_forwardings_the_second_is_taken_back_and_the_first_stands(any_house: House) -> None:
    home = any_house
    one, ticket = await forwarded(home)
    first = await case(home, ticket)
    home.clock.move(days=1)
    await said(one, f"/teruskan {ticket} PPK")
    assert (await case(home, ticket)).facts["teruskan"] != first.facts["teruskan"]
    await said(one, f"/mundur {ticket}")
    after = await case(home, ticket)
    assert (after.status, after.facts["teruskan"], after.deadline) == (
        "diteruskan", first.facts["teruskan"], first.deadline,
    )  # fmt: skip


async def test_words_that_end_like_a_revision_are_words(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await officer(home, SUKOHARJO), await filed(home)
    assert "Dicatat" in await said(one, f"/catat {report.ticket} kampanye di akun @2024")
    assert "kampanye di akun @2024" in await said(one, f"/kasus {report.ticket} riwayat")
