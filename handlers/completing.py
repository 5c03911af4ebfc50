"""What an officer taps as missing, until it is sent to the citizen as one request (handlers/completion.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.checklist import left_open
from handlers.completion import ITEMS
from handlers.deadlines import last_day, to_ask
from handlers.desk import unreachable
from handlers.done import look, way_back
from handlers.effects import Effect, MoveCase, Option, Send, T
from handlers.events import CompletionAsked
from handlers.flow import Misread
from handlers.life import DIGABUNG, DILENGKAPI, KAJIAN_AWAL, MOVES, TIP
from handlers.offers import in_the_way
from handlers.reading.words import match_option
from handlers.speech import today
from handlers.steps import cannot, kept, refused, told_until
from handlers.summary import PELAPOR

if TYPE_CHECKING:
    from handlers.reply import Here
    from handlers.view import CaseView

OPEN = TIP | {KAJIAN_AWAL, DILENGKAPI, DIGABUNG}  # where something can still be completed
CODED = "."  # before the letters of what a button means: ".ptw"
SEND, DROP = "kirim", " batal"


def complete(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/lengkapi: tapped one by one, each tap drawn in place; then sent."""
    if words.strip() == f"{CODED}{DROP}":
        return (_list(case, T("Baik, tidak ada yang diminta untuk {ticket}.", ticket=case.ticket)),)
    if why_not := _cannot(case, here):
        return (why_not,)
    chosen, _, rest = words.strip().partition(" ")
    if chosen.startswith(CODED):
        items = "".join(letter for letter in ITEMS if letter in chosen)
        return _sent(case, items, here) if rest == SEND and items else (_choice(case, items),)
    try:
        return (_choice(case, _named(words) if words.strip() else _missing(case, here), anew=True),)
    except Misread as misread:
        return (Send(misread.hint), _choice(case, _missing(case, here), anew=True))


def _cannot(case: CaseView, here: Here) -> Send | None:
    if waits := in_the_way(case):
        return Send(waits)
    if case.status not in OPEN:
        return cannot(T("Lengkapi"), case, here)
    if not case.can_reach:
        return Send(unreachable(case))
    why_not = refused("kurang", case, here.officer) if case.status == KAJIAN_AWAL else None
    return Send(why_not) if why_not else None


def _missing(case: CaseView, here: Here) -> str:
    """What the card calls missing, as far as it is one of these; the rest is tapped."""
    wanted = {_item_of(key) for key in to_ask(case, here.turn.at, here.book)}
    return "".join(letter for letter, (key, _) in ITEMS.items() if key in wanted)


def _item_of(key: str) -> str:
    return "identity" if key in PELAPOR else "place_said" if key == "place" else key


def _named(words: str) -> str:
    found = []
    for name in filter(str.strip, words.replace(" dan ", ",").split(",")):
        letter = match_option(name.strip(), [(key, label.msgid, key) for key, (_, label) in ITEMS.items()])
        if letter is None:
            rows = tuple(T("• {name}", name=label) for _, label in ITEMS.values())
            raise Misread((T("Yang mana? Pisahkan dengan koma:"), *rows))
        found.append(letter)
    return "".join(letter for letter in ITEMS if letter in found)


def _choice(case: CaseView, items: str, *, anew: bool = False) -> Send:
    """All that can be asked for, each with its mark; a tap turns one on or off."""

    def button(letter: str, label: T) -> Option:
        on = letter in items
        turned = items.replace(letter, "") if on else items + letter
        marked = T("☑ {item}", item=label) if on else T("☐ {item}", item=label)
        return Option(marked, f"/lengkapi {case.ticket} {CODED}{turned} @{case.rev}", still=True)

    ways = tuple(button(letter, label) for letter, (_, label) in ITEMS.items())
    send = Option(T("Kirim permintaan"), f"/lengkapi {case.ticket} {CODED}{items} {SEND} @{case.rev}")
    text = T("Apa yang perlu dilengkapi warga untuk {ticket}? Ketuk yang kurang, lalu kirim.", ticket=case.ticket)
    drop = Option(T("Tidak jadi"), f"/lengkapi {case.ticket} {CODED}{DROP}", still=True)
    return _list(case, text, (*ways, *((send,) if items else ()), drop), anew=anew)


def _list(case: CaseView, text: T, ways: tuple[Option, ...] = (), *, anew: bool = False) -> Send:
    return Send(text, ways, card=f"lengkapi:{case.ticket}", protect=True, anew=anew)


def _sent(case: CaseView, items: str, here: Here) -> tuple[Effect, ...]:
    """One request; in the first study it is the notice of the law, with its limit, elsewhere a plain question."""
    named = ", ".join(ITEMS[letter][1].msgid for letter in items)
    if case.status == KAJIAN_AWAL:
        notice = _notice(case, items, named, here)
        return (notice, _done(case, named, *way_back(notice), more=left_open(case, here.book)))
    until = case.deadline if case.status == DILENGKAPI else ""
    asked = CompletionAsked(case.ticket, items, until, case.office, told=dict(case.answers))
    return (
        MoveCase(case.ticket, case.rev, "lengkapi", case.status, note=named, tell=asked),
        _done(case, named),
    )


def _done(case: CaseView, named: str, *back: Option, more: tuple[T, ...] = ()) -> Send:
    """Drawn where it was tapped."""
    text = T("Permintaan untuk {ticket} dikirim kepada warga: {items}.", ticket=case.ticket, items=named)
    return Send((text, *more), (*back, look(case.ticket)), card=f"lengkapi:{case.ticket}", protect=True)


def _notice(case: CaseView, items: str, named: str, here: Here) -> MoveCase:
    """The notice of what is missing (Perbawaslu 8/2020; 7/2022 art. 15): its limit runs from today."""
    answers = dict(case.answers)
    facts = {"kata": named, "tanggal": today(here.turn.at, answers).isoformat()}
    last = last_day(answers, {**case.facts, "kurang": facts}, DILENGKAPI, here.turn.at, here.book)
    asked = CompletionAsked(case.ticket, items, told_until(case, last, here), case.office, told=answers)
    move = MOVES["kurang"]
    left = {"kurang": kept(case, "kurang", facts), "usul": None}
    return MoveCase(case.ticket, case.rev, move.action, move.target, note=named, facts=left, tell=asked)
