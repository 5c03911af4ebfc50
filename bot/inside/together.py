"""What a case takes along that others are joined to: their office, and their reporters' news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inside.act import Act, deliver
from bot.inside.doubles import look
from bot.inside.filing import redraw
from handlers.events import CaseMoved, Event
from handlers.frozen import replace
from storage import cases, joins

if TYPE_CHECKING:
    from storage.cases import Case


def tell(act: Act, case: Case, event: Event, news: CaseMoved | None = None) -> None:
    """Its reporter hears it; so does each whose case is joined to it, under their own ticket.

    `news` is what those hear instead, where the event is meant for the first alone.
    """
    if case.reporter:
        deliver(act, case.reporter, event)
    shared = news or (event if isinstance(event, CaseMoved) else None)
    if shared is None:
        return
    for _, ticket, reporter in joins.members(act.work.reading, case.id):
        if reporter:
            deliver(act, reporter, replace(shared, ticket=ticket, words="", until="", settled="", shared=True))


def group(act: Act, case: Case) -> list[Case]:
    """The case in hand and all that are joined with it, the main one last."""
    conn, main = act.work.writing(), case.main or case.id
    rows = [*(row for row, *_ in joins.members(conn, main)), main]
    return [case if row == case.id else cases.by_id(conn, act.means.keys, row) for row in rows]


def follow(act: Act, case: Case) -> None:
    """The case is another office's now: so are those that are joined to it; and others there may be like it."""
    look(act, case)
    for row, *_ in joins.members(act.work.reading, case.id):
        one = cases.by_id(act.work.writing(), act.means.keys, row)
        cases.move(act.work.writing(), one, act.now, office=case.office)
        act.work.record(one, act.now, "ikut", office=case.office, note=case.ticket)
        redraw(act, one, moved=True)
