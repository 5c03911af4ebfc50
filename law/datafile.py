"""Reading a data file strictly: every refusal is one sentence that names the file and the key."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

V = TypeVar("V")


class Identified(Protocol):
    """A row that is told from others by its id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


R = TypeVar("R", bound=Identified)


class LawProblem(Exception):  # noqa: N818 - the name says whose problem it is
    """A rule or calendar file is wrong; the text is for whoever starts the house, which then stops."""


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table that remembers where it stands, so that a refusal can say so."""

    where: str  # "pilkada.toml" or "pilkada.toml, laporan[2]"
    values: Mapping[str, Any]

    def problem(self, key: str, sentence: str) -> LawProblem:
        """Make the error to raise about this key."""
        return LawProblem(f"{self.where}: key '{key}' {sentence}")

    def only(self, *known: str) -> None:
        """Refuse keys that nobody reads: a misspelt one would otherwise be silently ignored."""
        for key in self.values:
            if key not in known:
                raise self.problem(key, f"is not known here; known are: {', '.join(known)}")

    def get(self, key: str, kind: type[V], what: str) -> V:
        """Take a required value of exactly this type: a date is no datetime, a number no truth value."""
        if key not in self.values:
            raise self.problem(key, f"is missing; it should be {what}")
        value = self.values[key]
        if type(value) is not kind:
            raise self.problem(key, f"should be {what}, not {value!r}")
        return value

    def text(self, key: str, *, blank: bool = False) -> str:
        """Take a required text; empty only where `blank` allows it."""
        value = self.get(key, str, "a text in quotes")
        if not value.strip() and not blank:
            raise self.problem(key, "is empty")
        return value

    def choice(self, key: str, *allowed: str) -> str:
        """Take one of a few words."""
        value = self.text(key)
        if value not in allowed:
            raise self.problem(key, f"should be one of {', '.join(allowed)}, not {value!r}")
        return value

    def day(self, key: str) -> date:
        """Take a date without quotes and without a time of day."""
        return self.get(key, date, "a date like 2024-09-25, without quotes")

    def table(self, key: str) -> Table:
        """Take a table inside this one."""
        return Table(f"{self.where}, [{key}]", self.get(key, dict, f"a table [{key}]"))

    def tables(self, key: str) -> list[Table]:
        """Take a list of tables; empty where the file has none."""
        rows: list[object] = self.get(key, list, f"tables [[{key}]]") if key in self.values else []
        for row in rows:
            if not isinstance(row, dict):
                raise self.problem(key, f"should hold tables [[{key}]], not {row!r}")
        return [Table(f"{self.where}, {key}[{n}]", row) for n, row in enumerate(rows, 1) if isinstance(row, dict)]

    def distinct(self, key: str, ids: Iterable[str]) -> None:
        """Refuse rows of this key that share an id."""
        seen = Counter(ids)
        if twice := [name for name, times in seen.items() if times > 1]:
            raise self.problem(key, f"has the id {twice[0]!r} more than once")

    def listed(self, key: str, make: Callable[[Table], R]) -> tuple[R, ...]:
        """Make what a file holds beside its source: rows of one kind, each with an id of its own."""
        self.only("source", key)
        self.text("source")
        found = tuple(make(row) for row in self.tables(key))
        self.distinct(key, (one.id for one in found))
        return found

    def words(self, key: str) -> tuple[str, ...]:
        """Take a list of texts, not empty."""
        return self.as_words(key, self.get(key, list, "a list of texts"))

    def as_words(self, key: str, value: object) -> tuple[str, ...]:
        """Check that a value of this key is a list of texts, not empty."""
        if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
            raise self.problem(key, f"should be a list of texts, not {value!r}")
        return tuple(value)


def read(path: Path) -> Table:
    """Read one TOML file. Raises LawProblem where it is absent, unreadable or no TOML."""
    try:
        return Table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LawProblem(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LawProblem(f"{path}: is no valid TOML ({error})") from error
