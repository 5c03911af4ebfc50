"""Invitations: a one-time code for an office and a role, as a link on the web and on Telegram."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import FileClock, SystemClock
from bot.codes import random_code
from bot.config import Settings, WrongSettings, settings
from place.areas import exists, office_name
from storage import offices
from storage.cases import stamp

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.clock import Clock
    from sealing.keys import KeyRing
    from storage.database import Database

CODE = 20  # characters: 100 bits


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the invited person needs. `telegram` is None while no bot has ever started."""

    code: str
    web: str
    telegram: str | None
    expires: str


def checked_office(code: str) -> str:
    """An office's code, or WrongSettings."""
    code = code.strip().upper()
    if code != "RI" and not (exists(code) and code.count(".") <= 1):
        msg = f"Tidak ada kantor dengan kode {code}. Contoh: 33.11 (kabupaten), 33 (provinsi), RI."
        raise WrongSettings(msg)
    return code


async def make(database: Database, keys: KeyRing, web: str, office: str, role: str, until: datetime) -> Invitation:
    """Note a new invitation in the database, and give its links."""
    code = random_code(CODE)

    def note(conn: Connection) -> str:
        offices.invite(conn, keys.token("invite", code), office, role, stamp(until))
        return offices.setting(conn, "telegram_username")

    name = await database.write(note)
    telegram = f"https://t.me/{name}?start={code}" if name else None
    return Invitation(code, f"{web}/petugas?kode={code}", telegram, until.isoformat(timespec="seconds"))


def address(chosen: Settings) -> str:
    """Where people find our pages."""
    host = "127.0.0.1" if chosen.host in {"0.0.0.0", "::"} else chosen.host  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    return chosen.public_url or f"http://{host}:{chosen.port}"


def invite_once(office: str, role: str, hours: int, *, as_json: bool) -> str:
    """The whole command; works while a server runs on the same data."""
    return asyncio.run(_invite(settings(), checked_office(office), role, hours, as_json=as_json))


def _clock(left: str) -> Clock:
    """The clock of the rehearsal that runs on this data, else the machine's."""
    try:
        return FileClock(Path(left)) if left and Path(left).is_file() else SystemClock()
    except ValueError as error:
        raise WrongSettings(str(error)) from None


async def _invite(chosen: Settings, office: str, role: str, hours: int, *, as_json: bool) -> str:
    from bot.start import open_all  # noqa: PLC0415

    database, keys, _ = await open_all(chosen)
    try:
        web = await database.read(lambda conn: offices.setting(conn, "web"))
        clock = _clock(await database.read(lambda conn: offices.setting(conn, "clock")))
        until = clock.now() + timedelta(hours=hours)
        made = await make(database, keys, chosen.public_url or web or address(chosen), office, role, until)
    finally:
        await database.close()
    if as_json:
        return json.dumps(asdict(made))
    rows = [f"Undangan {role} untuk {office_name(office)}, sekali pakai, berlaku sampai {made.expires}:", made.web]
    return "\n".join([*rows, made.telegram] if made.telegram else rows)
