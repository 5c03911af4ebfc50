"""Invitations: a one-time code for an office and a role, as a link on the web and on Telegram."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import FileClock, SystemClock
from bot.codes import random_code
from bot.config import Settings, WrongSettings, WrongUse, settings
from bot.inside.people import CODE, links, noted
from bot.inside.render import words
from handlers.book import Book
from handlers.flow import Misread
from handlers.people import seat
from handlers.speech import moment
from handlers.triage import PANWASCAM
from handlers.which_kecamatan import office_of, which_kecamatan
from law.calendar import Calendar
from place.areas import all_kabupaten, all_provinsi, exists, office_name, zone_of
from place.districts import all_kecamatan
from storage import offices

if TYPE_CHECKING:
    from datetime import datetime

    from bot.clock import Clock
    from sealing.keys import KeyRing
    from storage.database import Database
    from storage.joining import Post

TITLE = re.compile(r"^(?:Kabupaten|Kota|Provinsi)(?: Administrasi)? ")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the invited person needs. `telegram` is None while no bot has ever started."""

    code: str
    web: str
    telegram: str | None
    expires: str


def checked_office(said: str) -> str:
    """The code of an office, from its code or the name of its area. Raises WrongUse with what it might be."""
    said = " ".join(said.split())
    if exists(said.upper()):
        return said.upper()
    found = [area for area in (*all_kabupaten(), *all_provinsi()) if _bears(area.name, said)]
    if len(found) == 1:
        return found[0].code
    if found:
        listed = ", ".join(f"{area.code} ({area.name})" for area in found)
        msg = f"Kantor {said} dapat berarti: {listed}. Pakai kodenya."
        raise WrongUse(msg)
    msg = f"Tidak ada kantor {said}. Contoh: 33.11, Kabupaten Sukoharjo, 33 (provinsi), RI."
    raise WrongUse(msg)


def _bears(name: str, said: str) -> bool:
    """Whether an area is officially called so, with its title, a short form of it, or without: never a guess."""
    whole, plain = name.casefold(), TITLE.sub("", name).casefold()
    said = said.casefold()
    return said in {whole, plain} or (whole.startswith("kabupaten ") and said in {f"kab {plain}", f"kab. {plain}"})


def post_of(code: str, role: str) -> Post:
    """A post by the code of its office, "33.11", or of a panwascam's kecamatan, "33.11.09"."""
    inside = code.count(".") > 1
    return office_of(code) if inside else code, role, code if inside else ""


async def make(database: Database, keys: KeyRing, web: str, office: str, role: str, until: datetime) -> Invitation:
    """Note a new invitation in the database, and give its links."""
    code = random_code(CODE)
    token = keys.token("invite", code)
    post = post_of(office, role)
    name = await database.write(lambda conn: noted(conn, token, post, until))
    page, telegram = links(web, name, code)
    return Invitation(code, page, telegram or None, until.isoformat(timespec="seconds"))


def address(chosen: Settings) -> str:
    """Where people find our pages."""
    host = "127.0.0.1" if chosen.host in {"0.0.0.0", "::"} else chosen.host  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    return chosen.public_url or f"http://{host}:{chosen.port}"


def invite_once(office: str, role: str, hours: int, *, kecamatan: str = "", as_json: bool) -> str:
    """The whole command; works while a server runs on the same data."""
    code = checked_office(office)
    where = checked_kecamatan(code, role, kecamatan) or code
    return asyncio.run(_invite(settings(), where, role, hours, as_json=as_json))


def checked_kecamatan(office: str, role: str, said: str) -> str:
    """The code of a panwascam's kecamatan, "" for any other role. Raises WrongUse."""
    if role != PANWASCAM:
        if said:
            msg = "--kecamatan hanya untuk panwascam."
            raise WrongUse(msg)
        return ""
    if "." not in office or not said:
        msg = "Panwascam bertugas di satu kecamatan sebuah kabupaten atau kota; contoh: 33.11 --kecamatan Grogol"
        raise WrongUse(msg)
    book = Book({}, Calendar.load(), offices={office: office_name(office)}, kecamatan=all_kecamatan())
    try:
        return which_kecamatan(said, office, book)
    except Misread as misread:
        raise WrongUse(words(misread.hint, str)) from None


def _clock(left: str) -> Clock:
    """The clock of the rehearsal that runs on this data, else the machine's."""
    try:
        return FileClock(Path(left)) if left and Path(left).is_file() else SystemClock()
    except ValueError as error:
        raise WrongSettings(str(error)) from None


async def _invite(chosen: Settings, code: str, role: str, hours: int, *, as_json: bool) -> str:
    from bot.start import open_all  # noqa: PLC0415

    database, keys, _ = await open_all(chosen)
    try:
        web = await database.read(lambda conn: offices.setting(conn, "web"))
        clock = _clock(await database.read(lambda conn: offices.setting(conn, "clock")))
        until = clock.now() + timedelta(hours=hours)
        made = await make(database, keys, chosen.public_url or web or address(chosen), code, role, until)
    finally:
        await database.close()
    if as_json:
        return json.dumps(asdict(made))
    office, _, kecamatan = post_of(code, role)
    last = words(moment(until, zone_of(office)), str)
    who = words(seat(role, all_kecamatan().get(kecamatan, "")), str)
    rows = [f"Undangan {who} untuk {office_name(office)}, sekali pakai, berlaku sampai {last}:", made.web]
    return "\n".join([*rows, made.telegram] if made.telegram else rows)
