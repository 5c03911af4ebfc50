"""What was erased leaves the disk too: the bytes of files, and the log of the database in which old rows still stand.

A row's key goes with the transaction that erases it; until the write-ahead log of SQLite is emptied, that key can still
be read there (docs/adr/0010). PostgreSQL's own log is its operator's: docs/operations.md.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.evidence.fetch import clean_id
from storage import media

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.evidence.fetch import Keeper
    from storage.database import Database

log = structlog.get_logger()
AGAIN = 1.0  # seconds between tries while somebody reads, and between two emptyings


class Shredder:
    """The job that clears up after erasures, a second or so behind them."""

    def __init__(self, database: Database, keeper: Keeper) -> None:
        self._database, self._keeper = database, keeper
        self._files: set[str] = set()
        self._wake = asyncio.Event()
        self._closing = False

    def tell(self, files: Iterable[str]) -> None:
        """Something was erased and committed, and these files with it."""
        self._files.update(files)
        self._wake.set()

    def close(self) -> None:
        """Finish what is in hand, then stop."""
        self._closing = True
        self._wake.set()

    async def serve(self) -> None:
        """Work until closed; a clean stop empties the log by itself."""
        await self.orphans()
        while not self._closing:
            await self._wake.wait()
            try:
                await self._clear()
            except Exception as error:  # noqa: BLE001 - the disk or the database may be away for a moment
                log.error("shred_failed", error=type(error).__name__)
            await asyncio.sleep(0 if self._closing else AGAIN)

    async def _clear(self) -> None:
        self._wake.clear()
        for file in sorted(self._files):
            await self._keeper.drop(file)
            self._files.discard(file)
        if not await self._database.scrub():
            self._wake.set()

    async def orphans(self) -> None:
        """At the start of the only process: bytes without a row, left by a sudden death between commit and here."""
        if self._database.dialect != "sqlite":
            return
        kept = await self._database.read(media.every)
        known = {*kept, *(clean_id(file) for file in kept)}
        self.tell(file for file in self._keeper.store.list() if file not in known)
