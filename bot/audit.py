"""`jaganetral audit`: the head of the chain of history, to be kept elsewhere, and whether the whole chain holds."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from bot.config import WrongUse
from bot.start import open_storage, prepare
from storage import chain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from sqlalchemy import Connection

    from bot.config import Settings

    R = TypeVar("R")

WRONG = {
    "diubah": "sebaris riwayat diubah",
    "hilang": "sebaris riwayat hilang",
    "urutan": "urutan mata rantai tidak utuh",
    "kepala": "rantai berbeda dari kepala yang disimpan",
    "tanpa-mata-rantai": "ada baris riwayat tanpa mata rantai",
}


def head(settings: Settings) -> str:
    """One JSON object: number, hash. Keep it where whoever can change the database cannot."""
    found = asyncio.run(_read(settings, chain.head))
    return json.dumps({"number": found.number, "hash": found.hash})


def verify(settings: Settings, kept: Path | None) -> tuple[bool, str]:
    """Whether the chain holds, and a sentence that says so or where it does not."""
    anchor = _anchor(kept) if kept else None

    def look(conn: Connection) -> tuple[int, chain.Broken | None]:
        return chain.count(conn), chain.verify(conn, anchor)

    links, broken = asyncio.run(_read(settings, look))
    if broken is None:
        against = f", juga terhadap kepala nomor {anchor.number}" if anchor else ""
        return True, f"Rantai riwayat utuh: {links} mata rantai{against}."
    of = f" (kasus {broken.ticket})" if broken.ticket else ""
    return False, f"Rantai riwayat TIDAK utuh pada mata rantai {broken.number}{of}: {WRONG[broken.why]}."


def _anchor(path: Path) -> chain.Head:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return chain.Head(int(kept["number"]), str(kept["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise WrongUse(
            f"Kepala rantai di {path} tidak dapat dibaca; isinya keluaran `jaganetral audit head`."
        ) from None


async def _read(settings: Settings, look: Callable[[Connection], R]) -> R:
    prepare(settings)
    database = await open_storage(settings)
    try:
        return await database.read(look)
    finally:
        await database.close()
