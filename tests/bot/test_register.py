"""The register as a document, whole: what stands in it, on both databases, and that memory does not grow with it."""

from __future__ import annotations

import csv
import io
import random
import tracemalloc
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, insert, select

from bot.inside.exports import reach
from bot.outgoing.papers import Sources, Wanted
from bot.outgoing.register import NotToBeHad, made
from bot.outgoing.typesetter import Typesetter
from handlers.register import COLUMNS, REGISTERED
from sealing.envelope import seal_json
from storage import joining, register
from storage.keys import insert_key
from storage.tables import cases, exports, staff_addresses
from storage.tables import staff as staff_table
from tests.bot.desks import IDENTITY, SUKOHARJO, officer
from tests.bot.test_sheets import of_xlsx
from tests.serving import TEN
from tests.storage.test_figures import fill

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.channels import Document
    from tests.serving import House


async def agreed(home: House, office: str, format_: str, month: str) -> tuple[Wanted, Sources]:
    """An export that two people agreed on, as it would be asked for."""
    serving = home.serving
    await officer(home, office)

    def note(conn: Connection) -> tuple[int, int]:
        who = conn.execute(select(func.max(staff_table.c.id))).scalar_one()
        now = register.Sum(register.marks(conn, reach(office, month, who)))
        row = {
            "office": office, "format": format_, "month": month, "total": now.total, "digest": now.digest,
            "proposer": who, "at": 1, "expires": 2,
        }  # fmt: skip
        number = register.propose(conn, row)
        register.answer(conn, number, register.AGREED, who, 1, 2**62)
        chat = select(staff_addresses.c.conversation_id).where(staff_addresses.c.staff_id == who)
        return number, conn.execute(chat).scalar_one()

    number, chat = await serving.database.write(note)
    sources = Sources(serving.database, serving.keys, serving.clock, serving.keeper, serving.means.book, Typesetter())
    return Wanted("register", f"register.{format_}", "", {"number": str(number)}, chat), sources


async def whole(document: Document) -> bytes:
    content = b"".join([piece async for piece in document.pieces()])
    assert len(content) == document.size
    return content


async def test_each_case_of_the_month_is_a_line_and_no_other(any_house: House) -> None:
    home = any_house
    all_made = await fill(home, random.Random(7), 300)
    for month, office, below in (("2024-09", "33", {"33", "33.11", "33.09"}), ("", SUKOHARJO, {SUKOHARJO})):
        wanted = [
            made_
            for made_ in all_made
            if made_.office in below and made_.status in REGISTERED and f"{made_.came}".startswith(month)
        ]
        content = await whole(await made(*await agreed(home, office, "csv", month)))
        head, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        read = [dict(zip(head, line, strict=True)) for line in lines]
        assert tuple(head) == COLUMNS
        assert sorted(line["Tanggal masuk"] for line in read) == sorted(f"{one.came}" for one in wanted)
        assert len(wanted) > 5
        rows = of_xlsx(await whole(await made(*await agreed(home, office, "xlsx", month))))
        assert len(rows) == len(lines) + 1
        assert list(rows[0].values()) == list(COLUMNS)
        for line, row in zip(lines, rows[1:], strict=True):
            assert [cell for cell in line if cell] == [cell for cell in row.values() if cell]


async def test_what_is_not_agreed_or_not_the_readers_is_not_made(sqlite_house: House) -> None:
    home = sqlite_house
    await fill(home, random.Random(7), 60)
    wanted, sources = await agreed(home, "33", "csv", "")
    other, _ = await agreed(home, "32", "csv", "")
    for wrong in (other.to, -1):
        with pytest.raises(NotToBeHad):
            await made(Wanted(wanted.kind, wanted.name, "", wanted.given, wrong), sources)
    with pytest.raises(NotToBeHad):
        await made(Wanted(wanted.kind, wanted.name, "", {"number": "999"}, wanted.to), sources)
    await fill_one_more(home)
    with pytest.raises(NotToBeHad):
        await made(wanted, sources)
    taken = await home.serving.database.read(lambda conn: conn.execute(select(func.sum(exports.c.taken))).scalar())
    assert taken == 0


async def test_it_is_for_who_proposed_it_as_what_they_were_then(sqlite_house: House) -> None:
    home = sqlite_house
    await fill(home, random.Random(7), 60)
    wanted, sources = await agreed(home, SUKOHARJO, "csv", "")
    assert await whole(await made(wanted, sources))

    def become(conn: Connection, role: str) -> None:
        here = staff_addresses.c.conversation_id == wanted.to
        key = conn.execute(select(staff_addresses.c.key).where(here)).scalar_one()
        person = {
            "name": "Bu Ani",
            "office": SUKOHARJO,
            "role": role,
            "kecamatan": "",
            "key": key,
            "inviter": 0,
            "former": 0,
        }
        joining.join(conn, home.keys, {**person, "conversation_id": wanted.to}, 1)

    for role in ("panwascam", "koordinator"):
        await home.serving.database.write(partial(become, role=role))
        with pytest.raises(NotToBeHad):
            await made(wanted, sources)


async def fill_one_more(home: House) -> None:
    await home.serving.database.write(lambda conn: bulk(conn, home, 1, first=10**6))


def bulk(conn: Connection, home: House, many: int, first: int = 0) -> None:
    """So many registered cases, as quickly as they can be sealed."""
    secret, key_id = insert_key(conn, home.serving.keys)
    rows: list[dict[str, Any]] = []
    for number in range(first, first + many):
        ticket = f"JN-{number}"
        answers = {"terlapor": f"Camat nomor {number}", "position": "asn", "kind": "medsos", **IDENTITY}
        facts = {"registrasi": {"nomor": f"{number}/Reg", "tanggal": "2024-10-10"}}
        rows.append(
            {
                "ticket": ticket, "receipt": ticket, "reporter": None, "data_key_id": key_id, "office": SUKOHARJO,
                "home": SUKOHARJO, "kabupaten": "", "kecamatan": "", "kind": "medsos", "position": "asn",
                "status": "diregistrasi", "regime": "", "law_version": "Perbawaslu", "urgent": False, "happened": "",
                "known": "", "deadline": "", "holder": None, "rev": 1, "changed": 1,
                "created": round(TEN.timestamp() * 1_000_000) + number,
                "answers": seal_json(secret, answers, f"cases/{ticket}/answers"),
                "facts": seal_json(secret, facts, f"cases/{ticket}/facts"),
            }
        )  # fmt: skip
    conn.execute(insert(cases), rows)


@pytest.mark.slow
async def test_memory_does_not_grow_with_the_register(sqlite_house: House) -> None:
    home, peaks, known = sqlite_house, {}, 0
    for many in (1_000, 50_000):
        await home.serving.database.write(lambda conn, many=many, known=known: bulk(conn, home, many - known, known))
        known = many
        wanted, sources = await agreed(home, SUKOHARJO, "csv", "")
        tracemalloc.start()
        document = await made(wanted, sources)
        size = 0
        async for piece in document.pieces():
            size += len(piece)
        _, peaks[many] = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size == document.size > many * 100
    assert peaks[50_000] < 2 * peaks[1_000]  # pydantic's JSON keeps up to 16,384 short strings: 1 MB
