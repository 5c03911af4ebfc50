"""The two databases behind one face: SQLite with one writer, PostgreSQL through asyncpg.

Storage code is synchronous SQLAlchemy Core and runs unchanged on both: on one connection there, under `run_sync`
here. Writers on SQLite begin IMMEDIATE, because a transaction that reads first and upgrades later
loses updates (SQLite, "Isolation"; SQLAlchemy, "pysqlite: serializable isolation").
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.ext.asyncio import AsyncEngine

_SHARED = {"check_same_thread": False}
_QUIET: dict[str, Any] = {"hide_parameters": True}  # an error is read by the operator: it quotes no row
R = TypeVar("R")
Work = Callable[[Connection], R]
BUSY = 10_000  # milliseconds that a connection waits for another
TRIES = 8  # a deadlock or a serialization failure on PostgreSQL is tried again so often
# PostgreSQL, appendix A.
AGAIN = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected
AWAY = frozenset({"08", "40", "53", "55", "57", "58"})  # connection, rollback, resources, lock, operator, system


def is_away(error: BaseException) -> bool:
    """Is the database gone, full or too busy? Then the work is as good as ever, and may be tried later."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated or isinstance(error, OperationalError):
            return True
        error = error.orig or error
    state = getattr(error, "sqlstate", None) or ""
    return state[:2] in AWAY or isinstance(error, OSError | TimeoutError | PoolTimeout)


class Database:
    """Runs a function of a Connection in one transaction; commits if it returns, rolls back if it raises."""

    dialect: str

    async def write(self, work: Work[R]) -> R:
        """Run it with the right to write."""
        raise NotImplementedError

    async def read(self, work: Work[R]) -> R:
        """Run it against what is committed, without holding up the writer."""
        raise NotImplementedError

    async def scrub(self) -> bool:
        """Empty the log in which erased rows still stand, where it is ours; False if it must be tried again."""
        raise NotImplementedError

    async def close(self) -> None:
        """Let go of every connection."""
        raise NotImplementedError


class Sqlite(Database):
    """One file, one writer, readers beside it (WAL)."""

    dialect = "sqlite"

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.engine = create_engine(f"sqlite:///{self.path}", poolclass=StaticPool, connect_args=_SHARED, **_QUIET)
        _pragmas(self.engine, "BEGIN IMMEDIATE")
        self._readers: AsyncEngine = create_async_engine(f"sqlite+aiosqlite:///{self.path}", pool_size=4, **_QUIET)
        _pragmas(self._readers.sync_engine, "BEGIN")
        self._thread = ThreadPoolExecutor(1, "penulis")
        self._writing = asyncio.Lock()

    async def write(self, work: Work[R]) -> R:
        """Statements run here, the commit in the writer thread.

        Statements are Python, and two threads of Python only wait for each other; a commit is the disk, and while
        it writes the loop goes on and the next batch gathers.
        """
        return await asyncio.shield(self._transaction(work))

    async def _transaction(self, work: Work[R]) -> R:
        """Whoever waits for it may be cancelled; the next must not begin before this commit has ended all the same."""
        async with self._writing:
            with self.engine.connect() as conn, conn.begin() as transaction:
                result = work(conn)
                await asyncio.get_running_loop().run_in_executor(self._thread, transaction.commit)
        return result

    async def read(self, work: Work[R]) -> R:
        """Run it on a reader of its own."""
        async with self._readers.connect() as conn:
            return await conn.run_sync(work)

    async def scrub(self) -> bool:
        """Write the log back into the file and cut it off; whoever reads at that moment is not waited for."""
        async with self._writing:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._emptied)

    def _emptied(self) -> bool:
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA busy_timeout={BUSY // 50}")
            [busy, *_] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout={BUSY}")
            return not busy
        finally:
            raw.close()

    async def close(self) -> None:
        """Let go of every connection."""
        await self._readers.dispose()
        await asyncio.get_running_loop().run_in_executor(self._thread, self.engine.dispose)
        self._thread.shutdown()


def _pragmas(engine: Engine, begin: str) -> None:
    @event.listens_for(engine, "connect")
    def _(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None  # BEGIN is ours
        cursor = dbapi.cursor()
        for pragma in (
            f"busy_timeout={BUSY}",
            "secure_delete=ON",  # what is erased is overwritten, whatever this SQLite was built to do
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "trusted_schema=OFF",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _(conn: Connection) -> None:
        conn.exec_driver_sql(begin)


class Postgres(Database):
    """A PostgreSQL server; several processes may serve at once."""

    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        self.engine: AsyncEngine = create_async_engine(url, pool_size=5, max_overflow=10, pool_pre_ping=True, **_QUIET)

    async def write(self, work: Work[R]) -> R:
        """Run it; what the server calls a conflict of two transactions is tried again."""
        for attempt in range(TRIES):
            try:
                async with self.engine.begin() as conn:
                    return await conn.run_sync(work)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in AGAIN or attempt == TRIES - 1:
                    raise
                await asyncio.sleep(0.01 * 2**attempt * (1 + secrets.randbelow(100) / 100))
        raise AssertionError  # the loop returns or raises

    async def read(self, work: Work[R]) -> R:
        """Run it on a reader of its own."""
        async with self.engine.connect() as conn:
            return await conn.run_sync(work)

    async def scrub(self) -> bool:
        """Its log is the server's own."""
        return True

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()


def connect(url: str, data_dir: Path) -> Database:
    """The database of DATABASE_URL; "" is SQLite in the data folder. Raises ValueError with a sentence."""
    if not url:
        return Sqlite(data_dir / "jaganetral.sqlite3")
    scheme, _, rest = url.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+asyncpg"}:
        return Postgres(f"postgresql+asyncpg://{rest}")
    if scheme == "sqlite":
        return Sqlite(Path(rest.removeprefix("/")))
    msg = "DATABASE_URL harus berawalan postgresql:// atau dikosongkan (SQLite di DATA_DIR)."
    raise ValueError(msg)
