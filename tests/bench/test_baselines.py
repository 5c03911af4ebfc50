"""The bots that the bench compares with really hold the conversation: eight replies, one report, nothing left."""

from __future__ import annotations

import sqlite3

import pytest

from bench import steps
from bench.contenders import CONTENDERS, USUAL, Contender
from bench.talk import LINES, STEPS

BASELINES = [one for one in CONTENDERS if not one.needs]


@pytest.mark.parametrize("contender", BASELINES, ids=lambda one: one.name)
async def test_every_step_is_answered_and_the_report_is_there(contender: Contender, tmp_path):
    fed = await contender.opened(tmp_path)
    assert await steps.crowd(fed, 0, people=3, talks=2) > 0
    assert fed.replies == 3 * 2 * STEPS
    await fed.close()
    if contender.name == USUAL:
        with sqlite3.connect(tmp_path / "bot.db") as db:
            [*reports] = db.execute("SELECT answers FROM report")
            assert len(reports) == 6
            assert all(line in reports[0][0] for line in LINES[1:-1])
            assert db.execute("SELECT count(*) FROM talk").fetchone() == (0,)
        db.close()
