"""The chain of history: any edit, removal, insertion or change of order is found; a cut end against a kept head."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, delete, func, insert, select, update

from storage import chain
from storage.tables import chain as links
from storage.tables import history
from tests.bot.desks import SUKOHARJO
from tests.storage import life

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import House

SEED = 20241010
ROUNDS = 200


async def lived(home: House) -> None:
    """Two reports with some history, and what officers did."""
    desk = life.officer_page(home)
    await desk.enter(await home.invite(SUKOHARJO), "Bu Ani")
    for _ in range(2):
        page = life.Page(home)
        ticket, _ = await life.report(page)
        for words in (f"/ambil {ticket}", f"/catat {ticket} rahasia", f"/formulir {ticket} hari ini"):
            await desk.says(words)


async def broken(home: House, harm: Callable[[Connection], Any], anchor: chain.Head | None = None) -> Any:
    """What is found after some harm, which is undone again."""

    def work(conn: Connection) -> Any:
        nested = conn.begin_nested()
        harm(conn)
        found = chain.verify(conn, anchor)
        nested.rollback()
        return found

    return await home.serving.database.write(work)


async def test_an_untouched_chain_holds_and_has_a_link_for_each_row(any_house: House) -> None:
    await lived(any_house)
    home = any_house.serving.database
    head = await home.read(chain.head)
    rows = await home.read(lambda conn: conn.execute(select(func.count()).select_from(history)).scalar_one())
    assert head.number == rows == await home.read(chain.count)
    assert await home.read(lambda conn: chain.verify(conn, head)) is None


def _last(conn: Connection) -> Any:
    return conn.execute(select(links).order_by(links.c.number.desc()).limit(1)).one()


def _cut(conn: Connection) -> None:
    """The newest row and its link, so that what is left is a whole chain, only shorter."""
    last = _last(conn)
    conn.execute(delete(links).where(links.c.number == last.number))
    conn.execute(delete(history).where(history.c.case_id == last.case_id, history.c.seq == last.seq))


def _rewrite(conn: Connection) -> None:
    """An edit, and a new chain over it: it holds by itself."""
    conn.execute(update(history).where(history.c.seq == 1).values(office="33.09"))
    rows = conn.execute(select(links.c.case_id, links.c.seq).order_by(links.c.number)).all()
    conn.execute(delete(links))
    chain.link(conn, [(row.case_id, row.seq) for row in rows])


@pytest.mark.parametrize("harm", [_cut, _rewrite])
async def test_what_a_chain_cannot_see_by_itself_a_kept_head_shows(any_house: House, harm: Any) -> None:
    await lived(any_house)
    head = await any_house.serving.database.read(chain.head)
    assert await broken(any_house, harm) is None
    assert (await broken(any_house, harm, head)).why in {"hilang", "kepala"}


def _added(conn: Connection) -> None:
    row = dict(conn.execute(select(history).limit(1)).mappings().one())
    conn.execute(insert(history).values(**{**row, "seq": 99}))


async def test_a_row_that_was_put_there_from_outside_is_found(any_house: House) -> None:
    await lived(any_house)
    found = await broken(any_house, _added)
    assert (found.why, bool(found.ticket)) == ("tanpa-mata-rantai", True)


EDITS: dict[str, Any] = {
    "at": 1, "action": "catat", "staff_id": None, "office": "11.01", "reason": "ganda", "status": "selesai", "note": b"x",
}  # fmt: skip


def _any_harm(chance: random.Random) -> Callable[[Connection], Any]:
    """One of: a column of a row, a row away, a link away, two links swapped, a hash."""

    def harm(conn: Connection) -> None:
        rows = conn.execute(select(links).order_by(links.c.number)).all()
        one, other = chance.sample(rows, 2)
        mine = (history.c.case_id == one.case_id, history.c.seq == one.seq)
        match chance.randrange(5):
            case 0:
                row = conn.execute(select(history).where(*mine)).one()
                name = chance.choice([name for name, value in EDITS.items() if getattr(row, name) != value])
                conn.execute(update(history).where(*mine).values(**{name: EDITS[name]}))
            case 1:
                conn.execute(delete(history).where(*mine))
            case 2:
                conn.execute(delete(links).where(links.c.number == one.number))
            case 3:
                for number, row in ((-1, one), (one.number, other), (other.number, one)):
                    old = row.number if number < 0 or row is other else -1
                    conn.execute(update(links).where(links.c.number == old).values(number=number))
            case _:
                conn.execute(update(links).where(links.c.number == one.number).values(hash="f" * 64))

    return harm


async def test_any_harm_is_found(sqlite_house: House) -> None:
    await lived(sqlite_house)
    chance = random.Random(SEED)
    missed = [number for number in range(ROUNDS) if await broken(sqlite_house, _any_harm(chance)) is None]
    assert missed == []
