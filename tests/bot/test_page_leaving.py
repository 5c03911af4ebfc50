"""Entering and leaving the chat page: quick exit, the officers' door, the one-time upload, no scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, Route, expect

from tests.browser import visit
from tests.standins.page_server import PageServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

pytestmark = pytest.mark.slow


@pytest.fixture
async def server() -> AsyncIterator[PageServer]:
    async with PageServer(clock="2024-10-01T08:00+07:00").running() as running:
        yield running


def begin(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("button", name="Mulai", exact=True)


async def by_button(page: Page) -> None:
    await page.get_by_role("button", name="Keluar cepat").click()


async def by_escape(page: Page) -> None:
    for _ in range(3):
        await page.keyboard.press("Escape")


async def write_a_secret(page: Page) -> None:
    box = page.get_by_role("textbox", name="Pesan", exact=True)
    await box.fill("rahasia satu")
    await box.press("Enter")
    await expect(page.get_by_text("Baik, tercatat: rahasia satu")).to_be_visible()
    await box.fill("rahasia dua")
    await page.evaluate("localStorage.setItem('kunci', 'rahasia tiga')")


async def assert_no_trace(page: Page) -> None:
    await page.wait_for_url("**/static/jam.html")
    assert await page.title() == "Jam"
    assert "rahasia" not in await page.content()
    assert await page.evaluate("sessionStorage.length + localStorage.length") == 0


@pytest.mark.parametrize("go", [by_button, by_escape])
async def test_quick_exit_leaves_nothing_and_back_does_not_return(
    chromium: Browser, server: PageServer, go: Callable[[Page], Awaitable[None]]
) -> None:
    async with visit(chromium) as page:
        await page.goto(f"{server.url}/bukti/1")
        await page.goto(server.url)
        await expect(begin(page)).to_be_visible()
        await write_a_secret(page)
        await go(page)
        await assert_no_trace(page)
        await page.wait_for_function("fetch('/chat/stream').then(answer => answer.status === 401)")
        assert not await page.context.cookies()
        await page.go_back()
        assert page.url == f"{server.url}/bukti/1"
        await page.go_forward()
        await assert_no_trace(page)


async def test_quick_exit_without_a_connection_ends_the_session_as_soon_as_there_is_one(
    chromium: Browser, server: PageServer
) -> None:
    async with visit(chromium) as page:
        await page.goto(server.url)
        await expect(begin(page)).to_be_visible()
        lost = 0

        async def lose(route: Route) -> None:
            nonlocal lost
            if route.request.method == "DELETE" and lost < 2:
                lost += 1
                await route.abort()
            else:
                await route.continue_()

        await page.context.route("**/chat/session", lose)
        await by_button(page)
        await assert_no_trace(page)
        async with page.expect_response("**/chat/session"):
            pass
        assert lost == 2
        assert not server.seats


async def test_the_drill_is_said_on_the_page(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await page.goto(server.url)
        line = "Latihan: waktu diambil dari berkas: 1 Oktober 2024 pukul 08.00 WIB"
        await expect(page.get_by_text(line)).to_be_visible()
        await expect(page.get_by_text("Tanpa akun, tidak lewat platform lain")).to_be_visible()


async def test_an_invitation_is_spent_by_pressing_only(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await page.goto(f"{server.url}/petugas?kode=KODE-1")
        enter = page.get_by_role("button", name="Masuk", exact=True)
        await expect(enter).to_be_visible()
        assert server.invites
        await page.get_by_label("Nama Anda, seperti dikenal rekan sekantor").fill("Bu Rina")
        await enter.click()
        await expect(begin(page)).to_be_visible()
        assert page.url == f"{server.url}/petugas"
        await page.reload()
        await expect(begin(page)).to_be_visible()
        await by_button(page)
        await assert_no_trace(page)
        await page.goto(f"{server.url}/petugas")  # an officer's seat outlives the screen
        await expect(begin(page)).to_be_visible()


async def test_a_spent_invitation_says_so_and_without_one_the_door_explains(
    chromium: Browser, server: PageServer
) -> None:
    async with visit(chromium) as page:
        await page.goto(f"{server.url}/petugas?kode=HABIS")
        await page.get_by_label("Nama Anda, seperti dikenal rekan sekantor").fill("Bu Rina")
        await page.get_by_role("button", name="Masuk", exact=True).click()
        await expect(page.get_by_role("alert")).to_contain_text("sudah dipakai atau kedaluwarsa")
        await page.goto(f"{server.url}/petugas")
        await expect(page.get_by_text("Meja petugas dibuka dengan undangan.")).to_be_visible()
        await expect(page.get_by_role("log")).to_be_hidden()


async def test_a_stream_that_a_proxy_refuses_is_asked_for_again(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        refused = 0

        async def refuse(route: Route) -> None:
            nonlocal refused
            refused += 1
            await (route.fulfill(status=502) if refused < 3 else route.continue_())

        await page.route("**/chat/stream?*", refuse)
        await page.goto(server.url)
        await expect(begin(page)).to_be_visible()
        await expect(page.get_by_role("status").first).to_have_text("")
        assert len(server.seats) == 1


async def test_it_works_where_storage_is_refused(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        refuse = "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no') } })"
        await page.add_init_script(refuse)
        await page.goto(server.url)
        await expect(begin(page)).to_be_visible()
        await write_a_secret(page)
        await by_button(page)
        await page.wait_for_url("**/static/jam.html")


async def test_the_one_time_upload_takes_one_file(chromium: Browser, server: PageServer) -> None:
    film: FilePayload = {"name": "video.mp4", "mimeType": "video/mp4", "buffer": b"x" * 1_000_000}
    async with visit(chromium) as page:
        for token, answer in (("HABIS", "Tautan ini sudah dipakai."), ("SEKALI", "video.mp4 sudah tersimpan.")):
            await page.goto(f"{server.url}/unggah/{token}")
            await page.get_by_label("Lampirkan berkas").set_input_files([film])
            await expect(page.get_by_role("status")).to_contain_text(answer)
        await expect(page.get_by_label("Lampirkan berkas")).to_be_hidden()


async def test_without_scripts_the_page_says_what_it_needs(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium, java_script_enabled=False) as page:
        await page.goto(server.url)
        await expect(page.locator("noscript p")).to_be_in_viewport()
        await expect(page.locator("noscript p")).to_contain_text("memerlukan JavaScript")
        await expect(page.get_by_role("button", name="Kirim")).to_be_hidden()
