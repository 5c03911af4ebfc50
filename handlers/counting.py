"""What figures count of a case: the accused's class, the recommendation and its fate, limits kept or missed. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from handlers.life import (
    DI_PPK,
    DIHUKUM,
    DITERUSKAN,
    DITOLAK,
    DIVERIFIKASI,
    MOVES,
    REKOMENDASI,
    SELESAI,
    TIDAK_TERBUKTI,
)
from handlers.standing import standing
from law.deadlines import last_day, longer, started
from law.posts import find_post

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from handlers.book import Book
    from handlers.state import Answers
    from law.deadlines import Deadline

FATES = (REKOMENDASI, DITERUSKAN, DIVERIFIKASI, DI_PPK, DIHUKUM, TIDAK_TERBUKTI, DITOLAK)
ENDS = {"hukuman": DIHUKUM, "nihil": TIDAK_TERBUKTI, "ditolak": DITOLAK}  # the moves before a case is done with
CIVIL = frozenset({"", "asn", "tidak_tahu"})  # positions in which a class of posts says more
DAY, WEEK = timedelta(days=1), timedelta(days=7)
PERIODS = {"minggu": 1, "bulan": 4, "semua": 0}  # whole weeks, so that both halves have the same weekdays


class Limit(NamedTuple):
    """A limit of the law that ran for a case: which, ISO days of its end and of the end to which it was prolonged,

    when it was met. `done` is "" while it runs.
    """

    clock: str
    due: str
    last: str
    done: str


class Span(NamedTuple):
    """Days that are compared: from `middle` to `last`, both included, and as many from `first` before them.

    Everything since ever: `first` is `middle`.
    """

    first: date
    middle: date
    last: date


def post_of(answers: Answers, book: Book) -> str:
    """The class of the accused's post (law/posts.toml); "" where it is not plain, or they are no civil servant."""
    if str(answers.get("position") or "") not in CIVIL:
        return ""
    found = find_post(book.posts, str(answers.get("terlapor") or ""))
    return found.id if found else ""


def fate(status: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The ISO day of a case's recommendation and what became of it; two "" where none stands."""
    if "rekomendasi" not in facts:
        return "", ""
    if status == SELESAI:
        status = next((end for move, end in ENDS.items() if move in facts), status)
    return (facts["rekomendasi"]["tanggal"], status) if status in FATES else ("", "")


def limits(answers: Answers, status: str, facts: Mapping[str, Any], at: datetime, book: Book) -> tuple[Limit, ...]:
    """The office's limits that ran or run for a case, by the days that were typed."""
    regime = standing(dict(answers), at, book).regime
    found = []
    for one in book.deadlines:
        start = started(one, facts) if regime.id in one.regimes and one.legal and not one.reporter else None
        done = _done(one, status, facts)
        if start is not None and done is not None:
            due, last = (last_day(one, start, regime, longer=more) for more in (False, longer(one, facts)))
            found.append(Limit(one.id, due.isoformat(), last.isoformat(), done))
    return tuple(found)


def _done(one: Deadline, status: str, facts: Mapping[str, Any]) -> str | None:
    """The day on which a limit was met: of the newest move out of its states; "" while it runs, None for neither."""
    if status in one.during:
        return ""
    out = [move for move in MOVES.values() if move.sources & one.during and move.target not in {"", *one.during}]
    days = [facts[move.action]["tanggal"] for move in out if move.action in facts]
    return max(days, default=None)


def span(period: str, today: date, *, whole: bool = False) -> Span:
    """The days of a period; with `whole` up to the last Sunday, so that they change once a week."""
    last = today - timedelta(days=today.isoweekday()) if whole else today
    weeks = PERIODS[period]
    if not weeks:
        return Span(date.min, date.min, last)
    middle = last - weeks * WEEK + DAY
    return Span(middle - weeks * WEEK, middle, last)
