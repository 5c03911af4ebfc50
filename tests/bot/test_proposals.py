"""What waits for a second person: it stands beside notes and questions, and falls by an edit, of which is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.events import OptionChosen, TextReceived
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, filed, number_of, officer

if TYPE_CHECKING:
    from tests.bot.desks import Filed, Officer
    from tests.serving import House

FELL = "Usul Anda untuk {ticket} gugur"
WAITS = "Menunggu orang kedua"


async def proposed(home: House, words: str = "tolak {} formal") -> tuple[Officer, Officer, Filed]:
    """One who proposed, another who could agree, and the case."""
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home, identity="kontak", position="asn", happened="2024-10-08", known="2024-10-08")
    await one.says(f"/ambil {report.ticket}")
    if words.startswith("tolak"):
        await one.says(f"/formulir {report.ticket} hari ini")
    await one.says(f"/{words.format(report.ticket)}")
    return one, other, report


async def told(one: Officer) -> str:
    return str(bodies(await one.all()))


BESIDE = (
    "catat {} sudah ditelepon", "label {} prioritas", "massal semua: label prioritas|massal ya", "tanya {} jam berapa?",
    "kabari {} sedang kami periksa", "lengkapi {} .t kirim", "kontak {}", "periksa {} 1", "berkas {}",
)  # fmt: skip


@pytest.mark.parametrize("line", BESIDE)
async def test_what_is_said_beside_the_case_leaves_it_standing(sqlite_house: House, line: str) -> None:
    home = sqlite_house
    one, other, report = await proposed(home, "tutup {} kurang jelas")
    rev = (await case(home, report.ticket)).rev
    by = one if line.startswith("kontak") else other
    for said in line.split("|"):
        await by.says(f"/{said.format(report.ticket)}")
    assert (await case(home, report.ticket)).rev > rev or line.startswith(("periksa", "berkas"))
    assert WAITS in str(bodies(await other.says(f"/kasus {report.ticket}"))[-1])
    assert FELL.format(ticket=report.ticket) not in await told(one)
    await other.taps(f"/setuju {report.ticket} @{rev}")  # of the card as it was: shown anew first, or obeyed
    await other.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditutup"


async def test_its_button_of_before_shows_the_case_first(sqlite_house: House) -> None:
    home = sqlite_house
    _, other, report = await proposed(home)
    rev = (await case(home, report.ticket)).rev
    await other.says(f"/catat {report.ticket} sudah ditelepon")
    seen = bodies(await other.taps(f"/setuju {report.ticket} @{rev}"))
    assert "sudah berubah sejak tombol itu tampil" in str(seen)
    assert "Setujui" in str(seen[-1]["buttons"])
    assert (await case(home, report.ticket)).status == "kajian_awal"


async def answers(one: Officer, other: Officer, report: Filed) -> str:
    await other.says(f"/tanya {report.ticket} jam berapa?")
    await one.home.say(report.seat, TextReceived("jam sembilan"))
    return "jawaban warga: jam sembilan"


async def hands_over(one: Officer, other: Officer, report: Filed) -> str:
    await other.says(f"/serahkan {report.ticket} {await number_of(other.home, other)}")
    return "diserahkan oleh"


async def moves(one: Officer, other: Officer, report: Filed) -> str:
    await other.says(f"/kurang {report.ticket} alamat terlapor")
    return "alamat terlapor"


@pytest.mark.parametrize("edit", [answers, hands_over, moves])
async def test_an_edit_voids_it_and_who_proposed_it_hears_so_at_once(any_house: House, edit: object) -> None:
    home = any_house
    one, other, report = await proposed(home)
    why = await edit(one, other, report)  # type: ignore[operator]
    [note] = [body for body in bodies(await one.all()) if FELL.format(ticket=report.ticket) in body["text"]]
    assert "Tidak diregistrasi: Syarat formal kurang" in note["text"]
    assert why in note["text"]
    assert "usul yang menunggu gugur" in str(bodies(await other.says(f"/kasus {report.ticket} riwayat")))
    assert "gugur, karena kasusnya berubah" in str(bodies(await other.says(f"/setuju {report.ticket}")))
    assert FELL.format(ticket=report.ticket) not in await told(other)
    await home.say(report.seat, TextReceived("Tambahan lagi"))
    assert (await told(one)).count(FELL.format(ticket=report.ticket)) == 1


async def test_the_same_is_proposed_again_by_one_press(any_house: House) -> None:
    home = any_house
    one, other, report = await proposed(home, "tutup {} kurang jelas")
    await answers(one, other, report)
    note = next(row for row in await one.all() if "Usul Anda untuk" in row.text)
    assert list(note.buttons) == ["Usulkan lagi", "Lihat kartu"]
    await home.say(one.seat, OptionChosen(note.buttons["Usulkan lagi"]), "kantor", sender=one.seat)
    assert WAITS in str(bodies(await other.says(f"/kasus {report.ticket}"))[-1])
    await other.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditutup"


async def test_an_offer_voids_it_too(sqlite_house: House) -> None:
    home = sqlite_house
    one, other, report = await proposed(home, "tutup {} kurang jelas")
    await officer(home, BOYOLALI)
    await other.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    assert FELL.format(ticket=report.ticket) in await told(one)


async def test_another_proposal_takes_the_place_of_the_first(sqlite_house: House) -> None:
    home = sqlite_house
    one, other, report = await proposed(home)
    await other.says(f"/registrasi {report.ticket} 001/Reg/2024, hari ini")
    assert f"{other.name} mengusulkan langkah lain" in await told(one)
    assert FELL.format(ticket=report.ticket) in await told(one)


async def test_who_may_not_see_it_any_more_hears_only_that(sqlite_house: House) -> None:
    home = sqlite_house
    one, other, report = await proposed(home, "tutup {} kurang jelas")
    province = await officer(home, "33")
    await one.says("/keluar ya")
    assert FELL.format(ticket=report.ticket) not in await told(other)
    assert "gugur" not in await told(province)


async def test_who_could_not_be_asked_yet_is_asked_also_after_a_note(any_house: House) -> None:
    """Nobody was there; a note came; then somebody joins."""
    home = any_house
    one = await officer(home, SUKOHARJO)
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    await one.says(f"/tutup {report.ticket} kurang jelas")
    await one.says(f"/catat {report.ticket} belum ada orang kedua")
    other = await officer(home, SUKOHARJO)
    assert f"{report.ticket}, Bawaslu Kabupaten Sukoharjo: {one.name} mengusulkan" in await told(other)


async def test_who_was_asked_is_not_asked_twice_after_a_note(sqlite_house: House) -> None:
    home = sqlite_house
    _, other, report = await proposed(home)
    third = await officer(home, SUKOHARJO)
    await other.says(f"/catat {report.ticket} ditunda")
    await other.says(f"/benturan {report.ticket} {await number_of(home, third)}")
    assert (await told(other)).count("Langkah ini perlu orang kedua") == 1


async def test_a_proposed_export_is_withdrawn_by_a_button(any_house: House) -> None:
    home = any_house
    one, other, report = await proposed(home, "telusuri {}")
    await one.says(f"/temuan {report.ticket} 012/TM/2024, hari ini")
    noted = next(row for row in await one.says("/ekspor csv") if "Usul ekspor dicatat" in row.text)
    await home.say(one.seat, OptionChosen(noted.buttons["Cabut usul"]), "kantor", sender=one.seat)
    assert "Usul ekspor Anda ditarik" in await told(one)
    asked = next(row for row in await other.all() if "mengusulkan ekspor" in row.text)
    await home.say(other.seat, OptionChosen(asked.buttons["Setujui"]), "kantor", sender=other.seat)
    assert "Tidak ada usul ekspor itu" in await told(other)
