"""Everything that serves, put together: the composition root. Tests build it with their own parts."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import structlog

from bot.codes import random_code
from bot.engine import Arrival, Engine
from bot.evidence.fetch import Fetcher, Keeper, pictures_of
from bot.evidence.pictures import Pictures
from bot.figures import Figures
from bot.inside.act import Means
from bot.invitations import address
from bot.mornings import Mornings
from bot.outgoing.composer import Composer
from bot.outgoing.papers import Papers, Sources
from bot.outgoing.sender import Sender
from bot.outgoing.streams import Streams
from bot.outgoing.typesetter import Typesetter
from bot.shredder import Shredder
from bot.summing import Summing
from bot.ticker import Ticker
from storage import media, outbox
from storage.cases import stamp
from storage.evidence import EvidenceStore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.channels import Channel
    from bot.clock import Clock
    from bot.config import Settings
    from bot.telegram_link import TelegramLink
    from handlers.book import Book
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
LOOK_ACROSS = 1.0  # seconds between looks for what other processes committed (PostgreSQL)
COLLECT = (100_000, 10, 10)  # a batch of events makes thousands of objects that all go away by themselves


def warm() -> None:
    """Load the map before somebody waits for it, and tell the collector that all this stays.

    Half a million small objects that never go away would otherwise be walked through again and again.
    """
    from place import find  # noqa: PLC0415

    find.find_text("Kabupaten Sukoharjo")
    find.find_point(-7.6, 110.8)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)


class Serving:
    """One process of JagaNetral."""

    def __init__(self, settings: Settings, clock: Clock, database: Database, keys: KeyRing, book: Book) -> None:
        self.settings, self.clock, self.database, self.keys = settings, clock, database, keys
        self.means = Means(keys, book, address(settings), random_code)
        self.engine = Engine(database, self.means, self._committed)
        self.streams = Streams(0 if database.dialect == "sqlite" else LOOK_ACROSS)
        self.keeper = Keeper(EvidenceStore(settings.data_dir / "bukti"), Pictures())
        self.shredder = Shredder(database, self.keeper)
        self.stopping = asyncio.Event()
        self.telegram: TelegramLink | None = self._telegram() if settings.telegram_token else None
        channels: Mapping[str, Channel] = {"telegram": self.telegram.channel} if self.telegram else {}
        self.papers = Papers(Sources(database, keys, clock, self.keeper, book, Typesetter()))
        composer = Composer(database, keys, self._pictures, self.papers)
        self.sender = Sender(database, keys, clock, channels, composer, settings)
        self.sender.notes.swept = lambda: self.shredder.tell(())
        self.fetcher = Fetcher(database, keys, clock, self.keeper, channels, self._submit)
        mornings = Mornings(database, keys, self._submit, settings.morning_hour)
        self.ticker = Ticker(database, clock, self._submit, (mornings, Summing(database, self.means)))
        self._figures = Figures(self)
        self._tasks: list[asyncio.Task[Any]] = []
        self._warming: asyncio.Task[None] | None = None
        self.ready = False

    def _telegram(self) -> TelegramLink:
        from bot.telegram_link import TelegramLink  # noqa: PLC0415 - aiogram costs seconds and 130 MB

        secret = self.settings.telegram_webhook_secret or self.keys.token("webhook", self.settings.telegram_token)
        return TelegramLink(self.settings, self.clock, self.database, self.keys, self._submit, secret)

    async def _submit(self, arrivals: Sequence[Arrival]) -> None:
        await self.engine.submit(arrivals)

    async def _pictures(self, ids: list[str]) -> list[Any]:
        return await pictures_of(self.database, self.keys, self.keeper, ids)

    def _committed(self, work: UnitOfWork) -> None:
        self.streams.tell({*(message.conversation_id for message in work.said), *work.emptied})
        self.sender.take(work.said)
        if work.menus and self.telegram:
            self.telegram.changed()
        if work.wanted:
            self.fetcher.wake()
        if work.erased is not None:
            self.shredder.tell(work.erased)

    # --- life ---

    async def start(self) -> None:
        """Begin to work; what a crash left in hand is taken up again."""
        if self.database.dialect == "sqlite":  # the only process: nobody else can hold anything
            await self.database.write(outbox.release)
            await self.database.write(media.release)
            await self.shredder.orphans()
        jobs = [
            self.engine.serve(),
            self.sender.serve(),
            self.fetcher.serve(),
            self.ticker.serve(),
            self.shredder.serve(),
        ]
        self._tasks = [asyncio.create_task(job) for job in jobs]
        if self.telegram:
            self._tasks.append(asyncio.create_task(self.telegram.serve()))
        self.ready = True
        self._warming = asyncio.create_task(asyncio.to_thread(warm))

    async def warmed(self) -> None:
        """Until the map lies in memory."""
        if self._warming:
            await self._warming

    async def failure(self) -> BaseException | None:
        """Wait until a job ends by itself; why it did, None when it was told to."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        return next((task.exception() for task in done if not task.cancelled() and task.exception()), None)

    def begin_stop(self) -> None:
        """Let the pages go; nothing new is taken in from platforms."""
        self.ready = False
        self.stopping.set()
        self.streams.close()
        if self.telegram:
            self.telegram.close()

    async def stop(self) -> None:
        """Finish what is in hand, in the order in which it depends on each other; then close everything."""
        self.begin_stop()
        await self.warmed()
        self.ticker.close()
        self.fetcher.close()
        self.shredder.close()
        await self.sender.close()
        if len(self._tasks) > 2:  # noqa: PLR2004 - engine and sender come first
            await asyncio.wait(self._tasks[2:], timeout=10)
        self.engine.close()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=10)
        for task in self._tasks:
            task.cancel()
        if self.telegram:
            await self.telegram.end()
        await self.keeper.close()
        await self.database.close()

    # --- how it is ---

    async def trouble(self) -> list[str]:
        """Why it is not ready; nothing when it is."""
        if not self.ready:
            return ["belum siap"]
        if any(task.done() for task in self._tasks):
            return ["sebagian berhenti"]
        try:
            await asyncio.wait_for(self.database.read(lambda conn: outbox.lag(conn, stamp(self.clock.now()))), 5)
        except Exception:  # noqa: BLE001 - whatever it is, it is not ready
            return ["basis data tidak menjawab"]
        return []

    async def figures(self) -> tuple[bytes, str]:
        """Prometheus text and its content type."""
        return await self._figures.text()
