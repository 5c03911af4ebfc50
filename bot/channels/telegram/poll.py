"""Long polling of our own: the offset moves after the commit and never before."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from aiogram.methods import TelegramMethod

from bot.channels import Retry
from bot.channels.telegram.client import Conflict, Refused, WrongToken
from bot.channels.telegram.receive import receive
from bot.channels.telegram.send import WANTED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence
    from datetime import datetime

    from bot.channels.telegram.send import Telegram
    from handlers.inbound import Inbound

    Item = tuple[str, dict[str, Any], list[Inbound] | None]
    Submit = Callable[[Sequence[Item]], Awaitable[object]]

T = TypeVar("T")

log = structlog.get_logger("telegram")

WAIT = 50  # seconds that Telegram holds an empty answer back
GRACE = 15  # seconds more until we think the connection dead
FIRST, LONGEST = 0.5, 30.0  # seconds between tries when nothing answers
MOST = 6  # times that the wait is doubled
LAST_WORDS = 5  # seconds for answering buttons when we are told to stop


class RawUpdates(TelegramMethod[list[Any]]):
    """getUpdates without reading what came: one update that cannot be read must not hold up the rest."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = WAIT
    limit: int = 100
    allowed_updates: list[str] = WANTED


async def poll(telegram: Telegram, submit: Submit, stop: asyncio.Event, at: Callable[[], datetime]) -> None:
    """Bring updates until `stop`; a batch in hand is finished first.

    `submit` gets (update_id, raw update, what it says or None where it cannot be read) and returns when that
    is durable; only then is the next batch asked for, which tells Telegram that this one is done. Pressed
    buttons are answered here, after the commit. Raises WrongToken.
    """
    tries, answers = Tries(stop), Answers(telegram)
    us: tuple[str, str] | None = None
    while us is None and not stop.is_set():
        us = await tries.attempt(telegram.me())
    # Asked without an offset at first: what was not confirmed comes again, and the inbox knows it.
    offset: int | None = None
    while us is not None and not stop.is_set():
        batch = await tries.attempt(_unless(stop, _next(telegram, offset)))
        if not batch:
            continue
        kept = await tries.attempt(_keep(batch, submit, us[0], at()))
        if kept:
            offset = max(raw["update_id"] for raw in batch) + 1
            answers.start(batch)
    await answers.finish()


async def _next(telegram: Telegram, offset: int | None) -> list[dict[str, Any]]:
    try:
        batch = await telegram.call(RawUpdates(offset=offset), timeout=WAIT + GRACE)
    except Conflict as other:
        if not other.webhook:
            raise
        await telegram.webhook("", "")  # set by an earlier run; nothing that waits is dropped
        return []
    # No update is without an id; what is without cannot be told from a repeat, nor be confirmed.
    return [raw for raw in batch if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)]


async def _keep(batch: list[dict[str, Any]], submit: Submit, us: str, at: datetime) -> bool:
    await submit([(str(raw["update_id"]), raw, _read(raw, us, at)) for raw in batch])
    return True


def _read(raw: dict[str, Any], us: str, at: datetime) -> list[Inbound] | None:
    try:
        return receive(raw, us, at)
    except ValueError as problem:
        log.warning("telegram_update_unreadable", update_id=raw["update_id"], why=str(problem))
        return None


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Do it unless told to stop first: a question that hangs at Telegram confirms nothing when dropped."""
    asked, told = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((asked, told), return_when=asyncio.FIRST_COMPLETED)
        return asked.result() if asked.done() else None
    finally:
        asked.cancel()
        told.cancel()
        await asyncio.gather(asked, told, return_exceptions=True)


class Tries:
    """Makes attempts and waits after each that failed: each time longer, unless told to stop."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.stop = stop
        self.failed = 0

    async def attempt(self, work: Coroutine[Any, Any, T | None]) -> T | None:
        """Give the result, or None after a failure and its pause. Raises WrongToken."""
        try:
            done = await work
        except Refused:
            raise WrongToken from None
        except Exception as problem:  # noqa: BLE001 - storage may fail too; nothing is confirmed, so it comes again
            await self._pause(problem)
            return None
        self.failed = 0
        return done

    async def _pause(self, problem: Exception) -> None:
        wait = min(FIRST * 2**self.failed, LONGEST)
        self.failed = min(self.failed + 1, MOST)
        if isinstance(problem, Retry):
            wait = max(wait, problem.after)
        if isinstance(problem, Conflict):
            log.error("telegram_conflict", why="bot ini sedang dibaca oleh proses lain", again_in=wait)
        else:
            # Only the kind: a database's message may quote what people said.
            log.warning("telegram_poll_failed", kind=type(problem).__name__, again_in=wait)
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stop.wait(), wait)


class Answers:
    """Answers pressed buttons beside the reading of updates."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.tasks: set[asyncio.Task[None]] = set()

    def start(self, batch: list[dict[str, Any]]) -> None:
        """Answer the buttons of a batch that is kept."""
        for raw in batch:
            if "callback_query" in raw:
                task = asyncio.create_task(self.telegram.acknowledge(raw))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def finish(self) -> None:
        """Let the last ones through, but not for long."""
        if not self.tasks:
            return
        _, late = await asyncio.wait(self.tasks, timeout=LAST_WORDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
