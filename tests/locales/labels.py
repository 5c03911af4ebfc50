"""Every label that people can press, gathered from the flows, cards and commands themselves, and from the source."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handlers import cards, summary
from handlers.book import Book
from handlers.closing import FLOWS
from handlers.effects import Option, Send, T
from handlers.flow import Ask, Scene
from handlers.life import STATUSES
from handlers.reasons import REASONS, REFUSALS, STOPS
from handlers.speech import IDENTITIES, KINDS, POSITIONS
from handlers.turn import Turn
from handlers.view import CaseView
from law.calendar import Calendar
from law.rules import load_regimes

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = datetime(2024, 10, 2, 3, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
NEAR = {"code": "33.11", "name": "Kabupaten Sukoharjo", "kecamatan_code": "", "point": [-7.6, 110.8]}
ANSWERS: dict[str, Any] = {
    "story": "Camat Grogol mengajak warga memilih calon nomor 1",
    "place": {"code": "33.11", "name": "Kabupaten Sukoharjo", "zone": "Asia/Jakarta"},
    "place_options": [("33.11", "Kabupaten Sukoharjo", "Asia/Jakarta")],
    "evidence": [{"id": "1", "kind": "photo", "near": NEAR}],
    "happened": "2024-10-01",
    "command": "tutup",
    "ticket": "JN-0000-0000",
    "question": "Jam berapa?",
    "tickets": ["JN-0000-0000"],
    "items": "",
    "name": "sudah dibaca",
    "isi": "Terima kasih.",
}


def book() -> Book:
    return Book(load_regimes(), Calendar.load())


def scene(answers: dict[str, Any], voice: Any = str) -> Scene:
    return Scene(answers, Turn(AT, voice=voice), BOOK)


BOOK = book()


def questions() -> Iterator[tuple[str, Ask]]:
    """Every question that is put to people, by a name for the test's report."""
    for flow in FLOWS.values():
        yield from ((f"{flow.name}.{ask.key}", ask) for ask in flow.asks if not ask.house)


def put(ask: Ask) -> Send:
    sent = ask.put(scene(ANSWERS))
    assert isinstance(sent, Send)
    return sent


def case(status: str) -> CaseView:
    office = ("33.11", "Bawaslu Kabupaten Sukoharjo")
    return CaseView("JN-0000-0000", *office, *office, status, 1, AT)


def messages() -> Iterator[tuple[Option, ...]]:
    """The buttons of each message that the flows, the cards and the commands can make."""
    for _, ask in questions():
        yield put(ask).options
    change = FLOWS["report"].ask("ubah_apa")
    assert change is not None
    for slot in summary.SLOTS:  # with one answer there are two buttons, with all of them twelve
        sent = change.put(scene({slot.key: "x"}))
        assert isinstance(sent, Send)
        yield sent.options
    for status in STATUSES:
        yield cards.buttons(case(status))
    for table in (REASONS, REFUSALS, STOPS):
        yield tuple(Option(label, code) for code, label in table.items())


def in_source() -> Iterator[str]:
    """The label of each Option, Choice or card's button that is written out in the code."""
    for path in sorted(ROOT.glob("handlers/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Option", "Choice", "button"}:
                yield from (
                    part.args[0].value
                    for arg in node.args
                    for part in ast.walk(arg)
                    if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "T"
                    if isinstance(part.args[0], ast.Constant)
                )


def labels() -> dict[str, int]:
    """Each label of ours with the smallest number of buttons that it is ever shown among; 1 where not known."""
    found: dict[str, int] = {}
    for options in messages():
        for option in options:
            if isinstance(option.label, T):
                msgid = option.label.msgid
                found[msgid] = min(found.get(msgid, len(options)), len(options))
    for msgid in in_source():
        found.setdefault(msgid, 1)
    for table in (KINDS, POSITIONS, IDENTITIES, REASONS, REFUSALS, STOPS):
        assert all(word.msgid in found for word in table.values()), "a table of choices is asked by no question"
    return found


TEXT_AT = {"Send": 0, "say": 1, "Misread": 0, "Option": 0, "Choice": 1}


def unvoiced() -> Iterator[str]:
    """Words that a handler says without T, so that no other language could: where, and which."""
    for path in sorted(ROOT.glob("handlers/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (at := TEXT_AT.get(getattr(node.func, "id", ""))) is not None:
                said = node.args[at] if len(node.args) > at else None
                if isinstance(said, ast.JoinedStr) or (isinstance(said, ast.Constant) and said.value):
                    yield f"{path.name}:{node.lineno}: {ast.unparse(said)}"
