"""Takes the README's pictures from the real page: `make pictures`, or `python -m tests.e2e.pictures [FOLDER]`.

With --all also in the dark, narrow and with unkind words, to be looked at whenever the page's look is changed.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import async_playwright

from tests.browser import PHONE, QUIET
from tests.e2e.page_driver import PageDriver
from tests.e2e.photos import photo
from tests.e2e.web_house import web_house

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

    from tests.serving import House

STORY = "Tadi malam Camat Grogol Sukoharjo mengajak para ketua RT memilih pasangan nomor dua, di balai kecamatan."
LONG = "Sangat" + "panjangsekali" * 9 + " https://contoh.id/" + "tautan-yang-tidak-berakhir/" * 6
WITNESS = "Dua ketua RT lain juga hadir"


async def visit(browser: Browser, width: int, height: int, **options: Any) -> Page:
    context = await browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=2, **{**PHONE, **options}
    )
    return await context.new_page()


async def told(citizen: PageDriver, story: str = STORY, until: str = "Periksa kembali sebelum dikirim:") -> None:
    """A report up to a question, by default to its summary."""
    if await offers(citizen, "Setuju, lanjut"):
        await citizen.tap("Setuju, lanjut")
        await citizen.type(story)
    for _ in range(12):
        last = await citizen.last()
        if until in last.text:
            return
        await answer(citizen, last.text)
    raise AssertionError((await citizen.last()).text)


async def offers(citizen: PageDriver, label: str) -> bool:
    return label in (await citizen.last()).buttons


ANSWERS = {
    "Siapa yang melakukannya?": "Camat Grogol",
    "Kapan kejadiannya?": "kemarin malam",
    "Kapan Anda mengetahuinya?": "Hari itu juga",
    "orang lain yang melihatnya?": WITNESS,
    "Bagaimana Anda ingin dikenal?": "Anonim",
    "ASN atau yang lain?": "ASN (PNS, PPPK)",
    "Apa yang terjadi?": "Ajakan atau seruan",
    "Di mana kejadiannya?": "Grogol, Sukoharjo",
}


async def answer(citizen: PageDriver, question: str) -> None:
    if "Ada bukti?" in question:
        await citizen.send_files([photo("spanduk.jpg")])
        return
    said = next((words for part, words in ANSWERS.items() if part in question), None)
    assert said is not None, question
    await (citizen.tap(said) if await offers(citizen, said) else citizen.type(said))


async def take(page: Page, folder: Path, name: str) -> None:
    await page.wait_for_timeout(300)
    await page.screenshot(path=folder / f"{name}.png")


async def readme(browser: Browser, one: House, url: str, folder: Path, **options: Any) -> None:
    """The pictures of the README: the first words, a conversation, its summary, and the officer's desk."""
    page = await visit(browser, 390, 880, **options)
    citizen = await PageDriver(page).open(url)
    await take(page, folder, "mulai")
    desk_page = await visit(browser, 760, 1180, is_mobile=False, **options)
    desk = await PageDriver(desk_page).enter(f"{url}/petugas?kode={await one.invite('33.11')}", "Rina")
    await page.set_viewport_size({"width": 390, "height": 1180})
    await told(citizen, until="Siapa yang melakukannya?")
    await page.evaluate("document.activeElement.blur()")
    await take(page, folder, "warga")
    await told(citizen)
    await citizen.send_files([photo("kaus.jpg", 4)])
    await take(page, folder, "ringkasan")
    await citizen.tap("Kirim ke Bawaslu")
    ticket = next(line for line in (await citizen.last()).text.splitlines() if "JN-" in line)[-12:]
    await desk.type("/antrean")
    await desk.tap(ticket)
    await desk_page.evaluate("document.activeElement.blur()")
    await take(desk_page, folder, "petugas")
    for each in (page, desk_page):
        await each.context.close()


async def unkind(browser: Browser, one: House, url: str, folder: Path, **options: Any) -> None:
    """Narrow, long words, refusals, an unfinished upload, a door: what must not break."""
    page = await visit(browser, 360, 740, **options)
    citizen = await PageDriver(page).open(url)
    await take(page, folder, "sempit-mulai")
    await page.get_by_text("Tanpa akun, tidak lewat platform lain").click()
    await take(page, folder, "sempit-tentang")
    await page.get_by_text("Tanpa akun, tidak lewat platform lain").click()
    await told(citizen, STORY + " " + LONG)
    await take(page, folder, "sempit-ringkasan")
    await citizen.send_files([{"name": "a" * 90 + ".exe", "mimeType": "", "buffer": b"MZ\x90\x00" + bytes(60)}])
    await page.get_by_role("button", name="Bagikan lokasi").click()
    await take(page, folder, "sempit-ditolak")
    await citizen.tap("Ubah jawaban")
    await take(page, folder, "sempit-ubah")
    await citizen.tap("Tidak jadi")
    await citizen.tap("Kirim ke Bawaslu")
    await take(page, folder, "sempit-terkirim")
    ticket = next(line for line in (await citizen.last()).text.splitlines() if "JN-" in line)[-12:]
    door = await visit(browser, 360, 740, **options)
    await door.goto(f"{url}/petugas?kode={await one.invite('33.11')}")
    await take(door, folder, "sempit-pintu")
    desk = await PageDriver(door).enter(f"{url}/petugas?kode={await one.invite('RI')}", "Rina " + "Panjang" * 8)
    await desk.type("/bantuan")
    await take(door, folder, "sempit-bantuan")
    await desk.type("/antrean")
    await take(door, folder, "sempit-antrean")
    await desk.type(f"/kasus {ticket}")
    await take(door, folder, "sempit-kartu")
    await door.goto(f"{url}/tidak-ada")
    await take(door, folder, "sempit-tiada")
    for each in (page, door):
        await each.context.close()


async def main(folder: Path, *, everything: bool) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        with tempfile.TemporaryDirectory() as data:
            async with web_house(Path(data) / "data") as (one, url):
                await readme(browser, one, url, folder)
                if everything:
                    dark = folder / "gelap"
                    await readme(browser, one, url, dark, color_scheme="dark")
                    await unkind(browser, one, url, folder)
                    await unkind(browser, one, url, dark, color_scheme="dark")
        await browser.close()


if __name__ == "__main__":
    places = [word for word in sys.argv[1:] if not word.startswith("--")]
    asyncio.run(main(Path(places[0] if places else "docs/pictures"), everything="--all" in sys.argv))
