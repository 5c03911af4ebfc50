"""A new map is tried on past cases before it is live; what is filed stays where it is."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from bot.config import settings
from bot.place_version import SETTING, Where, named_live
from bot.start import open_all
from handlers.events import LocationShared, OptionChosen, TextReceived
from storage import cases
from storage.tables import cases as rows
from tests.bot.desks import BOYOLALI, SUKOHARJO, case, filed, officer
from tests.e2e.conftest import run
from tests.e2e.seat import Seat
from tests.e2e.test_settings import assert_refused
from tests.place.other_version import NAME, other_version, outlines_swapped, renumbered, rewritten
from tests.serving import Process, house

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handlers.events import Event
    from tests.serving import House

pytestmark = pytest.mark.slow

GROGOL = LocationShared(-7.6, 110.8, 20, "")
HERS = "Kenanga"  # a word of a story, which nobody may print


def inhil_moves(version: Path) -> None:
    """In this version "Inhil" is said of the kabupaten beside it."""
    rewritten(version, "aliases.toml", '"Inhil" = "Indragiri Hilir"', '"Inhil" = "Indragiri Hulu"')


async def report(home: House, seat: str, *said: Event | str) -> str:
    """A report through the engine, sent as soon as it can be; gives the ticket."""
    await home.say(seat, TextReceived("/bantuan"))
    await home.say(seat, TextReceived("lapor"))
    await home.say(seat, TextReceived("setuju"))
    for one in said:
        await home.say(seat, TextReceived(one) if isinstance(one, str) else one)
    last = (await home.heard(seat))[-1]
    await home.say(seat, OptionChosen(last.buttons["Kirim sekarang"]))
    sent = (await home.heard(seat))[-1].text
    return sent.partition("Nomor tiket: ")[2][:12]


async def several(home: House) -> dict[str, str]:
    """Cases whose place was found in every way there is, by what to call them."""
    there = await officer(home, SUKOHARJO)
    taker = await officer(home, BOYOLALI)
    made = {
        "story": await report(home, "w1", f"Kemarin pak camat {HERS} membagi amplop di Kab. Inhil"),
        "words": await report(home, "w2", f"Pak lurah {HERS} mengajak warga", "Inhil"),
        "point": await report(home, "w3", f"Pak lurah {HERS} mengajak warga", GROGOL),
        "asked": await report(home, "w4", f"Pak lurah {HERS} mengajak warga", "Tasik", "Kota Tasikmalaya"),
        "again": await report(home, "w8", f"Pak lurah {HERS} mengajak warga", "Bdg", "Kota Bandung"),
        "other": await report(home, "w9", f"Pak lurah {HERS} mengajak warga", "Bks", "Kota Bekasi"),
        "nowhere": await report(home, "w5", f"Pak lurah {HERS} mengajak warga"),
        "passed": await report(home, "w6", f"Pak lurah {HERS} mengajak warga", GROGOL),
        "unasked": (await filed(home)).ticket,
        "sealed": await report(home, "w7", f"Kemarin bupati {HERS} berkampanye di Kabupaten Jember"),
    }
    await there.says(f"/alihkan {made['passed']} {BOYOLALI} tempatnya di sana")
    await taker.says(f"/terima {made['passed']}")
    await home.serving.database.write(
        lambda conn: conn.execute(update(rows).where(rows.c.ticket == made["sealed"]).values(answers=b"rusak" * 9))
    )
    return made


def peta(folder: Path) -> Path:
    return folder / "data" / "peta"


def assert_secret(text: str) -> None:
    for word in (HERS, "Inhil", "Tasik,", "Grogol", "-7.6", "110.8", "camat", "lurah", "Kenari"):
        assert word not in text


async def test_who_would_move_is_printed_and_moves_nobody(tmp_path: Path, database_url: str) -> None:
    async with house(tmp_path / "data", database_url) as home:
        made = await several(home)
        before = {name: await case(home, ticket) for name, ticket in made.items() if name != "sealed"}
        version = other_version(peta(tmp_path), **outlines_swapped(SUKOHARJO, BOYOLALI))
        inhil_moves(version)
        both = '"Tasik" = "Kabupaten Tasikmalaya | Kota Tasikmalaya"'
        rewritten(version, "aliases.toml", both, '"Tasik" = "Kabupaten Tasikmalaya"')
        both = '"Bks" = "Kabupaten Bekasi | Kota Bekasi"'
        rewritten(version, "aliases.toml", both, '"Bks" = "Kabupaten Bekasi | Kota Bogor"')
        one = Process(tmp_path / "data", DATABASE_URL=database_url)
        status, out, err = await run(one, "place", "--replay", NAME)
        after = {name: await case(home, ticket) for name, ticket in made.items() if name != "sealed"}
    assert err == ""
    assert status == 1
    lines = out.splitlines()
    hilir, hulu = "Bawaslu Kabupaten Indragiri Hilir", "Bawaslu Kabupaten Indragiri Hulu"
    kota, kab = "Bawaslu Kota Tasikmalaya", "Bawaslu Kabupaten Tasikmalaya"
    sukoharjo = "Bawaslu Kabupaten Sukoharjo"
    assert lines == [
        f"{made['story']}: {hilir} -> {hulu} (baru)",
        f"{made['words']}: {hilir} -> {hulu} (baru)",
        f"{made['point']}: {sukoharjo} -> akan ditanyakan (baru)",
        f"{made['asked']}: {kota} -> {kab} (baru, dipilih pelapor)",
        f"{made['other']}: Bawaslu Kota Bekasi -> akan ditanyakan (baru, dipilih pelapor)",
        f"{made['passed']}: {sukoharjo} -> akan ditanyakan (baru, dialihkan petugas)",
        "Peta 2026.1: 10 kasus dilihat; 2 tetap, 3 pindah, 3 akan ditanyakan, 2 tidak dapat diputar ulang.",
        "Tidak dapat diputar ulang: 1 tidak menyimpan pertanyaan tempatnya.",
        "Tidak dapat diputar ulang: 1 tidak terbuka dengan kunci yang ada.",
        "Pindah ke kabupaten/kota lain tanpa ditanyakan: 3.",
    ]
    assert_secret(out)
    assert before == after


async def test_the_same_map_under_another_name_moves_nobody(tmp_path: Path) -> None:
    async with house(tmp_path / "data") as home:
        await several(home)
    other_version(peta(tmp_path))
    one = Process(tmp_path / "data")
    told = "Peta {}: 10 kasus dilihat; 8 tetap, 0 pindah, 0 akan ditanyakan, 2 tidak dapat diputar ulang."
    for name in (NAME, "2025.1"):
        status, out, _ = await run(one, "place", "--replay", name)
        assert (status, out.splitlines()[0]) == (0, told.format(name))


async def test_a_case_that_would_be_asked_about_or_be_found_closes_no_gate(tmp_path: Path) -> None:
    async with house(tmp_path / "data") as home:
        point = await report(home, "w1", "Pak lurah mengajak warga", GROGOL)
        found = await report(home, "w2", "Pak lurah di Kab. Kenarijaya mengajak warga")
    version = other_version(peta(tmp_path), **outlines_swapped(SUKOHARJO, BOYOLALI))
    rewritten(version, "aliases.toml", '"Inhil" =', '"Kenarijaya" = "Sukoharjo"\n"Inhil" =')
    status, out, _ = await run(Process(tmp_path / "data"), "place", "--replay", NAME)
    assert status == 0
    assert out.splitlines() == [
        f"{point}: Bawaslu Kabupaten Sukoharjo -> akan ditanyakan (baru)",
        f"{found}: Bawaslu RI -> Bawaslu Kabupaten Sukoharjo (baru)",
        "Peta 2026.1: 2 kasus dilihat; 0 tetap, 1 pindah, 1 akan ditanyakan, 0 tidak dapat diputar ulang.",
    ]


async def told(one: Process) -> dict[str, Any]:
    """What the filter says of "Inhil", and how long it took to say it."""
    asked = await asyncio.create_subprocess_exec(
        one.command, "place", env=one.env, cwd=one.folder.parent,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(asked.communicate(b'{"text": "Inhil"}\n'), 30)
    if asked.returncode:
        return {"exit": asked.returncode, "err": err.decode()}
    answer = json.loads(out)
    return {"kode": answer["kode"], "version": answer["trace"]["data_version"]}


async def tipped(one: Process, folder: Path) -> tuple[str, str]:
    """(place, version of the map) of a case that a running server takes in now."""
    async with Seat(one.warga) as seat:
        ticket = await seat.tip("Kemarin pak camat membagi amplop di Kab. Inhil")
    return await _place(folder, ticket)


async def _place(folder: Path, ticket: str) -> tuple[str, str]:
    database, keys, _ = await open_all(settings(data_dir=folder / "data", _env_file=None))
    try:
        found = await database.write(lambda conn: cases.by_ticket(conn, keys, ticket))
    finally:
        await database.close()
    assert found is not None
    place = found.answers["place"]
    return place["code"], place["trace"]["data_version"]


async def test_what_is_made_live_is_taken_at_the_next_start_by_all(
    process: Callable[..., Process], tmp_path: Path
) -> None:
    version = other_version(peta(tmp_path))
    inhil_moves(version)
    rewritten(version, "offices.toml", 'umum = "Bawaslu"', 'umum = "Panwaslu"')
    one = process()
    await one.start()
    async with Seat(one.warga) as seat:
        first = await seat.tip("Kemarin pak camat membagi amplop di Kab. Inhil")
    status, out, err = await run(one, "place", "--activate", NAME)
    assert (status, err) == (0, "")
    assert out.startswith("Peta 2026.1 aktif. Server yang sedang berjalan memakainya sejak dijalankan kembali;")
    assert await tipped(one, tmp_path) == ("14.04", "2025.1")
    answer = await told(one)
    assert (answer["kode"], answer["version"]) == ("14.02", NAME)
    assert "Panwaslu Kabupaten Sukoharjo" in (await run(one, "invite", "33.11", "--role", "petugas"))[1]
    assert one.stop() == 0
    await one.start()
    assert await tipped(one, tmp_path) == ("14.02", NAME)
    assert await _place(tmp_path, first) == ("14.04", "2025.1")
    assert named_live(Where(data_dir=one.folder)) == NAME
    assert (await run(one, "place", "--activate", "2025.1"))[0] == 0
    assert named_live(Where(data_dir=one.folder)) == ""  # whatever ships after the next update
    assert one.stop() == 0
    await one.start()
    assert await tipped(one, tmp_path) == ("14.04", "2025.1")
    assert one.stop() == 0
    assert one.log() == ""


async def test_a_live_version_that_broke_stops_every_start_and_nothing_else_is_taken(
    process: Callable[..., Process], tmp_path: Path
) -> None:
    version = other_version(peta(tmp_path))
    one = process()
    assert (await run(one, "place", "--activate", NAME))[0] == 0
    (version / "map.bin").rename(version / "map")
    words = ("Peta 2026.1 yang aktif", "map.bin tidak ada", "place --activate 2025.1")
    assert_refused(await run(one, "serve"), *words)
    assert_refused(await run(one, "invite", "33.11", "--role", "petugas"), *words)
    assert (await told(one))["exit"] == 2
    assert (await run(one, "place", "--activate", "2025.1"))[0] == 0
    assert (await told(one))["version"] == "2025.1"


async def test_a_wrong_version_is_neither_tried_nor_made_live(process: Callable[..., Process], tmp_path: Path) -> None:
    one = process()
    nobody = other_version(peta(tmp_path), "2026.2")
    rewritten(nobody, "aliases.toml", '"Inhil" = "Indragiri Hilir"', '"Inhil" = "Indragiri Hilang"')
    (peta(tmp_path) / "2026.3").mkdir()
    for name, words in {
        NAME: "tidak ada",
        "2026.2": "Indragiri Hilang",
        "2026.3": "areas.json tidak ada",
        "../peta/2026.2": "bukan nama versi",
        "": "bukan nama versi",
    }.items():
        assert_refused(await run(one, "place", "--activate", name), words)
        assert_refused(await run(one, "place", "--replay", name), words)
    assert_refused(await run(one, "place", "--replay", NAME, "--activate", NAME), "salah satu")
    assert_refused(await run(one, "place", "--activate"), "--help")
    assert not (one.folder / "jaganetral.sqlite3").exists()


async def test_a_version_without_an_area_in_use_is_not_made_live(tmp_path: Path) -> None:
    async with house(tmp_path / "data") as home:
        await report(home, "w1", "Pak lurah mengajak warga", GROGOL)
        renumbered(other_version(peta(tmp_path)), SUKOHARJO, "33.99")
        one = Process(tmp_path / "data")
        assert_refused(await run(one, "place", "--activate", NAME), "tidak memuat daerah", "33.11")
        _, out, _ = await run(one, "place", "--replay", NAME)
    assert "kantor 33.11 (tidak ada di peta ini) -> Bawaslu Kabupaten Sukoharjo (baru)" in out


async def test_the_filter_needs_no_other_setting_and_no_folder(process: Callable[..., Process], tmp_path: Path) -> None:
    one = process(PORT="delapan", TELEGRAM_TOKEN="rahasia")
    assert (await told(one))["version"] == "2025.1"
    assert not one.folder.exists()
    one.folder.mkdir()
    database = one.folder / "jaganetral.sqlite3"
    database.touch()  # as it is while it is being made
    assert (await told(one))["version"] == "2025.1"
    database.write_bytes(b"bukan basis data" * 100)
    answer = await told(one)
    assert answer["exit"] == 2
    assert answer["err"].startswith("Pengaturan keliru. DATA_DIR: basis data")
    with sqlite3.connect(tmp_path / "lain") as other:
        other.execute("CREATE TABLE settings (name, value)")
        other.execute("INSERT INTO settings VALUES (?, '../../etc')", (SETTING,))
    assert "bukan nama versi" in (await told(process(DATABASE_URL=f"sqlite:///{tmp_path}/lain")))["err"]


def test_where_the_data_lies_is_read_as_all_settings_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    url = "DATABASE_URL=sqlite:///c"
    for env, file in (({}, ""), ({"DATA_DIR": "a"}, "DATA_DIR=b"), ({"data_dir": ""}, f"Data_Dir=b\n{url}")):
        (tmp_path / ".env").write_text(file)
        with monkeypatch.context() as here:
            for name, value in env.items():
                here.setenv(name, value)
            assert (Where().data_dir, Where().database_url) == (settings().data_dir, settings().database_url)
