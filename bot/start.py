"""What every command needs before it can work: settings, key, database with its newest schema, the law."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from bot.clock import FileClock, SystemClock
from bot.config import Settings, WrongSettings
from bot.inside.alarms import planned
from bot.inside.doubles import marks_of
from bot.inside.marks import note, token_of
from handlers import likeness as alike
from handlers.book import Book
from handlers.deadlines import last_day
from handlers.searching import keys_of
from law.calendar import Calendar
from law.checklists import load_checks
from law.datafile import LawProblem
from law.deadlines import load_deadlines
from law.holidays import load_holidays
from law.hours import load_hours
from law.posts import load_posts
from law.ranks import load_ranks
from law.recipients import load_recipients
from law.reminders import load_reminders
from law.rules import load_regimes
from place.areas import all_kabupaten, all_provinsi, office_name, zone_of
from place.districts import all_kecamatan
from sealing.keys import KeyProblem, KeyRing
from storage import alarms, cases, figures, likeness, offices, search
from storage.cases import moment
from storage.database import connect
from storage.migrate import migrate
from storage.tables import data_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

    from bot.clock import Clock
    from storage.cases import Case
    from storage.database import Database

Loaded = TypeVar("Loaded")
# The settings that say what was done for cases of before.
CAUGHT_UP = INDEXED, COUNTED, REMINDED, DUE, MARKED = (
    "kata kasus 2", "angka kasus 2", "pengingat kasus", "tenggat kasus", "tanda kasus",
)  # fmt: skip
BATCH = 200  # cases at once


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
    await _caught_up(database, keys, INDEXED, partial(_index, keys=keys))
    await _caught_up(database, keys, COUNTED, partial(_count, keys=keys, settings=settings))
    await _caught_up(database, keys, REMINDED, partial(_remind, settings=settings))
    await _caught_up(database, keys, DUE, partial(_due, settings=settings))
    await _caught_up(database, keys, MARKED, partial(_mark, keys=keys))
    return database, keys, made


async def _caught_up(database: Database, keys: KeyRing, name: str, work: Callable[..., None]) -> None:
    """Cases from before something was noted of each get it, once; a migration has no key to read them with."""
    if await database.read(lambda conn: offices.setting(conn, name)):
        return
    after = 0
    while batch := await database.read(partial(cases.past, keys=keys, after=after, most=BATCH)):
        await database.write(partial(work, found=[case for _, case, _ in batch if case]))
        after = batch[-1][0]
    await database.write(lambda conn: offices.set_setting(conn, name, "ya"))


def _index(conn: Connection, keys: KeyRing, found: list[Case]) -> None:
    search.index(conn, keys, {case.id: keys_of(case.answers, case.facts) for case in found})


def _count(conn: Connection, keys: KeyRing, settings: Settings, found: list[Case]) -> None:
    book = law(settings)
    for case in found:
        note(conn, case, moment(case.changed), book)
        figures.class_of(conn, case.id, token_of(keys, case.home, case.answers, book))


def _remind(conn: Connection, settings: Settings, found: list[Case]) -> None:
    book = law(settings)
    alarms.put(conn, ((case.id, *planned(case, moment(case.changed), book)) for case in found))


def _due(conn: Connection, settings: Settings, found: list[Case]) -> None:
    """What was closed and opened again had lost the day by which it is sorted; what had it keeps its reminders."""
    book = law(settings)
    wrong = []
    for case in found:
        day = last_day(dict(case.answers), case.facts, case.status, moment(case.changed), book)
        if day != case.deadline:
            alarms.set_deadline(conn, case, day)
            wrong.append(case)
    alarms.put(conn, ((case.id, *planned(case, moment(case.changed), book)) for case in wrong))


def _mark(conn: Connection, keys: KeyRing, found: list[Case]) -> None:
    """By what they say; pictures of before were not looked at for it, their exact bytes were."""
    for case in found:
        marks = marks_of(conn, keys, case)
        words = [*alike.strong(marks), *alike.weak(marks)]
        likeness.mark(conn, keys, case.id, case.office, words, fresh=False)


def law(settings: Settings) -> Book:
    """Rules, calendar and the names of all offices. A wrong file stops the start."""
    try:
        holidays = load_holidays(joint=settings.cuti_bersama == "libur")
        regimes = load_regimes(holidays=holidays)
        ranks, recipients = load_ranks(), load_recipients()
        deadlines, posts, checks = load_deadlines(), load_posts(), load_checks()
    except LawProblem as error:
        raise WrongSettings(str(error)) from None
    codes = ["RI", *(area.code for area in (*all_provinsi(), *all_kabupaten()))]
    names = {code: office_name(code) for code in codes}
    times = settings.draft_days, settings.offer_hours
    calendar = _chosen("CALENDAR", settings.calendar, Calendar.load)
    zones = {code: zone_of(code) for code in codes}
    read_hours = partial(load_hours, calendar=calendar, holidays=holidays, zones=zones)
    return Book(
        regimes,
        calendar,
        *times,
        names,
        ranks,
        recipients,
        deadlines,
        posts,
        checks,
        settings.public_url,
        hours=_chosen("HOURS", settings.hours, read_hours),
        reminders=_chosen("REMINDERS", settings.reminders, load_reminders),
        kecamatan=all_kecamatan(),
    )


def _chosen(name: str, path: Path | None, load: Callable[..., Loaded]) -> Loaded:
    """What is in the file of a setting, or in the one that ships."""
    try:
        return load(path) if path else load()
    except LawProblem as error:
        msg = f"{name}: {error}"
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
