"""What a citizen may demand of what we hold about them: see it, have it corrected, have it erased (UU 27/2022)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.changing import changeable
from handlers.citizen import UNFINISHED, aside, change, unfinished
from handlers.codes import leading_receipt, leading_ticket
from handlers.effects import (
    LOOSE,
    AskRights,
    Forget,
    ListHeld,
    Option,
    ReturnReceipts,
    Send,
    SetTimer,
    T,
    Value,
)
from handlers.elsewhere import granted, ungranted
from handlers.forgetting import files_of
from handlers.frozen import replace
from handlers.reply import Here, Reply, say
from handlers.speech import moment
from handlers.state import State, Talk
from handlers.summary import cut, lines, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.effects import Effect
    from handlers.events import HeldListed

NEWEST = 5  # cases whose words are offered with a button, any other by its number; additions that are shown
MOST, ADDED = 3000, 300  # characters of one answer, and of one addition: what is asked for often must stay small


def held(state: State, words: str, here: Here) -> Reply:
    """/data: what we hold of this person, with a ticket also what was told for it (UU 27/2022 art. 7 and 32)."""
    del here
    ticket, _ = leading_ticket(words)
    return Reply(state, (ListHeld(ticket if ticket in _spoken_of(state) else ""),))


def _spoken_of(state: State) -> tuple[str, ...]:
    """The cases for which something was sent from here: the own ones, and those answered by their receipt."""
    return (*state.cases, *state.answered)


def held_listed(state: State, event: HeldListed, here: Here) -> Reply:
    """The answer to /data: the draft in full, and what was sent behind a button each."""
    del here
    if event.ticket:
        told = Send(
            _told(event) if event.ticket in event.cases else _answered(event), card=f"data:{event.ticket}", anew=True
        )  # the last one makes way for it
        return Reply(state, (told,), again=state.talk is not None)
    rows: list[Value] = [
        T("Yang kami simpan tentang Anda:"),
        T("• alamat percakapan ini, terenkripsi, supaya kami dapat menjawab"),
    ]
    if state.consent:
        when = moment(datetime.fromisoformat(state.consent["at"]), "Asia/Jakarta")
        rows.append(T("• persetujuan Anda (naskah {version}), {when}", version=state.consent["version"], when=when))
    rows += _drafts(state)
    rows.extend(T("• yang sudah dikirim: {ticket}", ticket=ticket) for ticket in event.cases)
    rows.extend(T("• yang Anda jawab dari sini untuk {ticket}", ticket=ticket) for ticket in event.answered)
    rows.extend(
        T("• pertanyaan petugas tentang {ticket}, dibuka di sini dengan kode rahasianya", ticket=ticket)
        for ticket in granted(state)
    )
    rows.append(T("Ketik /koreksi untuk membetulkan, /hapus untuk menghapus."))
    shown = (
        Option(T("Isi {ticket}", ticket=ticket), f"/data {ticket}")
        for ticket in (*event.cases, *event.answered)[-NEWEST:]
    )
    return say(state, tuple(rows), *shown, again=state.talk is not None)


def _drafts(state: State) -> tuple[Value, ...]:
    """The open draft in full; of one that waits or was cancelled only that it is there."""
    rows: list[Value] = []
    talk = state.talk
    if talk and talk.flow == "report" and changeable(talk.answers):
        rows += [T("• satu draf yang belum dikirim:"), *lines(shortened(talk.answers, MOST)), *_pointed(talk.answers)]
    if talk and talk.flow == "more":
        files = len(files_of(talk))
        rows.append(T("• satu tambahan yang belum dikirim, dengan {files} berkas", files=files))
        rows += [cut(talk.answers["text"], MOST)] if talk.answers.get("text") else []
    if state.paused:
        rows.append(T("• satu draf yang menunggu; isinya tampil sesudah /lanjut"))
    if state.dropped:
        rows.append(T("• satu draf yang dibatalkan, dihapus 10 menit sesudahnya; /urung mengembalikannya"))
    return tuple(rows)


def _pointed(answers: Mapping[str, Any]) -> tuple[Value, ...]:
    return (T("• titik lokasi yang Anda bagikan"),) if answers.get("place_point") else ()


def _told(event: HeldListed) -> tuple[Value, ...]:
    """What was told for one case, cut to what fits a screen.

    A name is not shown on a screen that somebody else may hold: only that it is there.
    """
    sealed = T("• Nama dan keterangan diri Anda: disimpan tersegel, tidak ditampilkan di sini.")
    earlier = len(event.more) - NEWEST
    return (
        T("Yang Anda sampaikan dalam {ticket}:", ticket=event.ticket),
        *lines(shortened(event.told, MOST), own=False),
        *_pointed(event.told),
        *((sealed,) if event.told.get("identity", "anonim") != "anonim" else ()),
        *((T("• … {count} tambahan lagi sebelumnya", count=earlier),) if earlier > 0 else ()),
        *(T("• Tambahan: {words}", words=cut(words, ADDED)) for words in event.more[-NEWEST:]),
    )


def _answered(event: HeldListed) -> tuple[Value, ...]:
    """What was answered here for a case that came from elsewhere; nothing of what was told there."""
    rows = (T("• Jawaban: {words}", words=cut(words, ADDED)) for words in event.more[-NEWEST:])
    return (T("Yang Anda jawab dari percakapan ini untuk {ticket}:", ticket=event.ticket), *rows)


def correct(state: State, words: str, here: Here) -> Reply:
    """/koreksi: an own draft is changed at once; for what was sent an officer is asked (UU 27/2022 art. 30)."""
    if found := _officers(state, here) or _by_receipt(state, "koreksi", words):
        return found
    if state.talk and state.talk.flow == "report" and not (words.strip() and _spoken_of(state)):
        return change(state, words, here)
    tickets = _spoken_of(state)
    if not tickets:
        return say(state, T("Belum ada yang terkirim, jadi belum ada yang perlu dibetulkan."))
    ticket, said = leading_ticket(words)
    if ticket not in tickets:
        ticket, said = (tickets[0] if len(tickets) == 1 else ""), words.strip()
    given = {"wish": "koreksi", "tickets": list(tickets), "ticket": ticket, "words": said}
    talk = Talk("wish", {key: value for key, value in given.items() if value})
    if ticket and said:
        return wished(state, talk)
    if unfinished(state):
        return say(state, UNFINISHED, again=True)
    return Reply(aside(state, talk, here), again=True)


def erase(state: State, words: str, here: Here) -> Reply:
    """/hapus: a draft goes at once; what was sent needs an officer, for law may demand that it is kept (art. 15)."""
    if found := _officers(state, here) or _by_receipt(state, "hapus", words):
        return found
    ticket, _ = leading_ticket(words)
    if ticket in _spoken_of(state):
        return _wish(state, "hapus", "", ticket)
    if not state.talk and not _spoken_of(state) and not state.dropped:
        if granted(state):
            return _returned(state)
        nothing = say(state, T("Kami tidak menyimpan keterangan apa pun dari Anda, selain alamat percakapan ini."))
        return replace(nothing, effects=(Forget((), (LOOSE,)), *nothing.effects))
    if words.strip().casefold() not in {"ya", "yes"}:
        text = T(
            "Draf dihapus seketika dan tidak dapat dikembalikan; untuk yang sudah dikirim, permintaan Anda kami "
            "teruskan kepada petugas. Lanjutkan?"
        )
        yes = Option(T("Ya, hapus"), f"/hapus ya @{state.draft}", once=True)
        return say(state, text, yes, Option(T("Tidak jadi"), "/lanjut"))
    ended = (SetTimer("remind", None), SetTimer("forget", None))
    emptied = replace(ungranted(state), talk=None, dropped=None, paused=None, dropped_until="", asked="")
    # What the drafts held goes by itself (handlers/forgetting.py).
    effects: tuple[Effect, ...] = (*ended, Forget((), (LOOSE,)))
    if granted(state):
        effects = (ReturnReceipts(), *effects)
    if not _spoken_of(state):
        emptied = replace(emptied, consent={})
        reply = say(emptied, T("Sudah dihapus. Tidak ada lagi yang kami simpan dari draf Anda."))
    else:
        reply = _wish(emptied, "hapus", "")
    return replace(reply, effects=(*effects, *reply.effects))


def _returned(state: State) -> Reply:
    """Nothing was told here, but a receipt ties this conversation to a case: that goes at once."""
    text = T(
        "Sudah dihapus: pertanyaan petugas yang Anda buka di sini dengan kode rahasia. Selain alamat percakapan ini, "
        "tidak ada lagi yang kami simpan dari Anda."
    )
    reply = say(ungranted(state), text)
    return replace(reply, effects=(ReturnReceipts(), Forget((), (LOOSE,)), *reply.effects))


def _officers(state: State, here: Here) -> Reply | None:
    """An officer who sent nothing: these commands are a reporter's own, and an officer answers them otherwise."""
    if here.turn.staff is None or _spoken_of(state) or state.talk or state.dropped:
        return None
    return say(state, T("Itu perintah untuk warga. Permintaan warga dijawab dengan /kabari dan nomor tiketnya."))


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


def _asked_of_own(tickets: str) -> T:
    return T(
        "Permintaan Anda untuk {tickets} dicatat dan diteruskan kepada petugas; jawabannya datang di percakapan ini. "
        "Bagian yang sudah dipakai dalam penanganan mungkin wajib disimpan menurut undang-undang.",
        tickets=tickets,
    )


def _asked_of_answers(tickets: str) -> T:
    return T(
        "Permintaan Anda tentang jawaban dari sini untuk {tickets} dicatat dan diteruskan kepada petugas; kabarnya: "
        "/status diikuti kode rahasianya. Bagian yang sudah dipakai dalam penanganan mungkin wajib disimpan menurut "
        "undang-undang.",
        tickets=tickets,
    )


def _wish(state: State, wish: str, words: str, ticket: str = "") -> Reply:
    own, others = (", ".join(one for one in some if ticket in {"", one}) for some in (state.cases, state.answered))
    rows = ((_asked_of_own(own),) if own else ()) + ((_asked_of_answers(others),) if others else ())
    reply = say(state, rows, again=True)  # a draft that waited comes back
    return replace(reply, effects=(AskRights(wish, words, ticket=ticket), *reply.effects))


def wished(state: State, talk: Talk) -> Reply:
    """The words of a /koreksi have come, and of which case they speak."""
    return _wish(state, talk.answers["wish"], talk.answers["words"], talk.answers["ticket"])
