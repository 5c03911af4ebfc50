"""Walks the report over all its choices, proves that every path ends, and draws docs/flows.md from the same data."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.inside.render import words
from handlers.closing import FLOWS
from handlers.conversation import step
from handlers.effects import FileReport, FindPlace, KeepMedia, Send, T
from handlers.events import Media, MediaReceived, OptionChosen, PhotoPlaced, PlaceFound, ReportFiled, TextReceived
from handlers.flow import Scene
from handlers.state import State
from handlers.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from handlers.book import Book
    from handlers.effects import Effect, Option
    from handlers.events import Event
    from handlers.flow import Flow

PAGE = Path(__file__).parents[2] / "docs" / "flows.md"
ROUTE = ("33.11", "Kabupaten Sukoharjo", "Asia/Jakarta")
OTHER = ("35.06", "Kabupaten Kediri", "Asia/Jakarta")
# What is typed at a question that takes any words: each way its reading can turn.
TYPED: dict[str, tuple[str, ...]] = {
    "story": ("Camat membagikan kaos paslon", "Calon kades membagikan uang untuk Pilkades"),
    "place_said": ("Sukoharjo", "Grogol"),
    "terlapor": ("Camat Grogol", "Pak Budi"),
    "happened": ("6 Oktober 2024",),
    "known": ("7 Oktober 2024",),
    "evidence": ("https://contoh.id/1",),
    "pelapor_hp": ("0812 3456 7890",),
}
WORDS = "Siti Aminah"


@dataclass(slots=True)
class Walk:
    """What was seen: questions and what leads from one to the next, paths that ended, and the longest of them."""

    arrows: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)  # states from which some answer ends the talk
    leads: dict[str, set[str]] = field(default_factory=dict)  # from each state to those after it

    def note(self, before: str, after: str, how: str) -> None:
        """From this question to that, by this answer."""
        ways = self.arrows.setdefault(before, {}).setdefault(after, [])
        if how not in ways:
            ways.append(how)

    def endless(self) -> set[str]:
        """The states from which no way leads to an end: there must be none."""
        ending, grown = set(self.ended), True
        while grown:
            more = {mark for mark, after in self.leads.items() if after & ending} - ending
            ending, grown = ending | more, bool(more)
        return set(self.leads) - ending


class DeadEnd(Exception):  # noqa: N818 - the name says what it is
    """A path that neither asks nor ends."""


def walk(book: Book, at: datetime) -> Walk:
    """Every question with every button, from every set of facts that makes a difference. Raises DeadEnd."""
    found = Walk()
    state, _ = _said(State(), TextReceived("/lapor"), at, book)
    waiting = deque([state])
    while waiting:
        state = waiting.popleft()
        mark = _mark(state)
        if mark in found.leads:
            continue
        leads = found.leads[mark] = set()
        found.asked.add(state.asked)
        for how, event in _answers(state, at, book):
            after, effects = _said(state, event, at, book)
            if after.talk is None:
                found.ended.add(mark)
                found.note(state.asked, _ending(effects), how)
            elif not after.asked:
                raise DeadEnd(f"{state.asked}: {how}")
            elif _mark(after) != mark:
                found.note(state.asked, after.asked, how)
                leads.add(_mark(after))
                waiting.append(after)
    return found


def _said(state: State, event: Event, at: datetime, book: Book) -> tuple[State, list[Effect]]:
    """Step, and step again with what a house would answer."""
    turn = Turn(at, channel="web")
    after, effects = step(state, event, turn, book)
    every = list(effects)
    for effect in effects:
        answer = _house(effect)
        if answer is not None:
            after, more = _said(after, answer, at, book)
            every += more
    return after, every


def _house(effect: Effect) -> Event | None:
    if isinstance(effect, FileReport):
        return ReportFiled("JN-0000-0000", "0", "33.11", "Bawaslu", "Bawaslu")
    if isinstance(effect, KeepMedia):
        return PhotoPlaced(effect.media.id, _route("photo"))
    if not isinstance(effect, FindPlace):
        return None
    if effect.purpose != "place":
        return PlaceFound(effect.purpose, "reject")
    if effect.text == "Grogol":
        return PlaceFound("place", "ask", options=(ROUTE, OTHER))
    return _route("place")


def _route(purpose: str) -> PlaceFound:
    return PlaceFound(purpose, "route", *ROUTE[:2], zone=ROUTE[2], point=(-7.6, 110.8))


def _mark(state: State) -> str:
    """What the rest of the talk depends on: which questions are answered, and the answers that decide others."""
    assert state.talk is not None, "only open talks are walked"
    answers = state.talk.answers
    deciding = {key: answers.get(key) for key in ("identity", "formal", "pilkades_named", "ubah", "declined")}
    places = "place_options" in answers
    return json.dumps([state.asked, sorted(set(answers) & KEYS), deciding, places, sorted(state.talk.replaced)])


KEYS = frozenset(ask.key for ask in FLOWS["report"].asks)


def _answers(state: State, at: datetime, book: Book) -> Iterator[tuple[str, Event]]:
    """The buttons of the open question, and words where it takes them."""
    _, effects = _said(state, TextReceived("/lanjut"), at, book)
    options: Iterable[Option] = next((e.options for e in reversed(effects) if isinstance(e, Send)), ())
    for option in options:
        label = option.label.msgid if isinstance(option.label, T) else str(option.label)
        yield f"[{label}]", OptionChosen(option.data)
    if state.asked == "place_said":
        yield "foto yang mencatat tempat", MediaReceived(Media("f" * 32, "photo"))
    for typed in TYPED.get(state.asked, (WORDS,)):
        after, _ = _said(state, TextReceived(typed), at, book)
        if after.talk is None or _mark(after) != _mark(state):
            yield ("mengetik" if state.asked != "place_said" else f"mengetik {typed}"), TextReceived(typed)


def _ending(effects: list[Effect]) -> str:
    if any(isinstance(effect, FileReport) for effect in effects):
        return "terkirim"
    return "berhenti"


# --- drawing ----------------------------------------------------------------------------------------------------


def page(found: Walk, book: Book, at: datetime) -> str:
    """The whole of docs/flows.md."""
    rows = [
        "# Alur percakapan",
        "",
        "Digambar dari data yang dijalankan program (`handlers/report.py`), oleh `python -m bot.talk.flowchart`;",
        "jangan diubah dengan tangan. Setiap kotak satu pertanyaan, setiap panah satu cara menjawab. Perintah",
        "seperti /kembali, /ubah, dan /batal berlaku di mana saja dan tidak digambar. Setiap jalan berakhir di",
        "*terkirim* atau *berhenti*.",
        "",
        "## Menyampaikan yang dilihat",
        "",
        *_mermaid(found, FLOWS["report"]),
    ]
    for name, title in SIDE.items():
        rows += ["", f"## {title}", "", *_questions(FLOWS[name], book, at)]
    return "\n".join(rows) + "\n"


SIDE = {
    "jawab": "Menjawab petugas",
    "lengkapi": "Melengkapi yang diminta petugas",
    "more": "Menulis lagi sesudah terkirim",
    "wish": "Meminta dibetulkan",
    "perintah": "Petugas: kata-kata sebuah perintah",
}
MOST_WAYS = 3


def _mermaid(found: Walk, flow: Flow) -> list[str]:
    names = [ask.key for ask in flow.asks if ask.key in found.asked]
    rows = ["```mermaid", "flowchart TD"]
    rows += [f'  {name}["{_title(name)}"]' for name in names]
    rows += ['  terkirim(["terkirim"])', '  berhenti(["berhenti"])']
    for before in names:
        for after, ways in found.arrows.get(before, {}).items():
            shown = ", ".join(ways[:MOST_WAYS]) + (", …" if len(ways) > MOST_WAYS else "")
            rows.append(f'  {before} -->|"{shown}"| {after}')
    return [*rows, "```"]


def _title(key: str) -> str:
    return TITLES.get(key, key.replace("_", " "))


TITLES = {
    "consent": "Setuju disimpan?", "ubah_apa": "Jawaban mana yang diubah?", "story": "Apa yang Anda lihat?",
    "pilkades": "Tentang Pilkades?", "place_photo": "Di tempat foto itu?",
    "place_said": "Di mana?", "place_pick": "Yang mana tempatnya?",
    "kind": "Apa yang terjadi?", "terlapor": "Siapa?", "position": "ASN atau yang lain?", "happened": "Kapan?",
    "known": "Kapan Anda tahu?", "evidence": "Ada bukti?", "witness": "Siapa lagi yang melihat?",
    "identity": "Ingin dikenal bagaimana?", "pelapor_nama": "Nama", "pelapor_hp": "Nomor HP",
    "pelapor_alamat": "Alamat", "pelapor_lahir": "Tempat, tanggal lahir", "pelapor_kelamin": "Jenis kelamin",
    "pelapor_pekerjaan": "Pekerjaan", "pelapor_warga": "Kewarganegaraan", "pelapor_email": "E-mail",
    "terlapor_alamat": "Alamat terlapor", "review": "Sudah benar?",
}  # fmt: skip


def _questions(flow: Flow, book: Book, at: datetime) -> list[str]:
    """Each question with its buttons, as it is put."""
    values = {"ticket": "JN-XXXX-XXXX", "tickets": ["JN-XXXX-XXXX"], "question": "…", "command": "tutup", "items": ""}
    scene = Scene(values, Turn(at), book)
    borrowed = {ask.put for ask in FLOWS["report"].asks} if flow.name != "report" else set()
    rows = []
    for ask in [one for one in flow.asks if one.put not in borrowed]:
        put = ask.put(scene)
        assert isinstance(put, Send), "these flows ask people only"
        buttons = " ".join(f"[{words(option.label, str)}]" for option in put.options)
        rows.append(f"> {' '.join(words(put.text, str).split())} {buttons}".rstrip())
    return rows


def drawn() -> str:
    """The page as it should be: the shipped law, a day in a campaign."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from bot.config import settings  # noqa: PLC0415
    from bot.start import law  # noqa: PLC0415

    chosen = settings(data_dir=Path(), database_url="", telegram_token="", calendar=None, _env_file=None)
    book, at = law(chosen), datetime(2024, 10, 10, 3, tzinfo=UTC)
    return page(walk(book, at), book, at)


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(drawn(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
