"""The list of a stage: what the law's data names and what officers added, who ticked what, and when. Pure.

It lies with the case's facts, by stage: {"centang": {item: {"nama", "pada"}}, "tambahan": [[item, text], ...]}, and
"nomor", of the last that was added: no button of one that was thrown away ever means another.
A tick says what an item is to be, not that it is to be turned: two who tick at once both get what they meant.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from handlers.effects import T
from handlers.life import ENDED, STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.book import Book
    from handlers.checklist_effects import CheckItem
    from handlers.turn import Staff
    from handlers.view import CaseView

KEPT = "periksa"  # its name among the facts, and of its rows of history
MOST_OWN, LONGEST_OWN = 8, 100  # items that officers add to one stage, characters of one
OWN = "+"  # before the number of an item that an officer added
TICK, UNTICK, ADD, DROP = "ya", "belum", "tambah", "buang"


class Item(NamedTuple):
    """One thing to do, and who did it when; no source where an officer added it."""

    id: str
    label: str
    text: str
    source: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def done(self) -> bool:
        """Is it ticked?"""
        return self.at is not None


def items(status: str, facts: Mapping[str, Any], book: Book) -> tuple[Item, ...]:
    """The list of a stage, as it stands."""
    kept = facts.get(KEPT, {}).get(status, {})
    ticks = kept.get("centang", {})
    known = [Item(one.id, one.label, one.text, one.source) for one in book.checks if status in one.stages]
    own = [Item(number, text, text) for number, text in kept.get("tambahan", ())]
    return tuple(_ticked(one, ticks.get(one.id)) for one in (*known, *own))


def _ticked(item: Item, tick: Mapping[str, str] | None) -> Item:
    return item._replace(by=tick["nama"], at=datetime.fromisoformat(tick["pada"])) if tick else item


def full(case: CaseView, book: Book) -> bool:
    """Are there as many items of officers' own as one stage takes?"""
    return sum(one.id.startswith(OWN) for one in items(case.status, case.facts, book)) >= MOST_OWN


def applied(
    status: str, facts: Mapping[str, Any], wish: CheckItem, staff: Staff, at: datetime, book: Book
) -> tuple[dict[str, Any], str]:
    """What is kept of all stages after this, and the note for the history, "" where it needs no row of its own."""
    stages = facts.get(KEPT, {})
    kept: dict[str, Any] = {"centang": {}, "tambahan": [], "nomor": 0, **stages.get(status, {})}
    before = items(status, facts, book)
    match wish.deed:
        case "tambah":
            kept["nomor"] += 1
            kept["tambahan"] = [*kept["tambahan"], [f"{OWN}{kept['nomor']}", wish.item]]
        case "buang":
            kept["tambahan"] = [row for row in kept["tambahan"] if row[0] != wish.item]
            kept["centang"] = _without(kept["centang"], wish.item)
        case "ya":
            tick = {"nama": staff.name, "pada": at.isoformat()}
            kept["centang"] = {wish.item: tick, **kept["centang"]}  # the first who did it stays
        case _:
            kept["centang"] = _without(kept["centang"], wish.item)
    after = {**stages, status: kept}
    return after, _note(wish, before, items(status, {KEPT: after}, book), status)


def _without(ticks: Mapping[str, Any], item: str) -> dict[str, Any]:
    return {name: tick for name, tick in ticks.items() if name != item}


def _note(wish: CheckItem, before: tuple[Item, ...], after: tuple[Item, ...], status: str) -> str:
    """A list that is complete, or no longer, and what is added or thrown away; single ticks stay with the list."""
    stage = STATUSES[status].msgid
    if wish.deed in {ADD, DROP}:
        named = next((one.text for one in before if one.id == wish.item), wish.item)
        return f"{DONE[wish.deed]} pada tahap {stage}: {named}"
    if all_done(after) and not all_done(before):
        return f"{stage} lengkap: " + ", ".join(f"{one.label} ({one.by})" for one in after)
    if all_done(before) and not all_done(after):
        return f"{stage} belum lengkap lagi: " + ", ".join(one.label for one in after if not one.done)
    return ""


DONE = {ADD: "ditambah", DROP: "dibuang"}


def all_done(found: tuple[Item, ...]) -> bool:
    """Is there a list, and is all of it ticked?"""
    return bool(found) and all(one.done for one in found)


def card_line(case: CaseView, book: Book) -> tuple[T, ...]:
    """How far the list of the present stage is."""
    found = items(case.status, case.facts, book) if case.status not in ENDED else ()
    if not found:
        return ()
    return (T("Periksa: {done} dari {all}.", done=sum(one.done for one in found), all=len(found)),)


def left_open(case: CaseView, book: Book) -> tuple[T, ...]:
    """Beside a move: what of the stage that it leaves is not ticked. It holds nothing up."""
    found = [one.label for one in items(case.status, case.facts, book) if not one.done]
    if not found:
        return ()
    return (T("Belum dicentang pada tahap {status}: {items}.", status=STATUSES[case.status], items=", ".join(found)),)
