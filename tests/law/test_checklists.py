"""The lists of the stages are whole: stages that there are, labels that fit a button, no id twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.life import ENDED, STATUSES
from law.checklists import load_checks
from law.datafile import LawProblem

if TYPE_CHECKING:
    from pathlib import Path

ROW = '[[butir]]\nid = "{id}"\nstages = ["ditelusuri"]\nlabel = "{label}"\ntext = "x"\nsource = ""\n'


def test_every_stage_is_one_of_a_cases_life() -> None:
    stages = {stage for one in load_checks() for stage in one.stages}
    assert stages <= STATUSES.keys() - ENDED
    assert {"ditelusuri", "klarifikasi", "kajian", "kajian_awal"} <= stages


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (ROW.format(id="a", label="x" * 19), "at most 18 letters"),
        (ROW.format(id="a", label="x") * 2, "more than once"),
        (ROW.format(id="a", label="x").replace("source", "dasar"), "is not known"),
    ],
)
def test_a_wrong_list_stops_the_start(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "checklists.toml"
    path.write_text(f'source = "x"\n{text}')
    with pytest.raises(LawProblem, match=wrong):
        load_checks(path)
