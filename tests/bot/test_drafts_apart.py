"""Two drafts, an officer's question, a correction: what is said of each goes with it, and none is lost unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.inside import perform
from handlers.effects import Send
from handlers.events import TextEdited, TextReceived
from storage import media
from storage.conversations import by_keys, key_of
from tests.bot.desks import SUKOHARJO, officer
from tests.bot.test_forgetting import OTHER, STORY, kept
from tests.storage import life

if TYPE_CHECKING:
    from handlers.state import State
    from tests.serving import House

WORD = "KenariDraf"


async def sent(home: House) -> tuple[life.Page, str]:
    """A page with one report sent, and its ticket; an officer serves the office."""
    await officer(home, SUKOHARJO)
    page = life.Page(home)
    ticket, _ = await life.report(page)
    return page, ticket


async def to_the_summary(page: life.Page) -> None:
    """A draft whose whole story stands in the question that is open."""
    for words in ("/lapor", STORY, "Camat Grogol", "ASN", "kemarin", "kemarin", "tidak ada", "dua warga", "anonim"):
        if "Periksa kembali" not in (last := await page.says(words)).text:
            continue
        assert WORD in last.text
        return
    raise AssertionError(last.text)


async def asked(home: House, page: life.Page, ticket: str) -> None:
    """An officer asks about the case, and the question is opened."""
    desk = life.officer_page(home)
    await desk.enter(await home.invite(SUKOHARJO), "Bu Ani")
    await desk.says(f"/ambil {ticket}")
    await desk.says(f"/tanya {ticket} jam berapa?")
    await page.says("/jawab")


async def state(home: House, page: life.Page) -> State:
    keys = home.serving.keys
    key = key_of(keys, "web", page.seat)
    return await home.serving.database.read(lambda conn: by_keys(conn, keys, [key])[key].state)


async def later(home: House, **much: int) -> None:
    home.clock.move(**much)
    for _ in range(3):
        await home.serving.ticker.tick()


async def test_a_summary_that_comes_back_after_another_talk_goes_with_its_own_draft(sqlite_house: House) -> None:
    page, ticket = await sent(sqlite_house)
    await to_the_summary(page)
    await page.says(f"/koreksi {ticket}")
    assert WORD in (await page.says("/batal")).text
    await page.says("/hapus ya")
    assert WORD not in await kept(sqlite_house)


async def test_a_summary_that_comes_back_after_an_answer_goes_with_its_own_draft(any_house: House) -> None:
    page, ticket = await sent(any_house)
    await to_the_summary(page)
    await asked(any_house, page, ticket)
    assert WORD in (await page.says("jam sembilan")).text
    await page.says("/hapus ya")
    left = await kept(any_house)
    assert WORD not in left
    assert "jam sembilan" in left  # given to the case


async def test_a_draft_swapped_away_goes_whole_when_the_other_is_sent(sqlite_house: House) -> None:
    page = await life.agreed(sqlite_house)
    await page.says(OTHER)
    await page.says("/batal")
    await to_the_summary(page)
    for _ in range(3):
        await page.says("/urung")
    await page.taps("Kirim sekarang")
    await later(sqlite_house, minutes=11)
    assert WORD not in await kept(sqlite_house)


async def test_a_correction_that_was_not_given_goes_with_the_wish_to_erase(sqlite_house: House) -> None:
    page, _ = await sent(sqlite_house)
    await page.says("/lapor")
    await page.says(OTHER)
    await page.taps("Kirim sekarang")
    await page.says(f"/koreksi {WORD} camatnya keliru")
    assert "Tentang yang mana" in (await page.last()).text
    await page.says("/hapus ya")
    assert WORD not in await kept(sqlite_house)


async def test_an_answer_and_a_correction_that_were_never_sent_end_like_every_draft(sqlite_house: House) -> None:
    page, ticket = await sent(sqlite_house)
    await asked(sqlite_house, page, ticket)
    await page.upload(b"isi", name=f"{WORD}.txt", caption=f"{WORD} takarir")
    await later(sqlite_house, days=31)
    assert WORD not in await kept(sqlite_house)
    assert "masa simpannya habis" in (await page.last()).text
    await page.says("/lapor")
    await page.says(OTHER)
    await page.taps("Kirim sekarang")
    await page.says(f"/koreksi {WORD} camatnya keliru")
    await later(sqlite_house, days=31)
    assert WORD not in await kept(sqlite_house)


async def test_a_draft_set_aside_lives_no_longer_than_any_other(sqlite_house: House) -> None:
    page, ticket = await sent(sqlite_house)
    await page.says("/lapor")
    await page.says(STORY)
    await asked(sqlite_house, page, ticket)
    await later(sqlite_house, days=29)
    assert WORD in await kept(sqlite_house)
    await later(sqlite_house, days=2)
    assert WORD not in await kept(sqlite_house)


async def test_bringing_a_draft_back_takes_none_away(sqlite_house: House) -> None:
    page, ticket = await sent(sqlite_house)
    await page.says("/lapor")
    await page.says(OTHER)
    await page.says("/batal")
    await page.says("/lapor")
    await page.says(STORY)
    await asked(sqlite_house, page, ticket)
    assert OTHER in (await page.says("/urung")).text or OTHER in await kept(sqlite_house)
    now = await state(sqlite_house, page)
    assert WORD in now.dropped.answers["story"]  # swapped, not thrown away
    assert WORD in await kept(sqlite_house)


async def test_an_addition_and_a_file_for_an_answer_are_not_pushed_aside_unsaid(sqlite_house: House) -> None:
    page, ticket = await sent(sqlite_house)
    await page.says("/lapor")
    await page.says(OTHER)
    await page.says("/batal")
    await page.says(f"{WORD} spanduk di balai desa")
    for words in ("/urung", "/lapor", "/koreksi"):
        assert "belum selesai" in (await page.says(words)).text
    assert WORD in await kept(sqlite_house)
    await page.says("/batal")
    await asked(sqlite_house, page, ticket)
    await page.upload(b"isi", name=f"{WORD}.txt")
    assert "Berkasnya belum dikirim" in (await page.says("nanti saja")).text
    assert "belum selesai" in (await page.says("/lapor")).text
    await page.taps("Kirim berkasnya")
    assert WORD in await kept(sqlite_house)


async def test_a_question_that_is_put_again_stays_with_the_draft_it_asks_for(sqlite_house: House) -> None:
    page = await life.agreed(sqlite_house)
    await page.says(OTHER)
    await page.says("/batal")
    await page.says("/lapor")
    await page.says(STORY)
    await page.says("/urung")
    await later(sqlite_house, minutes=11)
    assert "Kirim sekarang" in (await page.last()).buttons  # of the draft that is open
    assert WORD not in await kept(sqlite_house)


async def files(home: House) -> list[str]:
    return sorted(await home.serving.database.read(media.every))


async def test_going_back_takes_no_file_away(sqlite_house: House) -> None:
    page = await life.agreed(sqlite_house)
    await page.upload(b"satu", name="a.txt", caption="Camat bagi amplop di Sukoharjo kemarin")
    await page.says("/kembali")
    await page.says("Camat Grogol Sukoharjo bagi sembako kemarin")  # told anew: the file stays
    assert "sembako" in (await page.last()).text or await state(sqlite_house, page)
    assert len(await files(sqlite_house)) == 1
    await page.says("/ubah")
    await page.says("bukti")
    await page.upload(b"dua", name="b.txt")
    await page.says("/kembali")  # the old one comes back, beside the new one
    now = await state(sqlite_house, page)
    assert now.talk is not None
    assert len(now.talk.answers["evidence"]) == len(await files(sqlite_house)) == 2


async def test_a_file_alone_can_be_brought_back(sqlite_house: House) -> None:
    page = await life.agreed(sqlite_house)
    await page.says(STORY)
    await page.upload(b"satu", name="a.txt")
    await page.says("/kembali")
    assert len(await files(sqlite_house)) == 1
    assert "Jawaban lama dipakai lagi" in (await page.says("/kembali")).text
    now = await state(sqlite_house, page)
    assert now.talk is not None
    assert len(now.talk.answers["evidence"]) == 1


async def test_one_message_of_a_story_is_edited_and_the_others_stay(sqlite_house: House) -> None:
    home = sqlite_house
    await home.say("w", TextReceived("Camat Grogol Sukoharjo bagi amplop kemarin", "m1"), "telegram")
    await home.say("w", TextReceived("dia juga menyuruh warga foto", "m2"), "telegram")
    await home.say("w", TextEdited("dia juga menyuruh warga foto dua jari", "m2"), "telegram")
    left = await kept(home)
    assert "Camat Grogol Sukoharjo bagi amplop kemarin\\ndia juga menyuruh warga foto dua jari" in left


async def test_what_waits_for_a_developer_is_erased_after_thirty_days(any_house: House) -> None:
    home = any_house
    with pytest.MonkeyPatch.context() as broken:
        broken.setitem(perform.DEEDS, Send, None)
        await home.say("w", TextReceived(STORY))
    assert WORD in await kept(home)
    await later(home, days=29)
    assert WORD in await kept(home)
    await later(home, days=2)
    assert WORD not in await kept(home)
