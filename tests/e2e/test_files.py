"""Files over the page: large ones, refused ones, and the one-time upload from another app."""

from __future__ import annotations

import asyncio
import os
import uuid
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, expect

from bot.config import settings
from bot.start import open_all
from handlers.news import MEDIA_REFUSALS
from storage import offices
from storage.conversations import by_keys, key_of
from tests.browser import visit
from tests.e2e.page_driver import PageDriver
from tests.e2e.photos import file, jpeg, photo
from tests.e2e.seat import Seat

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.serving import Process

pytestmark = pytest.mark.slow

FILM = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
REFUSED = {
    "kosong": b"", "program": b"MZ\x90\x00" + bytes(60), "halaman": b"<!doctype html><script>1</script>",
    "arsip": b"Rar!\x1a\x07" + bytes(99), "heic": b"\x00\x00\x00\x18ftypheic" + bytes(99),
    "dokumen-lama": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "tidak-dikenal": bytes(99),
    "rusak": jpeg(300, 200)[:900],
}  # fmt: skip


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """25 MB, of which a browser reads no more than it sends."""
    path = tmp_path / "rekaman panjang.mp4"
    path.write_bytes(FILM)
    os.truncate(path, 25_000_000)
    return path


async def slow_uplink(page: Page, bytes_a_second: int) -> None:
    """A connection on which two seconds of upload can be watched, as on a phone."""
    line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    await (await page.context.new_cdp_session(page)).send("Network.emulateNetworkConditions", line)


async def test_a_long_film_arrives_with_its_progress_shown(chromium: Browser, served: Process, film: Path) -> None:
    async with visit(chromium) as page:
        citizen = await PageDriver(page).open(served.warga)
        await citizen.tap("Setuju, lanjut")
        await page.evaluate("""() => { window.heard = []; new MutationObserver(() => {
            const bar = document.querySelector("[role=progressbar]");
            if (bar) window.heard.push([bar.getAttribute("aria-label"), Number(bar.getAttribute("aria-valuenow"))]);
        }).observe(document.body, { subtree: true, childList: true, attributes: true }); }""")
        await slow_uplink(page, 12_000_000)
        await citizen.send_files([film])
        await citizen.send_files([photo("spanduk.jpg", 3)])
        await citizen.sees("Bukti tersimpan di draf: 2.")
        heard = await page.evaluate("window.heard")
        percents = [percent for label, percent in heard if label == "Mengunggah rekaman panjang.mp4"]
        # The stream may confirm the file, and the bar go, before the browser has told of the last piece.
        assert len(set(percents)) >= 5
        assert percents[-1] > 80
        assert percents == sorted(percents)
        assert [one.files for one in await citizen.bubbles() if one.files] == [
            ["Video rekaman panjang.mp4"], ["Foto spanduk.jpg"],
        ]  # fmt: skip
        await page.reload()
        await citizen.sees("Bukti tersimpan di draf: 2.")


async def test_what_is_no_evidence_is_refused_with_its_reason(chromium: Browser, served: Process) -> None:
    async with visit(chromium) as page:
        citizen = await PageDriver(page).open(served.warga)
        await citizen.tap("Setuju, lanjut")
        for code, content in REFUSED.items():
            await citizen.send_files([file(f"{code}.jpg", content)])
            reason = MEDIA_REFUSALS[code].msgid
            sentence = f"Berkas tidak dapat disimpan: {reason}. Mohon kirim yang lain."
            await expect(citizen.log.get_by_text(sentence)).to_be_visible()
            await citizen.log.get_by_role("button", name="Hapus").click()
        await citizen.type("/data")
        await citizen.sees("Yang kami simpan tentang Anda")
        held = next(one.text for one in await citizen.bubbles() if "Yang kami simpan" in one.text)
        assert "satu draf" not in held or "dan 0 berkas" in held


async def test_the_same_file_twice_at_once_is_kept_once(served: Process) -> None:
    """A phone lost its connection and sends again while the first try is still being worked on."""
    async with Seat(served.warga) as seat:
        await seat.say(text="setuju")
        same = {"id": str(uuid.uuid4()), "name": "foto.jpg"}
        answers = await asyncio.gather(*(seat.upload(jpeg(2400, 1800), **same) for _ in range(4)))
        assert [answer.json() for answer in answers] == [{"ok": True}] * 4
        await seat.say(text="/data")
        row = await seat.row(lambda one: "Yang kami simpan" in one["text"])
        assert "Bukti: 1 foto" in row["text"]
    kept = [path for path in (served.folder / "bukti").glob("??/*") if path.stat().st_size]
    assert all(len(path.name) == 32 for path in kept)  # no draft of a file is left


async def offered(one: Process, address: str, code: str) -> None:
    """A link as a conversation offers it when a file is too big for its app."""
    chosen = settings(data_dir=one.folder, database_url=os.environ.get("DATABASE_URL", ""), _env_file=None)
    database, keys, _ = await open_all(chosen)

    def offer(conn: Connection) -> None:
        [chat] = by_keys(conn, keys, [key_of(keys, "web", address)]).values()
        offices.offer_upload(conn, keys.token("upload", code), chat.id, 2**62)

    await database.write(offer)
    await database.close()


async def test_a_one_time_upload_reaches_the_conversation_once(chromium: Browser, served: Process, film: Path) -> None:
    code = "SEKALI" + uuid.uuid4().hex[:20].upper()
    async with visit(chromium) as page:
        citizen = await PageDriver(page).open(served.warga)
        await citizen.tap("Setuju, lanjut")
        seat = next(one["value"] for one in await page.context.cookies())
        await offered(served, seat, code)
        link = f"{served.warga}/unggah/{code}"
        async with visit(chromium) as other:
            await other.goto(link)
            await other.goto(link)  # looking spends nothing
            choose = other.get_by_label("Lampirkan berkas")
            await choose.set_input_files([file("surat.exe", b"MZ\x90\x00" + bytes(60))])
            await expect(other.get_by_role("status")).to_contain_text("program tidak diterima. Mohon kirim yang lain.")
            await choose.set_input_files(film)
            await expect(other.get_by_role("status")).to_contain_text("rekaman panjang.mp4 sudah tersimpan.")
            await expect(choose).to_be_hidden()
            await citizen.sees("Bukti tersimpan di draf: 1.")
            answer = await other.goto(link)
            assert answer is not None
            assert answer.status == 410
            await expect(other.get_by_role("heading", name="Tautan ini tidak berlaku lagi")).to_be_visible()
            again = await other.request.post(link, data=jpeg(300, 200))
            assert again.status == 410
            assert "sudah dipakai atau sudah lewat" in (await again.json())["error"]
