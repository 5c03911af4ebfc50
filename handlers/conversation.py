"""Which flow an event belongs to, and what becomes of it: the one entry, `step`, pure from end to end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers import citizen, commands, desk
from handlers.answers import MOST_EVIDENCE, last_reminder, with_file
from handlers.closing import FLOWS, declined, finished
from handlers.effects import Effect, KeepMedia, OfferUpload, Option, Send, SetTimer, T, To, Turn
from handlers.events import (
    CaseLoaded,
    CaseMoved,
    ChatClosed,
    Due,
    Event,
    HeldListed,
    InviteSpent,
    LocationShared,
    MediaFailed,
    MediaReceived,
    MediaTooBig,
    MemberSeen,
    MoveRefused,
    OfficeLoaded,
    OfficerAsked,
    Opened,
    OptionChosen,
    PlaceFound,
    QueueLoaded,
    ReportFiled,
    StatusFound,
    TextEdited,
    TextReceived,
    Unsupported,
    UploadOffered,
)
from handlers.flow import Misread, Scene, put, read
from handlers.news import case_moved, invite_spent, media_failed, officer_asked, timer_due
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.smalltalk import GREETING, small
from handlers.speech import at_nine
from handlers.state import State, Talk
from handlers.summary import first_look
from handlers.triage import sees

if TYPE_CHECKING:
    from handlers.book import Book
    from handlers.flow import Flow


def step(state: State, event: Event, turn: Turn, book: Book) -> tuple[State, list[Effect]]:
    """One event, whole: the state after it and what is asked for. Never raises for anything people can send."""
    here = Here(turn, book)
    reply = _handle(state, event, here)
    state, effects = reply.state, list(reply.effects)
    if not reply.again:
        return state, effects
    state = _woken(state)
    if state.talk is None:
        return state, effects
    state, asked = put(FLOWS[state.talk.flow], state, Scene(state.talk.answers, turn, book))
    return state, [*effects, *asked]


def _woken(state: State) -> State:
    """A draft set aside comes back when nothing else is open."""
    if state.talk is None and state.paused is not None:
        return replace(state, talk=state.paused, paused=None, asked="")
    return state


def _handle(state: State, event: Event, here: Here) -> Reply:  # noqa: C901, PLR0911, PLR0912 - one line an event
    match event:
        case TextReceived() | OptionChosen():
            return _words(state, event, here)
        case TextEdited():
            return _edited(state, event, here)
        case MediaReceived() | MediaTooBig() | LocationShared() if not here.turn.private:
            return say(state, IN_PRIVATE)
        case MediaReceived():
            return _media(state, event, here)
        case MediaTooBig():
            return _too_big(state, here)
        case LocationShared():
            return _location(state, event, here)
        case PlaceFound() | ReportFiled():
            return _answer(state, event, here)
        case Opened():
            return citizen.start(state, "", here) if here.turn.staff is None else _officer_idle(state, here)
        case CaseLoaded():
            return commands.on_case(state, event, here)
        case QueueLoaded():
            return desk.queue_loaded(state, event, here)
        case OfficeLoaded():
            return desk.office_loaded(state, event, here)
        case StatusFound():
            return citizen.status_found(state, event)
        case HeldListed():
            return citizen.held_listed(state, event, here)
        case MoveRefused():
            text = T(
                "{office} belum punya petugas terdaftar di sini, jadi {ticket} tidak dialihkan.",
                office=event.office_name,
                ticket=event.ticket,
            )
            return say(state, text)
        case InviteSpent():
            return invite_spent(state, event)
        case CaseMoved():
            return case_moved(state, event)
        case OfficerAsked():
            return officer_asked(state, event)
        case MediaFailed():
            return media_failed(state, event)
        case UploadOffered():
            option = Option(T("Unggah di sini"), url=event.url)
            return say(
                state,
                T("Berkas itu terlalu besar untuk aplikasi ini. Unggah lewat tautan sekali pakai ini:"),
                option,
            )
        case Due():
            return timer_due(state, event, here)
        case MemberSeen():
            return _member(state, event, here)
        case Unsupported():
            return _unsupported(state, here)
        case ChatClosed():
            return Reply(state)


# --- words and taps ---------------------------------------------------------------------------------------------


def _words(state: State, event: TextReceived | OptionChosen, here: Here) -> Reply:
    text = event.text if isinstance(event, TextReceived) else event.data
    given = commands.parse(text)
    if given and not (state.asked in {"ubah_apa", "consent"} and not text.strip().startswith("/")):
        return commands.obey(state, given, here)
    if state.talk is not None:
        return _answer(state, event, here)
    if isinstance(event, OptionChosen):
        return say(state, T("Tombol itu milik percakapan yang sudah selesai. Ketik /lapor untuk memulai yang baru."))
    if here.turn.staff is not None:
        return _officer_idle(state, here)
    if not here.turn.private:  # nobody should tell a story where others read along
        return say(state, IN_PRIVATE)
    return _first_words(state, event, here)


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
    if state.cases:
        talk = Talk("more", {"text": event.text})
        return Reply(replace(state, talk=talk), again=True)
    return _answer(_opened(state, here), event, here, opening=True)


def _opened(state: State, here: Here) -> State:
    return citizen.begin(state, here).state


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


def _answer(state: State, event: Event, here: Here, *, opening: bool = False) -> Reply:
    """An answer to the open question; one that is none gets its hint and the question again."""
    talk = state.talk
    if talk is None:
        return Reply(state)
    flow = FLOWS[talk.flow]
    if opening:
        return _held_story(state, event, here)
    try:
        after, keys = read(flow, state, event, Scene(talk.answers, here.turn, here.book))
    except Misread as misread:
        return _misread(state, talk, misread)
    return _went_on(replace(state, talk=after), keys, flow, here)


def _misread(state: State, talk: Talk, misread: Misread) -> Reply:
    if misread.forget:
        state = replace(state, talk=talk.without(misread.forget))
    hint = (Send(misread.hint),) if misread.hint else ()
    return Reply(state, hint, again=True)


def _held_story(state: State, event: Event, here: Here) -> Reply:
    """The first message is kept as the story while consent is asked; it is erased if consent is not given."""
    talk = state.talk
    assert talk is not None and isinstance(event, TextReceived), "only _first_words opens so"  # noqa: PT018
    flow = FLOWS["report"]
    ask = flow.ask("story")
    assert ask is not None, "the report has a story"
    begun = citizen.begin(replace(state, talk=None), here)
    try:
        got = ask.read(event, Scene(talk.answers, here.turn, here.book))
    except Misread:
        return begun
    answers = {**talk.answers, **got}
    trail = (tuple(got),)
    sources = {event.ref: "story"} if event.ref else {}
    kept = replace(talk, answers=answers, trail=trail, sources=sources)
    state = replace(begun.state, talk=kept)
    if "consent" in answers:  # consent was given before: go straight on
        reply = _went_on(state, ("story",), flow, here)
        return replace(reply, effects=(*begun.effects, *reply.effects))
    return replace(begun, state=state)


def _went_on(state: State, keys: tuple[str, ...], flow: Flow, here: Here) -> Reply:
    """After an answer: keep consent, set reminders, give the first look, and close what has ended."""
    talk = state.talk
    assert talk is not None, "an answer belongs to a talk"
    effects: list[Effect] = []
    if "consent" in keys:
        if talk.answers.get("declined"):
            return declined(state)
        state = replace(state, consent={"version": talk.answers["consent"], "at": talk.answers["consent_at"]})
    if "known" in keys:
        effects += _reminder(talk, here)
    if flow.open(talk.answers) is None or talk.answers.get("pilkades") == "ya":
        return finished(state, here)
    state, looked = _first_look(state, flow, here)
    return Reply(state, (*effects, *looked), again=True)


def _reminder(talk: Talk, here: Here) -> list[Effect]:
    at = at_nine(last_reminder(date.fromisoformat(talk.answers["known"])), talk.answers)
    return [SetTimer("remind", at)] if at > here.turn.at else []


def _first_look(state: State, flow: Flow, here: Here) -> tuple[State, list[Effect]]:
    """Once, when story and consent are there and the house has looked for the place."""
    talk = state.talk
    assert talk is not None, "asked by _went_on"
    opened = flow.open(talk.answers)
    if talk.flow != "report" or opened is None or not opened.optional or "looked" in talk.answers:
        return state, []
    talk = replace(talk, answers={**talk.answers, "looked": True})
    scene = Scene(talk.answers, here.turn, here.book)
    return replace(state, talk=talk), [first_look(scene)]


def _edited(state: State, event: TextEdited, here: Here) -> Reply:
    """An edited message corrects the answer which it gave; after sending there is /koreksi."""
    talk = state.talk
    key = talk.sources.get(event.ref) if talk else None
    if talk is None or key is None:
        if state.cases:
            return say(
                state,
                T("Yang sudah dikirim tidak berubah oleh suntingan. Untuk membetulkannya, ketik /koreksi."),
            )
        return Reply(state)
    ask = FLOWS[talk.flow].ask(key)
    if ask is None or key not in talk.answers:
        return Reply(state)
    bare = talk.without((key, *_dependents(key)))
    try:
        got = ask.read(TextReceived(event.text, event.ref), Scene(bare.answers, here.turn, here.book))
    except Misread as misread:
        return say(state, misread.hint, again=True)
    state = replace(state, talk=replace(bare, answers={**bare.answers, **got}, trail=(*bare.trail, tuple(got))))
    reply = _went_on(state, tuple(got), FLOWS[talk.flow], here)
    return replace(reply, effects=(Send(T("Jawaban Anda sudah diubah.")), *reply.effects))


def _dependents(key: str) -> tuple[str, ...]:
    from handlers.summary import SLOTS  # noqa: PLC0415

    return next((slot.also for slot in SLOTS if slot.key == key), ())


# --- files and places -------------------------------------------------------------------------------------------


def _media(state: State, event: MediaReceived, here: Here) -> Reply:
    """A file is evidence at any moment; as the very first message it opens a draft. An album is one answer."""
    if here.turn.staff is not None and state.talk is None:
        return say(state, T("Di sini berkas belum dapat ditambahkan. Ketik /bantuan untuk daftar perintah."))
    if state.talk is None and state.cases:
        item = with_file(event, Scene({"story": ""}, here.turn, here.book))["evidence"]
        state = replace(state, talk=Talk("more", {"evidence": item, "text": event.caption}))
        return Reply(state, (KeepMedia(event.media),), again=True)
    opening: tuple[Effect, ...] = ()
    if state.talk is None:
        begun = citizen.begin(state, here)
        state, opening = begun.state, begun.effects
    talk = state.talk
    assert talk is not None, "opened above"
    if talk.flow not in {"report", "jawab", "more"}:
        return say(state, T("Untuk pertanyaan ini, mohon dijawab dengan tulisan."), again=True)
    return _file_taken(state, talk, event, here, opening)


def _file_taken(state: State, talk: Talk, event: MediaReceived, here: Here, opening: tuple[Effect, ...]) -> Reply:
    had = talk.answers.get("evidence", [])
    if len(had) >= MOST_EVIDENCE:
        return say(
            state,
            T("Sudah sepuluh bukti; yang ini tidak disimpan. Bila perlu ditukar, ketik /ubah."),
            again=True,
        )
    got = with_file(event, Scene(talk.answers, here.turn, here.book))
    fresh = tuple(key for key in got if key not in talk.answers)
    talk = replace(talk, answers={**talk.answers, **got}, trail=(*talk.trail, fresh) if fresh else talk.trail)
    again = not (event.media.group and any(item.get("group") == event.media.group for item in had))
    state, coached = _coach(replace(state, talk=talk), event)
    count = len(got["evidence"])
    told = Send(
        T("Bukti tersimpan di draf: {count}.", count=count),
        card=f"bukti:{event.media.group or event.media.id}",
    )
    effects = (*opening, KeepMedia(event.media), told, *coached)
    if not again:
        return Reply(state, effects)
    if talk.flow != "report":
        return Reply(state, effects, again=True)
    reply = _went_on(state, fresh, FLOWS["report"], here)
    return replace(reply, effects=(*effects, *reply.effects))


def _coach(state: State, event: MediaReceived) -> tuple[State, tuple[Effect, ...]]:
    """Once: a photo sent as a file keeps the place and time that the camera wrote into it."""
    if event.media.kind != "photo" or "coach" in state.said or not event.media.source:
        return state, ()
    tip = T(
        "Saran: bila foto aslinya masih ada, kirim juga sebagai berkas (File/Dokumen). Aplikasi ini menghapus "
        "keterangan waktu dan tempat dari foto biasa; dari berkas tidak. Tidak wajib."
    )
    return replace(state, said=(*state.said, "coach")), (Send(tip),)


def _too_big(state: State, here: Here) -> Reply:
    if here.book.uploads:
        return Reply(state, (OfferUpload(),))
    return say(
        state,
        T("Berkas itu terlalu besar. Mohon kirim yang lebih kecil, atau tautannya."),
        again=state.talk is not None,
    )


def _location(state: State, event: LocationShared, here: Here) -> Reply:
    """A place answers the place question at any time; as the very first message it opens a draft."""
    opening: tuple[Effect, ...] = ()
    if state.talk is None:
        if here.turn.staff is not None:
            return _officer_idle(state, here)
        begun = citizen.begin(state, here)
        state, opening = begun.state, begun.effects
    talk = state.talk
    assert talk is not None, "opened above"
    flow = FLOWS[talk.flow]
    ask = flow.ask("place_said")
    if ask is None:
        return say(state, T("Untuk pertanyaan ini, mohon dijawab dengan tulisan."), again=True)
    bare = talk.without(("place_said", *_dependents("place_said")))
    got = ask.read(event, Scene(bare.answers, here.turn, here.book))
    talk = replace(bare, answers={**bare.answers, **got}, trail=(*bare.trail, tuple(got)))
    return Reply(replace(state, talk=talk), (*opening, Send(T("Lokasi dicatat sebagai tempat kejadian."))), again=True)


def _unsupported(state: State, here: Here) -> Reply:
    if not here.turn.private:
        return Reply(state)
    text = T(
        "Yang itu belum dapat kami terima. Kirim tulisan, foto, video, rekaman suara, dokumen, tautan, atau lokasi."
    )
    return say(state, text, again=state.talk is not None)


def _member(state: State, event: MemberSeen, here: Here) -> Reply:
    """Somebody in the office's group is no officer: the koordinator is told, once for each."""
    mark = f"anggota:{event.address}"
    colleague = here.turn.staff is not None and sees(here.turn.staff, here.turn.group_office)
    if colleague or not here.turn.group_office or mark in state.said:
        return Reply(state)
    text = T(
        "Di grup {office} ada anggota yang bukan petugas terdaftar. Mohon diperiksa.",
        office=here.turn.group_office,
    )
    state = replace(state, said=(*state.said, mark))
    return Reply(state, (Send(text, to=To("koordinator", here.turn.group_office)),))
