"""Delivery to a webhook: one chat's updates in order, several chats at once, again until it answers 2xx."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.standins.telegram.updates import kind

if TYPE_CHECKING:
    from tests.standins.telegram.updates import Update, Updates

PATIENCE = 10.0  # seconds that a delivery may take


def lane(update: Update) -> int:
    """The chat (or else the person) whose updates must stay in order."""
    body: dict[str, Any] = update.get(kind(update)) or {}
    holder = body.get("message") or body
    return int((holder.get("chat") or body.get("from") or {}).get("id", 0))


class Webhook:
    """A webhook that was set. `retry` is the pause between tries in seconds (Telegram's own grows to minutes)."""

    def __init__(self, url: str, secret: str, most: int, updates: Updates, retry: float = 0.05) -> None:
        self.url = url
        self.updates = updates
        self.retry = retry
        self.last_error = ""
        self.tries = 0
        self._headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        self._places = asyncio.Semaphore(most)
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        self.start()

    def start(self) -> None:
        """Give every chat that has something waiting a task of its own."""
        for update in self.updates.pending:
            chat = lane(update)
            if chat not in self._lanes:
                self._lanes[chat] = asyncio.create_task(self._work(chat))

    async def close(self) -> None:
        """Stop delivering; what is not delivered stays pending."""
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._session.close()

    async def _work(self, chat: int) -> None:
        while update := next((one for one in self.updates.pending if lane(one) == chat), None):
            async with self._places:
                delivered = await self._post(update)
            if delivered:
                self.updates.pending.remove(update)
                self.updates.confirmed.append(update["update_id"])
            else:
                await asyncio.sleep(self.retry)
        del self._lanes[chat]

    async def _post(self, update: Update) -> bool:
        self.tries += 1
        number = update["update_id"]
        self.updates.given[number] = self.updates.given.get(number, 0) + 1
        try:
            async with self._session.post(self.url, json=update, headers=self._headers) as answer:
                self.last_error = "" if answer.ok else f"Wrong response from the webhook: {answer.status}"
                return answer.ok
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = f"Connection failed: {type(error).__name__}"
            return False
