"""One event being carried out: who speaks, in which conversation, in which transaction, with which means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.inside.render import asks, body
from handlers.conversation import step
from handlers.triage import DECIDE, above
from handlers.turn import Staff, Turn
from locales import voice
from place.areas import office_name
from storage import offices, outbox
from storage.cases import stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.book import Book
    from handlers.effects import Effect, Send
    from handlers.events import Event
    from sealing.keys import KeyRing
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
    run(replace(act, chat=other, mind=other, turn=turn, address_key=""), event)


def say(act: Act, to: Conversation, send: Send) -> None:
    """Put a sentence into a conversation's outbox, in its language; what is asked in a group is asked of one."""
    made = body(send, voice(to.state.language))
    if to is act.chat is not act.mind and asks(send):
        made["of"] = act.mind.id
    act.work.say(to, made, send.card, send.draft)
    if send.card and not outbox.stands(act.work.reading, to.id, send.card):
        outbox.place_card(act.work.writing(), to.id, send.card, "")


def officer(found: Officer) -> Staff:
    """An officer as the core knows them."""
    return Staff(found.id, found.name, found.office, office_name(found.office), found.role)


def audience(act: Act, code: str, *, duty: bool = False, role: str = "") -> list[Conversation]:
    """Where an office hears us (storage.offices.hearing); those on duty, or of a role, in their own chats."""
    conn, keys = act.work.reading, act.means.keys
    if not (duty or role):
        return [act.work.by_id(chat) for chat in offices.hearing(conn, keys, code, act.work.is_gone)]
    people = [one for one in offices.of_office(conn, keys, code) if one.role != "auditor"]
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
            return _second(act, send.to.who)
        case "koordinator":
            return audience(act, send.to.who, role="koordinator")
        case "staff":
            return [act.work.by_id(chat) for _, chat, _ in offices.chats(act.work.reading, [int(send.to.who)])]
        case _:
            return [act.chat]


def _second(act: Act, code: str) -> list[Conversation]:
    """Who may confirm what the speaker proposed: others of the office, or of the nearest above it that has any."""
    assert act.turn.staff is not None, "only officers propose"
    conn = act.work.reading
    while code:
        able = [one for one in offices.of_office(conn, act.means.keys, code) if one.role in DECIDE]
        if others := [one.id for one in able if one.id != act.turn.staff.id]:
            return [act.work.by_id(chat) for _, chat, _ in offices.chats(conn, others)]
        code = above(code)
    return []
