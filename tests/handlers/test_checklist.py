"""The list of a stage by chance: every tick counts once, nobody's is lost, the history stays light."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.checking import check
from handlers.checklist import KEPT, MOST_OWN, applied, items
from handlers.checklist_effects import CheckItem
from handlers.effects import Send
from handlers.reply import Here
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from tests.handlers.memory_house import CALENDAR, CHECKS, OFFICES, REGIMES, Book

BOOK = Book(REGIMES, CALENDAR, offices=OFFICES, checks=CHECKS)
AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
STAGE = "ditelusuri"
PEOPLE = tuple(Staff(number, name, "33.11", "Bawaslu", "petugas") for number, name in enumerate(("Ani", "Danu"), 1))


def case(facts: dict[str, Any], status: str = STAGE) -> CaseView:
    return CaseView("JN-ZQ4C-CVSG", "33.11", "B", "33.11", "B", status, 3, AT, facts=facts)


def said(facts: dict[str, Any], words: str, status: str = STAGE) -> list[Any]:
    return list(check(case(facts, status), words, Here(Turn(AT, PEOPLE[0]), BOOK)))


def after(facts: dict[str, Any], item: str, deed: str, who: Staff = PEOPLE[0], at: datetime = AT) -> tuple[Any, str]:
    kept, note = applied(STAGE, facts, CheckItem("", STAGE, item, deed), who, at, BOOK)
    return {**facts, KEPT: kept}, note


@pytest.mark.parametrize("seed", range(40))
def test_what_was_ticked_is_ticked_whoever_else_did_what(seed: int) -> None:
    """Beside it a set of what should be ticked; each change of it goes through the same door."""
    chance, facts, wanted, by = random.Random(seed), {}, set[str](), dict[str, str]()
    for turn in range(60):
        names = [one.id for one in items(STAGE, facts, BOOK)]
        who, deed, item = (
            chance.choice(PEOPLE),
            chance.choice(("ya", "ya", "belum", "tambah", "buang")),
            chance.choice(names),
        )
        own = item.startswith("+")
        if deed == "tambah":
            item = f"butir {turn}"
        elif deed == "buang" and not own:
            continue
        was = all(one.done for one in items(STAGE, facts, BOOK))
        facts, note = after(facts, item, deed, who, AT + timedelta(minutes=turn))
        if deed == "ya":
            wanted.add(item)
            by.setdefault(item, who.name)
        elif deed != "tambah":
            wanted.discard(item)
            by.pop(item, None)
        found = items(STAGE, facts, BOOK)
        assert {one.id for one in found if one.done} == wanted
        assert {one.id: one.by for one in found if one.done} == by
        now = all(one.done for one in found)
        assert bool(note) == (deed in {"tambah", "buang"} or was != now)


def test_a_number_that_was_thrown_away_never_comes_again() -> None:
    facts, _ = after({}, "notulen", "tambah")
    facts, _ = after(facts, "+1", "buang")
    facts, _ = after(facts, "foto", "tambah")
    assert [one.id for one in items(STAGE, facts, BOOK) if one.id.startswith("+")] == ["+2"]
    [told, shown] = said(facts, f".{STAGE} +1 ya")  # a button of the one that was thrown away
    assert isinstance(told, Send)
    assert isinstance(shown, Send)


def test_a_list_has_an_end() -> None:
    facts: dict[str, Any] = {}
    for number in range(MOST_OWN):
        facts, _ = after(facts, f"butir {number}", "tambah")
    assert "Sudah ada" in str(said(facts, "+ satu lagi")[0].text)
    assert "paling panjang" in str(said({}, "+ " + "x" * 101)[0].text)


@pytest.mark.parametrize(
    "words", [".", f".{STAGE}", f".{STAGE} hubungi", f".{STAGE} hubungi apa", ".baru hubungi ya", ".."]
)
def test_a_button_made_up_changes_nothing(words: str) -> None:
    assert all(isinstance(one, Send) for one in said({}, words))


def test_a_stage_without_a_list_takes_items_of_its_own() -> None:
    [shown] = said({}, "", "dilengkapi")
    assert "tidak punya daftar" in str(shown.text)
    assert said({}, "+ telepon lagi", "dilengkapi") == [
        CheckItem("JN-ZQ4C-CVSG", "dilengkapi", "telepon lagi", "tambah")
    ]
