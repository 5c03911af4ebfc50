"""Search over sealed words: on both databases, scoped, by whole words, and with nothing to read in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.start import INDEXED, open_all
from handlers.searching import COUNTED
from storage import offices, search
from storage.tables import case_words, settings
from tests.bot.desks import BOYOLALI, SUKOHARJO, Officer, bodies, filed, officer

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.serving import House

TERLAPOR = "Camat Grogol, Pak Suryonokenari"


async def finds(desk: Officer, words: str, ticket: str) -> bool:
    return ticket in str(bodies(await desk.says(f"/cari {words}")))


async def test_found_by_its_words_by_who_may_see_it(any_house: House) -> None:
    home = any_house
    own, above, nation = [await officer(home, code) for code in (SUKOHARJO, "33", "RI")]
    strangers = [await officer(home, BOYOLALI), await officer(home, "32", "koordinator")]
    report, other = await filed(home, terlapor=TERLAPOR), await filed(home, terlapor="Lurah Sidodadi")
    for desk in (own, above, nation):
        for words in ("suryonokenari", "SURYONOKENARI grogol", "camat suryonokenari sukoharjo"):
            assert await finds(desk, words, report.ticket)
            assert not await finds(desk, words, other.ticket)
        assert not await finds(desk, "suryonokenari sidodadi", report.ticket)
        assert not await finds(desk, "suryono", report.ticket)
    for desk in strangers:
        assert not await finds(desk, "suryonokenari", report.ticket)
    rows = await home.serving.database.read(lambda conn: conn.execute(select(case_words)).all())
    assert len(rows) > 3
    assert "kenari" not in str(rows)


async def test_where_nobody_was_named_the_doer_of_the_story_is_found_and_no_other_word_of_it(any_house: House) -> None:
    home = any_house
    desk = await officer(home, SUKOHARJO)
    report = await filed(home, terlapor="", story="Lurah Gayamkenari Sukoharjo bagi-bagi berasrahayu ke warga")
    assert await finds(desk, "lurah gayamkenari", report.ticket)
    assert not await finds(desk, "berasrahayu", report.ticket)
    listed, card = [str(bodies(await desk.says(line))) for line in ("/cari gayamkenari", f"/kasus {report.ticket}")]
    assert "Lurah Gayamkenari Sukoharjo (menurut cerita)" in listed
    assert "Terlapor: menurut cerita, Lurah Gayamkenari Sukoharjo (belum dipastikan)" in card
    assert "Masih kurang: siapa yang dilaporkan" in card
    named = await filed(home, terlapor="Pak Budi", story="Lurah Gayamkenari Sukoharjo bagi-bagi berasrahayu ke warga")
    assert not await finds(desk, "gayamkenari", named.ticket)


async def test_who_has_a_case_now_finds_it_and_who_passed_it_on_does_not(any_house: House) -> None:
    home = any_house
    old, new = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    province, nation = await officer(home, "33"), await officer(home, "RI")
    report = await filed(home, terlapor=TERLAPOR)
    await old.says(f"/alihkan {report.ticket} {BOYOLALI} tempatnya di sana")
    await new.says(f"/terima {report.ticket}")
    assert [await finds(desk, "suryonokenari grogol", report.ticket) for desk in (old, new, province, nation)] == [
        False, True, True, True
    ]  # fmt: skip
    await new.says(f"/alihkan {report.ticket} 33 perlu provinsi")
    await province.says(f"/terima {report.ticket}")
    assert [await finds(desk, "suryonokenari", report.ticket) for desk in (old, new, province, nation)] == [
        False, False, True, True
    ]  # fmt: skip


async def test_a_word_that_many_have_is_counted_up_to_a_hundred(sqlite_house: House) -> None:
    home = sqlite_house
    desk, nation = await officer(home, SUKOHARJO), await officer(home, "RI")
    for number in range(COUNTED + 1):
        await filed(home, terlapor=f"Camat Suryonokenari nomor{number}")
    for one in (desk, nation):
        [found] = await one.says("/cari suryonokenari")
        assert found.text.startswith("Ditemukan 100 kasus atau lebih untuk: suryonokenari")
        [found] = await one.says("/cari suryonokenari nomor7")
        assert found.text.startswith("Ditemukan 1 kasus untuk: suryonokenari nomor7")
    total, newest = await home.serving.database.read(
        lambda conn: search.find(conn, home.keys, ["suryonokenari"], "RI", 8, COUNTED)
    )
    assert (total, len(newest)) == (COUNTED, 8)  # it stopped there, and did not only say so


async def test_of_two_words_that_many_have_the_one_of_older_cases_is_walked(sqlite_house: House) -> None:
    """The other is looked up beside it: whoever asks for both in any order reads as few rows."""
    home, many = sqlite_house, 5
    for number in range(many * 2):
        await filed(home, terlapor=f"Kenaricamat {'kenarilama' if number < many else 'nomor'}")
    old, every = search.tokens(home.keys, ["kenarilama", "kenaricamat"])

    def common(conn: Connection) -> list[tuple[int, int]]:
        return [search._how_common(conn, token, "RI", many) for token in (old, every)]

    rare, usual = await home.serving.database.read(common)
    assert (rare[0], usual[0]) == (many, many)
    assert rare < usual


async def test_a_number_is_found_once_it_was_typed(sqlite_house: House) -> None:
    home = sqlite_house
    desk = await officer(home, SUKOHARJO)
    report = await filed(home)
    for line in (f"/ambil {report.ticket}", f"/telusuri {report.ticket}", f"/temuan {report.ticket} 012/TM/PB/X/2024"):
        assert not await finds(desk, "012/tm/pb/x/2024", report.ticket)
        await desk.says(line)
    assert await finds(desk, "012 / TM / PB / X / 2024", report.ticket)
    await desk.says(f"/mundur {report.ticket}")
    assert not await finds(desk, "012/tm/pb/x/2024", report.ticket)


async def test_cases_from_before_there_was_a_search_are_found_after_a_start(sqlite_house: House) -> None:
    home = sqlite_house
    desk = await officer(home, SUKOHARJO)
    report = await filed(home, terlapor=TERLAPOR)

    def forget(conn: object) -> None:
        conn.execute(delete(case_words))  # type: ignore[attr-defined]
        conn.execute(delete(settings).where(settings.c.name == INDEXED))  # type: ignore[attr-defined]

    await home.serving.database.write(forget)
    assert not await finds(desk, "suryonokenari", report.ticket)
    database, _, _ = await open_all(home.serving.settings)  # as a process that starts beside it
    await database.close()
    assert await finds(desk, "suryonokenari", report.ticket)
    assert await home.serving.database.read(lambda conn: offices.setting(conn, INDEXED)) == "ya"


async def test_the_same_word_has_another_token_under_another_key(sqlite_house: House, tmp_path: object) -> None:
    from sealing.keys import KeyRing  # noqa: PLC0415

    other, _ = KeyRing.open(tmp_path, make=True)  # type: ignore[arg-type]
    assert search.tokens(home_keys := sqlite_house.serving.keys, ["camat"]) == search.tokens(home_keys, ["camat"])
    assert search.tokens(home_keys, ["camat"]) != search.tokens(other, ["camat"])
