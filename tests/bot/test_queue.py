"""The queue narrowed, its labels and saved filters: on both databases, each office its own, nothing to read on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from storage.tables import case_words, labels, staff
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, do, filed, officer

if TYPE_CHECKING:
    from tests.bot.desks import Officer
    from tests.serving import House


def place(code: str, kecamatan: str = "") -> dict[str, str]:
    return {"code": code, "name": "Kabupaten", "kecamatan": "", "kecamatan_code": kecamatan, "zone": "Asia/Jakarta"}


async def lists(desk: Officer, words: str) -> set[str]:
    """The tickets of a page."""
    seen = (await desk.says(f"/antrean {words}"))[-1]
    return {label for label in seen.buttons if label.startswith("JN-")}


async def test_each_word_narrows_and_all_of_them_together(any_house: House) -> None:
    home = any_house
    ani, danu = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    weru = await filed(home, kind="ajakan", place=place(SUKOHARJO, "33.11.01"))
    urgent = await filed(home, kind="kampanye", ongoing=True)
    held = await filed(home, kind="kampanye")
    over = await filed(home, kind="kampanye")
    await danu.says(f"/ambil {held.ticket}")
    await ani.says(f"/label {held.ticket} prioritas")
    await ani.says(f"/tutup {over.ticket} ganda")
    wanted = {
        "semua": {weru, urgent, held},
        "weru": {weru},
        "33.11.01": {weru},
        "33.11": {weru, urgent, held},
        "kampanye": {urgent, held},
        "Ikut kampanye bebas": {urgent},
        "ikut": {urgent, held},
        "mendesak": {urgent},
        "ditangani": {held},
        "Petugas 2": {held},
        danu.name: {held},
        "#prioritas": {held},
        "#Prioritas jalan kampanye": {held},
        "#prioritas ajakan": set(),
        "ditutup": {over},
        "ditutup kampanye": {over},
        "lewat": set(),
    }
    assert {words: await lists(ani, words) for words in wanted} == {
        words: {one.ticket for one in found} for words, found in wanted.items()
    }
    later = await filed(home, happened="2024-10-09", known="2024-10-09")
    assert (await case(home, later.ticket)).deadline
    assert await lists(ani, "lewat") == set()
    home.clock.move(days=30)
    assert await lists(ani, "lewat") >= {later.ticket}
    assert await lists(ani, "lewat ajakan") == set()


async def test_a_province_narrows_by_kabupaten_and_the_nation_by_province(any_house: House) -> None:
    home = any_house
    province, nation = await officer(home, "33"), await officer(home, "RI")
    one, two = await filed(home, place=place(SUKOHARJO)), await filed(home, place=place(BOYOLALI))
    other = await filed(home, place=place("32.01"))
    assert await lists(province, "Sukoharjo") == {one.ticket}
    assert await lists(province, "33.09 baru") == {two.ticket}
    more = {(await filed(home, place=place("32.01"))).ticket for _ in range(9)} | {other.ticket}
    first = (await nation.says("/antrean Jawa Barat"))[-1]
    second = (await nation.taps(first.buttons["Berikutnya »"]))[-1]
    assert {label for page in (first, second) for label in page.buttons if label.startswith("JN-")} == more
    assert "Provinsi Jawa Barat" in str(second.body["text"])
    assert await lists(nation, "Kabupaten Sukoharjo") == set()  # it lies at the province, not here


async def test_a_label_is_its_offices_own_word(any_house: House) -> None:
    home = any_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    mine, theirs = await filed(home), await filed(home, code=BOYOLALI)
    await here.says(f"/label {mine.ticket} kenari-sri")
    await there.says(f"/label {theirs.ticket} kenari-sri")
    assert await lists(here, "#kenari-sri") == {mine.ticket}
    await here.says(f"/alihkan {mine.ticket} {BOYOLALI} rapatnya di sana")
    assert "kenari" not in str((await there.says("/antrean tawaran"))[-1].body)
    await there.says(f"/terima {mine.ticket}")
    assert await lists(there, "#kenari-sri") == {theirs.ticket}
    assert "kenari" not in str((await there.says(f"/kasus {mine.ticket}"))[-1].body["text"])


async def test_no_other_office_reads_a_label_in_the_history(any_house: House) -> None:
    """Not the one that is asked to take the case, not the one that takes it; who put it there reads it again."""
    home = any_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    ticket = (await filed(home)).ticket
    for line in (f"/label {ticket} kenari-sri", f"/label {ticket} kenari-sri", f"/alihkan {ticket} {BOYOLALI} di sana"):
        await here.says(line)

    async def read(one: Officer) -> str:
        return str([bodies(await one.says(f"/kasus {ticket}{more}")) for more in ("", " riwayat", " lengkap")])

    assert "melepas label milik kantor lain" in await read(there)
    await there.says(f"/terima {ticket}")
    await there.says(f"/label {ticket} tupai")
    assert "memasang label milik kantor lain" in await read(there)
    assert "memasang label tupai" in await read(there)
    assert "kenari" not in str([(one.text, one.buttons) for one in await there.all()])
    await there.says(f"/alihkan {ticket} {SUKOHARJO} di sini")
    await here.says(f"/terima {ticket}")
    assert "melepas label kenari-sri" in await read(here)
    assert "tupai" not in await read(here)


async def test_labels_in_use_are_offered_until_the_last_case_is_without(any_house: House) -> None:
    home = any_house
    ani = await officer(home, SUKOHARJO)
    one, two = await filed(home), await filed(home)
    await ani.says(f"/label {one.ticket} kenari")
    await ani.says(f"/label {two.ticket} kenari")
    assert list((await ani.says(f"/label {one.ticket}"))[-1].buttons) == ["☑ kenari"]
    await ani.says(f"/label {one.ticket} kenari")
    assert list((await ani.says(f"/label {one.ticket}"))[-1].buttons) == ["☐ kenari"]
    await ani.says(f"/label {two.ticket} kenari")
    assert list((await ani.says(f"/label {one.ticket}"))[-1].buttons) == ["Tidak jadi"]  # asked for
    assert await home.serving.database.read(lambda conn: conn.execute(select(labels)).all()) == []


async def test_a_label_goes_with_its_case_and_comes_back_with_it(any_house: House) -> None:
    home = any_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    gone, stays = (await filed(home)).ticket, (await filed(home)).ticket
    await here.says(f"/label {gone} kenari")
    for one, other, place in ((here, there, BOYOLALI), (there, here, SUKOHARJO)):
        await one.says(f"/alihkan {gone} {place} di sana")
        await other.says(f"/terima {gone}")
        offered = list((await here.says(f"/label {stays}"))[-1].buttons)
        assert offered == (["Tidak jadi"] if place == BOYOLALI else ["☐ kenari"])


async def test_nothing_of_labels_and_saved_filters_can_be_read_in_the_tables(any_house: House) -> None:
    home = any_house
    ani = await officer(home, SUKOHARJO)
    report = await filed(home)
    await ani.says(f"/label {report.ticket} kenarilabel")
    await ani.says("/antrean simpan kenarinama: #kenarilabel")

    def look(conn: Any) -> list[str]:
        return [repr(conn.execute(select(one)).all()) for one in (labels, staff, case_words)]

    rows = await home.serving.database.read(look)
    assert all(len(one) > 20 for one in rows)
    assert not any("kenari" in one for one in rows)


async def test_saved_filters_are_the_officers_own_in_every_chat_of_theirs(any_house: House) -> None:
    home = any_house
    ani, danu = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    report = await filed(home, ongoing=True)
    await ani.says("/antrean mendesak")
    await ani.says("/antrean simpan pagi")
    page = (await ani.says("/antrean"))[-1]
    assert page.buttons["pagi"] == "/antrean pagi"
    assert await lists(ani, "PAGI") == {report.ticket}
    assert "pagi" not in (await danu.says("/antrean"))[-1].buttons
    assert "Yang ini tidak kami kenali: pagi" in str(bodies(await danu.says("/antrean pagi")))
    await do(home, ani.seat, lambda act: None, "kantor")
    await ani.says("/antrean buang pagi")
    assert "pagi" not in (await ani.says("/antrean"))[-1].buttons


async def test_pages_keep_the_filter(sqlite_house: House) -> None:
    home = sqlite_house
    ani = await officer(home, SUKOHARJO)
    for kind in ("ajakan", "kampanye") * 9:
        await filed(home, kind=kind)
    first = (await ani.says("/antrean kampanye"))[-1]
    second = (await ani.taps(first.buttons["Berikutnya »"]))[-1]
    both = [{label for label in one.buttons if label.startswith("JN-")} for one in (first, second)]
    assert [len(one) for one in both] == [8, 1]
    assert not both[0] & both[1]
    assert "Ikut kampanye" in str(second.body["text"])
    assert "Ajakan" not in str(second.body["text"])


async def test_names_of_saved_filters_are_not_shown_to_who_reads_along(any_house: House) -> None:
    home = any_house
    ani = await officer(home, SUKOHARJO, "koordinator")
    await ani.says("/kantor grup", address="-1001")
    await filed(home)
    await ani.says("/antrean simpan rahasia: baru")
    for line in ("/antrean", "/antrean jalan", "/antrean rahasia"):
        assert "rahasia" not in str(bodies(await ani.says(line, address="-1001")))
    assert "rahasia" in str(bodies(await ani.says("/antrean")))
