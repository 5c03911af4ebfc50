"""What a command is: who may type it, what it needs, and who obeys. The table of them is handlers/commands.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.effects import Effect, Option, T
from handlers.reply import Here, Reply
from handlers.state import State

if TYPE_CHECKING:
    from handlers.view import CaseView

Run = Callable[[State, str, Here], Reply]
OnCase = Callable[["CaseView", str, Here], tuple[Effect, ...]]
Needs = Callable[["CaseView", Here], bool]
Ways = Callable[["CaseView", Here], tuple[Option, ...]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command. Either `run` obeys it, or `on_case` does once the case is loaded; of both `run` if none is named."""

    name: str
    help: T
    run: Run | None = None
    on_case: OnCase | None = None
    roles: frozenset[str] = frozenset()  # empty: for everyone
    prompt: T | None = None  # asked when the words are missing; None when it needs none
    needs: Needs | None = None  # are words needed of this case? None: of every one
    also: tuple[str, ...] = ()
    menu: bool = True
    private: bool = False  # an officer's that is obeyed nowhere but in private
    example: str = ""  # words after it, and after the case's number, as the manual shows them
    others: tuple[str, ...] = ()  # words after it in its other forms; {ticket} stands for a case's number
    note: T | None = None  # what its line in a menu has no room for
    ways: Ways | None = None  # the buttons under its prompt
