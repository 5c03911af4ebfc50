"""Several people tell of one act: suggested, joined and parted by officers, each reporter told alone; both databases."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete

from bot.engine import Arrival
from bot.inside.counting import summer
from bot.inside.filing import settled
from bot.start import MARKED
from handlers.effects import FileReport, KeepMedia
from handlers.events import Media, OptionChosen, TextReceived
from storage import cases, chain, media, register, tables
from storage.figures import Days, figures
from tests.bot.desks import BOYOLALI, SUKOHARJO, Filed, bodies, case, do, filed, officer
from tests.bot.test_papers import bare, fetched, text_of
from tests.bot.test_papers import desk as paper_desk
from tests.likeness.pictures import CHANGES, encoded, scene
from tests.serving import house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.bot.desks import Officer
    from tests.serving import House

GROGOL = {
    "code": SUKOHARJO, "name": "Kabupaten Sukoharjo", "kecamatan": "Grogol", "kecamatan_code": "33.11.09",
    "zone": "Asia/Jakarta",
}  # fmt: skip
ONE = {
    "story": "KenariSatu: di balai desa camat membagikan kaus bergambar calon bupati kepada ibu-ibu PKK yang hadir",
    "terlapor": "Bambang Sutopo, Camat Grogol", "place": GROGOL, "happened": "2024-10-08", "kind": "kampanye",
}  # fmt: skip
OTHER = {
    "story": "KenariDua: tetangga saya melihat sendiri pak camat mengajak warga memilih pasangan nomor dua waktu rapat",
    "terlapor": "Pak Bambang Sutopo", "place": GROGOL, "happened": "2024-10-08", "kind": "kampanye",
}  # fmt: skip
AWAY = {**OTHER, "terlapor": "Lurah Kwarasan", "happened": "2024-09-01"}
SAME = "nama yang sama, jabatan yang sama, kecamatan yang sama, hari kejadian yang sama"
TOGETHER = "ditangani bersama informasi lain tentang kejadian yang sama"


async def shown(desk: Officer, ticket: str) -> str:
    return str(bodies(await desk.says(f"/kasus {ticket}"))[-1]["text"])


async def heard(home: House, report: Filed) -> str:
    return str(bodies(await home.heard(report.seat)))


def secrets(report: Filed, words: str) -> tuple[str, ...]:
    return report.ticket, report.receipt, words


async def two(home: House, **more: Any) -> tuple[Officer, Filed, Filed]:
    """An officer, a case, and another of the same act, by names, day and place."""
    desk = await officer(home, SUKOHARJO)
    return desk, await filed(home, **ONE), await filed(home, **{**OTHER, **more})


# --- suggested ----------------------------------------------------------------------------------------------------


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def photographed(home: House, number: int, content: bytes, *, late: bool = False, **more: Any) -> Filed:
    """A case with a photo, whose bytes are kept before it is sent or come only afterwards."""
    file_id = f"{number:032x}"
    before = await filed(home)  # somebody's seat; the photo is theirs
    given = Media(file_id, "photo", "IMG_1.jpg", source={"file": "x"})
    await do(home, before.seat, lambda act: act.perform(act, KeepMedia(given)))
    file = await home.serving.database.read(lambda conn: media.by_id(conn, home.keys, file_id))
    assert file is not None
    facts = await home.serving.keeper.keep(file_id, file.data_key, _pieces(content))

    async def came() -> None:
        arrival = Arrival("berkas", file_id, at=home.clock.now(), to=file.conversation_id,
                          work=lambda act: settled(act, file, facts))  # fmt: skip
        await home.serving.engine.submit([arrival])

    if not late:
        await came()
    answers = {"story": f"foto {number}", "place": {**GROGOL, "kecamatan_code": f"33.11.{number % 9}"}, **more}
    answers["evidence"] = [{"id": file_id, "kind": "photo", "name": "IMG_1.jpg"}]
    [report] = await do(home, before.seat, lambda act: act.perform(act, FileReport(answers)))
    if late:
        await came()
    return Filed(report.ticket, report.receipt, before.seat)


@pytest.mark.parametrize("late", [False, True])
async def test_the_same_bytes_are_seen_also_when_they_come_later(any_house: House, late: bool) -> None:
    home = any_house
    desk = await officer(home, SUKOHARJO)
    photo, another = encoded(scene(1)), encoded(scene(2))
    first = await photographed(home, 11, photo)
    stranger = await photographed(home, 12, another)
    second = await photographed(home, 13, photo, late=late)
    said = await shown(desk, second.ticket)
    assert f"Mungkin sama dengan {first.ticket}: berkas yang sama persis, foto yang mirip." in said
    assert "Mungkin sama" not in await shown(desk, stranger.ticket)
    assert first.ticket not in await shown(desk, stranger.ticket)


@pytest.mark.parametrize("change", ["WhatsApp", "cropped 2 %", "PNG"])
async def test_a_photo_that_went_through_a_chat_app_or_was_cropped_is_known_again(
    sqlite_house: House, change: str
) -> None:
    home = sqlite_house
    desk = await officer(home, SUKOHARJO)
    first = await photographed(home, 21, encoded(scene(5)))
    again = await photographed(home, 23, CHANGES[change](scene(5)))
    assert f"Mungkin sama dengan {first.ticket}: foto yang mirip." in await shown(desk, again.ticket)


async def test_place_day_and_names_are_seen_and_other_acts_are_not(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home)
    said = await shown(desk, second.ticket)
    assert f"Mungkin sama dengan {first.ticket}: {SAME}." in said
    away = await filed(home, **AWAY)
    assert "Mungkin sama" not in await shown(desk, away.ticket)


@pytest.mark.parametrize(
    ("day", "other", "where", "why"),
    [
        ("2024-10-08", "2024-10-09", "Grogol", "kecamatan yang sama, hari kejadian berdekatan"),
        ("2024-10-08", "", "Grogol", "kecamatan yang sama, masuk tak lama dari hari kejadian yang disebut"),
        ("", "", "Grogol", "kecamatan yang sama, masuk berdekatan"),
        ("2024-10-08", "2024-10-08", "", "kabupaten atau kota yang sama, hari kejadian yang sama"),
    ],
)
async def test_only_what_really_agrees_is_said(sqlite_house: House, day: str, other: str, where: str, why: str) -> None:
    home = sqlite_house
    desk = await officer(home, SUKOHARJO)
    place = {**GROGOL, "kecamatan": where, "kecamatan_code": "33.11.09" if where else ""}
    first = await filed(home, **{**ONE, "happened": day})
    second = await filed(home, **{**OTHER, "happened": other, "place": place})
    said = await shown(desk, second.ticket)
    [line] = [line for line in said.splitlines() if f"Mungkin sama dengan {first.ticket}" in line]
    assert line.endswith(f"{why}.")
    assert "nama yang sama" in line


async def test_never_across_offices(sqlite_house: House) -> None:
    home = sqlite_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    first = await filed(home, **ONE)
    second = await filed(home, **{**OTHER, "story": ONE["story"], "place": {**GROGOL, "code": BOYOLALI}})
    photo = encoded(scene(8))
    third = await photographed(home, 31, photo)
    fourth = await photographed(home, 32, photo, place={**GROGOL, "code": BOYOLALI})
    for desk, mine, theirs in ((here, first, second), (there, second, first), (there, fourth, third)):
        said = await shown(desk, mine.ticket)
        assert "Mungkin sama" not in said
        assert theirs.ticket not in said
    # and when one goes where the other is, it is seen there; when it leaves, no more
    await there.says(f"/alihkan {second.ticket} {SUKOHARJO} tempatnya di sana")
    await here.says(f"/terima {second.ticket}")
    assert f"Mungkin sama dengan {first.ticket}" in await shown(here, second.ticket)
    await here.says(f"/alihkan {first.ticket} {BOYOLALI} ternyata di sana")
    await there.says(f"/terima {first.ticket}")
    assert first.ticket not in await shown(here, second.ticket)


async def test_not_the_same_is_said_once_and_for_good(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home)
    await desk.says(f"/kasus {second.ticket}")
    rev = (await case(home, second.ticket)).rev
    await desk.taps(f"/beda {second.ticket} {first.ticket} @{rev}")
    for one in (second, first):
        said = await shown(desk, one.ticket)
        assert "Mungkin sama" not in said
        assert "bukan kejadian yang sama dengan" in said
    await desk.says(f"/ambil {second.ticket}")  # where it is looked anew
    assert "Mungkin sama" not in await shown(desk, second.ticket)


# --- joined and parted --------------------------------------------------------------------------------------------


async def test_one_outcome_goes_to_each_and_none_sees_another(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home)
    await desk.says(f"/ambil {first.ticket}")
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    one = await case(home, second.ticket)
    assert (one.status, one.holder, one.main) == ("digabung", 0, (await case(home, first.ticket)).id)
    assert f"Kabar {second.ticket}: {TOGETHER}" in await heard(home, second)
    assert second.ticket not in str(bodies(await desk.says("/antrean")))
    assert f"Digabung ke sini: {second.ticket}." in await shown(desk, first.ticket)
    assert f"Digabung ke {first.ticket}" in await shown(desk, second.ticket)
    steps = ("/telusuri", "/formulir", "/lengkapi", "/registrasi")
    words = {"/formulir": "hari ini", "/lengkapi": ".t kirim", "/registrasi": "001/Reg/2024, hari ini"}
    for step in steps:
        await desk.says(f"{step} {first.ticket} {words.get(step, '')}".strip())
    await desk.says(f"/tanya {second.ticket} jam berapa?")
    await home.say(second.seat, TextReceived("KenariJawab jam sembilan"))
    await home.say(second.seat, TextReceived("/status"))
    theirs = await heard(home, second)
    for news in ("sedang ditelusuri", "sedang diperiksa kelengkapannya oleh kantor", "jam berapa?"):
        assert f"Kabar {second.ticket}: {news}" in theirs or news in theirs
    assert "formulir yang ditandatangani sudah diterima" not in theirs
    assert "formulir yang ditandatangani sudah diterima" in await heard(home, first)
    assert f"{second.ticket} {TOGETHER}." in theirs  # /status
    assert f"warga menambah pada {second.ticket}" in await shown(desk, first.ticket)
    assert "KenariJawab" in await shown(desk, second.ticket)
    assert [word for word in secrets(first, "KenariSatu") if word in theirs] == []
    assert [word for word in secrets(second, "KenariDua") if word in await heard(home, first)] == []
    assert "KenariJawab" not in await heard(home, first)


async def test_the_receipt_says_where_the_whole_stands(sqlite_house: House) -> None:
    home = sqlite_house
    desk, first, second = await two(home)
    await desk.says(f"/ambil {first.ticket}")
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    await desk.says(f"/telusuri {first.ticket}")
    await home.say("orang-lain", TextReceived(f"/status {second.receipt}"))
    said = str(bodies(await home.heard("orang-lain")))
    assert f"{second.ticket}: sedang ditelusuri" in said
    assert first.ticket not in said


@pytest.mark.parametrize("undo", ["pisah", "mundur"])
async def test_it_is_parted_as_it_was_with_history_whole(any_house: House, undo: str) -> None:
    home = any_house
    desk, first, second = await two(home)
    await desk.says(f"/ambil {second.ticket}")
    await desk.says(f"/telusuri {second.ticket}")
    before = await case(home, second.ticket)
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    heard_first = len(await home.heard(first.seat))
    await desk.says(f"/{undo} {second.ticket}")
    after = await case(home, second.ticket)
    assert (after.status, after.holder, after.main, after.office) == (before.status, before.holder, None, before.office)
    assert after.answers == before.answers
    assert {**after.facts, "mirip": None} == {**before.facts, "mirip": None}
    for one, rows in (
        (second, ["masuk", "ambil", "telusuri", "gabung", "pisah"]),
        (first, ["masuk", "gabungan", "pisahan"]),
    ):
        assert [row["action"] for row in await history(home, one.ticket)] == rows
    assert f"Kabar {second.ticket}: dipisahkan lagi; sedang ditelusuri." in await heard(home, second)
    assert len(await home.heard(first.seat)) == heard_first
    await desk.says(f"/ambil {first.ticket}")  # what becomes of the other is theirs alone again
    assert str(await heard(home, second)).count("Kabar") == 4
    assert not await home.serving.database.read(chain.verify)


async def test_what_waits_for_a_second_person_is_answered_before_another_is_joined_or_parted(any_house: House) -> None:
    """Either gives the main case a new revision, and what waits there would be void unsaid."""
    home = any_house
    one, first, second = await two(home)
    other, third = await officer(home, SUKOHARJO), await filed(home, **OTHER)
    await one.says(f"/gabung {second.ticket} {first.ticket}")
    await one.says(f"/ambil {first.ticket}")
    await one.says(f"/formulir {first.ticket} hari ini")
    await one.says(f"/registrasi {first.ticket} 001/Reg/LP/PB/X/2024")
    waits = f"Ada usul yang menunggu orang kedua pada {first.ticket}. Jawab dulu"
    for line in (f"/gabung {third.ticket} {first.ticket}", f"/beda {third.ticket} {first.ticket}",
                 f"/pisah {second.ticket}", f"/gabung {third.ticket} {second.ticket}"):  # fmt: skip
        assert waits in str(bodies(await other.says(line))), line
    assert [bool((await case(home, each.ticket)).main) for each in (second, third)] == [True, False]
    await other.says(f"/setuju {first.ticket}")
    assert (await case(home, first.ticket)).status == "diregistrasi"
    await other.says(f"/gabung {third.ticket} {first.ticket}")
    await other.says(f"/pisah {second.ticket}")
    assert [bool((await case(home, each.ticket)).main) for each in (second, third)] == [False, True]


async def history(home: House, ticket: str) -> list[dict[str, Any]]:
    found = await case(home, ticket)
    return await home.serving.database.read(lambda conn: cases.happenings(conn, found))


async def test_a_late_witness_is_joined_to_what_is_far_on_its_road(sqlite_house: House) -> None:
    home = sqlite_house
    desk, first, second = await two(home)
    await desk.says(f"/ambil {first.ticket}")
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    await desk.says(f"/formulir {first.ticket} hari ini")
    witness = await filed(home, **OTHER)
    assert f"Mungkin sama dengan {first.ticket}" in await shown(desk, witness.ticket)  # by what was joined before, too
    await desk.says(f"/gabung {witness.ticket} {second.ticket}")  # which is joined itself: its main case is meant
    main = await case(home, first.ticket)
    assert {(await case(home, one.ticket)).main for one in (second, witness)} == {main.id}
    assert f"Digabung ke sini: {second.ticket}, {witness.ticket}." in await shown(desk, first.ticket)


async def test_the_group_goes_where_its_case_goes(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home)
    there = await officer(home, BOYOLALI)
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    await desk.says(f"/alihkan {first.ticket} {BOYOLALI} rapatnya di sana")
    guest = str(bodies(await there.says(f"/kasus {first.ticket}"))) + str(
        bodies(await there.says(f"/kasus {first.ticket} riwayat"))
    )
    assert "ditawarkan oleh" in guest
    assert second.ticket not in str(bodies(await there.all()))
    assert "Kasus itu tidak ada" in await shown(there, second.ticket)
    await there.says(f"/terima {first.ticket}")
    assert [(await case(home, one.ticket)).office for one in (first, second)] == [BOYOLALI, BOYOLALI]
    assert f"Kabar {second.ticket}: dialihkan ke Bawaslu Kabupaten Boyolali" in await heard(home, second)
    assert "Kasus itu tidak ada" in await shown(desk, second.ticket)
    await there.says(f"/pisah {second.ticket}")
    again = await case(home, second.ticket)
    assert (again.office, again.status, again.main) == (BOYOLALI, "baru", None)
    await there.says(f"/alihkan {second.ticket} {SUKOHARJO} yang ini di sana")
    await desk.says(f"/terima {second.ticket}")
    assert first.ticket not in await shown(desk, second.ticket)  # not even its number, in the history
    assert "digabungkan ke kasus lain oleh" in str(bodies(await desk.says(f"/kasus {second.ticket} riwayat")))


async def test_an_office_that_empties_takes_the_group_up(sqlite_house: House) -> None:
    home = sqlite_house
    desk, first, second = await two(home)
    await officer(home, "33")
    await desk.says(f"/ambil {first.ticket}")
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    await desk.says("/keluar ya")
    assert [(await case(home, one.ticket)).office for one in (first, second)] == ["33", "33"]
    assert f"Kabar {second.ticket}: sudah sampai di" in await heard(home, second)


async def test_before_it_is_parted_after_an_outcome_it_is_asked_once_more(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home)
    for line in (f"ambil {first.ticket}", f"gabung {second.ticket} {first.ticket}", f"tutup {first.ticket} selesai"):
        await desk.says(f"/{line}")
    before = await heard(home, second)
    [asked] = await desk.says(f"/pisah {second.ticket}")
    assert f"Warga {second.ticket} sudah dikabari hasil {first.ticket}: ditutup. Tetap pisahkan?" in asked.text
    assert await heard(home, second) == before
    assert (await case(home, second.ticket)).main
    await home.say(desk.seat, OptionChosen(asked.buttons["Ya, pisahkan"]), "kantor", sender=desk.seat)
    assert (await case(home, second.ticket)).main is None
    news = (await heard(home, second)).removeprefix(before)
    assert f"{second.ticket} kini ditangani sendiri lagi" in news
    assert "hasil yang dikabarkan sebelumnya adalah hasil penanganan bersama" in news


async def test_what_was_over_before_they_were_joined_needs_no_question(sqlite_house: House) -> None:
    home = sqlite_house
    desk, first, second = await two(home)
    chief = await officer(home, SUKOHARJO, "koordinator")
    for line in (f"ambil {first.ticket}", f"formulir {first.ticket} hari ini", f"tolak {first.ticket} formal"):
        await desk.says(f"/{line}")
    await chief.says(f"/setuju {first.ticket}")
    assert (await case(home, first.ticket)).status == "tidak_registrasi"
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    await desk.says(f"/pisah {second.ticket}")
    assert (await case(home, second.ticket)).main is None
    assert f"Kabar {second.ticket}: dipisahkan lagi" in await heard(home, second)


async def test_the_steps_of_a_joined_case_are_its_main_cases(sqlite_house: House) -> None:
    home = sqlite_house
    desk, first, second = await two(home, known="2024-10-08")

    async def listed() -> str:
        lines = str((await desk.says("/cari Sutopo"))[-1].text).splitlines()
        return next(line for line in lines if line.startswith(second.ticket))

    assert "tenggat" in await listed()
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    [said] = await desk.says(f"/langkah {second.ticket}")
    assert f"digabung ke {first.ticket}; langkah berikutnya ada di kasus itu" in said.text
    assert list(said.buttons) == [f"Lihat {first.ticket}"]
    assert "tenggat" not in await listed()


# --- refused ------------------------------------------------------------------------------------------------------


async def test_what_cannot_be_joined_is_told_why(sqlite_house: House) -> None:
    home = sqlite_house
    desk, first, second = await two(home)
    stranger, province = await officer(home, "32.01"), await officer(home, "33", "koordinator")
    await officer(home, BOYOLALI)
    third = await filed(home, **AWAY)
    elsewhere = await filed(home, **{**OTHER, "place": {**GROGOL, "code": BOYOLALI}})

    async def refused(one: Filed, other: Filed | str, why: str, by: Officer = desk) -> None:
        ticket = other if isinstance(other, str) else other.ticket
        before = await case(home, one.ticket)
        assert why in str(bodies(await by.says(f"/gabung {one.ticket} {ticket}"))), why
        after = await case(home, one.ticket)
        assert (after.status, after.main, after.rev) == (before.status, before.main, before.rev)

    await refused(second, second, "Itu kasus yang sama")
    await refused(second, "JN-7777-7777", "Tulis nomor tiket kasus yang lain")
    await refused(second, elsewhere, "Kasus itu tidak ada di antrean Anda")
    await refused(second, first, "Kasus itu tidak ada di antrean Anda", by=stranger)
    await refused(second, elsewhere, "Satukan dulu kantornya dengan /alihkan", by=province)
    await desk.says(f"/tutup {second.ticket} kurang jelas")
    await refused(second, first, "Ada usul yang menunggu orang kedua")
    await desk.says(f"/bantah {second.ticket}")
    for one, other in ((second, first), (first, second)):
        await desk.says(f"/alihkan {second.ticket} {BOYOLALI} di sana")
        await refused(one, other, "sedang ditawarkan kepada")
        await desk.says(f"/tarik {second.ticket}")
    await desk.says(f"/tutup {first.ticket} selesai")
    await refused(second, first, "sudah ditutup; kasus lain tidak dapat digabungkan")
    await desk.says(f"/buka {first.ticket}")
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    await refused(second, third, "sudah digabung ke")
    await refused(first, second, "memuat kasus yang digabung")
    await desk.says(f"/formulir {first.ticket} hari ini")
    await desk.says(f"/pisah {second.ticket}")
    await refused(first, second, "jadi tidak dapat digabungkan ke kasus lain")
    assert "tidak digabung dengan kasus lain" in str(bodies(await desk.says(f"/pisah {second.ticket}")))


async def test_two_officers_at_once_join_no_circle(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home)
    other = await officer(home, SUKOHARJO)
    await asyncio.gather(
        desk.says(f"/gabung {second.ticket} {first.ticket}"), other.says(f"/gabung {first.ticket} {second.ticket}")
    )
    now = [await case(home, one.ticket) for one in (first, second)]
    assert sorted(bool(one.main) for one in now) == [False, True]
    assert home.serving.engine.parked == 0
    joined = next(one for one in now if one.main)
    await asyncio.gather(desk.says(f"/pisah {joined.ticket}"), other.says(f"/mundur {joined.ticket}"))
    after = await case(home, joined.ticket)
    assert (after.main, after.status, after.rev) == (None, "baru", joined.rev + 1)


async def test_a_joined_act_is_counted_once(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home)

    async def counted() -> dict[str, tuple[int, int]]:
        days = Days("", "0001-01-01", "2099-01-01", "2024-10-10")
        database = home.serving.database
        await database.write(summer(home.serving.means).all)
        return (await database.read(lambda conn: figures(conn, home.keys, SUKOHARJO, days, ()))).kinds

    assert await counted() == {"kampanye": (2, 0)}
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    assert await counted() == {"kampanye": (1, 0)}
    await desk.says(f"/pisah {second.ticket}")
    assert await counted() == {"kampanye": (2, 0)}


async def test_the_register_and_the_case_file_name_what_is_joined(sqlite_house: House) -> None:
    home = sqlite_house
    _, first, second = await two(home)
    desk = await paper_desk(home)
    for line in (f"/ambil {first.ticket}", f"/gabung {second.ticket} {first.ticket}", f"/telusuri {first.ticket}",
                 f"/temuan {first.ticket} 012/TM/2024, hari ini", f"/berkas {first.ticket}"):  # fmt: skip
        await desk.says(line)
    said = bare(text_of((await fetched(home, desk)).content))
    assert bare(f"Digabung ke sini: {second.ticket}.") in said
    assert "KenariDua" not in said
    which = register.Range([SUKOHARJO], 0, 2**60, 0)
    [entry] = await home.serving.database.read(lambda conn: register.page(conn, home.keys, which, register.START))
    assert (entry.ticket, entry.joined) == (first.ticket, (second.ticket,))


async def test_cases_of_before_are_marked_at_the_first_start(tmp_path: Path) -> None:
    def forget(conn: Connection) -> None:
        conn.execute(delete(tables.case_marks))
        conn.execute(delete(tables.settings).where(tables.settings.c.name == MARKED))

    async with house(tmp_path / "data") as home:
        await officer(home, SUKOHARJO)  # else the case would come down, and be looked at, when the first one joins
        first = await filed(home, **ONE)
        await home.serving.database.write(forget)
    async with house(tmp_path / "data") as home:
        home.count = 100  # of updates that came before
        desk = await officer(home, SUKOHARJO)
        second = await filed(home, **OTHER)
        assert f"Mungkin sama dengan {first.ticket}" in await shown(desk, second.ticket)


async def test_who_is_only_asked_to_take_a_case_joins_nothing_to_it(sqlite_house: House) -> None:
    home = sqlite_house
    _, first, second = await two(home)
    there = await officer(home, BOYOLALI)
    mine = await filed(home, **{**ONE, "place": {**GROGOL, "code": BOYOLALI}})
    desk = await officer(home, SUKOHARJO)
    await desk.says(f"/alihkan {first.ticket} {BOYOLALI} rapatnya di sana")
    before = [await case(home, one.ticket) for one in (first, mine)]
    for command in ("gabung", "beda"):
        assert "Kasus itu tidak ada" in str(bodies(await there.says(f"/{command} {mine.ticket} {first.ticket}")))
        assert "masih di Bawaslu Kabupaten Sukoharjo" in str(
            bodies(await there.says(f"/{command} {first.ticket} {mine.ticket}"))
        )
    assert [(await case(home, one.ticket)).rev for one in (first, mine)] == [one.rev for one in before]
    assert second.ticket not in str(bodies(await there.all()))


async def test_who_handles_the_main_case_reaches_whoever_of_the_others_agreed_to_it(any_house: House) -> None:
    home = any_house
    desk, one, other = await two(home, identity="kontak")
    colleague = await officer(home, SUKOHARJO)
    await desk.says(f"/ambil {one.ticket}")
    assert "081273645501" not in str(bodies(await desk.says(f"/kontak {other.ticket}")))
    await desk.says(f"/gabung {other.ticket} {one.ticket}")
    assert "081273645501" in str(bodies(await desk.says(f"/kontak {other.ticket}")))
    assert "Hanya petugas yang menangani" in str(bodies(await colleague.says(f"/kontak {other.ticket}")))
    await desk.says(f"/pisah {other.ticket}")
    assert "Hanya petugas yang menangani" in str(bodies(await desk.says(f"/kontak {other.ticket}")))


# --- where the evidence lies ---------------------------------------------------------------------------------------


PHOTO = [{"id": "", "kind": "photo", "name": "IMG_1.jpg"}]


async def test_the_main_case_says_what_lies_with_a_joined_one(any_house: House) -> None:
    home = any_house
    desk, first, second = await two(home, evidence=PHOTO)
    near, away = await officer(home, "33.11.09", "panwascam"), await officer(home, "33.11.12", "panwascam")
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    there = f"1 foto pada {second.ticket}"
    for line in ("", " .lengkap", " lengkap"):
        said = str(bodies(await desk.says(f"/kasus {first.ticket}{line}")))
        assert f"• Bukti: belum ada di sini; {there}" in said
    [card] = [one for one in await desk.says(f"/kasus {first.ticket} .lain") if first.ticket in one.text]
    assert f"Lihat {second.ticket}" in card.buttons
    assert "• Bukti: 1 foto\\n" in str(bodies(await desk.says(f"/kasus {second.ticket}")))
    assert there in await shown(near, first.ticket)
    assert there not in str(bodies(await away.all()))
    third = await filed(home, **{**OTHER, "evidence": [*PHOTO, {"id": "", "kind": "link", "url": "https://x.id/1"}]})
    await desk.says(f"/gabung {third.ticket} {first.ticket}")
    assert f"{there}, 1 foto, 1 tautan pada {third.ticket}" in await shown(desk, first.ticket)


async def test_what_a_panwascam_may_not_see_is_not_counted_there(sqlite_house: House) -> None:
    home = sqlite_house
    desk, first, _ = await two(home)
    away = {**GROGOL, "kecamatan_code": "33.11.12", "kecamatan": "Kartasura"}
    second = await filed(home, **{**OTHER, "place": away, "evidence": PHOTO})
    near = await officer(home, "33.11.09", "panwascam")
    await desk.says(f"/gabung {second.ticket} {first.ticket}")
    assert f"1 foto pada {second.ticket}" in await shown(desk, first.ticket)
    assert "• Bukti: belum ada\n" in f"{await shown(near, first.ticket)}\n"


async def test_both_papers_name_what_lies_with_a_joined_case(sqlite_house: House) -> None:
    home = sqlite_house
    _, first, second = await two(home, evidence=PHOTO)
    desk, ticket = await paper_desk(home), first.ticket
    steps = ("ambil", "telusuri", "temuan", "kajian", "pleno", "rekomendasi")
    words = ("", "", " 012/TM/2024, hari ini", "", " 021/PLENO/X/2024", " 145/PM.00.02/K.JT-27/10/2024")
    await desk.says(f"/gabung {second.ticket} {ticket}")
    for name, more in zip(steps, words, strict=True):
        await desk.says(f"/{name} {ticket}{more}")
    there = f"1 foto pada {second.ticket}"
    await desk.says(f"/berkas {ticket}")
    said = bare(text_of((await fetched(home, desk)).content))
    assert bare(f"belum ada di sini; {there}") in said
    assert bare(f"Tidak ada pada kasus ini. Bukti pada kasus yang digabung ke sini: {there}.") in said
    await desk.says(f"/naskah {ticket}")
    letter = bare(text_of((await fetched(home, desk)).content))
    assert bare("NASKAH") in letter
    assert bare("[Periksa: bukti pada 1 kasus yang digabung ke sini belum dilampirkan.]") in letter
    assert second.ticket not in letter  # which goes to another institution
