"""The officers' papers of a case: its file, and the draft of the letter. Never with the reporter's identity."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.inside.filing import seen
from bot.inside.sight import may_open, officer
from bot.outgoing.drawings import drawn
from bot.outgoing.indonesian import made_at, said
from handlers import cards, joins
from handlers.deadlines import clock_on_card, meters_on_card
from handlers.happenings import happenings
from handlers.hints import photo_time
from handlers.life import STATUSES
from handlers.places import spot
from handlers.speech import MEDIA, moment
from handlers.summary import SLOTS, evidence_there
from handlers.triage import DESK, covers
from place.areas import zone_of
from storage import cases, chain, media, offices
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from bot.channels import Document
    from bot.outgoing.papers import Sources, Wanted
    from handlers.effects import T
    from handlers.view import CaseView
    from storage.cases import Case
    from storage.media import Piece

STATES = {media.KEPT: "tersimpan", media.WANTED: "sedang diunduh", media.REFUSED: "tidak dapat dibuka"}


def readable(
    conn: Connection, wanted: Wanted, sources: Sources, roles: Collection[str] = DESK, who: int | None = None
) -> Case:
    """The case, if an officer who may have it sits in this conversation now. Raises PermissionError."""
    return as_read(conn, wanted, sources, roles, who)[0]


def as_read(
    conn: Connection, wanted: Wanted, sources: Sources, roles: Collection[str] = DESK, who: int | None = None
) -> tuple[Case, CaseView]:
    """The case, and what its officers in this conversation see of it. Raises PermissionError where there are none.

    Only of these `roles`, as the command has them by which it was asked for: whoever sits here may serve in another by
    now. With `who` (a staff id) for one person alone, as what they were then.
    """
    case = cases.by_ticket(conn, sources.keys, wanted.ticket)
    people = offices.posts(conn, sources.keys, [wanted.to]).get(wanted.to, ())
    fit = [one for one in people if one.role in roles and who in {None, one.id}]
    able = [officer(one) for one in fit if case and may_open(one, case) and covers(one.office, case.office)]
    if case is None or not able:
        raise PermissionError("not this conversation's case")
    return case, joins.seen_by(seen(UnitOfWork(conn, sources.keys, 0), case), *able)


async def casefile(wanted: Wanted, sources: Sources) -> Document:
    """All that is known of a case: what was told, evidence with its hashes, map, clocks, history with its chain."""
    data, pieces, place = await sources.database.read(partial(_read, wanted=wanted, sources=sources))
    pictures: dict[str, bytes] = {}
    for row, piece in zip(data["bukti"], pieces, strict=True):
        if piece.file.clean and piece.file.state == media.KEPT:
            row["gambar"] = piece.file.id
            pictures[piece.file.id] = await sources.keeper.view(piece.file)
    if drawing := await drawn({"spot": place}):
        data["peta"], pictures["peta"] = "peta", drawing
    return await sources.typesetter.set("berkas", wanted.name, data, pictures)


def _read(conn: Connection, wanted: Wanted, sources: Sources) -> tuple[dict[str, Any], list[Piece], list[Any] | None]:
    (case, view), now = as_read(conn, wanted, sources), sources.clock.now()
    pieces = pieces_of(conn, case, sources)
    there = zone_of(case.office)
    data = {
        **made_at(case.ticket, now, there),
        **facts_of(view),
        "masuk": said(moment(view.created, there)),
        "pemegang": view.holder_name,
        "gabungan": list(view.joined),
        "induk": view.main,
        "jalan": said(cards.road(view)),
        "jam": [said(line) for line in _clocks(view, sources)],
        "mengapa": said(cards.why_here(view)),
        "angka": [said(line).removeprefix("• ") for line in cards.numbers(view)],
        "bukti": [_piece(piece, there) for piece in pieces],
        "tautan": links(view),
        "riwayat": _history(view, chain.of_case(conn, case.id)),
        "kepala": _head(chain.head(conn)),
        "peta": "",
    }
    drawing = spot(dict(view.answers))
    return data, pieces, [drawing.codes, drawing.point] if drawing else None


def pieces_of(conn: Connection, case: Case, sources: Sources) -> list[Piece]:
    """The files of a case as all papers number them: one that comes later never changes what "bukti 1" is."""
    told = [item["id"] for item in case.answers.get("evidence", ()) if item.get("id")]
    return media.of_case(conn, sources.keys, case.id, told)


def facts_of(view: CaseView) -> dict[str, Any]:
    """What both papers say of a case."""
    answers = joins.told(view)
    told = [(said(slot.label), said(slot.show(answers))) for slot in SLOTS]
    return {
        "ticket": view.ticket,
        "status": said(STATUSES[view.status]),
        "kantor": view.office_name,
        "cerita": [list(pair) for pair in told if pair[1]],
        "bukti_gabungan": [said(one) for one in evidence_there({"evidence_joined": view.joined_evidence})],
    }


def links(view: CaseView) -> list[str]:
    """The links among the evidence."""
    return [item["url"] for item in view.answers.get("evidence", ()) if item["kind"] == "link"]


def _clocks(view: CaseView, sources: Sources) -> tuple[T, ...]:
    at = sources.clock.now()
    return *meters_on_card(view, at, sources.book), *clock_on_card(view, at, sources.book)


def _piece(piece: Piece, there: str) -> dict[str, str]:
    meta = piece.file.meta
    return {
        "jenis": said(MEDIA[piece.file.kind]),
        "isi": meta.get("mime", ""),
        "ukuran": f"{piece.size:,} bita".replace(",", "."),
        "waktu": said(moment(cases.moment(piece.at), there)),
        "diambil": said(photo_time(meta.get("taken") or "") or ""),
        "sha256": meta.get("sha256", ""),
        "keadaan": STATES[piece.file.state],
        "gambar": "",
    }


def _history(view: CaseView, links_: list[chain.Head]) -> list[dict[str, Any]]:
    rows = happenings(view, len(view.history) or 1)
    found = dict(enumerate(links_))
    return [{"kejadian": said(row), **_head(found.get(number))} for number, row in enumerate(rows)]


def _head(link: chain.Head | None) -> dict[str, Any]:
    return {"nomor": link.number if link else 0, "hash": link.hash if link else ""}
