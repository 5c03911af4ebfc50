"""The register as a document: pages of cases into a file in memory's own file system, never whole in the process."""

from __future__ import annotations

import asyncio
import os
import tempfile
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.channels import Document
from bot.inside.exports import reach
from bot.inside.filing import local
from bot.outgoing.sheets import Csv, Xlsx
from handlers.register import COLUMNS, Line, cells
from handlers.triage import DECIDE, covers
from storage import offices, register
from storage.cases import moment, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sqlalchemy import Connection

    from bot.outgoing.papers import Sources, Wanted
    from bot.outgoing.sheets import Sheet

SHARED = Path("/dev/shm")  # noqa: S108 - files there are memory: what they held is on no disk
FOLDER = str(SHARED) if SHARED.is_dir() else None
PIECE = 65_536  # bytes


class NotToBeHad(Exception):  # noqa: N818
    """The export was not agreed to, or not to this reader, or is over, or its content changed since."""


class Kept:
    """A file without a name, gone with its last reader."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile(dir=FOLDER)  # noqa: SIM115 - it is read later

    def __del__(self) -> None:
        self.file.close()

    @property
    def size(self) -> int:
        """Bytes."""
        return self.file.seek(0, os.SEEK_END)

    def pieces(self) -> Iterator[bytes]:
        """All of it, from the start, as often as it is asked for."""
        self.file.seek(0)
        while piece := self.file.read(PIECE):
            yield piece


async def made(wanted: Wanted, sources: Sources) -> Document:
    """The document of an export that two people agreed on, to its proposer, over exactly what they saw."""
    number = int(wanted.given["number"])
    row = await sources.database.read(partial(_agreed, wanted=wanted, sources=sources, number=number))
    kept, mime = await _written(row, sources)
    await sources.database.write(lambda conn: register.took(conn, number))
    return Document(wanted.name, mime, kept.size, kept.pieces)


def _agreed(conn: Connection, wanted: Wanted, sources: Sources, number: int) -> Any:
    row = register.find(conn, number)
    if row is None or row.state != register.AGREED or stamp(sources.clock.now()) >= row.expires:
        raise NotToBeHad
    asking = offices.officer(conn, sources.keys, row.proposer)
    if asking is None or asking.role not in DECIDE or not covers(asking.office, row.office):
        raise NotToBeHad
    if wanted.to not in {chat for _, chat, _ in offices.chats(conn, [asking.id])}:
        raise NotToBeHad
    return row


async def _written(row: Any, sources: Sources) -> tuple[Kept, str]:
    kept = Kept()
    sheet = Xlsx(kept.file, COLUMNS, FOLDER) if row.format == "xlsx" else Csv(kept.file, COLUMNS)
    try:
        total = await _filled(sheet, row, sources)
    finally:
        await asyncio.to_thread(sheet.close)
    if not total.fits(row):
        raise NotToBeHad
    return kept, sheet.mime


async def _filled(sheet: Sheet, row: Any, sources: Sources) -> register.Sum:
    which, after, total = reach(row.office, row.month, row.proposer), register.START, register.Sum()
    while found := await sources.database.read(partial(register.page, keys=sources.keys, which=which, after=after)):
        lines = [cells(_line(entry, row.office), sources.book) for entry in found]
        await asyncio.to_thread(sheet.add, lines)
        total.add(entry.mark for entry in found)
        after = found[-1].at
    return total


def _line(entry: register.Entry, wall: str) -> Line:
    came = local(moment(entry.created), wall).date().isoformat()
    return Line(entry.ticket, entry.office, entry.status, came, entry.law, entry.answers, entry.facts, entry.joined)
