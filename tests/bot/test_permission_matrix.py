"""Every role, every officers' command, own, other, parent and child office, over HTTP, typed and by forged buttons.

What is denied is answered byte for byte like what does not exist, changes no row, and nobody hears of it.
"""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from handlers.commands import BY_NAME, PLAIN
from handlers.life import BARU, DITANGANI, KAJIAN_AWAL, MOVES
from handlers.triage import ROLES, sees
from handlers.turn import Staff
from storage import offices
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, identifying, number_of, officer
from tests.bot.matrix import (
    ABSENT,
    ALL,
    DESK,
    LEVELS,
    OFFICES,
    SEES,
    Row,
    Seat,
    Thing,
    changed,
    everything,
    lines,
    may,
    placed,
    rows,
    same,
    seat,
    thing,
    visitor,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.matrix import Lines
    from tests.serving import House

NUMBER = "001/Uji/X/2024"


def test_the_hand_agrees_with_triage_and_with_the_table_of_commands() -> None:
    assert set(ROLES) == ALL
    assert {
        name: row.roles - BY_NAME[name].roles for name, row in rows().items() if row.roles - BY_NAME[name].roles
    } == {}
    for own in OFFICES:
        for level in LEVELS:
            seen = {role for role in ALL if sees(Staff(1, "x", own, "x", role), level)}
            assert seen == (DESK if (own, level) in SEES else set())


# --- what is denied ---------------------------------------------------------------------------------------------------


async def world(home: House) -> list[Thing]:
    """A case at each level, each elsewhere on its road, two in somebody's hands; at one a proposal waits."""
    made = []
    for level, status in zip(LEVELS, (KAJIAN_AWAL, DITANGANI, BARU), strict=True):
        head, holder = await officer(home, level, "koordinator"), await seat(home, level, "petugas")
        made.append(one := await thing(home, level, holder.number))
        await placed(home, one.report, status, 0 if status == BARU else holder.number)
        if status == KAJIAN_AWAL:
            await head.says(f"/registrasi {one.report.ticket} {NUMBER}")
            assert (await case(home, one.report.ticket)).facts["usul"]
    return made


async def on_the_card(home: House, ticket: str) -> Lines:
    """The buttons of a case's card, as somebody has them who may press them."""
    reader = await officer(home, "RI")
    [shown] = await reader.says(f"/kasus {ticket}")
    assert len(shown.buttons) > 4
    return [{"data": data, "label": label} for label, data in shown.buttons.items()]


def denied(who: Seat, things: list[Thing], buttons: dict[str, Lines]) -> Iterator[tuple[str, str, Lines]]:
    """What somebody may not: (what, of which level or "" for what does not exist, the lines)."""
    for name, row in rows().items():
        levels = [one for one in things if not may(who.role, who.office, one.level, row)]
        if levels:
            yield name, "", lines(name, row, ABSENT | {"elsewhere": "RI", "me": "1"}, 1)
        for one in levels:
            yield name, one.level, lines(name, row, one.named | {"me": str(who.number)}, 3)
    for one in things:
        if who.role not in DESK or (who.office, one.level) not in SEES:
            real = buttons[one.level]
            yield "", "", [{**it, "data": it["data"].replace(one.report.ticket, ABSENT["ticket"])} for it in real]
            yield "", one.level, real


async def tried(who: Seat, things: list[Thing], buttons: dict[str, Lines]) -> list[str]:
    """All that is denied to somebody; gives what was answered otherwise than what does not exist."""
    wrong, absent, named = [], "", {one.level: one.named for one in things}
    tries = list(denied(who, things, buttons))
    nothing: Lines = [{"text": "/bukanperintah"}, {"data": "/bukanperintah", "label": "Tombol"}]
    unknown, forged, *answers = await who.hears([*nothing, *(line for *_, said in tries for line in said)])
    heard = iter(answers)
    for name, level, said in tries:
        got = list(islice(heard, len(said)))
        hidden = not name or who.role not in BY_NAME[name].roles
        absent = absent if level else same(got, ABSENT)
        if hidden and who.role not in DESK:
            wanted = [forged if "data" in line else unknown for line in said]
            wrong += [f"/{name} {level}"] if got != wanted and name not in PLAIN else []
        own = not hidden and (who.office, level) in SEES  # a reason is given; nothing is done all the same
        wrong += [] if not level or own or same(got, named[level]) == absent else [f"/{name} {level}"]
    return wrong


@pytest.mark.parametrize("office", OFFICES)
async def test_what_is_denied_is_like_what_does_not_exist(sqlite_house: House, office: str) -> None:
    home = sqlite_house
    things = await world(home)
    buttons = {one.level: await on_the_card(home, one.report.ticket) for one in things}
    people = [await seat(home, office, role) for role in sorted(ALL)]
    people += [await visitor(home)] if office == SUKOHARJO else []
    before = await everything(home, people)
    wrong = await asyncio.gather(*(tried(who, things, buttons) for who in people))
    assert {who.role: found for who, found in zip(people, wrong, strict=True) if found} == {}
    assert changed(before, await everything(home, people)) == []
    assert home.serving.engine.parked == 0


@pytest.mark.parametrize("office", [SUKOHARJO, "RI"])
async def test_who_was_removed_is_nobody(sqlite_house: House, office: str) -> None:
    """On the page the door is shut; where others write to us, they are a citizen like any other."""
    home = sqlite_house
    [mine, *_] = await world(home)
    gone, page = await officer(home, office, "koordinator"), await seat(home, office, "koordinator")
    buttons = (await gone.says(f"/kasus {mine.report.ticket}"))[-1].buttons
    for number in (await number_of(home, gone), page.number):
        await home.serving.database.write(lambda conn, who=number: offices.end(conn, who))
    before = await everything(home, [gone])
    unknown, forged = bodies(await gone.says("/bukanperintah")), bodies(await gone.taps("/bukanperintah"))
    for name, row in rows().items():
        if name in PLAIN:  # a citizen has a command of that name, too
            continue
        for body in lines(name, row, mine.named | {"me": "1"}, 3):
            heard = await (gone.says(body["text"]) if "text" in body else gone.taps(body["data"]))
            wanted = unknown if "text" in body else forged
            assert (bodies(heard), (await page.page.send(**body)).status_code) == (wanted, 401), body
    for data in buttons.values():
        assert bodies(await gone.taps(data)) in (unknown, forged)
    assert changed(before, await everything(home, [gone])) == []


# --- what is permitted ------------------------------------------------------------------------------------------------


async def done(home: House, who: Seat, name: str, row: Row, level: str) -> None:
    """A command that is permitted does what it is there for."""
    victim = await officer(home, level)
    one = await thing(home, level, await number_of(home, victim))
    ticket, named = one.report.ticket, one.named | {"me": str(who.number)}
    await placed(home, one.report, row.status, who.number if row.held else 0)
    if row.asked:
        await (await officer(home, "RI", "koordinator")).says(f"/{row.asked}".format(**named))
    if row.first:
        await who.hears([{"text": f"/{row.first}".format(**named)}])
    before, rev = await everything(home, [who]), (await case(home, ticket)).rev
    [unknown, got] = await who.hears([{"text": "/bukanperintah"}, lines(name, row, named, rev)[0]])
    after, move = await case(home, ticket), MOVES.get(name)
    assert got != unknown, (name, level)
    assert bool(changed(before, await everything(home, [who]))) == row.writes, (name, level, got)
    assert bool(await number_of(home, victim)) == ("{victim}" not in row.words)
    noted = row.writes and "{ticket}" in row.words and name != "berkas"  # a paper changes nothing of the case
    assert after.rev == rev + noted, (name, level, got)
    moves = move and not move.two and name != "alihkan"  # which is an offer first
    assert after.status == (move.target if move and moves else after.status), (name, level, got)


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("office", LEVELS)
async def test_what_is_permitted_is_done(sqlite_house: House, office: str, role: str) -> None:
    home = sqlite_house
    for level in LEVELS:
        await officer(home, level, "koordinator")
    who = await seat(home, office, role)
    for name, row in rows().items():
        for level in LEVELS if "{" in row.words else (office,):
            if may(role, office, level, row):
                await done(home, who, name, row, level)
    seen = [level for level in LEVELS if (office, level) in SEES and role in DESK]
    told = identifying(await home.heard(who.page.seat, "kantor"))  # by /kontak alone: name and number, nothing else
    assert told == ["Kenarina Pelapor", "081273645501"] * len(seen)
    assert home.serving.engine.parked == 0


# --- lists and figures: what is not theirs leaves no trace in them ------------------------------------------------------


@pytest.mark.parametrize("office", [BOYOLALI, "32", "32.01"])
async def test_another_offices_cases_change_nothing_that_is_told(sqlite_house: House, office: str) -> None:
    home = sqlite_house
    for level in LEVELS:
        await officer(home, level, "koordinator")
    people = [await seat(home, office, role) for role in sorted(ALL)]
    await thing(home, office)  # of their own, so that their lists are not empty, and count
    said = [{"text": f"/{name}"} for name, row in rows().items() if "{" not in row.words]
    said += [{"text": f"/antrean {view}"} for view in ("saya", "jalan", "tempo", "baru 99")]
    before = [await who.hears(said) for who in people]
    for level in LEVELS:
        await thing(home, level)
    assert [await who.hears(said) for who in people] == before
