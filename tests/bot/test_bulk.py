"""Many cases at once, through the engine on both databases: exactly those, at those revisions, once, and taken back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from handlers.commands import BY_NAME
from handlers.helping import example, other_examples
from storage import cases as stored
from storage import tables
from storage.tables import history
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, filed, number_of, officer
from tests.bot.matrix import changed, everything

if TYPE_CHECKING:
    from tests.bot.desks import Filed, Officer
    from tests.serving import House


async def some(home: House, count: int = 3) -> list[Filed]:
    return [await filed(home) for _ in range(count)]


async def states(home: House, reports: list[Filed]) -> list[tuple[str, int, str, int]]:
    now = [await case(home, one.ticket) for one in reports]
    return [(one.status, one.holder, one.offered, one.rev) for one in now]


async def done(home: House, report: Filed) -> list[str]:
    """The actions of its history."""

    def look(conn: Any) -> list[str]:
        found = stored.by_ticket(conn, home.keys, report.ticket)
        assert found is not None
        return [row["action"] for row in stored.happenings(conn, found)]

    return await home.serving.database.read(look)


async def news(home: House, report: Filed) -> int:
    return len(await home.heard(report.seat))


async def proposed(desk: Officer, words: str) -> dict[str, str]:
    return (await desk.says(f"/massal {words}"))[-1].buttons


def told(seen: list[Any]) -> str:
    return "\n".join(str(body["text"]) for body in bodies(seen))


async def test_nothing_happens_before_it_is_confirmed_and_then_all_of_it(any_house: House) -> None:
    home = any_house
    ani = await officer(home, SUKOHARJO)
    reports = await some(home)
    heard = [await news(home, one) for one in reports]
    before = await everything(home, [ani])
    buttons = await proposed(ani, "baru: ambil")
    assert changed(before, await everything(home, [ani])) == []
    out = told(await ani.taps(buttons["Ya, 3 kasus"]))
    me = await number_of(home, ani)
    assert await states(home, reports) == [("ditangani", me, "", 2)] * 3
    assert [await done(home, one) for one in reports] == [["masuk", "ambil"]] * 3
    assert [await news(home, one) - was for one, was in zip(reports, heard, strict=True)] == [1, 1, 1]
    assert "Selesai: 3 dari 3 kasus, ambil." in out
    assert home.serving.engine.parked == 0


async def test_what_changed_meanwhile_is_left_alone_and_named(any_house: House) -> None:
    home = any_house
    ani, danu = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    reports = await some(home)
    yes = (await proposed(ani, "baru: ambil"))["Ya, 3 kasus"]
    await danu.says(f"/catat {reports[1].ticket} sudah ditelepon")
    late = await filed(home)  # came after the list was shown: nobody confirmed it
    out = told(await ani.taps(yes))
    assert [row[0] for row in await states(home, [*reports, late])] == ["ditangani", "baru", "ditangani", "baru"]
    assert f"1 berubah sejak daftar itu dibuat: {reports[1].ticket}" in out


async def test_it_is_confirmed_once_also_by_two_presses_at_once(any_house: House) -> None:
    home = any_house
    ani = await officer(home, SUKOHARJO)
    reports = await some(home)
    yes = (await proposed(ani, "baru: catat sudah ditelepon"))["Ya, 3 kasus"]
    await asyncio.gather(*(ani.taps(yes) for _ in range(4)))
    assert "Daftar itu sudah tidak berlaku" in told(await ani.says("/massal ya"))
    assert [await done(home, one) for one in reports] == [["masuk", "catat"]] * 3


async def test_two_officers_confirm_the_same_cases_and_each_case_goes_to_one(any_house: House) -> None:
    home = any_house
    people = [await officer(home, SUKOHARJO) for _ in range(2)]
    reports = await some(home, 5)
    yes = [(await proposed(one, "baru: ambil"))["Ya, 5 kasus"] for one in people]
    await asyncio.gather(*(one.taps(data) for one, data in zip(people, yes, strict=True)))
    assert [await done(home, one) for one in reports] == [["masuk", "ambil"]] * 5
    assert len({row[1] for row in await states(home, reports)}) == 1
    assert home.serving.engine.parked == 0


async def test_a_failure_on_the_way_leaves_nothing_done(any_house: House) -> None:
    """The third card cannot be drawn any more: the press as a whole is put aside, and no case is half way."""
    home = any_house
    ani = await officer(home, SUKOHARJO)
    reports = await some(home)
    await ani.says(f"/catat {reports[2].ticket} sudah ditelepon")
    yes = (await proposed(ani, "baru: ambil"))["Ya, 3 kasus"]
    broken = update(history).where(history.c.action == "catat").values(note=b"x" * 40)
    await home.serving.database.write(lambda conn: conn.execute(broken))
    before = await everything(home, [ani])
    out = told(await ani.taps(yes))
    assert "belum dapat kami olah karena gangguan di pihak kami" in out
    assert changed(before, await everything(home, [ani])) == ["data_keys"]  # of what was put aside
    assert [row[0] for row in await states(home, reports)] == ["baru"] * 3
    assert home.serving.engine.parked == 1


@pytest.mark.parametrize("code", ["33.10", SUKOHARJO, BOYOLALI])
async def test_they_are_offered_where_the_brake_says_whatever_the_reason_begins_with(
    any_house: House, code: str
) -> None:
    home = any_house
    [ani, *_] = [await officer(home, one) for one in (SUKOHARJO, BOYOLALI, "33.10")]
    reports = await some(home, 2)
    seen = (await ani.says(f"/massal baru: alihkan {BOYOLALI} {code} juga terkait"))[-1]
    assert f"tawarkan kepada Bawaslu Kabupaten Boyolali: {code} juga terkait" in seen.text
    assert "Selesai: 2 dari 2" in told(await ani.taps(seen.buttons["Ya, 2 kasus"]))
    now = [await case(home, one.ticket) for one in reports]
    assert [(one.offered, one.facts["tawaran"]["alasan"]) for one in now] == [(BOYOLALI, f"{code} juga terkait")] * 2
    assert home.serving.engine.parked == 0


UNDONE = ("ambil", "label bersama", "catat uji", "alihkan 33.09 rapatnya di sana")


@pytest.mark.parametrize("what", UNDONE)
async def test_taken_back_it_is_as_it_was_but_where_somebody_changed_it(any_house: House, what: str) -> None:
    home = any_house
    ani, danu = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    await officer(home, BOYOLALI)
    reports = await some(home)
    before = [row[:3] for row in await states(home, reports)]
    yes = (await proposed(ani, f"baru: {what}"))["Ya, 3 kasus"]
    undo = (await ani.taps(yes))[-1].buttons["Urungkan"]
    await danu.says(f"/catat {reports[0].ticket} sudah saya baca")
    middle = await states(home, reports)
    assert middle[1][3] == 2
    out = told(await ani.taps(undo))
    after = await states(home, reports)
    assert [row[:3] for row in after[1:]] == before[1:]
    assert after[0] == middle[0]
    assert "Diurungkan: 2 dari 3 kasus." in out
    assert reports[0].ticket in out
    assert "Tidak ada yang dapat diurungkan" in told(await ani.taps(undo))
    assert (await states(home, reports)) == after


async def test_freed_by_a_koordinator_and_taken_back_each_has_its_holder_again(any_house: House) -> None:
    home = any_house
    ani, danu = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    reports = await some(home)
    for who, report in zip((ani, danu, danu), reports, strict=True):
        await who.says(f"/ambil {report.ticket}")
    before = [row[:3] for row in await states(home, reports)]
    undo = (await ani.taps((await proposed(ani, "jalan: lepas"))["Ya, 3 kasus"]))[-1].buttons["Urungkan"]
    assert [row[:2] for row in await states(home, reports)] == [("baru", 0)] * 3
    await ani.taps(undo)
    assert [row[:3] for row in await states(home, reports)] == before


async def test_ten_minutes_and_no_longer(sqlite_house: House) -> None:
    home = sqlite_house
    ani = await officer(home, SUKOHARJO)
    reports = await some(home, 2)
    undo = (await ani.taps((await proposed(ani, "baru: ambil"))["Ya, 2 kasus"]))[-1].buttons["Urungkan"]
    home.clock.move(minutes=10, seconds=1)
    assert "batasnya 10 menit" in told(await ani.taps(undo))
    assert [row[0] for row in await states(home, reports)] == ["ditangani", "ditangani"]


async def test_what_it_never_does(sqlite_house: House) -> None:
    """It never closes, refuses, registers, opens, or does what needs two, whoever asks and however."""
    home = sqlite_house
    ani = await officer(home, SUKOHARJO, "koordinator")
    await some(home, 2)
    before = await everything(home, [ani])
    never = ("tutup ganda", "tolak formal", "registrasi 001/2024", "buka", "identitas klarifikasi", "bukti", "setuju",
             "mundur", "tanya apa?", "kabari ya", "hukuman 1/2024", "temuan 012/2024")  # fmt: skip
    for words in never:
        assert "Massal hanya untuk" in told(await ani.says(f"/massal semua: {words}"))
        await ani.says("/massal ya")
    assert changed(before, await everything(home, [ani])) == []


async def test_only_a_koordinator_hands_over_and_only_to_who_may(sqlite_house: House) -> None:
    home = sqlite_house
    ani, chief = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    stranger, auditor = await officer(home, BOYOLALI), await officer(home, SUKOHARJO, "auditor")
    reports = await some(home, 2)
    assert "Hanya koordinator" in told(await ani.says(f"/massal baru: serahkan {await number_of(home, ani)}"))
    for one in (stranger, auditor):
        assert "Tidak ada kasus" in told(await chief.says(f"/massal baru: serahkan {await number_of(home, one)}"))
    yes = (await proposed(chief, f"baru: serahkan {await number_of(home, ani)}"))["Ya, 2 kasus"]
    before = len(await ani.all())
    await chief.taps(yes)
    told_ani = [str(one.body["text"]) for one in (await ani.all())[before:] if not one.card]
    assert told_ani == [f"2 kasus diserahkan kepada Anda oleh {chief.name}."]
    assert {row[1] for row in await states(home, reports)} == {await number_of(home, ani)}


async def test_another_cannot_confirm_or_take_back(sqlite_house: House) -> None:
    home = sqlite_house
    ani, danu = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    reports = await some(home, 2)
    yes = (await proposed(ani, "baru: ambil"))["Ya, 2 kasus"]
    await proposed(danu, "baru: catat milik Danu")
    assert "tidak berlaku" in told(await danu.taps(yes))
    undo = (await ani.taps(yes))[-1].buttons["Urungkan"]
    await danu.says("/massal ya")
    assert "Tidak ada yang dapat diurungkan" in told(await danu.taps(undo))
    assert [await done(home, one) for one in reports] == [["masuk", "ambil"]] * 2


async def test_the_chain_of_history_holds(any_house: House) -> None:
    """Each case has its own rows, and each row its link."""
    home = any_house
    ani = await officer(home, SUKOHARJO)
    await some(home, 4)
    await ani.taps((await proposed(ani, "baru: label bersama"))["Ya, 4 kasus"])
    await ani.says("/massal urung")

    def look(conn: Any) -> tuple[int, int]:
        from sqlalchemy import func, select  # noqa: PLC0415

        from storage.tables import chain  # noqa: PLC0415

        counted = [conn.execute(select(func.count()).select_from(one)).scalar_one() for one in (history, chain)]
        return counted[0], counted[1]

    assert await home.serving.database.read(look) == (12, 12)


async def test_a_panwascam_gets_only_what_they_see_when_it_is_confirmed(any_house: House) -> None:
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    near = await officer(home, f"{SUKOHARJO}.01", "panwascam")
    reports = [await filed(home, kecamatan=f"{SUKOHARJO}.0{number}") for number in (1, 1, 2)]
    number = await number_of(home, near)
    buttons = await proposed(head, f"baru: serahkan {number}")
    move = update(tables.cases).where(tables.cases.c.ticket == reports[1].ticket).values(kecamatan=f"{SUKOHARJO}.02")
    await home.serving.database.write(lambda conn: conn.execute(move))
    out = told(await head.taps(buttons["Ya, 2 kasus"]))
    assert [row[1] for row in await states(home, reports)] == [number, 0, 0]
    assert f"1 tidak dapat diterima yang dituju: {reports[1].ticket}" in out
    assert await near.says(f"/kasus {reports[1].ticket}")


async def test_what_the_help_gives_as_examples_is_understood(sqlite_house: House) -> None:
    home = sqlite_house
    ani = await officer(home, SUKOHARJO)
    await officer(home, BOYOLALI)
    await filed(home)
    for line in (example(BY_NAME["massal"]), *other_examples(BY_NAME["massal"])):
        assert told(await ani.says(line)).startswith("Massal: "), line
