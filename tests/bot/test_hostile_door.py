"""Hostile input by the door: refused in a plain sentence, never a mistake of ours, never the process down."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from handlers.events import Opened, OptionChosen, TextReceived
from tests.bot.desks import SUKOHARJO, bodies, case, filed, officer
from tests.serving import house
from tests.storage.life import Page, officer_page

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.serving import House

DEEP = 10_000
HALF = "\ud800"  # half of a surrogate pair; JSON can spell it, UTF-8 cannot
TURNED = "\u202e\u2066\u200b\ufeff\u0000\u0007"
ODD: list[Any] = [None, True, 7, 12345678, -1, 1.5, [], {}, [[]], {"a": 1}, "", " ", HALF, "\0", TURNED, "A" * 41]
JSON = {"content-type": "application/json"}


def kindly(answer: httpx.Response, *expected: int) -> None:
    """One of these, and where it is a refusal, a sentence in Indonesian and no insides of ours."""
    assert answer.status_code in expected, (answer.status_code, answer.text)
    if answer.status_code != 200:
        sentence = answer.json()["error"]
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert not any(word in sentence for word in ("Traceback", "Error", "error", "File "))


@pytest.fixture
async def page(any_house: House) -> Page:
    one = Page(any_house)
    await one.open()
    return one


async def raw(page: Page, body: bytes, url: str = "/chat/send") -> httpx.Response:
    return await page.client.post(url, content=body, headers=JSON)


# --- JSON -----------------------------------------------------------------------------------------------------------


async def test_bodies_that_are_no_messages(page: Page) -> None:
    for body in (
        b"", b"x", b"null", b"[]", b"7", b'"x"', b"{", b"\xff\xfe", b'{"id":"pesan-00000001"}', b"[" * DEEP,
        b'{"a":' * DEEP + b"1" + b"}" * DEEP, b'{"text":' + b"[" * 900 + b"]" * 900 + b"}",
        b'{"id":"pesan-00000001","text":' + b"9" * 5000 + b"}", b'{"id":"pesan-00000001","lat":NaN,"lon":1}',
    ):  # fmt: skip
        kindly(await raw(page, body), 422)
        kindly(await raw(page, body, "/petugas/masuk"), 422)
    kindly(await page.client.post("/chat/send", content=b"{}"), 403)  # another site's form sends no JSON
    kindly(await page.send(text="x" * 70_000), 413)
    kindly(await page.send(text="\u202e" * 64_000), 413)


async def test_every_field_of_every_odd_type(page: Page) -> None:
    for odd in ODD:
        for field in ("id", "text", "data", "label", "lat", "lon", "accuracy"):
            whole = {"id": page.id(), "lat": -7.6, "lon": 110.8, "data": "consent:ya:1", "label": "x"}
            kindly(await raw(page, json.dumps({**whole, field: odd}).encode()), 200, 422)
        for field in ("id", "code", "name"):
            press = {"id": page.id(), "code": "0" * 20, "name": "P", field: odd}
            kindly(await raw(page, json.dumps(press).encode(), "/petugas/masuk"), 403, 422)
    assert page.house.serving.engine.parked == 0


async def test_numbers_without_end(page: Page) -> None:
    for number in ("1e400", "-1e400", "NaN", "Infinity", "9" * 400, "9" * 4000, "91", "-1e9", '"7"', "true", "1e-400"):
        for lat, lon in ((number, "110"), ("-7", number)):
            body = f'{{"id":"{page.id()}","lat":{lat},"lon":{lon},"accuracy":{number}}}'
            kindly(await raw(page, body.encode()), 200, 422)
    kindly(await raw(page, f'{{"id":"{page.id()}","lat":1e400,"lon":1e400}}'.encode()), 422)
    assert page.house.serving.engine.parked == 0


async def test_words_that_no_database_takes(page: Page) -> None:
    """PostgreSQL takes no NUL in a text and nothing takes half a surrogate pair; people's words are sealed bytes."""
    await page.taps("Setuju" if "Setuju" in (await page.last()).buttons else next(iter((await page.last()).buttons)))
    for words in (
        f"pak camat {HALF} membagi amplop",
        f"cerita \0 dengan {TURNED} tanda",
        "\0" * 50,
        HALF * 50,
        TURNED * 20,
    ):
        kindly(await page.send(text=words), 200)
        kindly(await page.send(data=words, label=words), 200)
        named = {"name": words.replace(HALF, ""), "caption": words.replace(HALF, ""), "group": "\0" * 9}
        kindly(await page.upload(b"isi berkas", **named), 200)
    assert page.house.serving.engine.parked == 0
    assert "Maaf, pesan itu tersimpan" not in str(bodies(await page.heard()))


async def test_officers_write_oddly_too(any_house: House) -> None:
    """The clear columns: an office's facts; numbers that are none; revisions from nowhere."""
    home = any_house
    chief = await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home)
    name, ticket = "@budi sudah ditelepon", report.ticket
    for line in (
        "/kantor alamat \0", "/kantor jam \0\u202e08.00", f"/kantor alamat {'a' * 9000}", "/kantor piket \u00b2 \u0663 " + "9" * 5000,
        "/antrean \u00b2", "/antrean " + "9" * 5000, "/antrean baru -1", f"/kasus {ticket} @\u00b2", f"/kasus {ticket} @{'9' * 5000}",
        f"/catat {ticket} {name}", f"/catat {ticket} @5 orang hadir", f"/catat {ticket} \0{HALF.encode('utf-8', 'replace').decode()}",
        f"/tutup {ticket} \0", f"/alihkan {ticket} 99.99 x", f"/alihkan {ticket} .. x", f"/alihkan {ticket} atas x", "/ambil", "/\0", "/",
        f"/start {'0' * 9000}",
    ):  # fmt: skip
        await chief.says(line)
    history = str(bodies(await chief.says(f"/kasus {ticket} riwayat")))
    assert name in history
    assert "@5 orang hadir" in history
    await chief.says(f"/catat {ticket}")
    await chief.says("@7 kata di depan catatan")
    assert "@7 kata di depan catatan" in str(bodies(await chief.says(f"/kasus {ticket} riwayat")))
    assert (await case(home, ticket)).status == "baru"
    assert home.serving.engine.parked == 0


# --- the request itself ---------------------------------------------------------------------------------------------


async def test_cookies_that_are_odd(page: Page) -> None:
    seat = page.seat
    page.client.cookies.clear()
    for value in (
        "",
        "x",
        seat.upper(),
        seat + "0",
        seat[:-1],
        "../" + seat,
        "%00",
        '"' + seat,
        "0" * 5000,
        "\u00b2" * 32,
        f"{seat};",
    ):
        cookie = {"cookie": f"jn_warga={value}".encode("latin-1")}
        answer = await page.client.post("/chat/send", json={"id": page.id(), "text": "halo"}, headers=cookie)
        kindly(answer, 200 if value.startswith(seat) and value[32:] in ("", ";") else 401)
        kindly(await page.client.get("/petugas/chat/stream", headers={"cookie": f"jn_petugas={seat}"}), 401)


async def test_requests_that_another_site_made(page: Page) -> None:
    for origin in (
        "https://jahat.id",
        "null",
        "",
        "http://[",
        "http://rumah.jahat.id",
        "rumah",
        "http://rumah@jahat.id",
        "//rumah",
        "\u00b2",
    ):
        forged = {"origin": origin.encode("latin-1")}
        for method, url in (("POST", "/chat/session"), ("DELETE", "/chat/session"), ("POST", "/petugas/chat/session"),
                            ("POST", "/chat/send"), ("POST", f"/chat/upload?id={page.id()}"), ("POST", "/petugas/masuk")):  # fmt: skip
            kindly(await page.client.request(method, url, headers={**JSON, **forged}, content=b"{}"), 401, 403)
    kindly(await page.client.post("/chat/session", headers={"origin": "http://rumah"}), 200)
    answer = await page.client.post("/chat/session", headers={"host": "["})
    assert answer.status_code == 200


async def test_paths_and_methods_that_are_none(page: Page) -> None:
    for path in (
        "/static/../config.py", "/static/..%2fconfig.py", "/static/%2e%2e/web.py", "/static/", "/static/.", "/static/%00",
        "/bukti/../x", "/bukti/%2e%2e", "/bukti/" + "0" * 32, "/bukti/" + "x" * 9000, "/bukti/%00", "/data/kunci.json", "/.env", "/unggah",
    ):  # fmt: skip
        kindly(await page.client.get(path), 404)
    for method, path in (
        ("PUT", "/chat/send"),
        ("GET", "/chat/send"),
        ("TRACE", "/"),
        ("PROPFIND", "/"),
        ("POST", "/"),
        ("X", "/bukti/1"),
    ):
        kindly(await page.client.request(method, path), 405)
    assert (await page.client.get("/unggah/%00")).status_code == 410
    for last in ("\u00b2", "-1", "9" * 5000, "x", "1e9"):
        headers = {"last-event-id": last.encode("latin-1"), "cookie": "jn_warga=x"}
        kindly(await page.client.get("/chat/stream", headers=headers), 401)
    assert (await page.client.post("/webhook/telegram", content=b"{}")).status_code == 404


async def test_figures_are_for_this_machine_alone(page: Page) -> None:
    assert (await page.client.get("/metrics")).status_code == 200
    for header in ("x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host"):
        kindly(await page.client.get("/metrics", headers={header: "127.0.0.1"}), 404)


async def test_one_that_can_never_be_written_harms_no_other(any_house: House) -> None:
    """A state that cannot be sealed fails only when the batch is written: the others of that batch still get through."""
    from dataclasses import replace  # noqa: PLC0415

    from bot.inside import perform  # noqa: PLC0415
    from handlers.effects import FindStatus  # noqa: PLC0415

    home, kept = any_house, perform.DEEDS

    def spoil(act: Any, effect: Any) -> list[Any]:
        act.mind.state, act.mind.dirty = replace(act.mind.state, asked=HALF), True
        return kept[FindStatus](act, effect)

    perform.DEEDS = {**kept, FindStatus: spoil}
    try:
        words = ["/bantuan", "/status", "/bahasa", "/data"]
        await asyncio.gather(*(home.say(f"w{n}", TextReceived(line)) for n, line in enumerate(words)))
    finally:
        perform.DEEDS = kept
    for n in (0, 2, 3):
        assert await home.heard(f"w{n}"), n
    assert home.serving.engine.parked == 1
    state = "select count(*) from inbox where state = 'parked'"
    assert await home.serving.database.read(lambda conn: conn.execute(text(state)).scalar_one()) == 1
    await home.say("w1", TextReceived("/bantuan"))
    assert await home.heard("w1")


async def test_taps_from_nowhere(sqlite_house: House) -> None:
    home = sqlite_house
    await home.say("w", Opened())
    for data in (
        "",
        ":",
        "::",
        "consent",
        "consent:ya",
        "consent:ya:\u00b2",
        f"consent:ya:{'9' * 5000}",
        "consent:x:1",
        "\0",
        "{}",
        "%s{0}",
    ):
        await home.say("w", OptionChosen(data))
        await home.say("w", TextReceived(data + "{story}{0.__class__}%n"))
    assert home.serving.engine.parked == 0
    assert "__class__" not in str([one.text for one in await home.heard("w") if "Selamat datang" in one.text])


async def test_an_officers_page_with_an_odd_name(tmp_path: Path) -> None:
    async with house(tmp_path / "data") as home:
        page = officer_page(home)
        await page.enter(await home.invite(SUKOHARJO), f"  Budi\n\u202editutup\u0000 {HALF} ")
        assert "Budi ditutup" in str(bodies([await page.says("/kantor")]))
