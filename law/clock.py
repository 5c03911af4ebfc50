"""The citizen's seven days, counted from the day the event was known; only Bawaslu decides what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from law.regime import Regime

State = Literal["berjalan", "hampir", "mendesak", "lewat", "tanpa-tenggat"]
WARN_FROM = 5  # no source seen settles on which day the count starts: warn early, call late only what is
SATURDAY = 5
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where the clock stands. `day_n` is 0 on the day it was known, and stops growing one day past the limit.

    `last_day` is date.max where there is no limit. In working days the rest days after the seventh still
    count as the seventh: "mendesak", for an officer to decide.
    """

    day_n: int
    last_day: date
    state: State
    counts: Literal["kalender", "kerja"]


def clock(regime: Regime, known: date, today: date) -> Clock:
    """Count from the day after `known` as day 1 (a day not yet come counts as 0)."""
    if regime.counts == "tanpa":
        return Clock(max((today - known).days, 0), date.max, "tanpa-tenggat", "kalender")
    last = last_day(regime, known)
    count = _count(regime, known, today)
    return Clock(count, last, _state(count, regime.days), regime.counts)


def last_day(regime: Regime, known: date) -> date:
    """Find the regime's last counted day: the seventh after `known`."""
    return nth_day(known, regime.days, partial(counted, regime))


def nth_day(start: date, days: int, counts: Callable[[date], bool]) -> date:
    """The last of so many counted days after `start`."""
    day, left = start, days
    while left:
        day += A_DAY
        left -= counts(day)
    return day


def _count(regime: Regime, known: date, today: date) -> int:
    """Count the days after `known` up to `today`; one past the limit is as far as anyone needs to know."""
    day, count = known, 0
    while day < today and count <= regime.days:
        day += A_DAY
        count += counted(regime, day)
    return count


def counted(regime: Regime, day: date) -> bool:
    """Say whether this day counts: calendar days all do, working days leave out rest days and holidays."""
    return regime.counts == "kalender" or working(regime, day)


def working(regime: Regime, day: date) -> bool:
    """Say whether this is a working day: no rest day, and no holiday that the regime knows."""
    return day.weekday() < SATURDAY and day not in regime.holidays


def _state(count: int, limit: int) -> State:
    if count > limit:
        return "lewat"
    if count == limit:
        return "mendesak"
    return "hampir" if count >= WARN_FROM else "berjalan"
