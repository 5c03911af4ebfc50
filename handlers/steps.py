"""The steps of a case on its road: one command each, made of the table (handlers/life.py)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers.deadlines import last_day
from handlers.effects import Effect, MoveCase, Option, Send, T
from handlers.events import CaseMoved
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.life import DITANGANI, ENDED, MOVES, REASONS, REFUSALS, STATUSES, STEPS, Move
from handlers.offers import in_the_way
from handlers.reading.dates import read_date
from handlers.reading.words import match_option
from handlers.speech import spoken, today, written
from handlers.standing import standing
from handlers.triage import holds, may_decide, permitted
from law.recipients import receiving

if TYPE_CHECKING:
    from datetime import date

    from handlers.reply import Here
    from handlers.turn import Staff
    from handlers.view import CaseView

    Read = tuple[dict[str, Any], str, str]  # what is kept, its words for the history, the code of a reason

LONGEST_NUMBER = 80  # characters
UNDO = timedelta(minutes=10)
COMPLETION = 2  # days after the notice: Perbawaslu 8/2020; Perbawaslu 7/2022 art. 15
LISTS = {"tutup": REASONS, "tolak": REFUSALS}
NOT_A_DAY = T("Tanggal itu belum kami mengerti, atau belum tiba. Contoh: hari ini, atau 14 Oktober 2024.")
NOT_A_NUMBER = T("Nomor itu belum tampak seperti nomor surat atau register. Salin apa adanya, paling panjang 80 huruf.")


def read(move: Move, case: CaseView, words: str, here: Here) -> Read:
    """What was typed for a move. Raises Misread."""
    return READERS[move.needs](move, case, words, here)


def refused(action: str, case: CaseView, staff: Staff) -> T | None:
    """Why this officer cannot make this move now; None where nothing is in the way. Asked before any question."""
    if waits := in_the_way(case):
        return waits
    if action == "ambil" and case.status == DITANGANI:
        return _taken(case, staff)
    if not permitted(action, case):
        return not_now(case)
    if not may_decide(staff, action):
        return T("Langkah itu diputuskan petugas kantor kabupaten, kota, atau di atasnya.")
    if case.holder and case.status not in ENDED and not holds(staff, case):
        return _taken(case, staff)
    return None


def _taken(case: CaseView, staff: Staff) -> T:
    if case.holder == staff.id:
        return T("{ticket} sudah Anda tangani.", ticket=case.ticket)
    return T("{ticket} sudah ditangani oleh {name}.", ticket=case.ticket, name=case.holder_name)


def not_now(case: CaseView) -> T:
    """The case is elsewhere on its road."""
    return T(
        "{ticket} sekarang berstatus {status}; itu tidak dapat dilakukan.",
        ticket=case.ticket,
        status=STATUSES[case.status],
    )


def carried_out(case: CaseView, move: Move, got: Read, here: Here, *, shows: bool = True) -> tuple[Effect, ...]:
    """The move itself: state, what is kept of it, history, and a plain sentence to the citizen.

    With `shows` the card is all that is answered, so it is shown also where it does not stand yet.
    """
    facts, note, reason = got
    tell = CaseMoved(case.ticket, move.target, case.office_name, reason)
    if move.action == "kurang":
        stage = standing(dict(case.answers), here.turn.at, here.book).stage
        tell = replace(tell, words=note, days=COMPLETION if stage else 0)
    kept = {move.action: facts, "usul": None}
    last = last_day(dict(case.answers), {**case.facts, move.action: facts}, move.target, here.turn.at, here.book)
    return (
        MoveCase(
            case.ticket,
            case.rev,
            move.action,
            move.target,
            note=note,
            reason=reason,
            facts=kept,
            deadline=last,
            tell=tell,
            shows=shows,
        ),
    )


# --- what is typed for a move ---------------------------------------------------------------------------------


def _today(case: CaseView, here: Here) -> date:
    return today(here.turn.at, dict(case.answers))


def _nothing(move: Move, case: CaseView, words: str, here: Here) -> Read:
    del move, words
    return {"tanggal": _today(case, here).isoformat()}, "", ""


def _words(move: Move, case: CaseView, words: str, here: Here) -> Read:
    del move
    return {"kata": words, "tanggal": _today(case, here).isoformat()}, words, ""


def _day(words: str, case: CaseView, here: Here) -> date:
    found = read_date(words, _today(case, here))
    if found is None:
        raise Misread(NOT_A_DAY)
    return found.date


def _dated(move: Move, case: CaseView, words: str, here: Here) -> Read:
    del move
    day = _day(words, case, here).isoformat()
    return {"tanggal": day}, written(day), ""


def _numbered(move: Move, case: CaseView, words: str, here: Here) -> Read:
    """A number as it stands in the register, and its day; never made up, only copied."""
    del move
    number, comma, rest = (part.strip() for part in words.rpartition(","))
    day = _day(rest, case, here) if comma else _today(case, here)
    number = number if comma else rest
    if not re.search(r"\d", number) or len(number) > LONGEST_NUMBER or number.upper().startswith("JN-"):
        raise Misread(NOT_A_NUMBER)
    return {"nomor": number, "tanggal": day.isoformat()}, f"{number}, {written(day)}", ""


def _reasoned(move: Move, case: CaseView, words: str, here: Here) -> Read:
    """One of a short list, so that the citizen gets a plain sentence."""
    table = LISTS[move.action]
    code = match_option(words, [(code, label.msgid, code.replace("_", " ")) for code, label in table.items()])
    if code is None:
        names = tuple(T("• {name}", name=label) for label in table.values())
        raise Misread((T("Alasan itu tidak ada dalam daftar. Pilih salah satu:"), *names))
    return {"alasan": code, "tanggal": _today(case, here).isoformat()}, "", code


def _received(move: Move, case: CaseView, words: str, here: Here) -> Read:
    """Who gets the recommendation, as the law has it on the day of forwarding."""
    del move
    name, comma, rest = (part.strip() for part in words.partition(","))
    day = _day(rest, case, here) if comma else _today(case, here)
    able = receiving(here.book.recipients, case.answers.get("position", ""), day)
    code = match_option(name, [(one.id, one.name, one.id) for one in able])
    if code is None:
        names = tuple(T("• {name}", name=one.name) for one in able)
        raise Misread((T("Penerima itu tidak berlaku pada {day}. Pilih salah satu:", day=spoken(day)), *names))
    chosen = next(one.name for one in able if one.id == code)
    facts = {"penerima": code, "nama": chosen, "tanggal": day.isoformat()}
    return facts, f"{chosen}, {written(day)}", ""


READERS = {
    "": _nothing,
    "kata": _words,
    "tanggal": _dated,
    "nomor": _numbered,
    "alasan": _reasoned,
    "penerima": _received,
}


def offered(action: str, case: CaseView, here: Here) -> tuple[Option, ...]:
    """The buttons under a move's question."""
    move = MOVES[action]
    if move.needs == "alasan":
        return tuple(Option(label, code) for code, label in LISTS[action].items())
    if move.needs == "penerima":
        able = receiving(here.book.recipients, case.answers.get("position", ""), _today(case, here))
        return tuple(Option(one.name, one.id) for one in able)
    return (Option(T("Hari ini"), "hari ini"),) if move.needs == "tanggal" else ()


def undo(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/mundur: a slip of the thumb is taken back within ten minutes by who made it; the history keeps both."""
    del words
    *earlier, last = case.history or ({},)
    move = next((one for one in STEPS if one.action == last.get("action") and not one.two), None)
    if move is None or last["staff"] != here.officer.id or here.turn.at - last["at"] > UNDO or not earlier:
        return (Send(T("Tidak ada langkah Anda pada {ticket} yang dapat dibatalkan.", ticket=case.ticket)),)
    before = earlier[-1]["status"]
    tell = CaseMoved(case.ticket, "mundur", case.office_name, before)
    facts = {move.action: None, "usul": None}
    left = {key: value for key, value in case.facts.items() if key not in facts}
    due = last_day(dict(case.answers), left, before, here.turn.at, here.book)
    note = move.label.msgid
    back = MoveCase(case.ticket, case.rev, "mundur", before, note=note, facts=facts, deadline=due, tell=tell)
    now = STATUSES[before]
    return (back, Send(T("Langkah terakhir dibatalkan; {ticket} kembali: {status}.", ticket=case.ticket, status=now)))


def open_to(case: CaseView) -> tuple[Move, ...]:
    """The steps that the table allows from here."""
    return tuple(move for move in STEPS if permitted(move.action, case))


def ways(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/langkah: what can come next, and what each rests on."""
    del words, here
    moves = open_to(case)
    if not moves:
        return (Send(T("Tidak ada langkah berikutnya untuk {ticket}.", ticket=case.ticket)),)
    rows = tuple(T("• {label}: {origin}", label=move.label, origin=move.origin) for move in moves)
    return (Send((T("Langkah berikutnya untuk {ticket}:", ticket=case.ticket), *rows), buttons(case), protect=True),)


def buttons(case: CaseView) -> tuple[Option, ...]:
    """The next steps as buttons, each with the revision that was on screen."""
    return tuple(
        Option(move.label, f"/{TAPPED.get(move.action, move.action)} {case.ticket} @{case.rev}")
        for move in open_to(case)
    )


TAPPED = {"kurang": "lengkapi"}  # what is missing is tapped (handlers/completing.py); typed it stays words
