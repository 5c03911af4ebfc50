"""Settings and commands: wrong ones end with one sentence and exit 2; invitations beside a running server."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import stat
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.e2e.conftest import run
from tests.e2e.seat import Seat

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.serving import Process

pytestmark = pytest.mark.slow

WRONG = {
    "PUBLIC_URL": "lapor.contoh.id",
    "TELEGRAM_TOKEN": "rahasia-sekali",
    "PORT": "delapan",
    "CALENDAR": "/tidak/ada.toml",
    "DATABASE_URL": "mysql://x/y",
    "DRAFT_DAYS": "0",
}


def assert_refused(answer: tuple[int, str, str], *words: str) -> None:
    """Exit 2, nothing printed, one line that names the setting and repeats no secret."""
    status, out, err = answer
    assert (status, out) == (2, "")
    assert err.startswith(("Pengaturan keliru. ", "Perintah keliru. "))
    assert err.count("\n") == 1
    assert "rahasia-sekali" not in err
    for word in words:
        assert word in err


async def test_wrong_settings_are_refused_each_with_its_sentence(process: Callable[..., Process]) -> None:
    assert_refused(await run(process(**WRONG), "serve"), *(f"{name}: " for name in WRONG))
    secret = {"TELEGRAM_WEBHOOK_SECRET": "rahasia-rahasia-16"}
    assert_refused(await run(process(**secret), "serve"), "TELEGRAM_WEBHOOK_SECRET memerlukan PUBLIC_URL")


async def test_numbers_are_refused_in_our_words(process: Callable[..., Process]) -> None:
    wrong = {"PORT": "70000", "TELEGRAM_RATE": "banyak", "TELEGRAM_CHAT_RATE": "0", "DRAFT_DAYS": "0"}
    assert_refused(
        await run(process(**wrong), "serve"),
        "PORT: paling besar 65535.", "TELEGRAM_RATE: harus berupa angka.",
        "TELEGRAM_CHAT_RATE: harus lebih dari 0.", "DRAFT_DAYS: paling kecil 1.",
    )  # fmt: skip
    assert_refused(await run(process(PORT="delapan"), "serve"), "PORT: harus berupa bilangan bulat.")


async def test_a_wrong_calendar_says_which_setting_it_is(process: Callable[..., Process], tmp_path: Path) -> None:
    wrong = tmp_path / "kalender.toml"
    wrong.write_text("bukan toml")
    assert_refused(await run(process(CALENDAR=str(wrong)), "serve"), "Pengaturan keliru. CALENDAR: ", "kalender.toml")


async def test_a_port_in_use_is_refused(process: Callable[..., Process]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert_refused(await run(process(PORT=port), "serve"), "PORT", port)


async def test_a_rehearsal_is_refused_where_a_real_platform_would_hear_it(
    process: Callable[..., Process], tmp_path: Path
) -> None:
    clock = tmp_path / "jam"
    clock.write_text("2024-10-10T10:00+07:00")
    one = process(TELEGRAM_TOKEN=f"123:{'a' * 35}")
    assert_refused(await run(one, "serve", "--clock", str(clock)), "--clock", "latihan")
    clock.write_text("besok")
    assert_refused(await run(process(), "serve", "--clock", str(clock)), "2024-10-01T08:00+07:00")
    assert_refused(await run(process(), "serve", "--clock", str(tmp_path / "nihil")), "nihil")


async def test_offices_and_roles_that_do_not_exist(process: Callable[..., Process]) -> None:
    for office in ("99.99", "33.11.01", "Kabupaten Entah"):
        assert_refused(await run(process(), "invite", office, "--role", "petugas"), office)
    assert_refused(await run(process(), "invite", "Blitar", "--role", "petugas"), "35.05", "35.72")
    assert_refused(await run(process(), "serve", "--office", "33.11.01"), "33.11.01")
    assert_refused(await run(process(), "invite", "33.11", "--role", "raja"), "--role", "koordinator")
    for wrong in (["invite", "33.11"], ["lapor"], ["serve", "--cepat"]):
        assert_refused(await run(process(), *wrong), "--help")


async def test_an_office_may_be_named_in_words(process: Callable[..., Process]) -> None:
    status, out, _ = await run(process(), "invite", "kab sukoharjo", "--role", "petugas")
    assert status == 0
    assert "Bawaslu Kabupaten Sukoharjo" in out
    assert re.search(r"berlaku sampai \w+, \d+ \w+ \d{4} pukul \d\d\.\d\d WIB", out)
    assert "Bawaslu Provinsi Jawa Tengah" in (await run(process(), "invite", "Jawa Tengah", "--role", "petugas"))[1]


async def test_a_key_is_made_once_kept_close_and_never_replaced(process: Callable[..., Process]) -> None:
    one = process()
    await one.start()
    key = one.folder / "kunci.json"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(one.folder.stat().st_mode) == 0o700
    async with Seat(one.warga) as seat:
        await seat.say(text="setuju")
    status, out, err = await run(one, "invite", "33.11", "--role", "koordinator", "--json")
    assert (status, err) == (0, "")
    made = json.loads(out)
    assert set(made) == {"code", "web", "telegram", "expires"}
    assert made["web"] == f"{one.warga}/petugas?kode={made['code']}"
    assert made["telegram"] is None
    assert datetime.fromisoformat(made["expires"]).tzinfo is not None
    assert one.stop() == 0
    assert one.log() == ""
    key.rename(one.folder / "hilang")
    assert_refused(await run(one, "serve"), "kunci.json")
    assert_refused(await run(one, "invite", "33", "--role", "petugas"), "kunci.json")
    assert not key.exists()
    (one.folder / "hilang").rename(key)
    await one.start()
    assert await one.ready()
    assert one.stop() == 0


async def test_it_stops_at_once_while_pages_listen_and_files_come(process: Callable[..., Process]) -> None:
    one = process()
    await one.start()
    async with Seat(one.warga) as seat, Seat(one.warga) as other:
        listening = [asyncio.create_task(each.row(lambda _: False)) for each in (seat, other)]
        await seat.say(text="setuju")

        async def slow_file() -> object:
            async def pieces() -> AsyncIterator[bytes]:
                while True:
                    yield b"x" * 1000
                    await asyncio.sleep(0.05)

            return await seat.http.post("/chat/upload?id=12345678&name=a.jpg", content=pieces())

        coming = asyncio.create_task(slow_file())
        await asyncio.sleep(0.3)
        assert await asyncio.to_thread(one.stop, 15) == 0
        for ended in (*listening, coming):
            with pytest.raises((AssertionError, httpx.HTTPError)):
                await ended
    assert one.log() == ""


async def test_ctrl_c_is_as_good(process: Callable[..., Process]) -> None:
    one = process()
    await one.start()
    assert one._process is not None
    one._process.send_signal(signal.SIGINT)
    assert await asyncio.to_thread(one._process.wait, 15) == 0
    assert one.log() == ""
    assert json.loads((one.folder / "kunci.json").read_text())["format"]


SLOW_TO_GO_ON = """
import sys, time
import bot.app as app

listen = app._listen
def slowly(chosen):
    listener = listen(chosen)
    print(listener.getsockname()[1], flush=True)
    time.sleep(1)
    return listener
app._listen = slowly
sys.exit(app.serve_forever(None, "RI"))
"""


async def test_told_to_stop_the_moment_its_port_opens_it_ends_clean(process: Callable[..., Process]) -> None:
    one = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SLOW_TO_GO_ON, env=process().env, stdout=asyncio.subprocess.PIPE
    )
    assert one.stdout is not None
    assert int(await one.stdout.readline())
    one.send_signal(signal.SIGTERM)
    await one.stdout.read()
    assert await one.wait() == 0


async def test_a_second_server_over_the_same_folder_is_refused(process: Callable[..., Process]) -> None:
    first = process()
    await first.start()
    assert_refused(await run(process(), "serve"), "DATA_DIR: ", "sedang dipakai server lain")
    assert await first.ready()
