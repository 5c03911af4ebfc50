"""Words that are typed where a button stands beside the question, or would: what they press."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.reading.options import regular
from handlers.reading.smalltalk import wants_out

if TYPE_CHECKING:
    from handlers.state import State


def taken_back(text: str) -> bool:
    """Is the last cancelling regretted?"""
    return bool(KEPT.fullmatch(regular(text)))


KEPT = re.compile(
    r"(eh |maaf )*(tidak jadi( (batal|dibatalkan|hapus|dihapus))?|jangan( (dulu|batal|dibatalkan|hapus|dihapus))?|"
    r"urung(kan)?|kembalikan( draf)?( saya| tadi)?|lanjut(kan)?( lapor)?|salah (pencet|tekan))"
    r"( (saja|lagi|pak|bu|min))*"
)


def out(state: State, text: str) -> str:
    """What somebody wants who would rather stop, in the words of [Tidak jadi] at any question; "" for other words."""
    if state.talk is None or state.asked == "ubah_apa":
        return ""
    return wants_out(text) if state.talk.flow == "report" else "batal" if REGRET.fullmatch(regular(text)) else ""


REGRET = re.compile(r"(tidak|nggak|gak|ga|tak) jadi( (saja|deh|dulu))?")
BUTTONS = {"ya, hapus": "/hapus ya", "ya hapus": "/hapus ya", "urungkan": "/urung"}
PLACE = dict.fromkeys(("benar", "ya benar", "ya, benar"), "/tempat benar") | dict.fromkeys(
    ("bukan", "salah", "bukan itu"), "/tempat bukan"
)


def button(state: State, said: str) -> str:
    """What a button beside the open question does, when its words are typed; "" for other words."""
    echoed = state.asked == "terlapor" and state.talk and state.talk.answers.get("place_found") == "route"
    return (BUTTONS | (PLACE if echoed else {})).get(said, "")
