"""A handling is stopped for a reason of the list, by two people; its reporter hears the public words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from handlers.life import MOVES
from handlers.reasons import REFUSED, STOPS
from storage.tables import limits
from tests.bot.desks import SUKOHARJO, bodies, case, filed, officer

if TYPE_CHECKING:
    from tests.serving import House


@pytest.mark.parametrize("reason", sorted(STOPS))
async def test_two_people_stop_it_and_the_reporter_hears_the_public_words(any_house: House, reason: str) -> None:
    home = any_house
    one, other = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    report = await filed(home)
    for line in ("ambil {}", "telusuri {}", "temuan {} 012/TM/2024, hari ini"):
        await one.says("/" + line.format(report.ticket))
    heard = len(await home.heard(report.seat))
    await one.says(f"/hentikan {report.ticket} {reason.replace('_', ' ')}")
    await one.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "temuan"
    assert len(await home.heard(report.seat)) == heard
    await other.says(f"/setuju {report.ticket}")
    after = await case(home, report.ticket)
    assert (after.status, after.facts["hentikan"]["alasan"]) == ("dihentikan", reason)
    [told] = bodies(await home.heard(report.seat))[heard:]
    public = REFUSED[reason].msgid
    assert told["text"].endswith(f"penanganannya dihentikan oleh Bawaslu Kabupaten Sukoharjo, karena {public}.")
    assert one.name not in told["text"]
    met = await home.serving.database.read(lambda conn: conn.execute(select(limits.c.done)).scalars().all())
    assert [bool(day) for day in met] == [True]  # no clock of the law runs on
    assert "tidak ada yang berjalan" in str(bodies(await one.says(f"/kasus {report.ticket}")))


async def test_a_report_that_was_taken_back_is_no_reason(sqlite_house: House) -> None:
    """Recorded in the register, a report cannot be withdrawn (Perbawaslu 8/2020)."""
    home = sqlite_house
    one, report = await officer(home, SUKOHARJO), await filed(home)
    for line in ("ambil {}", "telusuri {}", "temuan {} 012/TM/2024, hari ini"):
        await one.says("/" + line.format(report.ticket))
    before = await case(home, report.ticket)
    assert "yang dicabut pelapornya tetap ditangani" in str(
        bodies(await one.says(f"/hentikan {report.ticket} dicabut"))
    )
    assert (await case(home, report.ticket)).rev == before.rev
    assert not any("cabut" in label.msgid.casefold() for label in STOPS.values())


def test_only_what_was_registered_or_found_can_be_stopped() -> None:
    assert MOVES["hentikan"].sources == {"temuan", "diregistrasi", "klarifikasi", "kajian", "pleno"}
    assert MOVES["hentikan"].two
