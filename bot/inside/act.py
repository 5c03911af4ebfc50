"""One event being carried out: who speaks, in which conversation, in which transaction, with which means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.inside.render import asks, body
from bot.inside.sight import apart, may_open, officer, silenced
from handlers.cards import in_its_topic
from handlers.conversation import step
from handlers.triage import DECIDE, above, handles, is_near
from handlers.turn import Turn
from handlers.typed_buttons import overlaid
from locales import voice
from storage import cases, offices, outbox
from storage.cases import stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.book import Book
    from handlers.effects import Effect, Send, To
    from handlers.events import Event
    from sealing.keys import KeyRing
    from storage.cases import Case
    from storage.conversations import Conversation
    from storage.offices import Officer
    from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Means:
    """What the house works with; made once, by the composition root."""

    keys: KeyRing
    book: Book
    public_url: str = ""
    random_code: Callable[[int], str] = lambda _: ""  # so many random characters of codes.ALPHABET


@dataclass(frozen=True, slots=True)
class Act:
    """An event in hand. `chat` is where it is answered; `mind` holds the state (in a group: the person's own)."""

    means: Means
    work: UnitOfWork
    chat: Conversation
    mind: Conversation
    turn: Turn
    perform: Callable[[Act, Effect], list[Event]]
    address_key: str = ""  # the speaker's token as an officer
    thread: str = ""  # the topic of `chat` in which it was said, by the platform's id: what answers it goes there

    def permitted(self, ticket: str) -> Case | None:
        """The case, if it exists and this officer may see it here; None for all refusals alike."""
        case = cases.by_ticket(self.work.writing(), self.means.keys, ticket) if self.turn.staff else None
        return case if case and self.sees(case) else None

    def sees(self, case: Case) -> bool:
        """May the speaker see it, where it is spoken?"""
        if self.turn.staff is None or not handles(self.turn.staff, case):
            return False
        return self.turn.private or not silenced(self.work.reading, case)

    @property
    def now(self) -> int:
        """The event's time as it is stored."""
        return stamp(self.turn.at)


def run(act: Act, event: Event) -> None:
    """Step, carry out all that is asked for, then step again with what the house answers; in one transaction."""
    state, effects = step(act.mind.state, event, act.turn, act.means.book)
    if state is not act.mind.state:
        act.work.menus |= state.language != act.mind.state.language and act.turn.staff is not None
        act.mind.state = state
        act.mind.dirty = True
    for answer in [answer for effect in effects for answer in act.perform(act, effect)]:
        run(act, answer)


def deliver(act: Act, to: int, event: Event) -> None:
    """An event for another conversation; it steps there as if it had come in by the door."""
    other = act.work.by_id(to)
    if other.gone:
        return
    turn = Turn(act.turn.at, private=other.private, channel=other.channel, voice=voice(other.state.language))
    run(replace(act, chat=other, mind=other, turn=turn, address_key="", thread=""), event)


def answer(act: Act, send: Send) -> None:
    """Say it where it was asked, in the same topic. A card has a topic of its own: then it is told here where it is."""
    say(act, act.chat, send, act.thread, answers=True)
    if not (send.anew and send.topic and act.chat.forum):
        return
    its_own = outbox.thread_of(act.work.reading, act.chat.id, send.topic)
    if its_own not in {"", act.thread}:
        say(act, act.chat, in_its_topic(send.topic), act.thread, answers=True)


def say(act: Act, to: Conversation, send: Send, thread: str = "", *, answers: bool = False) -> None:
    """Put a sentence into a conversation's outbox, in its language; what is asked in a group is asked of one.

    Unless it `answers` who speaks, it is news there, below the buttons that stood last: their words press them no more.
    """
    made = body(send, voice(to.state.language)) | ({"thread": thread} if thread else {})
    if to is act.chat is not act.mind and asks(send):
        made["of"] = act.mind.id
    act.work.say(to, made, send.card, send.draft)
    stood = send.card and outbox.stands(act.work.reading, to.id, send.card)
    if send.card and not stood:
        outbox.open_card(act.work.writing(), to.id, send.card)
    if not answers and (send.anew or not stood):  # else it is drawn where it stands
        to.state = overlaid(to.state)


def audience(
    act: Act, code: str, case: Case | None = None, *, duty: bool = False, role: str = "", place: bool = False
) -> list[Conversation]:
    """Where an office hears us (storage.offices.hearing); those on duty, or of a role, in their own chats.

    Of a case only who may see it, and nobody aloud where somebody is kept out of it; with `place` an office that has
    not the case hears of it, but not who is kept out, nor who sees another kecamatan.
    """
    conn, keys = act.work.reading, act.means.keys

    def able(one: Officer) -> bool:
        if case is None:
            return True
        return one.id not in case.barred and is_near(officer(one), case) if place else may_open(one, case)

    if not (duty or role):
        aloud = case is None or not (silenced(conn, case) or (place and case.barred))
        heard = offices.hearing(conn, keys, code, act.work.is_gone, able, aloud=aloud)
        return [act.work.by_id(chat) for chat in heard]
    people = [one for one in offices.of_office(conn, keys, code) if one.role != "auditor" and able(one)]
    chosen = [one for one in people if (one.duty or not duty) and (one.role == role or not role)]
    private = offices.chats(conn, [one.id for one in (chosen or people)])
    return [act.work.by_id(chat) for _, chat, _ in private]


def speak_to(act: Act, send: Send) -> list[Conversation]:
    """The conversations that a Send is meant for."""
    match send.to.kind:
        case "office":
            return audience(act, send.to.who)
        case "duty":
            return audience(act, send.to.who, duty=True)
        case "second":
            return _second(act, send.to)
        case "koordinator":
            return audience(act, send.to.who, role="koordinator")
        case "staff":
            return _one(act, send.to)
        case _:
            return [act.chat]


def _one(act: Act, to: To) -> list[Conversation]:
    """One officer, in every chat of theirs; of a case nothing, if they are kept out of it, or see another kecamatan."""
    conn, keys, number = act.work.reading, act.means.keys, int(to.who)
    if case := cases.by_ticket(act.work.writing(), keys, to.about) if to.about else None:
        person = offices.officer(conn, keys, number)
        near = person and (is_near(officer(person), case) or case.holder == number)
        if not near or number in case.barred:
            return []
    return [act.work.by_id(chat) for _, chat, _ in offices.chats(conn, [number])]


def _second(act: Act, to: To) -> list[Conversation]:
    """Who may confirm what the speaker proposed: others of the office, or of the nearest above it that has any."""
    assert act.turn.staff is not None, "only officers propose"
    conn, keys, code = act.work.reading, act.means.keys, to.who
    case = cases.by_ticket(act.work.writing(), keys, to.about)
    assert case is not None, "of a case alone a second person is asked so"
    while code:
        able = [one.id for one in offices.of_office(conn, keys, code) if one.role in DECIDE and may_open(one, case)]
        if others := apart(act, act.turn.staff.id, able):
            return [act.work.by_id(chat) for _, chat, _ in offices.chats(conn, others)]
        code = above(code)
    return []
