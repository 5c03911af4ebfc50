"""The day by which a case is sorted and its holder reminded follows from the case, whatever was done to it before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bot.start import DUE
from handlers.events import OptionChosen, TextReceived
from storage import offices
from storage.tables import cases
from tests.bot.desks import SUKOHARJO, bodies, case, filed, officer
from tests.serving import house

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.desks import Filed, Officer
    from tests.serving import House

KNOWN = {"known": "2024-10-07", "happened": "2024-10-07"}
SEVENTH = "2024-10-14"


async def alarm(home: House, report: Filed) -> int:
    planned = select(cases.c.alarm_at).where(cases.c.ticket == report.ticket)
    return await home.serving.database.read(lambda conn: conn.execute(planned).scalar_one())


async def sent(home: House, report: Filed, button: str) -> None:
    """The button of that name which stands last on the reporter's screen."""
    shown = [one for body in bodies(await home.heard(report.seat)) for one in body.get("buttons", ())]
    data = next(data for label, data, *_ in reversed(shown) if label == button)
    await home.say(report.seat, OptionChosen(data))


async def corrected(home: House, one: Officer, report: Filed) -> None:
    """The citizen says that both the act and that they knew of it were six days earlier."""
    await one.taps(f"/lengkapi {report.ticket} .wd kirim @{(await case(home, report.ticket)).rev}")
    for _ in range(2):
        await home.say(report.seat, TextReceived("1 Oktober 2024"))
    await sent(home, report, "Kirim ke petugas")


async def test_closed_and_opened_again_it_is_due_as_before(any_house: House) -> None:
    home = any_house
    one, report = await officer(home, SUKOHARJO), await filed(home, **KNOWN)
    await one.says(f"/ambil {report.ticket}")
    due, planned = (await case(home, report.ticket)).deadline, await alarm(home, report)
    assert (due, bool(planned)) == (SEVENTH, True)
    await one.says(f"/tutup {report.ticket} ganda")
    assert ((await case(home, report.ticket)).deadline, await alarm(home, report)) == ("", 0)
    await one.says(f"/buka {report.ticket}")
    assert ((await case(home, report.ticket)).deadline, await alarm(home, report)) == (due, planned)
    assert report.ticket in str(bodies(await one.says("/antrean tempo"))[-1])
    home.clock.move(days=5)
    assert report.ticket in str(bodies(await one.says("/antrean lewat"))[-1])


async def test_joined_it_has_no_limit_of_its_own_and_parted_the_one_of_what_is_known_by_then(any_house: House) -> None:
    home = any_house
    one = await officer(home, SUKOHARJO)
    main, joined, alone = [await filed(home, **KNOWN) for _ in range(3)]
    await one.says(f"/gabung {joined.ticket} {main.ticket}")
    assert (await case(home, joined.ticket)).deadline == ""
    for report in (joined, alone):
        await corrected(home, one, report)
    assert (await case(home, joined.ticket)).deadline == ""
    await one.says(f"/pisah {joined.ticket}")
    assert (await case(home, joined.ticket)).deadline == (await case(home, alone.ticket)).deadline == "2024-10-08"


async def test_completed_while_closed_it_is_due_by_what_is_known_then(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await officer(home, SUKOHARJO), await filed(home, **KNOWN)
    await one.says(f"/ambil {report.ticket}")
    await one.taps(f"/lengkapi {report.ticket} .wd kirim @{(await case(home, report.ticket)).rev}")
    await one.says(f"/tutup {report.ticket} ganda")
    for _ in range(2):
        await home.say(report.seat, TextReceived("1 Oktober 2024"))
    await sent(home, report, "Kirim ke petugas")
    await one.says(f"/buka {report.ticket}")
    assert (await case(home, report.ticket)).deadline == "2024-10-08"


async def test_what_was_opened_again_before_this_was_so_is_put_right_at_the_start(tmp_path: Path) -> None:
    async with house(tmp_path / "data") as home:
        one, report = await officer(home, SUKOHARJO), await filed(home, **KNOWN)
        await one.says(f"/ambil {report.ticket}")
        planned = await alarm(home, report)

        def before(conn: Any) -> None:
            conn.execute(update(cases).values(deadline="", alarm_at=0))
            offices.set_setting(conn, DUE, "")

        await home.serving.database.write(before)
    async with house(tmp_path / "data") as home:
        assert ((await case(home, report.ticket)).deadline, await alarm(home, report)) == (SEVENTH, planned)


async def test_what_was_sorted_right_keeps_its_reminders_at_that_start(tmp_path: Path) -> None:
    """Whoever was reminded, and those above who heard, hear nothing a second time."""
    told = select(cases.c.alarm_at, cases.c.alarm_rung)
    async with house(tmp_path / "data") as home:
        one, report = await officer(home, SUKOHARJO), await filed(home, **KNOWN)
        await one.says(f"/ambil {report.ticket}")

        def before(conn: Any) -> None:
            conn.execute(update(cases).values(alarm_at=0, alarm_rung=5))
            offices.set_setting(conn, DUE, "")

        await home.serving.database.write(before)
    async with house(tmp_path / "data") as home:
        assert await home.serving.database.read(lambda conn: tuple(conn.execute(told).one())) == (0, 5)


async def test_opened_again_where_nobody_is_left_who_may_handle_it_it_goes_up(any_house: House) -> None:
    home = any_house
    one, near = await officer(home, SUKOHARJO), await officer(home, "33.11.09", "panwascam")
    above = await officer(home, "33")
    report = await filed(home, kecamatan="33.11.09")
    await near.says(f"/ambil {report.ticket}")
    await near.says(f"/tutup {report.ticket} ganda")
    await one.says("/keluar ya")
    assert (await case(home, report.ticket)).office == SUKOHARJO  # what is over lies where it was
    await near.says(f"/buka {report.ticket}")
    now = await case(home, report.ticket)
    assert (now.office, now.status, now.holder) == ("33", "baru", 0)
    assert report.ticket in str(bodies(await above.says("/antrean"))[-1])
