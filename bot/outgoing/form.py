"""The citizen's own Formulir Laporan, filled in with what they told; the only paper with an identity in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.inside.adding import ADDED
from bot.outgoing.indonesian import made_at, said
from handlers.opening import until
from handlers.places import place_line
from handlers.speech import KINDS, MEDIA, POSITIONS
from handlers.standing import standing
from handlers.summary import SLOTS
from place.areas import office_name, zone_of
from storage import cases, offices

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.channels import Document
    from bot.outgoing.papers import Sources, Wanted
    from handlers.standing import Standing
    from law.hours import OfficeHours
    from storage.cases import Case

BLANK = "belum diisi oleh kantor ini; mohon ditanyakan langsung"
PELAPOR = ("nama", "lahir", "kelamin", "pekerjaan", "warga", "alamat", "hp", "email")


async def form(wanted: Wanted, sources: Sources) -> Document:
    """The form of a case, for the conversation that it came from. Raises PermissionError for any other."""
    data = await sources.database.read(partial(_read, wanted=wanted, sources=sources))
    return await sources.typesetter.set("formulir", wanted.name, data)


def _read(conn: Connection, wanted: Wanted, sources: Sources) -> dict[str, Any]:
    case = cases.by_ticket(conn, sources.keys, wanted.ticket)
    if case is None or case.reporter != wanted.to:
        raise PermissionError("a form is its reporter's alone")
    answers, now = case.answers, sources.clock.now()
    rules = standing(answers, now, sources.book)
    rows = cases.happenings(conn, case)
    told = {slot.key: said(slot.show(answers)) for slot in SLOTS}
    return {
        **made_at(case.ticket, now, zone_of(case.home)),
        "ticket": case.ticket,
        "model": rules.regime.form,
        "deadline": _last_day(rules, sources.book.hours.of(case.home)),
        "pelapor": {name: told[f"pelapor_{name}"] for name in PELAPOR},
        "terlapor": {"nama": _accused(told), "alamat": told["terlapor_alamat"]},
        "peristiwa": {
            "bentuk": said(KINDS[answers["kind"]]) if answers.get("kind") in KINDS else "",
            "tempat": said(place_line(answers["place"])) if answers.get("place") else answers.get("where", ""),
            "kejadian": told["happened"],
            "diketahui": told["known"],
        },
        "saksi": told["witness"],
        "bukti": [_piece(item) for item in answers.get("evidence", ())],
        "uraian": answers.get("story", ""),
        "tambahan": [f"Tambahan: {row['note']}" for row in rows if row["action"] in ADDED and row["note"]],
        "kantor": _offices(conn, case),
    }


def _last_day(rules: Standing, office: OfficeHours) -> str:
    """Until when it can be brought, to the hour; "" where no limit runs any more."""
    clock = rules.clock
    return said(until(office, clock.last_day)) if clock and clock.state != "lewat" else ""


def _accused(told: dict[str, str]) -> str:
    """Name, and what kind of official; not that nobody knows it."""
    position = told["position"] if told["position"] != said(POSITIONS["tidak_tahu"]) else ""
    return " · ".join(part for part in (told["terlapor"], position) if part)


def _piece(item: dict[str, Any]) -> str:
    name = item.get("url") or item.get("name") or ""
    words = [said(MEDIA[item["kind"]]), *([name] if name else []), *([item["caption"]] if item.get("caption") else [])]
    return ", ".join(words)


def _offices(conn: Connection, case: Case) -> list[dict[str, str]]:
    """The office of the place of the event; and the one that has the case now, where that is another."""
    home = _office(conn, case.home, "kantor tempat kejadian")
    return [home] if case.office == case.home else [home, _office(conn, case.office, "informasinya sekarang di sini")]


def _office(conn: Connection, code: str, why: str) -> dict[str, str]:
    known = offices.profile(conn, code)
    return {"nama": office_name(code), "sebab": why, "alamat": known["alamat"] or BLANK, "jam": known["jam"] or BLANK}
