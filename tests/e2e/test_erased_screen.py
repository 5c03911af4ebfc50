"""What is erased leaves every screen: at once, after a lost connection, and without taking anything else along."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.browser import visit
from tests.e2e.page_driver import PageDriver
from tests.e2e.seat import Seat
from tests.e2e.test_report import STORY, assert_same_after_reload

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.serving import Process

pytestmark = pytest.mark.slow


async def told(citizen: PageDriver) -> PageDriver:
    await citizen.tap("Setuju, lanjut")
    await citizen.type(STORY)
    return await citizen.sees("Di mana kejadiannya?")


async def test_at_once_on_every_page_that_shows_it(chromium: Browser, process: Callable[..., Process]) -> None:
    one = process()
    await one.start()
    async with visit(chromium) as page:
        citizen = await told(await PageDriver(page).open(one.warga))
        other = await PageDriver(await page.context.new_page()).open(one.warga)
        await other.sees("Di mana kejadiannya?")
        await citizen.type("/hapus")
        await citizen.tap("Ya, hapus")
        for each in (citizen, other):
            await each.sees("Sudah dihapus.")
            await expect(each.log.get_by_text(STORY)).to_have_count(0)
        await assert_same_after_reload(citizen, "Sudah dihapus.")


async def test_on_a_page_that_was_away_meanwhile(chromium: Browser, process: Callable[..., Process]) -> None:
    one = process()
    await one.start()
    async with visit(chromium) as page:
        citizen = await told(await PageDriver(page).open(one.warga))
        [cookie] = await page.context.cookies()
        await page.context.set_offline(offline=True)
        await page.route("**/chat/stream*", lambda route: route.abort())
        async with httpx.AsyncClient(base_url=one.warga, cookies={cookie["name"]: cookie["value"]}) as http:
            answer = await http.post("/chat/send", json={"id": "hapus-dari-sini", "text": "/hapus ya"})
            answer.raise_for_status()
        await page.unroute("**/chat/stream*")
        await page.context.set_offline(offline=False)
        await citizen.sees("Sudah dihapus.")
        await expect(citizen.log.get_by_text(STORY)).to_have_count(0)


async def test_a_page_emptied_by_time_greets_again(
    chromium: Browser, process: Callable[..., Process], tmp_path: Path
) -> None:
    clock = tmp_path / "jam"
    clock.write_text("2024-10-10T10:00+07:00\n")
    one = process()
    await one.start("--clock", str(clock))
    async with visit(chromium) as page:
        citizen = await told(await PageDriver(page).open(one.warga))
        await citizen.type("/batal")
        await citizen.sees("Dibatalkan")
        clock.write_text("2024-10-10T10:11+07:00\n")
        await expect(citizen.log.get_by_text(STORY)).to_have_count(0, timeout=30_000)
        await citizen.sees("Ceritakan apa yang Anda lihat")


async def rows(seat: Seat, last: str, most: int) -> list[tuple[str, str]]:
    """(id, event or text) of what the stream gives after an id."""
    found: list[tuple[str, str]] = []

    async def read() -> None:
        id_, kind = "", ""
        headers = {"last-event-id": last} if last else {}
        async with seat.http.stream("GET", "/chat/stream", headers=headers) as answer:
            async for line in answer.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    id_, kind = value, ""
                elif name == "event":
                    kind = value
                elif name == "data" and id_:
                    found.append((id_, kind or json.loads(value)["text"]))
                if len(found) == most:
                    return

    await asyncio.wait_for(read(), 20)
    return found


async def test_a_connection_that_breaks_on_the_news_loses_nothing(process: Callable[..., Process]) -> None:
    one = process()
    await one.start()
    async with Seat(one.warga) as seat:
        await seat.tip("Camat Grogol Sukoharjo membagi amplop kemarin")
        await seat.say(text="/lapor")
        await seat.say(text=STORY)
        await seat.row(lambda row: row["text"] == STORY)
        seen = await rows(seat, "", 10)
        await seat.say(text="/hapus ya")
        await seat.row(lambda row: "Permintaan Anda" in row["text"])
        [(id_, kind)] = await rows(seat, seen[-1][0], 1)
        assert (id_, kind) == ("0-0", "hapus")
        again = [text for _, text in await rows(seat, id_, 7)]
        assert any("Kode rahasia" in text for text in again)
        assert STORY not in again
