"""The machine and its one rule: the open question is the first that applies and has no answer yet.

Laws of this file: it knows no question by name, no channel and no clock. What is asked of the house
(`house=True`) and of people is the same kind of thing. Nothing here remembers: State does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.effects import Effect, Option, Send, T, Value
from handlers.events import Event, OptionChosen, TextReceived
from handlers.frozen import replace
from handlers.state import Answers, State, Talk

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.book import Book
    from handlers.turn import Turn


class Misread(Exception):  # noqa: N818 - it is the citizen's turn again, not an error
    """No answer to the open question; `hint` says what would be one.

    `forget` opens these keys again, `keep` is what it says all the same.
    """

    def __init__(self, hint: Value, forget: tuple[str, ...] = (), keep: Answers | None = None) -> None:
        super().__init__(str(hint))
        self.hint = hint
        self.forget = forget
        self.keep = keep or {}


@dataclass(frozen=True, slots=True)
class Scene:
    """What a question may look at while it is put or read."""

    answers: Answers
    turn: Turn
    book: Book


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a person or, with `house`, to the house."""

    key: str
    put: Callable[[Scene], Effect]
    read: Callable[[Event, Scene], Answers]
    when: Callable[[Answers], bool] = lambda _: True
    house: bool = False
    optional: bool = False  # left out once the person has said "send"


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation as a list of questions, top to bottom; `hurried` says when the optional ones are left out."""

    name: str
    asks: tuple[Ask, ...]
    hurried: Callable[[Answers], bool] = lambda _: False
    settle: Callable[[Talk], Talk] = lambda talk: talk  # applied after each answer

    def open(self, answers: Answers) -> Ask | None:
        """The first question that applies and has no answer yet; None at the end. What is to be changed comes first."""
        hurried, wanted = self.hurried(answers), self.ask(answers["first"]) if "first" in answers else None
        for ask in (wanted, *self.asks) if wanted else self.asks:
            if ask.key not in answers and not (hurried and ask.optional) and ask.when(answers):
                return ask
        return None

    def ask(self, key: str) -> Ask | None:
        """The question of this key, open or not."""
        return next((ask for ask in self.asks if ask.key == key), None)


def put(flow: Flow, state: State, scene: Scene) -> tuple[State, list[Effect]]:
    """Put the open question; its buttons carry its key and serial, so that they answer nothing newer."""
    ask = flow.open(scene.answers)
    if ask is None:
        return replace(state, asked=""), []
    if ask.key != state.asked:
        state = replace(state, asked=ask.key, serial=state.serial + 1)
    effect = ask.put(scene)
    return state, [_numbered(effect, ask.key, state.serial) if isinstance(effect, Send) else effect]


def _numbered(send: Send, key: str, serial: int) -> Send:
    named = [
        option if option.url or option.data[:1] == "/" else Option(option.label, f"{key}:{option.data}:{serial}")
        for option in send.options
    ]
    return replace(send, options=tuple(named)) if named else send


def chosen(event: OptionChosen, state: State) -> str:
    """The value of a tap on a button of the open question; Misread for one of an older question."""
    key, _, rest = event.data.partition(":")
    value, _, serial = rest.rpartition(":")
    if key != state.asked or serial != str(state.serial):
        raise Misread(T("Tombol itu milik pertanyaan yang sudah lewat. Ini pertanyaan yang sekarang:"))
    return value


def read(flow: Flow, state: State, event: Event, scene: Scene) -> tuple[Talk, tuple[str, ...]]:
    """Take an answer to the open question: the talk with it, and the keys it answered. Raises Misread."""
    ask = flow.open(scene.answers)
    talk = state.talk or Talk(flow.name)
    if ask is None:
        return talk, ()
    if isinstance(event, OptionChosen) and not ask.house:
        event = OptionChosen(chosen(event, state), event.ref)
    got = ask.read(event, scene)
    ref = event.ref if isinstance(event, TextReceived) else ""
    return flow.settle(keep(talk, got, ask, ref)), tuple(got)


def keep(talk: Talk, got: Answers, ask: Ask, ref: str = "") -> Talk:
    """Note these answers; what the house answers belongs to the turn that asked."""
    fresh = tuple(key for key in got if key not in talk.answers)
    trail = talk.trail
    if ask.house and trail:
        trail = (*trail[:-1], (*trail[-1], *fresh))
    elif fresh:
        trail = (*trail, fresh)
    answered = ask.key if ask.key in got else next(iter(got), ask.key)  # a story may come where consent was asked
    sources = {**talk.sources, ref: answered} if ref else talk.sources
    replaced = {} if set(got) & set(talk.replaced) else talk.replaced
    return replace(talk, answers={**talk.answers, **got}, trail=trail, sources=sources, replaced=replaced)
