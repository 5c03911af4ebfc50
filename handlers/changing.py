"""One answer given anew: which can be, what goes with it, and what it makes untrue of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import Send, T
from handlers.flow import Ask, Misread, Scene
from handlers.frozen import replace
from handlers.questions import Choice, options, picked
from handlers.summary import PELAPOR, SLOTS, Slot

if TYPE_CHECKING:
    from handlers.events import Event
    from handlers.state import Answers, Talk


def changeable(answers: Answers) -> tuple[Slot, ...]:
    """The slots that have an answer, in their order."""
    return tuple(slot for slot in SLOTS if slot.key in answers or (slot.key == "place_said" and "place" in answers))


def change(key: str) -> Ask:
    """Which answer? Open only while the person has asked to change one (/ubah, or the summary's button)."""

    def choices(answers: Answers) -> tuple[Choice, ...]:
        found = tuple(Choice(slot.key, slot.label) for slot in changeable(answers))
        return (*found, Choice("batal", T("Tidak jadi"), ("batal", "tidak")))

    def put(scene: Scene) -> Send:
        return Send(T("Jawaban mana yang ingin Anda ubah?"), options(*choices(scene.answers)))

    def read(event: Event, scene: Scene) -> Answers:
        value = picked(event, choices(scene.answers), scene)
        if value is None:
            raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
        return {key: value}

    return Ask(key, put, read, lambda answers: bool(answers.get("ubah")))


KEYS = {slot.key: slot.also for slot in SLOTS}
# What a story may say by itself.
GUESSES = frozenset({"kind", "happened", "happened_words", "happened_time", "ongoing", "known"})


def dependents(talk: Talk, key: str) -> tuple[str, ...]:
    """What goes with an answer when it is given anew; with the story, also all that was read out of it."""
    also = KEYS.get(key, ())
    if key != "story":
        return also
    guessed = next((turn for turn in talk.trail if "story" in turn), ())
    place = KEYS["place_said"] if talk.answers.get("story_place") else ("story_place",)
    return (*also, *(name for name in guessed if name in GUESSES), *place)


def reopened(talk: Talk, key: str) -> Talk:
    """The same talk with an answer open again. What a story said by itself stays where the next says nothing of it."""
    keys = (key, *dependents(talk, key))
    bare = talk.without(keys)
    if key != "story":
        return bare
    before = {each: talk.answers[each] for each in keys[1:] if each in talk.answers}
    return replace(bare, answers={**bare.answers, "before": before})


def settle(talk: Talk) -> Talk:
    """Carry out a wish to change an answer: open its keys again, and remember what stood there."""
    wish = talk.answers.get("ubah_apa")
    if wish is None:
        return _consistent(talk)
    talk = talk.without(("ubah", "ubah_apa", "review"))
    if wish not in KEYS:
        return talk
    was = {key: talk.answers[key] for key in (wish, *dependents(talk, wish)) if key in talk.answers}
    talk = replace(reopened(talk, wish), replaced=was)
    talk = replace(talk, answers={**talk.answers, "first": wish})  # asked before whatever else is open
    if wish == "place_said":  # the story named a place, which is not to be read out of it again
        asked = {"story_place": False, "place_photo": talk.answers.get("place_photo", "bukan")}  # nor out of a photo
        talk = replace(talk, answers={**talk.answers, **asked})
    return talk


def _consistent(talk: Talk) -> Talk:
    """What an answer makes untrue of earlier ones goes: a name after "anonim", a day known before it happened."""
    if talk.answers.get("first") in talk.answers:
        talk = talk.without(("first",))
    answers = talk.answers
    read = "story" in answers and not {"story_place", "place"}.isdisjoint(answers)
    if "before" in answers and read:  # the new story, by us and by the map
        talk = talk.without(("before",))
    if answers.get("identity") == "anonim":
        talk = replace(talk.without(PELAPOR), replaced={k: v for k, v in talk.replaced.items() if k not in PELAPOR})
    if answers.get("place_again"):  # said anew in words: nothing of what was said before stays
        talk = talk.without(("place_again", "place_found", "place_options", "place_trace", "place_point"))
    if answers.get("known") and answers.get("happened") and answers["known"] < answers["happened"]:
        talk = talk.without(("known",))
    if answers.get("review") == "kirim" and talk.replaced:  # an answer that was to be changed, and was not
        talk = replace(talk, answers={**talk.replaced, **talk.answers}, replaced={})
    return talk
