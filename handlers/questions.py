"""The words of a flow: ask, choose, house. Each makes one Ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.effects import Asks, Effect, Option, Send, T, Value
from handlers.events import Event, LocationShared, OptionChosen, TextReceived
from handlers.flow import Ask, Misread, Scene
from handlers.reading.words import match_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.state import Answers

LONGEST = 8000  # characters of an answer; a story longer than this is no longer read by anyone


@dataclass(frozen=True, slots=True, eq=False)  # known by what it is, not by its words: looked up in every answer
class Choice:
    """A button and the words that mean the same."""

    value: str
    label: T | str
    also: tuple[str, ...] = ()


def always(_: Answers) -> bool:
    """Asked of everyone."""
    return True


def options(*choices: Choice) -> tuple[Option, ...]:
    """The choices as buttons."""
    return tuple(Option(choice.label, choice.value) for choice in choices)


def typed(event: Event) -> str:
    """The words of a typed answer; Misread for anything else."""
    if not isinstance(event, TextReceived):
        raise Misread(T("Untuk pertanyaan ini, mohon dijawab dengan tulisan."))
    text = " ".join(event.text.split()) if "\n" not in event.text else event.text.strip()
    if not text:
        raise Misread(T("Pesan itu kosong. Mohon ditulis lagi."))
    return within(text)


def within(text: str) -> str:
    """A text that somebody will read; Misread for a longer one."""
    if len(text) > LONGEST:
        raise Misread(T("Pesan itu terlalu panjang. Mohon diringkas sampai {most} huruf.", most=LONGEST))
    return text


def picked(event: Event, choices: tuple[Choice, ...], scene: Scene, *, free: bool = False) -> str | None:
    """The value that was tapped, or typed as number, label, synonym or small typo; None if neither.

    With `free` the question takes any text: then only a label of ours or a synonym counts, no number, and no
    label that is people's words: what is typed instead stays as it was typed.
    """
    if isinstance(event, OptionChosen):
        return event.data if any(event.data == choice.value for choice in choices) else None
    if not isinstance(event, TextReceived):
        return None
    ours = tuple(choice for choice in choices if isinstance(choice.label, T))
    all_ours = free or len(ours) == len(choices)
    labels = _our_labels(ours, scene.turn.voice) if all_ours else _labels(choices, scene.turn.voice)
    return match_option(event.text, labels, numbered=not free)


def _labels(choices: tuple[Choice, ...], voice: Callable[[str], str]) -> tuple[tuple[str, ...], ...]:
    """The value of each choice, and what it may be called."""
    return tuple((choice.value, *_names(choice.label, voice), *choice.also) for choice in choices)


_our_labels = lru_cache(512)(_labels)  # where none of the labels is people's words, which are never kept


def _names(label: T | str, voice: Callable[[str], str]) -> tuple[str, ...]:
    return (label,) if isinstance(label, str) else (voice(label.msgid), label.msgid)


def choose(
    key: str,
    question: Callable[[Scene], Value] | T,
    *choices: Choice,
    when: Callable[[Answers], bool] = always,
    optional: bool = False,
    extra: tuple[Choice, ...] = (),
    guess: Callable[[str, Scene], str | None] | None = None,
) -> Ask:
    """A question answered by one of a few buttons, or by its words. `extra` are choices of another question.

    `guess` reads words that name none of the buttons.
    """
    buttons = options(*choices, *extra)

    def put(scene: Scene) -> Effect:
        text = question if isinstance(question, T) else question(scene)
        return Send(text, buttons)

    def read(event: Event, scene: Scene) -> Answers:
        value = picked(event, (*choices, *extra), scene)
        if value is None and guess and isinstance(event, TextReceived):
            value = guess(typed(event), scene)
        if value is None:
            raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
        if any(value == choice.value for choice in extra):
            return {"review": value}
        return {key: value}

    return Ask(key, put, read, when, optional=optional)


def ask(  # noqa: PLR0913 - a question reads as one call
    key: str,
    question: Callable[[Scene], Value] | T,
    reads: Callable[[str, Scene], Answers] | None = None,
    *,
    choices: tuple[Choice, ...] | Callable[[Scene], tuple[Choice, ...]] = (),
    extra: tuple[Choice, ...] = (),
    when: Callable[[Answers], bool] = always,
    optional: bool = False,
    asks: Asks = "text",
    point: Callable[[LocationShared, Scene], Answers] | None = None,
) -> Ask:
    """A question answered by typing, with shortcuts as buttons (`choices`, whose value `reads` understands)."""

    def put(scene: Scene) -> Effect:
        text = question if isinstance(question, T) else question(scene)
        return Send(text, options(*offered(scene), *extra), asks=asks)

    def offered(scene: Scene) -> tuple[Choice, ...]:
        return choices(scene) if callable(choices) else choices

    def read(event: Event, scene: Scene) -> Answers:
        if point and isinstance(event, LocationShared):
            return point(event, scene)
        value = picked(event, (*offered(scene), *extra), scene, free=True)
        if value is not None and any(value == choice.value for choice in extra):
            return {"review": value}
        text = value if value is not None else typed(event)
        return {key: text} if reads is None else reads(text, scene)

    return Ask(key, put, read, when, optional=optional)


def house(
    key: str,
    request: Callable[[Scene], Effect],
    answer: Callable[[Event, Scene], Answers],
    when: Callable[[Answers], bool] = always,
) -> Ask:
    """A question to the house; its answer comes back as an event in the same transaction."""
    return Ask(key, request, answer, when, house=True)
