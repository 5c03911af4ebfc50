"""A proposal that an edit made void before a second person confirmed it: who made it is told, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inside.filing import seen
from bot.inside.sight import officer
from handlers.joins import read_by
from handlers.seconds import lapsed
from handlers.triage import handles, sees
from storage import offices

if TYPE_CHECKING:
    from bot.inside.act import Act


def settle(act: Act) -> None:
    """After an event: each that is void by it, to who proposed it, if they serve still."""
    for case, wish, action in act.work.voided():
        if person := offices.officer(act.work.reading, act.means.keys, wish["by"]):
            one = officer(person)
            theirs = sees(one, case.office) and handles(one, case)
            shown = read_by(seen(act.work, case), one) if theirs else None
            act.perform(act, lapsed(case.ticket, wish, shown, action))
