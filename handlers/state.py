"""What a conversation remembers: its answers, and nothing that could be derived from them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from handlers.frozen import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Answers = dict[str, Any]  # question key -> what was understood; JSON values only; keys are forever


@dataclass(frozen=True, slots=True)
class Talk:
    """One flow under way. `trail` holds, turn by turn, the keys which that turn answered."""

    flow: str
    answers: Answers = field(default_factory=dict)
    trail: tuple[tuple[str, ...], ...] = ()
    sources: dict[str, str] = field(default_factory=dict)  # a message's ref -> the key it answered
    replaced: Answers = field(default_factory=dict)  # what /ubah took away, until it is answered anew

    @property
    def draft(self) -> int:
        """The number of the draft that it is; 0 for a talk that holds nothing for long."""
        return int(self.answers.get("draft", 0))

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return {name: getattr(self, name) for name in _TALK}

    def without(self, keys: tuple[str, ...]) -> Talk:
        """The same talk with these keys open again."""
        if not keys:
            return self
        trail = tuple(left for turn in self.trail if (left := tuple(k for k in turn if k not in keys)))
        answers = {key: value for key, value in self.answers.items() if key not in keys}
        return replace(self, answers=answers, trail=trail)


@dataclass(frozen=True, slots=True)
class State:
    """All that is kept of a conversation between two events; sealed as JSON by storage."""

    language: str = "id"
    consent: dict[str, str] = field(default_factory=dict)  # {"version": .., "at": ISO}: UU PDP art. 24
    talk: Talk | None = None
    paused: Talk | None = None  # a draft set aside while an officer's question is answered
    dropped: Talk | None = None  # cancelled; /urung brings it back until `dropped_until`
    dropped_until: str = ""
    serial: int = 0  # grows whenever another question is put: an old button names an old serial
    asked: str = ""  # the key of the question last put
    said: tuple[str, ...] = ()  # remarks made once
    cases: tuple[str, ...] = ()  # tickets sent from here
    inquiries: tuple[tuple[str, ...], ...] = ()  # (ticket, question) of officers, unanswered; or with a grant
    wanted: tuple[dict[str, Any], ...] = ()  # what officers asked to complete, unanswered (handlers/completion.py)
    taken_back: tuple[dict[str, Any], ...] = ()  # what they asked and the last step ended (handlers/withdrawing.py)
    answered: tuple[str, ...] = ()  # tickets sent from elsewhere, for which something was said here by their receipt
    queue: str = ""  # the filter of the queue that was shown last
    bulk: dict[str, Any] = field(default_factory=dict)  # what was proposed for many cases (handlers/bulk.py)
    bulks: tuple[dict[str, Any], ...] = ()  # what was done so, and can be taken back for ten minutes
    ways: tuple[tuple[str, ...], ...] = ()  # the buttons shown last, by their words (handlers/typed_buttons.py)
    unnamed: str = ""  # a command that waits for its ticket: what is typed next may be that
    drafts: int = 0  # how many were begun here: each has its number, by which what was said of it can be erased

    @property
    def draft(self) -> int:
        """The number of the draft to which what is said now belongs: of the open talk, else of the one set aside."""
        talk = self.talk or self.paused
        return talk.draft if talk else 0

    def to_json(self) -> dict[str, Any]:
        """A JSON object with only what differs from a new conversation."""
        made: dict[str, Any] = {}
        for name, empty in _EMPTY.items():
            value = getattr(self, name)
            if value != empty:
                made[name] = value.to_json() if isinstance(value, Talk) else value
        return made

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> State:
        """The state again; unknown keys of a newer or older version are ignored."""
        return cls(
            **{name: _READ[name](data[name]) if name in _READ else data[name] for name in data if name in _EMPTY}
        )


def _talk(data: dict[str, Any]) -> Talk:
    values = {name: data[name] for name in data if name in _TALK}
    values["trail"] = _pairs(data.get("trail", ()))
    return Talk(**values)


def _pairs(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, rows))


_READ: dict[str, Callable[[Any], Any]] = {  # what JSON has no form for
    **dict.fromkeys(("talk", "paused", "dropped"), _talk),
    **dict.fromkeys(("said", "cases", "wanted", "taken_back", "bulks"), tuple),
    **dict.fromkeys(("inquiries", "ways"), _pairs),
}
_EMPTY = {f.name: getattr(State(), f.name) for f in fields(State)}
_TALK = dict.fromkeys(f.name for f in fields(Talk))
