"""What the database noted for figures is added up by and by, so that whoever asks for them finds little left to add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inside.counting import summer
from storage import tallies

if TYPE_CHECKING:
    from datetime import datetime

    from bot.inside.act import Means
    from storage.database import Database


class Summing:
    """In small transactions, for on SQLite each holds up who writes."""

    def __init__(self, database: Database, means: Means) -> None:
        self._database, self._summer = database, summer(means)

    async def tick(self, now: datetime) -> None:
        """Add up what waits."""
        del now
        if await self._database.read(tallies.waiting):
            while await self._database.write(self._summer.some) == tallies.MOST:
                pass
