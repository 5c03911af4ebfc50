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
        while not self._closing:
            await self._wake.wait()
            self._wake.clear()
            if not await self._cleared():
                self._wake.set()
            await asyncio.sleep(0 if self._closing else AGAIN)

    async def _cleared(self) -> bool:
        """Whether all that is to go went; what could not is tried again."""
        for file in sorted(self._files):
            try:
                await self._drop(file)
            except Exception as error:  # noqa: BLE001 - one file must not keep the others
                log.error("shred_failed", error=type(error).__name__)
            else:
                self._files.discard(file)
        try:
            return await self._database.scrub() and not self._files
        except Exception as error:  # noqa: BLE001 - the database may be away for a moment
            log.error("scrub_failed", error=type(error).__name__)
            return False

    async def _drop(self, file: str) -> None:
        """A page may be sending the same file once more: then it is somebody's again."""
        async with self._keeper.alone(file):
            if not await self._database.read(lambda conn: media.is_known(conn, file)):
                await self._keeper.drop(file)

    async def orphans(self) -> None:
        """Bytes without a row, left by a sudden death between commit and here. Before anybody can send a file."""
        kept = await self._database.read(media.every)
        known = {*kept, *(clean_id(file) for file in kept)}
        for file in await asyncio.to_thread(lambda: [one for one in self._keeper.store.list() if one not in known]):
            await self._keeper.drop(file)
