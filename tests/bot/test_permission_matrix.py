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
from handlers.triage import ROLES
from handlers.triage import sees as reaches
from handlers.turn import Staff
from storage import offices
from tests.bot.desks import BOYOLALI, SUKOHARJO, Filed, bodies, case, filed, identifying, number_of, officer
from tests.bot.matrix import (
    ABSENT,
    ALL,
    DESK,
    FAR,
    LEVELS,
    NEAR,
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
    sees,
    thing,
    visitor,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.matrix import Lines
    from tests.serving import House

NUMBER = "001/Uji/X/2024"
NOBODYS = Filed("", "", "")


def test_the_hand_agrees_with_triage_and_with_the_table_of_commands() -> None:
    assert set(ROLES) == ALL
    assert {
        name: row.roles - BY_NAME[name].roles for name, row in rows().items() if row.roles - BY_NAME[name].roles
    } == {}
    for own in OFFICES:
        for level in LEVELS:
            seen = {role for role in ALL if reaches(Staff(1, "x", own, "x", role), level)}
            assert seen == (DESK if (own, level) in SEES else set())


# --- what is denied ---------------------------------------------------------------------------------------------------


async def world(home: House, *, wide: bool = False) -> list[Thing]:
    """A case at each level, each elsewhere on its road, two in somebody's hands; at one a proposal waits.

    With `wide` there are more at the kabupaten: of another kecamatan than the panwascam's, of none that is known, and
    one more of the own, the last, for a mark.
    """
    made = []
    for level, status in zip(LEVELS, (KAJIAN_AWAL, DITANGANI, BARU), strict=True):
        head, holder = await officer(home, level, "koordinator"), await seat(home, level, "petugas")
        tails = (NEAR, FAR, "", NEAR) if wide else (NEAR,)
        for tail in tails if level == SUKOHARJO else ("",):
            one = await thing(home, level, holder.number, f"{level}{tail}" if tail else "")
            made.append(one)
            await placed(home, one.report, status, 0 if status == BARU else holder.number)
            if status == KAJIAN_AWAL:
                await head.says(f"/registrasi {one.report.ticket} {NUMBER}")
                assert (await case(home, one.report.ticket)).facts["usul"]
    return made


async def kept_out(home: House, one: Thing, people: list[Seat]) -> None:
    """Each of them is marked for this case, by who may."""
    head = await officer(home, "RI", "koordinator")
    for who in people:
        if who.role in DESK:
            await head.says(f"/benturan {one.report.ticket} {who.number}")
            one.barred.add(who.number)
    assert (await case(home, one.report.ticket)).barred == one.barred


async def on_the_card(home: House, ticket: str) -> Lines:
    """The buttons of a case's card, as somebody has them who may press them."""
    reader = await officer(home, "RI", "koordinator")
    [shown] = await reader.says(f"/kasus {ticket}")
    assert len(shown.buttons) > 4
    return [{"data": data, "label": label} for label, data in shown.buttons.items()]


Tries = tuple[str, Thing | None, "Lines"]


def denied(who: Seat, things: list[Thing], buttons: dict[str, Lines]) -> Iterator[Tries]:
    """What somebody may not: (what, of which case or None for what does not exist, the lines)."""
    for name, row in rows().items():
        closed = [one for one in things if not may(who, one, row)]
        if closed:
            yield name, None, lines(name, row, ABSENT | {"elsewhere": "RI", "me": "1"}, 1)
        for one in closed:
            yield name, one, lines(name, row, one.named | {"me": str(who.number)}, 3)
    for one in things:
        if not sees(who, one):
            real = buttons[one.report.ticket]
            yield "", None, [{**it, "data": it["data"].replace(one.report.ticket, ABSENT["ticket"])} for it in real]
            yield "", one, real


async def tried(who: Seat, things: list[Thing], buttons: dict[str, Lines]) -> list[str]:
    """All that is denied to somebody; gives what was answered otherwise than what does not exist."""
    wrong, absent = [], ""
    tries = list(denied(who, things, buttons))
    nothing: Lines = [{"text": "/bukanperintah"}, {"data": "/bukanperintah", "label": "Tombol"}]
    unknown, forged, *answers = await who.hears([*nothing, *(line for *_, said in tries for line in said)])
    heard = iter(answers)
    for name, one, said in tries:
        got = list(islice(heard, len(said)))
        hidden = not name or who.role not in BY_NAME[name].roles
        absent = absent if one else same(got, ABSENT)
        if hidden and who.role not in DESK:
            wanted = [forged if "data" in line else unknown for line in said]
            wrong += [f"/{name} {one}"] if got != wanted and name not in PLAIN else []
        own = one and not hidden and sees(who, one)  # a reason is given; nothing is done all the same
        wrong += [] if not one or own or same(got, one.named) == absent else [f"/{name} {one}"]
    return wrong


@pytest.mark.parametrize("office", OFFICES)
async def test_what_is_denied_is_like_what_does_not_exist(sqlite_house: House, office: str) -> None:
    home = sqlite_house
    things = await world(home, wide=office in LEVELS)
    buttons = {one.report.ticket: await on_the_card(home, one.report.ticket) for one in things}
    people = [await seat(home, office, role) for role in sorted(ALL)]
    people += [await visitor(home)] if office == SUKOHARJO else []
    if office in LEVELS:
        await kept_out(home, [one for one in things if one.level == SUKOHARJO][-1], people)
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
    one = await thing(home, level, await number_of(home, victim), f"{level}{NEAR}" if "." in level else "")
    ticket, named = one.report.ticket, one.named | {"me": str(who.number)}
    await placed(home, one.report, row.status, who.number if row.held else 0)
    if row.asked:
        await (await officer(home, "RI", "koordinator")).says(f"/{row.asked}".format(**named))
    if row.first:
        await who.hears([{"text": f"/{row.first}".format(**named)}])
    before, there = await everything(home, [who]), await case(home, ticket)
    [unknown, got] = await who.hears([{"text": "/bukanperintah"}, lines(name, row, named, there.rev)[0]])
    after, move = await case(home, ticket), MOVES.get(name)
    assert got != unknown, (name, level)
    assert bool(changed(before, await everything(home, [who]))) == row.writes, (name, level, got)
    assert bool(await number_of(home, victim)) == ("{victim}" not in row.words)
    aside = {"berkas", "periksa", "benturan"}  # these change nothing of the case
    noted = row.writes and "{ticket}" in row.words and name not in aside
    assert after.rev == there.rev + noted, (name, level, got)
    moves = move and not move.two and name != "alihkan"  # which is an offer first
    assert after.status == (move.lands(there.status) if move and moves else after.status), (name, level, got)


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("office", LEVELS)
async def test_what_is_permitted_is_done(sqlite_house: House, office: str, role: str) -> None:
    home = sqlite_house
    for level in LEVELS:
        await officer(home, level, "koordinator")
    who = await seat(home, office, role)
    for name, row in rows().items():
        for level in LEVELS if "{" in row.words else (office,):
            if may(who, Thing(level, NOBODYS, kecamatan=who.kecamatan), row):
                await done(home, who, name, row, level)
    near = [Thing(level, NOBODYS, kecamatan=who.kecamatan) for level in LEVELS]
    seen = [one for one in near if sees(who, one)]
    told = identifying(await home.heard(who.page.seat, "kantor"))  # by /kontak alone: name and number, nothing else
    assert told == ["Kenarina Pelapor", "081273645501"] * len(seen)
    assert home.serving.engine.parked == 0


# --- lists and figures: what is not theirs leaves no trace in them ------------------------------------------------------


VIEWS = ("saya", "jalan", "tempo", "baru 99", "semua", "mendesak", "lewat", "bebas", "ditutup", "#prioritas", "33.11")


@pytest.mark.parametrize("office", [BOYOLALI, "32", "32.01"])
async def test_another_offices_cases_change_nothing_that_is_told(sqlite_house: House, office: str) -> None:
    home = sqlite_house
    for level in LEVELS:
        await officer(home, level, "koordinator")
    people = [await seat(home, office, role) for role in sorted(ALL)]
    await thing(home, office)  # of their own, so that their lists are not empty, and count
    said = [{"text": f"/{name}"} for name, row in rows().items() if "{" not in row.words]
    said += [{"text": f"/antrean {view}"} for view in VIEWS]
    before = [await who.hears(said) for who in people]
    for level in LEVELS:
        await thing(home, level)
    assert [await who.hears(said) for who in people] == before


async def test_another_kecamatan_changes_nothing_that_its_panwascam_is_told(sqlite_house: House) -> None:
    home = sqlite_house
    await officer(home, SUKOHARJO, "koordinator")
    who = await seat(home, SUKOHARJO, "panwascam")
    await thing(home, SUKOHARJO, kecamatan=f"{SUKOHARJO}{NEAR}")
    said = lists(who)
    before = await who.hears(said)
    for kecamatan in (f"{SUKOHARJO}{FAR}", ""):
        await thing(home, SUKOHARJO, kecamatan=kecamatan)
    assert await who.hears(said) == before
    await thing(home, SUKOHARJO, kecamatan=f"{SUKOHARJO}{NEAR}")
    assert await who.hears(said) != before


@pytest.mark.parametrize("office", [SUKOHARJO, "33", "RI"])
async def test_a_case_of_their_agency_changes_nothing_that_the_tied_are_told(sqlite_house: House, office: str) -> None:
    home = sqlite_house
    head = await officer(home, "RI", "koordinator")
    for level in LEVELS:
        await officer(home, level, "koordinator")
    people = [await seat(home, office, role) for role in sorted(DESK)]
    await thing(home, office, kecamatan=people[1].kecamatan)
    for who in people:
        await head.says(f"/benturan {who.number} Dinas Kenariku Sukoharjo")
    said = lists(people[0])
    before = [await who.hears(said) for who in people]
    near = f"{SUKOHARJO}{NEAR}"
    for level in LEVELS:
        await filed(home, code=level, kecamatan=near, terlapor="Kepala Dinas Kenariku")
    assert [await who.hears(said) for who in people] == before


def lists(who: Seat) -> Lines:
    """Every command that names no case, and every list."""
    said = [{"text": f"/{name}"} for name, row in rows().items() if "{" not in row.words and who.role in row.roles]
    return [
        *said,
        *({"text": f"/antrean {view}"} for view in ("saya", "jalan", "tempo", "baru 99")),
        {"text": "/cari Camat"},
    ]
