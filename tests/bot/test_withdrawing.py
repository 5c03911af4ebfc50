"""What the first study asked of a citizen ends with it, and its undo asks again for what it ended, and for no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.events import TextReceived
from tests.bot.desks import SUKOHARJO, bodies, case, filed, officer
from tests.bot.test_elsewhere import presses

if TYPE_CHECKING:
    from tests.bot.desks import Filed, Officer
    from tests.serving import House

NOTHING = "Tidak ada pertanyaan petugas yang menunggu"
AGAIN = "Petugas masih meminta"


async def in_hand(home: House, *lines: str) -> tuple[Officer, Filed]:
    """A case in an officer's hands, with these steps made: {} is its number."""
    one, report = await officer(home, SUKOHARJO), await filed(home, happened="2024-10-01", known="2024-10-02")
    await does(one, report, "/ambil {}", *lines)
    return one, report


async def does(one: Officer, report: Filed, *lines: str) -> None:
    for line in lines:
        await one.says(line.format(report.ticket))


async def requests(home: House, one: Officer, report: Filed, items: str) -> None:
    """/lengkapi, tapped and sent."""
    await one.taps(f"/lengkapi {report.ticket} .{items} kirim @{(await case(home, report.ticket)).rev}")


async def told_who(home: House) -> tuple[Officer, Filed]:
    """A signed form came, who the accused is was asked of its reporter, and was answered."""
    one, report = await in_hand(home, "/formulir {} hari ini")
    await requests(home, one, report, "t")
    await home.say(report.seat, TextReceived("Pak Budi, Camat Grogol"))
    await presses(home, report.seat, "Kirim ke petugas", "web")
    return one, report


async def heard(home: House, report: Filed, *lines: str, after: int = -1) -> str:
    """What came to the citizen since, or after they typed these."""
    before = await home.last(report.seat) if after < 0 else after
    for line in lines:
        await home.say(report.seat, TextReceived(line))
    return str(bodies(await home.heard(report.seat, "web", before)))


async def test_what_was_given_is_not_asked_again_by_an_undo(any_house: House) -> None:
    home = any_house
    one, report = await told_who(home)
    before = await home.last(report.seat)
    await does(one, report, "/lengkap {} hari ini", "/mundur {}")
    assert (await case(home, report.ticket)).status == "dilengkapi"
    said = await heard(home, report, after=before)
    assert "kabar sebelumnya keliru dan dibatalkan; yang benar: menunggu kelengkapan" in said
    assert AGAIN not in said
    assert NOTHING in await heard(home, report, "/jawab")


async def test_what_was_not_given_is_asked_again_as_it_was_asked(any_house: House) -> None:
    """Of two items one was answered; the other comes back, beside what a plain request had asked for."""
    home = any_house
    one, report = await in_hand(home)
    await requests(home, one, report, "n")
    await home.say(report.seat, TextReceived("/batal"))
    await does(one, report, "/formulir {} hari ini", "/kurang {} Siapa terlapor", "/mundur {}")
    await requests(home, one, report, "t")
    before = await home.last(report.seat)
    await does(one, report, "/lengkap {} hari ini")
    assert "tidak perlu dijawab lagi" in await heard(home, report, after=before)
    before = await home.last(report.seat)
    await does(one, report, "/mundur {}")
    said = await heard(home, report, after=before)
    assert f"{AGAIN}: Siapa terlapor" in said
    assert "batasnya" in said
    asked = await heard(home, report, "/jawab")
    assert "Siapa terlapor" in asked
    assert "Saksi" in asked
    await does(one, report, "/lengkap {} hari ini")
    assert "Siapa terlapor" not in await heard(home, report, "/jawab")


async def test_a_question_in_words_is_asked_again_by_the_undo_alone(any_house: House) -> None:
    home = any_house
    one, report = await in_hand(home, "/formulir {} hari ini", "/kurang {} Fotokopi KTP", "/lengkap {} hari ini")
    before = await home.last(report.seat)
    await does(one, report, "/mundur {}")
    assert f"{AGAIN}: Fotokopi KTP" in await heard(home, report, after=before)
    assert "Fotokopi KTP" in await heard(home, report, "/jawab", "sudah saya antar")
    before = await home.last(report.seat)
    await does(one, report, "/lengkap {} hari ini", "/mundur {}")
    assert AGAIN not in await heard(home, report, after=before)


async def test_words_that_begin_like_an_item_close_with_what_they_asked(sqlite_house: House) -> None:
    """An item that a plain request asked for stays, the words go; and the words alone where they name the item."""
    home = sqlite_house
    one, report = await in_hand(home)
    await requests(home, one, report, "n")
    words = "Saksi, dan fotokopi KTP saksi itu"
    await does(one, report, "/formulir {} hari ini", f"/kurang {{}} {words}", "/lengkap {} hari ini")
    said = await heard(home, report, "/jawab")
    assert "KTP" not in said
    assert "lihat" in said.casefold()  # the witness is still asked for


async def test_words_that_only_name_an_item_close_with_it(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await in_hand(home)
    await requests(home, one, report, "n")
    await does(one, report, "/formulir {} hari ini", "/kurang {} Saksi", "/lengkap {} hari ini")
    assert NOTHING in await heard(home, report, "/batal", "/jawab")


async def test_a_request_that_was_repeated_closes_once(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await in_hand(home, "/formulir {} hari ini")
    await requests(home, one, report, "n")
    await does(one, report, "/lengkap {} hari ini", "/mundur {}")
    await requests(home, one, report, "n")
    await does(one, report, "/lengkap {} hari ini")
    assert NOTHING in await heard(home, report, "/jawab")


async def test_what_is_asked_besides_has_no_last_day_any_more(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await told_who(home)
    await requests(home, one, report, "n")
    await home.say(report.seat, TextReceived("/batal"))
    before = await home.last(report.seat)
    await does(one, report, "/lengkap {} hari ini")
    assert "tidak perlu dijawab lagi" not in await heard(home, report, after=before)
    said = await heard(home, report, "/jawab")
    assert "Saksi" in said
    assert "batasnya" not in said
