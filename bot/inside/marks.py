"""What is noted beside each case, in the clear or as a token, so that figures can be counted without opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.counting import fate, limits, post_of
from handlers.deadlines import last_day
from storage import figures, tallies

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.inside.act import Act
    from handlers.book import Book
    from handlers.counting import Limit
    from sealing.keys import KeyRing
    from storage.cases import Case


def standing_of(case: Case, at: datetime, book: Book) -> tuple[tuple[str, str], tuple[Limit, ...]]:
    """What figures count of a case as it stands: its recommendation, and its limits."""
    return fate(case.status, case.facts), limits(case.answers, case.status, case.facts, at, book)


def due_day(act: Act, case: Case, status: str) -> str:
    """The day by which queues sort a case in this state; "" where no clock runs."""
    return last_day(dict(case.answers), case.facts, status, act.turn.at, act.means.book)


def note(conn: Connection, case: Case, at: datetime, book: Book, before: object = None) -> None:
    """Write it beside the case, unless it is what it was before."""
    now = standing_of(case, at, book)
    if now != before:
        figures.mark(conn, case.id, case.office, *now)


def token_of(keys: KeyRing, home: str, answers: dict[str, Any], book: Book) -> str:
    """The token of the class of the accused's post."""
    return tallies.token(keys, home, post_of(answers, book))
