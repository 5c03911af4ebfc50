"""Which version of the map is live: a row of settings in the database, read before anything of the map is.

`place` must answer quickly, so the row is read plainly: no migration, and without SQLAlchemy where SQLite is enough.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pydantic_settings import BaseSettings

from bot.config import Settings, WrongSettings, WrongUse, settings
from place import versions

if TYPE_CHECKING:
    from sqlalchemy import Connection

SETTING = "place_version"  # "" or absent: the shipped one
FOLDER = "peta"  # in DATA_DIR: one folder a version
FILE = "jaganetral.sqlite3"
PATIENCE = 10.0  # seconds in which a writer lets us read


class Where(BaseSettings):
    """The settings that say where the data lies: of all others `place` needs none, and refuses none."""

    model_config = Settings.model_config

    data_dir: Path = Path("data")
    database_url: str = ""


def use_live(where: Where | Settings) -> None:
    """Let this process read the version that the database names. Raises WrongSettings, never takes another."""
    name = named_live(where)
    if not name:
        return
    try:
        _take(name, where.data_dir)
    except versions.VersionProblem as error:
        back = f"jaganetral place --activate {versions.SHIPPED.name}"
        msg = f"Peta {name} yang aktif tidak dapat dipakai: {error}. Perbaiki, atau kembali ke peta bawaan: {back}"
        raise WrongSettings(msg) from None


def use_tried(name: str, data_dir: Path) -> None:
    """Let this process read a version that is not live yet. Raises WrongUse with what is wrong with it."""
    try:
        _take(name, data_dir)
    except versions.VersionProblem as error:
        msg = f"Peta {name!r} tidak dapat dipakai: {error}."
        raise WrongUse(msg) from None


def _take(name: str, data_dir: Path) -> None:
    versions.use(versions.named(name, data_dir / FOLDER))
    from place import whole  # noqa: PLC0415 - numpy and shapely, and most processes read what ships

    whole.check()


def named_live(where: Where | Settings) -> str:
    """The name in the database; "" where there is none, or no database yet. Raises WrongSettings."""
    if where.database_url.startswith("postgres"):
        return asyncio.run(_on_server(where))
    said = where.database_url.partition("://")[2].removeprefix("/")  # as storage.database.connect reads it
    path = Path(said) if said else where.data_dir / FILE
    try:
        return _in_file(path) if path.is_file() else ""
    except (OSError, sqlite3.Error) as error:
        msg = f"DATA_DIR: basis data {path} tidak dapat dibaca ({type(error).__name__})."
        raise WrongSettings(msg) from None


def _in_file(path: Path) -> str:
    with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=PATIENCE)) as db:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'settings'").fetchone():
            return ""
        row = db.execute("SELECT value FROM settings WHERE name = ?", (SETTING,)).fetchone()
        return str(row[0]) if row else ""


async def _on_server(where: Where | Settings) -> str:
    from sqlalchemy import inspect  # noqa: PLC0415 - slow, and not for SQLite

    from storage.database import connect  # noqa: PLC0415
    from storage.offices import setting  # noqa: PLC0415

    def look(conn: Connection) -> str:
        return setting(conn, SETTING) if inspect(conn).has_table("settings") else ""

    database = connect(where.database_url, where.data_dir)
    try:
        return await database.read(look)
    except OSError as error:
        msg = f"DATABASE_URL: basis data tidak dapat dihubungi ({type(error).__name__})."
        raise WrongSettings(msg) from None
    finally:
        await database.close()


def activate(name: str) -> str:
    """The whole of `place --activate`: check it, note it; gives what to tell the operator."""
    chosen = settings()
    use_tried(name, chosen.data_dir)
    return asyncio.run(_note(chosen, name))


async def _note(chosen: Settings, name: str) -> str:
    from bot.start import open_storage, prepare  # noqa: PLC0415

    prepare(chosen)
    database = await open_storage(chosen)
    try:
        await database.write(lambda conn: _set_live(conn, name))
    finally:
        await database.close()
    return (
        f"Peta {name} aktif. Server yang sedang berjalan memakainya sejak dijalankan kembali; "
        "kasus yang sudah masuk tetap di kantornya."
    )


def _set_live(conn: Connection, name: str) -> None:
    """Note it, unless an area in use would then be nobody's: what is open must keep its office."""
    from place.areas import exists  # noqa: PLC0415
    from storage.offices import set_setting  # noqa: PLC0415

    gone = sorted(code for code in _codes_in_use(conn) if not exists(code))
    if gone:
        msg = f"Peta {name} tidak memuat daerah yang dipakai data ini: {', '.join(gone)}."
        raise WrongUse(msg)
    set_setting(conn, SETTING, "" if name == versions.SHIPPED.name else name)


def _codes_in_use(conn: Connection) -> set[str]:
    """Every area that some case, history, officer, group or open invitation names."""
    from sqlalchemy import select, union  # noqa: PLC0415

    from storage.tables import cases, conversations, history, invites, offices, staff  # noqa: PLC0415

    columns = (cases.c.office, cases.c.home, history.c.office, staff.c.office, conversations.c.office, offices.c.code)
    invited = select(invites.c.office).where(invites.c.spent == 0)
    rows = conn.execute(union(*(select(column) for column in columns), invited))
    return set(rows.scalars()) - {""}
