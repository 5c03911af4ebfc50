"""The draft of the letter by which a recommendation is passed on: numbers as typed, recipient by law, never guilt."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.inside.filing import local
from bot.outgoing.casefile import as_read, facts_of, links, pieces_of
from bot.outgoing.indonesian import made_at
from handlers.speech import written
from handlers.triage import DECIDE
from law.recipients import receiving
from place.areas import zone_of
from storage import media, offices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from bot.channels import Document
    from bot.outgoing.papers import Sources, Wanted
    from handlers.view import CaseView

ADDRESSED = frozenset(
    {"Cerita", "Bukti", "Saksi", "Diketahui", "Dikenal sebagai"}
)  # said otherwise, or nobody else's affair


async def letter(wanted: Wanted, sources: Sources) -> Document:
    """The draft, once a recommendation was decided. Raises PermissionError, KeyError before that."""
    data = await sources.database.read(partial(_read, wanted=wanted, sources=sources))
    return await sources.typesetter.set("naskah", wanted.name, data)


def _read(conn: Connection, wanted: Wanted, sources: Sources) -> dict[str, Any]:
    (case, view), now = as_read(conn, wanted, sources, DECIDE), sources.clock.now()
    decided = view.facts["rekomendasi"]
    facts = facts_of(view)
    pieces = enumerate(pieces_of(conn, case, sources), 1)
    return {
        **made_at(case.ticket, now, zone_of(case.office)),
        **facts,
        "alamat": offices.profile(conn, case.office)["alamat"],
        "nomor": decided["nomor"],
        "tanggal": _day(decided),
        "kepada": _recipients(view, local(now, case.office).date(), sources),
        "dasar": _grounds(view),
        "pokok": [pair for pair in facts["cerita"] if pair[0] not in ADDRESSED],
        "uraian": view.answers.get("story", ""),
        "lampiran": [[n, one.file.meta.get("sha256", "")] for n, one in pieces if one.file.state == media.KEPT],
        "tautan": links(view),
    }


def _recipients(view: CaseView, today: date, sources: Sources) -> list[str]:
    """To whom it went, else to whom the law lets it go today: one, or some to choose from."""
    if sent := view.facts.get("teruskan"):
        return [sent["nama"]]
    return [one.name for one in receiving(sources.book.recipients, view.answers.get("position", ""), today)]


def _grounds(view: CaseView) -> list[str]:
    """What was registered and decided, as it was typed."""
    named = (("registrasi", "Nomor registrasi"), ("temuan", "Temuan nomor"), ("pleno", "Berita acara pleno nomor"))
    found = [(label, view.facts[key]) for key, label in named if key in view.facts]
    return [f"{label} {fact['nomor']} tanggal {_day(fact)}" for label, fact in found]


def _day(fact: Mapping[str, Any]) -> str:
    """The day of a recorded step, which is stored as 2024-10-09, in the words of a letter."""
    return written(date.fromisoformat(fact["tanggal"]))
