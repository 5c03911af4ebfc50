"""/ralat: a number, a day or a recipient that was recorded wrongly is put right by two; the history keeps both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from handlers.asking import Halfway
from handlers.days import AFTER, BEFORE, first_day, is_day
from handlers.deadlines import due
from handlers.effects import Effect, Option, Send, T, Value
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.life import KAJIAN, MOVES, PROLONG, STEPS, Move
from handlers.offers import in_the_way
from handlers.reading.words import match_option
from handlers.seconds import propose
from handlers.speech import spoken, written
from handlers.steps import in_other_hands, offered, read
from handlers.triage import DECIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.reply import Here
    from handlers.turn import Staff
    from handlers.view import CaseView

TYPED = frozenset({"nomor", "tanggal", "tenggat", "penerima"})  # what is typed for a step, and may be mistyped
WHICH = T("Catatan mana pada {ticket} yang keliru?")
TOO_LATE = T(
    "Terlalu akhir: {label} tercatat {day}. Tulis hari itu atau sebelumnya. Bila yang tercatat itu keliru, betulkan "
    "itu dahulu: /ralat {ticket}."
)
ANEW = {  # the question by what is typed, with what is recorded now
    "nomor": T("{step} sekarang tercatat: {now}. Tulis nomor yang benar, atau tanggalnya, atau keduanya dipisah koma."),
    "penerima": T(
        "{step} sekarang tercatat: {now}. Pilih penerima yang benar, atau tulis dengan tanggalnya, dipisah koma."
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
    return in_the_way(case) or (not_theirs(case) if in_other_hands(case, staff) else None)


def not_theirs(case: CaseView) -> T:
    """Who may have a step put right, or taken back by two: who handles the case, or a koordinator."""
    values = {"ticket": case.ticket, "name": case.holder_name}
    return T("{ticket} ditangani {name}; hanya {name} atau koordinator yang dapat mengusulkannya.", **values)


def correct(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/ralat LANGKAH YANG BENAR. Raises Halfway for what is missing still, Misread where no recorded step is named."""
    if why_not := _refused(case, here.officer):
        return (Send(why_not),)
    move, said = _meant(case, words)
    now = _words(case.facts[move.action])
    question = T(ANEW[move.needs].msgid, step=move.label.msgid, now=now)
    blank = _without(case, move)
    if not said:
        raise Halfway(move.action, question, ways=offered(move.action, blank, here))
    try:
        facts, anew = _read(case, blank, move, said, here)
    except Misread as misread:
        raise Halfway(move.action, question, misread.hint, offered(move.action, blank, here)) from misread
    if anew == now:
        return (Send(T("Tidak ada yang berubah: {step} memang sudah tercatat {now}.", step=move.label, now=now)),)
    note = f'{move.label.msgid} "{now}" menjadi "{anew}"'
    put = {"langkah": move.action, "menjadi": facts}
    return propose(case, "ralat", {"facts": put, "note": note, "reason": "", "ulang": f"{move.action} {anew}"}, here)


def _read(case: CaseView, blank: CaseView, move: Move, said: str, here: Here) -> tuple[dict[str, Any], str]:
    """What is right instead: what no word says stays, the number or the day. Raises Misread."""
    kept = case.facts[move.action]
    if move.needs == "nomor" and is_day(said, case, here):
        said = f"{kept['nomor']}, {said}"
    facts, anew, _ = read(move, blank, said, here, date.fromisoformat(kept["tanggal"]))
    _fits(case, move, facts, here)
    return facts, anew


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
    """The case as it was read for that step: without what was recorded of it, and while the clock ran."""
    facts = {key: kept for key, kept in case.facts.items() if key != move.action}
    return replace(case, facts=facts, status=KAJIAN if move.action == PROLONG else case.status)


def _words(kept: Mapping[str, Any]) -> str:
    """What is recorded of a step, as its history has it: 021/PLENO/X/2024, 14 Oktober 2024."""
    day = written(date.fromisoformat(kept["tanggal"]))
    named = kept.get("nomor") or kept.get("nama")
    return f"{named}, {day}" if named else day


def _fits(case: CaseView, move: Move, facts: Mapping[str, Any], here: Here) -> None:
    """The right day could have been typed when the step was recorded, and what followed could follow. Raises Misread.

    Of a step that was taken before, too, what followed may have followed that.
    """
    day = date.fromisoformat(facts["tanggal"])
    rows = [row["at"].date() for row in case.history if row["action"] == move.action]
    if rows and day > (written_on := rows[-1]):
        values = {"label": move.label, "day": spoken(written_on)}
        raise Misread(T("Terlalu akhir: {label} sudah dicatat {day}. Tulis hari itu atau sebelumnya.", **values))
    for later in () if BEFORE in case.facts[move.action] else _followers(case, move.action):
        if day > (there := first_day(case.facts[later])):
            raise Misread(T(TOO_LATE.msgid, label=MOVES[later].label, day=spoken(there), ticket=case.ticket))
    if PROLONG in case.facts and move.action in AFTER[PROLONG]:
        _fits_prolonged(case, {**case.facts, move.action: facts}, here)


def _followers(case: CaseView, action: str) -> Iterator[str]:
    return (later for later, follows in AFTER.items() if action in follows and later in case.facts)


def _fits_prolonged(case: CaseView, facts: Mapping[str, Any], here: Here) -> None:
    """Time was added while the clock ran, as it runs now."""
    added = first_day(facts[PROLONG])
    without = {key: kept for key, kept in facts.items() if key != PROLONG}
    ran = due(dict(case.answers), without, KAJIAN, here.turn.at, here.book)
    if ran is None or not ran.started <= added <= ran.last_day:
        text = T(
            "Dengan tanggal itu waktunya tidak dapat ditambah pada {day}, seperti yang tercatat. Bila {label} yang "
            "keliru, betulkan itu dahulu: /ralat {ticket}.",
            day=spoken(added),
            label=MOVES[PROLONG].label,
            ticket=case.ticket,
        )
        raise Misread(text)
