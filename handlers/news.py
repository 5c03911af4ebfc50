"""What reaches a conversation from elsewhere: a case moved, an officer asks, an invitation was spent, time passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import conflict, exporting, office, people, templates
from handlers.citizen import KEEPS, aside
from handlers.completion import asked, intro, opened
from handlers.effects import Option, ReturnReceipts, SetTimer, T, Value
from handlers.elsewhere import answered_elsewhere, ungranted
from handlers.events import AnsweredElsewhere, CaseMoved, IdentityShown, MediaFailed, OfficerTold, UploadOffered
from handlers.figures import figures_counted
from handlers.frozen import replace
from handlers.keeping_out import KecamatanSet, KeptLoaded, KeptOut, Tied
from handlers.life import BARU, DITANGANI, DITUTUP, PROLONG
from handlers.office_events import (
    Dismissed,
    ExportAnswered,
    ExportProposed,
    FiguresCounted,
    HandedOver,
    Invited,
    InviteSpent,
    OfficerNamed,
    TemplatesLoaded,
)
from handlers.opening import last_hour
from handlers.reasons import CLOSINGS, REFUSED
from handlers.reminders import ends, life_ends
from handlers.reply import Here, Reply, say
from handlers.speech import PUBLIC, SHARED
from handlers.standing import limit_line
from handlers.state import State, Talk
from handlers.withdrawing import asked_again, forgotten, still_asked, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.events import CompletionAsked, Due, OfficerAsked

MEDIA_REFUSALS = {
    "rusak": T("berkasnya rusak atau terpotong; mohon kirim lagi"),
    "terlalu-besar": T("berkasnya terlalu besar; kirim yang lebih kecil"),
    "bergerak": T("gambar bergerak tidak diterima; kirim sebagai foto atau video"),
    "bukan-gambar": T("isinya bukan gambar; kirim sebagai JPEG atau PDF"),
    "jenis": T("jenis berkas itu tidak diterima; kirim sebagai JPEG atau PDF"),
    "kosong": T("berkasnya kosong; mohon kirim lagi"),
    "program": T("program tidak diterima"),
    "halaman": T("halaman web atau SVG tidak diterima; kirim tangkapan layarnya"),
    "arsip": T("arsip (zip, rar) tidak diterima; kirim isinya satu per satu"),
    "heic": T("foto HEIC belum dapat dibuka; kirim sebagai JPEG"),
    "dokumen-lama": T("dokumen format lama tidak diterima; kirim sebagai PDF"),
    "makro": T("dokumen berisi makro tidak diterima; kirim sebagai PDF"),
    "tidak-dikenal": T("jenis berkas itu tidak dikenal; kirim sebagai JPEG atau PDF"),
    "hilang": T("berkasnya tidak dapat diunduh; mohon kirim lagi"),
}
NEWS = {  # by what became of the case, where that is more than its next state
    BARU: T("Kabar {ticket}: kembali ke antrean {office} dan menunggu petugas."),
    "dialihkan": T("Kabar {ticket}: dialihkan ke {office}; sekarang kantor itu yang menanganinya."),
    "pisah": T("Kabar {ticket}: dipisahkan lagi; {state}."),
    "pisah_sesudah": T(
        "Kabar {ticket}: hasil yang dikabarkan sebelumnya adalah hasil penanganan bersama. {ticket} kini ditangani "
        "sendiri lagi; {state}."
    ),
    "turun": T("Kabar {ticket}: sudah sampai di {office}."),
    "naik": T("Kabar {ticket}: sudah sampai di {office}."),
    "buka": T("Kabar {ticket}: dibuka lagi; sedang ditangani petugas {office}."),
    PROLONG: T("Kabar {ticket}: {office} menambah waktu penanganannya, karena masih memerlukan keterangan."),
    "mundur": T("Kabar {ticket}: kabar sebelumnya keliru dan dibatalkan; yang benar: {state} ({office})."),
    "ralat": T("Kabar {ticket}: {office} membetulkan tanggal yang tercatat."),
    DITUTUP: T("Kabar {ticket}: ditutup oleh {office}, karena {reason}. Ada tambahan? Tulis saja di sini."),
}


def case_moved(state: State, event: CaseMoved, here: Here) -> Reply:
    """Every change of state reaches the citizen as one plain sentence, with what is asked of them, or no more."""
    text = _news(event)
    if event.status == "mundur" and event.words:
        return _asked_again(state, event, text, here)
    state = forgotten(state, event.ticket)
    if event.words:
        state = replace(state, inquiries=(*state.inquiries, (event.ticket, event.words)))
        return say(state, (text, *_lacking(event, here)), Option(T("Jawab"), "/jawab"))
    left = withdrawn(state, event.ticket, event.settled) if event.settled else state
    if still_asked(left) == still_asked(state):
        return say(left, (text, *_until(event, here)))
    more = T("Yang diminta sebelumnya tidak perlu dijawab lagi; yang belum Anda kirim untuk itu dihapus.")
    return say(left, (text, more), again=True)


def _asked_again(state: State, event: CaseMoved, text: T, here: Here) -> Reply:
    """The end of a wait is undone: what it ended is asked again, and nothing that was given before."""
    state, again = asked_again(state, event)
    if not again:
        return say(state, text)
    return say(state, (text, *again, *_lacking(event, here)), Option(T("Jawab"), "/jawab"))


def _news(event: CaseMoved) -> T:
    values: dict[str, Value] = {"ticket": event.ticket, "office": event.office_name}
    if event.status in NEWS:
        state = _public(event, event.reason) if event.reason in PUBLIC else ""
        return T(NEWS[event.status].msgid, state=state, reason=CLOSINGS.get(event.reason, ""), **values)
    if event.words:
        return T("Kabar {ticket}: {office} meminta kelengkapan: {words}", words=event.words, **values)
    return _went_on(event)


def _lacking(event: CaseMoved, here: Here) -> tuple[T, ...]:
    """What the first study found missing waits to be answered as a question does: until when, and how."""
    how = T("Ketik /jawab untuk menjawabnya di sini. Yang perlu dibawa atau ditandatangani, sampaikan ke kantornya.")
    return (*_until(event, here), how)


def _until(event: CaseMoved, here: Here) -> tuple[T, ...]:
    return (
        (T("Menurut kantor itu batasnya {day}.", day=last_hour(here.book.hours, event.office, event.until)),)
        if event.until
        else ()
    )


def _went_on(event: CaseMoved) -> T:
    """A step on the road of the case, in words for everyone; a refusal with its reason."""
    state = _public(event, event.status)
    values: dict[str, Value] = {"ticket": event.ticket, "office": event.office_name, "state": state}
    if event.reason in REFUSED:
        return T("Kabar {ticket}: {state} oleh {office}, karena {reason}.", reason=REFUSED[event.reason], **values)
    if event.status == DITANGANI:
        return T("Kabar {ticket}: sedang ditangani petugas {office}.", ticket=event.ticket, office=event.office_name)
    return T("Kabar {ticket}: {state} ({office}).", **values)


def _public(event: CaseMoved, status: str) -> T:
    """A status in words for everyone; of what others told, too, without what concerns only one of them."""
    return (SHARED if event.shared else PUBLIC)[status]


def officer_asked(state: State, event: OfficerAsked, here: Here) -> Reply:
    """The question opens at once where nothing else is being written; else it waits for /jawab."""
    state = replace(state, inquiries=(*state.inquiries, (event.ticket, event.question)))
    if state.talk is None:
        talk = Talk("jawab", {"ticket": event.ticket, "question": event.question})
        return Reply(aside(state, talk, here), again=True)
    text = T(
        "Petugas bertanya tentang {ticket}. Ketik /jawab bila sempat; tulisan Anda yang sekarang tidak hilang.",
        ticket=event.ticket,
    )
    return say(state, text, Option(T("Jawab"), "/jawab"))


def completion_asked(state: State, event: CompletionAsked, here: Here) -> Reply:
    """Asked at once where nothing else is being written; else it waits for /jawab. What was asked before is joined."""
    before = next((one["items"] for one in state.wanted if one["ticket"] == event.ticket), "")
    entry = asked(replace(event, items="".join(dict.fromkeys(before + event.items))))
    others = tuple(one for one in state.wanted if one["ticket"] != event.ticket)
    state = replace(state, wanted=(*others, entry))
    if state.talk is None:
        return Reply(aside(state, opened(entry), here), (intro(entry, here.book),), again=True)
    return say(
        state,
        (intro(entry, here.book).text, T("Ketik /jawab bila sempat; tulisan Anda yang sekarang tidak hilang.")),
        Option(T("Jawab"), "/jawab"),
    )


def officer_told(state: State, event: OfficerTold) -> Reply:
    """News in an officer's own words."""
    return say(state, T("Kabar dari petugas tentang {ticket}:\n{words}", ticket=event.ticket, words=event.words))


def identity_shown(state: State, event: IdentityShown) -> Reply:
    """It is not done behind the reporter's back."""
    told = T(
        "Kabar {ticket}: identitas yang Anda tulis dibuka untuk petugas yang menanganinya. Dua petugas menyetujuinya, "
        "dengan alasan yang dicatat. Atasan dan terlapor tidak kami beri tahu.",
        ticket=event.ticket,
    )
    return say(state, told)


def media_failed(state: State, event: MediaFailed) -> Reply:
    """A file could not be kept: which is not silently dropped, nor counted as evidence."""
    why = MEDIA_REFUSALS.get(event.why, MEDIA_REFUSALS["hilang"])
    text = T("Satu berkas tidak dapat disimpan: {why}.", why=why)
    state = replace(state, paused=_less(state.paused, event.id), dropped=_less(state.dropped, event.id))
    left = _less(state.talk, event.id)
    if left is state.talk:
        return say(state, text)
    return say(replace(state, talk=left, asked=state.asked if left else ""), text, again=True)


def _less(talk: Talk | None, file: str) -> Talk | None:
    """The same talk without a file; None where an addition has nothing else to add."""
    if talk is None or not any(item.get("id") == file for item in talk.answers.get("evidence", ())):
        return talk
    left = [item for item in talk.answers["evidence"] if item.get("id") != file]
    answers = {key: value for key, value in talk.answers.items() if key != "evidence"}
    if talk.flow == "more" and not left and not answers.get("text"):
        return None
    return replace(talk, answers=answers | ({"evidence": left} if left else {}))


def invite_spent(state: State, event: InviteSpent) -> Reply:
    """Joined, or kindly not."""
    if event.last:
        return say(state, people.cannot_leave(event.office_name))
    if not event.office:
        return say(
            state,
            T(
                "Undangan itu tidak berlaku: sudah dipakai, sudah lewat, atau keliru. Mintalah yang baru kepada "
                "koordinator."
            ),
        )
    own, role = ungranted(state), people.seat(event.role, event.kecamatan)
    rows = [
        T("Selamat bertugas di {office} sebagai {role}.", office=event.office_name, role=role),
        T("Ketik /antrean untuk melihat antrean, /bantuan untuk daftar perintah."),
    ]
    if event.inherited:
        rows.append(
            T(
                "{count} kasus yang menunggu di kantor atas turun ke antrean Anda, lengkap dengan riwayatnya.",
                count=event.inherited,
            )
        )
    if own != state:  # an officer is never the citizen
        rows.append(
            T("Pertanyaan petugas yang Anda buka di sini dengan kode rahasia ditutup; yang belum dikirim dihapus.")
        )
    reply = say(own, tuple(rows), Option(T("Antrean"), "/antrean"), Option(T("Bantuan"), "/bantuan"))
    return reply if own == state else replace(reply, effects=(ReturnReceipts(), *reply.effects))


def upload_offered(state: State, event: UploadOffered) -> Reply:
    """A file is too big for the channel: the way past it."""
    text = T("Berkas itu terlalu besar untuk aplikasi ini. Unggah lewat tautan sekali pakai ini:")
    return say(state, text, Option(T("Unggah di sini"), url=event.url))


def timer_due(state: State, event: Due, here: Here) -> Reply:
    """A reminder before the limit runs out; the end of a draft's life. Never a submission."""
    if event.what == "forget":
        return Reply(replace(state, dropped=None, dropped_until=""))
    if event.what == "expire":
        return _expired(state, here)
    talk = state.talk if state.talk and state.talk.flow in KEEPS else state.paused
    if talk is None or talk.flow != "report":
        return Reply(state)
    rows = (
        T("Draf Anda belum dikirim."),
        limit_line(talk.answers, here.turn.at, here.book),
        T("Kami tidak pernah mengirimkannya sendiri. Mau dilanjutkan?"),
    )
    return say(state, rows, Option(T("Lanjutkan"), "/lanjut"), Option(T("Hapus draf"), f"/batal @{talk.draft}"))


def _expired(state: State, here: Here) -> Reply:
    """What waited too long to be sent goes; what is younger stays, and waits for its own end."""
    over = [talk for talk in (state.talk, state.paused) if talk and talk.draft and ends(talk, here) <= here.turn.at]
    if not over:  # DRAFT_DAYS grew since
        return Reply(state, (SetTimer("expire", life_ends(state, here)),))
    talk, paused = (None if one in over else one for one in (state.talk, state.paused))
    after = replace(state, talk=talk, paused=paused, asked=state.asked if talk else "")
    written = any(one.flow in KEEPS or one.answers.keys() & {"words", "evidence"} for one in over)
    text = T("Draf Anda yang lama sudah dihapus, karena masa simpannya habis. Tidak ada yang dikirim.")
    return say(after, text, Option(T("Mulai lagi"), "/lapor")) if written else Reply(after)


PLAIN: dict[type, Callable[[State, Any], Reply]] = {  # news that need neither the time nor the rules
    OfficerTold: officer_told,
    IdentityShown: identity_shown,
    AnsweredElsewhere: answered_elsewhere,
    MediaFailed: media_failed,
    InviteSpent: invite_spent,
    Invited: people.invited,
    HandedOver: people.handed_over,
    Dismissed: people.dismissed,
    KeptLoaded: conflict.kept_loaded,
    KeptOut: conflict.kept_out,
    Tied: conflict.tied,
    KecamatanSet: office.kecamatan_set,
    OfficerNamed: office.officer_named,
    FiguresCounted: figures_counted,
    ExportProposed: exporting.proposed,
    ExportAnswered: exporting.answered,
    UploadOffered: upload_offered,
    TemplatesLoaded: templates.loaded,
}
