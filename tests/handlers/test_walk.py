"""Every path of the report ends, every question can be reached, and docs/flows.md is drawn from what runs."""

from __future__ import annotations

import pytest

from bot.talk import flowchart
from handlers.book import Book
from handlers.closing import FLOWS
from tests.handlers.memory_house import CALENDAR, OFFICES, REGIMES
from tests.serving import TEN

BOOK = Book(REGIMES, CALENDAR, offices=OFFICES)


@pytest.fixture(scope="module")
def walked() -> flowchart.Walk:
    return flowchart.walk(BOOK, TEN)


def test_every_path_ends(walked: flowchart.Walk) -> None:
    assert walked.ended
    assert walked.endless() == set()


def test_every_question_is_reached(walked: flowchart.Walk) -> None:
    people = {ask.key for ask in FLOWS["report"].asks if not ask.house}
    assert walked.asked == people


def test_it_is_sent_or_stopped_and_nothing_else(walked: flowchart.Walk) -> None:
    ends = {after for ways in walked.arrows.values() for after in ways} - walked.asked
    assert ends == {"terkirim", "berhenti"}
    stopping = {before for before, ways in walked.arrows.items() if "berhenti" in ways}
    assert stopping == {"consent", "pilkades"}


def test_the_page_is_fresh(walked: flowchart.Walk) -> None:
    assert flowchart.PAGE.read_text(encoding="utf-8") == flowchart.page(walked, BOOK, TEN), (
        "python -m bot.talk.flowchart"
    )


def test_a_path_without_an_end_is_seen(walked: flowchart.Walk) -> None:
    circle = flowchart.Walk(leads={"a": {"b"}, "b": {"a"}, "c": set()}, ended={"c"})
    assert circle.endless() == {"a", "b"}
