"""Sums by day against a count of what is there, whoever changed it and whoever added up, on both databases."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, text, update

from bot.inside.counting import classes, summer
from storage import tallies
from storage.figures import Days, figures
from storage.tables import cases, limits
from storage.tables import tallies as sums
from storage.tallies import token

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.serving import House

OFFICES = ("33.11", "33.09", "33", "RI", "94.01")  # 94 is two hours ahead of the nation's days
FIRST = date(2024, 10, 1)
FATES = ("", "rekomendasi", "diteruskan", "dihukum")
SPAN = Days("2024-10-05", "2024-10-12", "2024-10-19", "2024-10-20")
EVER = Days("", "0001-01-01", "2024-10-17", "2024-10-20")
SPANS = tuple(span._replace(today=today) for span in (SPAN, EVER) for today in ("2024-10-14", "2024-10-20"))
KECAMATAN = ("33.11.08", "33.11.09")
HOURS = {"94.01": 9, "94": 9}
STATUSES = ("baru", "diregistrasi", "digabung")  # what is joined to another is the same act, and not counted again


def _day(chance: random.Random) -> str:
    return (FIRST + timedelta(days=chance.randrange(20))).isoformat()


def _row(home: House, chance: random.Random, number: int) -> dict[str, Any]:
    office = chance.choice(OFFICES)
    return {
        "ticket": f"JN-{number}", "receipt": f"r{number}", "reporter": None, "data_key_id": 999, "office": office,
        "home": office, "kabupaten": "", "status": chance.choice(STATUSES), "regime": "", "law_version": "", "urgent": False,
        "happened": "", "known": "", "holder": None, "rev": 1, "changed": 1, "answers": b"",
        "created": 1_727_740_800_000_000 + chance.randrange(20 * 24) * 3_600_000_000,
        **_counted(home, chance, office),
    }  # fmt: skip


def _counted(home: House, chance: random.Random, office: str) -> dict[str, Any]:
    fate = chance.choice(FATES)
    return {
        "kecamatan": chance.choice(("", *KECAMATAN)), "kind": chance.choice(("", "medsos", "ajakan")), "position": chance.choice(("", "asn", "kades")),
        "post": token(home.serving.keys, office, chance.choice(("", "jpt", "fungsional"))),
        "fate": fate, "recommended": _day(chance) if fate else "", "deadline": chance.choice(("", _day(chance))),
    }  # fmt: skip


def keyed(conn: Connection) -> None:
    conn.execute(text("INSERT INTO data_keys (id, kek_id, wrapped) VALUES (999, 'x', '')"))


def deed(home: House, chance: random.Random, conn: Connection, number: int) -> None:
    """A case comes, changes, is joined, parted, goes to another office or goes; a limit starts, is met, is forgotten."""
    found = conn.execute(select(cases.c.id, cases.c.home).order_by(cases.c.id)).all()
    which = chance.randrange(12)
    if which < 4 or not found:
        conn.execute(insert(cases), [_row(home, chance, number)])
        return
    one = chance.choice(found)
    at = cases.c.id == one.id
    if which >= 10:  # also together with what else is counted of it
        more = _counted(home, chance, one.home) if chance.random() < 0.5 else {}
        conn.execute(update(cases).where(at).values(status=chance.choice(STATUSES), **more))
        return
    if which < 6:
        conn.execute(update(cases).where(at).values(**_counted(home, chance, one.home)))
    elif which == 6:
        office = chance.choice(OFFICES)
        conn.execute(update(cases).where(at).values(office=office))
        conn.execute(update(limits).where(limits.c.case_id == one.id).values(office=office))
    elif which == 7:
        conn.execute(delete(limits).where(limits.c.case_id == one.id))
        if chance.random() < 0.3:
            conn.execute(delete(cases).where(at))
    else:
        conn.execute(delete(limits).where(limits.c.case_id == one.id))
        due = _day(chance)
        last = (date.fromisoformat(due) + timedelta(days=2)).isoformat()
        office = conn.execute(select(cases.c.office).where(at)).scalar_one()
        done = chance.choice(("", _day(chance)))
        row = {"case_id": one.id, "clock": "kajian_awal", "office": office, "due": due, "last": last, "done": done}
        conn.execute(insert(limits), [row])


def counted(home: House, conn: Connection, scope: str, days: Days) -> list[dict[str, tuple[int, int]]]:
    """The same by looking at every row."""
    parts = [(Counter[str](), Counter[str]()) for _ in range(4)]
    within = lambda office, own="": scope in (office, office[:2], "RI") or (office == "33.11" and scope == own)  # noqa: E731

    def add(part: int, value: str, day: str) -> None:
        if days.first <= day < days.stop:
            parts[part][day < days.middle][value] += 1

    for row in conn.execute(select(cases)):
        if row.status == "digabung" or not within(row.office, row.kecamatan):
            continue
        hours = timedelta(hours=HOURS.get(scope, 7), microseconds=row.created)
        came = (date(1970, 1, 1) + timedelta(days=hours.days)).isoformat()
        add(0, row.kind, came)
        posts = {token(home.serving.keys, row.home, post): post for post in ("jpt", "fungsional")}
        add(1, posts.get(row.post, row.position), came)
        if row.recommended:
            silent = row.fate == "diteruskan" and row.deadline and row.deadline < days.today
            add(2, "diam" if silent else row.fate, row.recommended)
    for row in conn.execute(select(limits)):
        if within(row.office) and (row.done or row.due < days.today):
            ended = row.done or days.today
            how = "tepat" if ended <= row.due else "tambahan" if ended <= row.last else "lewat"
            add(3, f"{row.clock}/{how}", row.due)
    return [{value: (now[value], before[value]) for value in now | before} for now, before in parts]


def check(home: House, conn: Connection) -> None:
    means = home.serving.means
    for scope in (*OFFICES, *KECAMATAN, "94", "32.01"):
        for days in SPANS:
            found = figures(conn, means.keys, scope, days, classes(means))
            assert [found.kinds, found.positions, found.fates, found.limits] == counted(home, conn, scope, days)


async def test_the_sums_are_what_is_there(any_house: House) -> None:
    home, chance = any_house, random.Random(20241127)
    database, adding = home.serving.database, summer(home.serving.means)
    await database.write(keyed)

    def some(conn: Connection) -> None:
        for number in range(start, start + 40):
            deed(home, chance, conn, number)
            if chance.random() < 0.2:
                adding.some(conn)

    for start in range(0, 800, 40):
        await database.write(some)
        if start % 200 == 0:
            await database.write(lambda conn: (adding.all(conn), check(home, conn)))
    await database.write(lambda conn: (adding.all(conn), check(home, conn)))
    left = await database.read(lambda conn: conn.execute(select(sums.c.count).where(sums.c.count <= 0)).all())
    assert left == []
    assert not await database.read(tallies.waiting)


async def test_what_is_hidden_is_not_counted(any_house: House) -> None:
    """As if the cases were not there."""
    home, chance = any_house, random.Random(5)
    adding, keys = summer(home.serving.means), home.serving.keys
    await home.serving.database.write(keyed)

    def look(conn: Connection) -> None:
        for number in range(1200):
            deed(home, chance, conn, number)
        adding.all(conn)
        posts, which = classes(home.serving.means), cases.c.kind == "medsos"
        seen = {}
        for scope in ("33.11", "33", "RI", "94.01"):
            for days in SPANS:
                hidden = adding.of_cases(conn, scope, which)
                seen[scope, days] = figures(conn, keys, scope, days, posts, hidden)
        conn.execute(delete(limits).where(limits.c.case_id.in_(select(cases.c.id).where(which))))
        conn.execute(delete(cases).where(which))
        for (scope, days), found in seen.items():
            less = counted(home, conn, scope, days)
            assert [found.kinds, found.positions, found.fates, found.limits] == less

    await home.serving.database.write(look)


async def test_what_is_rolled_back_is_not_noted(any_house: House) -> None:
    home, database = any_house, any_house.serving.database

    await database.write(keyed)

    def broken(conn: Connection) -> None:
        conn.execute(insert(cases), [_row(home, random.Random(1), 1)])
        raise KeyError

    for _ in range(2):
        try:
            await database.write(broken)
        except KeyError:
            continue
    assert not await database.read(tallies.waiting)


async def test_two_who_add_up_at_once_count_nothing_twice(any_house: House) -> None:
    home, chance = any_house, random.Random(3)
    database = home.serving.database
    await database.write(keyed)

    def fill(conn: Connection) -> None:
        for number in range(400):
            deed(home, chance, conn, number)

    await database.write(fill)
    adders = [summer(home.serving.means) for _ in range(4)]
    await asyncio.gather(*(database.write(one.all) for one in adders))
    await database.read(lambda conn: check(home, conn))


async def test_the_database_notes_by_itself(any_house: House) -> None:
    """A migration that makes one of these tables anew must put them back."""
    wanted = {f"tally_{table}_{event}" for table in ("cases", "limits") for event in ("insert", "update", "delete")}
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }

    def names(conn: Connection) -> set[str]:
        return set(conn.execute(text(query[conn.dialect.name])).scalars())

    assert await any_house.serving.database.read(names) >= wanted
