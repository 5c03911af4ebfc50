"""What every command needs before it can work: settings, key, database with its newest schema, the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.clock import FileClock, SystemClock
from bot.config import Settings, WrongSettings
from handlers.book import Book
from law.calendar import Calendar
from law.datafile import LawProblem
from law.deadlines import load_deadlines
from law.holidays import load_holidays
from law.ranks import load_ranks
from law.recipients import load_recipients
from law.rules import load_regimes
from place.areas import all_kabupaten, all_provinsi, office_name
from sealing.keys import KeyProblem, KeyRing
from storage.database import connect
from storage.migrate import migrate
from storage.tables import data_keys

if TYPE_CHECKING:
    from pathlib import Path

    from bot.clock import Clock
    from storage.database import Database


def prepare(settings: Settings) -> None:
    """The data folder, readable by us alone."""
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        msg = f"DATA_DIR: folder {settings.data_dir} tidak dapat dibuat ({error.strerror})."
        raise WrongSettings(msg) from None


async def open_storage(settings: Settings) -> Database:
    """The database, migrated."""
    try:
        database = connect(settings.database_url, settings.data_dir)
        await migrate(database)
    except ValueError as error:
        raise WrongSettings(str(error)) from None
    except OSError as error:
        msg = f"DATABASE_URL: basis data tidak dapat dihubungi ({type(error).__name__})."
        raise WrongSettings(msg) from None
    return database


async def open_all(settings: Settings) -> tuple[Database, KeyRing, bool]:
    """Folder, database and key ring, and whether the key was just made: never for data that another key sealed."""
    prepare(settings)
    database = await open_storage(settings)
    try:
        fresh = not await database.read(lambda conn: conn.execute(select(data_keys.c.id).limit(1)).one_or_none())
        keys, made = KeyRing.open(settings.data_dir, make=fresh)
    except KeyProblem as error:
        await database.close()
        raise WrongSettings(str(error)) from None
    return database, keys, made


def law(settings: Settings) -> Book:
    """Rules, calendar and the names of all offices. A wrong file stops the start."""
    try:
        regimes = load_regimes(holidays=load_holidays(joint=settings.cuti_bersama == "libur"))
        ranks, recipients = load_ranks(), load_recipients()
        deadlines = load_deadlines()
    except LawProblem as error:
        raise WrongSettings(str(error)) from None
    codes = ["RI", *(area.code for area in (*all_provinsi(), *all_kabupaten()))]
    names = {code: office_name(code) for code in codes}
    return Book(regimes, _calendar(settings.calendar), settings.draft_days, names, ranks, recipients, deadlines)


def _calendar(path: Path | None) -> Calendar:
    try:
        return Calendar.load(path) if path else Calendar.load()
    except LawProblem as error:
        msg = f"CALENDAR: {error}"
        raise WrongSettings(msg) from None


def clock_of(path: Path | None, settings: Settings) -> Clock:
    """The machine's clock, or a file's for rehearsals: never where a real platform would hear it."""
    if path is None:
        return SystemClock()
    if settings.real_platform:
        msg = "--clock hanya untuk latihan: hapus TELEGRAM_TOKEN, atau arahkan TELEGRAM_API_URL ke mesin ini."
        raise WrongSettings(msg)
    try:
        return FileClock(path)
    except (OSError, ValueError) as error:
        words = str(error) if isinstance(error, ValueError) else f"Berkas jam {path} tidak dapat dibaca."
        raise WrongSettings(words) from None
