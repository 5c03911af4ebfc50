"""Many cases at once, where a transcript would be too long, or where the house would never let it come so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from handlers import bulk
from handlers.desk_effects import MoveMany, One, Wish
from handlers.desk_events import BulkLoaded, ManyLoaded
from handlers.effects import Send
from handlers.reply import Here
from handlers.state import State
from handlers.turn import Staff, Turn
from handlers.view import CaseView
from tests.handlers.memory_desk import DictHouse

NOW = datetime(2024, 10, 10, 3, tzinfo=UTC)
ANI = Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", "petugas")
HERE = Here(Turn(NOW, ANI), DictHouse("web").book)
TAKE = Wish("ambil")


def view(number: int, **more: object) -> CaseView:
    office = "Bawaslu Kabupaten Sukoharjo"
    one = CaseView(f"JN-{number:04}-0000", "33.11", office, "33.11", office, "baru", 3, NOW)
    return replace(one, **more)  # type: ignore[arg-type]


def test_one_go_is_fifty_cases_at_most_and_says_so() -> None:
    loaded = BulkLoaded("Baru", TAKE, 60, tuple(view(number) for number in range(60)))
    reply = bulk.bulk_loaded(State(), loaded, HERE)
    [send] = reply.effects
    assert isinstance(send, Send)
    assert "Sekali jalan paling banyak {most} kasus; ulangi untuk sisanya." in str(send.text)
    assert send.options[0].label.values == {"count": 50}  # type: ignore[union-attr]
    assert [ticket for ticket, _ in reply.state.bulk["cases"]] == [view(number).ticket for number in range(50)]


def test_more_than_are_looked_through_are_spoken_of() -> None:
    loaded = BulkLoaded("Baru", TAKE, 1000, tuple(view(number) for number in range(3)))
    [send] = bulk.bulk_loaded(State(), loaded, HERE).effects
    assert "ulangi untuk sisanya" in str(send.text)  # type: ignore[union-attr]


def test_who_may_is_decided_again_when_it_is_confirmed() -> None:
    others = view(1, status="ditangani", holder=8, holder_name="Pak Danu")
    loaded = ManyLoaded(Wish("lepas"), ((One(others.ticket, others.rev), others),), "7.1")
    [moves] = bulk.many_loaded(State(), loaded, HERE).effects
    assert isinstance(moves, MoveMany)
    assert (moves.steps, moves.left) == ((), ((others.ticket, "orang_lain"),))
