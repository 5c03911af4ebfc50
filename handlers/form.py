"""The citizen's own Formulir Laporan, on command: filled in, to be signed by hand and brought to the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.attached import Paper
from handlers.codes import read_ticket
from handlers.effects import Option, Send, T
from handlers.reply import Here, Reply, say

if TYPE_CHECKING:
    from handlers.state import State

MOST = 8  # tickets to choose from, the newest


def form(state: State, words: str, here: Here) -> Reply:
    """/formulir [JN-...]: the form of a report that was sent from this very conversation; nobody else gets it."""
    del here
    open_talk = state.talk is not None
    if not state.cases:
        text = T("Belum ada yang terkirim dari percakapan ini; formulirnya dapat diminta sesudah itu.")
        return say(state, text, again=open_talk)
    ticket = read_ticket(words) if words else state.cases[-1] if len(state.cases) == 1 else ""
    if ticket == "":
        options = (Option(one, f"/formulir {one}") for one in reversed(state.cases[-MOST:]))
        return say(state, T("Formulir untuk yang mana?"), *options)
    if ticket not in state.cases:
        text = T("Formulir hanya diberikan di percakapan tempat informasinya dikirim. Periksa nomornya: /status")
        return say(state, text, again=open_talk)
    return Reply(state, (_filled(ticket),), again=open_talk)


def _filled(ticket: str) -> Send:
    text = (
        T("Formulir Laporan untuk {ticket}, terisi dari yang Anda ceritakan.", ticket=ticket),
        T(
            "Periksa, lengkapi, tanda tangani seperti di KTP, lalu bawa ke kantor bersama KTP dan buktinya. Belum "
            "Laporan resmi sampai ditandatangani dan disampaikan ke kantor."
        ),
        T("Simpan baik-baik: nama dan alamat yang Anda tulis ada di dalamnya."),
    )
    return Send(text, paper=Paper("formulir", f"formulir-{ticket}.pdf", ticket))
