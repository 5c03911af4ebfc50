"""What a command or an event comes to: the state after it, what is asked for, and whether to put the question again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.effects import Effect, Option, Send, T, Value
from handlers.frozen import replace

if TYPE_CHECKING:
    from handlers.book import Book
    from handlers.state import State
    from handlers.turn import Staff, Turn


IN_PRIVATE = T("Untuk itu, mohon kirim pesan langsung kepada bot, bukan di grup.")


@dataclass(frozen=True, slots=True)
class Here:
    """Where a command is obeyed: who speaks, when, by which rules."""

    turn: Turn
    book: Book

    @property
    def officer(self) -> Staff:
        """The officer who speaks; only where obey() let nobody else in."""
        assert self.turn.staff is not None, "only officers get here"
        return self.turn.staff


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome of one event. With `again` the open question is put once more after the effects."""

    state: State
    effects: tuple[Effect, ...] = ()
    again: bool = False


def say(state: State, text: Value, *options: Option, again: bool = False) -> Reply:
    """Just a sentence."""
    return Reply(state, (Send(text, options),), again)


def in_one(effects: list[Effect]) -> list[Effect]:
    """What is said and the question after it, as one message: a phone rings once, and platforms count messages."""
    made: list[Effect] = []
    for effect in effects:
        before = made[-1] if made else None
        if isinstance(effect, Send) and isinstance(before, Send) and _leads(before, effect):
            made[-1] = replace(effect, text=(before.text, "", effect.text), protect=before.protect or effect.protect)
        else:
            made.append(effect)
    return made


def _leads(first: Send, second: Send) -> bool:
    """Mere words, said where the next is said."""
    mere = first == Send(first.text, to=first.to, protect=first.protect)
    return mere and not second.card and (first.to, first.topic) == (second.to, second.topic)
