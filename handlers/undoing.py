"""/mundur: who made the last step takes it back within ten minutes, later two people do; else the way is said."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers import joins, seconds
from handlers.asking import Halfway
from handlers.correcting import may_ask, not_theirs, recorded
from handlers.done import BACK, SHORT, UNDONE, beside, look
from handlers.effects import Effect, Option, Send, T
from handlers.happenings import ASIDE, by_two, said
from handlers.life import DIGABUNG, MOVES, STATUSES
from handlers.offers import in_the_way
from handlers.steps import in_other_hands, refused
from handlers.taking_back import Last, last_step, taken_back
from handlers.triage import DECIDE, KOORDINATOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.reply import Here
    from handlers.view import CaseView

UNDO = timedelta(minutes=10)
SENT = frozenset({"tanya", "kabari", "lengkapi"})  # the citizen has read it
CODED = re.compile(r"\.(?P<row>\d{1,9})\b\s*(?P<why>.*)", re.DOTALL)  # a row of the history, as a button names it
WHY = T("Mengapa langkah terakhir {ticket} perlu dibatalkan? Orang kedua akan membacanya.")
RIGHT = T("Nomor, tanggal, atau penerima yang keliru dibetulkan dengan /ralat.")
ALONE = T("Sendiri, langkah hanya dapat dibatalkan dalam 10 menit dan selama tidak ada yang terjadi sesudahnya.")
LABELS = {"label": T("Lepas label"), "tanpa_label": T("Pasang lagi")}


def undo(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """A slip of the thumb is taken back; the history keeps both."""
    both = _with_another(case, here)
    if coded := CODED.fullmatch(words):  # never alone: it was asked for as an act of two
        return _of_row(case, both, int(coded["row"]), coded["why"], here)
    *earlier, last = [row for row in case.history if row["action"] not in ASIDE]
    if _alone(last, here) and last["action"] == "gabung":
        return joins.part(case, "", here)
    if _alone(last, here) and last["action"] in UNDONE:
        before = earlier[-1]["status"]
        now = T("Langkah terakhir dibatalkan; {ticket} kembali: {status}.", ticket=case.ticket, status=STATUSES[before])
        return (taken_back(case, last["action"], before, here), Send(now, (look(case.ticket),), protect=True))
    way = _way(case, last, here)
    if both and words and (way is None or last["action"] in LABELS):
        return _proposed(case, both, words, here)
    return (_told(case, last, way, both, here),)


def _of_row(case: CaseView, both: Last | None, row: int, why: str, here: Here) -> tuple[Effect, ...]:
    """The step that the button named, if it is the last still. Raises Halfway: why it should be taken back?"""
    if both is None or both.row != row:
        text = T("{ticket} berubah sejak itu; langkah tadi tidak lagi dapat dibatalkan begini.", ticket=case.ticket)
        return (Send(text, (look(case.ticket),), protect=True),)
    if not why:
        raise Halfway(f".{row}", T(WHY.msgid, ticket=case.ticket))
    return _proposed(case, both, why, here)


def _proposed(case: CaseView, both: Last, why: str, here: Here) -> tuple[Effect, ...]:
    why = " ".join(why.split()).rstrip(".;")
    typed = f" ({both.words})" if both.words else ""
    wish = {
        "facts": {"langkah": both.step.action, "ke": both.before},
        "note": f"{both.step.label.msgid}{typed}, karena {why}",
        "reason": "",
        "ulang": f".{both.row} {why}",
    }
    return seconds.propose(case, "dibatalkan", wish, here)


def _alone(last: Mapping[str, Any], here: Here) -> bool:
    """Is it this officer's own, and of just now?"""
    return bool(last["staff"] == here.officer.id and here.turn.at - last["at"] <= UNDO)


def _with_another(case: CaseView, here: Here) -> Last | None:
    """The last step, where this officer may have it taken back if a second person agrees."""
    free = in_the_way(case) is None and in_other_hands(case, here.officer) is None
    return last_step(case) if free and here.officer.role in DECIDE else None


# --- what is said instead -------------------------------------------------------------------------------------


def _told(case: CaseView, last: Mapping[str, Any], way: Option | None, both: Last | None, here: Here) -> Send:
    """What was done last, why it is not taken back so, and each way that there is, as a press where one is enough."""
    rows, ways = [T("Yang terakhir pada {ticket}: {what}", ticket=case.ticket, what=said(last, SHORT))], []
    if way:
        command = way.data.split()[0]
        rows.append(T("Itu tidak dibatalkan dengan /mundur, melainkan dengan {command}.", command=command))
        ways.append(way)
    elif not both or last["action"] in SENT:
        rows.append(_why_not(case, last, here))
    if both:
        rows += [] if way else [ALONE]
        rows.append(T("Dengan orang kedua, langkah {step} masih dapat dibatalkan.", step=both.step.label))
        ways.append(Option(T("Batalkan berdua"), f"/mundur {case.ticket} .{both.row} @{case.rev}"))
    if _corrected(case, last, both, here):
        rows.append(RIGHT)
        ways.append(beside("ralat", T("Ralat"), case.ticket, case.rev))
    return Send(tuple(rows), (*ways, look(case.ticket)), protect=True)


def _corrected(case: CaseView, last: Mapping[str, Any], both: Last | None, here: Here) -> bool:
    """Was something typed for it that this officer can have put right?"""
    able = {"ralat", *(move.action for move in recorded(case))}
    return (last["action"] in able or (both is not None and both.step.action in able)) and may_ask(case, here.officer)


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


def _why_not(case: CaseView, last: Mapping[str, Any], here: Here) -> T:
    action = last["action"]
    if action in MOVES and by_two(action, last["reason"]):
        return T("Yang disetujui dua orang tidak dapat dibatalkan.")
    if action in SENT:
        return T("Itu sudah terkirim kepada warga. Bila keliru, kabarkan pembetulannya dengan /kabari.")
    if here.officer.role in DECIDE and in_other_hands(case, here.officer):
        return not_theirs(case)
    if last["staff"] != here.officer.id:
        return T("/mundur hanya membatalkan langkah Anda sendiri, selama tidak ada yang terjadi sesudahnya.")
    if action in UNDONE:
        return T("Batas 10 menitnya sudah lewat. Bila keliru, tulis pembetulannya dengan /catat.")
    return T("Itu tidak dapat dibatalkan. Bila keliru, tulis pembetulannya dengan /catat.")
