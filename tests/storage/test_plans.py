"""Lists, search and mornings look at what they show and count, never through all cases: the plans say so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from bench.plans import plans
from handlers.life import BARU, ENDED
from storage import cases, mornings, search
from storage.tables import IS_NEW, IS_OPEN, IS_RUNNING
from tests.bot.desks import SUKOHARJO

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from tests.serving import House

READS: dict[str, tuple[Callable[[Connection, Any], Any], set[str]]] = {
    "baru": (lambda conn, keys: cases.queue(conn, keys, SUKOHARJO, 1, "baru", 1), {"ix_cases_new"}),
    "saya": (lambda conn, keys: cases.queue(conn, keys, SUKOHARJO, 1, "saya", 1), {"ix_cases_held"}),
    "jalan": (lambda conn, keys: cases.queue(conn, keys, SUKOHARJO, 1, "jalan", 1), {"ix_cases_running"}),
    "tempo": (lambda conn, keys: cases.queue(conn, keys, SUKOHARJO, 1, "tempo", 1), {"ix_cases_due"}),
    "own": (lambda conn, keys: search.find(conn, keys, ["a", "b"], SUKOHARJO, 8, 100), {"ix_case_words_office"}),
    "nation": (lambda conn, keys: search.find(conn, keys, ["a", "b"], "RI", 8, 100), {"case_words"}),
    "morning": (lambda conn, _: mornings.morning(conn, "RI", 1, "2024-10-10", "2024-10-10"), {"ix_cases_open"}),
}


def test_the_conditions_of_the_indexes_are_those_of_the_life_of_a_case() -> None:
    """Another state that ends a case needs a migration of these indexes."""
    assert set(re.findall(r"'(\w+)'", IS_NEW)) == {BARU}
    assert set(re.findall(r"'(\w+)'", IS_OPEN)) == ENDED
    assert set(re.findall(r"'(\w+)'", IS_RUNNING)) == {BARU, *ENDED}


def seen(conn: Connection, read: Callable[[Connection, Any], Any], home: House) -> list[str]:
    return list(plans(conn, lambda it: read(it, home.keys), few=True).values())


@pytest.mark.parametrize("name", READS)
async def test_each_list_has_its_index(any_house: House, name: str) -> None:
    read, wanted = READS[name]
    found = await any_house.serving.database.write(lambda conn: seen(conn, read, any_house))
    assert found
    for index in wanted:
        assert any(index in plan for plan in found), found
    for plan in found:
        assert "Seq Scan" not in plan
        assert "SCAN cases" not in plan or "COVERING INDEX" in plan, plan
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan or name == "morning", plan
