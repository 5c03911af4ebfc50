"""Cases by the million, quickly: the real envelope, tokens of words and chain, spread as elections spread them.

One pass writes the same rows into SQLite and, where there is one, PostgreSQL, below all code that moves a case;
indexes are made afterwards. A third of the cases lies in 24 busy offices, the rest over all others; most are over.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from bot.inside.filing import local
from handlers.codes import ALPHABET, ticket
from handlers.searching import keys_of
from place.areas import all_kabupaten, all_provinsi
from sealing.envelope import seal_json, seal_text
from storage import chain, tallies
from storage.cases import moment, stamp
from storage.search import tokens
from storage.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import asyncpg
    from sqlalchemy import Column

    from sealing.keys import KeyRing

NOW = datetime(2024, 10, 10, 3, tzinfo=UTC)
CHUNK = 20_000
BUSY, SHARE = 24, 0.35
SPAN = timedelta(days=5 * 365)
PEOPLE = 4  # officers of an office; the first holds most
STATUSES = {
    "baru": 6, "ditangani": 3, "ditelusuri": 2, "kajian_awal": 2, "klarifikasi": 1, "kajian": 1, "diteruskan": 3,
    "selesai": 44, "ditutup": 38,
}  # fmt: skip
ROAD = ("masuk", "ambil", "catat")
KINDS = ("ajakan", "kampanye", "fasilitas", "media")
FIRST = "su ha wi bu di pra ra ku sri en yu ma ni fa na ta ga ja ri an".split()
MIDDLE = "ri ta na di mu ha la yo wa ki ra no bi sa du".split()
LAST = (
    "ryono ndoko bowo dianto setyo wanti lestari hidayat rahman santosa putra wati kusuma"
    " gunawan saputra"
).split()  # fmt: skip
POSTS = ("Camat", "Lurah", "Kepala Dinas", "Guru SMP", "Sekretaris Desa", "Kepala Puskesmas", "Staf Kecamatan")
STORY = (
    "pada acara di balai desa yang bersangkutan mengajak hadirin memilih pasangan calon dan"
    " membagikan kaus"
).split()  # fmt: skip
Rows = dict[str, list[tuple[Any, ...]]]


class Spread:
    """Where cases are: busy offices first."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        areas = [area.code for area in all_kabupaten()]
        self.chance.shuffle(areas)
        self.names = {area.code: area.name for area in (*all_kabupaten(), *all_provinsi())}
        self.busy, others = areas[:BUSY], areas[BUSY:]
        self.all = [*areas, *(area.code for area in all_provinsi()), "RI"]
        rest = [*others, *self.all[len(areas) :]]
        weights = [SHARE / BUSY] * BUSY + [(1 - SHARE) / len(rest)] * len(rest)
        self.offices = self.chance.choices([*self.busy, *rest], weights, k=200_000)
        self.status = self.chance.choices(list(STATUSES), list(STATUSES.values()), k=200_000)

    def name(self) -> str:
        """Two words of 4,500."""
        return " ".join(self.chance.choice(FIRST) + self.chance.choice(MIDDLE) + self.chance.choice(LAST) for _ in "12")


def officers(spread: Spread, keys: KeyRing) -> Rows:
    """Staff 1.. of each office in its order, PEOPLE each."""
    rows: Rows = {"data_keys": [], "staff": []}
    for number in range(1, len(spread.all) * PEOPLE + 1):
        secret, wrapped, kek = keys.new_data_key()
        name = seal_text(secret, f"Petugas {number}", f"staff/{number}/name")
        office = spread.all[(number - 1) // PEOPLE]
        rows["data_keys"].append((number, kek, wrapped))
        row = {
            "id": number,
            "data_key_id": number,
            "name": name,
            "office": office,
            "role": "petugas",
            "active": True,
            "duty": False,
            "at": stamp(NOW),
        }
        rows["staff"].append(whole("staff", row))
    return rows


NOTED = tallies.Note._fields


class Writer:
    """Case after case, as rows of all tables; at the end the sums that figures read.

    Those are counted here, by the code that counts them in a running house: the notes which the database makes of
    each row beside would take an hour to be added up a thousand at once.
    """

    def __init__(self, spread: Spread, keys: KeyRing, key: int) -> None:
        self.spread, self.keys, self.key = spread, keys, key
        self.first = {code: number * PEOPLE + 1 for number, code in enumerate(spread.all)}
        self.link = chain.Head(0, chain.START)
        self.known: dict[str, str] = {}  # tokens of words, which come again and again
        self.summer = tallies.Summer(keys, lambda scope, at: local(moment(at), scope).date().isoformat(), ())
        self.sums = Counter[tallies.Key]()

    def chunks(self, count: int) -> Iterator[Rows]:
        """So many cases, CHUNK at once."""
        numbers = iter(range(1, count + 1))
        while some := list(islice(numbers, CHUNK)):
            rows: Rows = {name: [] for name in ("data_keys", "cases", "case_words", "history", "chain", "limits")}
            for number in some:
                self.case(rows, number)
            yield {name: found for name, found in rows.items() if found}
        yield {"tallies": [(*key, many) for key, many in sorted(self.sums.items())]}

    def case(self, rows: Rows, number: int) -> None:
        chance, key = self.spread.chance, self.key + number
        office, status = chance.choice(self.spread.offices), chance.choice(self.spread.status)
        created = NOW - SPAN * chance.random()
        name = ticket("".join(ALPHABET[number // 32**place % 32] for place in range(7)))
        secret, wrapped, kek = self.keys.new_data_key()
        answers, facts = self.told(office, created), self.typed(number, office)
        road = ROAD[: 1 if status == "baru" else 3]
        mine, at = self.first[office], stamp(created)
        holder = None if status == "baru" else mine if chance.random() < 0.7 else mine + chance.randrange(1, PEOPLE)
        row = self.clear(office, status, created) | {
            "id": number,
            "ticket": name,
            "receipt": f"{number:064x}",
            "data_key_id": key,
            "holder": holder,
            "rev": len(road),
            "offer_ends": 0,
            "created": at,
            "changed": at + len(road) * 1000,
            "answers": seal_json(secret, answers, f"cases/{name}/answers"),
            "facts": seal_json(secret, facts, f"cases/{name}/facts") if facts else None,
        }
        rows["data_keys"].append((key, kek, wrapped))
        rows["cases"].append(whole("cases", row))
        rows["case_words"] += [(self.token(word), number, office) for word in keys_of(answers, facts)]
        for seq, action in enumerate(road, 1):
            note = seal_text(secret, "sudah ditelepon", f"history/{number}/{seq}/note") if action == "catat" else None
            after, who = status if seq == len(road) else "ditangani", None if seq == 1 else holder
            past = (number, seq, at + seq * 1000, action, who, "", "", after, note)
            rows["history"].append(past)
            self.linked(rows, past, name)
        day = created.date().isoformat()
        limit = {"clock": "kajian_awal", "office": office, "due": day, "last": day, "done": day if number % 3 else ""}
        rows["limits"].append(whole("limits", {"case_id": number, **limit}))
        for noted in (row, limit):
            self.sums.update(self.summer.keys_of(tallies.Note(**{k: noted[k] for k in NOTED if k in noted})))

    def told(self, office: str, created: datetime) -> dict[str, Any]:
        chance, names = self.spread.chance, self.spread.names
        place = {
            "code": office,
            "name": names.get(office, "Indonesia"),
            "kecamatan": f"Kecamatan {chance.choice(LAST)}",
        }
        return {
            "story": " ".join(chance.choices(STORY, k=60)),
            "place": place,
            "identity": "anonim",
            "kind": "ajakan",
            "terlapor": f"{chance.choice(POSTS)} {self.spread.name()}",
            "known": created.date().isoformat(),
        }

    @staticmethod
    def typed(number: int, office: str) -> dict[str, Any]:
        labelled = {"label": {office: ["prioritas"]}} if number % 20 == 0 else {}
        found = {"temuan": {"nomor": f"{number:06}/TM/PB/2024", "tanggal": "2024-09-01"}} if number % 4 == 0 else {}
        return labelled | found

    def clear(self, office: str, status: str, created: datetime) -> dict[str, Any]:
        """The columns that are not sealed; what a later table has beside these stays empty."""
        chance = self.spread.chance
        limited = status not in {"selesai", "ditutup"} and chance.random() < 0.7
        sent = status == "diteruskan" or (status == "selesai" and chance.random() < 0.2)
        return {
            "reporter": None,
            "office": office,
            "home": office,
            "kabupaten": office,
            "kind": chance.choice(KINDS),
            "position": "asn",
            "status": status,
            "regime": "pilkada",
            "urgent": chance.random() < 0.02,
            "known": created.date().isoformat(),
            "deadline": (NOW + timedelta(days=chance.randrange(-20, 20))).date().isoformat() if limited else "",
            "alarm_at": stamp(NOW + timedelta(minutes=chance.randrange(1, 30_000))) if limited else 0,
            "alarm_rung": 0,
            "recommended": created.date().isoformat() if sent else "",
            "fate": ("diteruskan" if status == "diteruskan" else "dihukum") if sent else "",
        }

    def token(self, word: str) -> str:
        if word not in self.known:
            [token] = tokens(self.keys, [word])
            if "/" in word:  # a number, which comes once
                return token
            self.known[word] = token
        return self.known[word]

    def linked(self, rows: Rows, past: tuple[Any, ...], name: str) -> None:
        row = SimpleNamespace(ticket=name, **dict(zip(columns("history"), past, strict=True)))
        self.link = chain.Head(self.link.number + 1, chain._hash(self.link.hash, row))  # noqa: SLF001 - the very chain
        rows["chain"].append((self.link.number, past[0], past[1], self.link.hash))


@cache
def columns(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].columns]


def whole(table: str, row: dict[str, Any]) -> tuple[Any, ...]:
    """The row as the table has it by now: a column that is newer than this bench is as empty as its kind may be."""
    return tuple(row[one.name] if one.name in row else _empty(one) for one in metadata.tables[table].columns)


def _empty(column: Column[Any]) -> Any:
    return None if column.nullable else column.type.python_type()


# --- into the databases -----------------------------------------------------------------------------------------------


class Lite:
    """The SQLite file of a data folder."""

    def __init__(self, folder: Path) -> None:
        self.conn = sqlite3.connect(folder / "jaganetral.sqlite3", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-600000"):
            self.conn.execute(f"PRAGMA {pragma}")

    async def put(self, rows: Rows) -> None:
        self.conn.execute("BEGIN")
        for name, some in rows.items():
            if some:
                names, marks = ",".join(columns(name)), ",".join("?" * len(some[0]))
                self.conn.executemany(f"INSERT INTO {name} ({names}) VALUES ({marks})", some)
        self.conn.execute("COMMIT")

    async def run(self, statement: str) -> None:
        self.conn.execute(statement)

    async def close(self) -> None:
        self.conn.close()


class Server:
    """A PostgreSQL database, by COPY."""

    def __init__(self, conn: asyncpg.Connection) -> None:
        self.conn = conn

    async def put(self, rows: Rows) -> None:
        for name, some in rows.items():
            if some:
                await self.conn.copy_records_to_table(name, records=some, columns=columns(name))

    async def run(self, statement: str) -> None:
        await self.conn.execute(statement)

    async def close(self) -> None:
        for name in ("data_keys", "staff", "cases"):
            await self.conn.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
        await self.conn.execute("VACUUM ANALYZE")  # as the server's own autovacuum does by and by
        await self.conn.close()
