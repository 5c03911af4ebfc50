"""What could identify a person or the act is found nowhere it was not sealed: not on the disk, in no column, in no log."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, text

from handlers.events import TextReceived
from storage import inbox
from tests.serving import House, house
from tests.standins.people import Person, Town
from tests.standins.telegram import TOKEN, StandIn, serving
from tests.storage import canaries, life
from tests.storage.canaries import WORDS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
SPEED = {"telegram_rate": 1000.0, "telegram_chat_rate": 1000.0}


def test_the_scan_finds_what_is_hidden_badly() -> None:
    word = WORDS["story"]
    hidden = {
        "plain": f"...{word}...".encode(),
        "utf-16": f"...{word}...".encode("utf-16-le"),
        "hex": f"...{word}...".encode().hex().encode(),
        **{f"base64 {n}": base64.b64encode(b"x" * n + word.encode() + b"yz") for n in range(6)},
        "number": b"\0" + int(WORDS["telegram_id"]).to_bytes(8, "big"),
    }
    for place, content in hidden.items():
        assert canaries.found_in({place: content}, WORDS), place
    assert not canaries.found_in({"nothing": b"kenari" * 100}, WORDS)


async def live(home: House, telegram: StandIn, person: Person) -> dict[str, str]:
    """The whole life; gives the secrets that were made on the way, and the ticket."""
    await home.serving.warmed()
    invite = await home.invite("33.11", "koordinator")
    desk, citizen = life.officer_page(home), life.Page(home)
    await desk.enter(invite, WORDS["officer"])
    await life.officer_page(home).enter(await home.invite("33"), WORDS["officer"])
    ticket, receipt = await life.report(citizen)
    await life.casework(desk, citizen, ticket)
    too_long = await citizen.send(text=WORDS["too_long"] * 8000)
    assert too_long.status_code == 413
    link = await life.on_telegram(telegram, person)
    assert (await citizen.upload(life.photo(), link, name=WORDS["file_name"])).status_code == 200
    chat = {"id": 5, "type": "private"}
    telegram.push(
        {"update_id": 990, "message": {"message_id": 1, "date": "kapan", "chat": chat, "text": WORDS["parked"]}}
    )
    await life.break_once(home, WORDS["broken"])
    await quiet(home)
    return {
        "ticket": ticket,
        "receipt": receipt,
        "bare receipt": receipt.replace("-", ""),
        "invite": invite,
        "citizen's seat": citizen.seat,
        "officer's seat": desk.seat,
        "upload link": link.rpartition("/")[2],
    }


async def quiet(home: House) -> None:
    """Until nothing waits to be sent, fetched or parked any more."""
    async with asyncio.timeout(30):
        while await home.serving.database.read(_busy):  # noqa: ASYNC110 - the database has no event for it
            await asyncio.sleep(0.05)


def _busy(conn: Connection) -> bool:
    due = conn.execute(text("select count(*) from outbox where state = 'due'")).scalar_one()
    wanted = conn.execute(text("select count(*) from evidence where state = 'wanted'")).scalar_one()
    return bool(due or wanted) or inbox.count_parked(conn) < 2


async def test_nothing_that_identifies_is_found_in_the_clear(
    tmp_path: Path, database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, person = tmp_path / "data", Town().person(int(WORDS["telegram_id"]), WORDS["telegram_name"])
    async with serving(StandIn()) as telegram:
        env: dict[str, Any] = {"telegram_token": TOKEN, "telegram_api_url": telegram.url, **SPEED}
        async with house(folder, database_url, **env) as home:
            secrets = await live(home, telegram, person)
            running = canaries.on_disk(folder)
        async with house(folder, database_url, **env) as home:  # a restart
            await readable(home, secrets.pop("ticket"))
            rows, clear = await home.serving.database.read(
                lambda conn: (canaries.all_columns(conn), canaries.clear_text(conn))
            )
            figures, _ = await home.serving.figures()
            telegram_token = {"telegram token": TOKEN}
    said = capfd.readouterr()
    hay = {"stdout": said.out.encode(), "stderr": said.err.encode(), "/metrics": figures, **rows}
    hay |= {f"running {place}": content for place, content in running.items()}
    hay |= canaries.on_disk(folder)
    assert not canaries.found_in(hay, WORDS | secrets | telegram_token)
    assert "update_parked" in said.out + said.err  # the scan saw the log
    assert b"jaganetral_cases" in figures
    for decided in ("33.11", "33.11.0", "ajakan", "baru", "tawarkan", "2024-10-09", "kontak"):
        assert decided in clear, decided


async def readable(home: House, ticket: str) -> None:
    """With the key everything is there: the scan looked where the words are."""
    keys, store = home.serving.keys, home.serving.keeper.store
    told, files = await home.serving.database.read(lambda conn: canaries.opened(conn, keys))
    kept = b"".join(store.read(id_, key) for id_, key in files)
    assert ticket in told
    for name in ("evidence", "exif"):
        assert WORDS[name].encode() in kept, name
    for name in set(WORDS) - {"evidence", "exif", "too_long", "telegram_name"}:
        assert WORDS[name] in told, name
    assert WORDS["too_long"] not in told  # refused at the door
    assert WORDS["telegram_name"] not in told  # never asked for


async def test_the_database_failing_says_nothing_of_what_was_to_be_written(
    tmp_path: Path, database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async with house(tmp_path / "data", database_url) as home:
        page = life.Page(home)
        await page.open()
        database = home.serving.database
        await database.write(lambda conn: conn.execute(text("alter table outbox rename to hilang")))
        refused = await page.send(text=WORDS["story"])
        with pytest.raises(Exception, match="outbox") as caught:
            await home.say(page.seat, TextReceived(WORDS["story"]))
        await database.write(lambda conn: conn.execute(text("alter table hilang rename to outbox")))
        again = await page.says(WORDS["story"])
    assert refused.status_code == 503
    assert "belum tersimpan" in refused.json()["error"]
    assert again.text
    said = capfd.readouterr()
    hay = {"log": (said.out + said.err).encode(), "answer": refused.content, "error": repr(caught.value).encode()}
    assert "batch_failed" in said.out + said.err
    assert not canaries.found_in(hay, WORDS | {"seat": page.seat})
