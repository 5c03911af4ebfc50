"""What came of a case, as /status says it: with its reason where one was told, else alone."""

from __future__ import annotations

from handlers.citizen import status_found
from handlers.events import StatusFound
from handlers.life import OVER, REASONED
from handlers.reasons import CLOSINGS, REFUSALS, REFUSED, STOPS
from handlers.state import State
from handlers.steps import LISTS
from tests.handlers.test_helping import said


def shown(status: str, *came_to: str, joined: bool = False) -> str:
    found = (("JN-1", status, "Bawaslu", "2024-10-10"),)
    over = {"JN-1": (came_to[0], came_to[1])} if came_to else {}
    event = StatusFound(found, asked=True, joined=frozenset({"JN-1"}) if joined else frozenset(), came_to=over)
    return str([said(send.text) for send in status_found(State(), event).effects if hasattr(send, "text")])


def test_the_outcome_and_its_reason() -> None:
    assert "Hasil" not in shown("ditangani")
    assert "Hasil JN-1: menurut rapat pleno bukan pelanggaran." in shown("selesai", "bukan_pelanggaran", "")
    assert "Hasil JN-1: ditutup, karena hal yang sama" in shown("ditutup", "ditutup", "ganda")
    assert "Hasil JN-1: penanganannya dihentikan, karena batas waktu" in shown("selesai", "dihentikan", "waktu_habis")
    assert "Hasil JN-1: ditutup." in shown("ditutup", "ditutup", "unheard_of", joined=True)


def test_each_reason_has_its_words_for_the_reporter() -> None:
    assert LISTS.keys() == REASONED
    assert CLOSINGS.keys() == LISTS["tutup"].keys()
    assert REFUSED.keys() == REFUSALS.keys() | STOPS.keys()
    assert {"selesai", "ditutup"} <= OVER
