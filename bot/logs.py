"""The log: one JSON object a line on standard error; no message of a person, no address, no token ever goes in."""

from __future__ import annotations

import json
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

import structlog

from bot.inside.beside import where

if TYPE_CHECKING:
    from types import TracebackType


class Lines(logging.Handler):
    """What libraries log: who, how bad, what kind of error and where; never their words, which may quote people."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        error = record.exc_info[1] if record.exc_info else None
        line = {
            "logger": record.name,
            "level": record.levelname.lower(),
            "error": type(error).__name__ if error else None,
            "where": (where(error) if error else "") or f"{record.filename}:{record.lineno}",
        }
        sys.stderr.write(json.dumps(line) + "\n")


def logs() -> None:
    """From here on everything that this process says on standard error is such a line."""
    logging.basicConfig(level=logging.WARNING, handlers=[Lines()], force=True)
    logging.captureWarnings(True)
    for name in ("aiohttp.access", "aiogram", "aiogram.event", "uvicorn.access", "httpx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    sys.excepthook = _ended
    sys.unraisablehook = lambda seen: _note(seen.exc_value)
    threading.excepthook = lambda seen: _note(seen.exc_value)
    processors: list[Any] = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    structlog.configure(
        processors=[*processors, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _ended(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
    """Whatever nobody caught ends the process with a line instead of a traceback."""
    _note(error)


def _note(error: BaseException | None) -> None:
    logging.getLogger("bot").error("", exc_info=error)
