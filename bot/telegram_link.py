"""Telegram at work: updates into the engine by long poll or webhook, name, menus. Loaded only with a token."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import structlog

from bot.channels import Retry
from bot.channels.telegram import Telegram, WrongToken, poll, receive, verify_secret
from bot.engine import Arrival
from bot.menus import Menus
from storage.offices import set_setting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.clock import Clock
    from bot.config import Settings
    from bot.menus import Menu
    from handlers.inbound import Inbound
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
CHANNEL = "telegram"
LARGEST = 1 << 63  # update ids are 32 bits today (Bot API, Update); nothing longer fits into the inbox


class TelegramLink:
    """One bot of Telegram's."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        database: Database,
        keys: KeyRing,
        submit: Callable[[list[Arrival]], Awaitable[None]],
        secret: str,
    ) -> None:
        self.channel = Telegram(settings.telegram_token, settings.telegram_api_url)
        self.username = ""
        self._settings, self._clock, self._database, self._submit = settings, clock, database, submit
        self._secret = secret
        self._stop = asyncio.Event()
        self._changed = asyncio.Event()
        self._me = ""
        self.menus = Menus(database, keys, self._tell)
        self._answers: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Say who we are, set menus, then listen until closed. Raises WrongToken."""
        await self._introduce()
        menus = asyncio.create_task(self._keep_menus())
        try:
            await self._listen()
        finally:
            menus.cancel()
            await asyncio.gather(menus, return_exceptions=True)

    async def _listen(self) -> None:
        if self._settings.webhook:
            url = f"{self._settings.public_url}/webhook/telegram"
            await self._patiently(lambda: self.channel.webhook(url, self._secret))
            await self._stop.wait()
            return
        await poll(self.channel, self._take, self._stop, self._clock.now)

    def close(self) -> None:
        """Stop after the batch in hand."""
        self._stop.set()

    async def end(self) -> None:
        """Let go of the connections."""
        if self._answers:
            await asyncio.wait(self._answers, timeout=2)
        await self.channel.close()

    async def _introduce(self) -> None:
        me = await self._patiently(self.channel.me)
        if me is None:
            return
        await self._patiently(lambda: self._database.write(lambda conn: set_setting(conn, "telegram_username", me[0])))
        self.username = me[0]
        self._me = me[1]

    async def _keep_menus(self) -> None:
        """Beside the listening: menus wait for nobody, and nobody waits for them."""
        while not self._stop.is_set():
            self._changed.clear()
            await self._patiently(lambda: self.menus.sync(self._me))
            await self._changed.wait()

    async def _tell(self, menu: Menu) -> None:
        if menu.about:
            await self.channel.about(menu.scope, menu.language, menu.about)
        else:
            await self.channel.commands(menu.scope, menu.address, menu.language, menu.rows)

    def changed(self) -> None:
        """Who serves where, a group, a language: menus may have to follow."""
        self._changed.set()

    async def _patiently(self, call: Callable[[], Awaitable[Any]]) -> Any:
        pause = 1.0
        while not self._stop.is_set():
            try:
                return await call()
            except WrongToken:
                raise
            except Exception as error:  # noqa: BLE001 - the platform may be away for a while
                log.warning("telegram_waits", error=type(error).__name__)
                told = error.after if isinstance(error, Retry) else 0.0
                try:
                    await asyncio.wait_for(self._stop.wait(), max(pause, told))
                except TimeoutError:
                    pause = min(pause * 2, 60)
        return None

    async def _take(self, items: Sequence[tuple[str, dict[str, Any], list[Inbound] | None]]) -> None:
        at = self._clock.now()
        await self._submit(
            [Arrival(CHANNEL, number, found, raw, at=at, anyway=moving(raw)) for number, raw, found in items]
        )

    # --- webhook ---

    def genuine(self, header: str | None) -> bool:
        """Does the call carry our secret?"""
        return verify_secret(header, self._secret)

    async def hook(self, body: bytes) -> int:
        """The HTTP status for a webhook's body: 200 only after the commit, 503 until we know who we are."""
        if not self.username:
            return 503
        try:
            raw = json.loads(body)
            number = int(raw["update_id"])
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return 400
        if not 0 <= number < LARGEST:
            return 400
        try:
            inbounds: list[Inbound] | None = receive(raw, self.username, self._clock.now())
        except ValueError:
            inbounds = None
        try:
            await self._take([(str(number), raw, inbounds)])
        except Exception:  # noqa: BLE001 - not committed, and said so: Telegram sends it again
            return 503
        if "callback_query" in raw:
            task = asyncio.create_task(self.channel.acknowledge(raw))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)
        return 200


def moving(raw: dict[str, Any]) -> Callable[[UnitOfWork], None] | None:
    """What to do where a group tells that it became a supergroup: it says so at its old address and at its new one."""
    message = raw.get("message")
    if not isinstance(message, dict) or not message.keys() & {"migrate_to_chat_id", "migrate_from_chat_id"}:
        return None
    here = (message.get("chat") or {}).get("id")
    old, new = message.get("migrate_from_chat_id", here), message.get("migrate_to_chat_id", here)
    return lambda work: work.readdress(CHANNEL, str(old), str(new))
