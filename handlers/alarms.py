"""Who is reminded of what, and when: ladders that begin at the holder or the office and climb while nobody acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.deadlines import due
from handlers.life import BARU, ENDED, TIP
from law.reminders import ABOVE, HOLDER, OPENING, SINCE, TOP, UP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.book import Book
    from handlers.state import Answers
    from law.hours import OfficeHours
    from law.reminders import Rung

CITIZENS = frozenset({"jawab", "tambahan", "bukti", "koreksi", "hapus", "susulan"})  # what citizens add moves no clock
# By these it begins again.
ANEW = frozenset({"masuk", "naik", "naik_benturan", "turun", "diputus_atas", "alihkan", "dilengkapi"})


@dataclass(frozen=True, slots=True)
class Step:
    """Where a ladder stands: the rung that comes next (a place in it), and when; None where nobody is told any more."""

    rung: int
    at: datetime | None


NOBODY = Step(0, None)


@dataclass(frozen=True, slots=True)
class Ends:
    """What ends for a case, and its last day."""

    last_day: date
    label: str
    climbs: bool  # a limit of the law that the office keeps; else only its holder is reminded


def ending(
    status: str, answers: Answers, facts: dict[str, Any], deadline: str, at: datetime, book: Book
) -> Ends | None:
    """The clock of a case of which somebody is reminded; `deadline` is the day by which the queue sorts."""
    if status in TIP:
        if status == BARU or not deadline:
            return None  # an untaken case is the queue's
        day = date.fromisoformat(deadline)
        return Ends(day, "Laporan", climbs=False)
    found = None if status in ENDED else due(answers, facts, status, at, book)
    if found is None:
        return None
    one = found.deadline
    return Ends(found.last_day, found.label, climbs=one.legal and not one.reporter)


def hears(rung: Rung, office: str, up: Sequence[str]) -> str:
    """Which office hears this rung; `up` are those above it that have an officer, the nearest first. "" for none."""
    above = {ABOVE: 0, TOP: 1}.get(rung.to)
    if above is None:
        return office
    return up[above] if above < len(up) else ""


# --- when -------------------------------------------------------------------------------------------------------


def queue_from(since: datetime, office: str, book: Book) -> Step:
    """The ladder of untaken cases from the bottom: nobody of the office has acted since then."""
    own, ladder = book.hours.of(office), book.reminders.queue
    return Step(0, own.opening(own.after(since, ladder[0].hours))) if ladder else NOBODY


def queue_after(told: int, now: datetime, office: str, up: Sequence[str], book: Book) -> Step:
    """After this rung was told."""
    return _onward(book.reminders.queue, told, now, office, up, book, None)


def limit_from(ends: Ends, since: datetime, office: str, book: Book) -> Step:
    """The ladder of a limit from the bottom: at its own times, or some time after somebody acted."""
    own, ladder = book.hours.of(office), book.reminders.limit
    fixed = [(at, place) for place, rung in enumerate(ladder) if (at := _fixed(rung, ends, own)) and at > since]
    if fixed:
        at, place = min(fixed)
        return Step(place, at)
    last = max((place for place, rung in enumerate(ladder) if rung.when != SINCE), default=0)
    waking = own.awake(ends.last_day)[0]
    if ladder and waking > since:  # it ends on a day of rest, and the office does not open before
        return Step(last, waking)
    return Step(last, own.opening(own.after(since, book.reminders.again))) if ladder and ends.climbs else NOBODY


def limit_after(ends: Ends, told: int, now: datetime, office: str, up: Sequence[str], book: Book) -> Step:
    """After this rung was told."""
    return _onward(book.reminders.limit, told, now, office, up, book, ends)


def _onward(  # noqa: PLR0913, PLR0917 - one place for both ladders
    ladder: Sequence[Rung], told: int, now: datetime, office: str, up: Sequence[str], book: Book, ends: Ends | None
) -> Step:
    own = book.hours.of(office)
    for place in range(told + 1, len(ladder)):
        rung = ladder[place]
        where = hears(rung, office, up)
        if not where or (ends and not ends.climbs and rung.to != HOLDER):
            continue
        if rung.when == SINCE:
            at = max(own.after(now, rung.hours), _passed(ends, rung, own, now))
            return Step(place, book.hours.of(where).opening(at))
        if ends and (fixed := _fixed(rung, ends, own)) and fixed > now:
            return Step(place, fixed)
    return Step(len(ladder), None)


def _fixed(rung: Rung, ends: Ends, own: OfficeHours) -> datetime | None:
    """When this rung comes by the limit alone."""
    span = own.last_span(ends.last_day)
    if span is None or rung.when == SINCE:
        return None
    return span[0] if rung.when == OPENING else own.before(span[1], rung.hours)


def _passed(ends: Ends | None, rung: Rung, own: OfficeHours, now: datetime) -> datetime:
    """Whoever is above the office hears of a limit only once it has passed."""
    span = own.last_span(ends.last_day) if ends and rung.to in {ABOVE, TOP} else None
    return span[1] if span else now


def may_speak(rung: Rung, where: str, now: datetime, ends: Ends | None, book: Book) -> datetime:
    """Now where that office is open, else when it opens next: nobody is woken outside of hours.

    A limit that ends on a day of rest is told its holder in the hours of such a day.
    """
    own = book.hours.of(where)
    if ends and rung.to == HOLDER and (span := own.awake(ends.last_day)) and span[0] <= now < span[1]:
        return now
    return own.opening(now)


def told_above(ladder: Sequence[Rung], step: int) -> bool:
    """Was a rung below this one told, by which somebody above the holder heard?"""
    return any(rung.to in UP for rung in ladder[:step])
