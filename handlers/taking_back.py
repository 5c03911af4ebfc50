"""A step is taken back: the case is where it was before, what was typed for it is gone, and its reporter hears so."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from handlers.days import BEFORE
from handlers.deadlines import last_day
from handlers.done import UNDONE
from handlers.effects import MoveCase
from handlers.events import CaseMoved
from handlers.happenings import ASIDE, STANDS
from handlers.life import MOVES
from handlers.steps import asked_words, with_asked

if TYPE_CHECKING:
    from handlers.reply import Here
    from handlers.view import CaseView

BESIDE = ASIDE | STANDS.keys() | {"usul", "cabut", "bantah", "ralat"}  # after these the step is still the last


def last_step(case: CaseView) -> tuple[str, str]:
    """The step that two may take back, and the state before it; ("", "") where something else came since."""
    found = [(row, before) for before, row in pairwise(case.history) if row["action"] not in BESIDE]
    row, before = found[-1] if found else ({"action": ""}, {})
    if row["action"] not in UNDONE or row["status"] != case.status:
        return "", ""
    return row["action"], before["status"]


def taken_back(case: CaseView, step: str, before: str, here: Here, by: str = "mundur", note: str = "") -> MoveCase:
    """The case as it was before this step; of one that was taken twice, with what was typed the first time."""
    facts: dict[str, Any] = {step: case.facts.get(step, {}).get(BEFORE)}
    left = {key: value for key, value in {**case.facts, **facts}.items() if value is not None}
    last = last_day(dict(case.answers), left, before, here.turn.at, here.book)
    news = CaseMoved(case.ticket, "mundur", case.office_name, before)
    tell = with_asked(news, case, before, asked_words(case), last, here)
    said = note or MOVES[step].label.msgid
    return MoveCase(case.ticket, case.rev, by, before, note=said, facts=facts, tell=tell)
