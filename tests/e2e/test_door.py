"""What anybody on the network meets: headers, other hosts, health, figures, and what is not there."""

from __future__ import annotations

import asyncio
import uuid
from typing import TYPE_CHECKING

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.browser import visit
from tests.e2e.page_driver import PageDriver
from tests.e2e.seat import Seat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.serving import Process

pytestmark = pytest.mark.slow


@pytest.fixture
async def http(served: Process) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=served.warga, timeout=20) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/petugas",
        "/static/chat.js",
        "/static/jam.html",
        "/favicon.ico",
        "/healthz",
        "/tidak/ada",
        "/bukti/x",
        "/unggah/X",
    ],
)
async def test_every_answer_is_strict(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    policy = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "img-src", "connect-src")} == {"'self'"}
    assert policy["frame-ancestors"] == "'none'"
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
    assert "server" not in headers
    assert "set-cookie" not in headers


async def test_nothing_is_asked_of_another_host(chromium: Browser, served: Process) -> None:
    asked: list[str] = []
    said: list[str] = []
    async with visit(chromium) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda line: said.append(line.text))
        citizen = await PageDriver(page).open(served.warga)
        await page.get_by_text("Tanpa akun, tidak lewat platform lain").click()
        await expect(page.get_by_text("tidak melewati WhatsApp atau Telegram")).to_be_visible()
        await citizen.tap("Setuju, lanjut")
        [cookie] = await page.context.cookies()
        assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("jn_warga", True, "Strict")
        assert await page.evaluate("document.cookie") == ""
        await page.goto(f"{served.warga}/tidak-ada")
        await expect(page.get_by_role("heading", name="Halaman itu tidak ada")).to_be_visible()
        await page.get_by_role("link", name="Buka percakapan").click()
        await citizen.sees("Ceritakan apa yang Anda lihat")
    assert [url for url in asked if not url.startswith(f"{served.warga}/")] == []
    assert [line for line in said if "404" not in line] == []


async def test_health_and_figures(http: httpx.AsyncClient) -> None:
    health = await http.get("/healthz")
    assert (health.status_code, health.json()) == (200, {"siap": True, "sebab": []})
    figures = await http.get("/metrics")
    assert figures.status_code == 200
    assert figures.headers["content-type"].startswith("text/plain")
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host"):
        assert (await http.get("/metrics", headers={header: "127.0.0.1"})).status_code == 404, header


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhook/telegram"),
        ("GET", "/bukti/0123456789abcdef0123456789abcdef"), ("GET", "/static/..%2f..%2fapp.py"), ("GET", "/static/nihil"),
    ],
)  # fmt: skip
async def test_what_is_not_there(http: httpx.AsyncClient, method: str, path: str) -> None:
    assert (await http.request(method, path, content=b"{}")).status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_channel_that_is_not_set_up_yet_says_so(http: httpx.AsyncClient, method: str) -> None:
    answer = await http.request(method, "/webhook/whatsapp", content=b"{}")
    assert (answer.status_code, answer.text) == (503, "Saluran WhatsApp belum dipasang.")


async def test_another_site_may_change_nothing(served: Process, http: httpx.AsyncClient) -> None:
    other = {"Origin": "https://contoh.id"}
    assert (await http.post("/chat/session", headers=other)).status_code == 403
    assert (await http.post("/petugas/masuk", headers=other, json={"code": "X", "name": "Y"})).status_code == 403
    async with Seat(served.warga) as seat:
        body = {"id": str(uuid.uuid4()), "text": "halo"}
        assert (await seat.http.post("/chat/send", headers=other, json=body)).status_code == 403
        assert (await seat.http.delete("/chat/session", headers=other)).status_code == 403
        assert (await seat.http.post(f"/chat/upload?id={uuid.uuid4()}", headers=other, content=b"x")).status_code == 403
        form = {"Content-Type": "text/plain"}  # what a foreign form could send without asking
        assert (
            await seat.http.post("/chat/send", headers=form, content=b'{"id":"12345678","text":"x"}')
        ).status_code == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"id":"12345678"}', b'{"text":"tanpa id"}', b'{"id":12345678,"text":"angka"}', b"[" * 60_000,
     b'{"id":"12345678","text":"   "}', b'{"id":"12345678","lat":91,"lon":0}', b'{"id":"12345678","lat":NaN,"lon":1}'],
)  # fmt: skip
async def test_odd_messages_are_refused_with_a_sentence(served: Process, body: bytes) -> None:
    async with Seat(served.warga) as seat:
        answer = await seat.http.post("/chat/send", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (
            422,
            "Pesan itu tidak dapat dibaca. Mohon dikirim lagi.",
        )


async def test_a_message_counts_once_however_often_it_comes(served: Process) -> None:
    async with Seat(served.warga) as seat:
        await seat.say(text="setuju")
        same = {"id": str(uuid.uuid4()), "text": "Kades di Bantul mengajak memilih calon satu"}
        answers = await asyncio.gather(*(seat.say(**same) for _ in range(8)))
        assert {answer.status_code for answer in answers} == {200}
        await seat.say(text="/data")
        rows: list[str] = []
        await seat.row(lambda row: rows.append(row["id"]) or "Yang kami simpan" in row["text"])  # type: ignore[func-returns-value]
        assert rows.count(same["id"]) == 1
        too_long = await seat.say(text="a" * 70_000)
        assert (too_long.status_code, "terlalu panjang" in too_long.json()["error"]) == (413, True)


async def test_sixty_pages_listen_at_once(served: Process) -> None:
    """Each hears its own news, and none holds up the server's end (see the fixture's stop)."""

    async def listen(number: int) -> str:
        async with Seat(served.warga) as seat:
            waiting = asyncio.create_task(seat.row(lambda row: row["who"] == "me"))
            await seat.say(text=f"pesan nomor {number}")
            return str((await waiting)["text"])

    heard = await asyncio.gather(*(listen(number) for number in range(60)))
    assert heard == [f"pesan nomor {number}" for number in range(60)]


async def test_the_link_that_leads_back_to_a_question_opens_with_the_command_for_the_code(
    chromium: Browser, served: Process
) -> None:
    """The secret itself never stands in a link."""
    async with visit(chromium) as page:
        await PageDriver(page).open(f"{served.warga}/#status")
        await expect(page.locator("#pesan")).to_have_value("/status ")
    async with visit(chromium) as page:
        await PageDriver(page).open(served.warga)
        await expect(page.locator("#pesan")).to_have_value("")
