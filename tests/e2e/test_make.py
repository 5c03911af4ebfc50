"""`make run` ends with its server, however it is told to."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """`make run` over what is set up already, in a process group of its own as a terminal gives it."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    env |= {"DATA_DIR": str(tmp_path / "data"), "PORT": "0"}
    with subprocess.Popen(
        ["make", "-o", "setup", "-o", ".venv/run.stamp", "run"],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as one:  # fmt: skip
        yield one
        if one.poll() is None:
            os.killpg(one.pid, signal.SIGKILL)


def port_of(one: subprocess.Popen[str]) -> int:
    assert one.stdout is not None
    text = ""
    while "PETUGAS" not in text:
        line = one.stdout.readline()
        assert line, text
        text += line
    return int(re.search(r"^WARGA http://127.0.0.1:(\d+)/", text, re.MULTILINE)[1])  # type: ignore[index]


def server_of(one: subprocess.Popen[str]) -> int:
    (child,) = Path(f"/proc/{one.pid}/task/{one.pid}/children").read_text().split()
    return int(child)


def alive(number: int) -> bool:
    """A process that still runs; one that nobody has waited for has ended all the same."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ended(number: int, patience: float = 20) -> bool:
    until = time.monotonic() + patience
    while alive(number) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(number)


@pytest.mark.parametrize(
    ("tell", "number"), [(os.killpg, signal.SIGTERM), (os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)]
)
async def test_its_server_ends_with_it(
    made: subprocess.Popen[str], tell: Callable[[int, int], None], number: signal.Signals
) -> None:
    port = await asyncio.wait_for(asyncio.to_thread(port_of, made), 60)
    server = server_of(made)
    assert alive(server)
    tell(made.pid, number)
    assert await asyncio.to_thread(ended, server)
    await asyncio.to_thread(made.wait, 20)
    with socket.socket() as knock:
        assert knock.connect_ex(("127.0.0.1", port)) != 0
