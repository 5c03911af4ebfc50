"""Fetches evidence durably: the bytes are sealed and on disk before their row says so; then a clean view is made."""

from __future__ import annotations

import asyncio
import base64
import json
import uuid
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog

from bot.channels import ChannelError, Picture, Retry
from bot.engine import Arrival
from bot.evidence.pictures import Refused
from bot.evidence.sniff import sniff
from bot.inside.filing import settled
from storage import media
from storage.cases import stamp
from storage.evidence import TooLarge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from bot.channels import Channel
    from bot.clock import Clock
    from bot.evidence.pictures import Pictures
    from bot.inside.act import Act
    from handlers.events import Event
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.evidence import EvidenceStore
    from storage.media import File

log = structlog.get_logger()
LARGEST = 200_000_000  # bytes of one file
PICTURE = 30_000_000  # bytes of a picture that a clean view is made of
TRIES = 6
AT_ONCE = 4
LOOK = 1.0


class RefusedFile(Exception):  # noqa: N818
    """A file that is not kept; `code` is one of handlers.news.MEDIA_REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Keeper:
    """Takes bytes in, seals them, makes the clean view; the same for fetched files and for the page's uploads."""

    def __init__(self, store: EvidenceStore, pictures: Pictures) -> None:
        self.store = store
        self._pictures = pictures
        self._alone: dict[str, list[asyncio.Lock]] = {}  # one lock, once for each who holds it or waits

    @asynccontextmanager
    async def alone(self, file_id: str) -> AsyncIterator[None]:
        """One at a time for a file: a page that lost its connection sends again while the first try still works."""
        held = self._alone.setdefault(file_id, [])
        held.append(held[0] if held else asyncio.Lock())
        try:
            async with held[0]:
                yield
        finally:
            held.pop()
            if not held:
                del self._alone[file_id]

    async def keep(self, file_id: str, key: bytes, pieces: AsyncIterator[bytes]) -> dict[str, Any]:
        """Size, SHA-256, real kind, what the camera wrote, and whether a clean view is there. Raises RefusedFile."""
        await asyncio.to_thread(self._sweep, file_id)
        try:
            kept = await self.store.put_stream(file_id, key, pieces, LARGEST)
        except TooLarge:
            raise RefusedFile("terlalu-besar") from None
        real = sniff(kept.head)
        if real.refused or not kept.size:
            await asyncio.to_thread(self._sweep, file_id)
            raise RefusedFile(real.refused or "kosong")
        facts: dict[str, Any] = {"size": kept.size, "sha256": kept.sha256, "mime": real.mime, "clean": False}
        if real.mime in {"image/jpeg", "image/png", "image/webp"}:
            facts |= await self._clean(file_id, key, kept.size)
        return facts

    async def _clean(self, file_id: str, key: bytes, size: int) -> dict[str, Any]:
        if size > PICTURE:
            return {}
        whole = await asyncio.to_thread(self.store.read, file_id, key)
        try:
            view = await self._pictures.clean(whole)
        except Refused as error:
            await asyncio.to_thread(self._sweep, file_id)
            raise RefusedFile(error.code) from None
        await asyncio.to_thread(self.store.put_new, clean_id(file_id), key, [view.jpeg], LARGEST)
        shown: dict[str, Any] = {"clean": True, "taken": view.taken, "exif": view.has_exif, "phash": view.phash}
        return {**shown, "gps": list(view.gps) if view.gps else None}

    async def close(self) -> None:
        """End the child processes."""
        await self._pictures.close()

    def _sweep(self, file_id: str) -> None:
        """A crash may have left the bytes without their row."""
        self.store.delete(file_id)
        self.store.delete(clean_id(file_id))

    async def drop(self, file_id: str) -> None:
        """Delete what nobody noted."""
        await asyncio.to_thread(self._sweep, file_id)

    async def view(self, file: File) -> bytes:
        """The clean view's bytes."""
        return await asyncio.to_thread(self.store.read, clean_id(file.id), file.data_key)


def clean_id(file_id: str) -> str:
    """Where the clean view of a file lies."""
    return uuid.uuid5(uuid.UUID(file_id), "bersih").hex


class Fetcher:
    """The job that works off the files still wanted."""

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        clock: Clock,
        keeper: Keeper,
        channels: Mapping[str, Channel],
        submit: Callable[[list[Arrival]], Awaitable[None]],
    ) -> None:
        self._database, self._keys, self._clock = database, keys, clock
        self._keeper, self._channels, self._submit = keeper, channels, submit
        self._stopping = asyncio.Event()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something was just committed that may want a file."""
        self._wake.set()

    def close(self) -> None:
        """Stop after the files in hand."""
        self._stopping.set()
        self._wake.set()

    async def serve(self) -> None:
        """Work until closed."""
        while not self._stopping.is_set():
            try:
                files = await self._due()
            except Exception as error:  # noqa: BLE001 - the database may be away for a moment
                log.error("media_look_failed", error=type(error).__name__)
                files = []
            if files:
                await asyncio.gather(*(self._fetch(file) for file in files))
                continue
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), LOOK)
            except TimeoutError:
                continue

    async def _due(self) -> list[File]:
        now = stamp(self._clock.now())
        return await self._database.write(lambda conn: media.due(conn, self._keys, list(self._channels), now, AT_ONCE))

    async def _fetch(self, file: File) -> None:
        try:
            pieces = self._channels[file.meta["channel"]].fetch(file.meta["source"])
            facts = await self._keeper.keep(file.id, file.data_key, pieces)
        except Retry:
            if file.tries + 1 >= TRIES:
                await self._settled(file, {}, "hilang")
        except RefusedFile as error:
            await self._settled(file, {}, error.code)
        except ChannelError:
            await self._settled(file, {}, "hilang")
        except Exception as error:  # noqa: BLE001 - tried again in a minute; one file must not stop the others
            log.error("media_failed", error=type(error).__name__)
        else:
            await self._settled(file, facts, "")

    async def _settled(self, file: File, facts: dict[str, Any], why: str) -> None:
        """Row, card and the sender's news in one transaction with the note that it is done."""

        def work(act: Act) -> list[Event]:
            return settled(act, file, facts, why)

        update = f"{file.id}:{file.tries}"
        await self._submit([Arrival("berkas", update, at=self._clock.now(), to=file.conversation_id, work=work)])


def uploaded(wrapped: bytes, kek_id: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The source of a file whose bytes lie here already, as bot/inside/perform.py takes it."""
    return {"kept": json.dumps({"wrapped": base64.b64encode(wrapped).decode(), "kek_id": kek_id, **facts})}


async def pictures_of(database: Database, keys: KeyRing, keeper: Keeper, ids: list[str]) -> list[Picture]:
    """The clean views of these files, for an album; what is not there any more is left out."""
    files = await database.read(lambda conn: [media.by_id(conn, keys, file_id) for file_id in ids])
    return [
        Picture(file.id, await keeper.view(file)) for file in files if file and file.clean and file.state == media.KEPT
    ]
