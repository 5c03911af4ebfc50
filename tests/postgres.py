"""A real PostgreSQL of our own for a test run: socket only, in a folder of its own; a fresh database for each test."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest


def binaries() -> Path | None:
    """The folder of initdb, postgres and pg_ctl: on the PATH, or where Debian's package puts them."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    path = found[-1] if found else shutil.which("initdb")
    return Path(path).resolve().parent if path else None


class Server:
    """A running server; `fresh()` gives the URL of an empty database."""

    def __init__(self, folder: Path, bin_: Path) -> None:
        self.folder, self._bin = folder, bin_
        self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []

    def run(self, program: str, *args: str) -> None:
        env = {"PATH": f"{self._bin}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        command = [*self._as, str(self._bin / program), *args]
        subprocess.run(command, env=env, cwd="/", check=True, capture_output=True, timeout=60)

    def start(self) -> None:
        if self._as:
            shutil.chown(self.folder, "postgres")
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-U", "app", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c max_connections=200"
        self.run("pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def fresh(self) -> str:
        name = f"t{uuid.uuid4().hex}"
        self.run("createdb", "-h", str(self.folder), "-U", "app", name)
        return f"postgresql://app@/{name}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    bin_ = binaries()
    if bin_ is None:
        pytest.skip("PostgreSQL is missing: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="jn-pg-"))
    server = Server(folder, bin_)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Twice: "" for SQLite in the data folder, and a fresh PostgreSQL database."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres").fresh()
