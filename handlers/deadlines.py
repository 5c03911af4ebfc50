"""Where the office's clocks stand, as an officer reads them; they run from what officers typed, never from a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import T
from handlers.life import DITUTUP, SELESAI, TIP
from handlers.speech import spoken, today
from handlers.standing import officer_line, standing
from law.deadlines import Running, running

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from handlers.book import Book
    from handlers.state import Answers
    from handlers.view import CaseView


def due(answers: Answers, facts: Mapping[str, Any], status: str, at: datetime, book: Book) -> Running | None:
    """The nearest of the office's clocks that runs."""
    return running(book.deadlines, standing(answers, at, book).regime, status, facts)


def last_day(answers: Answers, facts: Mapping[str, Any], status: str, at: datetime, book: Book) -> str:
    """The day by which the queue sorts: of a tip the citizen's own limit, then the office's; "" where none runs."""
    if status in TIP:
        ticking = standing(answers, at, book).clock
        return ticking.last_day.isoformat() if ticking else ""
    found = due(answers, facts, status, at, book)
    return found.last_day.isoformat() if found else ""


def clock_on_card(case: CaseView, at: datetime, book: Book) -> tuple[T, ...]:
    """The nearest clock: of a tip the citizen's seven days, later the office's own."""
    answers = dict(case.answers)
    if case.status in TIP or case.status == DITUTUP:
        return (officer_line(standing(answers, at, book)),)
    if case.status == SELESAI:
        return ()
    found = due(answers, case.facts, case.status, at, book)
    if found is None:
        return (T("Tenggat: tidak ada yang berjalan."),)
    values: dict[str, Any] = {
        "label": found.deadline.label,
        "day": spoken(found.last_day),
        "article": found.deadline.article,
    }
    if found.last_day < today(at, answers):
        return (T("⚠ Tenggat {label} lewat: {day} ({article}).", **values),)
    if not found.deadline.legal:
        return (T("Pengingat {label}: {day} ({article}).", **values),)
    return (T("Tenggat {label}: {day} ({article}).", **values),)
