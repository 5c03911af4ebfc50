"""Words that a button could mean, through the engine: what stands last is pressed, and nothing older."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.events import TextReceived
from storage import outbox
from tests.bot.desks import SUKOHARJO, bodies, case, do, filed, number_of, officer
from tests.bot.test_bulk import proposed, some, states

if TYPE_CHECKING:
    from bot.inside.act import Act
    from tests.bot.desks import Officer
    from tests.serving import House


async def said(home: House, seat: str, *lines: str) -> str:
    """All that a citizen hears of these."""
    before = await home.last(seat)
    for line in lines:
        await home.say(seat, TextReceived(line))
    return str(bodies(await home.heard(seat, "web", before)))


async def test_an_answer_that_sounds_like_a_button_reaches_the_officer_and_the_draft_stays(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await officer(home, SUKOHARJO), await filed(home)
    for question, words in (
        ("Bolehkah foto wajah anak itu kami hapus?", "Ya, hapus."),
        ("Apakah kampanyenya jadi digelar?", "Tidak jadi"),
    ):
        await said(home, report.seat, "/lapor", "Lurah Kwarasan membagikan sembako di balai desa kemarin sore")
        await one.says(f"/tanya {report.ticket} {question}")
        heard = await said(home, report.seat, "/jawab", words)
        assert "sudah diteruskan kepada petugas" in heard
        assert f"jawaban warga: {words}" in str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))
        assert "draf" in await said(home, report.seat, "/data")


async def test_a_yes_is_of_no_question_below_which_something_else_was_said(any_house: House) -> None:
    """A colleague's proposal stands below [Ya, berhenti] now: a yes was meant for that, or for nothing."""
    home = any_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home)
    assert "Ya, berhenti" in str(bodies(await old.says("/keluar")))
    await head.says(f"/tutup {report.ticket} kurang_jelas")
    assert "Setujui" in str(bodies(await old.all())[-1])
    await old.says("ya")
    assert await number_of(home, old)


async def test_a_card_drawn_where_it_stands_is_no_news_below_the_question(sqlite_house: House) -> None:
    home = sqlite_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home)
    await old.says("/keluar")
    await head.says(f"/ambil {report.ticket}")
    await old.says("ya")
    assert not await number_of(home, old)


async def test_a_yes_of_another_day_lets_nobody_go(sqlite_house: House) -> None:
    home = sqlite_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    number = await number_of(home, old)
    await head.says(f"/keluarkan {number}")
    home.clock.move(days=3)
    await head.says("ya")
    assert await number_of(home, old) == number


async def test_a_ticket_of_another_day_agrees_to_nothing(sqlite_house: House) -> None:
    home = sqlite_house
    head, old = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home)
    await old.says("/setuju")
    await head.says(f"/tutup {report.ticket} kurang_jelas")
    assert report.ticket in str(bodies(await old.says(report.ticket)))
    assert (await case(home, report.ticket)).status == "baru"
    await old.says("/ambil")
    home.clock.move(days=3)
    await old.says(report.ticket)
    assert (await case(home, report.ticket)).holder == 0


async def test_urungkan_takes_back_what_was_done_for_many(sqlite_house: House) -> None:
    home = sqlite_house
    ani = await officer(home, SUKOHARJO)
    reports = await some(home, 2)
    await proposed(ani, "baru: ambil")
    await ani.says("ya")
    assert {one[0] for one in await states(home, reports)} == {"ditangani"}
    await ani.says("Urungkan")
    assert {one[0] for one in await states(home, reports)} == {"baru"}


async def test_a_reply_to_a_list_is_about_its_case(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await officer(home, SUKOHARJO), await filed(home)
    for ref, card in enumerate(("kasus:{}", "label:{}", "periksa:{}", "lengkapi:{}", "usul:{}@3"), 50):
        await _stands(one, card.format(report.ticket), str(ref))
        assert "Dicatat" in str(bodies(await one.says(f"/catat telepon {ref}", reply_to=str(ref)))), card
    await _stands(one, "antrean", "70")
    assert "Kasus yang mana?" in str(bodies(await one.says("/catat telepon", reply_to="70")))


async def _stands(one: Officer, card: str, ref: str) -> None:
    """As Telegram notes where it sent a card."""

    def note(act: Act) -> None:
        outbox.place_card(act.work.writing(), act.chat.id, card, ref)

    await do(one.home, one.seat, note, "kantor")


async def test_a_question_that_was_left_is_asked_again_by_its_button(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await officer(home, SUKOHARJO), await filed(home)
    await one.says(f"/kabari {report.ticket}")
    note, answer = await one.says("/statistik")
    assert f"Yang tadi belum selesai: /kabari {report.ticket}." in note.text
    assert "Lanjutkan" not in answer.buttons
    await one.taps(f"/kabari {report.ticket}")
    assert "sudah dikabari" in str(bodies(await one.says("sedang kami telusuri")))
