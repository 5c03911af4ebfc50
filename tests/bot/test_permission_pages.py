"""The pages: seats, streams, pictures and links open for their own people only, and close when these leave."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING

from PIL import Image

from bot.web import application
from handlers.effects import OfferUpload
from storage.tables import staff
from tests.bot.desks import BOYOLALI, SUKOHARJO, Filed, bodies, case, do
from tests.storage.life import Page, officer_page, photo
from tests.storage.life import report as whole_report

if TYPE_CHECKING:
    from tests.serving import House


async def test_a_removed_officers_page_closes(sqlite_house: House) -> None:
    home = sqlite_house
    page, picture = officer_page(home), ""
    await page.enter(await home.invite(SUKOHARJO), "Petugas")
    report = await with_photo(home)
    picture = (await case(home, report.ticket)).answers["evidence"][0]["id"]
    assert (await page.client.get(f"/bukti/{picture}")).status_code == 200
    stream = await open_stream(home, page.seat)
    await read_until(stream, report.ticket)
    await home.serving.database.write(lambda conn: conn.execute(staff.update().values(active=False)))
    await do(home, page.seat, lambda act: act.work.say(act.chat, {"text": "sudah keliru"}), "kantor")
    await read_until(stream, "<akhir>")  # even what was said to that very desk is not brought any more
    assert (await page.client.get(f"/bukti/{picture}")).status_code == 404
    for answer in (
        await page.send(text="/antrean"),
        await page.upload(b"x"),
        await page.client.get("/petugas/chat/stream"),
    ):
        assert answer.status_code == 401


async def with_photo(home: House) -> Filed:
    """A case whose evidence is a photo, from the page."""
    page = Page(home)
    ticket, receipt = await whole_report(page)
    return Filed(ticket, receipt, page.seat)


async def open_stream(home: House, seat: str) -> asyncio.Queue[str]:
    """The officers' stream by raw ASGI, since a test client waits for its end."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    scope = {
        "type": "http", "method": "GET", "path": "/petugas/chat/stream", "raw_path": b"/petugas/chat/stream",
        "query_string": b"", "headers": [(b"cookie", f"jn_petugas={seat}".encode())], "http_version": "1.1",
        "scheme": "http", "client": ("127.0.0.1", 5), "server": ("rumah", 80), "root_path": "",
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        more = message.get("more_body", message["type"] == "http.response.start")
        lines.put_nowait(message.get("body", b"").decode() + ("" if more else "<akhir>"))  # type: ignore[union-attr]

    task = asyncio.create_task(application(home.serving)(scope, receive, send))  # type: ignore[arg-type]
    home.serving._tasks.append(task)  # ends with the house
    return lines


async def read_until(lines: asyncio.Queue[str], words: str) -> None:
    """Until the stream says these words; what it said before may not hold what nobody should read any more."""
    async with asyncio.timeout(20):
        while words not in (line := await lines.get()):
            assert "keliru" not in line


# --- seats, pictures and links ----------------------------------------------------------------------------------------


async def test_seats_and_pictures_are_not_guessed(sqlite_house: House) -> None:
    home = sqlite_house
    near, far, visitor = officer_page(home), officer_page(home), Page(home)
    await near.enter(await home.invite(SUKOHARJO), "Dekat")
    await far.enter(await home.invite(BOYOLALI), "Jauh")
    await visitor.open()
    report = await with_photo(home)
    picture = (await case(home, report.ticket)).answers["evidence"][0]["id"]
    seen = await near.client.get(f"/bukti/{picture}")
    assert seen.headers["content-type"] == "image/jpeg"
    assert b"Kenari" not in seen.content
    for page in (far, visitor):
        refused, missing = await page.client.get(f"/bukti/{picture}"), await page.client.get(f"/bukti/{'0' * 32}")
        assert (
            (refused.status_code, refused.content) == (missing.status_code, missing.content) == (404, missing.content)
        )
    visitor.client.cookies.set("jn_petugas", visitor.seat)  # a citizen's seat opens no desk
    assert (await visitor.client.get(f"/bukti/{picture}")).status_code == 404
    assert (await visitor.client.get("/petugas/chat/stream")).status_code == 401
    visitor.client.cookies.set("jn_warga", near.seat)  # nor an officer's seat the other way round
    assert (await visitor.client.get("/chat/stream")).status_code == 401


async def test_a_map_is_shown_to_the_seat_that_it_was_drawn_for(sqlite_house: House) -> None:
    mine, other = Page(sqlite_house), Page(sqlite_house)
    await mine.open()
    await other.open()
    await mine.taps("Setuju, lanjut")
    await mine.says("Camat mengajak warga memilih paslon 2")
    await mine.says("-7.6, 110.8")
    number = next(row.seq for row in reversed(await mine.heard()) if "Tempatnya:" in row.text)
    drawn = await mine.client.get(f"/chat/peta/{number}")
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(drawn.content)).width >= 600
    for client, which in ((other.client, number), (mine.client, number - 1), (mine.client, 0), (mine.client, 10**20)):
        assert (await client.get(f"/chat/peta/{which}")).status_code == 404
    assert (await mine.client.get(f"/petugas/chat/peta/{number}")).status_code == 404


async def test_an_upload_link_takes_one_file_into_its_own_conversation(sqlite_house: House) -> None:
    home = sqlite_house
    mine, other = Page(home), Page(home)
    await mine.open()
    await other.open()
    offered = (await do(home, mine.seat, lambda act: act.perform(act, OfferUpload())))[0].url
    before = len(await other.heard())
    bad = await other.upload(b"MZ\x90\x00 program \x00", offered)
    good = await other.upload(photo(), offered, name="foto.jpg")
    again = await other.upload(photo(), offered)
    assert [answer.status_code for answer in (bad, good, again)] == [415, 200, 410]
    assert "Bukti tersimpan" in str(bodies(await mine.heard()))
    assert len(await other.heard()) == before
    assert (await other.upload(photo(), "/unggah/" + "0" * 26)).status_code == 410
