"""What we say is erased is erased: a draft's words are in no row that our key could open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text, update

from handlers.events import Media, MediaReceived, Opened, OptionChosen, TextReceived
from storage import outbox, tables
from tests.bot.desks import SUKOHARJO, officer
from tests.storage import canaries, life

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.serving import House

STORY = "KenariDraf pak camat di Sukoharjo membagi amplop"


async def kept(home: House) -> str:
    keys = home.serving.keys
    return (await home.serving.database.read(lambda conn: canaries.opened(conn, keys)))[0]


async def begun(home: House) -> None:
    await home.say("w", Opened())
    await home.say("w", OptionChosen("consent:ya:1"))
    await home.say("w", TextReceived(STORY))
    assert "KenariDraf" in await kept(home)


async def test_an_erased_draft_is_gone(any_house: House) -> None:
    await begun(any_house)
    await any_house.say("w", TextReceived("/hapus ya"))
    assert "KenariDraf" not in await kept(any_house)
    assert "Sudah dihapus" in (await any_house.heard("w"))[-1].text


async def test_words_that_came_in_the_same_batch_as_the_wish_are_gone(any_house: House) -> None:
    await any_house.say("w", Opened())
    await any_house.say("w", OptionChosen("consent:ya:1"))
    await any_house.together("w", TextReceived(STORY), TextReceived("/hapus ya"))
    assert "KenariDraf" not in await kept(any_house)
    assert "Sudah dihapus" in (await any_house.heard("w"))[-1].text


async def test_the_receipt_stays_that_was_given_in_the_same_batch(any_house: House) -> None:
    await begun(any_house)
    send = next(row.buttons["Kirim sekarang"] for row in await any_house.heard("w") if "Kirim sekarang" in row.buttons)
    await any_house.together("w", OptionChosen(send), TextReceived("/hapus ya"))
    assert "Kode rahasia:" in "\n".join(row.text for row in await any_house.heard("w"))


async def test_words_without_consent_are_gone(any_house: House) -> None:
    await any_house.say("w", TextReceived(STORY))
    assert "KenariDraf" in await kept(any_house)
    refuse = next(
        data
        for data in (await any_house.heard("w"))[-1].buttons.values()
        if data.startswith("consent:") and "ya" not in data
    )
    await any_house.say("w", OptionChosen(refuse))
    assert "KenariDraf" not in await kept(any_house)


@pytest.mark.parametrize("ends", [{"minutes": 11}, {"days": 31}])
async def test_a_draft_whose_time_is_over_is_gone(sqlite_house: House, ends: dict[str, int]) -> None:
    await begun(sqlite_house)
    if "minutes" in ends:
        await sqlite_house.say("w", TextReceived("/batal"))
    sqlite_house.clock.move(**ends)
    await sqlite_house.serving.ticker.tick()
    await sqlite_house.serving.ticker.tick()
    assert "KenariDraf" not in await kept(sqlite_house)


async def test_what_was_sent_stays_when_a_later_draft_is_erased(sqlite_house: House) -> None:
    home = sqlite_house
    await officer(home, SUKOHARJO)
    page = life.Page(home)
    ticket, receipt = await life.report(page)
    home.clock.move(minutes=1)
    await page.says(STORY)
    await page.taps("Hal baru")
    assert "KenariDraf" in await kept(home)
    await page.says("/hapus ya")
    assert "KenariDraf" not in await kept(home)
    texts = "\n".join(seen.text for seen in await page.heard())
    assert ticket in texts
    assert receipt in texts


async def test_a_cancelled_draft_is_gone_although_another_was_sent_meanwhile(sqlite_house: House) -> None:
    home = sqlite_house
    await begun(home)
    await home.say("w", TextReceived("/batal"))
    await home.say("w", TextReceived("/lapor"))
    await home.say("w", TextReceived("Camat Grogol Sukoharjo kampanye"))
    send = [row.buttons["Kirim sekarang"] for row in await home.heard("w") if "Kirim sekarang" in row.buttons][-1]
    await home.say("w", OptionChosen(send))
    assert "KenariDraf" in await kept(home)
    home.clock.move(minutes=11)
    await home.serving.ticker.tick()
    assert "KenariDraf" not in await kept(home)
    assert "Kode rahasia:" in "\n".join(row.text for row in await home.heard("w"))


async def test_the_sweep_does_not_walk_through_the_whole_outbox(sqlite_house: House) -> None:
    def plan(conn: Connection) -> str:
        asked = text(f"EXPLAIN QUERY PLAN {outbox.SWEEP.compile(conn, compile_kwargs={'literal_binds': True})}")
        return " ".join(str(row[-1]) for row in conn.execute(asked))

    assert "USING INDEX ix_outbox_erase" in await sqlite_house.serving.database.write(plan)


OTHER = "Camat Grogol Sukoharjo kampanye"
ENDS = {  # ways in which a story may be let go of, besides the plain ones
    "cancelled twice": ["/batal", "/lapor", OTHER, "/batal"],
    "brought back over another": ["/batal", "/lapor", OTHER, "/urung", "/batal", "/urung"],
    "changed, and the draft erased": ["/ubah", "cerita", "/kembali", "/lapor"],
}


@pytest.mark.parametrize("lines", ENDS.values(), ids=ENDS.keys())
async def test_however_a_draft_was_let_go_of_it_is_gone(sqlite_house: House, lines: list[str]) -> None:
    home = sqlite_house
    await begun(home)
    for line in lines:
        await home.say("w", TextReceived(line))
    home.clock.move(minutes=11)
    await home.serving.ticker.tick()
    await home.say("w", TextReceived("/hapus ya"))
    assert "KenariDraf" not in await kept(home)
    assert OTHER not in await kept(home)


@pytest.mark.parametrize("line", ["/kembali", "/ubah", "/batal"])
async def test_a_file_that_is_let_go_of_is_gone(sqlite_house: House, line: str) -> None:
    home = sqlite_house
    await begun(home)
    await home.say("w", MediaReceived(Media("ab" * 16, "photo", "KenariBerkas.jpg", source={"file_id": "x"})))
    assert "KenariBerkas" in await kept(home)
    await home.say("w", TextReceived(line))
    await home.say("w", TextReceived("bukti"))
    await home.say("w", TextReceived("/hapus ya"))
    assert "KenariBerkas" not in await kept(home)


async def test_news_of_what_was_sent_stays_when_a_later_draft_goes(sqlite_house: House) -> None:
    home = sqlite_house
    desk = await officer(home, SUKOHARJO)
    del desk
    page, office = life.Page(home), life.officer_page(home)
    ticket, _ = await life.report(page)
    await office.enter(await home.invite(SUKOHARJO), "Bu Ani")
    await page.says("/lapor")
    await page.says(STORY)
    await office.says(f"/ambil {ticket}")
    home.clock.move(days=31)
    await home.serving.ticker.tick()
    assert "KenariDraf" not in await kept(home)
    assert any("sedang ditangani" in seen.text for seen in await page.heard())


async def test_words_of_no_draft_go_with_the_wish_to_erase(sqlite_house: House) -> None:
    home = sqlite_house
    await home.say("w", Opened())
    await home.say("w", OptionChosen("consent:ya:1"))
    await home.say("w", TextReceived("/batal"))
    await home.say("w", TextReceived("/koreksi KenariDraf yang keliru"))
    await home.say("w", TextReceived("/hapus ya"))
    await home.say("w", TextReceived("/hapus ya"))
    assert "KenariDraf" not in await kept(home)


async def test_what_is_still_to_be_sent_goes_once_it_was(any_house: House) -> None:
    """On a platform the words wait for the sender; erased they still go out, and are erased then."""
    home, database = any_house, any_house.serving.database
    await home.say("w", Opened(), "telegram")
    await home.say("w", OptionChosen("consent:ya:1"), "telegram")
    await home.together("w", TextReceived(STORY), TextReceived("/data"), TextReceived("/hapus ya"), channel="telegram")
    assert "KenariDraf" in await kept(home)

    def sent(conn: Connection) -> None:
        conn.execute(update(tables.outbox).where(tables.outbox.c.state == outbox.DUE).values(state=outbox.SENT))
        outbox.sweep(conn)

    await database.write(sent)
    assert "KenariDraf" not in await kept(home)


async def test_a_file_that_was_not_taken_leaves_no_bytes(sqlite_house: House) -> None:
    """An eleventh file, and one for which there is no open question."""
    home = sqlite_house
    page, store = life.Page(home), home.serving.keeper.store
    await page.open()
    await page.taps(next(label for label, data in (await page.last()).buttons.items() if data.startswith("consent:ya")))
    for number in range(12):
        assert (await page.upload(b"berkas kecil %d" % number, name="a.txt")).status_code == 200
    assert "Sudah sepuluh bukti" in "".join(seen.text for seen in await page.heard())
    assert len(list(store.list())) == 10
    desk = life.officer_page(home)
    await desk.enter(await home.invite(SUKOHARJO), "Petugas")
    assert (await desk.upload(life.photo(), name="a.jpg")).status_code == 200
    assert len(list(store.list())) == 10
