"""The bench's own cases fit the tables as they are by now, and its measuring runs over both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, true

from bench import desk
from bot.inside.counting import summer
from storage.tables import tallies
from storage.tallies import ALL_DAYS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.postgres import Server


async def test_the_desk_is_measured_over_cases_that_the_bench_made(
    tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "WARM", 0)
    said = await desk.measure(tmp_path / "desk", (600, 700), 1, postgres)
    assert "SQLite: ms" in said
    assert "PostgreSQL: ms" in said
    assert "700 cases" in said


async def test_the_sums_that_the_bench_writes_are_those_of_its_cases(tmp_path: Path) -> None:
    [home] = await desk.built(tmp_path / "desk", 300, None)
    adding = summer(home.serving.means)
    nation = select(tallies).where(tallies.c.scope == "RI", tallies.c.day != ALL_DAYS)
    counted = await home.serving.database.read(lambda conn: adding.of_cases(conn, "RI", true()))
    written = await home.serving.database.read(lambda conn: conn.execute(nation).all())
    await home.serving.stop()
    assert counted == {(row.scope, row.day, row.part, row.value): row.count for row in written}
    assert sum(counted.values()) > 900
