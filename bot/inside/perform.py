"""Carries out what a conversation asks for, inside its transaction: one row an effect."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.inside import (
    adding,
    checking,
    conflicts,
    counting,
    desk,
    deskwork,
    elsewhere,
    exports,
    filing,
    joins,
    offers,
    people,
    places,
    templates,
)
from bot.inside.act import Act, answer, say, speak_to
from handlers import desk_effects as at_desk
from handlers import effects as ask
from handlers import handing_out, keeping_out, pairs
from handlers import office_effects as wish
from handlers.checklist_effects import CheckItem
from handlers.codes import read_receipt
from handlers.events import HeldListed, StatusFound, UploadOffered
from handlers.life import OVER
from handlers.seconds import waits_for_somebody
from place.areas import office_name
from storage import cases, media, offices, outbox, resuming, statuses
from storage.cases import stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.effects import Effect
    from handlers.events import Event

UPLOAD_LIFE = timedelta(hours=24)


def perform(act: Act, effect: Effect) -> list[Event]:
    """Carry out one effect."""
    return DEEDS[type(effect)](act, effect)


def _send(act: Act, send: ask.Send) -> list[Event]:
    hearing = speak_to(act, send)
    if send.to.kind == "second" and not hearing:
        _nobody(act, send.to.about)
    elif send.to.kind == "second":
        conflicts.note_asked(act, send.to.about, hearing)
    for to in hearing:
        standing = not send.quiet or outbox.stands(act.work.reading, to.id, send.card)
        if to.gone or not standing:
            continue
        if send.to.kind == "here":
            answer(act, send)
        else:
            say(act, to, send)
    return []


def _nobody(act: Act, ticket: str) -> None:
    """Said at once, and noted: whoever could be the second person is asked when there is one."""
    case = cases.by_ticket(act.work.writing(), act.means.keys, ticket)
    assert case is not None, "of a case alone a second person is asked so"
    cases.ask_later(act.work.writing(), case.id, case.rev)
    answer(act, waits_for_somebody(ticket))


def _keep_media(act: Act, effect: ask.KeepMedia) -> list[Event]:
    """Note the file; its bytes are fetched by bot/evidence/fetch.py, or lie there already if the page uploaded them."""
    given = effect.media
    source = dict(given.source)
    row: dict[str, Any] = {"id": given.id, "conversation_id": act.chat.id, "kind": given.kind, "at": act.now}
    meta = {"source": source, "name": given.name, "mime": given.mime, "channel": act.chat.channel}
    if "kept" in source:
        kept = json.loads(source.pop("kept"))
        key = (base64.b64decode(kept.pop("wrapped")), kept.pop("kek_id"))
        row |= {"state": media.KEPT, "size": kept["size"], "clean": kept["clean"]}
        media.note(act.work.writing(), act.means.keys, key, row, {**meta, **kept, "source": {}})
        return [*places.of_photo(given.id, kept)]
    media.want(act.work.writing(), act.means.keys, row, meta)
    act.work.wanted = True
    return []


def _find_place(act: Act, effect: ask.FindPlace) -> list[Event]:
    del act
    return [places.asked(effect)]


def _set_timer(act: Act, effect: ask.SetTimer) -> list[Event]:
    act.work.wake(act.chat, effect.what, stamp(effect.at) if effect.at else None)
    return []


def _forget(act: Act, effect: ask.Forget) -> list[Event]:
    """Rows and keys go with the transaction; the bytes follow it (bot/shredder.py)."""
    act.work.erase(media.forget(act.work.writing(), act.chat.id, effect.media) if effect.media else ())
    if effect.drafts:
        act.work.unsay(act.chat, effect.drafts)
    return []


def _find_status(act: Act, effect: ask.FindStatus) -> list[Event]:
    conn = act.work.reading
    waiting: tuple[dict[str, Any], ...] = ()
    if receipt := read_receipt(effect.code):
        token = act.means.keys.token("receipt", receipt)
        rows, waiting = statuses.by_receipt(conn, token), elsewhere.waiting(act, token)
    else:
        rows = statuses.by_reporter(conn, act.chat.id, effect.code)
    found = tuple((r.ticket, r.status, office_name(r.office), _day(r.changed, r.office)) for r in rows)
    came_to = {r.ticket: statuses.came_to(conn, r.id) for r in rows if r.status in OVER}
    return [StatusFound(found, bool(effect.code), waiting, frozenset(r.ticket for r in rows if r.joined), came_to)]


def _day(at: int, office: str) -> str:
    return filing.local(cases.moment(at), office).date().isoformat()


def _list_held(act: Act, effect: ask.ListHeld) -> list[Event]:
    tickets = tuple(row.ticket for row in statuses.by_reporter(act.work.reading, act.chat.id))
    answered = resuming.tickets(act.work.reading, act.chat.id)
    if effect.ticket in {*tickets, *answered}:
        return [HeldListed(tickets, effect.ticket, *adding.told(act, effect.ticket), answered)]
    return [HeldListed(tickets, answered=answered)]


def _offer_upload(act: Act, _: ask.OfferUpload) -> list[Event]:
    code = act.means.random_code(26)
    token = act.means.keys.token("upload", code)
    offices.offer_upload(act.work.writing(), token, act.chat.id, stamp(act.turn.at + UPLOAD_LIFE))
    return [UploadOffered(f"{act.means.public_url}/unggah/{code}")]


DEEDS: dict[type, Callable[[Act, Any], list[Event]]] = {
    ask.Send: _send,
    ask.KeepMedia: _keep_media,
    ask.FindPlace: _find_place,
    ask.SetTimer: _set_timer,
    ask.Forget: _forget,
    ask.ReturnReceipts: elsewhere.leave,
    ask.FindStatus: _find_status,
    ask.ListHeld: _list_held,
    ask.OfferUpload: _offer_upload,
    ask.FileReport: filing.file_report,
    ask.AskRights: adding.ask_rights,
    ask.RelayAnswer: adding.relay_answer,
    ask.AddToCase: adding.add_to_case,
    ask.Complete: adding.complete,
    ask.SpendInvite: people.spend_invite,
    ask.LoadCase: deskwork.load_case,
    at_desk.LoadQueue: desk.load_queue,
    at_desk.LoadDesk: desk.load_desk,
    at_desk.KeepView: desk.keep_view,
    at_desk.NoteLabel: desk.note_label,
    at_desk.LoadBulk: desk.load_bulk,
    at_desk.LoadMany: desk.load_many,
    at_desk.MoveMany: desk.move_many,
    ask.Search: deskwork.search,
    ask.MoveCase: deskwork.move_case,
    handing_out.NoteDeed: deskwork.note_deed,
    handing_out.ShowContact: deskwork.show_contact,
    handing_out.ShowIdentity: deskwork.show_identity,
    wish.LoadOffice: deskwork.load_office,
    wish.SaveOffice: deskwork.save_office,
    wish.BindGroup: deskwork.bind_group,
    wish.CountFigures: counting.count_figures,
    wish.ProposeExport: exports.propose_export,
    wish.AnswerExport: exports.answer_export,
    CheckItem: checking.check_item,
    wish.LoadTemplates: templates.load_templates,
    wish.SaveTemplate: templates.save_template,
    wish.DropTemplate: templates.drop_template,
    ask.DeclineOffer: offers.decline,
    pairs.LoadPair: joins.load_pair,
    pairs.PairCases: joins.pair_cases,
    pairs.SeparateCase: joins.separate_case,
    wish.Invite: people.invite,
    wish.Dismiss: people.dismiss,
    wish.NameOfficer: people.name_officer,
    keeping_out.SetKecamatan: people.set_kecamatan,
    keeping_out.LoadKept: conflicts.load_kept,
    keeping_out.KeepOut: conflicts.keep_out,
    keeping_out.TieTo: conflicts.tie_to,
}
