"""The evidence as it came: sealed files on the disk, known only by random ids of ours."""

from __future__ import annotations

import asyncio
import hashlib
import re
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sealing.durable import drafts, fsync_folder, make_folder, new_file
from sealing.files import CHUNK, FileSealer, open_pieces

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import BinaryIO

HEAD = 1 << 16  # bytes at the beginning that are given back, enough to see what a file is
_ID = re.compile(r"[0-9a-f]{32}")


class TooLarge(Exception):  # noqa: N818 - the name says what happened
    """More bytes came than are taken; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: its plain size in bytes, SHA-256 (hex) and first bytes."""

    size: int
    sha256: str
    head: bytes


class EvidenceStore:
    """Sealed files in `folder`, spread over subfolders by the first two digits of their ids.

    All methods but `put_stream` block: call them in a thread. Whoever begins a put again after a crash
    deletes first: a file without its row belongs to nobody.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        make_folder(folder)

    def put_new(self, blob_id: str, key: bytes, pieces: Iterable[bytes], limit: int) -> Kept:
        """Keep a file of at most `limit` bytes; durable on return. Raises TooLarge, FileExistsError."""
        with self.receive(blob_id, key, limit) as incoming:
            for piece in pieces:
                incoming.write(piece)
        return incoming.kept()

    async def put_stream(self, blob_id: str, key: bytes, pieces: AsyncIterable[bytes], limit: int) -> Kept:
        """Keep a file as `put_new` does, as it comes from the network; the disk's work is done in threads."""
        async with _threaded(self.receive(blob_id, key, limit)) as incoming:
            async for gathered in _gather(pieces):
                await asyncio.to_thread(incoming.write, gathered)
        return incoming.kept()

    @contextmanager
    def receive(self, blob_id: str, key: bytes, limit: int) -> Iterator[Incoming]:
        """Open a new file for writing: it is kept when the block ends well and dropped otherwise."""
        path = self._path(blob_id)
        if path.exists():
            raise FileExistsError(blob_id)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        fsync_folder(self._folder)  # each time: another thread may have made the subfolder a moment ago
        with new_file(path) as file:
            incoming = Incoming(file, FileSealer(key, blob_id), limit)
            yield incoming
            incoming.finish()

    def open(self, blob_id: str, key: bytes) -> Iterator[bytes]:
        """Give the plain bytes in pieces of at most 1 MiB. Raises FileNotFoundError, SealBroken."""
        with self._path(blob_id).open("rb") as sealed:
            yield from open_pieces(key, blob_id, sealed)

    def read(self, blob_id: str, key: bytes) -> bytes:
        """Give all the plain bytes at once: for pictures. Raises FileNotFoundError, SealBroken."""
        return b"".join(self.open(blob_id, key))

    def delete(self, blob_id: str) -> bool:
        """Remove the file and whatever a killed process left of it; True when there was one."""
        path = self._path(blob_id)
        found = path.exists()
        for gone in (path, *drafts(path)):
            gone.unlink(missing_ok=True)
        if path.parent.is_dir():
            fsync_folder(path.parent)
        return found

    def exists(self, blob_id: str) -> bool:
        """Tell whether the file is kept."""
        return self._path(blob_id).exists()

    def list(self) -> Iterator[str]:
        """Give the ids of all files kept, in order."""
        return (path.name for path in sorted(self._folder.glob("??/*")) if _ID.fullmatch(path.name))

    def _path(self, blob_id: str) -> Path:
        if not _ID.fullmatch(blob_id):
            raise ValueError("an id of a file is 32 hex digits")
        return self._folder / blob_id[:2] / blob_id


class Incoming:
    """A file on its way in: hashed, counted and sealed piece by piece."""

    def __init__(self, file: BinaryIO, sealer: FileSealer, limit: int) -> None:
        self._file = file
        self._sealer = sealer
        self._limit = limit
        self._size = 0
        self._hash = hashlib.sha256()
        self._head = bytearray()

    def write(self, piece: bytes) -> None:
        """Take the next bytes. Raises TooLarge."""
        self._size += len(piece)
        if self._size > self._limit:
            raise TooLarge(self._limit)
        self._hash.update(piece)
        self._head += piece[: HEAD - len(self._head)]
        self._file.write(self._sealer.feed(piece))

    def finish(self) -> None:
        """Seal the last bytes."""
        self._file.write(self._sealer.finish())

    def kept(self) -> Kept:
        """Tell what was kept, after the end."""
        return Kept(self._size, self._hash.hexdigest(), bytes(self._head))


async def _gather(pieces: AsyncIterable[bytes]) -> AsyncIterable[bytes]:
    """Join small pieces, so that a thread is called once a MiB and not once a packet."""
    waiting = bytearray()
    async for piece in pieces:
        waiting += piece
        if len(waiting) >= CHUNK:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


@asynccontextmanager
async def _threaded(context: AbstractContextManager[Incoming]) -> AsyncIterator[Incoming]:
    """Enter and leave a blocking context in threads; dropping is quick and done at once."""
    incoming = await asyncio.to_thread(context.__enter__)
    try:
        yield incoming
    except BaseException as problem:
        context.__exit__(type(problem), problem, problem.__traceback__)
        raise
    await asyncio.to_thread(context.__exit__, None, None, None)
