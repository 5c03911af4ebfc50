"""/ralat: a number, a day or a recipient that was recorded wrongly is put right by two; the history keeps both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.asking import Halfway
from handlers.days import AFTER, BEFORE
from handlers.effects import Effect, Option, Send, T, Value
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.life import MOVES, STEPS, Move
from handlers.offers import in_the_way
from handlers.reading.words import match_option
from handlers.seconds import propose
from handlers.speech import spoken, written
from handlers.steps import in_other_hands, read
from handlers.triage import DECIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.reply import Here
    from handlers.turn import Staff
    from handlers.view import CaseView

TYPED = frozenset({"nomor", "tanggal", "tenggat", "penerima"})  # what is typed for a step, and may be mistyped
WHICH = T("Catatan mana pada {ticket} yang keliru?")
ANEW = {  # the question by what is typed, with what is recorded now
    "nomor": T(
        "{step} sekarang tercatat: {now}. Tulis nomor yang benar; bila tanggalnya juga keliru, tambahkan koma dan "
        "tanggalnya."
    ),
    "penerima": T(
        "{step} sekarang tercatat: {now}. Tulis penerima yang benar; bila tanggalnya juga keliru, tambahkan koma dan "
        "tanggalnya."
    ),
    "tanggal": T("{step} sekarang tercatat: {now}. Tulis tanggal yang benar."),
    "tenggat": T("{step} sekarang tercatat: {now}. Tulis tanggal yang benar."),
}


def recorded(case: CaseView) -> tuple[Move, ...]:
    """The steps of the case for which something was typed, in the order of the road."""
    return tuple(move for move in STEPS if move.needs in TYPED and move.action in case.facts)


def ways(case: CaseView, here: Here) -> tuple[Option, ...]:
    """The buttons under the question which of them is wrong."""
    del here
    return tuple(Option(move.label, move.action) for move in recorded(case))


def asks(case: CaseView, here: Here) -> bool:
    """Is there something to choose from, for this officer?"""
    return _refused(case, here.officer) is None


def may_ask(case: CaseView, reader: Staff) -> bool:
    """May who reads the card have something put right?"""
    return reader.role in DECIDE and _refused(case, reader) is None


def _refused(case: CaseView, staff: Staff) -> T | None:
    if not recorded(case):
        return T("Belum ada nomor atau tanggal langkah yang tercatat pada {ticket}.", ticket=case.ticket)
    return in_the_way(case) or in_other_hands(case, staff)


def correct(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/ralat LANGKAH YANG BENAR. Raises Halfway for what is missing still, Misread where no recorded step is named."""
    if why_not := _refused(case, here.officer):
        return (Send(why_not),)
    move, said = _meant(case, words)
    kept = case.facts[move.action]
    day, now = date.fromisoformat(kept["tanggal"]), _words(kept)
    question = T(ANEW[move.needs].msgid, step=move.label.msgid, now=now)
    if not said:
        raise Halfway(move.action, question)
    try:
        facts, anew, _ = read(move, _without(case, move), said, here, day)
        _fits_what_follows(case, move, date.fromisoformat(facts["tanggal"]))
    except Misread as misread:
        raise Halfway(move.action, question, misread.hint) from misread
    if anew == now:
        return (Send(T("Tidak ada yang berubah: {step} memang sudah tercatat {now}.", step=move.label, now=now)),)
    note = f'{move.label.msgid} "{now}" menjadi "{anew}"'
    again = f"{move.action} {said}"
    put = {"langkah": move.action, "menjadi": facts}
    return propose(case, "ralat", {"facts": put, "note": note, "reason": "", "ulang": again}, here)


def _meant(case: CaseView, words: str) -> tuple[Move, str]:
    """Which step, by its command or by its button, and what is right instead. Raises Misread."""
    able = {move.action: move for move in recorded(case)}
    for move in able.values():
        for name in (move.label.msgid, move.action):
            head, rest = words[: len(name)], words[len(name) :]
            if head.casefold() == name.casefold() and not rest[:1].isalnum():
                return move, rest.strip(" :,")
    if action := match_option(words, [(move.action, move.label.msgid) for move in able.values()]):
        return able[action], ""
    rows: tuple[Value, ...] = tuple(T("• {name}", name=move.label) for move in able.values())
    raise Misread((T("Yang tercatat pada {ticket}:", ticket=case.ticket), *rows))


def _without(case: CaseView, move: Move) -> CaseView:
    """The case as it was read for that step: without what was recorded of it."""
    return replace(case, facts={key: kept for key, kept in case.facts.items() if key != move.action})


def _words(kept: Mapping[str, Any]) -> str:
    """What is recorded of a step, as its history has it: 021/PLENO/X/2024, 14 Oktober 2024."""
    day = written(date.fromisoformat(kept["tanggal"]))
    named = kept.get("nomor") or kept.get("nama")
    return f"{named}, {day}" if named else day


def _fits_what_follows(case: CaseView, move: Move, day: date) -> None:
    """It is no later than the steps that follow it; of a step that was taken before, too, that time counts."""
    if BEFORE in case.facts[move.action]:
        return
    for later in (name for name, follows in AFTER.items() if move.action in follows and name in case.facts):
        there = date.fromisoformat(case.facts[later]["tanggal"])
        if day > there:
            too_late = T(
                "Terlalu akhir: {label} tercatat {day}. Tulis hari itu atau sebelumnya. Bila yang tercatat itu keliru, "
                "betulkan itu dahulu: /ralat {ticket}.",
                label=MOVES[later].label,
                day=spoken(there),
                ticket=case.ticket,
            )
            raise Misread(too_late)
