"""Which flow an event belongs to, and what becomes of it: the one entry, `step`, pure from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import citizen, desk, going_on, joins, obeying, office, queueing, received, rights, searching
from handlers.closing import FLOWS
from handlers.codes import leading_receipt
from handlers.effects import Effect, Option, Send, T, To
from handlers.events import (
    CaseLoaded,
    CaseMoved,
    CompletionAsked,
    Due,
    Event,
    HeldListed,
    LocationShared,
    MediaReceived,
    MediaTooBig,
    MemberSeen,
    MoveRefused,
    OfficerAsked,
    Opened,
    OptionChosen,
    PhotoPlaced,
    PlaceFound,
    ReportFiled,
    StatusFound,
    TextEdited,
    TextReceived,
    Unsupported,
)
from handlers.flow import Misread, Scene, put
from handlers.forgetting import lost
from handlers.frozen import replace
from handlers.going_on import answer, edited, held_story
from handlers.morning import morning_came
from handlers.news import PLAIN, case_moved, completion_asked, officer_asked, timer_due
from handlers.office_events import CasesFound, MorningCame, OfficeLoaded
from handlers.pairs import PairLoaded
from handlers.questions import within
from handlers.reading.smalltalk import GREETING, small, worried
from handlers.reading.words import guess_kind
from handlers.reminders import expiry
from handlers.reply import IN_PRIVATE, Here, Reply, in_one, say
from handlers.triage import sees
from handlers.typed_buttons import button, remembered, taken_back, way
from handlers.typed_buttons import out as typed_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.book import Book
    from handlers.state import State
    from handlers.turn import Turn


def step(state: State, event: Event, turn: Turn, book: Book) -> tuple[State, list[Effect]]:
    """One event, whole: the state after it and what is asked for. Never raises for anything people can send."""
    here = Here(turn, book)
    reply = _handle(state, _writable(event), here)
    after, effects = _asked(state, reply, here)
    after = remembered(after, event, effects, here)
    return after, [*lost(state, after, event, effects), *expiry(state, after, here), *effects]


def _asked(before: State, reply: Reply, here: Here) -> tuple[State, list[Effect]]:
    """The outcome with the open question put again, where it is to be; a draft set aside never waits for nothing."""
    state, effects = reply.state, list(reply.effects)
    woken = _woken(state)
    if woken.talk is None or not (reply.again or woken is not state):
        return woken, effects
    state, asked = put(FLOWS[woken.talk.flow], woken, Scene(woken.talk.answers, here.turn, here.book))
    if before.draft not in {0, woken.talk.draft}:  # the words of two drafts never stand in one message
        return state, [
            *effects,
            *(replace(one, draft=woken.talk.draft) if isinstance(one, Send) else one for one in asked),
        ]
    return state, in_one([*effects, *asked])


TYPED = {
    TextReceived: "text",
    TextEdited: "text",
    OptionChosen: "data",
    MediaReceived: "caption",
    LocationShared: "name",
    MemberSeen: "address",
}


def _writable(event: Event) -> Event:
    """Half of a surrogate pair, which JSON can carry and no encoding takes, becomes the sign for unreadable."""
    name = TYPED.get(type(event))
    words = getattr(event, name) if name else ""
    if name is None or words.isascii():
        return event
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    change: Any = {name: whole}
    return event if whole == words else replace(event, **change)


def _woken(state: State) -> State:
    """A draft set aside comes back when nothing else is open."""
    if state.talk is None and state.paused is not None:
        return replace(state, talk=state.paused, paused=None, asked="")
    return state


LISTS: dict[type, Callable[[State, Any, Here], Reply]] = {  # what names cases, with the limits that run
    **queueing.ANSWERS,
    CasesFound: searching.cases_found,
    MorningCame: morning_came,
}


def _handle(state: State, event: Event, here: Here) -> Reply:  # noqa: C901, PLR0911, PLR0912 - one line an event
    match event:
        case TextReceived() | OptionChosen():
            return _words(state, event, here)
        case TextEdited():
            return edited(state, event, here)
        case MediaReceived() | MediaTooBig() | LocationShared() if not here.turn.private:
            return say(state, IN_PRIVATE)
        case MediaReceived():
            return received.media(state, event, here)
        case MediaTooBig():
            return received.too_big(state, here)
        case LocationShared():
            return _location(state, event, here)
        case PlaceFound() | ReportFiled():
            return answer(state, event, here)
        case PhotoPlaced():
            return received.photo_placed(state, event)
        case Opened():
            return citizen.start(state, "", here) if here.turn.staff is None else _officer_idle(state, here)
        case CaseLoaded():
            return obeying.on_case(state, event, here)
        case PairLoaded():
            return joins.pair_loaded(state, event, here)
        case _ if type(event) in LISTS:
            return LISTS[type(event)](state, event, here)
        case OfficeLoaded():
            return office.office_loaded(state, event, here)
        case StatusFound():
            return citizen.status_found(state, event)
        case HeldListed():
            return rights.held_listed(state, event, here)
        case MoveRefused():
            return desk.move_refused(state, event)
        case CaseMoved():
            return case_moved(state, event, here)
        case OfficerAsked():
            return officer_asked(state, event, here)
        case CompletionAsked():
            return completion_asked(state, event, here)
        case Due():
            return timer_due(state, event, here)
        case MemberSeen():
            return _member(state, event, here)
        case _ if type(event) in PLAIN:
            return PLAIN[type(event)](state, event)
        case Unsupported():
            return _unsupported(state, here)
        case _:  # ChatClosed: nobody is there to be answered
            return Reply(state)


# --- words and taps ---------------------------------------------------------------------------------------------


def _words(state: State, event: TextReceived | OptionChosen, here: Here) -> Reply:
    given = _commanded(state, event, here)
    state = replace(state, unnamed="", unnamed_until="") if state.unnamed else state
    if given:
        return obeying.obey(state, given, here)
    if isinstance(event, TextReceived) and _worried(state, event, here):
        return _calmed(state, here)
    if state.talk is not None:
        return obeying.overtaken(state, here) or answer(state, event, here)
    if isinstance(event, OptionChosen):
        return going_on.nobodys_button(state, here)
    if here.turn.staff is not None:
        return _officer_idle(state, here)
    return _first_words(state, event, here) if here.turn.private else say(state, IN_PRIVATE)  # others read along


SAFE = T(
    "Anda boleh tetap anonim: nama Anda tidak perlu ditulis, dan petugas tidak melihat siapa Anda. Atasan dan terlapor "
    "tidak diberi tahu oleh kami siapa yang menyampaikan. Jangan menulis nama Anda dalam cerita."
)


def _calmed(state: State, here: Here) -> Reply:
    begun = Reply(state, again=True) if state.talk else citizen.begin(state, here)
    return replace(begun, effects=(*begun.effects, Send(SAFE)))


WORDS = ("identity", "ubah_apa", "review", "terlapor", "place_said", "witness", "pelapor_")  # such words may be answers


def _worried(state: State, event: TextReceived, here: Here) -> bool:
    """A frightened question is answered, wherever it comes, and is no answer to ours; a story is one all the same."""
    ours = state.talk is None or state.talk.flow == "report"
    alone = here.turn.private and here.turn.staff is None and not (state.talk is None and state.cases)
    answers = state.asked.startswith(WORDS) and "?" not in event.text
    return ours and alone and not answers and worried(event.text) and guess_kind(event.text) is None


def _commanded(state: State, event: TextReceived | OptionChosen, here: Here) -> obeying.Given | None:
    """A command, however it was said: with its slash, as the words of its button, or as the code or ticket itself."""
    text = event.text if isinstance(event, TextReceived) else event.data
    given = obeying.parse(text, typed=isinstance(event, TextReceived))
    if given and not (state.asked in {"ubah_apa", "consent"} and not text.strip().startswith("/")):
        return given
    if isinstance(event, OptionChosen):
        return None
    code, more = leading_receipt(text)
    if code and not more:  # never an answer, nor an addition that others read
        return obeying.Given("status", text.strip())
    pressed = way(state, text, here.turn.at)
    if not pressed and state.talk is None and state.dropped and taken_back(text):
        return obeying.Given("urung", "")
    if not pressed and (out := typed_out(state, text)):
        return None if state.asked == "consent" else obeying.Given(out, "")
    pressed = pressed or button(state, text.strip().rstrip(".!").casefold())
    return obeying.parse(pressed) if pressed else obeying.named(state, text, here)


def _first_words(state: State, event: TextReceived, here: Here) -> Reply:
    """A story as the very first message opens a draft; a greeting is greeted; thanks are thanked."""
    kind = small(event.text)
    if kind and (kind == GREETING or not state.cases):
        return citizen.begin(state, here)
    if kind:
        return say(
            state,
            T("Sama-sama. Ketik /status untuk melihat kabarnya, atau /lapor untuk menyampaikan hal lain."),
        )
    try:
        within(event.text)
    except Misread as misread:
        return say(state, misread.hint)
    if state.cases:
        return citizen.more(state, {"text": event.text}, here)
    return held_story(state, event, here)


def _officer_idle(state: State, here: Here) -> Reply:
    if not here.turn.private:
        return Reply(state)
    assert here.turn.staff is not None, "asked by _words"
    office = here.turn.staff.office_name
    return say(
        state,
        T(
            "Anda bertugas di {office}. Ketik /antrean untuk melihat antrean, /bantuan untuk daftar perintah.",
            office=office,
        ),
        Option(T("Antrean"), "/antrean"),
        Option(T("Bantuan"), "/bantuan"),
    )


def _location(state: State, event: LocationShared, here: Here) -> Reply:
    if state.talk is None and here.turn.staff is not None:
        return _officer_idle(state, here)
    return received.location(state, event, here)


def _unsupported(state: State, here: Here) -> Reply:
    if not here.turn.private:
        return Reply(state)
    text = T(
        "Yang itu belum dapat kami terima. Kirim tulisan, foto, video, rekaman suara, dokumen, tautan, atau lokasi."
    )
    return say(state, text, again=state.talk is not None)


def _member(state: State, event: MemberSeen, here: Here) -> Reply:
    """Somebody in the office's group may not see its cases: the koordinator is told, once for each.

    That is also an auditor, who is no petugas and sees no cases.
    """
    mark = f"anggota:{event.address}"
    colleague = here.turn.staff is not None and sees(here.turn.staff, here.turn.group_office)
    if colleague or not here.turn.group_office or mark in state.said:
        return Reply(state)
    text = T(
        "Di grup {office} ada anggota yang bukan petugas terdaftar. Mohon diperiksa.",
        office=here.book.offices.get(here.turn.group_office, here.turn.group_office),
    )
    state = replace(state, said=(*state.said, mark))
    return Reply(state, (Send(text, to=To("koordinator", here.turn.group_office)),))
