"""`jaganetral audit`: the head that is kept elsewhere, and what the command says of a chain that was touched."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from typing import TYPE_CHECKING

from click.testing import CliRunner

from bot.__main__ import main
from tests.storage.test_chain import lived

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.serving import House


def said(words: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    answer = CliRunner().invoke(main, ["audit", *words.split()], standalone_mode=True)
    return answer.exit_code, answer.output.strip()


async def test_the_head_is_kept_elsewhere_and_a_touched_chain_is_told(
    sqlite_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lived(sqlite_house)
    folder, kept = sqlite_house.folder, tmp_path / "kepala.json"

    async def audit(words: str) -> tuple[int, str]:
        return await asyncio.to_thread(said, words, folder, monkeypatch)

    code, head = await audit("head")
    assert (code, json.loads(head)["number"] > 0) == (0, True)
    kept.write_text(head)
    number = json.loads(head)["number"]
    whole = f"Rantai riwayat utuh: {number} mata rantai, juga terhadap kepala nomor {number}."
    assert await audit(f"verify --head {kept}") == (0, whole)
    with sqlite3.connect(folder / "jaganetral.sqlite3") as conn:
        conn.execute("UPDATE history SET office = '33.09' WHERE seq = 2")
    code, told = await audit("verify")
    assert (code, "TIDAK utuh" in told, "diubah" in told, "JN-" in told) == (1, True, True, True)
    kept.write_text("bukan kepala")
    code, told = await audit(f"verify --head {kept}")
    assert (code, "tidak dapat dibaca" in told) == (2, True)
