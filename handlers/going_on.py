"""What becomes of an answer: it is kept or asked again; then reminders, the first look, the end of the talk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from handlers import citizen
from handlers.changing import reopened, settle
from handlers.closing import FLOWS, declined, finished
from handlers.desk import OLD_BUTTON
from handlers.effects import Effect, Send, T
from handlers.events import TextReceived
from handlers.flow import Ask, Flow, Misread, Scene, read
from handlers.frozen import replace
from handlers.hints import confirmed_by_photo
from handlers.places import heard
from handlers.reminders import reminder
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.summary import first_look

if TYPE_CHECKING:
    from handlers.events import Event, TextEdited
    from handlers.state import State, Talk

MOVES_REMINDER = frozenset({"known", "happened", "place"})


def answer(state: State, event: Event, here: Here) -> Reply:
    """An answer to the open question; one that is none gets its hint and the question again."""
    talk = state.talk
    if talk is None:
        return Reply(state)
    flow = FLOWS[talk.flow]
    try:
        after, keys = read(flow, state, event, Scene(talk.answers, here.turn, here.book))
    except Misread as misread:
        return _misread(state, talk, misread)
    return went_on(replace(state, talk=after), keys, flow, here)


def _misread(state: State, talk: Talk, misread: Misread) -> Reply:
    bare = talk.without(misread.forget)
    state = replace(state, talk=replace(bare, answers={**bare.answers, **misread.keep}))
    hint = (Send(misread.hint),) if misread.hint else ()
    return Reply(state, hint, again=True)


def nobodys_button(state: State, here: Here) -> Reply:
    """Too old, used up, somebody else's, or never ours: nothing is done, and the way on is named."""
    if here.turn.staff is not None:
        return say(state, OLD_BUTTON)
    if not here.turn.private:
        return say(state, IN_PRIVATE)
    return say(state, T("Tombol itu milik percakapan yang sudah selesai. Ketik /lapor untuk memulai yang baru."))


def held_story(state: State, event: TextReceived, here: Here) -> Reply:
    """The first message is kept as the story while consent is asked; it is erased if consent is not given."""
    begun = citizen.begin(state, here)
    talk, flow = begun.state.talk, FLOWS["report"]
    assert talk is not None, "begin() opens one"
    try:
        got = _story(event, Scene(talk.answers, here.turn, here.book))
    except Misread:
        return begun
    sources = {event.ref: "story"} if event.ref else {}
    state = replace(
        begun.state, talk=replace(talk, answers={**talk.answers, **got}, trail=(tuple(got),), sources=sources)
    )
    if "consent" not in talk.answers:
        return replace(begun, state=state, effects=(*begun.effects, reminder({**talk.answers, **got}, here)))
    reply = went_on(state, tuple(got), flow, here)  # consent was given before: go straight on
    return replace(reply, effects=(*begun.effects, *reply.effects))


def _story(event: TextReceived, scene: Scene) -> dict[str, object]:
    ask = FLOWS["report"].ask("story")
    assert ask is not None, "the report has a story"
    return ask.read(event, scene)


def went_on(state: State, keys: tuple[str, ...], flow: Flow, here: Here) -> Reply:
    """After an answer: keep consent, set reminders, give the first look, and close what has ended."""
    talk = state.talk
    assert talk is not None, "an answer belongs to a talk"
    effects: list[Effect] = []
    if "consent" in keys:
        if talk.answers.get("declined"):
            return declined(state)
        state = replace(state, consent={"version": talk.answers["consent"], "at": talk.answers["consent_at"]})
        talk = replace(talk, trail=tuple(turn for turn in talk.trail if "consent" not in turn))
        state = replace(state, talk=talk)  # consent is given once: /kembali goes past it
    if talk.flow == "report" and MOVES_REMINDER & set(keys):
        effects.append(reminder(talk.answers, here))
    if "place_found" in keys and not confirmed_by_photo(talk.answers):
        asked = flow.open(talk.answers)
        effects.extend(heard(talk.answers, last=asked is not None and asked.key == "review"))
    opened = flow.open(talk.answers)
    if opened is None or talk.answers.get("pilkades") == "ya":
        return finished(state, here)
    state, looked = _first_look(state, opened, here)
    return Reply(state, (*effects, *looked), again=True)


def _first_look(state: State, opened: Ask, here: Here) -> tuple[State, list[Effect]]:
    """Once for each story, when consent is there and the house has looked for the place.

    A story that is changed while the summary is on the screen is seen there.
    """
    talk = state.talk
    assert talk is not None, "asked by went_on"
    if talk.flow != "report" or not (opened.optional or opened.key == "review"):
        return state, []
    mark = crc32(talk.answers["story"].encode("utf-8", "replace"))
    if talk.answers.get("looked") == mark:
        return state, []
    talk = replace(talk, answers={**talk.answers, "looked": mark})
    shown = [first_look(Scene(talk.answers, here.turn, here.book))] if opened.optional else []
    return replace(state, talk=talk), list(shown)


def edited(state: State, event: TextEdited, here: Here) -> Reply:
    """An edited message corrects the answer which it gave; after sending there is /koreksi."""
    talk = state.talk
    key = talk.sources.get(event.ref) if talk else None
    if talk is None or key is None or key not in talk.answers:
        sent = T("Yang sudah dikirim tidak berubah oleh suntingan. Untuk membetulkannya, ketik /koreksi.")
        return say(state, sent) if state.cases and talk is None else Reply(state)
    flow = FLOWS[talk.flow]
    ask = flow.ask(key)
    if ask is None or key == "consent":  # an addition's words, or a yes that was said: not taken back by an edit
        return Reply(state)
    bare, text = reopened(talk, key), _whole(talk, key, event)
    try:
        got = ask.read(TextReceived(text, event.ref), Scene(bare.answers, here.turn, here.book))
    except Misread as misread:
        return say(state, misread.hint, again=True)
    talk = replace(bare, answers={**bare.answers, **got}, trail=(*bare.trail, tuple(got)))
    reply = went_on(replace(state, talk=settle(talk)), tuple(got), flow, here)
    return replace(reply, effects=(Send(T("Jawaban Anda sudah diubah.")), *reply.effects))


def _whole(talk: Talk, key: str, event: TextEdited) -> str:
    """The new words in their place, where a story was told in several messages."""
    refs = [ref for ref, answered in talk.sources.items() if answered == key]
    parts = talk.answers[key].split("\n") if len(refs) > 1 else []
    if len(parts) != len(refs):
        return event.text
    parts[refs.index(event.ref)] = event.text
    return "\n".join(parts)
