"""Has a paper set by a child of its own (papers/__main__.py): typst's memory and its faults end with it."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE
from typing import TYPE_CHECKING, Any

from bot.channels import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 30  # seconds


class NotSet(Exception):  # noqa: N818 - the name says what happened
    """The child ended without a paper; what it said may quote people, and is not kept."""


class Typesetter:
    """At most `children` papers are set at once; each child takes about 100 MB for a fifth of a second."""

    def __init__(self, children: int = 2) -> None:
        self._free = asyncio.Semaphore(children)

    async def set(
        self, paper: str, name: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None
    ) -> Document:
        """The paper as a PDF; `pictures` by the names in its data. Raises NotSet, TimeoutError."""
        sent = {key: base64.b64encode(image).decode() for key, image in (pictures or {}).items()}
        asked = json.dumps({"paper": paper, "data": data, "pictures": sent}).encode()
        async with self._free:
            status, made = await _child(asked)
        if status or not made.startswith(b"%PDF"):
            raise NotSet(f"{paper}: {status}")
        return Document(name, "application/pdf", len(made), made)


async def _child(asked: bytes) -> tuple[int | None, bytes]:
    command = (sys.executable, "-I", "-m", "papers")
    child = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/")
    try:
        async with asyncio.timeout(PATIENCE):
            made, _ = await child.communicate(asked)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return child.returncode, made
