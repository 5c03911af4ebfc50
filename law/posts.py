"""Classes of posts as data: law/posts.toml, for figures like those that KASN published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from law import datafile, said

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from law.datafile import Table

FILE = Path(__file__).with_name("posts.toml")


@dataclass(frozen=True, slots=True)
class Post:
    """A class of posts, and the words by which it is known."""

    id: str
    words: tuple[re.Pattern[str], ...]


def load_posts(path: Path = FILE) -> tuple[Post, ...]:
    """Every class in its order. Raises LawProblem, which must stop the start."""
    return datafile.read(path).listed("post", _post)


def _post(row: Table) -> Post:
    row.only("id", "words")
    return Post(row.text("id"), said.patterns(row))


def find_post(posts: Iterable[Post], words: str) -> Post | None:
    """The first class that fits what was said of an official; None where it is not plain."""
    return said.first(posts, words)
