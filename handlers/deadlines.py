"""Where meters and clocks stand, as an officer reads them; clocks run from what officers typed, never from a chat."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from handlers.brief import brief
from handlers.effects import T, Value
from handlers.life import DIGABUNG, DILENGKAPI, DITUTUP, KAJIAN_AWAL, SELESAI, TIP
from handlers.opening import briefly, until
from handlers.speech import spoken, today
from handlers.standing import awal_line, laporan_line, listed, officer_line, standing
from law.deadlines import Running, running

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from handlers.book import Book
    from handlers.state import Answers
    from handlers.view import CaseView
    from law.regime import Meter

NEAR = frozenset({"hampir", "mendesak"})  # before that the hour of the last day helps nobody


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


SEALED = "tersegel"  # stands where a meter counts what officers do not see


def measured(case: CaseView) -> Answers:
    """The answers as the meters take them: what the reporter gave of themselves is there, though nobody reads it."""
    return {**case.answers, **dict.fromkeys(case.own_given, SEALED)}


NOON = time(12, tzinfo=UTC)  # on the same day in every Indonesian zone


def meters_on_card(case: CaseView, at: datetime, book: Book) -> tuple[T, ...]:
    """What it still lacks, while that can be mended: as informasi awal, and as a Laporan.

    A signed form is judged by the day it came (UU 1/2015 art. 134); what is registered or a temuan is past both meters.
    """
    answers = measured(case)
    if case.status in TIP or case.status == DITUTUP:
        now = standing(answers, at, book)
        return (awal_line(now), laporan_line(now))
    if case.status in {KAJIAN_AWAL, DILENGKAPI}:
        return (laporan_line(standing(answers, _came(case), book)),)
    return ()


def clock_on_card(case: CaseView, at: datetime, book: Book) -> tuple[T, ...]:
    """The nearest clock: of a tip the citizen's seven days, later the office's own."""
    answers = dict(case.answers)
    if case.status in {*TIP, DITUTUP, DIGABUNG}:
        now = standing(answers, at, book)
        near = now.clock is not None and now.clock.state in NEAR
        own = book.hours.of(case.office)
        return (officer_line(now, until(own, now.clock.last_day) if now.clock and near else None),)
    if case.status == SELESAI:
        return ()
    found = due(answers, case.facts, case.status, at, book)
    if found is None:
        return (T("Tenggat: tidak ada yang berjalan."),)
    values: dict[str, Any] = {
        "label": T(found.label),
        "day": until(book.hours.of(case.office), found.last_day) if found.deadline.legal else spoken(found.last_day),
        "article": found.deadline.article,
    }
    if found.last_day < today(at, answers):
        return (T("⚠ Tenggat {label} lewat: {day} ({article}).", **values),)
    if not found.deadline.legal:
        return (T("Pengingat {label}: {day} ({article}).", **values),)
    return (T("Tenggat {label}: {day} ({article}).", **values),)


def in_hours(status: str, book: Book) -> bool:
    """Is the limit of a case in this state one of the law's, which ends with the office's hours?"""
    return status in TIP or any(one.legal for one in book.deadlines if status in one.during)


def limit_in_brief(office: str, status: str, day: date, at: datetime, book: Book) -> T:
    """A limit of a case of this office on its line of a list."""
    own = book.hours.of(office)
    now = at.astimezone(own.zone).date()
    said = briefly(own, day, now) if in_hours(status, book) else brief(day, now)
    if day < now:
        return T("⚠ tenggat lewat: {day}", day=said)
    return T("⚠ tenggat hari ini: {day}", day=said) if day == now else T("tenggat {day}", day=said)


def clock_in_brief(case: CaseView, at: datetime, book: Book) -> tuple[T, ...]:
    """What runs, on the card as it stands at first: the article that it rests on is one tap away."""
    own = book.hours.of(case.office)
    now = at.astimezone(own.zone).date()
    if case.status in {*TIP, DITUTUP, DIGABUNG}:
        told = standing(dict(case.answers), at, book)
        return (officer_line(told, briefly(own, told.clock.last_day, now) if told.clock else None),)
    found = due(dict(case.answers), case.facts, case.status, at, book)
    if found is None:
        return clock_on_card(case, at, book)
    legal = found.deadline.legal
    day = briefly(own, found.last_day, now) if legal else brief(found.last_day, now)
    values: dict[str, Value] = {"label": found.label, "day": day}
    if found.last_day < now:
        return (T("⚠ Tenggat {label} lewat: {day}.", **values),)
    return (T("Tenggat {label}: {day}.", **values) if legal else T("Pengingat {label}: {day}.", **values),)


def lacking(case: CaseView, at: datetime, book: Book) -> tuple[T, ...]:
    """What is missing, while that can be mended, without the words around it."""
    meter = _meter(case, at, book)
    return (T("Masih kurang: {missing}.", missing=listed(meter.missing)),) if meter and meter.missing else ()


def to_ask(case: CaseView, at: datetime, book: Book) -> tuple[str, ...]:
    """The answers that would mend what is called missing there."""
    meter = _meter(case, at, book)
    return meter.answers if meter else ()


def _meter(case: CaseView, at: datetime, book: Book) -> Meter | None:
    if case.status in TIP:
        return standing(measured(case), at, book).awal
    if case.status in {KAJIAN_AWAL, DILENGKAPI}:
        return standing(measured(case), _came(case), book).laporan
    return None


def _came(case: CaseView) -> datetime:
    return datetime.combine(date.fromisoformat(case.facts["formulir"]["tanggal"]), NOON)
