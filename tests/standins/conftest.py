"""The stand-in and two clients that nobody here wrote to judge it: aiogram and python-telegram-bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import telegram
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.standins.telegram import TOKEN, StandIn, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@pytest.fixture(scope="module")
async def server() -> AsyncIterator[StandIn]:
    async with serving(StandIn()) as world:
        yield world


@pytest.fixture
def world(server: StandIn) -> Iterator[StandIn]:
    """The one server, as if nothing had happened yet."""
    fresh = StandIn()
    kept = server.url, server.listeners
    server.__dict__.update(fresh.__dict__)
    server.url, server.listeners = kept
    yield server
    server.updates.end_poll()


@pytest.fixture(scope="module")
async def aio(server: StandIn) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(server.url)))
    yield bot
    await bot.session.close()


@pytest.fixture(scope="module")
async def ptb(server: StandIn) -> AsyncIterator[telegram.Bot]:
    async with telegram.Bot(TOKEN, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as bot:
        yield bot
