"""/mundur: who made the last step takes it back within ten minutes, later two people do; else the way is said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers import joins, seconds
from handlers.asking import Halfway
from handlers.correcting import may_ask, recorded
from handlers.done import BACK, SHORT, UNDONE, beside, look
from handlers.effects import Effect, Option, Send, T
from handlers.happenings import ASIDE, by_two, said
from handlers.life import DIGABUNG, MOVES, STATUSES
from handlers.offers import in_the_way
from handlers.steps import in_other_hands, refused
from handlers.taking_back import last_step, taken_back
from handlers.triage import DECIDE, KOORDINATOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.life import Move
    from handlers.reply import Here
    from handlers.view import CaseView

UNDO = timedelta(minutes=10)
SENT = frozenset({"tanya", "kabari", "lengkapi"})  # the citizen has read it
BOTH = ".berdua"  # behind the command, as a button has it: why, is asked for
WHY = T("Mengapa langkah terakhir {ticket} perlu dibatalkan? Orang kedua akan membacanya.")
RIGHT = T("Nomor atau tanggal yang keliru dibetulkan dengan /ralat.")
LABELS = {"label": T("Lepas label"), "tanpa_label": T("Pasang lagi")}


def undo(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """A slip of the thumb is taken back; the history keeps both."""
    *earlier, last = [row for row in case.history if row["action"] not in ASIDE]
    if _alone(last, here) and last["action"] == "gabung":
        return joins.part(case, "", here)
    if _alone(last, here) and last["action"] in UNDONE:
        before = earlier[-1]["status"]
        text = T(
            "Langkah terakhir dibatalkan; {ticket} kembali: {status}.", ticket=case.ticket, status=STATUSES[before]
        )
        return (taken_back(case, last["action"], before, here), Send(text, (look(case.ticket),), protect=True))
    if _way(case, last, here) is None and _with_another(case, here):
        return _by_two(case, words, last, here)
    return (_instead(case, last, here),)


def _by_two(case: CaseView, words: str, last: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """Later, or of a colleague's, a second person has to agree to why. Raises Halfway: why?"""
    step, before = last_step(case)
    if words == BOTH:
        raise Halfway("", T(WHY.msgid, ticket=case.ticket))
    if not words:
        return (_offered(case, MOVES[step], last, here),)
    put = {"langkah": step, "ke": before}
    note = f"{MOVES[step].label.msgid}: {words}"
    return seconds.propose(case, "dibatalkan", {"facts": put, "note": note, "reason": "", "ulang": words}, here)


def _offered(case: CaseView, step: Move, last: Mapping[str, Any], here: Here) -> Send:
    """The ways that two have: the step itself, and where something was typed for it, that alone."""
    sent = (_why_not(last, here),) if last["action"] in SENT else ()
    alone = T("Sendiri hanya dalam 10 menit, dan selama tidak ada yang terjadi sesudahnya.")
    both = T("Dengan orang kedua, langkah {step} masih dapat dibatalkan.", step=step.label)
    undo_it = Option(T("Batalkan berdua"), f"/mundur {case.ticket} {BOTH} @{case.rev}")
    right = (_right(case),) if step in recorded(case) else ()
    how = (RIGHT,) if right else ()
    return Send((_was(case, last), *sent, alone, both, *how), (undo_it, *right, look(case.ticket)), protect=True)


def _alone(last: Mapping[str, Any], here: Here) -> bool:
    """Is it this officer's own, and of just now?"""
    return bool(last["staff"] == here.officer.id and here.turn.at - last["at"] <= UNDO)


def _with_another(case: CaseView, here: Here) -> bool:
    """May this officer have the last step taken back, if a second person agrees?"""
    free = in_the_way(case) is None and in_other_hands(case, here.officer) is None
    return free and here.officer.role in DECIDE and last_step(case) != ("", "")


# --- not by /mundur -------------------------------------------------------------------------------------------


def _instead(case: CaseView, last: Mapping[str, Any], here: Here) -> Send:
    """What was done last, why it is not taken back so, and the way that there is: a press, where one is enough."""
    first = _was(case, last)
    if way := _way(case, last, here):
        command = way.data.split()[0]
        how = T("Itu tidak dibatalkan dengan /mundur, melainkan dengan {command}.", command=command)
        return Send((first, how), (way, look(case.ticket)), protect=True)
    if not _corrected(last, case, here):
        return Send((first, _why_not(last, here)), (look(case.ticket),), protect=True)
    return Send((first, _why_not(last, here), RIGHT), (_right(case), look(case.ticket)), protect=True)


def _right(case: CaseView) -> Option:
    return beside("ralat", T("Ralat"), case.ticket, case.rev)


def _was(case: CaseView, last: Mapping[str, Any]) -> T:
    return T("Yang terakhir pada {ticket}: {what}", ticket=case.ticket, what=said(last, SHORT))


def _corrected(last: Mapping[str, Any], case: CaseView, here: Here) -> bool:
    """Is it a step whose number or day this officer can have put right, or was one?"""
    able = {"ralat", *(move.action for move in recorded(case))}
    return last["action"] in able and may_ask(case, here.officer)


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
