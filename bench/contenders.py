"""Who takes part: how each is opened in this process, and how it is started as one of its own.

JagaNetral's two doors are `bench/house.py` (`async def opened(folder: Path) -> Fed`) and `jaganetral serve`.
"""

from __future__ import annotations

import importlib.util
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

ROOT = Path(__file__).parents[1]
TOKEN = "123456:STAND-IN-TOKEN-aaaaaaaaaaaaaaaaaaaa"


class Fed(Protocol):
    """A bot in this process: it takes raw updates, and keeps count of the replies that it queued or sent."""

    replies: int

    async def feed(self, raw: dict[str, Any]) -> None:
        """Back when this update's effects are where this bot keeps them, and its reply is queued."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Contender:
    name: str
    title: str
    opened: Callable[[Path], Awaitable[Fed]]  # given an empty folder
    command: Callable[[str, Path], tuple[list[str], Mapping[str, str]]]  # API address, folder -> argv, environment
    needs: str = ""  # a module without which it cannot take part

    def missing(self) -> bool:
        """Whether what it needs is not there (yet)."""
        parent = self.needs.rpartition(".")[0]
        if not self.needs or (parent and importlib.util.find_spec(parent) is None):
            return bool(self.needs)
        return importlib.util.find_spec(self.needs) is None


# --- JagaNetral ---------------------------------------------------------------------------------------------


async def _house(folder: Path) -> Fed:
    fed: Fed = await importlib.import_module("bench.house").opened(folder)
    return fed


def _serve(api: str, folder: Path) -> tuple[list[str], Mapping[str, str]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    settings = {"DATA_DIR": str(folder), "PORT": port, "TELEGRAM_API_URL": api, "TELEGRAM_TOKEN": TOKEN}
    settings |= {"TELEGRAM_RATE": "1000000", "TELEGRAM_CHAT_RATE": "1000000"}  # the others keep no pace either
    return [str(Path(sys.executable).with_name("jaganetral")), "serve"], settings


# --- the others ---------------------------------------------------------------------------------------------


def _in_process(name: str) -> Callable[[Path], Awaitable[Fed]]:
    async def opened(folder: Path) -> Fed:
        captured = importlib.import_module("bench.captured")
        fed: Fed = await getattr(captured, "ptb" if name.startswith("ptb") else "aiogram")(name, folder)
        return fed

    return opened


def _alone(name: str) -> Callable[[str, Path], tuple[list[str], Mapping[str, str]]]:
    def command(api: str, folder: Path) -> tuple[list[str], Mapping[str, str]]:
        module = f"bench.baselines.{name}"
        return [sys.executable, "-m", module, "--api", api, "--token", TOKEN, "--db", str(folder / "bot.db")], {}

    return command


def _baseline(name: str, title: str) -> Contender:
    return Contender(name, title, _in_process(name), _alone(name))


USUAL = "aiogram_durable"  # what all are compared with
CONTENDERS = (
    _baseline(USUAL, "aiogram + SQLAlchemy, a commit a step"),
    _baseline("aiogram_memory", "aiogram, in memory"),
    _baseline("ptb_memory", "python-telegram-bot, in memory"),
    Contender("jaganetral", "JagaNetral", _house, _serve, needs="bench.house"),
)
