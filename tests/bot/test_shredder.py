"""What was erased leaves the disk: no byte of a file, and no old row in the log of the database."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.shredder import Shredder
from storage import tables
from tests.bot.test_forgetting import begun
from tests.storage import life

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import House

STORY = "KenariDraf pak camat di Sukoharjo membagi amplop"


async def soon(holds: Callable[[], bool]) -> bool:
    for _ in range(100):
        if holds():
            return True
        await asyncio.sleep(0.1)
    return False


async def test_an_erased_file_and_the_log_leave_the_disk(sqlite_house: House) -> None:
    home = sqlite_house
    page = await life.agreed(home)
    await page.says(STORY)
    await page.upload(b"isi berkas rahasia", name="surat.txt")
    rows = await home.serving.database.read(lambda conn: conn.execute(select(tables.outbox.c.body)).scalars().all())
    log = home.folder / "jaganetral.sqlite3-wal"
    store = home.serving.keeper.store
    assert any(body in log.read_bytes() for body in rows)
    assert list(store.list())
    await page.says("/hapus ya")
    assert await soon(lambda: not list(store.list()))
    assert await soon(lambda: not any(body in log.read_bytes() for body in rows[:-1]))


async def test_while_somebody_reads_the_log_is_tried_again(sqlite_house: House) -> None:
    home = sqlite_house
    await begun(home)

    async def reading() -> bool:
        async with home.serving.database._readers.connect() as conn:
            await conn.execute(select(tables.outbox.c.seq))
            await home.say("w", life.TextReceived("satu lagi"))
            return await home.serving.database.scrub()

    assert not await reading()
    assert await home.serving.database.scrub()


async def test_bytes_that_a_sudden_death_left_behind_go_at_the_next_start(sqlite_house: House) -> None:
    home = sqlite_house
    page = await life.agreed(home)
    await page.upload(b"isi berkas yang tetap", name="tetap.txt")
    store = home.serving.keeper.store
    [kept] = list(store.list())
    store.put_new("ab" * 16, b"k" * 32, [b"tanpa baris"], 100)
    await Shredder(home.serving.database, home.serving.keeper).orphans()
    assert list(store.list()) == [kept]


async def test_one_file_that_cannot_be_deleted_keeps_neither_the_others_nor_the_log(
    sqlite_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = sqlite_house
    page = await life.agreed(home)
    for number in range(3):
        await page.upload(b"isi", name=f"{number}.txt")
    store, drop, tried = home.serving.keeper.store, home.serving.keeper.drop, list[str]()

    async def once(file: str) -> None:
        tried.append(file)
        if len(tried) == 1:
            raise OSError
        await drop(file)

    monkeypatch.setattr(home.serving.keeper, "drop", once)
    await page.says("/hapus ya")
    assert await soon(lambda: not list(store.list()))
    assert len(tried) == 4


async def test_a_file_that_is_sent_again_meanwhile_is_somebodys_again(sqlite_house: House) -> None:
    home = sqlite_house
    page = await life.agreed(home)
    await page.upload(b"isi asli", name="surat.txt")
    [file] = list(home.serving.keeper.store.list())
    home.serving.shredder.tell([file])
    await asyncio.sleep(1.5)
    assert list(home.serving.keeper.store.list()) == [file]
