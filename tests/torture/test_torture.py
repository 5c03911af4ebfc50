"""Killed with -9 again and again, nothing is lost and nothing is done twice."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import pytest

from tests.torture import telegram, web
from tests.torture.mutants import MUTANTS, Mutant
from tests.torture.victim import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SEED = int(os.environ.get("JN_SEED", "0")) or secrets.randbelow(1_000_000)


@pytest.mark.slow
async def test_the_page_survives(tmp_path: Path) -> None:
    verdict = await web.torture(tmp_path, SEED, 30)
    print(verdict)
    assert verdict.clean, str(verdict)
    assert verdict.unanswered >= 30, "the kills must hit requests"


@pytest.mark.slow
async def test_telegram_survives(tmp_path: Path) -> None:
    verdict = await telegram.torture(tmp_path, SEED, 5)
    print(verdict)
    assert verdict.clean, str(verdict)


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_what_a_mutant_breaks_still_reads_so(mutant: Mutant) -> None:
    assert mutant.old in (ROOT / mutant.file).read_text(encoding="utf-8")
