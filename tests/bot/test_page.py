"""The chat page in a real chromium at phone width, before a stand-in of our server."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from tests.browser import MONAS, visit
from tests.standins.page_server import Fault, PageServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.slow

PHOTO: FilePayload = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" + b"x" * 200_000}
SECOND: FilePayload = {**PHOTO, "name": "foto2.jpg"}


@pytest.fixture
async def server() -> AsyncIterator[PageServer]:
    async with PageServer().running() as running:
        yield running


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Percakapan")


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Pesan", exact=True)


def choice(page: Page, label: str) -> Locator:
    return log(page).get_by_role("button", name=label, exact=True)


def mine(page: Page) -> Locator:
    return log(page).locator(".msg.me")


async def start(page: Page, server: PageServer, path: str = "/") -> None:
    await page.goto(server.url + path)
    await expect(choice(page, "Mulai")).to_be_visible()


async def write(page: Page, text: str) -> None:
    await box(page).fill(text)
    await page.get_by_role("button", name="Kirim", exact=True).click()


async def test_send_with_an_empty_box_says_what_to_do(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        await page.get_by_role("button", name="Kirim", exact=True).click()
        await expect(page.get_by_role("status").filter(has_text="Belum ada yang ditulis")).to_be_visible()
        await expect(mine(page)).to_have_count(0)
        await write(page, "halo")
        await expect(page.get_by_text("Belum ada yang ditulis")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 390])
@pytest.mark.parametrize("path", ["/", "/petugas?kode=KODE-1"])
async def test_the_fixed_names_stand_on_both_pages(
    chromium: Browser, server: PageServer, width: int, path: str
) -> None:
    asked: list[str] = []
    async with visit(chromium, width) as page:
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(server.url + path)
        if "petugas" in path:
            await page.get_by_label("Nama Anda, seperti dikenal rekan sekantor").fill("Bu Rina")
            await page.get_by_role("button", name="Masuk", exact=True).click()
        await expect(log(page)).to_be_visible()
        await expect(box(page)).to_be_visible()
        if "petugas" in path:  # there they only come where a question asks for them
            await expect(page.get_by_role("button", name="Bagikan lokasi", exact=True)).to_be_hidden()
            await expect(page.locator(".pick")).to_be_hidden()
            server.seat.say("Di mana?", asks="place")
        for name in ("Kirim", "Bagikan lokasi", "Keluar cepat"):
            await expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
        await expect(page.get_by_label("Lampirkan berkas")).to_have_attribute("type", "file")
        server.seat.say("A" * 300 + " <b>bukan markah</b>", "Label yang panjang sekali untuk satu tombol", "Ya")
        await expect(log(page).get_by_text("<b>bukan markah</b>")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        fits = "node => node.scrollWidth <= node.clientWidth"
        assert await log(page).evaluate(fits)
        assert await log(page).locator(".text").last.evaluate(fits)
        heights = [
            round((await one.bounding_box() or {"height": 0})["height"])
            for one in await log(page).get_by_role("button").all()
        ]
        assert min(heights) >= 44
        assert await page.title() == "Percakapan"
    assert [one for one in asked if not one.startswith(f"{server.url}/")] == []


async def test_a_failing_server_gets_every_message_once_and_in_order(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.faults.extend([Fault("before"), Fault("after"), Fault("before")])
        for text in ("satu", "dua", "tiga"):
            await write(page, text)
        await expect(log(page).get_by_text("Baik, tercatat: tiga")).to_be_visible()
        assert [one["text"] for one in server.seat.arrived.values()] == ["satu", "dua", "tiga"]
        assert [await one.inner_text() for one in await mine(page).locator(".text").all()] == ["satu", "dua", "tiga"]
        await expect(log(page).locator("[data-pending]")).to_have_count(0)
        assert await page.evaluate("sessionStorage.getItem('antre:/chat')") == "[]"


async def test_what_is_written_during_a_restart_arrives_after_it(chromium: Browser) -> None:
    server = PageServer()
    async with visit(chromium) as page:
        async with server.running():
            await start(page, server)
        await expect(page.get_by_text("Terputus. Menyambung lagi…")).to_be_visible()
        await write(page, "ditulis saat terputus")
        await expect(mine(page).get_by_text("mengirim…")).to_be_visible()
        async with server.running():
            await expect(log(page).get_by_text("Baik, tercatat: ditulis saat terputus")).to_be_visible()
            await expect(page.get_by_role("status").first).to_have_text("")
            await expect(mine(page)).to_have_count(1)
            await expect(choice(page, "Mulai")).to_have_count(1)
            await choice(page, "Mulai").focus()
            async with page.expect_response("**/chat/stream?*"):  # the whole history comes once more
                await page.evaluate("dispatchEvent(new Event('online'))")
            server.seat.say("Sesudahnya")
            await expect(log(page).get_by_text("Sesudahnya")).to_have_count(1)
            await expect(mine(page)).to_have_count(1)
            await expect(choice(page, "Mulai")).to_be_focused()


async def test_a_reload_brings_back_the_conversation_the_queue_and_the_half_written(
    chromium: Browser, server: PageServer
) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        await choice(page, "Mulai").click()
        await expect(mine(page)).to_have_count(1)
        server.faults.extend([Fault("before")] * 50)
        await write(page, "belum sampai")
        await box(page).fill("setengah jadi")
        await page.reload()
        await expect(mine(page)).to_have_text([re.compile("Mulai"), re.compile("belum sampai")])
        await expect(choice(page, "Mulai")).to_have_attribute("data-chosen", "")
        await expect(box(page)).to_have_value("setengah jadi")
        server.faults.clear()
        await expect(log(page).get_by_text("Baik, tercatat: belum sampai")).to_be_visible()
        await expect(mine(page)).to_have_count(2)
        assert len(server.seat.arrived) == 2


async def test_a_lost_session_starts_a_new_conversation_with_what_was_not_yet_taken(
    chromium: Browser, server: PageServer
) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        await write(page, "lama")
        await expect(log(page).get_by_text("Baik, tercatat: lama")).to_be_visible()
        server.seats.clear()
        server.greeting = ("Halo lagi.", "Mulai")
        await write(page, "baru")
        await expect(log(page).get_by_text("Baik, tercatat: baru")).to_be_visible()
        await expect(log(page).get_by_text("lama")).to_have_count(0)


async def test_a_refused_message_says_why_and_can_be_sent_again_or_dropped(
    chromium: Browser, server: PageServer
) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.faults.extend([Fault("before", 422, "Pesan ini terlalu panjang.")] * 2)
        await write(page, "ditolak")
        await expect(mine(page).get_by_text("Pesan ini terlalu panjang.")).to_be_visible()
        await page.reload()
        await mine(page).get_by_role("button", name="Coba lagi").click()
        await expect(mine(page).get_by_text("Pesan ini terlalu panjang.")).to_be_visible()
        await mine(page).get_by_role("button", name="Coba lagi").click()
        await expect(log(page).get_by_text("Baik, tercatat: ditolak")).to_be_visible()
        server.faults.append(Fault("before", 413, "Terlalu besar."))
        await write(page, "dibuang")
        await mine(page).get_by_role("button", name="Hapus").click()
        await expect(mine(page)).to_have_count(1)
        assert len(server.seat.arrived) == 1


async def test_photos_show_their_progress_and_belong_together(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.gate.clear()
        await page.get_by_label("Lampirkan berkas").set_input_files([PHOTO, SECOND])
        bars = page.get_by_role("progressbar")
        await expect(bars).to_have_count(2)
        await expect(page.get_by_role("progressbar", name="Mengunggah foto.jpg")).to_have_attribute(
            "aria-valuenow", "100"
        )
        await expect(page.get_by_role("progressbar", name="Mengunggah foto2.jpg")).to_have_attribute(
            "aria-valuenow", "0"
        )
        await write(page, "pesan tidak menunggu foto")
        await expect(log(page).get_by_text("Baik, tercatat: pesan tidak")).to_be_visible()
        server.gate.set()
        await expect(bars).to_have_count(0)
        await expect(mine(page).get_by_text("foto2.jpg")).to_be_visible()
        photos = [one for one in server.seat.arrived.values() if "size" in one]
        assert [(one["name"], one["type"], one["size"]) for one in photos] == [
            ("foto.jpg", "image/jpeg", 200_002),
            ("foto2.jpg", "image/jpeg", 200_002),
        ]
        assert photos[0]["group"] == photos[1]["group"]


async def test_an_upload_can_be_stopped_refused_and_tried_again(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.gate.clear()
        await page.get_by_label("Lampirkan berkas").set_input_files([PHOTO])
        await mine(page).get_by_role("button", name="Hentikan unggahan foto.jpg").click()
        await expect(mine(page)).to_have_count(0)
        server.gate.set()
        server.faults.extend([Fault("before"), Fault("before", 413, "Berkas ini terlalu besar.")])
        await page.get_by_label("Lampirkan berkas").set_input_files([SECOND])
        await expect(mine(page).get_by_text("Berkas ini terlalu besar.")).to_be_visible()
        await mine(page).get_by_role("button", name="Coba lagi").click()
        await expect(log(page).get_by_text("Baik, tercatat: foto2.jpg")).to_be_visible()
        await expect(mine(page).get_by_text("foto2.jpg")).to_have_count(1)


async def test_a_place_is_shared_with_permission(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium, geolocation=MONAS, permissions=["geolocation"]) as page:
        await start(page, server)
        await page.get_by_role("button", name="Bagikan lokasi").click()
        await expect(mine(page)).to_have_count(1)
        await expect(log(page).get_by_text("Baik, tercatat: Lokasi dibagikan")).to_be_visible()
        [body] = server.seat.arrived.values()
        assert (body["lat"], body["lon"], body["accuracy"]) == (-6.1754, 106.8272, 25)


async def test_a_refused_place_leads_kindly_to_typing(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        await page.get_by_role("button", name="Bagikan lokasi").click()
        kind = "Tidak apa-apa, lokasi tidak dibagikan. Ketik saja nama kecamatan atau kabupaten/kota tempat kejadian."
        await expect(page.get_by_text(kind)).to_be_visible()
        await expect(box(page)).to_be_focused()
        assert not server.seat.arrived


async def test_a_card_changes_in_its_place_and_tells_when_out_of_view(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.seat.say("Ringkasan lama", "Sampaikan", "Ubah", card="ringkasan")
        await choice(page, "Ubah").focus()
        server.seat.say("Ringkasan baru", "Ubah", card="ringkasan")
        await expect(log(page).get_by_text("Ringkasan baru")).to_be_visible()
        await expect(log(page).get_by_text("Ringkasan lama")).to_have_count(0)
        await expect(choice(page, "Sampaikan")).to_have_count(0)
        await expect(choice(page, "Ubah")).to_be_focused()
        for number in range(9):
            server.seat.say(f"Kabar {number}\n\n\nselesai")
        await expect(log(page).locator(".msg.bot")).to_have_count(11)
        server.seat.say("Ringkasan ketiga", card="ringkasan")
        news = page.get_by_role("button", name="Kartu diperbarui. Lihat")
        tops = [(await one.bounding_box() or {})["y"] for one in (log(page), news, box(page))]
        assert tops == sorted(tops)
        assert tops[1] >= tops[0] + (await log(page).bounding_box() or {})["height"], "it covers nothing"
        await news.click()
        await expect(log(page).get_by_text("Ringkasan ketiga")).to_be_in_viewport()
        assert "Ringkasan ketiga" in await log(page).locator(".msg.bot").nth(1).inner_text()
        await page.reload()
        await expect(log(page).locator(".msg.bot")).to_have_count(11)


async def far_from_a_card(page: Page, server: PageServer) -> Locator:
    """A card that is out of view, and the button that tells of its changes."""
    server.seat.say("Kartu lama", card="kasus:JN-1")
    for number in range(9):
        server.seat.say(f"Kabar {number}\n\n\nselesai")
    await expect(log(page).locator(".msg.bot")).to_have_count(11)
    return page.get_by_role("button", name="Kartu diperbarui. Lihat")


async def test_the_news_of_a_card_goes_by_itself(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await page.clock.install()
        await start(page, server)
        news = await far_from_a_card(page, server)
        server.seat.say("Kartu baru", card="kasus:JN-1")
        await expect(news).to_be_visible()
        await page.clock.fast_forward(9000)
        await expect(news).to_be_hidden()
        await page.reload()  # what is read again is no news
        await expect(log(page).get_by_text("Kartu baru")).to_have_count(1)
        await expect(log(page).get_by_text("Kabar 8")).to_be_in_viewport()
        await expect(news).to_be_hidden()


async def test_what_one_changed_oneself_is_no_news(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        news = await far_from_a_card(page, server)
        await write(page, "/ambil")
        await expect(log(page).get_by_text("Baik, tercatat: /ambil")).to_be_visible()
        server.seat.say("Kartu baru", card="kasus:JN-1")
        await expect(log(page).get_by_text("Kartu baru")).to_be_in_viewport()
        await expect(news).to_be_hidden()


def ticks(mark: str) -> list[dict[str, object]]:
    return [{"label": f"{mark} Saksi", "data": f"d:{mark}", "lasts": True, "still": True}]


async def test_a_tick_is_drawn_where_it_stands_and_said_nowhere_else(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.seat.add("bot", "Apa yang kurang?", card="lengkapi:JN-1", buttons=ticks("☐"))
        await choice(page, "☐ Saksi").click()
        await expect(choice(page, "☐ Saksi")).to_have_attribute("aria-busy", "true")
        server.seat.add("bot", "Apa yang kurang?", card="lengkapi:JN-1", buttons=ticks("☑"))
        await expect(choice(page, "☑ Saksi")).to_be_visible()
        await expect(log(page).get_by_text("☐ Saksi")).to_have_count(0)
        await expect(mine(page)).to_have_count(0)
        assert [one["data"] for one in server.seat.arrived.values()] == ["d:☐"]
        server.faults.append(Fault("before", 422, "Tidak diterima."))
        await choice(page, "☑ Saksi").click()  # what is not taken is said
        await expect(mine(page).get_by_text("Tidak diterima.")).to_be_visible()
        await page.get_by_role("button", name="Coba lagi").click()
        await expect(mine(page)).to_have_count(0)


async def test_a_command_pressed_before_still_looks_alive_at_the_desk(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await page.goto(f"{server.url}/petugas?kode=KODE-1")
        await page.get_by_label("Nama Anda, seperti dikenal rekan sekantor").fill("Bu Rina")
        await page.get_by_role("button", name="Masuk", exact=True).click()
        alive = [{"label": "Antrean", "data": "d:a", "lasts": True, "still": False}]
        spent = [{"label": "Hari ini", "data": "d:h", "lasts": False, "still": False}]
        server.seat.add("bot", "Selamat bertugas", buttons=[*alive, *spent])
        for label in ("Antrean", "Hari ini"):
            await choice(page, label).click()
            await expect(log(page).get_by_text(f"Baik, tercatat: {label}")).to_be_visible()
        colour = "node => getComputedStyle(node).borderColor"
        looks = [await choice(page, label).evaluate(colour) for label in ("Antrean", "Hari ini")]
        newest = await page.get_by_role("button", name="Kirim", exact=True).evaluate(
            "node => getComputedStyle(node).backgroundColor"
        )
        assert looks[0] == newest != looks[1]


async def test_a_photo_of_ones_own_is_seen_small_and_never_fetched(chromium: Browser, server: PageServer) -> None:
    real: FilePayload = {"name": "foto.png", "mimeType": "image/png", "buffer": picture()}
    asked: list[str] = []
    async with visit(chromium) as page:
        await start(page, server)
        page.on("request", lambda request: asked.append(request.method))
        await page.get_by_label("Lampirkan berkas").set_input_files([real])
        await expect(log(page).get_by_text("Baik, tercatat: foto.png")).to_be_visible()
        small = mine(page).locator("canvas")
        await expect(small).to_be_visible()
        middle = "node => [...node.getContext('2d').getImageData(100, 100, 1, 1).data]"
        assert await small.evaluate(middle) == [200, 30, 40, 255]
        assert asked == ["POST"]
        await page.get_by_label("Lampirkan berkas").set_input_files([PHOTO])  # no picture that can be opened
        await expect(log(page).get_by_text("Baik, tercatat: foto.jpg")).to_be_visible()
        await expect(mine(page).locator("canvas")).to_have_count(1)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (200, 30, 40)).save(out, "PNG")
    return out.getvalue()


async def test_pictures_open_larger(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.seat.say(
            "Bukti", "Lanjut", album=[{"url": "/bukti/1", "alt": "Foto 1"}, {"url": "//lain.id/x", "alt": "Asing"}]
        )
        await choice(page, "Foto 1").click()
        await expect(page.get_by_role("dialog").get_by_role("img", name="Foto 1")).to_be_visible()
        await page.get_by_role("button", name="Tutup").click()
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await expect(choice(page, "Foto 1")).to_be_focused()
        await expect(log(page).get_by_role("img", name="Asing")).to_have_count(0)


async def test_a_document_is_a_link_of_ours(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium) as page:
        await start(page, server)
        server.seat.say("Formulirnya", paper={"url": "/chat/dokumen/3", "name": "formulir-JN-1.pdf"})
        server.seat.say("Bukan kami", paper={"url": "//lain.id/x", "name": "asing.pdf"})
        await expect(log(page).get_by_text("Bukan kami")).to_be_visible()
        link = log(page).get_by_role("link", name="formulir-JN-1.pdf")
        assert await link.evaluate("node => node.href") == f"{server.url}/chat/dokumen/3"
        await expect(log(page).get_by_text("asing.pdf")).to_have_count(0)


async def test_the_keyboard_alone_is_enough(chromium: Browser, server: PageServer) -> None:
    async with visit(chromium, 1000, is_mobile=False, has_touch=False) as page:
        await start(page, server)
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("link", name="Langsung ke kotak pesan")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(box(page)).to_be_focused()
        for key in ("a", "Shift+Enter", "b", "Enter"):
            await page.keyboard.press(key)
        await expect(log(page).get_by_text("Baik, tercatat: a")).to_be_visible()
        assert [one["text"] for one in server.seat.arrived.values()] == ["a\nb"]
        server.seat.say("Lanjut?", "Ya", "Tidak")
        await expect(choice(page, "Tidak")).to_be_visible()
        for _ in range(3):  # location, file, the nearest choice
            await page.keyboard.press("Shift+Tab")
        await expect(choice(page, "Tidak")).to_be_focused()
        assert await choice(page, "Tidak").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
        await page.keyboard.press("Enter")
        await expect(log(page).get_by_text("Baik, tercatat: Tidak")).to_be_visible()
        assert await page.evaluate("history.length") == 2
