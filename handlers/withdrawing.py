"""What officers asked of a citizen and ask no more; and that it is asked again where what ended it is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.completion import ITEMS, names
from handlers.effects import T, Value
from handlers.elsewhere import closed, still_wanted
from handlers.frozen import replace

if TYPE_CHECKING:
    from handlers.events import CaseMoved
    from handlers.state import State

LETTERS = {name.msgid: letter for letter, (_, name) in ITEMS.items()}


def withdrawn(state: State, ticket: str, words: str) -> State:
    """Officers no longer ask for this: what it says in words of their own, and the items, where it only names those.

    What else is asked stays, with no last day any more. What was asked of the own case is remembered (`taken_back`).
    """
    named = [LETTERS.get(name, "") for name in words.split(", ")]
    letters = "".join(named) if all(named) else ""
    asked: list[dict[str, Any]] = [{"ticket": ticket, "question": words}] if (ticket, words) in state.inquiries else []
    taken = [(one, "".join(each for each in one["items"] if each in letters)) for one in _of(state.wanted, ticket)]
    asked += [{**one, "items": items} for one, items in taken if items and "grant" not in one]
    inquiries = tuple(one for one in state.inquiries if one[:2] != (ticket, words))
    wanted = tuple(
        {**one, "until": ""} if one["ticket"] == ticket else one for one in still_wanted(state.wanted, ticket, letters)
    )
    left = replace(state, inquiries=inquiries, wanted=wanted, taken_back=(*state.taken_back, *asked))
    left = closed(left, ticket, words)
    return closed(left, ticket, "") if any(items for _, items in taken) else left


def still_asked(state: State) -> tuple[Any, ...]:
    """All that is asked here, whatever its last day."""
    return state.inquiries, tuple((one["ticket"], one["items"]) for one in state.wanted)


def forgotten(state: State, ticket: str) -> State:
    """The case moved: what the step before took back is put back by its undo alone."""
    left = tuple(one for one in state.taken_back if one["ticket"] != ticket)
    return state if left == state.taken_back else replace(state, taken_back=left)


def asked_again(state: State, event: CaseMoved) -> tuple[State, tuple[T, ...]]:
    """What the step that is undone took back is asked again, and said; what was answered before it is not."""
    rows: list[T] = []
    ticket, inquiries, wanted = event.ticket, state.inquiries, state.wanted
    for one in _of(state.taken_back, ticket):
        words: Value = one["question"] if "question" in one else names(one["items"])
        rows.append(T("Petugas masih meminta: {words}", words=words))
        if "question" in one:
            inquiries = (*inquiries, (ticket, one["question"]))
        else:
            stayed = "".join(each["items"] for each in _of(wanted, ticket))
            entry = {**one, "items": one["items"] + stayed, "until": event.until, "office": event.office}
            wanted = (*(each for each in wanted if each["ticket"] != ticket), entry)
    return forgotten(replace(state, inquiries=inquiries, wanted=wanted), ticket), tuple(rows)


def _of(entries: tuple[dict[str, Any], ...], ticket: str) -> list[dict[str, Any]]:
    return [one for one in entries if one["ticket"] == ticket]
