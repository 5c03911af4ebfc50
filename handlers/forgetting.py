"""What is thrown away is erased: what a conversation held before an event, and neither holds nor passed on after it.

One rule instead of one in each place that lets go of something (UU 27/2022 art. 44; docs/adr/0010).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from handlers.effects import AddToCase, AskRights, Complete, Forget, RelayAnswer
from handlers.events import ReportFiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.effects import Effect
    from handlers.events import Event
    from handlers.state import State, Talk

One = TypeVar("One")
PASSED_ON = {"more": AddToCase, "jawab": RelayAnswer, "lengkapi": Complete}  # with it a talk becomes part of a case


def files_of(talk: Talk) -> tuple[str, ...]:
    """The ids of the files that a talk holds, also of those that are being changed."""
    held = [*talk.answers.get("evidence", ()), *talk.replaced.get("evidence", ())]
    return tuple(dict.fromkeys(item["id"] for item in held if item.get("id"))) if held else ()


def lost(before: State, after: State, event: Event, effects: Sequence[Effect]) -> tuple[Forget, ...]:
    """The one Forget that an event makes necessary; none where nothing was let go of."""
    if before is after or _goes_on(before, after):
        return ()
    talk = None if _sent(before.talk, event, effects) else before.talk
    had = [one for one in (talk, before.paused, before.dropped) if one]
    has = [talk for talk in (after.talk, after.paused, after.dropped) if talk]
    files = _without(_files(had), _files(has))
    drafts = _without((talk.draft for talk in had), (0, *(talk.draft for talk in has)))
    return (Forget(files, drafts),) if files or drafts else ()


def _goes_on(before: State, after: State) -> bool:
    """The usual step: the same draft, with nothing in it that could be let go of."""
    aside = before.paused is after.paused and before.dropped is after.dropped
    one, other = before.talk, after.talk
    return bool(aside and one and other and one.draft == other.draft and not files_of(one))


def _sent(talk: Talk | None, event: Event, effects: Sequence[Effect]) -> bool:
    if talk is None or isinstance(event, ReportFiled):
        return True
    if talk.flow == "wish":
        return any(isinstance(effect, AskRights) and effect.wish == talk.answers["wish"] for effect in effects)
    passed = PASSED_ON.get(talk.flow)
    return any(passed is type(effect) for effect in effects)


def _files(talks: Iterable[Talk]) -> list[str]:
    return [one for talk in talks for one in files_of(talk)]


def _without(had: Iterable[One], has: Iterable[One]) -> tuple[One, ...]:
    kept = set(has)
    return tuple(dict.fromkeys(one for one in had if one not in kept))
