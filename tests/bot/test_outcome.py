"""Whoever comes back with the secret code learns what came of it, in the words of its news and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.reasons import CLOSINGS, REFUSALS, REFUSED
from tests.bot.desks import SUKOHARJO, bodies, case, filed, officer
from tests.bot.test_elsewhere import there

if TYPE_CHECKING:
    from tests.bot.desks import Filed, Officer
    from tests.serving import House

FOUND = ("ambil {}", "telusuri {}", "temuan {} 012/TM/2024, hari ini", "kajian {}", "pleno {} 021/PLENO/2024, hari ini")


async def seats(home: House) -> tuple[Officer, Officer, Filed]:
    return await officer(home, SUKOHARJO), await officer(home, SUKOHARJO), await filed(home)


async def does(one: Officer, ticket: str, *lines: str) -> None:
    for line in lines:
        await one.says("/" + line.format(ticket))


async def status(home: House, report: Filed) -> str:
    [shown] = await there(home, f"/status {report.receipt}")
    return str(shown["text"])


async def test_what_was_decided_is_seen_after_the_end(any_house: House) -> None:
    home = any_house
    one, _, report = await seats(home)
    await there(home, "/bantuan")
    await does(one, report.ticket, *FOUND, "bukan {}", "catat {} rahasia kantor", "selesai {}")
    assert (await case(home, report.ticket)).status == "selesai"
    shown = await status(home, report)
    assert f"Hasil {report.ticket}: menurut rapat pleno bukan pelanggaran." in shown
    assert "rahasia kantor" not in shown
    await does(one, report.ticket, "mundur {}")
    assert "Hasil" not in await status(home, report)


@pytest.mark.parametrize("reason", ["ganda", "kurang_jelas"])
async def test_a_closed_one_says_why(any_house: House, reason: str) -> None:
    """One that two people close, and one that one does; the reason of a proposal alone is nobody's to read."""
    home = any_house
    one, other, report = await seats(home)
    await there(home, "/bantuan")
    await does(one, report.ticket, "ambil {}", "tutup {} " + reason)
    if reason == "kurang_jelas":
        assert "Hasil" not in await status(home, report)
        await does(other, report.ticket, "setuju {}")
    assert f"Hasil {report.ticket}: ditutup, karena {CLOSINGS[reason].msgid}." in await status(home, report)
    await does(one, report.ticket, "buka {}")
    assert "Hasil" not in await status(home, report)


async def test_a_refused_one_says_why_after_the_end_and_to_whom_it_is_joined(any_house: House) -> None:
    home = any_house
    one, other, report = await seats(home)
    joined = await filed(home)
    await there(home, "/bantuan")
    await does(one, report.ticket, f"gabung {joined.ticket} {{}}", "ambil {}", "formulir {} hari ini")
    await does(one, report.ticket, f"tolak {{}} {REFUSALS['formal'].msgid}")
    await does(other, report.ticket, "setuju {}")
    why = f"tidak diregistrasi, karena {REFUSED['formal'].msgid}."
    assert f"Hasil {report.ticket}: {why}" in await status(home, report)
    await does(one, report.ticket, "selesai {}")
    for mine in (report, joined):
        assert f"Hasil {mine.ticket}: {why}" in await status(home, mine)


async def test_who_was_told_that_it_is_closed_is_told_that_it_is_open_again(any_house: House) -> None:
    home = any_house
    one, _, report = await seats(home)
    await does(one, report.ticket, "ambil {}", "tutup {} ganda", "buka {}")
    told = str(bodies(await home.heard(report.seat))[-1]["text"])
    assert told == f"Kabar {report.ticket}: dibuka lagi; sedang ditangani petugas Bawaslu Kabupaten Sukoharjo."
