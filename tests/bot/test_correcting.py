"""/ralat: what was mistyped for a step is put right by two people, and the clocks and papers follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.desks import SUKOHARJO, bodies, case, filed, officer, remove
from tests.bot.test_papers import bare, fetched, text_of
from tests.bot.test_papers import desk as paper_desk

if TYPE_CHECKING:
    from tests.bot.desks import Officer
    from tests.serving import House

MEANT = "021/PLENO/X/2024, 9 Oktober 2024"


async def said(one: Officer, *lines: str) -> str:
    """The last answer, as text."""
    return str([bodies(await one.says(line)) for line in lines][-1])


async def pressed(one: Officer, line: str, label: str) -> str:
    """What comes of a button that the answer to a line has."""
    data = button(bodies(await one.says(line)), label)
    return str(bodies(await one.taps(data)))


def button(answers: list[dict[str, Any]], label: str) -> str:
    """What the button of this label carries; "" where there is none."""
    found = [one for body in answers for one in body.get("buttons", ()) if one[0] == label]
    return found[-1][1] if found else ""


async def decided(home: House, mistyped: str = "012/PLENO/X/2024, 9 Oktober 2024") -> tuple[Officer, Officer, str]:
    """A case whose plenary stands with another number; who holds it, and a koordinator."""
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home, position="asn", happened="2024-10-07", known="2024-10-08")).ticket
    await said(one, f"/ambil {ticket}", f"/formulir {ticket} 8 Oktober 2024")
    await said(one, f"/registrasi {ticket} 001/Reg/LP/PB/X/2024, 8 Oktober 2024")
    await said(chief, f"/setuju {ticket}")
    await said(one, f"/kajian {ticket}", f"/pleno {ticket} {mistyped}")
    await said(one, f"/rekomendasi {ticket} 145/PM.00.02/K.JT-27/10/2024, 9 Oktober 2024")
    return one, chief, ticket


async def test_two_people_put_a_number_right(any_house: House) -> None:
    home = any_house
    one, chief, ticket = await decided(home)
    told = await said(one, f"/ralat {ticket}")
    assert all(name in told for name in ("Formulir tiba", "Registrasi", "Pleno", "Rekomendasi"))
    assert "012/PLENO/X/2024, 9 Oktober 2024" in await said(one, "pleno")
    assert "Menunggu orang kedua" in await said(one, MEANT)
    assert (await case(home, ticket)).facts["pleno"]["nomor"] == "012/PLENO/X/2024"
    assert "perlu disetujui orang lain" in await said(one, f"/setuju {ticket}")
    before = await home.last(one.seat, "kantor")
    await said(chief, f"/setuju {ticket}")
    now = await case(home, ticket)
    assert now.facts["pleno"] == {"nomor": "021/PLENO/X/2024", "tanggal": "2024-10-09", "dahulu": ["012/PLENO/X/2024"]}
    for number in ("021/PLENO/X/2024", "012/PLENO/X/2024"):  # a letter that went out may bear the old one
        assert ticket in await said(one, f"/cari {number}")
    assert "usul" not in now.facts
    assert now.status == "rekomendasi"
    assert "sudah dikerjakan" in str(bodies(await home.heard(one.seat, "kantor", before)))
    history = await said(one, f"/kasus {ticket} .lengkap")
    assert 'ralat Pleno "012/PLENO/X/2024, 9 Oktober 2024" menjadi "021/PLENO/X/2024, 9 Oktober 2024"' in history
    assert "usul yang menunggu gugur" not in history


async def test_a_number_alone_keeps_its_day(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief, ticket = await decided(home)
    await said(one, f"/ralat {ticket} pleno 021/PLENO/X/2024")
    await said(chief, f"/setuju {ticket}")
    kept = (await case(home, ticket)).facts["pleno"]
    assert (kept["nomor"], kept["tanggal"]) == ("021/PLENO/X/2024", "2024-10-09")


async def test_the_clock_runs_from_the_right_day(any_house: House) -> None:
    """The signed form came a day earlier than was typed: its two days end a day earlier, too."""
    home = any_house
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home, position="asn", happened="2024-10-07", known="2024-10-08")).ticket
    await said(one, f"/ambil {ticket}", f"/formulir {ticket} hari ini")
    assert (await case(home, ticket)).deadline == "2024-10-12"
    await said(one, f"/ralat {ticket} formulir 8 Oktober 2024")
    await said(chief, f"/setuju {ticket}")
    assert (await case(home, ticket)).deadline == "2024-10-10"


async def test_the_letter_is_written_with_what_is_right(sqlite_house: House) -> None:
    home = sqlite_house
    page, (_, chief, ticket) = await paper_desk(home, role="koordinator"), await decided(home)
    await page.says(f"/ralat {ticket} rekomendasi 146/PM.00.02/K.JT-27/10/2024, 9 Oktober 2024")
    await said(chief, f"/setuju {ticket}")
    await page.says(f"/naskah {ticket}")
    letter = bare(text_of((await fetched(home, page)).content))
    assert bare("146/PM.00.02/K.JT-27/10/2024") in letter
    assert bare("145/PM.00.02/K.JT-27/10/2024") not in letter


@pytest.mark.parametrize(("words", "hint"), [
    ("pleno 021/PLENO/X/2024, 10 Oktober 2024", "Terlalu akhir: Rekomendasi tercatat"),
    ("pleno 021/PLENO/X/2024, 7 Oktober 2024", "Terlalu awal: Registrasi tercatat"),
    ("formulir 9 Oktober 2024", "Terlalu akhir: Registrasi tercatat"),
    ("pleno kemarin", "memang sudah tercatat"),
    ("registrasi kemarin, hari ini", "Nomor itu belum tampak"),
    ("pleno 012/PLENO/X/2024, 9 Oktober 2024", "memang sudah tercatat"),
    ("klarifikasi hari ini", "Yang tercatat pada"),
    ("teruskan BKN", "Yang tercatat pada"),
])  # fmt: skip
async def test_what_cannot_be_right_is_refused_with_a_reason(sqlite_house: House, words: str, hint: str) -> None:
    home = sqlite_house
    one, _, ticket = await decided(home)
    assert hint in await said(one, f"/ralat {ticket} {words}")
    assert "usul" not in (await case(home, ticket)).facts


async def test_after_a_refusal_the_right_words_alone_are_enough(sqlite_house: House) -> None:
    home = sqlite_house
    one, _, ticket = await decided(home)
    asked = await said(one, f"/ralat {ticket} pleno 021/PLENO/X/2024, 10 Oktober 2024")
    assert "Tulis nomor yang benar" in asked
    assert "Menunggu orang kedua" in await said(one, MEANT)


async def test_a_colleague_cannot_and_a_case_without_numbers_has_none(sqlite_house: House) -> None:
    home = sqlite_house
    _, chief, ticket = await decided(home)
    other = await officer(home, SUKOHARJO)
    assert "atau koordinator yang dapat mengusulkannya" in await said(other, f"/ralat {ticket} pleno {MEANT}")
    assert "usul" not in (await case(home, ticket)).facts
    fresh = (await filed(home)).ticket
    assert "Belum ada nomor" in await said(chief, f"/ralat {fresh}")


async def test_a_void_correction_is_proposed_again_with_one_press(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief, ticket = await decided(home)
    await said(one, f"/ralat {ticket} pleno {MEANT}")
    before = await home.last(one.seat, "kantor")
    await said(chief, f"/teruskan {ticket} BKN")
    told: list[Any] = bodies(await home.heard(one.seat, "kantor", before))
    again = [b[1] for m in told for b in m.get("buttons", ()) if b[0] == "Usulkan lagi"]
    assert len(again) == 1, told
    await one.taps(again[0])
    await said(chief, f"/setuju {ticket}")
    assert (await case(home, ticket)).facts["pleno"]["nomor"] == "021/PLENO/X/2024"


async def test_of_a_repeated_step_the_newest_is_put_right_and_taken_back_alone(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief, ticket = await decided(home)
    await said(one, f"/teruskan {ticket} BKN", f"/teruskan {ticket} Inspektorat")
    first = (await case(home, ticket)).facts["teruskan"]["sebelum"]
    await said(one, f"/ralat {ticket} teruskan Inspektorat, 9 Oktober 2024")
    await said(chief, f"/setuju {ticket}")
    kept = (await case(home, ticket)).facts["teruskan"]
    assert kept["sebelum"] == first
    assert kept["tanggal"] == "2024-10-09"


async def test_who_would_undo_a_number_is_shown_the_way(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home, position="asn", happened="2024-10-07", known="2024-10-08")).ticket
    await said(one, f"/ambil {ticket}", f"/formulir {ticket} 8 Oktober 2024", f"/registrasi {ticket} 001/Reg/X/2024")
    await said(chief, f"/setuju {ticket}")
    assert f"/ralat {ticket} @" in await said(one, f"/mundur {ticket}")
    await said(one, f"/ralat {ticket} registrasi 002/Reg/X/2024")
    await said(chief, f"/setuju {ticket}")
    assert f"/ralat {ticket} @" in await said(one, f"/mundur {ticket}")  # what was put right can be again


async def test_who_left_stands_behind_no_correction(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief, ticket = await decided(home)
    await said(one, f"/ralat {ticket} pleno {MEANT}")
    await remove(home, one)
    await said(chief, f"/setuju {ticket}")
    assert (await case(home, ticket)).facts["pleno"]["nomor"] == "012/PLENO/X/2024"


# --- a step is taken back by two --------------------------------------------------------------------------------------


async def test_a_step_of_before_is_taken_back_by_two(any_house: House) -> None:
    """The wrong button at the plenary, noticed an hour later, with a note since."""
    home = any_house
    one, chief, ticket = await decided(home)
    await said(one, f"/catat {ticket} sudah ditandatangani")
    home.clock.move(hours=1)
    assert "langkah Rekomendasi masih dapat dibatalkan" in await said(one, f"/mundur {ticket}")
    assert "Mengapa langkah terakhir" in await pressed(one, f"/mundur {ticket}", "Batalkan berdua")
    assert "Menunggu orang kedua" in await said(one, "yang diputuskan bukan pelanggaran")
    assert (await case(home, ticket)).status == "rekomendasi"
    before = await home.last(one.seat, "kantor")
    await said(chief, f"/setuju {ticket}")
    now = await case(home, ticket)
    assert now.status == "pleno"
    assert "rekomendasi" not in now.facts
    assert "usul" not in now.facts
    assert "sudah dikerjakan" in str(bodies(await home.heard(one.seat, "kantor", before)))
    history = await said(one, f"/kasus {ticket} .lengkap")
    assert "langkah dibatalkan, disetujui" in history
    assert "usul yang menunggu gugur" not in history


async def test_the_citizen_hears_that_it_was_taken_back(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home)
    await said(one, f"/ambil {report.ticket}", f"/telusuri {report.ticket}")
    home.clock.move(minutes=11)
    before = await home.last(report.seat)
    await said(one, f"/mundur {report.ticket} salah tekan")
    assert not await home.heard(report.seat, after=before)
    await said(chief, f"/setuju {report.ticket}")
    assert "kabar sebelumnya keliru dan dibatalkan" in str(bodies(await home.heard(report.seat, after=before)))
    assert (await case(home, report.ticket)).status == "ditangani"


async def test_a_step_of_a_repeated_kind_goes_alone(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief, ticket = await decided(home)
    await said(one, f"/teruskan {ticket} BKN", f"/teruskan {ticket} Inspektorat")
    first = (await case(home, ticket)).facts["teruskan"]["sebelum"]
    home.clock.move(minutes=11)
    await said(one, f"/mundur {ticket} belum dikirim")
    await said(chief, f"/setuju {ticket}")
    now = await case(home, ticket)
    assert now.facts["teruskan"] == first
    assert now.status == "diteruskan"


async def test_what_two_did_and_what_came_since_is_not_taken_back(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home, position="asn", happened="2024-10-07", known="2024-10-08")
    ticket = report.ticket
    await said(
        one, f"/ambil {ticket}", f"/formulir {ticket} 8 Oktober 2024", f"/registrasi {ticket} 001/Reg/LP/PB/X/2024"
    )
    await said(chief, f"/setuju {ticket}")
    assert "Yang disetujui dua orang tidak dapat dibatalkan" in await said(one, f"/mundur {ticket} keliru")
    other = await officer(home, SUKOHARJO)
    await said(one, f"/kajian {ticket}")
    assert "usul" not in (await case(home, ticket)).facts
    assert "atau koordinator yang dapat mengusulkannya" in await said(other, f"/mundur {ticket} keliru")
    await said(chief, f"/serahkan {ticket} 1")
    assert "usul" not in (await case(home, ticket)).facts


async def test_a_step_is_taken_back_where_nothing_moved_since(sqlite_house: House) -> None:
    """What the citizen adds in between voids the proposal, as it does any other."""
    home = sqlite_house
    one, chief, ticket = await decided(home)
    home.clock.move(minutes=11)
    await said(one, f"/mundur {ticket} keliru")
    await said(chief, f"/teruskan {ticket} BKN")
    assert "gugur" in await said(chief, f"/setuju {ticket}")
    assert (await case(home, ticket)).status == "diteruskan"


async def test_usulkan_lagi_undoes_nothing_else(sqlite_house: House) -> None:
    """An hour-old step was to be undone by two; meanwhile the case went on, by the same officer."""
    home = sqlite_house
    one, _, ticket = await decided(home)
    home.clock.move(minutes=11)
    await said(one, f"/mundur {ticket} yang diputuskan bukan pelanggaran")
    before = await home.last(one.seat, "kantor")
    await said(one, f"/teruskan {ticket} BKN")
    again = button(bodies(await home.heard(one.seat, "kantor", before)), "Usulkan lagi")
    assert again
    assert "tidak lagi dapat dibatalkan" in str(bodies(await one.taps(again)))
    assert (await case(home, ticket)).status == "diteruskan"


async def test_neither_lanjutkan_nor_a_late_reason_undoes_another_step(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief, ticket = await decided(home)
    home.clock.move(minutes=11)
    await pressed(one, f"/mundur {ticket}", "Batalkan berdua")
    left = button(bodies(await one.says(f"/teruskan {ticket} BKN")), "Lanjutkan")
    assert "tidak lagi dapat dibatalkan" in str(bodies(await one.taps(left)))
    home.clock.move(minutes=11)
    await pressed(one, f"/mundur {ticket}", "Batalkan berdua")
    await said(chief, f"/verifikasi {ticket}")
    assert "tidak lagi dapat dibatalkan" in await said(one, "belum dikirim")
    now = await case(home, ticket)
    assert now.status == "diverifikasi"
    assert "usul" not in now.facts


async def test_a_missed_limit_cannot_be_corrected_into_a_kept_one(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home, position="asn", happened="2024-10-01", known="2024-10-01")).ticket
    await said(one, f"/ambil {ticket}", f"/formulir {ticket} 2 Oktober 2024", f"/kurang {ticket} KTP")
    await said(one, f"/lengkap {ticket} 5 Oktober 2024", f"/registrasi {ticket} 1/Reg/X/2024, 9 Oktober 2024")
    await said(chief, f"/setuju {ticket}")
    home.clock.move(hours=72)
    for words in ("lengkap 10 Oktober 2024", "lengkap 13 Oktober 2024", "formulir hari ini"):
        assert "Terlalu akhir" in await said(one, f"/ralat {ticket} {words}")
    assert "Terlalu awal" in await said(one, f"/ralat {ticket} registrasi 4 Oktober 2024")
    assert "usul" not in (await case(home, ticket)).facts


async def test_a_relative_day_is_proposed_again_as_the_day_it_was(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home, position="asn", happened="2024-10-07", known="2024-10-08")).ticket
    await said(one, f"/ambil {ticket}", f"/formulir {ticket} 8 Oktober 2024", f"/ralat {ticket} formulir kemarin")
    home.clock.move(hours=24)
    before = await home.last(one.seat, "kantor")
    await said(chief, f"/kurang {ticket} KTP pelapor")
    await one.taps(button(bodies(await home.heard(one.seat, "kantor", before)), "Usulkan lagi"))
    assert (await case(home, ticket)).facts["usul"]["facts"]["menjadi"] == {"tanggal": "2024-10-09"}


async def test_two_steps_are_taken_back_one_by_one(any_house: House) -> None:
    home = any_house
    one, chief, ticket = await decided(home)
    home.clock.move(minutes=11)
    for status in ("pleno", "kajian"):
        assert "Menunggu orang kedua" in await said(one, f"/mundur {ticket} salah kasus")
        await said(chief, f"/setuju {ticket}")
        assert (await case(home, ticket)).status == status
    assert not {"pleno", "rekomendasi"} & (await case(home, ticket)).facts.keys()


async def test_a_recipient_is_chosen_by_a_button(sqlite_house: House) -> None:
    home = sqlite_house
    one, chief, ticket = await decided(home)
    await said(one, f"/teruskan {ticket} BKN")
    await said(one, f"/ralat {ticket}")
    asked = bodies(await one.says("teruskan"))
    await one.taps(button(asked, "Inspektorat"))
    await said(chief, f"/setuju {ticket}")
    assert (await case(home, ticket)).facts["teruskan"]["nama"] == "Inspektorat"
