"""The steps of a case on its road: one command each, made of the table (handlers/life.py)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handlers import joins
from handlers.checklist import left_open
from handlers.days import BEFORE, day_of, here_now, is_day, read_day
from handlers.deadlines import due, last_day
from handlers.done import beside, look, told
from handlers.effects import Effect, MoveCase, Option, Send, T, Value
from handlers.events import CaseMoved
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.life import DILENGKAPI, DITANGANI, ENDED, MOVES, PROLONG, STATUSES, STEPS, Move
from handlers.offers import in_the_way
from handlers.reading.dates import read_date
from handlers.reading.words import match_option
from handlers.reasons import REASONS, REFUSALS, STOPS
from handlers.speech import spoken, written
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
MOST_WAYS = 5  # buttons of what can be done instead
LISTS = {"tutup": REASONS, "tolak": REFUSALS, "hentikan": STOPS}
DECIDED_BY = T("Langkah itu diputuskan petugas kantor kabupaten, kota, atau di atasnya.")
NO_NUMBER = T(
    "Nomornya belum ada: {words} terbaca sebagai tanggal. Tulis nomornya dahulu, lalu koma dan "
    "tanggalnya; bila itu memang nomornya, tambahkan tanggalnya: {words}, hari ini."
)
NOT_A_NUMBER = T("Nomor itu belum tampak seperti nomor surat atau register. Salin apa adanya, paling panjang 80 huruf.")


def read(move: Move, case: CaseView, words: str, here: Here, unsaid: date | None = None) -> Read:
    """What was typed for a move; its day is `unsaid` where no word says it: today, if not given. Raises Misread."""
    return READERS[move.needs](move, case, words, here, unsaid or here_now(case, here))


def refused(action: str, case: CaseView, staff: Staff) -> T | None:
    """Why this officer cannot make this move now; None where nothing is in the way. Asked before any question."""
    if waits := in_the_way(case):
        return waits
    if action == "ambil" and case.status == DITANGANI:
        return _taken(case, staff)
    if not permitted(action, case):
        return _beyond(action, case)
    if not may_decide(staff, action):
        return DECIDED_BY
    return in_other_hands(case, staff)


def in_other_hands(case: CaseView, staff: Staff) -> T | None:
    """What stands in the way of whoever does not handle it: it is a colleague's."""
    if case.holder and case.status not in ENDED and not holds(staff, case):
        return _taken(case, staff)
    return None


def _beyond(action: str, case: CaseView) -> T:
    if action == PROLONG and PROLONG in case.facts:
        return T("Waktu penanganan {ticket} sudah ditambah; tambahannya hanya satu kali.", ticket=case.ticket)
    return joins.beyond(case) if action == "gabung" else not_now(MOVES[action].label, case)


def _taken(case: CaseView, staff: Staff) -> T:
    if case.holder == staff.id:
        return T("{ticket} sudah Anda tangani.", ticket=case.ticket)
    return T("{ticket} sudah ditangani oleh {name}.", ticket=case.ticket, name=case.holder_name)


def not_now(label: T, case: CaseView) -> T:
    """The case is elsewhere on its road."""
    now: Value = STATUSES[case.status]
    if case.holder and case.status not in ENDED:
        now = T("{status} ({name})", status=now, name=case.holder_name)
    return T("{step} tidak dapat dilakukan: {ticket} sekarang {state}.", step=label, ticket=case.ticket, state=now)


def refusal(action: str, why_not: T, case: CaseView, here: Here) -> Send:
    """How it is said that the move is not made; with what can be done instead where it is not the state's to make."""
    said_best = permitted(action, case) or action in {"gabung", PROLONG} or case.offered
    taken = action == "ambil" and case.status == DITANGANI
    return Send(why_not) if said_best or taken else cannot(MOVES[action].label, case, here)


def cannot(label: T, case: CaseView, here: Here) -> Send:
    """The same, and what can be done instead: each as a button, a handful of them."""
    moves = [move for move in MOVES.values() if move.action != "gabung"]  # to join is no step on the road
    able = [move for move in moves if not refused(move.action, case, here.officer)]
    ways = tuple(beside(_tapped(move), move.label, case.ticket, case.rev) for move in able[:MOST_WAYS])
    rows: list[Value] = [not_now(label, case)]
    if ways:
        rows.append(T("Yang dapat dilakukan sekarang:"))
    if len(able) > len(ways):
        rows.append(T("Selebihnya: /langkah {ticket}", ticket=case.ticket))
    return Send(tuple(rows), ways or (look(case.ticket),), protect=True)


def carried_out(case: CaseView, move: Move, got: Read, here: Here) -> tuple[MoveCase]:
    """The move itself: state, what is kept of it, history, a line here, and a plain sentence to the citizen."""
    facts, note, reason = got
    to = move.lands(case.status)
    last = last_day(dict(case.answers), {**case.facts, move.action: facts}, to, here.turn.at, here.book)
    tell = CaseMoved(case.ticket, move.target or move.action, case.office_name, reason)
    tell = with_asked(tell, case, move.target or move.action, note, last, here)
    step = MoveCase(
        case.ticket,
        case.rev,
        move.action,
        to,
        note=note,
        reason=reason,
        facts={move.action: kept(case, move.action, facts)},
        tell=tell,
    )
    left = left_open(case, here.book) if to != case.status else ()
    return (told(case, step, here, *left),)


def kept(case: CaseView, action: str, facts: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a step; of one that was taken before, too, so that it can be taken back alone."""
    before = case.facts.get(action)
    return {**facts, BEFORE: before} if before else facts


def told_until(case: CaseView, last: str, here: Here) -> str:
    """The last day as the citizen is told it: where a limit of the law runs."""
    return last if standing(dict(case.answers), here.turn.at, here.book).stage else ""


def with_asked(tell: CaseMoved, case: CaseView, to: str, words: str, last: str, here: Here) -> CaseMoved:
    """The news with what the first study asks of the citizen, where the case comes to wait for it or goes on."""
    if to == DILENGKAPI:
        return replace(tell, words=words, until=told_until(case, last, here), office=case.office)
    if to == PROLONG:
        return replace(tell, until=told_until(case, last, here), office=case.office)
    return replace(tell, settled=asked_words(case)) if case.status == DILENGKAPI else tell


def asked_words(case: CaseView) -> str:
    """What the first study found missing, as it was asked of the citizen."""
    return str(case.facts.get("kurang", {}).get("kata", ""))


# --- what is typed for a move ---------------------------------------------------------------------------------


def _nothing(move: Move, case: CaseView, words: str, here: Here, unsaid: date) -> Read:
    del move, case, words, here
    return {"tanggal": unsaid.isoformat()}, "", ""


def _words(move: Move, case: CaseView, words: str, here: Here, unsaid: date) -> Read:
    del move, case, here
    return {"kata": words, "tanggal": unsaid.isoformat()}, words, ""


def _dated(move: Move, case: CaseView, words: str, here: Here, unsaid: date) -> Read:
    del unsaid
    day = day_of(move.action, words, case, here)
    return {"tanggal": day.isoformat()}, written(day), ""


def _within(move: Move, case: CaseView, words: str, here: Here, unsaid: date) -> Read:
    """The day of a decision that could be made only while the clock ran."""
    del move, unsaid
    day = read_day(words, case, here)
    ran = due(dict(case.answers), case.facts, case.status, here.turn.at, here.book)
    if ran is None:  # the law or its calendar changed since the case was sorted
        raise Misread(T("Tidak ada tenggat yang berjalan untuk {ticket}.", ticket=case.ticket))
    if not ran.started <= day <= ran.last_day:
        between = {"first": spoken(ran.started), "last": spoken(ran.last_day)}
        raise Misread(T("Tenggatnya berjalan {first} sampai {last}. Tulis tanggal di antaranya.", **between))
    return {"tanggal": day.isoformat()}, written(day), ""


def _numbered(move: Move, case: CaseView, words: str, here: Here, unsaid: date) -> Read:
    """A number as it stands in the register, and its day; never made up, only copied."""
    number, said = _parted(" ".join(words.split()))
    if not said and is_day(number, case, here):
        raise Misread(T(NO_NUMBER.msgid, words=number))
    day = day_of(move.action, said, case, here) if said else unsaid
    if not re.search(r"\d", number) or len(number) > LONGEST_NUMBER or number.upper().startswith("JN-"):
        raise Misread(NOT_A_NUMBER)
    return {"nomor": number, "tanggal": day.isoformat()}, f"{number}, {written(day)}", ""


def _parted(words: str) -> tuple[str, str]:
    """A number, and the day that was said with it: after a comma, after "tanggal", or at the end as a whole date."""
    for how in (AFTER_COMMA, AFTER_WORD, AT_END):
        if found := how.fullmatch(words.strip()):
            return found["number"].strip(" ,"), found["day"].strip()
    return words.strip(), ""


AFTER_WORD = re.compile(r"(?P<number>.+?),?\s+(tanggal|tgl\.?)\s+(?P<day>.+)", re.IGNORECASE)
AFTER_COMMA = re.compile(r"(?P<number>.+),(?!\s*(tanggal|tgl))(?P<day>[^,]*)", re.IGNORECASE)
AT_END = re.compile(r"(?P<number>.+?)\s+(?P<day>\d{1,2}([\s/.-]+[A-Za-z]+[\s/.-]+|[/.-]\d{1,2}[/.-])\d{4})")


def _reasoned(move: Move, case: CaseView, words: str, here: Here, unsaid: date) -> Read:
    """One of a short list, so that the citizen gets a plain sentence."""
    del case, here
    table = LISTS[move.action]
    code = match_option(words, [(code, label.msgid, code.replace("_", " ")) for code, label in table.items()])
    if code is None:
        names = tuple(T("• {name}", name=label) for label in table.values())
        raise Misread((T("Alasan itu tidak ada dalam daftar. Pilih salah satu:"), *names))
    return {"alasan": code, "tanggal": unsaid.isoformat()}, "", code


def _received(move: Move, case: CaseView, words: str, here: Here, unsaid: date) -> Read:
    """Who gets the recommendation, as the law has it on the day of forwarding."""
    name, comma, rest = (part.strip() for part in words.partition(","))
    head, _, last = name.rpartition(" ")
    if not comma and head and read_date(last, here_now(case, here)):
        name, comma, rest = head, ",", last  # "Inspektorat kemarin"
    day = day_of(move.action, rest, case, here) if comma else unsaid
    able = receiving(here.book.recipients, case.answers.get("position", ""), day)
    code = match_option(name, [(one.id, one.name, one.id) for one in able])
    if code is None:
        names = tuple(T("• {name}", name=one.name) for one in able)
        raise Misread(
            (
                T("Penerima itu tidak kami kenali, atau tidak berlaku pada {day}. Pilih salah satu:", day=spoken(day)),
                *names,
            )
        )
    chosen = next(one.name for one in able if one.id == code)
    facts = {"penerima": code, "nama": chosen, "tanggal": day.isoformat()}
    return facts, f"{chosen}, {written(day)}", ""


READERS = {
    "": _nothing,
    "kata": _words,
    "tanggal": _dated,
    "tenggat": _within,
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
        able = receiving(here.book.recipients, case.answers.get("position", ""), here_now(case, here))
        return tuple(Option(one.name, one.id) for one in able)
    today_is_one = move.needs == "tanggal" or (
        move.needs == "tenggat" and here_now(case, here).isoformat() <= case.deadline
    )
    return (Option(T("Hari ini"), "hari ini"),) if today_is_one else ()


def open_to(case: CaseView) -> tuple[Move, ...]:
    """The steps that the table allows from here."""
    return tuple(move for move in STEPS if permitted(move.action, case))


def ways(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/langkah: what can come next, and what each rests on."""
    del words, here
    moves = open_to(case)
    if elsewhere := joins.goes_on(case):
        return (elsewhere,)
    if not moves:
        return (Send(T("Tidak ada langkah berikutnya untuk {ticket}.", ticket=case.ticket)),)
    rows = tuple(T("• {label}: {origin}", label=move.label, origin=move.origin) for move in moves)
    return (Send((T("Langkah berikutnya untuk {ticket}:", ticket=case.ticket), *rows), buttons(case), protect=True),)


def buttons(case: CaseView) -> tuple[Option, ...]:
    """The next steps as buttons, each with the revision that was on screen."""
    return tuple(Option(move.label, f"/{_tapped(move)} {case.ticket} @{case.rev}") for move in open_to(case))


def _tapped(move: Move) -> str:
    """What is missing is tapped (handlers/completing.py); typed it stays words."""
    return "lengkapi" if move.action == "kurang" else move.action
