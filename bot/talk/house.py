"""Who plays and before what: persons, what reaches their screens, and the house that answers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from handlers.events import Event


@dataclass(frozen=True, slots=True)
class Person:
    """Who does something: "1" and "2" are citizens, others officers by name; `where` is a group, "" in private."""

    name: str
    where: str = ""

    @property
    def citizen(self) -> bool:
        """Somebody who reports."""
        return self.name.isdigit()

    @property
    def screen(self) -> str:
        """Whose screen shows what is said there: the answer's mark in the file."""
        return self.where or ("" if self.name == "1" else self.name)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as its reader's channel got it; `body` as bot/inside/render.py makes it."""

    screen: str
    body: dict[str, Any]
    card: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a group something was said: in answer to a case's card, or in a case's topic."""

    reply: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file turns out to be: refused for a reason, or a photo that says where and when it was taken."""

    why: str = ""
    point: tuple[float, float] | None = None
    taken: str = ""


class House(Protocol):
    """What answers: the real engine, the pure core with dicts, or the engine behind a platform's door."""

    heard: list[Heard]

    async def begin(self, at: datetime) -> None:
        """The clock is set."""

    async def wait(self, until: datetime) -> None:
        """Time passes; timers that run out are heard."""

    async def officer(self, name: str, office: str, role: str) -> None:
        """Somebody already serves there."""

    async def invitation(self, office: str, role: str, until: timedelta) -> str:
        """A one-time code."""

    async def group(self, name: str, *, topics: bool) -> None:
        """A group of the platform."""

    async def tell(self, person: Person, event: Event, place: Place) -> None:
        """A person does something."""

    async def settle(self, files: dict[str, Found]) -> None:
        """Files are fetched; what turns out of them, by their names."""
