"""What the part `desk` measures: an officer's messages, and the reads behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bench import cases as made
from handlers.sifting import Sift
from storage import alarms, cases, figures, mornings, search
from storage.queue import Desk, queue
from storage.tables import cases as table_of_cases

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from sealing.keys import KeyRing

SPREAD = made.Spread()


@dataclass(frozen=True)
class Kind:
    """A line of the table: an officer's message, answered and committed; or a read alone."""

    title: str
    where: Callable[[made.Spread, int], str]
    text: Callable[[made.Spread, int], str] = lambda *_: ""
    read: Callable[[Connection, KeyRing, str, str], Any] | None = None


def _busy(spread: made.Spread, number: int) -> str:
    return spread.busy[number % made.BUSY]


def _nation(_: made.Spread, __: int) -> str:
    return "RI"


def province(spread: made.Spread, _: int) -> str:
    return spread.busy[0][:2]


def _kabupaten(spread: made.Spread, number: int) -> str:
    return spread.names[_busy(spread, number)].split()[-1]


def _name(spread: made.Spread, number: int) -> str:
    """Somebody whom a case of that busy office is about, in both houses."""
    return NAMES[_busy(spread, number)]


NAMES: dict[str, str] = {}


def met(conn: Connection, keys: KeyRing, codes: list[str]) -> dict[str, str]:
    """Whom the oldest case of each office is about; the first cases are the same in every house."""
    found = {}
    for code in codes:
        oldest = select(table_of_cases.c.id).where(table_of_cases.c.office == code).order_by(table_of_cases.c.id)
        [one] = cases.listed(conn, keys, list(conn.execute(oldest.limit(1)).scalars()))
        found[code] = " ".join(one.answers["terlapor"].split()[-2:])
    return found


def _queue(sift: Sift, conn: Connection, keys: KeyRing, office: str, _: str) -> Any:
    mine = SPREAD.all.index(office) * made.PEOPLE + 1
    return queue(conn, keys, Desk(office, mine, made.NOW.date().isoformat()), sift)


SIFTED = {
    "tempo ajakan mendesak lewat": Sift("tempo", kind="ajakan", urgent=True, late=True),
    "semua bebas #prioritas": Sift("semua", free=True, label="prioritas"),
    "ditutup kampanye": Sift("akhir", kind="kampanye", status="ditutup"),
}


def _search(conn: Connection, keys: KeyRing, office: str, words: str) -> Any:
    return cases.listed(conn, keys, search.find(conn, keys, words.casefold().split(), office, cases.PAGE, 100)[1])


TODAY = "2024-10-10"


def _morning(conn: Connection, _: KeyRing, office: str, __: str) -> Any:
    """What an office hears; what stands still below it was noted at the mornings of those offices (`noted`)."""
    still = cases.stamp(made.NOW - made.timedelta(days=2))
    return mornings.morning(conn, office, still, "2024-10-11", TODAY)


def _reminded(conn: Connection, _: KeyRing, __: str, ___: str) -> Any:
    """What the ticker reads each second, while nothing is due."""
    now = cases.stamp(made.NOW)
    return alarms.due_queues(conn, now, 100), alarms.due_offices(conn, now, 100)


def noted(conn: Connection) -> None:
    """The notes of this morning, of every office."""
    day, long = (cases.stamp(made.NOW - made.timedelta(days=days)) for days in (1, 2))
    when = mornings.Standing(day, long, TODAY, "2024-10-08")
    mornings.note(conn, mornings.uncounted(conn, mornings.offices_served(conn), TODAY), TODAY, when)


def _figures(first: str, conn: Connection, keys: KeyRing, office: str, _: str) -> Any:
    days = figures.Days(first, "2024-09-13", "2024-10-11", "2024-10-10")
    return figures.figures(conn, keys, office, days, ())


KINDS = (
    Kind("/statistik, own office", _busy, lambda *_: "/statistik"),
    Kind("/statistik, nation", _nation, lambda *_: "/statistik"),
    Kind("/statistik semua, own office", _busy, lambda *_: "/statistik semua"),
    Kind("/statistik semua, nation", _nation, lambda *_: "/statistik semua"),
    Kind("/antrean", _busy, lambda *_: "/antrean"),
    Kind("/antrean jalan", _busy, lambda *_: "/antrean jalan"),
    Kind("/antrean tempo", _busy, lambda *_: "/antrean tempo"),
    Kind("/cari a name, own office", _busy, lambda s, n: f"/cari {_name(s, n)}"),
    Kind("/cari camat, own office", _busy, lambda *_: "/cari camat"),
    Kind("/cari camat, province", province, lambda *_: "/cari camat"),
    Kind("/cari a name, nation", _nation, lambda s, n: f"/cari {_name(s, n)}"),
    Kind("/cari camat and a place, nation", _nation, lambda s, n: f"/cari camat {_kabupaten(s, n)}"),
    *(Kind(f"/antrean {words}", _busy, lambda *_, words=words: f"/antrean {words}") for words in SIFTED),
    *(Kind(f"read alone: {v}", _busy, read=partial(_queue, Sift(v))) for v in ("baru", "saya", "jalan", "tempo")),
    *(Kind(f"read alone: {words}", _busy, read=partial(_queue, sift)) for words, sift in SIFTED.items()),
    Kind("read alone: a name, nation", _nation, _name, _search),
    Kind("read alone: camat and a place, nation", _nation, lambda s, n: f"camat {_kabupaten(s, n)}", _search),
    Kind("read alone: who is reminded next", _nation, read=_reminded),
    Kind("read alone: morning, own office", _busy, read=_morning),
    Kind("read alone: statistik, nation", _nation, read=partial(_figures, "2024-08-16")),
    Kind("read alone: statistik semua, nation", _nation, read=partial(_figures, "")),
    Kind("read alone: morning, nation", _nation, read=_morning),
)
