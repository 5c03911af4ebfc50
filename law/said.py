"""Rules that look for words in what was said of an official: regular expressions over small letters, single spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from law.datafile import Table

LONGEST = 300  # characters of what was said of an official that are looked at


class Worded(Protocol):
    """A rule that has words."""

    @property
    def words(self) -> tuple[re.Pattern[str], ...]:
        """Any of them decides."""
        ...


R = TypeVar("R", bound=Worded)


def patterns(row: Table) -> tuple[re.Pattern[str], ...]:
    """The expressions of a row of data. Raises LawProblem."""
    return tuple(_pattern(row, word) for word in row.words("words"))


def _pattern(row: Table, word: str) -> re.Pattern[str]:
    try:
        return re.compile(word)
    except re.error as error:
        raise row.problem("words", f"holds {word!r}, which is no regular expression ({error})") from None


def first(rules: Iterable[R], said: str) -> R | None:
    """The first rule that fits what was said of an official."""
    plain = " ".join(re.findall(r"[^\W_]+", said[:LONGEST].casefold()))
    return next((one for one in rules if any(word.search(plain) for word in one.words)), None)
