"""Files and places: evidence comes at any moment, a place answers the place question from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import citizen
from handlers.answers import MOST_EVIDENCE, with_file, with_place
from handlers.changing import dependents
from handlers.closing import FLOWS
from handlers.effects import Effect, KeepMedia, OfferUpload, Send, T
from handlers.flow import Scene
from handlers.frozen import replace
from handlers.going_on import went_on
from handlers.reply import Here, Reply, say

if TYPE_CHECKING:
    from handlers.events import LocationShared, MediaReceived, PhotoPlaced
    from handlers.state import State, Talk

IN_WORDS = T("Untuk pertanyaan ini, mohon dijawab dengan tulisan.")


def media(state: State, event: MediaReceived, here: Here) -> Reply:
    """A file is evidence; as the very first message it opens a draft. An album is one answer."""
    if here.turn.staff is not None and state.talk is None:
        return say(state, T("Di sini berkas belum dapat ditambahkan. Ketik /bantuan untuk daftar perintah."))
    opening: tuple[Effect, ...] = ()
    if state.talk is None and state.cases:
        opened = citizen.more(state, {"text": event.caption}, here)
        state, opening = opened.state, opened.effects
    elif state.talk is None:
        begun = citizen.begin(state, here)
        state, opening = begun.state, begun.effects
    talk = state.talk
    assert talk is not None, "opened above"
    if talk.flow not in {"report", "jawab", "more", "lengkapi"}:
        return say(state, IN_WORDS, again=True)
    reply = _file_taken(state, talk, event, here)
    return replace(reply, effects=(*opening, *reply.effects))


def _file_taken(state: State, talk: Talk, event: MediaReceived, here: Here) -> Reply:
    had = talk.answers.get("evidence", [])
    again = not (event.media.group and any(item.get("group") == event.media.group for item in had))
    if len(had) >= MOST_EVIDENCE:
        full = T("Sudah sepuluh bukti; yang lebih tidak disimpan. Bila perlu ditukar, ketik /ubah.")
        return Reply(state, (Send(full, card=f"penuh:{event.media.group or event.media.id}"),), again=again)
    answers = talk.answers if talk.flow == "report" else {"story": "", **talk.answers}
    got = with_file(event, Scene(answers, here.turn, here.book))
    fresh = tuple(key for key in got if key not in talk.answers)
    talk = replace(talk, answers={**talk.answers, **got}, trail=(*talk.trail, fresh) if fresh else talk.trail)
    state, coached = _coach(replace(state, talk=talk), event)
    effects = (KeepMedia(event.media), _counted(talk, event), *coached)
    if not again:
        return Reply(state, effects)
    if talk.flow != "report":
        return Reply(state, effects, again=True)
    reply = went_on(state, fresh, FLOWS["report"], here)
    return replace(reply, effects=(*effects, *reply.effects))


def _counted(talk: Talk, event: MediaReceived) -> Send:
    """One line that counts on while an album comes in."""
    count = len(talk.answers["evidence"])
    told = T("Bukti tersimpan di draf: {count}.", count=count)
    if talk.flow != "report":
        told = T("Berkas diterima: {count}.", count=count)
    return Send(told, card=f"bukti:{event.media.group or event.media.id}")


def _coach(state: State, event: MediaReceived) -> tuple[State, tuple[Effect, ...]]:
    """Once: a photo sent as a file keeps the place and time that the camera wrote into it."""
    whole = bool(event.media.name)  # only a file has a name
    if event.media.kind != "photo" or whole or "coach" in state.said or not event.media.source.get("file_id"):
        return state, ()
    tip = T(
        "Saran: bila foto aslinya masih ada, kirim juga sebagai berkas (File/Dokumen). Aplikasi ini menghapus "
        "keterangan waktu dan tempat dari foto biasa; dari berkas tidak. Tidak wajib."
    )
    return replace(state, said=(*state.said, "coach")), (Send(tip),)


def photo_placed(state: State, event: PhotoPlaced) -> Reply:
    """A photo's own file says where it was taken: kept beside the photo; asked about only where no place is known."""
    state = replace(
        state,
        talk=_placed(state.talk, event),
        paused=_placed(state.paused, event),
        dropped=_placed(state.dropped, event),
    )
    following = FLOWS[state.talk.flow].open(state.talk.answers) if state.talk else None
    new_question = bool(state.asked) and following is not None and following.key != state.asked
    return Reply(state, again=new_question)


def _placed(talk: Talk | None, event: PhotoPlaced) -> Talk | None:
    if talk is None or not any(item.get("id") == event.id for item in talk.answers.get("evidence", ())):
        return talk
    return replace(talk, answers={**talk.answers, "evidence": with_place(talk.answers["evidence"], event)})


def too_big(state: State, here: Here) -> Reply:
    """The channel cannot hand it over: a page of ours can, or a smaller one is asked for."""
    if here.book.uploads:
        return Reply(state, (OfferUpload(),))
    return say(
        state,
        T("Berkas itu terlalu besar. Mohon kirim yang lebih kecil, atau tautannya."),
        again=state.talk is not None,
    )


def location(state: State, event: LocationShared, here: Here) -> Reply:
    """A place answers the place question at any time; as the very first message it opens a draft."""
    opening: tuple[Effect, ...] = ()
    if state.talk is None:
        begun = citizen.begin(state, here)
        state, opening = begun.state, begun.effects
    talk = state.talk
    assert talk is not None, "opened above"
    ask = FLOWS[talk.flow].ask("place_said")
    if ask is None:
        return say(state, IN_WORDS, again=True)
    bare = talk.without(("place_said", *dependents(talk, "place_said")))
    got = ask.read(event, Scene(bare.answers, here.turn, here.book))
    talk = replace(bare, answers={**bare.answers, **got}, trail=(*bare.trail, tuple(got)))
    following = FLOWS[talk.flow].open(talk.answers)
    shown_next = following is not None and following.house  # where it is comes back at once, with a picture
    got_it = () if shown_next else (Send(T("Lokasi diterima.")),)
    return Reply(replace(state, talk=talk), (*opening, *got_it), again=True)
