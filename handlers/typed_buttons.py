"""Words that are typed where a button stands beside the question, or would: what they press."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.effects import Send, T
from handlers.events import OptionChosen, TextReceived
from handlers.frozen import replace
from handlers.reading.options import LONGEST, regular
from handlers.reading.smalltalk import wants_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.effects import Effect, Option
    from handlers.events import Event
    from handlers.reply import Here
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
    """What somebody wants who would rather stop, in the words of [Tidak jadi] at any question; "" for other words.

    To what an officer asked they may be the answer: "Jadi digelar?"
    """
    if state.talk is None or state.asked == "ubah_apa" or _told_in_words(state.talk.flow, state.asked):
        return ""
    return wants_out(text) if state.talk.flow == "report" else "batal" if REGRET.fullmatch(regular(text)) else ""


def _told_in_words(flow: str, asked: str) -> bool:
    return flow == "jawab" or (flow == "lengkapi" and asked.startswith(FREE))


FREE = ("place_said", "terlapor", "witness", "pelapor_")  # questions that take any words
REGRET = re.compile(r"(tidak|nggak|gak|ga|tak) jadi( (saja|deh|dulu))?")
DROPPED = {"urungkan": "/urung"}
PLACE = dict.fromkeys(("benar", "ya benar", "ya, benar"), "/tempat benar") | dict.fromkeys(
    ("bukan", "salah", "bukan itu"), "/tempat bukan"
)


def button(state: State, said: str) -> str:
    """What a button beside the open question does, when its words are typed; "" for other words."""
    echoed = state.asked == "terlapor" and state.talk and state.talk.answers.get("place_found") == "route"
    return ((DROPPED if state.dropped else {}) | (PLACE if echoed else {})).get(said, "")


# --- the buttons that were shown last ---------------------------------------------------------------------------

LIFE = timedelta(minutes=10)  # of what was asked of somebody who was there: a "ya" of another day means something else


def remembered(state: State, event: Event, effects: Sequence[Effect], here: Here) -> State:
    """The buttons that stand last here, if they command: their words may be typed until something else is said."""
    if not here.turn.private:
        return state
    said = [one for one in effects if isinstance(one, Send) and one.to.kind == "here"]
    if not said and not isinstance(event, TextReceived | OptionChosen):
        return state
    shown = said[-1].options if said and not said[-1].card else ()
    if not all(one.url or one.data.startswith("/") for one in shown):
        shown = ()  # the words of a question's own buttons are read by its talk
    ways = tuple((words, one.data) for one in shown if _typed(one) for words in _names(one, here))
    until = (here.turn.at + LIFE).isoformat() if ways and _soon_over(shown, here) else ""
    return state if (ways, until) == (state.ways, state.ways_until) else replace(state, ways=ways, ways_until=until)


def _soon_over(shown: Sequence[Option], here: Here) -> bool:
    """Do they end by themselves? What a citizen is offered, as by a reminder, waits until it is read."""
    return here.turn.staff is not None or any(one.once for one in shown)


def overlaid(state: State) -> State:
    """Something that came from elsewhere stands below them now: they are no longer what is shown last."""
    return replace(state, ways=(), ways_until="") if state.ways else state


def _typed(option: Option) -> bool:
    """Names, and what is of no single case: "Tutup" may stand on a newer card as well, that came by itself."""
    return bool(option.data) and (isinstance(option.label, str) or " JN-" not in option.data)


def _names(option: Option, here: Here) -> tuple[str, ...]:
    """Its words; of a name also what stands behind its first word, as in "Pak Danu" or "Bahasa Indonesia"."""
    label = option.label
    if isinstance(label, T):
        return (regular(here.turn.voice(label.msgid).format(**label.values)),)
    whole = regular(label)
    return tuple(filter(None, (whole, whole.partition(" ")[2])))


def over(until: str, at: datetime) -> bool:
    """Has what may be typed until then ended?"""
    return bool(until) and at > datetime.fromisoformat(until)


def way(state: State, text: str, at: datetime) -> str:
    """What the button does whose words these are, of those shown last; "ya" presses the only one that says so."""
    said = regular(text) if state.ways and len(text) <= LONGEST and not over(state.ways_until, at) else ""
    fits = [data for label, data in state.ways if label == said] or [
        data for label, data in state.ways if said == "ya" and label.startswith("ya ")
    ]
    return fits[0] if len(set(fits)) == 1 else ""
