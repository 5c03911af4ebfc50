"""The process that is tortured: always on the same folder and port, killed with -9, started again at once."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
BEGAN = datetime(2024, 10, 10, 3, 0, tzinfo=UTC)  # the rehearsal's clock starts here, so that no run meets midnight
TICK = 0.05
PATIENCE = 30.0


def _written(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Nursery:
    """Bears processes of `code`, the folder whose code is run; `heavy` are modules to warm up besides."""

    def __init__(self, code: Path = ROOT, heavy: tuple[str, ...] = ()) -> None:
        self.code, self.heavy = code, heavy
        self.env = {**os.environ, "PYTHONPATH": str(code), "OPENBLAS_NUM_THREADS": "1"}
        self._process: subprocess.Popen[str] | None = None

    async def __aenter__(self) -> Self:
        command = [sys.executable, str(Path(__file__).with_name("nursery.py")), *self.heavy]
        self._process = subprocess.Popen(
            command, env=self.env, cwd=self.code, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert await asyncio.to_thread(self._answer) == "siap", "the nursery did not open"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.communicate()

    async def bear(self, env: dict[str, str], args: list[str], log: Path) -> int:
        """A new process; its id."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"env": env, "args": args, "log": str(log)}) + "\n")
        self._process.stdin.flush()
        return int(await asyncio.to_thread(self._answer))

    def _answer(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


class Victim:
    """One `jaganetral serve` at a time."""

    def __init__(self, folder: Path, nursery: Nursery, **env: str) -> None:
        self.folder, self.nursery = folder, nursery
        self.data, self.clock, self.log = folder / "data", folder / "jam", folder / "log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {"DATA_DIR": str(self.data), "PORT": str(self.port), "HOST": "127.0.0.1", **env}
        self.pid = 0
        self._ticking: asyncio.Task[None] | None = None
        self._real: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._set_clock(0)
        self._ticking = asyncio.create_task(self._tick())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._ticking is not None
        if self.pid:
            await self.kill()
        self._ticking.cancel()

    # --- life and death ---

    async def start(self, *, real: bool = False) -> None:
        """Begin; it may take a while until it listens. `real`: the command itself, without a fork."""
        args = ["serve", "--clock", str(self.clock)]
        if not real:
            self.pid = await self.nursery.bear(self.env, args, self.log)
            return
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot", *args]
            env = self.nursery.env | self.env
            self._real = subprocess.Popen(command, env=env, cwd=self.folder, stdout=log, stderr=log)
        self.pid = self._real.pid

    async def kill(self) -> None:
        """SIGKILL, and wait until it is really gone."""
        self._send(signal.SIGKILL)
        await self._gone()

    def kill_at_commit(self, commits: int, delay: float, patience: float = 1.0) -> None:
        """SIGKILL a moment after so many writes to SQLite's log were seen (or when none come). Blocks."""
        log, until = self.data / "jaganetral.sqlite3-wal", time.monotonic() + patience
        seen = _written(log)
        while commits and time.monotonic() < until:
            if (now := _written(log)) != seen:
                seen, commits = now, commits - 1
        time.sleep(delay)
        self._send(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM; the exit status of a real one, else 0."""
        self._send(signal.SIGTERM)
        await self._gone()
        return self._real.returncode if self._real else 0

    def kill_now(self) -> None:
        """SIGKILL this instant; `kill` waits for its end."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        """Only ever to a process of our own: an id of 0 would mean our whole group."""
        if self.pid > 1:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def _gone(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self._alive():  # noqa: ASYNC110 - another process has no event for it
                await asyncio.sleep(0.001)
        self.pid = 0

    def _alive(self) -> bool:
        if self._real is not None:
            if self._real.poll() is None:
                return True
            self._real = None if self._real.returncode == -signal.SIGKILL else self._real
            return False
        if self.pid <= 1:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    async def listening(self) -> None:
        """Wait until it takes connections; says what it last wrote where it never does."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self._takes_connections():
                    assert self._alive(), f"it ended by itself:\n{self.tail()}"
                    await asyncio.sleep(0.002)
        except TimeoutError:
            raise AssertionError(f"it does not listen:\n{self.tail()}") from None

    async def _takes_connections(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    # --- what it says, and its clock ---

    def tail(self) -> str:
        return self.log.read_text()[-3000:] if self.log.exists() else ""

    async def seat_code(self) -> str:
        """The code behind the PETUGAS link that it printed."""
        async with asyncio.timeout(PATIENCE):
            while not (found := re.findall(r"^PETUGAS \S*?([0-9A-Z]{10,})\s*$", self.tail(), re.MULTILINE)):  # noqa: ASYNC110 - it is read from a file
                await asyncio.sleep(0.02)
        return str(found[-1])

    async def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            await asyncio.sleep(TICK)
            self._set_clock(loop.time() - began)

    def _set_clock(self, seconds: float) -> None:
        fresh = self.clock.with_suffix(".baru")
        fresh.write_text((BEGAN + timedelta(seconds=seconds)).isoformat())
        fresh.replace(self.clock)


def asked(victim: Victim, question: str) -> int:
    """A number from the database, whoever is using it."""
    path = victim.data / "jaganetral.sqlite3"
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return int(connection.execute(question).fetchone()[0])
