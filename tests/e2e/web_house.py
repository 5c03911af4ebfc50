"""A whole house in this process behind its real pages, over a clock that stands where the test sets it."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from bot.talk.rehearsal import ADDRESS
from bot.web import application
from tests.serving import House, house
from tests.standins.page_server import Quiet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@asynccontextmanager
async def web_house(folder: Path, codes: Callable[[int], str] | None = None) -> AsyncIterator[tuple[House, str]]:
    """The house and its address; `codes` draws tickets and receipts instead of chance."""
    async with house(folder) as one:
        if codes:
            book = replace(one.serving.means.book, page=ADDRESS)  # as the transcripts' own house has it
            one.serving.means = replace(one.serving.means, random_code=codes, book=book)
            one.serving.engine._means = one.serving.means
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(application(one.serving), log_level="critical", lifespan="off", ws="none")
        server = Quiet(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        await server.listening.wait()
        try:
            yield one, f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            one.serving.begin_stop()
            server.should_exit = True
            await task
            listener.close()
