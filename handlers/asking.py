"""What a command still needs is asked for: the talk in which it waits for its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.citizen import aside
from handlers.effects import Option, Send, T, Value
from handlers.frozen import replace
from handlers.reply import Here, Reply
from handlers.state import State, Talk

if TYPE_CHECKING:
    from handlers.view import CaseView

ASKED = "perintah"
SHORT = 200  # characters of words that are kept in a button


class Halfway(Exception):  # noqa: N818 - it is the officer's turn again, not an error
    """A part of the words is understood and kept as `before`; `question` asks for the rest.

    `hint` says first what was wrong with a rest that was given; `ways` are buttons of the question.
    """

    def __init__(self, before: str, question: T, hint: Value = "", ways: tuple[Option, ...] = ()) -> None:
        super().__init__(before)
        self.before = before
        self.question = question
        self.hint = hint
        self.ways = ways


def asking(
    state: State, command: str, ticket: str, rev: int, here: Here, ways: tuple[Option, ...] = (), **more: Any
) -> Reply:
    """Put the command's question; its buttons are those of this case, as it was looked at."""
    choices = [[_words_of(option.label), option.data] for option in ways]
    asked = {"command": command, "ticket": ticket, "choices": choices, "rev": rev, **more}
    return Reply(aside(state, Talk(ASKED, asked), here), again=True)


def the_rest(state: State, command: str, case: CaseView, halfway: Halfway, here: Here) -> Reply:
    """Ask for what is missing, and keep what is there."""
    rest = [halfway.question.msgid, halfway.question.values]
    asked = asking(state, command, case.ticket, case.rev, here, halfway.ways, before=halfway.before, rest=rest)
    return replace(asked, effects=(Send(halfway.hint), *asked.effects)) if halfway.hint else asked


def left_open(talk: Talk) -> Send:
    """Another command came while this one waited for its words: what is typed is not for it, unless asked again."""
    named = f"/{talk.answers['command']} {talk.answers['ticket']}"
    before = talk.answers.get("before", "")
    again = f"{named} {before}" if before and len(before) <= SHORT else named
    return Send(T("Yang tadi belum selesai: {command}.", command=named), (Option(T("Lanjutkan"), again),))


def _words_of(label: T | str) -> str:
    return label if isinstance(label, str) else label.msgid
