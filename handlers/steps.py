"""The steps of a case on its road: one command each, made of the table; and the second person where one could harm."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handlers.effects import Effect, MoveCase, Option, Send, T, To
from handlers.events import CaseMoved
from handlers.flow import Misread
from handlers.life import DITANGANI, ENDED, MOVES, REASONS, REFUSALS, REFUSING, STATUSES, STEPS, Move
from handlers.reading.dates import read_date
from handlers.reading.words import match_option
from handlers.speech import spoken, today, written
from handlers.triage import holds, may_decide, permitted
from law.recipients import receiving

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from handlers.effects import Staff, Value
    from handlers.events import CaseView
    from handlers.reply import Here

    Facts = dict[str, Any]
    Read = tuple[Facts, str, str]  # what is kept, its words for the history, the code of a reason

LONGEST_NUMBER = 80  # characters
UNDO = timedelta(minutes=10)
LISTS = {"tutup": REASONS, "tolak": REFUSALS}
NOT_A_DAY = T("Tanggal itu belum kami mengerti, atau belum tiba. Contoh: hari ini, atau 14 Oktober 2024.")
NOT_A_NUMBER = T("Nomor itu belum tampak seperti nomor surat atau register. Salin apa adanya, paling panjang 80 huruf.")


def step(action: str, case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """Make a move of the table, or propose it where two people are needed. Raises Misread: what is to be typed."""
    move = MOVES[action]
    facts, note, reason = READERS[move.needs](move, case, words, here)
    if move.two or reason in REFUSING:
        return propose(case, move, {"facts": facts, "note": note, "reason": reason}, here)
    return carried_out(case, move, facts, note, reason)


def refused(action: str, case: CaseView, staff: Staff) -> T | None:
    """Why this officer cannot make this move now; None where nothing is in the way. Asked before any question."""
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


def carried_out(case: CaseView, move: Move, facts: Facts, note: str, reason: str) -> tuple[Effect, ...]:
    """The move itself: state, what is kept of it, history, and a plain sentence to the citizen."""
    tell = CaseMoved(case.ticket, move.target, case.office_name, reason)
    kept = {move.action: facts, "usul": None}
    return (MoveCase(case.ticket, case.rev, move.action, move.target, note=note, reason=reason, facts=kept, tell=tell),)


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
    staff = here.turn.staff
    assert staff is not None, "only officers get here"
    *earlier, last = case.history or ({},)
    move = next((one for one in STEPS if one.action == last.get("action") and not one.two), None)
    if move is None or last["staff"] != staff.id or here.turn.at - last["at"] > UNDO or not earlier:
        return (Send(T("Tidak ada langkah Anda pada {ticket} yang dapat dibatalkan.", ticket=case.ticket)),)
    before = earlier[-1]["status"]
    tell = CaseMoved(case.ticket, "mundur", case.office_name, before)
    facts = {move.action: None, "usul": None}
    back = MoveCase(case.ticket, case.rev, "mundur", before, note=move.label.msgid, facts=facts, tell=tell)
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
    wish = (
        (
            Option(T("Setujui"), f"/setuju {case.ticket} @{case.rev}"),
            Option(T("Tidak setuju"), f"/bantah {case.ticket} @{case.rev}"),
        )
        if _wish(case)
        else ()
    )
    return (*wish, *(Option(move.label, f"/{move.action} {case.ticket} @{case.rev}") for move in open_to(case)))


# --- two people -------------------------------------------------------------------------------------------------


def propose(case: CaseView, move: Move, read: Mapping[str, Any], here: Here) -> tuple[Effect, ...]:
    """Keep the words until another person has confirmed the same ones; any change of the case in between voids them."""
    staff = here.turn.staff
    assert staff is not None, "only officers get here"
    rev = case.rev + 1  # what it will be when this is kept
    wish = {**read, "action": move.action, "by": staff.id, "name": staff.name, "rev": rev}
    what = _what(wish)
    ask = Send(
        (
            T("{ticket}: {name} mengusulkan: {what}.", ticket=case.ticket, name=staff.name, what=what),
            T("Langkah ini perlu orang kedua. Periksa isinya; bila sama dengan yang Anda ketahui, tekan Setujui."),
        ),
        (
            Option(T("Setujui"), f"/setuju {case.ticket} @{rev}"),
            Option(T("Tidak setuju"), f"/bantah {case.ticket} @{rev}"),
            Option(T("Lihat kartu"), f"/kasus {case.ticket}"),
        ),
        to=To("second", case.office),
        protect=True,
    )
    noted = T(
        "Usul untuk {ticket} dicatat: {what}. Menunggu orang kedua di kantor ini, atau di kantor atasnya.",
        ticket=case.ticket,
        what=what,
    )
    note = f"{move.action}: {read['note']}" if read["note"] else move.action
    kept = MoveCase(case.ticket, case.rev, "usul", case.status, note=note, reason=read["reason"], facts={"usul": wish})
    return (kept, Send(noted), ask)


def _what(wish: Mapping[str, Any]) -> T:
    move = MOVES[wish["action"]]
    detail: Value = LISTS[move.action][wish["reason"]] if wish["reason"] else wish["note"]
    return T("{move}: {detail}", move=move.label, detail=detail)


def wish_line(case: CaseView) -> tuple[T, ...]:
    """The line on the card that says what waits for a second person."""
    wish = _wish(case)
    return (T("Menunggu orang kedua: {what} (diusulkan {name}).", what=_what(wish), name=wish["name"]),) if wish else ()


def _wish(case: CaseView) -> Mapping[str, Any]:
    """What waits and still holds."""
    wish: Mapping[str, Any] = case.facts.get("usul") or {}
    return wish if wish.get("rev") == case.rev else {}


def agree(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/setuju: the second person confirms the very words that were proposed, and the move is made."""
    del words
    staff = here.turn.staff
    assert staff is not None, "only officers get here"
    wish = _wish(case)
    if not wish:
        return (Send(_no_wish(case)),)
    move = MOVES[wish["action"]]
    if wish["by"] == staff.id:
        return (Send(T("Usul Anda sendiri perlu disetujui orang lain.")),)
    if not may_decide(staff, move.action) or not permitted(move.action, case):
        return (Send(_no_wish(case)),)
    note = f"{wish['note']} (usul {wish['name']})".strip()
    return carried_out(case, move, dict(wish["facts"]), note, wish["reason"])


def _no_wish(case: CaseView) -> T:
    if case.facts.get("usul"):
        return T("Usul untuk {ticket} gugur, karena kasusnya berubah sesudah itu. Usulkan lagi.", ticket=case.ticket)
    return T("Tidak ada usul yang menunggu persetujuan untuk {ticket}.", ticket=case.ticket)


def deny(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/bantah: the second person does not agree, or the first takes it back; nothing was done."""
    del words
    staff = here.turn.staff
    assert staff is not None, "only officers get here"
    wish = _wish(case)
    if not wish:
        return (Send(_no_wish(case)),)
    move = MoveCase(case.ticket, case.rev, "bantah", case.status, facts={"usul": None})
    done = Send(T("Usul untuk {ticket} dibatalkan.", ticket=case.ticket))
    if wish["by"] == staff.id:
        return (move, done)
    what = _what(wish)
    told = T("Usul untuk {ticket} tidak disetujui {name}: {what}.", ticket=case.ticket, name=staff.name, what=what)
    return (move, done, Send(told, to=To("staff", str(wish["by"])), protect=True))
