"""The clean view of a photo: a few limited children decode hostile bytes, so that this process never does."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

_CHILD = Path(__file__).with_name("picture_child.py").resolve()
_READY = b"\x06"  # what a child says first; its whole language stands in bot/evidence/picture_child.py
_SIDE = 1280  # pixels
_MAX_IN = 64 << 20  # bytes of a picture; above it none is worth decoding
_MAX_OUT = 8 << 20  # bytes of a clean view; about 0.3 MB is usual
_MAX_FACTS = 4096
_PATIENCE = 30  # seconds on the wall; a child's own limit is 5 of processor time
_PATIENCE_AT_START = 30
_PICTURES_EACH = 100  # then a child is replaced, whatever it may have caught


class Refused(Exception):  # noqa: N818 - the name says what happened
    """No clean view of this file; `code` says why.

    rusak, terlalu-besar, terlalu-berat (takes too long to decode), bergerak (animated), bukan-gambar.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ChildFailed(Exception):  # noqa: N818
    """A child does not start: our trouble, not the picture's."""


@dataclass(frozen=True, slots=True)
class CleanView:
    """A JPEG of at most 1280 px a side with no metadata, and what the original's EXIF told."""

    jpeg: bytes
    width: int
    height: int
    has_exif: bool = False
    gps: tuple[float, float] | None = None  # latitude, longitude; degrees WGS 84
    taken: str | None = None  # ISO 8601, local to the camera unless it wrote an offset
    phash: str = ""  # two hashes of 16 hex digits by which the same photo is known again; none where it is flat


class Pictures:
    """A pool of at most `children` child processes, started when first needed and used again."""

    def __init__(self, children: int = 2) -> None:
        self._free = asyncio.Semaphore(children)
        self._idle: list[_Child] = []

    async def clean(self, jpeg: bytes) -> CleanView:
        """Make the clean view of a JPEG, PNG or WebP. Raises Refused; ChildFailed when no child can run."""
        if not jpeg:
            raise Refused("bukan-gambar")
        if len(jpeg) > _MAX_IN:
            raise Refused("terlalu-besar")
        async with self._free:
            try:
                return await self._ask(self._idle.pop() if self._idle else await _Child.start(), jpeg)
            except _Died as died:
                if not died.again:
                    raise Refused(died.code) from None
            try:
                return await self._ask(await _Child.start(), jpeg)  # those that wait may be dead as well
            except _Died as died:
                raise Refused(died.code) from None

    async def close(self) -> None:
        """End the children that wait."""
        while self._idle:
            await self._idle.pop().end()

    async def _ask(self, child: _Child, picture: bytes) -> CleanView:
        try:
            facts, jpeg = await child.ask(picture)
            refused, view = _believe(facts, jpeg)
        except BaseException:  # cancelled too: its answer would be taken for the next picture's
            await child.end()
            raise
        await self._put_back(child)
        if refused or not view:
            raise Refused(refused)
        return view

    async def _put_back(self, child: _Child) -> None:
        if child.asked < _PICTURES_EACH:
            self._idle.append(child)
        else:
            await child.end()


class _Died(Exception):  # noqa: N818
    """A child was lost over a picture. `again`: perhaps it was the machine's doing, so try once more."""

    def __init__(self, code: str, *, again: bool) -> None:
        self.code = code
        self.again = again


class _Child:
    """One child process and the pipes to it."""

    def __init__(self, process: Process) -> None:
        assert process.stdin and process.stdout  # noqa: PT018 - both are pipes
        self._process = process
        self._in = process.stdin
        self._out = process.stdout
        self.asked = 0

    @classmethod
    async def start(cls) -> Self:
        """Start a child with an empty environment, and wait until it has shut itself in."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", str(_CHILD), stdin=PIPE, stdout=PIPE, env={}, cwd="/", limit=1 << 20
        )
        child = cls(process)
        try:
            async with asyncio.timeout(_PATIENCE_AT_START):
                ready = await child._out.readexactly(1)
        except (asyncio.IncompleteReadError, TimeoutError):
            ready = b""
        if ready != _READY:
            await child.end()
            raise ChildFailed("the picture child did not start")
        return child

    async def ask(self, picture: bytes) -> tuple[Any, bytes]:
        """Hand over one picture and read the answer. Raises _Died; then it must be ended."""
        self.asked += 1
        if self._in.is_closing():  # uvloop noticed its end; to write now would be a mistake of ours
            raise _Died("rusak", again=True)
        try:
            async with asyncio.timeout(_PATIENCE):
                self._in.write(len(picture).to_bytes(4, "big"))
                self._in.write(picture)
                await self._in.drain()
                return await self._answer()
        except TimeoutError:
            raise _Died("terlalu-berat", again=True) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            if await self._process.wait() == -signal.SIGXCPU:
                raise _Died("terlalu-berat", again=False) from None
            raise _Died("rusak", again=True) from None

    async def _answer(self) -> tuple[Any, bytes]:
        said = int.from_bytes(await self._out.readexactly(4), "big")
        size = int.from_bytes(await self._out.readexactly(4), "big")
        if said > _MAX_FACTS or size > _MAX_OUT:
            raise _Died("rusak", again=False)
        facts = await self._out.readexactly(said)
        jpeg = await self._out.readexactly(size)
        try:
            return json.loads(facts), jpeg
        except (ValueError, RecursionError):
            raise _Died("rusak", again=False) from None

    async def end(self) -> None:
        """Kill it and wait until it is gone."""
        with suppress(ProcessLookupError):
            self._process.kill()
        self._in.close()
        await self._process.wait()


_CODES = frozenset({"rusak", "terlalu-besar", "bergerak", "bukan-gambar"})
_TIME = re.compile(r"[0-9T:.+-]{19,40}")


def _believe(facts: Any, jpeg: bytes) -> tuple[str, CleanView | None]:
    """Check what a child says, for a picture may have taken it over: a code of refusal, or a view."""
    match facts:
        case {"refused": str(code)} if code in _CODES:
            return code, None
        case {"width": int(width), "height": int(height)} if jpeg.startswith(b"\xff\xd8\xff"):
            if not (0 < width <= _SIDE and 0 < height <= _SIDE):
                raise _Died("rusak", again=False)
            exif = bool(facts.get("has_exif"))
            when, looks = _time(facts.get("taken")), _looks(facts.get("phash"))
            return "", CleanView(jpeg, width, height, exif, _point(facts.get("gps")), when, looks)
        case _:
            raise _Died("rusak", again=False)


def _point(said: Any) -> tuple[float, float] | None:
    match said:
        case [int() | float() as lat, int() | float() as lon] if abs(lat) <= 90 and abs(lon) <= 180:  # noqa: PLR2004 - the globe
            return float(lat), float(lon)
    return None


def _time(said: Any) -> str | None:
    return said if isinstance(said, str) and _TIME.fullmatch(said) else None


def _looks(said: Any) -> str:
    return said if isinstance(said, str) and re.fullmatch(r"[0-9a-f]{16}( [0-9a-f]{16})?", said) else ""
