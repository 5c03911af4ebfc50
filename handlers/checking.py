"""/periksa: the list of a case's stage, ticked in place; officers add items of their own and throw them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.checklist import ADD, DROP, LONGEST_OWN, MOST_OWN, OWN, TICK, UNTICK, Item, full, items
from handlers.checklist_effects import CheckItem
from handlers.effects import Effect, Option, Send, T
from handlers.flow import Misread
from handlers.life import ENDED, STATUSES
from handlers.reading.words import match_option
from handlers.speech import UNKNOWN_PLACE_ZONE, moment
from handlers.steps import cannot
from handlers.summary import cut
from law.checklists import LONGEST

if TYPE_CHECKING:
    from handlers.effects import Value
    from handlers.reply import Here
    from handlers.view import CaseView

CODED = "."  # before what a button means: ".ditelusuri hubungi ya", and alone: the list again, in its place


def check(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/periksa [BUTIR | + KATA | - BUTIR]: shown, ticked or unticked, made longer or shorter."""
    if case.status in ENDED:
        return (cannot(T("Periksa"), case, here),)
    found, words = items(case.status, case.facts, here.book), words.strip()
    if not words or words == CODED:
        return (_list(case, found, anew=not words),)
    if words.startswith(CODED):
        return _tapped(case, found, words.removeprefix(CODED).split())
    try:
        return _typed(case, found, words, here)
    except Misread as misread:
        return (Send(misread.hint), _list(case, found, anew=True))


def _typed(case: CaseView, found: tuple[Item, ...], words: str, here: Here) -> tuple[Effect, ...]:
    if words[0] == "+":
        return _added(case, " ".join(words[1:].split()), here)
    if words[0] in "-–":
        return _dropped(case, found, words[1:].strip())
    item = _named(found, words)
    return (CheckItem(case.ticket, case.status, item.id, UNTICK if item.done else TICK),)


def _tapped(case: CaseView, found: tuple[Item, ...], coded: list[str]) -> tuple[Effect, ...]:
    """A button says of which stage it is, and what it is to become: what others ticked meanwhile stays."""
    stage, item, deed = [*coded, "", "", ""][:3]
    if stage != case.status or deed not in {TICK, UNTICK} or item not in {one.id for one in found}:
        text = T(
            "{ticket} sekarang berstatus {status}; ini daftarnya yang sekarang.",
            ticket=case.ticket,
            status=STATUSES[case.status],
        )
        return (Send(text), _list(case, found, anew=True))
    return (CheckItem(case.ticket, stage, item, deed),)


def _added(case: CaseView, text: str, here: Here) -> tuple[Effect, ...]:
    if not text or len(text) > LONGEST_OWN:
        example = f"/periksa {case.ticket} + minta notulen rapat"
        raise Misread(T("Tulis butirnya, paling panjang {most} huruf: {example}", most=LONGEST_OWN, example=example))
    if full(case, here.book):
        raise Misread(T("Sudah ada {most} butir tambahan. Buang satu dulu.", most=MOST_OWN))
    return (CheckItem(case.ticket, case.status, text, ADD),)


def _dropped(case: CaseView, found: tuple[Item, ...], words: str) -> tuple[Effect, ...]:
    """Only what officers added; one tap brings it back."""
    item = _named(tuple(one for one in found if one.id.startswith(OWN)), words)
    back = Option(T("Kembalikan"), f"/periksa {case.ticket} + {item.text}")
    return (CheckItem(case.ticket, case.status, item.id, DROP), Send(T("Dibuang: {item}", item=item.text), (back,)))


def _named(found: tuple[Item, ...], words: str) -> Item:
    exact = next((one.id for one in found if one.id == words), None)  # as a button says it
    which = exact or match_option(words, [(one.id, one.label, one.text) for one in found])
    item = next((one for one in found if one.id == which), None)
    if item is None:
        rows = tuple(T("• {name}", name=one.label) for one in found)
        raise Misread((T("Butir itu tidak ada dalam daftar tahap ini."), *rows))
    return item


def _list(case: CaseView, found: tuple[Item, ...], *, anew: bool) -> Send:
    """Each item with its mark, where it comes from, and who did it when; a tap turns it."""
    head = T(
        "Daftar periksa {ticket}, tahap {status}. Ketuk yang sudah; tidak menahan langkah apa pun.",
        ticket=case.ticket,
        status=STATUSES[case.status],
    )
    if not found:
        head = T("Tahap {status} tidak punya daftar periksa.", status=STATUSES[case.status])
    more = T("Tambah sendiri: /periksa {ticket} + minta notulen rapat", ticket=case.ticket)
    own = tuple(
        Option(T("✕ {item}", item=cut(one.label, LONGEST)), f"/periksa {case.ticket} - {one.id}")
        for one in found
        if one.id.startswith(OWN)
    )
    buttons = (*(_button(case, one) for one in found), *own)
    rows = (head, *(_row(case, one) for one in found), more)
    return Send(rows, buttons, card=f"periksa:{case.ticket}", topic=case.ticket, protect=True, anew=anew)


def _button(case: CaseView, item: Item) -> Option:
    name = cut(item.label, LONGEST)
    label = T("☑ {item}", item=name) if item.done else T("☐ {item}", item=name)
    data = f"/periksa {case.ticket} {CODED}{case.status} {item.id} {UNTICK if item.done else TICK}"
    return Option(label, data, still=True)


def _row(case: CaseView, item: Item) -> Value:
    source = T(" ({source})", source=item.source) if item.source else ""
    if item.at is None:
        return T("☐ {text}{source}", text=item.text, source=source)
    zone = (case.answers.get("place") or {}).get("zone", UNKNOWN_PLACE_ZONE)
    return T(
        "☑ {text}{source}: {name}, {when}", text=item.text, source=source, name=item.by, when=moment(item.at, zone)
    )
