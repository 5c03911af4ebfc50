"""`serve --clock FILE`: the page says that it is a rehearsal, and deadlines come when the file says so."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, expect

from tests.browser import visit
from tests.e2e.conftest import run
from tests.e2e.page_driver import PageDriver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.serving import Process

pytestmark = pytest.mark.slow


async def test_a_reminder_comes_when_the_file_is_changed(
    chromium: Browser, process: Callable[..., Process], tmp_path: Path
) -> None:
    clock = tmp_path / "jam"
    clock.write_text("2024-10-10T10:00+07:00\n")
    one = process()
    await one.start("--clock", str(clock))
    async with visit(chromium) as page:
        citizen = await PageDriver(page).open(one.warga)
        band = page.locator("#latihan")
        await expect(band).to_have_text("Latihan: waktu diambil dari berkas: 10 Oktober 2024 pukul 10.00 WIB")
        await citizen.tap("Setuju, lanjut")
        await citizen.type("Camat Grogol di Sukoharjo mengajak memilih calon nomor dua kemarin sore")
        await citizen.sees("Sudah kami catat dalam draf:")
        clock.write_text("2024-10-15T10:00+07:00\n")
        await citizen.sees("Draf Anda belum dikirim.", "Kami tidak pernah mengirimkannya sendiri.")
        await expect(band).to_have_text("Latihan: waktu diambil dari berkas: 15 Oktober 2024 pukul 10.00 WIB")
        clock.write_text("")  # somebody is writing it: the last moment stands
        await citizen.type("/status")
        await citizen.sees("Belum ada yang terkirim")
        clock.write_text("2024-11-20T10:00+07:00\n")
        await citizen.sees("Draf Anda yang lama sudah dihapus")
        assert len(await citizen.bubbles()) == 1  # what is erased leaves the screen at once

        # what is erased is gone from the page too; what was said of the erasing stays
        await citizen.type("/lapor")
        await citizen.type("/batal")
        clock.write_text("2024-11-20T10:20+07:00\n")
        await expect(band).to_contain_text("pukul 10.20 WIB")
        for _ in range(2):
            await page.reload()
            await citizen.sees("Draf Anda yang lama sudah dihapus")
            assert len(await (await citizen.settled()).bubbles()) == 1
    assert one.stop() == 0
    assert one.log() == ""


async def test_a_page_that_is_open_learns_that_a_rehearsal_begins_and_ends(
    chromium: Browser, process: Callable[..., Process], tmp_path: Path
) -> None:
    clock = tmp_path / "jam"
    clock.write_text("2024-10-10T10:00+07:00\n")
    one = process()
    await one.start()
    one.env["PORT"] = one.warga.rpartition(":")[2]  # where the page looks for it again
    async with visit(chromium) as page:
        await PageDriver(page).open(one.warga)
        band = page.locator("#latihan")
        await expect(band).to_be_hidden()
        assert one.stop() == 0
        await one.start("--clock", str(clock))
        await expect(band).to_contain_text("10 Oktober 2024 pukul 10.00 WIB", timeout=20_000)
        assert one.stop() == 0
        await one.start()
        await expect(band).to_be_hidden(timeout=20_000)
    assert one.stop() == 0


async def test_an_invitation_expires_by_the_clock_of_the_rehearsal(
    process: Callable[..., Process], tmp_path: Path
) -> None:
    async def expires() -> datetime:
        status, out, err = await run(one, "invite", "33.11", "--role", "petugas", "--hours", "5", "--json")
        assert (status, err) == (0, "")
        return datetime.fromisoformat(json.loads(out)["expires"])

    clock, one = tmp_path / "jam", process()
    clock.write_text("2024-10-10T10:00+07:00\n")
    await one.start("--clock", clock.name)  # it runs in this folder
    assert await expires() == datetime.fromisoformat("2024-10-10T15:00+07:00")
    clock.write_text("")
    status, _, err = await run(one, "invite", "33.11", "--role", "petugas")
    assert (status, err.startswith("Pengaturan keliru. Berkas jam")) == (2, True)
    clock.unlink()
    assert (await expires()).year > 2024
    clock.write_text("2024-10-10T10:00+07:00\n")
    assert one.stop() == 0
    await one.start()
    assert (await expires()).year > 2024
    assert one.stop() == 0
