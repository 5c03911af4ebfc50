"""Our voice in four languages: nothing missing, nothing lost on the way, nothing too long, and understood when typed."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest

from bot.inside.render import words
from bot.limits import COMMAND_HELP, longest
from handlers.citizen import LANGUAGES as OFFERED
from handlers.commands import COMMANDS
from handlers.effects import T
from handlers.events import OptionChosen, TextReceived
from handlers.flow import Ask, Misread
from locales import LANGUAGES, extract, voice
from tests.locales.labels import ANSWERS, labels, put, questions, scene, unvoiced

if TYPE_CHECKING:
    from babel.messages import Message

TRANSLATED = extract.TRANSLATED
WITH_VALUES = re.compile(r"\{\w*\}")
COMMAND = re.compile(r"(?<![\w/])/(?:[a-z]+|\{name\})")


def entries(language: str) -> list[Message]:
    return [message for message in extract.read(language) if message.id and message.string]


every_language = pytest.mark.parametrize("language", TRANSLATED)


def test_the_catalogues_fit_the_source() -> None:
    assert extract.stale() == [], "run `make strings`"


@every_language
def test_every_sentence_is_said(language: str) -> None:
    assert extract.missing(language) == []


@every_language
def test_the_compiled_catalogue_says_the_same(language: str) -> None:
    speak = voice(language)
    assert [m.id for m in entries(language) if speak(m.id) != m.string] == [], "run `make strings`"


@every_language
def test_no_placeholder_is_lost_or_invented(language: str) -> None:
    def fields(text: str) -> list[str]:
        return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)

    assert [m.id for m in entries(language) if fields(m.id) != fields(m.string)] == []


@every_language
def test_commands_and_edges_stay(language: str) -> None:
    def shape(text: str) -> tuple[Any, ...]:
        return (
            sorted(COMMAND.findall(text)),
            text[: len(text) - len(text.lstrip())],
            text[len(text.rstrip()) :],
            text.startswith("• "),
        )

    assert [m.id for m in entries(language) if shape(m.id) != shape(m.string)] == []


@every_language
def test_what_equals_the_indonesian_is_listed_with_its_reason(language: str) -> None:
    listed = {word for row in extract.left()[language] for word in row["words"] if row["why"]}
    equal = {m.id for m in entries(language) if m.id == m.string and re.search(r"[^\W\d_]", WITH_VALUES.sub("", m.id))}
    assert equal == listed


def test_only_modules_that_exist_are_left_to_officers() -> None:
    assert all((extract.ROOT / name).is_file() for name in extract.left()["petugas"]["files"])


def test_nothing_is_said_past_the_catalogues() -> None:
    assert list(unvoiced()) == []


LABELS = labels()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_fits_every_channel(language: str) -> None:
    speak = voice(language)
    said = {speak(label): shown for label, shown in LABELS.items()}
    too_long = {label: len(label) for label, shown in said.items() if len(label) > longest(shown)}
    assert too_long == {}


@every_language
def test_a_sentence_names_a_button_as_it_is_written_on_it(language: str) -> None:
    speak = voice(language)
    named = [
        (m, label)
        for m in entries(language)
        for label in LABELS
        if re.search(rf"\b(?:tombol|tekan) {re.escape(label)}\b", m.id)
    ]
    assert named, "no sentence names a button any more: this test can go"
    assert [m.id for m, label in named if speak(label) not in m.string] == []


def test_the_names_of_the_languages_fit() -> None:
    assert set(OFFERED) == set(LANGUAGES)
    assert all(len(name) <= longest(len(OFFERED)) for name in OFFERED.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_fits_the_menu(language: str) -> None:
    speak = voice(language)
    assert [c.name for c in COMMANDS if not 1 <= len(speak(c.help.msgid)) <= COMMAND_HELP] == []


def understood(ask: Ask, event: TextReceived | OptionChosen, language: str) -> Any:
    try:
        return ask.read(event, scene(ANSWERS, voice(language)))
    except Misread as misread:
        return ("misread", misread.forget)


TYPED = [
    pytest.param(ask, option, language, id=f"{name}-{option.data}-{language}")
    for name, ask in questions()
    for option in put(ask).options
    for language in LANGUAGES
    if isinstance(option.label, T) and not option.data.startswith("/")
]


@pytest.mark.parametrize(("ask", "option", "language"), TYPED)
def test_a_label_typed_in_the_persons_language_is_understood(ask: Ask, option: Any, language: str) -> None:
    typed = TextReceived(words(option.label, voice(language)).upper())
    assert understood(ask, typed, language) == understood(ask, OptionChosen(option.data), language)
