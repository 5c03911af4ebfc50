"""The queue of incoming updates: kept until confirmed, given out by long poll with real offset semantics."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.standins.telegram.faults import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

Update = dict[str, Any]
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


def kind(update: Update) -> str:
    """What an update is: message, callback_query, ..."""
    return next((key for key in update if key != "update_id"), "")


class Updates:
    """Pending updates, in order of arrival; `confirmed` lists the ids that will never be given again."""

    def __init__(self) -> None:
        self.pending: list[Update] = []
        self.confirmed: list[int] = []
        self.given: dict[int, int] = {}  # update id -> how many times it was handed out
        self.allowed: frozenset[str] = frozenset()
        self.polls = 0
        self.webhook: Callable[[], None] | None = None  # set while a webhook is: told of each arrival
        self._last_id = 0
        self._poller: asyncio.Future[None] | None = None

    def add(self, update: Update) -> int:
        """Take an update in; gives its id. One without an id gets the next."""
        number = int(update.get("update_id") or self._last_id + 1)
        self._last_id = max(self._last_id, number)
        if self.wanted(kind(update)):
            self.pending.append(update | {"update_id": number})
            self._wake()
        return number

    def wanted(self, name: str) -> bool:
        """Whether this kind is delivered, by the allowed_updates that were given last."""
        return name in self.allowed if self.allowed else name not in NOT_BY_DEFAULT

    def allow(self, names: Any) -> None:
        """Keep the list of kinds; None leaves the one before it, an empty one is the default."""
        if names is not None:
            self.allowed = frozenset(names)

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps that many from the end."""
        if offset < 0:
            gone, self.pending = self.pending[:offset], self.pending[offset:]
        else:
            gone = [update for update in self.pending if update["update_id"] < offset]
            self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self.confirmed.extend(update["update_id"] for update in gone)

    async def poll(self, params: dict[str, Any]) -> list[Update]:
        """getUpdates: at once if anything waits, else within `timeout` seconds. Raises the 409s."""
        if self.webhook:
            raise Refusal(409, HOOKED)
        self.end_poll(Refusal(409, CONFLICT))
        self.polls += 1
        self.allow(params.get("allowed_updates"))
        if self.pending and "offset" in params:
            self.confirm(int(params["offset"]))
        if not self.pending and params.get("timeout"):
            await self._wait(min(float(params["timeout"]), 50.0))
        batch = self.pending[: max(1, min(int(params.get("limit", 100)), 100))]
        for update in batch:
            self.given[update["update_id"]] = self.given.get(update["update_id"], 0) + 1
        return batch

    def end_poll(self, refusal: Refusal | None = None) -> None:
        """End a poll that waits: with a refusal, or with nothing found."""
        poller, self._poller = self._poller, None
        if poller and not poller.done():
            if refusal:
                poller.set_exception(refusal)
            else:
                poller.set_result(None)

    async def _wait(self, seconds: float) -> None:
        self._poller = poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _wake(self) -> None:
        if self.webhook:
            self.webhook()
        elif self._poller:
            self.end_poll()
