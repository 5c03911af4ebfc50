"""Documents on their way out: on Telegram and on the page, small and large, made well or not at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from bot.channels import Button, Document, Outgoing
from bot.inside.act import say
from handlers.attached import NOT_NOW, Paper
from handlers.effects import Option, Send, T
from storage.outbox import SENT, stream
from storage.tables import outbox, staff
from tests.bot.desks import SUKOHARJO, do
from tests.bot.test_sender import Told, telling
from tests.bot.test_telegram_send import judged, keyboard
from tests.standins.judge import judge
from tests.standins.telegram import StandIn, serving
from tests.storage.life import Page, officer_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.channels.telegram import Telegram
    from bot.outgoing.papers import Sources, Wanted
    from tests.serving import House

LATER = "Mohon minta lagi nanti."
PDF = b"%PDF-1.7 " + bytes(range(256)) * 40


def pdf(content: bytes = PDF) -> Document:
    return Document("formulir-JN-1.pdf", "application/pdf", len(content), content, LATER)


# --- Telegram ---------------------------------------------------------------------------------------------------------


async def test_a_document_comes_with_its_words(bot: Telegram, world: StandIn) -> None:
    out = Outgoing("Ini formulirnya.", (Button("Status", "/status"),), paper=pdf(), protect=True)
    (number,) = await bot.send("5", out)
    (call,) = world.calls
    (upload,) = call.files.values()
    said = judged(call)
    assert (call.method, upload.name, upload.data, judge(call)) == ("sendDocument", "formulir-JN-1.pdf", PDF, [])
    assert (said.document.file_name, said.caption) == ("formulir-JN-1.pdf", "Ini formulirnya.")
    assert (said.has_protected_content, str(said.message_id)) == (True, number)
    assert said.reply_markup == keyboard(call)


async def test_long_words_stand_before_it(bot: Telegram, world: StandIn) -> None:
    long = "kata " * 1000
    ids = await bot.send("5", Outgoing(long, (Button("Status", "/status"),), paper=pdf()))
    assert [call.method for call in world.calls] == ["sendMessage", "sendMessage", "sendDocument"]
    assert ["reply_markup" in call.params for call in world.calls] == [False, False, True]
    assert " ".join(world.texts(5)).split() == long.split()
    assert len(ids) == 3


async def test_it_is_read_in_pieces_and_only_when_it_goes(bot: Telegram, world: StandIn) -> None:
    piece, given = bytes(1 << 16), []

    def pieces() -> Iterator[bytes]:
        for number in range(64):
            given.append(number)
            yield b""
            yield piece

    large = Document("bukti-JN-1.zip", "application/zip", 64 << 16, pieces)
    assert given == []
    await bot.send("5", Outgoing("Buktinya.", paper=large))
    (upload,) = world.calls[0].files.values()
    assert (len(upload.data), given) == (64 << 16, [*range(64)])


async def test_a_document_that_is_refused_leaves_its_words(bot: Telegram, world: StandIn) -> None:
    await bot.send("5", Outgoing("Ini formulirnya.", (Button("Status", "/status"),), paper=pdf(b"")))
    assert world.texts(5) == [f"Ini formulirnya.\n\n{LATER}"]
    assert keyboard(world.calls[-1])


async def test_a_document_larger_than_telegram_takes_is_not_tried(bot: Telegram, world: StandIn) -> None:
    huge = Document("bukti-JN-1.zip", "application/zip", 50_000_001, lambda: pytest.fail("read"), LATER)
    await bot.send("5", Outgoing("Buktinya.", paper=huge))
    assert [call.method for call in world.calls] == ["sendMessage"]
    assert world.texts(5) == [f"Buktinya.\n\n{LATER}"]


# --- from the outbox --------------------------------------------------------------------------------------------------


@pytest.fixture
async def world() -> AsyncIterator[StandIn]:
    async with serving(StandIn()) as standin:
        yield standin


@pytest.fixture
async def told(tmp_path: Path, world: StandIn) -> AsyncIterator[Told]:
    async with telling(tmp_path / "data", world) as one:
        yield one


def body(kind: str = "uji") -> dict[str, Any]:
    return {"kind": kind, "name": "uji-JN-1.pdf", "ticket": "JN-1", "given": {"apa": "ini"}, "otherwise": LATER}


async def maker(wanted: Wanted, sources: Sources) -> Document:
    assert sources.clock.now()
    made = json.dumps([wanted.kind, wanted.ticket, dict(wanted.given), wanted.to]).encode()
    return Document(wanted.name, "application/pdf", len(made), made)


async def test_it_is_made_when_it_is_sent(told: Told) -> None:
    told.house.serving.papers.makers["uji"] = maker
    to = await told.to()
    await told.say(to, "Ini dia.", paper=body())
    await told.settled(to)
    (call,) = told.world.made("sendDocument", 5)
    (upload,) = call.files.values()
    assert (upload.name, json.loads(upload.data)) == ("uji-JN-1.pdf", ["uji", "JN-1", {"apa": "ini"}, to])
    assert call.params["caption"] == "Ini dia."


async def test_what_cannot_be_made_leaves_its_words(told: Told) -> None:
    async def broken(*_: Any) -> Document:
        raise MemoryError

    told.house.serving.papers.makers["uji"] = broken
    to = await told.to()
    await told.say(to, "Ini dia.", paper=body())
    await told.say(to, "Itu juga.", paper=body("tiada"))  # a kind that nobody makes (any more)
    assert set(await told.settled(to)) == {SENT}
    assert told.texts()[-2:] == [f"Ini dia.\n\n{LATER}", f"Itu juga.\n\n{LATER}"]
    assert told.world.made("sendDocument", 5) == []


async def test_a_retry_sends_it_once_more_whole(told: Told) -> None:
    told.house.serving.papers.makers["uji"] = maker
    to = await told.to()
    await told.settled(to)
    told.world.fail_next("sendDocument")
    await told.say(to, "Ini dia.", paper=body())
    await told.settled(to, 1)
    first, second = [call for call in told.world.calls if call.method == "sendDocument"]
    assert [one.data for one in first.files.values()] == [one.data for one in second.files.values()]


# --- on the page ------------------------------------------------------------------------------------------------------


def paper(**more: Any) -> Send:
    made = Paper("uji", "uji-JN-1.pdf", "JN-1", {"apa": "ini"}, **more)
    return Send(T("Baik, dicatat."), (Option("Status", "/status"),), paper=made)


async def given(home: House, page: Page, channel: str = "web") -> dict[str, Any]:
    """A message with a document reaches a page; the row as its stream shows it."""
    from bot.web.forms import shown  # noqa: PLC0415
    from storage.conversations import by_keys, key_of  # noqa: PLC0415

    await do(home, page.seat, lambda act: say(act, act.chat, paper()), channel)
    keys = home.serving.keys

    def look(conn: Any) -> dict[str, Any]:
        [chat] = by_keys(conn, keys, [key_of(keys, channel, page.seat)]).values()
        row = stream(conn, keys, chat.id, 0)[-1]
        assert row.body["paper"]["otherwise"] == NOT_NOW.msgid
        return shown(row, keys, page.base)

    return await home.serving.database.read(look)


async def test_the_page_gets_a_link_that_only_it_can_open(sqlite_house: House) -> None:
    home = sqlite_house
    home.serving.papers.makers["uji"] = maker
    page, other = Page(home), Page(home)
    await page.open()
    await other.open()
    row = await given(home, page)
    assert set(row["paper"]) == {"url", "name"}, "what it is made of is nobody's business"
    got = await page.client.get(row["paper"]["url"])
    assert (got.status_code, got.json()[:2]) == (200, ["uji", "JN-1"])
    assert got.headers["content-disposition"] == 'attachment; filename="uji-JN-1.pdf"'
    assert (got.headers["content-type"], got.headers["cache-control"]) == ("application/pdf", "no-store")
    assert got.headers["content-length"] == str(len(got.content))
    for seat in (other, Page(home)):
        assert (await seat.client.get(row["paper"]["url"])).status_code == 404
    for number in (0, row["seq"] - 1, row["seq"] + 1, 2**60):
        assert (await page.client.get(f"/chat/dokumen/{number}")).status_code == 404
    earlier = outbox.delete().where(outbox.c.seq < row["seq"])  # as where a draft was erased
    await home.serving.database.write(lambda conn: conn.execute(earlier))
    assert (await page.client.get(f"/chat/dokumen/{row['seq'] - 1}")).status_code == 404


async def test_an_officer_who_left_cannot_fetch_it(sqlite_house: House) -> None:
    home = sqlite_house
    home.serving.papers.makers["uji"] = maker
    page = officer_page(home)
    await page.enter(await home.invite(SUKOHARJO), "Petugas")
    row = await given(home, page, "kantor")
    assert (await page.client.get(row["paper"]["url"])).status_code == 200
    await home.serving.database.write(lambda conn: conn.execute(staff.update().values(active=False)))
    assert (await page.client.get(row["paper"]["url"])).status_code == 404


async def test_the_page_says_what_cannot_be_made(sqlite_house: House) -> None:
    home = sqlite_house
    page = Page(home)
    await page.open()
    row = await given(home, page)
    got = await page.client.get(row["paper"]["url"])
    assert (got.status_code, got.text) == (503, NOT_NOW.msgid)


async def test_large_ones_come_in_pieces(sqlite_house: House) -> None:
    home, pulled = sqlite_house, []

    async def large(wanted: Wanted, _: Sources) -> Document:
        def pieces() -> Iterator[bytes]:
            for number in range(8):
                pulled.append(number)
                yield bytes(1 << 20)

        return Document(wanted.name, "application/zip", 8 << 20, pieces)

    home.serving.papers.makers["uji"] = large
    page = Page(home)
    await page.open()
    row = await given(home, page)
    async with asyncio.timeout(20):
        got = await page.client.get(row["paper"]["url"])
    assert (len(got.content), pulled) == (8 << 20, [*range(8)])
