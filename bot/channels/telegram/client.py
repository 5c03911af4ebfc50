"""Calling the Bot API: one door, and no error that leaves it carries the token or people's words."""

from __future__ import annotations

import re
from contextlib import aclosing
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramAPIError,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetFile, GetMe
from aiogram.utils.token import TokenValidationError

from bot.channels import ChannelError, Gone, Rejected, Retry
from bot.limits import TELEGRAM as LIMITS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping

    from aiogram.methods import TelegramMethod

T = TypeVar("T")

TIMEOUT = 30  # seconds for a call that does not wait for updates
PATIENCE = 1.0  # seconds until a call that got no answer is tried again
CLOSED = 60.0  # seconds until we knock again where the token was refused: nothing is thrown away meanwhile

# What a 400 says when nobody will ever read there again (403 always says so).
NOBODY = (
    "chat not found",
    "user not found",
    "user_deactivated",
    "user is deactivated",
    "peer_id_invalid",
    "group chat was deactivated",
    "bot is not a member",
    "bot was kicked",
)


class WrongToken(Exception):  # noqa: N818 - the name says what to do
    """Telegram does not know the token: only the operator can help."""

    def __init__(self) -> None:
        super().__init__("TELEGRAM_TOKEN tidak dikenal oleh Telegram. Periksa token dari @BotFather.")


class Conflict(Retry):
    """Somebody else reads this bot's updates; `webhook` where that is a webhook set earlier."""

    def __init__(self, webhook: bool) -> None:
        super().__init__(PATIENCE)
        self.webhook = webhook


class Refused(Retry):
    """The token was refused (401, or 404 for one that is no token at all)."""

    def __init__(self) -> None:
        super().__init__(CLOSED, everyone=True)


def verify_secret(header: str | None, secret: str) -> bool:
    """Compare X-Telegram-Bot-Api-Secret-Token with ours in constant time; without a secret nothing passes."""
    return bool(secret) and compare_digest((header or "").encode(), secret.encode())


def translate(problem: Exception) -> ChannelError:
    """Say who must act. Only the platform's own sentence is kept, without what it quotes of us."""
    for kinds, error in ANSWERS:
        if isinstance(problem, kinds):
            return error(problem)
    return Retry(PATIENCE)  # no answer, or one that is not the Bot API's (a proxy's page)


def _refusal(problem: Any) -> ChannelError:
    sentence = _sentence(problem)
    if "temporarily unavailable" in sentence.casefold():  # said of every file that it cannot give just now
        return Retry(CLOSED)
    return Gone(sentence) if any(phrase in sentence.casefold() for phrase in NOBODY) else Rejected(sentence)


def _sentence(problem: Any) -> str:
    return re.sub(r"(['\"]).*\1", "…", problem.message or "", flags=re.DOTALL)[:200]


# The first that fits counts: the kinds descend from one another.
ANSWERS: tuple[tuple[tuple[type[Exception], ...], Callable[[Any], ChannelError]], ...] = (
    ((TelegramRetryAfter,), lambda told: Retry(float(told.retry_after))),
    ((TelegramConflictError,), lambda told: Conflict("webhook" in told.message.casefold())),
    ((TelegramUnauthorizedError, TelegramNotFound), lambda _: Refused()),
    ((TelegramForbiddenError,), lambda told: Gone(_sentence(told))),
    ((TelegramEntityTooLarge,), lambda told: Rejected(_sentence(told))),
    ((TelegramNetworkError, TelegramServerError), lambda _: Retry(PATIENCE)),
    ((TelegramAPIError,), _refusal),
)


class Client:
    """A bot by its token (ValueError if it has no such form). `api_url` stands before /bot… and /file/bot….

    `moved` holds the new ids of groups that became supergroups while we ran: {"-12": "-10034"}.
    """

    def __init__(self, token: str, api_url: str = "https://api.telegram.org") -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(api_url), timeout=TIMEOUT)
        try:
            self._bot = Bot(token, session=session)
        except TokenValidationError:
            raise ValueError("TELEGRAM_TOKEN bukan token bot (bentuknya 123456:ABC...).") from None
        self._session = session
        self.moved: dict[str, str] = {}

    async def call(self, method: TelegramMethod[T], timeout: int = TIMEOUT) -> T:  # noqa: ASYNC109 - the client's
        """Call the Bot API, in the group's new place if it moved. Raises ChannelError."""
        for _ in range(2):
            try:
                return await self._bot(method, request_timeout=timeout)
            except TelegramMigrateToChat as move:
                method = self._follow(method, str(move.migrate_to_chat_id))
                error: ChannelError = Rejected("the group moved twice")
            except (AiogramError, aiohttp.ClientError, OSError) as problem:
                error = translate(problem)
                break
        # Not raised above: the client's exceptions carry addresses that contain the token.
        raise error

    def _follow(self, method: TelegramMethod[T], to: str) -> TelegramMethod[T]:
        self.moved[str(getattr(method, "chat_id", ""))] = to
        return method.model_copy(update={"chat_id": int(to)})

    def chat(self, address: str) -> int:
        """Give the chat's present id. Raises Rejected where it is none."""
        try:
            return int(self.moved.get(address, address))
        except ValueError:
            raise Rejected("not a Telegram address") from None

    async def me(self) -> tuple[str, str]:
        """Give our own (username, id). Raises ChannelError."""
        user = await self.call(GetMe())
        return user.username or "", str(user.id)

    async def fetch(self, source: Mapping[str, str]) -> AsyncIterator[bytes]:
        """Give a file in pieces, never more than the limit. Raises ChannelError, also midway."""
        file = await self.call(GetFile(file_id=source["file_id"]))
        if (file.file_size or 0) > LIMITS.download or not file.file_path:
            raise Rejected("file is too big")
        got = 0
        async with aclosing(self._download(file.file_path)) as pieces:
            async for piece in pieces:
                got += len(piece)
                if got > LIMITS.download:
                    raise Rejected("file is too big")
                yield piece
        if file.file_size and got < file.file_size:
            raise Retry(PATIENCE)

    async def _download(self, path: str) -> AsyncGenerator[bytes, None]:
        url = self._session.api.file_url(self._bot.token, path)
        try:
            async with aclosing(self._session.stream_content(url, timeout=TIMEOUT * 4)) as pieces:
                async for piece in pieces:
                    yield piece
        except (
            aiohttp.ClientError,
            OSError,
        ):  # a file's address grows old too: then asking anew gives a new one
            pass
        else:
            return
        raise Retry(PATIENCE)

    async def close(self) -> None:
        """Let the connections go."""
        await self._session.close()
