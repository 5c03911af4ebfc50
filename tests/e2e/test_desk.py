"""The officers' page: cards, the queue, a race, who may see what, coming in and leaving."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.async_api import Browser, Route, expect

from tests.browser import visit
from tests.e2e.page_driver import NAME, PageDriver
from tests.e2e.photos import jpeg
from tests.e2e.seat import tip

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.serving import Process

LET_GO = (
    "Anda tidak lagi bertugas di sini, atau tautan ini sudah tidak berlaku. Tutup halaman ini; bila keliru, hubungi "
    "koordinator."
)
pytestmark = pytest.mark.slow


async def test_two_officers_race_for_a_case_and_the_queue_leads_to_it(
    chromium: Browser, served: Process, invited: Callable[..., Awaitable[str]]
) -> None:
    async with visit(chromium) as one_page, visit(chromium) as two_page:
        one = await PageDriver(one_page).enter(await invited("33.11"), "Bu Rina")
        two = await PageDriver(two_page).enter(await invited("33.11"), "Pak Joko")
        ticket = await tip(served.warga, "Lurah di Sukoharjo membagikan sembako kepada warga kemarin", jpeg(800, 600))
        for desk in (one, two):
            await desk.sees(f"{ticket} · baru · Bawaslu Kabupaten Sukoharjo")
        await asyncio.gather(*(desk.choice("Ambil", within=ticket).click() for desk in (one, two)))
        for desk in (one, two):
            await desk.sees(f"{ticket} · ditangani oleh")
        held = " ".join(bubble.text for bubble in await (await one.settled()).bubbles())
        winner, loser = ("Bu Rina", two) if "ditangani oleh Bu Rina" in held else ("Pak Joko", one)
        await loser.settled()
        told = [bubble.text for bubble in await loser.bubbles() if "sudah berubah sejak" in bubble.text]
        assert [text.splitlines()[0] for text in told] == [f"{ticket} sudah berubah sejak tombol itu tampil:"]
        assert f"diambil oleh {winner}" in told[0]
        first = two if loser is one else one
        cards = [bubble for bubble in await first.bubbles() if bubble.card and bubble.text.startswith(ticket)]
        assert [bubble.text.splitlines()[0] for bubble in cards] == [
            f"{ticket} · ditangani oleh {winner} · Bawaslu Kabupaten Sukoharjo"
        ]

        # from the queue to the card, which then stands once with buttons: the old place of it is quiet
        await first.tap("Antrean")
        await first.sees("Antrean Bawaslu Kabupaten Sukoharjo: Baru", "Kosong.")
        await first.tap("Saya")
        await first.sees("Antrean Bawaslu Kabupaten Sukoharjo: Saya")
        await first.tap(ticket)
        await first.tap("Langkah lain", within=ticket)
        await expect(first.choice("Lepas")).to_have_count(1)
        await expect(first.log.get_by_role("button", name="Lepas", exact=True)).to_have_count(1)
        assert (await first.last()).text.startswith(ticket)
        await first.tap("Lepas")
        assert (await first.last()).text.startswith(f"{ticket} · baru")
        await loser.sees(f"{ticket} · baru")


async def test_pictures_are_shown_to_those_who_may_see_the_case_only(
    chromium: Browser, served: Process, invited: Callable[..., Awaitable[str]]
) -> None:
    people = {("33.11", "petugas"): 200, ("33", "petugas"): 200, ("34.04", "petugas"): 404, ("33.11", "auditor"): 404}
    async with visit(chromium) as page:
        desk = await PageDriver(page).enter(await invited("33.11"), "Bu Rina")
        ticket = await tip(served.warga, "Camat di Sukoharjo ikut kampanye dengan seragam dinas", jpeg(640, 480, 2))
        image = desk.log.locator(".msg.card", has_text=ticket).get_by_role("img", name="Bukti")
        url = f"{served.warga}{await image.get_attribute('src')}"
        assert (await page.request.get(url)).status == 200
        await image.click()
        await expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    for cookies in ({}, {"jn_petugas": "0" * 32}, {"jn_warga": "0" * 32}):
        async with httpx.AsyncClient(cookies=cookies) as nobody:
            assert (await nobody.get(url)).status_code == 404
    links = await asyncio.gather(*(invited(*one) for one in people))
    for (who, status), link in zip(people.items(), links, strict=True):
        async with httpx.AsyncClient(base_url=served.warga) as other:
            code = link.partition("kode=")[2]
            assert (await other.post("/petugas/masuk", json={"code": code, "name": "Lain"})).status_code == 200
            assert (await other.get(url)).status_code == status, who


async def test_an_answer_that_was_lost_at_the_door_is_asked_for_again(
    chromium: Browser, invited: Callable[..., Awaitable[str]]
) -> None:
    lost: list[int] = []

    async def lose(route: Route) -> None:
        lost.append((await route.fetch()).status)
        await route.request.frame.page.context.clear_cookies()  # the answer's cookie was lost with it
        await route.abort()

    link = await invited("35.78")
    async with visit(chromium) as page:
        await page.route("**/petugas/masuk", lose, times=1)
        await page.goto(link)
        await page.get_by_label(NAME).fill("Bu Rina")
        enter = page.get_by_role("button", name="Masuk", exact=True)
        await enter.click()
        await expect(page.get_by_role("alert")).to_have_text("Belum tersambung. Silakan coba lagi.")
        assert lost == [200]
        assert not await page.context.cookies()
        await page.reload()  # a phone may have thrown the page away meanwhile
        await page.get_by_label(NAME).fill("Bu Rina")
        await enter.click()
        desk = PageDriver(page)
        await desk.sees("Selamat bertugas di Bawaslu Kota Surabaya sebagai petugas.")
        assert len([one for one in await desk.bubbles() if "Selamat bertugas" in one.text]) == 1

        # the old link opens the same desk here, and nobody else's
        await page.goto(link)
        await page.get_by_label(NAME).fill("Bu Rina")
        await enter.click()
        await desk.sees("Selamat bertugas di Bawaslu Kota Surabaya sebagai petugas.")
    async with visit(chromium) as stranger:
        await stranger.goto(link)
        await stranger.get_by_label(NAME).fill("Orang lain")
        await stranger.get_by_role("button", name="Masuk", exact=True).click()
        await expect(stranger.get_by_role("alert")).to_contain_text("Undangan itu tidak berlaku")


async def test_a_desk_that_was_left_is_closed_also_for_a_copied_cookie(
    chromium: Browser, served: Process, invited: Callable[..., Awaitable[str]]
) -> None:
    async with visit(chromium) as page:
        desk = await PageDriver(page).enter(await invited("51.71", "koordinator"), "Pak Wayan")
        cookies = {one["name"]: one["value"] for one in await page.context.cookies()}
        page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
        await page.get_by_text("Meja petugas, langsung di peramban").click()
        async with page.expect_response("**/petugas/chat/session"):
            await page.get_by_role("button", name="Akhiri sesi").click()
        await page.wait_for_url("**/static/jam.html")
        assert not await page.context.cookies()
        await page.goto(f"{served.warga}/petugas")
        await expect(page.get_by_text("Meja petugas dibuka dengan undangan.")).to_be_visible()
        await expect(desk.log).to_be_hidden()
    async with httpx.AsyncClient(base_url=served.warga, cookies=cookies) as thief:
        assert (await thief.post("/petugas/chat/session")).status_code == 401
        assert (await thief.get("/petugas/chat/stream")).status_code == 401
        assert (await thief.post("/petugas/chat/send", json={"id": "12345678", "text": "/antrean"})).status_code == 401


async def test_a_case_file_is_downloaded_under_its_name(
    chromium: Browser, served: Process, invited: Callable[..., Awaitable[str]]
) -> None:
    async with visit(chromium) as page:
        desk = await PageDriver(page).enter(await invited("33.11"), "Bu Rina")
        ticket = await tip(served.warga, "Lurah di Sukoharjo membagikan sembako kepada warga kemarin", jpeg(800, 600))
        await desk.sees(ticket)
        await desk.type(f"/berkas {ticket}")
        link = desk.log.get_by_role("link", name=f"berkas-{ticket}.pdf")
        await expect(link).to_be_visible()
        async with page.context.expect_event("page"), page.expect_download() as coming:
            await link.click()
        got = await coming.value
        assert got.suggested_filename == f"berkas-{ticket}.pdf"
        assert (await got.path()).read_bytes().startswith(b"%PDF-")
        assert page.url.endswith("/petugas"), "the conversation stays where it is"


async def test_a_card_unfolds_and_lists_are_ticked_where_they_stand(
    chromium: Browser, served: Process, invited: Callable[..., Awaitable[str]]
) -> None:
    async with visit(chromium, 360) as page:
        desk = await PageDriver(page).enter(await invited("33.11"), "Bu Rina")
        ticket = await tip(served.warga, "Lurah di Sukoharjo membagikan sembako kepada warga kemarin", jpeg(800, 600))
        await desk.sees(ticket)
        before = len(await desk.bubbles())
        await desk.tap("Langkah lain", within=ticket)
        await desk.tap("Selengkapnya", within=ticket)
        await desk.sees("Mengapa ke sini: tempat kejadian di Kabupaten Sukoharjo.")
        await desk.tap("Ringkas", within=ticket)
        assert len(await desk.bubbles()) == before, "nothing is said besides"
        assert "Mengapa ke sini:" not in (await desk.last()).text

        await desk.type(f"/label {ticket} prioritas")
        await desk.type(f"/label {ticket}")
        before = len(await desk.bubbles())
        await desk.tap("☑ prioritas")
        assert (await desk.last()).buttons == ["☐ prioritas"]
        await desk.tap("☐ prioritas")
        assert (await desk.last()).buttons == ["☑ prioritas"]
        assert len(await desk.bubbles()) == before

        await desk.type(f"/lengkapi {ticket}")
        before = len(await desk.bubbles())
        await desk.tap("☐ Saksi")
        await desk.tap("☐ Identitas pelapor")
        await desk.tap("Tidak jadi")
        assert (await desk.last()).text == f"Baik, tidak ada yang diminta untuk {ticket}."
        assert len(await desk.bubbles()) == before


async def test_whoever_is_let_go_reads_so_and_the_page_asks_no_more(
    chromium: Browser, served: Process, invited: Callable[..., Awaitable[str]]
) -> None:
    async with visit(chromium) as one_page, visit(chromium) as two_page:
        lead = await PageDriver(one_page).enter(await invited("33.11", "koordinator"), "Bu Rina")
        gone = await PageDriver(two_page).enter(await invited("33.11"), "Pak Joko Pergi")
        asked: list[str] = []
        two_page.on("request", lambda request: asked.append(request.url))
        await two_page.route("**/petugas/chat/send", lambda route: route.fulfill(status=503))
        await gone.box.fill("/antrean")
        await gone.page.get_by_role("button", name="Kirim", exact=True).click()  # still on its way when the seat goes
        await lead.type("/keluarkan")
        await lead.tap("Pak Joko Pergi")
        await lead.tap("Ya, keluarkan")
        await lead.sees("Pak Joko Pergi tidak lagi bertugas")
        await expect(two_page.locator("#sambungan")).to_have_text(LET_GO, timeout=20_000)
        await expect(gone.log).to_be_hidden()
        before = len(asked)
        await two_page.evaluate("dispatchEvent(new Event('online'))")
        await asyncio.sleep(4)
        assert asked[before:] == []
