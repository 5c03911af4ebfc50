"""What a command or an event comes to: the state after it, what is asked for, and whether to put the question again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.effects import Effect, Option, Send, T, Turn, Value

if TYPE_CHECKING:
    from handlers.book import Book
    from handlers.state import State


IN_PRIVATE = T("Untuk itu, mohon kirim pesan langsung kepada bot, bukan di grup.")


@dataclass(frozen=True, slots=True)
class Here:
    """Where a command is obeyed: who speaks, when, by which rules."""

    turn: Turn
    book: Book


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome of one event. With `again` the open question is put once more after the effects."""

    state: State
    effects: tuple[Effect, ...] = ()
    again: bool = False


def say(state: State, text: Value, *options: Option, again: bool = False) -> Reply:
    """Just a sentence."""
    return Reply(state, (Send(text, options),), again)
