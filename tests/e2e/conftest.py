"""One server for all tests of a file, as the real process; and invitations made beside it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.config import settings
from bot.invitations import make
from bot.start import open_all
from tests.serving import Process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Process]:
    """A running server; what it wrote to its log must be nothing."""
    one = Process(tmp_path_factory.mktemp("e2e") / "data")
    await one.start()
    yield one
    assert one.stop() == 0
    assert one.log() == ""


async def run(one: Process, *args: str, **env: str) -> tuple[int, str, str]:
    """Another `jaganetral` over the same folder; gives (exit, stdout, stderr)."""
    made = await asyncio.create_subprocess_exec(
        one.command, *args, env={**one.env, **env}, cwd=one.folder.parent,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(made.communicate(), 30)
    return made.returncode or 0, out.decode(), err.decode()


@pytest.fixture
def invited(served: Process) -> Callable[..., Awaitable[str]]:
    """The link of a new invitation, made beside the running server (the command itself: test_settings.py)."""

    async def link(office: str, role: str = "petugas") -> str:
        chosen = settings(data_dir=served.folder, _env_file=None)
        database, keys, _ = await open_all(chosen)
        made = await make(database, keys, served.warga, office, role, datetime(2099, 1, 1, tzinfo=UTC))
        await database.close()
        return made.web

    return link
