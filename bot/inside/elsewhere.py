"""Officers' questions, answered elsewhere than where the report came from, by whoever gave its receipt there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.inside.act import run
from handlers.elsewhere import open_in
from handlers.events import AnsweredElsewhere
from handlers.turn import Turn
from locales import voice
from storage import resuming

if TYPE_CHECKING:
    from bot.inside.act import Act
    from handlers.effects import ReturnReceipts
    from handlers.events import CaseMoved, Event
    from storage.cases import Case


def waiting(act: Act, token: str) -> tuple[dict[str, Any], ...]:
    """What is asked of the case with this receipt (its token), where a citizen gave it; noted, to be closed in time."""
    found = resuming.asked(act.work.reading, token)
    if found is None or act.turn.staff is not None or found.reporter in {None, act.chat.id}:
        return ()
    state = act.work.by_id(found.reporter).state
    asked = open_in(state, found.ticket, token)
    if asked:
        resuming.note(act.work.writing(), found.id, act.chat.id)
    return asked


def theirs(act: Act, case: Case | None, grant: str) -> bool:
    """May this conversation answer for the case: the report's own, or one that gave its receipt (`grant`)?

    An officer is never the citizen: what a receipt opened before they served opens nothing any more.
    """
    if case is None or case.reporter == act.chat.id:
        return case is not None
    if not grant or act.turn.staff is not None:
        return False
    return resuming.granted(act.work.writing(), case.id, act.chat.id, grant)


def leave(act: Act, _: ReturnReceipts) -> list[Event]:
    """It is no longer noted as one that may answer."""
    resuming.leave(act.work.writing(), act.chat.id)
    return []


def close(act: Act, case: Case, question: str = "", items: str = "") -> None:
    """It was answered here: wherever else it is open it closes, also where nobody hears of it any more."""
    own = {case.reporter} if case.reporter else set()
    noted = resuming.noted(act.work.writing(), case.id)
    if not noted:
        return
    _hear(act, (own | noted) - {act.chat.id}, AnsweredElsewhere(case.ticket, question, items))
    _forgotten(act, case)


def withdraw(act: Act, case: Case, event: CaseMoved) -> None:
    """Officers took back what they asked: so it closes where the receipt was given, too."""
    if noted := resuming.noted(act.work.writing(), case.id):
        _hear(act, noted, event)
        _forgotten(act, case)


def _hear(act: Act, rows: set[int], event: Event) -> None:
    for row in sorted(rows):
        other = act.work.by_id(row)
        turn = Turn(act.turn.at, private=other.private, channel=other.channel, voice=voice(other.state.language))
        run(replace(act, chat=other, mind=other, turn=turn, address_key=""), event)


def _forgotten(act: Act, case: Case) -> None:
    if case.reporter and not open_in(act.work.by_id(case.reporter).state, case.ticket, ""):
        resuming.forget(act.work.writing(), case.id)
