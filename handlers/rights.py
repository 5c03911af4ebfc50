"""What a citizen may demand of what we hold about them: see it, have it corrected, have it erased (UU 27/2022)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.citizen import aside, change, files_of
from handlers.codes import leading_receipt, leading_ticket
from handlers.effects import AskRights, Forget, ListHeld, Option, SetTimer, T, Value
from handlers.reply import Here, Reply, say
from handlers.speech import moment
from handlers.state import State, Talk
from handlers.summary import changeable, lines

if TYPE_CHECKING:
    from handlers.events import HeldListed

NEWEST = 5  # cases whose words are offered with a button; any other by its number


def held(state: State, words: str, here: Here) -> Reply:
    """/data: what we hold of this person, with a ticket also what was told for it (UU 27/2022 art. 7 and 32)."""
    del here
    ticket, _ = leading_ticket(words)
    return Reply(state, (ListHeld(ticket if ticket in state.cases else ""),))


def held_listed(state: State, event: HeldListed, here: Here) -> Reply:
    """The answer to /data: the draft in full, and what was sent behind a button each."""
    del here
    if event.ticket:
        return say(state, _told(event), again=state.talk is not None)
    rows: list[Value] = [
        T("Yang kami simpan tentang Anda:"),
        T("• alamat percakapan ini, terenkripsi, supaya kami dapat menjawab"),
    ]
    if state.consent:
        when = moment(datetime.fromisoformat(state.consent["at"]), "Asia/Jakarta")
        rows.append(T("• persetujuan Anda (naskah {version}), {when}", version=state.consent["version"], when=when))
    if state.talk and state.talk.flow == "report" and changeable(state.talk.answers):
        rows += [T("• satu draf yang belum dikirim:"), *lines(state.talk.answers)]
    if state.talk and state.talk.flow == "more":
        rows.append(T("• satu tambahan yang belum dikirim, dengan {files} berkas", files=len(files_of(state.talk))))
    rows.extend(T("• yang sudah dikirim: {ticket}", ticket=ticket) for ticket in event.cases)
    rows.append(T("Ketik /koreksi untuk membetulkan, /hapus untuk menghapus."))
    shown = (Option(T("Isi {ticket}", ticket=ticket), f"/data {ticket}") for ticket in event.cases[-NEWEST:])
    return say(state, tuple(rows), *shown, again=state.talk is not None)


def _told(event: HeldListed) -> tuple[Value, ...]:
    """Everything told for one case. A name is not shown on a screen that somebody else may hold: only that it is."""
    sealed = T("• Nama dan keterangan diri Anda: disimpan tersegel, tidak ditampilkan di sini.")
    return (
        T("Yang Anda sampaikan dalam {ticket}:", ticket=event.ticket),
        *lines(dict(event.told), own=False),
        *((sealed,) if event.told.get("identity", "anonim") != "anonim" else ()),
        *(T("• Tambahan: {words}", words=words) for words in event.more),
    )


def correct(state: State, words: str, here: Here) -> Reply:
    """/koreksi: an own draft is changed at once; for what was sent an officer is asked (UU 27/2022 art. 30)."""
    if found := _by_receipt(state, "koreksi", words):
        return found
    if state.talk and state.talk.flow == "report" and not (words.strip() and state.cases):
        return change(state, words, here)
    if not state.cases:
        return say(state, T("Belum ada yang terkirim, jadi belum ada yang perlu dibetulkan."))
    if not words.strip():
        return Reply(aside(state, Talk("wish", {"wish": "koreksi"})), again=True)
    return _wish(state, "koreksi", words)


def erase(state: State, words: str, here: Here) -> Reply:
    """/hapus: a draft goes at once; what was sent needs an officer, for law may demand that it is kept (art. 15)."""
    del here
    if found := _by_receipt(state, "hapus", words):
        return found
    if not state.talk and not state.cases and not state.dropped:
        return say(state, T("Kami tidak menyimpan keterangan apa pun dari Anda, selain alamat percakapan ini."))
    if words.strip().casefold() not in {"ya", "yes"}:
        text = T(
            "Draf dihapus seketika dan tidak dapat dikembalikan; untuk yang sudah dikirim, permintaan Anda kami "
            "teruskan kepada petugas. Lanjutkan?"
        )
        return say(state, text, Option(T("Ya, hapus"), "/hapus ya"), Option(T("Tidak jadi"), "/lanjut"))
    gone = (*files_of(state.talk), *files_of(state.dropped), *files_of(state.paused))
    ended = (SetTimer("remind", None), SetTimer("expire", None), SetTimer("forget", None))
    emptied = replace(state, talk=None, dropped=None, paused=None, dropped_until="", asked="")
    effects = (*ended, Forget(gone, words=True))
    if not state.cases:
        emptied = replace(emptied, consent={})
        reply = say(emptied, T("Sudah dihapus. Tidak ada lagi yang kami simpan dari draf Anda."))
    else:
        reply = _wish(emptied, "hapus", "")
    return replace(reply, effects=(*effects, *reply.effects))


def _by_receipt(state: State, wish: str, words: str) -> Reply | None:
    """Who lost the page or the telephone still has the secret code; whether it is right is not told apart."""
    receipt, rest = leading_receipt(words)
    if not receipt:
        return None
    text = T(
        "Bila kode itu benar, permintaan Anda dicatat pada kasusnya dan diteruskan kepada petugas. Kabarnya: /status "
        "diikuti kode itu. Bagian yang sudah dipakai dalam penanganan mungkin wajib disimpan menurut undang-undang."
    )
    reply = say(state, text, again=state.talk is not None)
    return replace(reply, effects=(AskRights(wish, rest, receipt), *reply.effects))


def _wish(state: State, wish: str, words: str) -> Reply:
    text = T(
        "Permintaan Anda untuk {tickets} dicatat dan diteruskan kepada petugas; jawabannya datang di percakapan ini. "
        "Bagian yang sudah dipakai dalam penanganan mungkin wajib disimpan menurut undang-undang.",
        tickets=", ".join(state.cases),
    )
    reply = say(state, text, again=state.talk is not None)
    return replace(reply, effects=(AskRights(wish, words), *reply.effects))


def wished(state: State, talk: Talk) -> Reply:
    """The words after a bare /koreksi have come."""
    return _wish(state, talk.answers["wish"], talk.answers["words"])
