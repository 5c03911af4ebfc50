"""When a draft is spoken of again: before the seven days run out; and when its life ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from handlers.effects import SetTimer
from handlers.speech import at_nine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.reply import Here
    from handlers.state import Answers, State, Talk

MORNINGS = (5, 6, 7)  # days after it was known; nine o'clock on the seventh is still within the limit
QUIET = 5  # days after which a draft without any day is spoken of


def expiry(before: State, after: State, here: Here) -> tuple[SetTimer, ...]:
    """The one timer by which what was never sent is erased, moved where an event made its end another."""
    if _openings(before) == _openings(after):
        return ()
    end = life_ends(after, here)
    return (SetTimer("expire", end),) if end != life_ends(before, here) else ()


def _openings(state: State) -> list[str]:
    return [talk.answers.get("opened", "") for talk in (state.talk, state.paused) if talk and talk.draft]


def life_ends(state: State, here: Here) -> datetime | None:
    """When the oldest of what waits to be sent has waited too long; None where nothing waits."""
    return min((ends(talk, here) for talk in (state.talk, state.paused) if talk and talk.draft), default=None)


def ends(talk: Talk, here: Here) -> datetime:
    """The end of a draft's life, counted from its opening."""
    return _opened(talk.answers, here) + timedelta(days=here.book.draft_days)


def reminder(answers: Answers, here: Here) -> SetTimer:
    """The first moment to remind that is still to come; none when all have passed."""
    return SetTimer("remind", next((at for at in _moments(answers, here) if at > here.turn.at), None))


def _moments(answers: Answers, here: Here) -> Iterator[datetime]:
    """The mornings before the limit, best first; then a while after the opening."""
    day = answers.get("known") or answers.get("happened")
    if day:
        yield from (at_nine(date.fromisoformat(day) + timedelta(days=n), answers) for n in MORNINGS)
    yield _opened(answers, here) + timedelta(days=min(QUIET, here.book.draft_days / 2))


def _opened(answers: Answers, here: Here) -> datetime:
    return datetime.fromisoformat(answers["opened"]) if answers.get("opened") else here.turn.at
