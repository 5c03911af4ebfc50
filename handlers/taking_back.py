"""A step is taken back: the case is where it was before, what was typed for it is gone, and its reporter hears so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.days import BEFORE
from handlers.deadlines import last_day
from handlers.done import UNDONE
from handlers.effects import MoveCase
from handlers.events import CaseMoved
from handlers.frozen import replace
from handlers.happenings import ASIDE, STANDS
from handlers.life import MOVES, PROLONG, Move
from handlers.steps import asked_words, told_until, with_asked

if TYPE_CHECKING:
    from handlers.reply import Here
    from handlers.view import CaseView

BY_TWO = UNDONE - {"lengkap"}  # the citizen would be asked again, by a day that may long be past
BESIDE = ASIDE | STANDS.keys() | {"usul", "cabut", "bantah", "ralat"}  # after these the step is still the last
BACK = frozenset({"mundur", "dibatalkan"})  # each takes back the last step that was not taken back before it


@dataclass(frozen=True, slots=True)
class Last:
    """The last step that still holds: its row in the history, what was typed for it, and the state before."""

    row: int
    step: Move
    words: str
    before: str


def last_step(case: CaseView) -> Last | None:
    """The step that two may take back; None where something else came since, or it is none of those."""
    gone = 0
    for number in range(len(case.history) - 1, 0, -1):
        row = case.history[number]
        action = row["action"]
        if action in BESIDE:
            continue
        if action in BACK:
            gone += 1
        elif gone and action in UNDONE:
            gone -= 1
        else:
            holds = action in BY_TWO and row["status"] == case.status
            before = case.history[number - 1]["status"]
            return Last(number, MOVES[action], row["note"], before) if holds else None
    return None


def taken_back(case: CaseView, step: str, before: str, here: Here, by: str = "mundur", note: str = "") -> MoveCase:
    """The case as it was before this step; of one that was taken twice, with what was typed the first time."""
    facts: dict[str, Any] = {step: case.facts.get(step, {}).get(BEFORE)}
    left = {key: value for key, value in {**case.facts, **facts}.items() if value is not None}
    last = last_day(dict(case.answers), left, before, here.turn.at, here.book)
    tell = CaseMoved(case.ticket, "mundur", case.office_name, before)
    tell = with_asked(tell, case, before, asked_words(case), last, here)
    if step == PROLONG:
        tell = replace(tell, until=told_until(case, last, here), office=case.office)
    return MoveCase(case.ticket, case.rev, by, before, note=note or MOVES[step].label.msgid, facts=facts, tell=tell)
