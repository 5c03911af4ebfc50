"""/mundur: the last step is taken back within ten minutes by who made it; else it is said what is the way instead."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers import joins, seconds
from handlers.days import BEFORE
from handlers.deadlines import last_day
from handlers.done import BACK, SHORT, UNDONE, beside, look
from handlers.effects import Effect, MoveCase, Option, Send, T
from handlers.events import CaseMoved
from handlers.happenings import ASIDE, by_two, said
from handlers.life import DIGABUNG, MOVES, STATUSES
from handlers.steps import asked_words, refused, with_asked
from handlers.triage import KOORDINATOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.reply import Here
    from handlers.view import CaseView

UNDO = timedelta(minutes=10)
SENT = frozenset({"tanya", "kabari", "lengkapi"})  # the citizen has read it
LABELS = {"label": T("Lepas label"), "tanpa_label": T("Pasang lagi")}


def undo(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """A slip of the thumb is taken back; the history keeps both."""
    del words
    *earlier, last = [row for row in case.history if row["action"] not in ASIDE]
    in_time = here.turn.at - last["at"] <= UNDO
    mine = last["staff"] == here.officer.id
    if mine and in_time and last["action"] == "gabung":
        return joins.part(case, "", here)
    if mine and in_time and last["action"] in UNDONE:
        return _taken_back(case, last["action"], earlier[-1]["status"], here)
    return (_instead(case, last, here),)


def _taken_back(case: CaseView, action: str, before: str, here: Here) -> tuple[Effect, ...]:
    facts = {action: case.facts.get(action, {}).get(BEFORE)}
    left = {key: value for key, value in {**case.facts, **facts}.items() if value is not None}
    last = last_day(dict(case.answers), left, before, here.turn.at, here.book)
    news = CaseMoved(case.ticket, "mundur", case.office_name, before)
    tell = with_asked(news, case, before, asked_words(case), last, here)
    back = MoveCase(
        case.ticket,
        case.rev,
        "mundur",
        before,
        note=MOVES[action].label.msgid,
        facts=facts,
        tell=tell,
    )
    text = T("Langkah terakhir dibatalkan; {ticket} kembali: {status}.", ticket=case.ticket, status=STATUSES[before])
    return (back, Send(text, (look(case.ticket),), protect=True))


# --- not by /mundur -------------------------------------------------------------------------------------------


def _instead(case: CaseView, last: Mapping[str, Any], here: Here) -> Send:
    """What was done last, why it is not taken back so, and the way that there is: a press, where one is enough."""
    first = T("Yang terakhir pada {ticket}: {what}", ticket=case.ticket, what=said(last, SHORT))
    if way := _way(case, last, here):
        command = way.data.split()[0]
        how = T("Itu tidak dibatalkan dengan /mundur, melainkan dengan {command}.", command=command)
        return Send((first, how), (way, look(case.ticket)), protect=True)
    return Send((first, _why_not(last, here)), (look(case.ticket),), protect=True)


def _way(case: CaseView, last: Mapping[str, Any], here: Here) -> Option | None:
    """The button that takes it back; None where it is not this officer's to press."""
    action = last["action"]
    if action in LABELS:
        return Option(LABELS[action], f"/label {case.ticket} {last['note']} @{case.rev}")
    if action not in BACK or not _open(BACK[action][0], case, here):
        return None
    return beside(*BACK[action], case.ticket, case.rev)


def _open(command: str, case: CaseView, here: Here) -> bool:
    """May this officer go that way now?"""
    if command == "tarik":
        return bool(case.offered)
    if command == "pisah":
        return case.status == DIGABUNG and bool(case.main)
    if command == "serahkan":
        return here.officer.role == KOORDINATOR
    if command == "bantah":
        return seconds.proposed_by(case, here.officer.id)
    return refused(command, case, here.officer) is None


def _why_not(last: Mapping[str, Any], here: Here) -> T:
    action = last["action"]
    if action in MOVES and by_two(action, last["reason"]):
        return T("Yang disetujui dua orang tidak dapat dibatalkan.")
    if action in SENT:
        return T("Itu sudah terkirim kepada warga. Bila keliru, kabarkan pembetulannya dengan /kabari.")
    if last["staff"] != here.officer.id:
        return T("/mundur hanya membatalkan langkah Anda sendiri, selama tidak ada yang terjadi sesudahnya.")
    if action in UNDONE:
        return T("Batas 10 menitnya sudah lewat. Bila keliru, tulis pembetulannya dengan /catat.")
    return T("Itu tidak dapat dibatalkan. Bila keliru, tulis pembetulannya dengan /catat.")
