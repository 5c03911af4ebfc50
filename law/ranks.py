"""Ranks as data: reads law/ranks.toml, refuses what is wrong in it, and finds the level of an official."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile, said

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from law.datafile import Table

FILE = Path(__file__).with_name("ranks.toml")


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
    level = row.choice("level", "provinsi", "nasional")
    return Rank(row.text("id"), level, row.text("label"), said.patterns(row))


def find_rank(ranks: Iterable[Rank], words: str) -> Rank | None:
    """The first rule that fits what was said of an official; None where the place of the event decides."""
    return said.first(ranks, words)
