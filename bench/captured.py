"""The baselines inside this process: fed with raw updates, their replies taken before they reach a network."""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING, Any

from bench.contenders import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.contenders import Fed

SENT = {"message_id": 1, "date": 1_726_110_000, "chat": {"id": 1, "type": "private"}, "text": "Ya"}
SENT_JSON = json.dumps({"ok": True, "result": SENT})
ME = {"id": 123456, "is_bot": True, "first_name": "Bot", "username": "bot"}


class Feeder:
    """A bot as a function of raw updates, with a count of what it sent."""

    def __init__(self, feed: Callable[..., Any], count: Callable[[], int], close: Callable[[], Any]) -> None:
        self.feed = feed
        self.close = close
        self._count = count

    @property
    def replies(self) -> int:
        return self._count()


async def aiogram(name: str, folder: Path) -> Fed:
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415 - only where it is measured

    class Session(AiohttpSession):
        """All that aiogram's own session does for a call, but the network: the form, and the answer read."""

        replies = 0

        async def make_request(self, bot: Any, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109
            self.build_form_data(bot=bot, method=method)
            self.replies += 1
            return self.check_response(bot=bot, method=method, status_code=200, content=SENT_JSON).result

    session = Session()
    module = importlib.import_module(f"bench.baselines.{name}")
    dispatcher, bot = module.build(session, TOKEN, str(folder / "bot.db"))
    await dispatcher.emit_startup(bot=bot, **dispatcher.workflow_data)

    async def feed(raw: dict[str, Any]) -> None:
        await dispatcher.feed_raw_update(bot, raw)

    return Feeder(feed, lambda: session.replies, dispatcher.storage.close)  # type: ignore[return-value]


async def ptb(name: str, folder: Path) -> Fed:
    from telegram import Update  # noqa: PLC0415
    from telegram.request import BaseRequest  # noqa: PLC0415

    class Request(BaseRequest):
        replies = 0
        read_timeout = 5.0

        async def initialize(self) -> None: ...

        async def shutdown(self) -> None: ...

        async def do_request(self, url: str, *asked: Any, **more: Any) -> tuple[int, bytes]:
            if url.endswith("/getMe"):
                return 200, json.dumps({"ok": True, "result": ME}).encode()
            self.replies += 1
            return 200, SENT_JSON.encode()

    request = Request()
    application = importlib.import_module(f"bench.baselines.{name}").build(TOKEN, request=request)
    await application.initialize()

    async def feed(raw: dict[str, Any]) -> None:
        await application.process_update(Update.de_json(raw, application.bot))

    return Feeder(feed, lambda: request.replies, application.shutdown)  # type: ignore[return-value]
