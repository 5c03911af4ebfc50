"""A seat without a browser: the page's protocol over HTTP, for what a test needs to have happened."""

from __future__ import annotations

import asyncio
import json
import uuid
from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable


class Seat:
    """One citizen's session."""

    def __init__(self, url: str, base: str = "/chat") -> None:
        self.http = httpx.AsyncClient(base_url=url, timeout=20)
        self.base = base

    async def __aenter__(self) -> Self:
        (await self.http.post(f"{self.base}/session")).raise_for_status()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def say(self, **body: Any) -> httpx.Response:
        return await self.http.post(f"{self.base}/send", json={"id": str(uuid.uuid4()), **body})

    async def upload(self, content: bytes, **query: str) -> httpx.Response:
        where = httpx.URL(f"{self.base}/upload", params={"id": str(uuid.uuid4()), **query})
        return await self.http.post(where, content=content)

    async def row(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first row of the stream that fits."""

        async def read() -> dict[str, Any]:
            async with self.http.stream("GET", f"{self.base}/stream") as answer:
                async for line in answer.aiter_lines():
                    if line.startswith("data: {") and fits(found := json.loads(line.removeprefix("data: "))):
                        return dict(found)
            raise AssertionError("the stream ended")

        return await asyncio.wait_for(read(), 15)

    async def tip(self, story: str, *files: bytes) -> str:
        """The shortest report; gives the ticket."""
        await self.say(text="setuju")
        await self.say(text=story)
        for content in files:
            (await self.upload(content, name="foto.jpg")).raise_for_status()
        await self.say(text="kirim sekarang")
        row = await self.row(lambda one: "Nomor tiket: " in one["text"])
        return str(row["text"].partition("Nomor tiket: ")[2][:12])


async def tip(url: str, story: str, *files: bytes) -> str:
    """Somebody reports; gives the ticket."""
    async with Seat(url) as seat:
        return await seat.tip(story, *files)
