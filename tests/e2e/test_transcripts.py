"""About ten of tests/conversations through the real page in a real browser; the rest go over the socket."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.talk.chat_file import parse
from bot.talk.rehearsal import counted_codes
from bot.talk.stage import Player, difference
from bot.web import chat as web_chat
from handlers.events import ChatClosed
from tests.e2e.page_house import PageHouse
from tests.e2e.web_house import web_house

if TYPE_CHECKING:
    from playwright.async_api import Browser

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[1] / "conversations"
NAMES = (
    "bahasa-inggris", "batal-dan-urung", "foto-mencatat-tempat", "kembali", "lengkap-dua-belas-giliran", "lokasi-lebih-dulu",
    "pengingat", "petugas-ambil", "petugas-bertanya", "petugas-ekspor", "petugas-statistik", "petugas-tutup", "satu-kasus",
    "tempat-ambigu",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
async def test_the_page_shows_what_is_written(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    script = parse((FOLDER / f"{name}.chat").read_text(encoding="utf-8"))
    # The files begin with a person's own first words: this page does not greet. ChatClosed says nothing.
    monkeypatch.setattr(web_chat, "Opened", ChatClosed)
    async with web_house(tmp_path / "data", counted_codes()) as (one, url):
        house = PageHouse(one, url, chromium)
        try:
            seen = await Player(script, house, "web").play()
        finally:
            await house.close()
    assert difference(script, seen, "web") is None
    assert one.serving.engine.parked == 0
