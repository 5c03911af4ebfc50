"""From the first word to the officer's queue and back, over a clean restart and a sudden death of the server."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpx
import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from tests.browser import visit
from tests.e2e.page_driver import PageDriver
from tests.e2e.photos import MARK, photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import Process

pytestmark = pytest.mark.slow

GROGOL = {"latitude": -7.6014, "longitude": 110.8186, "accuracy": 20}  # Sukoharjo
STORY = "Pak camat mengajak warga memilih calon nomor dua di balai kecamatan kemarin sore"


async def report(citizen: PageDriver) -> str:
    """A report with a photo and a shared place; gives the ticket."""
    await citizen.tap("Setuju, lanjut")
    await citizen.type(STORY)
    await citizen.sees("Di mana kejadiannya?")
    await citizen.share_location()
    await citizen.sees("Siapa yang melakukannya?")
    await citizen.send_files([photo()])
    await citizen.sees("Bukti tersimpan di draf: 1.")
    await citizen.tap("Kirim sekarang")
    await citizen.sees("Terkirim.", "belum berupa Laporan resmi")
    return re.search(r"JN-[0-9A-Z]{4}-[0-9A-Z]{4}", (await citizen.last()).text)[0]  # type: ignore[index]


async def assert_clean_picture(desk: PageDriver, ticket: str) -> None:
    """The officer sees the picture, small, and nothing of what the camera wrote into it."""
    image = desk.log.locator(".msg.card", has_text=ticket).get_by_role("img", name="Bukti")
    await expect(image).to_have_count(1)
    source = urljoin(desk.page.url, await image.get_attribute("src") or "")
    body = await (await desk.page.request.get(source)).body()
    assert MARK.encode() not in body
    view = Image.open(io.BytesIO(body))
    assert max(view.size) <= 1280
    assert not view.getexif()


async def assert_same_after_reload(driver: PageDriver, text: str) -> None:
    """Nothing lost, nothing doubled, nothing moved."""
    before = await driver.bubbles()
    await driver.page.reload()
    await driver.sees(text)
    assert await (await driver.settled()).bubbles() == before


async def test_an_incident_is_reported_answered_and_found_again_after_both_kinds_of_restart(
    chromium: Browser, process: Callable[..., Process]
) -> None:
    one = process()
    await one.start()
    port = httpx.URL(one.warga).port
    asked: list[str] = []
    async with visit(chromium, geolocation=GROGOL, permissions=["geolocation"]) as page, visit(chromium) as desk_page:
        for each in (page, desk_page):
            each.context.on("request", lambda request: asked.append(request.url))
        desk = await PageDriver(desk_page).enter(one.petugas, "Bu Rina")
        citizen = await PageDriver(page).open(one.warga)
        ticket = await report(citizen)
        assert [said.text for said in await citizen.bubbles() if said.who == "me"] == [
            "Setuju, lanjut", STORY, "Lokasi dibagikan (ketelitian sekitar 20 m)", "", "Kirim sekarang",
        ]  # fmt: skip

        await desk.sees(f"{ticket} · baru · Bawaslu RI", STORY)
        await assert_clean_picture(desk, ticket)
        await desk.tap("Ambil", within=ticket)
        await desk.sees(f"{ticket} · ditangani oleh Bu Rina · Bawaslu RI")
        await citizen.sees(f"Kabar {ticket}: sedang ditangani petugas Bawaslu RI.")
        assert not any("Bu Rina" in said.text for said in await citizen.bubbles())

        assert one.stop() == 0
        await one_again(one, port)
        await assert_same_after_reload(desk, f"{ticket} · ditangani oleh Bu Rina")
        await desk.tap("Tanya warga", within=ticket)
        await desk.type("Apakah ada saksi lain?")
        await citizen.sees("Apakah ada saksi lain?")

        one.kill()
        await citizen.box.fill("Ada, dua warga RT 3.")
        await page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(citizen.log.get_by_text("mengirim…")).to_be_visible()
        await one_again(one, port)
        await citizen.sees("Jawaban Anda sudah diteruskan kepada petugas.")
        await desk.sees("jawaban warga: Ada, dua warga RT 3.", f"{ticket}: warga sudah menjawab.")
        await assert_same_after_reload(await citizen.settled(), f"Kabar {ticket}: sedang ditangani petugas")
        assert [said.text for said in await citizen.bubbles()].count("Ada, dua warga RT 3.") == 1
        assert len([said for said in await desk.bubbles() if said.card and said.text.startswith(ticket)]) == 1

        await citizen.type("/status")
        await citizen.sees(f"{ticket}: sedang ditangani di Bawaslu RI")
        await desk.type("/antrean saya")
        await desk.sees("Antrean Bawaslu RI: Saya")
        assert ticket in (await desk.last()).buttons
    assert [url for url in asked if not url.startswith(f"{one.warga}/")] == []
    assert one.log() == ""


async def one_again(one: Process, port: int | None) -> None:
    """The same server comes back at the same address, as it does where PORT is set."""
    one.env["PORT"] = str(port)
    await one.start()


async def test_where_the_browser_refuses_the_place_it_is_typed(
    chromium: Browser, process: Callable[..., Process]
) -> None:
    one = process()
    await one.start()
    async with visit(chromium) as page:
        citizen = await PageDriver(page).open(one.warga)
        await citizen.tap("Setuju, lanjut")
        await citizen.type(STORY)
        await citizen.share_location()
        await expect(page.get_by_text("Tidak apa-apa, lokasi tidak dibagikan.")).to_be_visible()
        await citizen.type("sukoharjo")
        await citizen.sees("Siapa yang melakukannya?")
        await citizen.tap("Kirim sekarang")
        await citizen.sees("Petugas Bawaslu Kabupaten Sukoharjo belum terdaftar di sini")

        # quick exit: nothing on the screen, in the storage or behind the button; a new visit is a new person's
        await page.get_by_role("button", name="Keluar cepat").click()
        await page.wait_for_url("**/static/jam.html")
        await page.wait_for_function("sessionStorage.length + localStorage.length === 0")
        assert await page.context.cookies() == []
        await citizen.open(one.warga)
        assert len(await citizen.bubbles()) == 1
