"""The quick tier of the model, on both databases; `python -m tests.model` plays thousands of steps."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import pytest

from tests.bot import matrix
from tests.model.mutants import MUTANTS, ROOT, Mutant
from tests.model.play import played
from tests.model.rules import HAPPENINGS, MOVES, RULES

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("JN_SEED", "0")) or secrets.randbelow(1_000_000)
STEPS = 500


def test_the_model_speaks_of_what_there_is() -> None:
    commands = matrix.rows()
    assert RULES.keys() <= commands.keys()
    assert MOVES.keys() <= commands.keys()
    assert not HAPPENINGS.keys() & MOVES.keys()


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_what_a_mutant_breaks_still_reads_so(mutant: Mutant) -> None:
    assert mutant.old in (ROOT / mutant.file).read_text(encoding="utf-8")


async def test_whatever_people_do_is_as_it_may_be(tmp_path: Path, database_url: str) -> None:
    """A failure prints the command that plays it again."""
    async with played(tmp_path / "data", SEED, database_url) as play:
        await play.run(STEPS)
    assert len(play.moves) > 8, "a play in which little happens shows little"


async def test_the_same_seed_comes_to_the_same_end_on_both_databases(tmp_path: Path, postgres: object) -> None:
    ends = []
    for url in ("", postgres.fresh()):  # type: ignore[attr-defined]
        async with played(tmp_path / f"data{len(ends)}", 20241010, url) as play:
            ends.append(await play.run(120))
    assert ends[0] == ends[1]
