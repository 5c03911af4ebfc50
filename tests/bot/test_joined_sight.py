"""Cases of one act and who may hear of them: no officer learns of a case by another that they may not see."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from bot.inside.joins import separate_case
from bot.inside.sight import officer as as_staff
from handlers.effects import Complete
from handlers.events import CaseLoaded
from handlers.pairs import SeparateCase
from handlers.turn import Turn
from storage import alarms, conflicts, offices, tables
from tests.bot.desks import SUKOHARJO, bodies, case, do, filed, number_of, officer
from tests.bot.test_conflicts import ACCUSED, AGENCY, HIDDEN, marked, rows, unmarked
from tests.bot.test_joins import GROGOL, ONE, OTHER, TOGETHER, shown, two

if TYPE_CHECKING:
    from bot.inside.act import Act
    from tests.bot.desks import Filed, Officer
    from tests.serving import House

NEAR, FAR = f"{SUKOHARJO}.09", f"{SUKOHARJO}.12"
NOT_YET = "belum dapat digabung; mintalah koordinator memeriksa keduanya"
MAYBE = "Mungkin sama dengan"


async def everything(one: Officer) -> str:
    return str([(seen.text, seen.buttons) for seen in await one.all()])


async def barred(home: House, report: Filed) -> frozenset[int]:
    return (await case(home, report.ticket)).barred


async def test_no_card_tells_who_is_kept_out_of_the_other_case(any_house: House) -> None:
    """A suggestion is not made where others are kept out of the two, and such a pair cannot be joined."""
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    one, first, second = await two(home)
    assert f"{MAYBE} {first.ticket}" in await shown(one, second.ticket)
    await marked(home, head, one, first)
    assert first.ticket not in await shown(one, second.ticket)
    assert MAYBE not in await shown(head, second.ticket)
    assert NOT_YET in str(bodies(await head.says(f"/gabung {second.ticket} {first.ticket}")))
    assert (await case(home, second.ticket)).main is None
    await unmarked(home, head, one, first)
    assert f"{MAYBE} {first.ticket}" in await shown(one, second.ticket)


async def test_a_history_does_not_name_a_case_from_which_others_are_kept(any_house: House) -> None:
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    one, first, second = await two(home)
    for line in (f"/gabung {second.ticket} {first.ticket}", f"/pisah {second.ticket}"):
        await head.says(line)
    assert first.ticket in str(bodies(await one.says(f"/kasus {second.ticket} riwayat")))
    await marked(home, head, one, first)
    said = str(bodies(await one.says(f"/kasus {second.ticket} riwayat")))
    assert "digabungkan ke kasus lain" in said
    assert first.ticket not in said


async def test_who_is_kept_out_of_one_is_kept_out_of_all_that_is_joined(any_house: House) -> None:
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    one, first, second = await two(home)
    await head.says(f"/gabung {second.ticket} {first.ticket}")
    await one.says(f"/ambil {first.ticket}")
    number = await number_of(home, one)
    assert "Kasus itu kembali ke antrean" in await marked(home, head, one, second)
    assert [await barred(home, each) for each in (first, second)] == [{number}, {number}]
    assert (await case(home, first.ticket)).holder == 0
    assert "benturan" in await rows(home, first.ticket)
    assert "benturan" in await rows(home, second.ticket)
    last = [seen.text for seen in await one.all()]
    assert f"{first.ticket} · {HIDDEN}" in last
    await unmarked(home, head, one, first)  # and so the other
    assert [await barred(home, each) for each in (first, second)] == [frozenset(), frozenset()]


async def test_a_tie_that_reaches_one_reaches_all_that_is_joined(any_house: House) -> None:
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    one, first, second = await two(home)
    number = await number_of(home, one)
    await head.says(f"/gabung {second.ticket} {first.ticket}")
    await head.says(f"/benturan {number} {AGENCY}")
    assert [await barred(home, each) for each in (first, second)] == [frozenset(), frozenset()]
    told = {"terlapor": ACCUSED}
    await do(home, second.seat, lambda act: act.perform(act, Complete(second.ticket, told)))
    assert [await barred(home, each) for each in (first, second)] == [{number}, {number}]
    await head.says(f"/benturan {number} lepas {AGENCY}")
    assert [await barred(home, each) for each in (first, second)] == [frozenset(), frozenset()]
    await head.says(f"/benturan {number} {AGENCY}")
    assert [await barred(home, each) for each in (first, second)] == [{number}, {number}]


async def test_marks_of_two_are_shared_when_they_are_joined(any_house: House) -> None:
    """By hand from one, by an agency from the other: what is taken off one is taken off both alike."""
    home = any_house
    head = await officer(home, SUKOHARJO, "koordinator")
    one, first, second = await two(home)
    number = await number_of(home, one)
    await marked(home, head, one, first)
    rows_ = await case(home, second.ticket)
    await home.serving.database.write(lambda conn: conflicts.bar(conn, rows_.id, number, "f" * 32))
    await head.says(f"/gabung {second.ticket} {first.ticket}")
    assert (await case(home, second.ticket)).main
    await unmarked(home, head, one, first)
    assert [await barred(home, each) for each in (first, second)] == [{number}, {number}]


async def test_a_panwascam_hears_of_no_case_of_another_kecamatan(any_house: House) -> None:
    home = any_house
    head, near = await officer(home, SUKOHARJO, "koordinator"), await officer(home, NEAR, "panwascam")
    first = await filed(home, **ONE)
    away = await filed(home, **{**OTHER, "place": {**GROGOL, "kecamatan_code": FAR, "kecamatan": "Kartasura"}})
    await head.says(f"/gabung {away.ticket} {first.ticket}")
    assert f"Digabung ke sini: {away.ticket}" in await shown(head, first.ticket)
    for line in ("", " riwayat", " lengkap"):
        said = str(bodies(await near.says(f"/kasus {first.ticket}{line}")))
        assert first.ticket in said
        assert away.ticket not in said
    assert away.ticket not in await everything(near)
    third = await filed(home, **{**OTHER, "terlapor": "Pak Bambang Sutopo, Camat"})
    assert third.ticket in await everything(near)
    # What nobody told them of is no reason to be told of it either: their case cannot be joined to another's group.
    assert NOT_YET in str(bodies(await near.says(f"/gabung {first.ticket} {third.ticket}")))
    await near.says(f"/ambil {first.ticket}")
    await do(home, away.seat, lambda act: act.perform(act, Complete(away.ticket, {"terlapor": "Pak Bambang"})))
    assert "warga menambah pada kasus lain" in str(bodies(await near.says(f"/kasus {first.ticket} riwayat")))
    assert away.ticket not in await everything(near)


async def test_a_panwascam_sees_that_theirs_is_joined_and_not_to_what(any_house: House) -> None:
    home = any_house
    head, near = await officer(home, SUKOHARJO, "koordinator"), await officer(home, NEAR, "panwascam")
    first = await filed(home, **ONE)
    away = await filed(home, **{**OTHER, "place": {**GROGOL, "kecamatan_code": FAR, "kecamatan": "Kartasura"}})
    await head.says(f"/gabung {first.ticket} {away.ticket}")
    said = await shown(near, first.ticket)
    assert "Digabung ke kasus lain" in said
    assert away.ticket not in said
    assert "digabung ke kasus lain yang tidak Anda lihat" in str(
        bodies(await near.says(f"/gabung {first.ticket} {first.ticket}"))
    )
    assert f"/pisah {first.ticket}" not in await everything(near)
    before = [(await case(home, one.ticket)).rev for one in (first, away)]
    for how in (near.says, near.taps):
        assert "mintalah koordinator memisahkannya" in str(bodies(await how(f"/pisah {first.ticket}")))

    def forged(act: Act) -> list[Any]:
        person = offices.officer(act.work.reading, home.keys, number)
        assert person
        turn = Turn(act.turn.at, private=True, staff=as_staff(person))
        return separate_case(replace(act, turn=turn), SeparateCase(first.ticket, before[0]))

    number = await number_of(home, near)
    assert await do(home, near.seat, forged, "kantor") == [CaseLoaded(None, "kasus", "")]
    assert [(await case(home, one.ticket)).rev for one in (first, away)] == before
    assert away.ticket not in await everything(near)
    assert TOGETHER in str(await home.heard(first.seat))


async def test_what_is_joined_is_reminded_of_by_nobody(any_house: House) -> None:
    home = any_house
    one, first, second = await two(home)
    known = {"known": "2024-10-10"}
    for report in (first, second):
        await do(home, report.seat, lambda act, t=report.ticket: act.perform(act, Complete(t, known)))
        await one.says(f"/ambil {report.ticket}")

    async def ladders() -> list[bool]:
        found = [await case(home, each.ticket) for each in (first, second)]
        read = home.serving.database.read
        return [(await read(lambda conn, row=row: alarms.of_case(conn, row.id)))[1] > 0 for row in found]

    assert await ladders() == [True, True]
    rung = update(tables.cases).where(tables.cases.c.ticket == second.ticket).values(alarm_rung=2)
    await home.serving.database.write(lambda conn: conn.execute(rung))
    await one.says(f"/gabung {second.ticket} {first.ticket}")
    assert await ladders() == [True, False]
    await one.says(f"/pisah {second.ticket}")
    assert await ladders() == [True, True]
    query = select(tables.cases.c.alarm_rung).where(tables.cases.c.ticket == second.ticket)
    assert await home.serving.database.read(lambda conn: conn.execute(query).scalar_one()) == 0
    assert home.clock.now() < datetime(2024, 10, 11, tzinfo=UTC)


async def test_a_joined_case_is_no_untaken_one(any_house: House) -> None:
    home = any_house
    one, first, second = await two(home)

    async def waiting() -> int:
        return (await home.serving.database.read(lambda conn: alarms.untaken(conn, SUKOHARJO)))[0]

    assert await waiting() == 2
    await one.says(f"/gabung {second.ticket} {first.ticket}")
    assert await waiting() == 1
    await one.says(f"/pisah {second.ticket}")
    assert await waiting() == 2
