"""What officers ask can be answered from another channel by who holds the receipt; on both databases."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from handlers.completion import ITEMS
from handlers.effects import Complete, RelayAnswer
from handlers.events import ChatClosed, Media, MediaReceived, OptionChosen, TextReceived
from handlers.turn import Staff
from sealing.envelope import open_json
from storage import cases, resuming, tables
from storage.conversations import by_keys, key_of
from tests.bot.desks import SUKOHARJO, bodies, case, do, filed, officer
from tests.storage import canaries

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.inside.act import Act
    from handlers.state import State
    from tests.bot.desks import Filed, Officer
    from tests.serving import House

THERE = "telegram"
PHONE = "77001"
CLOSED = "sudah dijawab dari percakapan lain"
TOLD = "Kenaricerita: camat mengajak warga di balai"


async def asked(home: House, items: str = "", **more: Any) -> tuple[Officer, Filed]:
    """A case of which the officer asks something: a question, or these items."""
    one, report = await officer(home, SUKOHARJO), await filed(home, **{"story": TOLD, "terlapor": "Kenaricamat"} | more)
    if items:
        await one.says(f"/lengkapi {report.ticket} {', '.join(ITEMS[letter][1].msgid for letter in items)}")
        await one.taps(f"/lengkapi {report.ticket} .{items} kirim @1")
    else:
        await one.says(f"/tanya {report.ticket} Jam berapa?")
    return one, report


async def there(home: House, *lines: str, channel: str = THERE) -> list[dict[str, Any]]:
    """These typed in Telegram; what came back."""
    before = await home.last(PHONE, channel)
    for line in lines:
        await home.say(PHONE, TextReceived(line), channel)
    return await all_there(home, before, channel)


async def all_there(home: House, after: int = 0, channel: str = THERE) -> list[dict[str, Any]]:
    """What goes out to the telephone, sent or not."""

    def look(conn: Connection) -> list[dict[str, Any]]:
        [chat] = by_keys(conn, home.keys, [key_of(home.keys, channel, PHONE)]).values()
        ours = select(tables.outbox).where(tables.outbox.c.conversation_id == chat.id, tables.outbox.c.seq > after)
        rows = conn.execute(ours.order_by(tables.outbox.c.seq))
        return [open_json(chat.data_key, row.body, f"outbox/{chat.id}/{row.seq}/body") for row in rows]

    return await home.serving.database.read(look)


async def presses(home: House, seat: str, label: str, channel: str) -> None:
    shown = await all_there(home) if channel == THERE else bodies(await home.heard(seat))
    buttons = next(row["buttons"] for row in reversed(shown) if label in str(row.get("buttons")))
    await home.say(seat, OptionChosen(next(data for name, data, _ in buttons if name == label)), channel)


async def rows(home: House, table: Any) -> int:
    count = select(func.count()).select_from(table)
    return await home.serving.database.read(lambda conn: conn.execute(count).scalar_one())


async def test_a_question_asked_on_the_page_is_answered_in_telegram(any_house: House) -> None:
    home = any_house
    one, report = await asked(home)
    await there(home, "/bantuan")
    shown = await there(home, f"/status {report.receipt}", "/jawab")
    assert "Jam berapa?" in str(shown[-1])
    assert "Kenari" not in str(shown)
    before = await case(home, report.ticket)
    assert "diteruskan" in str(await there(home, "pukul sembilan"))
    assert (await case(home, report.ticket)).rev == before.rev + 1
    history = str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))
    assert "jawaban warga: pukul sembilan (dari percakapan lain, dengan kode rahasia)" in history
    told = [body["text"] for body in bodies(await home.heard(report.seat)) if CLOSED in str(body["text"])]
    assert len(told) == 1
    await home.say(report.seat, TextReceived("/jawab"))
    assert "Tidak ada pertanyaan petugas" in (await home.heard(report.seat))[-1].text
    assert "Tidak ada pertanyaan petugas" in str(await there(home, "/jawab"))
    assert await rows(home, tables.resumed) == 0


async def test_a_completion_asked_on_the_page_is_given_in_telegram_and_the_meter_moves(any_house: House) -> None:
    home = any_house
    _, report = await asked(home, "tw")
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab", "Pak Budi, Camat Grogol", "kemarin sore")
    before = await case(home, report.ticket)
    await presses(home, PHONE, "Kirim ke petugas", THERE)
    after = await case(home, report.ticket)
    assert (after.answers["terlapor"], after.rev) == ("Pak Budi, Camat Grogol", before.rev + 1)
    assert after.answers["story"] == TOLD
    assert CLOSED in str(bodies(await home.heard(report.seat))[-1])


async def test_what_is_answered_at_home_closes_elsewhere_and_what_was_begun_there_is_erased(any_house: House) -> None:
    home = any_house
    _, report = await asked(home, "tb")
    page = "terminal"  # what stands on a platform is erased when its turn to be sent has come
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab", "KenariLain si lurah", channel=page)
    await home.say(PHONE, MediaReceived(Media("a" * 32, "photo", source={"file_id": "x"})), page)
    await home.say(report.seat, TextReceived("/jawab"))
    await home.say(report.seat, TextReceived("Pak Budi"))
    await presses(home, report.seat, "Kirim sekarang", "web")
    assert (await case(home, report.ticket)).answers["terlapor"] == "Pak Budi"
    assert [CLOSED in str(body) for body in await all_there(home, channel=page)].count(True) == 1
    kept = await home.serving.database.read(lambda conn: canaries.opened(conn, home.serving.keys))
    assert "KenariLain" not in kept[0]
    assert await rows(home, tables.evidence) == 0
    assert await rows(home, tables.resumed) == 0


async def test_both_answer_at_once_and_one_counts(any_house: House) -> None:
    home = any_house
    _, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab")
    before = await case(home, report.ticket)
    await asyncio.gather(
        home.say(report.seat, TextReceived("pukul delapan")), home.say(PHONE, TextReceived("pukul sembilan"), THERE)
    )
    after = await case(home, report.ticket)
    assert after.rev == before.rev + 1
    closed = [CLOSED in str(shown) for shown in (bodies(await home.heard(report.seat)), await all_there(home))]
    assert sorted(closed) == [False, True]
    assert home.serving.engine.parked == 0


async def test_a_conversation_that_nobody_reads_closes_all_the_same(sqlite_house: House) -> None:
    """The telephone is lost: what was asked there is answered once, and not asked again."""
    home = sqlite_house
    _, report = await asked(home)
    await home.say(report.seat, ChatClosed())
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab", "pukul sembilan")
    assert "menunggu jawaban" not in str(await there(home, f"/status {report.receipt}"))


async def test_the_receipt_shows_the_questions_and_nothing_of_the_report(sqlite_house: House) -> None:
    """Every item, each with every answer skipped: the day and the place that were told help nobody who guesses."""
    home = sqlite_house
    one, report = await asked(home, "".join(ITEMS), happened="2024-10-02", kind="ajakan", witness="Kenarisaksi")
    await there(home, "/bantuan")
    seen = await there(
        home, f"/status {report.receipt}", "/jawab", "/kembali", "/data", "/ubah", "/formulir", "/koreksi"
    )
    for _ in range(14):
        seen += await there(home, "lupa")
    said = str(seen)
    assert "Siapa yang melakukannya?" in said or "Di mana" in said
    assert not any(word in said for word in ("Kenari", "ajakan warga", "2 Oktober 2024", "081273645501"))
    entry = f"/status {report.receipt}"
    assert "menunggu jawaban" not in str(bodies(await one.says(entry)))  # an officer is never the citizen


async def test_a_day_that_was_told_cannot_be_guessed_by_the_receipt(sqlite_house: House) -> None:
    home = sqlite_house
    _, report = await asked(home, "d", happened="2024-10-05")
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab")
    answered = str(await there(home, "1 Oktober 2024"))
    assert "sebelum kejadiannya" not in answered
    assert "Kirim ke petugas" in answered


@pytest.mark.parametrize("seed", range(3))
async def test_without_the_receipt_nobody_answers(sqlite_house: House, seed: int) -> None:
    """Wrong codes, the ticket, another case's receipt: a case stays as it is."""
    home, chance = sqlite_house, random.Random(seed)
    _, report = await asked(home)
    other = await filed(home)
    wrong = "".join(chance.sample(report.receipt.replace("-", ""), 18))
    before = await case(home, report.ticket)
    for code in (report.ticket, wrong, other.receipt):
        await there(home, f"/status {code}", "/batal")
        assert "Tidak ada pertanyaan petugas" in str(await there(home, "/jawab"))
    assert (await case(home, report.ticket)).rev == before.rev


async def test_an_answer_needs_the_grant_and_that_it_was_given_here(sqlite_house: House) -> None:
    """What the core asks for is not believed: the house compares the receipt's token, and who gave it."""
    home = sqlite_house
    _, report = await asked(home)
    stranger = await filed(home)
    right, others = (home.keys.token("receipt", one.receipt) for one in (report, stranger))
    before = await case(home, report.ticket)
    for grant in ("", "x" * 64, others, right):
        for effect in (
            RelayAnswer(report.ticket, "pukul sembilan", (), "Jam berapa?", grant),
            Complete(report.ticket, {"terlapor": "Lurah"}, (), grant),
        ):
            await do(home, stranger.seat, lambda act, effect=effect: act.perform(act, effect))
    assert (await case(home, report.ticket)).rev == before.rev
    await home.say(stranger.seat, TextReceived(f"/status {report.receipt}"))
    for grant, came in ((others, 0), (right, 1)):
        effect = RelayAnswer(report.ticket, "pukul sembilan", (), "Jam berapa?", grant)
        await do(home, stranger.seat, lambda act, effect=effect: act.perform(act, effect))
        assert (await case(home, report.ticket)).rev == before.rev + came
    assert (await case(home, report.ticket)).rev == before.rev + 1


async def test_what_was_answered_there_is_shown_there_and_nothing_of_the_report(any_house: House) -> None:
    """What stood before, which the history says beside the answer, is the report's own."""
    home = any_house
    _, report = await asked(home, "t")
    await there(home, "/bantuan", f"/status {report.receipt}")
    assert "Anda jawab dari sini" not in str(await there(home, "/data"))
    await there(home, "/jawab", "Pak Budi, Camat Grogol")
    await presses(home, PHONE, "Kirim ke petugas", THERE)
    assert f"yang Anda jawab dari sini untuk {report.ticket}" in str(await there(home, "/data"))
    shown = str(await there(home, f"/data {report.ticket}"))
    assert "Terlapor: Pak Budi, Camat Grogol" in shown
    assert "Kenari" not in shown
    assert "sebelumnya Kenaricamat" in str((await case_history(home, report.ticket))[-1])
    assert "Anda jawab" not in str(await there(home, "/data", f"/data {report.ticket}", channel="terminal"))


async def test_who_answered_there_may_have_it_corrected_and_erased(any_house: House) -> None:
    home = any_house
    one, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab", "pukul sembilan")
    assert "jawaban dari sini untuk" in str(await there(home, "/koreksi pukul sepuluh"))
    assert "jawaban dari sini untuk" in str(await there(home, "/hapus ya"))
    history = str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))
    assert "meminta dibetulkan: pukul sepuluh (dari percakapan lain, dengan kode rahasia)" in history
    assert "meminta datanya dihapus: jawaban yang dikirim dari percakapan lain" in history


async def test_who_only_looked_may_wish_nothing(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}")
    before = await case(home, report.ticket)
    said = str(await there(home, "/koreksi pukul sepuluh", f"/hapus {report.ticket}", "/hapus ya"))
    assert report.ticket not in said
    assert (await case(home, report.ticket)).rev == before.rev
    assert "meminta" not in str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))


async def case_history(home: House, ticket: str) -> list[dict[str, Any]]:
    found = await case(home, ticket)
    return await home.serving.database.read(lambda conn: cases.happenings(conn, found))


async def wanted_too(home: House, one: Officer, ticket: str, letter: str) -> None:
    """The officer asks for another item, meanwhile."""
    rev = (await case(home, ticket)).rev
    await one.says(f"/lengkapi {ticket} {ITEMS[letter][1].msgid}")
    await one.taps(f"/lengkapi {ticket} .{letter} kirim @{rev}")


async def test_what_is_asked_while_a_completion_is_answered_stays_asked(any_house: House) -> None:
    home = any_house
    one, report = await asked(home, "t")
    await home.say(report.seat, TextReceived("/jawab"))
    await wanted_too(home, one, report.ticket, "w")
    await home.say(report.seat, TextReceived("Pak Budi, Camat Grogol"))
    await presses(home, report.seat, "Kirim ke petugas", "web")
    assert "Petugas menunggu jawaban tentang" in (await home.heard(report.seat))[-1].text
    await home.say(report.seat, TextReceived("/jawab"))
    assert "Waktu kejadian" in str(bodies(await home.heard(report.seat))[-2:])


async def test_what_is_asked_at_home_after_the_receipt_was_given_stays_asked_there(any_house: House) -> None:
    home = any_house
    one, report = await asked(home, "t")
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab", "Pak Budi, Camat Grogol")
    await wanted_too(home, one, report.ticket, "w")
    await presses(home, PHONE, "Kirim ke petugas", THERE)
    assert "Petugas menunggu jawaban tentang" in str(bodies(await home.heard(report.seat))[-1])
    await home.say(report.seat, TextReceived("/jawab"))
    assert "Waktu kejadian" in str(bodies(await home.heard(report.seat))[-2:])


async def test_the_right_to_correct_an_answer_is_there_beside_a_draft_and_at_a_desk(sqlite_house: House) -> None:
    home = sqlite_house
    _, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab", "pukul sembilan", "/lapor")
    assert "jawaban dari sini untuk" in str(await there(home, f"/koreksi {report.ticket} pukul sepuluh"))
    await there(home, "/batal", f"/start {await home.invite(SUKOHARJO)}")
    assert "jawaban dari sini untuk" in str(await there(home, f"/koreksi {report.ticket} pukul sepuluh"))


@pytest.mark.parametrize("items", ["", "tw"])
async def test_what_ties_a_conversation_to_a_case_is_named_and_erased(any_house: House, items: str) -> None:
    """Nothing was said there yet; the receipt alone does it."""
    home = any_house
    _, report = await asked(home, items)
    await there(home, "/bantuan", f"/status {report.receipt}")
    assert f"pertanyaan petugas tentang {report.ticket}" in str(await there(home, "/data"))
    assert "Sudah dihapus: pertanyaan petugas" in str(await there(home, "/hapus"))
    assert await rows(home, tables.resumed) == 0
    assert report.ticket not in str(await there(home, "/data", "/jawab"))
    await home.say(report.seat, TextReceived("/jawab"))
    assert "Tidak ada pertanyaan" not in str(bodies(await home.heard(report.seat))[-1])  # at home it is still asked


async def test_it_goes_with_an_answer_that_was_begun(sqlite_house: House) -> None:
    home = sqlite_house
    _, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab", "/hapus ya")
    assert await rows(home, tables.resumed) == 0
    assert "Tidak ada pertanyaan petugas" in str(await there(home, "/jawab"))


@pytest.mark.parametrize("begun", [(), ("/jawab",)])
async def test_who_becomes_an_officer_no_longer_answers_for_a_citizen(any_house: House, begun: tuple[str, ...]) -> None:
    home = any_house
    _, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}", *begun)
    before = await case(home, report.ticket)
    welcome = str(await there(home, f"/start {await home.invite(SUKOHARJO)}"))
    assert "Selamat bertugas" in welcome
    assert "dibuka di sini dengan kode rahasia ditutup" in welcome.replace("Anda buka", "dibuka")
    assert await rows(home, tables.resumed) == 0
    assert "diteruskan" not in str(await there(home, "/jawab", "jawaban palsu"))
    assert (await case(home, report.ticket)).rev == before.rev


async def test_what_an_officer_opened_before_is_refused(sqlite_house: House) -> None:
    """A state of an earlier version has it still: the grant is right, and an officer is none of the reporter's."""
    home = sqlite_house
    _, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}", "/jawab")
    kept, before = await do(home, PHONE, lambda act: act.chat.state, THERE), await case(home, report.ticket)
    await there(home, f"/start {await home.invite(SUKOHARJO)}")
    await do(home, PHONE, lambda act: put_back(act, before.id, kept), THERE)
    said = str(await there(home, "jawaban palsu"))
    assert "Petugas tidak menjawab atas nama warga" in said
    assert "sudah diteruskan" not in said
    assert await rows(home, tables.resumed) == 0


def put_back(act: Act, case_id: int, state: State) -> None:
    act.chat.state, act.chat.dirty = state, True
    resuming.note(act.work.writing(), case_id, act.chat.id)


async def test_the_house_takes_no_citizens_answer_of_an_officer(sqlite_house: House) -> None:
    home = sqlite_house
    _, report = await asked(home)
    await there(home, "/bantuan", f"/status {report.receipt}")
    staff = Staff(1, "Bu Ani", SUKOHARJO, "Bawaslu Kabupaten Sukoharjo", "petugas")
    before, grant = await case(home, report.ticket), home.keys.token("receipt", report.receipt)
    effect = RelayAnswer(report.ticket, "pukul sembilan", (), "Jam berapa?", grant)
    for one, came in ((staff, 0), (None, 1)):
        await do(home, PHONE, lambda act, one=one: relayed(act, one, effect), THERE)
        assert (await case(home, report.ticket)).rev == before.rev + came


def relayed(act: Act, staff: Staff | None, effect: RelayAnswer) -> None:
    act.perform(replace(act, turn=replace(act.turn, staff=staff)), effect)
