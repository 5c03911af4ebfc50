"""A whole JagaNetral for tests: in this process over a clock that the test sets, or as the real process."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import Connection, select

from bot.clock import SystemClock
from bot.config import settings
from bot.engine import Arrival
from bot.invitations import make
from bot.serving import Serving
from bot.start import law, open_all
from handlers.events import Event, OptionChosen
from handlers.inbound import Inbound
from sealing.envelope import open_json
from sealing.keys import KeyRing
from storage import buttons, outbox
from storage.conversations import by_keys, key_of
from storage.tables import outbox as table

TEN = datetime(2024, 10, 10, 3, 0, tzinfo=UTC)  # 10.00 WIB, in the middle of the Pilkada campaign


class SetClock:
    """A clock that stands until it is moved."""

    rehearsal = ""

    def __init__(self, at: datetime = TEN) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Seen:
    """A message in a streamed conversation, as its reader has it."""

    seq: int
    text: str
    card: str
    buttons: dict[str, str]  # label -> what it carries inside the house
    tokens: dict[str, str]  # label -> what it carries outside
    album: list[str]
    body: dict[str, Any] = field(repr=False, default_factory=dict)


@dataclass
class House:
    """The serving with short words for tests."""

    serving: Serving
    clock: SetClock
    folder: Path
    count: int = 0

    @property
    def keys(self) -> KeyRing:
        return self.serving.keys

    async def say(self, address: str, event: Event, channel: str = "web", **more: Any) -> str:
        """One event through the door; gives its update id. A button is named by what it carries inside the house."""
        event = await self.pressed(address, event, channel)
        self.count += 1
        update_id = f"u{self.count}"
        inbound = Inbound(channel, update_id, address, more.pop("sender", address), self.clock.now(), event, **more)
        await self.serving.engine.submit([Arrival(channel, update_id, [inbound], raw={})])
        return update_id

    async def together(self, address: str, *events: Event, channel: str = "web") -> None:
        """Several events handed in as one, so that they share a transaction."""
        arrivals = []
        for event in [await self.pressed(address, event, channel) for event in events]:
            self.count += 1
            inbound = Inbound(channel, f"u{self.count}", address, address, self.clock.now(), event)
            arrivals.append(Arrival(channel, inbound.update_id, [inbound], raw={}))
        await self.serving.engine.submit(arrivals)

    async def pressed(self, address: str, event: Event, channel: str) -> Event:
        """A tap as it comes in: the token of the newest button there that carries this, else what was given."""
        if not isinstance(event, OptionChosen):
            return event
        found = await self.serving.database.read(partial(self.tokens, address=address, channel=channel))
        return OptionChosen(found.get(event.data, event.data), event.ref)

    def tokens(self, conn: Connection, address: str, channel: str) -> dict[str, str]:
        """The newest token of everything that buttons there carry."""
        keys = self.serving.keys
        found: dict[str, str] = {}
        for chat in by_keys(conn, keys, [key_of(keys, channel, address)]).values():
            rows = conn.execute(select(table.c.seq, table.c.body).where(table.c.conversation_id == chat.id))
            for seq, sealed in rows:
                body = open_json(chat.data_key, sealed, f"outbox/{chat.id}/{seq}/body")
                for place, (_, data, _) in enumerate(body.get("buttons", ())):
                    found[data] = buttons.token(keys, chat.id, seq, place)
        return found

    async def last(self, address: str, channel: str = "web") -> int:
        """The number of the newest message of a conversation, 0 where there is none."""
        key = key_of(self.keys, channel, address)
        found = await self.serving.database.read(lambda conn: by_keys(conn, self.keys, [key]))
        return found[key].seq if found else 0

    async def heard(self, address: str, channel: str = "web", after: int = 0) -> list[Seen]:
        """What a page shows: our messages after a number."""
        keys = self.keys

        def look(conn: Any) -> list[Seen]:
            chat = next(iter(by_keys(conn, keys, [key_of(keys, channel, address)]).values()), None)
            rows = outbox.stream(conn, keys, chat.id, after, 10_000) if chat else []
            return [
                Seen(
                    row.seq,
                    row.body.get("text", ""),
                    row.card,
                    {label: data for label, data, _ in row.body.get("buttons", ())},
                    {label: token for label, token, _ in buttons.shown(keys, row)},
                    row.body.get("album", []),
                    row.body,
                )
                for row in rows
                if not row.body.get("me")
            ]

        return await self.serving.database.read(look)

    async def invite(self, office: str, role: str = "petugas", days: float = 1) -> str:
        until = self.clock.now() + timedelta(days=days)
        made = await make(self.serving.database, self.serving.keys, "http://x", office, role, until)
        return made.code


@asynccontextmanager
async def house(folder: Path, database_url: str = "", **more: Any) -> AsyncIterator[House]:
    """A running house over a folder; a second one over the same folder is a restart."""
    chosen = settings(data_dir=folder, database_url=database_url, _env_file=None, **more)
    clock = SetClock()
    database, keys, _ = await open_all(chosen)
    serving = Serving(chosen, clock, database, keys, law(chosen))
    await serving.start()
    try:
        yield House(serving, clock, folder)
    finally:
        await serving.stop()


@pytest.fixture
async def sqlite_house(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path / "data") as one:
        yield one


@pytest.fixture
async def any_house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    async with house(tmp_path / "data", database_url) as one:
        yield one


def far_hour() -> str:
    """An hour that no office's wall shows while a test runs: the real process goes by the machine's clock."""
    return str((SystemClock().now().astimezone(ZoneInfo("Asia/Jakarta")).hour + 12) % 24)


class Process:
    """`jaganetral serve` as people start it; `warga` and `petugas` are the addresses it printed."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self.env = {**os.environ, "DATA_DIR": str(folder), "PORT": "0", "MORNING_HOUR": far_hour(), **env}
        self.warga = self.petugas = ""
        self._process: subprocess.Popen[str] | None = None

    @property
    def command(self) -> str:
        return str(Path(sys.executable).parent / "jaganetral")

    async def start(self, *args: str, patience: float = 30) -> None:
        command = [self.command, "serve", *args]
        with (self.folder.parent / f"{self.folder.name}.log").open("a") as log:
            self._process = subprocess.Popen(
                command, env=self.env, cwd=self.folder.parent, stdout=subprocess.PIPE, stderr=log, text=True
            )
        out = await asyncio.wait_for(asyncio.to_thread(self._greeting), patience)
        self.warga = re.search(r"^WARGA (\S+)", out, re.MULTILINE)[1].rstrip("/")  # type: ignore[index]
        self.petugas = re.search(r"^PETUGAS (\S+)", out, re.MULTILINE)[1]  # type: ignore[index]

    def _greeting(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        text = ""
        while "PETUGAS" not in text:
            line = self._process.stdout.readline()
            if not line:
                raise AssertionError(f"it ended with {self._process.wait()}: {text}\n{self.log()}")
            text += line
        return text

    def log(self) -> str:
        return (self.folder.parent / f"{self.folder.name}.log").read_text()

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._close()

    def stop(self, patience: float = 20) -> int:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(patience)
        self._close()
        return status

    def _close(self) -> None:
        assert self._process is not None
        if self._process.stdout:
            self._process.stdout.close()

    async def ready(self) -> bool:
        async with httpx.AsyncClient() as client:
            return (await client.get(f"{self.warga}/healthz")).status_code == 200


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Process]:
    """Makes processes over one folder, and ends them."""
    made: list[Process] = []

    def make_one(**env: str) -> Process:
        made.append(Process(tmp_path / "data", **env))
        return made[-1]

    yield make_one  # type: ignore[misc]
    for one in made:
        if one._process and one._process.poll() is None:
            one.kill()
        elif one._process:
            one._close()
