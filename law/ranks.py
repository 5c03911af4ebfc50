"""Ranks as data: reads law/ranks.toml, refuses what is wrong in it, and finds the level of an official."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from law.datafile import Table

FILE = Path(__file__).with_name("ranks.toml")
LONGEST = 300  # characters of what was said of an official that are looked at


@dataclass(frozen=True, slots=True)
class Rank:
    """A rule: officials so described are handled at this level ("provinsi", "nasional")."""

    id: str
    level: str
    label: str
    words: tuple[re.Pattern[str], ...]


def load_ranks(path: Path = FILE) -> tuple[Rank, ...]:
    """Every rule in its order. Raises LawProblem, which must stop the start."""
    return datafile.read(path).listed("rank", _rank)


def _rank(row: Table) -> Rank:
    row.only("id", "level", "label", "words")
    words = tuple(_pattern(row, word) for word in row.words("words"))
    return Rank(row.text("id"), row.choice("level", "provinsi", "nasional"), row.text("label"), words)


def _pattern(row: Table, word: str) -> re.Pattern[str]:
    try:
        return re.compile(word)
    except re.error as error:
        raise row.problem("words", f"holds {word!r}, which is no regular expression ({error})") from None


def find_rank(ranks: Iterable[Rank], said: str) -> Rank | None:
    """The first rule that fits what was said of an official; None where the place of the event decides."""
    plain = " ".join(re.findall(r"[^\W_]+", said[:LONGEST].casefold()))
    return next((one for one in ranks if any(word.search(plain) for word in one.words)), None)
