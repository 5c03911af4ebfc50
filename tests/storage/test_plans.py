"""Lists, search and mornings look at what they show and count, never through all cases: the plans say so."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from bench.plans import plans
from handlers.life import BARU, DIGABUNG, ENDED
from handlers.sifting import Sift
from storage import alarms, joins, likeness, mornings, search
from storage.queue import Desk, queue
from storage.tables import IS_NEW, IS_OPEN, IS_OVER, IS_RUNNING
from tests.bot.desks import SUKOHARJO

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from tests.serving import House

LISTS = {
    "baru": "ix_cases_new", "saya": "ix_cases_held", "jalan": "ix_cases_running", "tempo": "ix_cases_due",
    "semua": "ix_cases_every", "akhir": "ix_cases_over",
}  # fmt: skip


def listed(conn: Connection, keys: Any, *, sift: Sift) -> Any:
    return queue(conn, keys, Desk(SUKOHARJO, 1, "2024-10-10"), sift)


def narrow(view: str) -> Sift:
    """Everything that an index of a list can tell by itself."""
    status = "ditutup" if view == "akhir" else "kajian"
    return Sift(view, "33.11.01", "ajakan", status, urgent=True, late=True, free=view != "saya", holder=0)


# Of an empty table PostgreSQL chooses by chance among indexes that all serve: "ix_cases_" is any of them.
READS: dict[str, tuple[Callable[[Connection, Any], Any], set[str]]] = {
    **{view: (partial(listed, sift=Sift(view)), {index}) for view, index in LISTS.items()},
    **{f"{view}, narrowed": (partial(listed, sift=narrow(view)), {"ix_cases_"}) for view, index in LISTS.items()},
    **{f"{view}, labelled": (partial(listed, sift=Sift(view, label="x")), {index}) for view, index in LISTS.items()},
    "own": (lambda conn, keys: search.find(conn, keys, ["a", "b"], SUKOHARJO, 8, 100), {"ix_case_words_office"}),
    "nation": (lambda conn, keys: search.find(conn, keys, ["a", "b"], "RI", 8, 100), {"case_words"}),
    "alike": (lambda conn, keys: likeness.sharing(conn, keys, (1, SUKOHARJO), ["a"], ["b"]), {"case_marks"}),
    "joined": (lambda conn, _: joins.members(conn, 1), {"ix_cases_main"}),
    "morning": (lambda conn, _: mornings.morning(conn, "RI", 1, "2024-10-10", "2024-10-10"), {"ix_cases_"}),
    "silent": (lambda conn, _: alarms.due_queues(conn, 9, 100), {"ix_watches_due"}),
    "limits": (lambda conn, _: alarms.due_offices(conn, 9, 100), {"ix_cases_alarm"}),
}


def test_the_conditions_of_the_indexes_are_those_of_the_life_of_a_case() -> None:
    """Another state that ends a case needs a migration of these indexes."""
    assert set(re.findall(r"'(\w+)'", IS_NEW)) == {BARU}
    assert set(re.findall(r"'(\w+)'", IS_OPEN)) == ENDED
    assert set(re.findall(r"'(\w+)'", IS_OVER)) == ENDED - {DIGABUNG}  # what is joined goes on elsewhere
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
        assert "Seq Scan" not in plan.replace("Seq Scan on watches", "")  # a row an office
        assert "SCAN cases" not in plan or "COVERING INDEX" in plan, plan
        assert "Join" not in plan or "case_words" not in plan, plan  # words are looked up one by one
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan or name in {"morning", "limits"}, plan


@pytest.mark.parametrize("view", sorted(LISTS.keys() - {"saya"}))  # which is short: what one officer holds
async def test_what_narrows_a_list_is_read_from_its_index_alone(sqlite_house: House, view: str) -> None:
    read = partial(listed, sift=narrow(view))
    found = await sqlite_house.serving.database.write(lambda conn: seen(conn, read, sqlite_house))
    narrowed = [plan for plan in found if "ix_cases_" in plan]
    assert len(narrowed) == 2  # the count, and the page
    assert all("COVERING INDEX ix_cases_" in plan for plan in narrowed), narrowed
    assert any(LISTS[view] in plan for plan in narrowed)
