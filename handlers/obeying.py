"""A command, as it was typed or pressed, is obeyed, or it is kindly said why not."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from handlers import citizen, desk, done, happenings, joins, offers, steps, templates
from handlers.asking import ASKED, SHORT, Halfway, asking, left_open, the_rest
from handlers.codes import leading_ticket
from handlers.commands import BY_NAME, EVERYWHERE, PLAIN, listed
from handlers.effects import LoadCase, Option, Send, T
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.life import MOVES
from handlers.questions import LONGEST
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.template_flow import flow as template_flow
from handlers.triage import concerns, may_write
from handlers.typed_buttons import LIFE, over

if TYPE_CHECKING:
    from handlers.command import Command
    from handlers.events import CaseLoaded
    from handlers.state import State, Talk
    from handlers.view import CaseView

LONGEST_REV = 10  # digits
NEAR = 0.75  # how much alike two names of commands are
ANSWERS = frozenset({"setuju", "bantah"})  # to what is proposed
BARE: frozenset[str] = frozenset({"batal", "kembali", "bantuan", "ubah", "status", "help"})


@dataclass(frozen=True, slots=True)
class Given:
    """A command as it was typed or pressed; `rev` is the card's, or the draft's, where a button carried one."""

    name: str
    words: str
    rev: int = -1


def parse(text: str, *, typed: bool = False) -> Given | None:
    """What was commanded, or None for other talk. "/AMBIL@jaga_bot JN-..." and a bare "batal" count.

    What a button carries may end in " @" and a revision; behind other `typed` words that is an account, or a year.
    """
    text = text.strip()
    if text.casefold() in BARE:
        return Given(text.casefold(), "")
    if not text.startswith("/") or text.startswith("//"):
        return None
    first, _, rest = text[1:].partition(" ")
    rev = -1
    head, at, tail = f" {rest}".rpartition(" @")
    alone = not typed or not leading_ticket(head)[1]
    if at and alone and tail.isdecimal() and len(tail) < LONGEST_REV:
        rest, rev = head, int(tail)
    return Given(first.partition("@")[0].casefold(), rest.strip(), rev)


def obey(state: State, given: Given, here: Here) -> Reply:
    """Carry a command out, or say kindly why not. Not permitted is said like not existing."""
    if len(given.words) > LONGEST:
        return say(state, T("Pesan itu terlalu panjang. Mohon diringkas sampai {most} huruf.", most=LONGEST))
    command = BY_NAME.get(given.name)
    if command and not _permits(command, here):
        command = PLAIN.get(given.name)
    if command is None:
        return _unknown(state, given, here)
    if not (here.turn.private or _answers_here(state, command)):
        return say(state, IN_PRIVATE)
    if not command.roles and 0 <= given.rev != state.draft:
        return citizen.outdated(state)
    if command.roles and state.talk and state.talk.flow == ASKED:
        left = _left(state.talk, command, given, here)
        state = replace(state, talk=state.paused, paused=None, asked="")  # what is typed next is for this one
        reply = _carried_out(state, command, given, here)
        return replace(reply, effects=(*left, *reply.effects))
    return _carried_out(state, command, given, here)


def _carried_out(state: State, command: Command, given: Given, here: Here) -> Reply:
    if command.run is not None and not (command.on_case and _names_case(given, here)):
        return command.run(state, given.words, here)
    return _about_case(state, command, given, here)


def _left(talk: Talk, command: Command, given: Given, here: Here) -> tuple[Send, ...]:
    """What the command leaves open; nothing where it ends that itself, or where that is no longer theirs to do."""
    ticket = leading_ticket(given.words)[0] or here.turn.ticket
    names = {command.name, talk.answers["command"]}
    ended = ticket == talk.answers["ticket"] and (len(names) == 1 or names == ANSWERS)
    return () if ended or not _may_end(talk, here) else (left_open(talk),)


UNKNOWN = T("Perintah itu tidak dikenal. Ketik /bantuan untuk melihat daftarnya.")


def _unknown(state: State, given: Given, here: Here) -> Reply:
    """Not known, or not theirs; where it is nearly one of their own, that is offered."""
    again = state.talk is not None
    mine = {one.name: one for one in listed(here.turn.staff.role if here.turn.staff else "")}
    slip = here.turn.private and given.name not in BY_NAME  # another role's is no slip of the finger
    near = get_close_matches(given.name, mine, 1, NEAR) if slip else []
    if not near:
        return say(state, UNKNOWN, again=again)
    words = given.words if here.turn.staff and len(given.words) <= SHORT else ""  # a citizen's may be the secret code
    text = T("Perintah /{said} tidak dikenal. Maksud Anda /{name}?", said=given.name, name=near[0])
    meant = f"/{near[0]}"  # a command is a name, the same in every language
    return say(state, text, Option(meant, f"{meant} {words}".strip()), again=again)


def named(state: State, text: str, here: Here) -> Given | None:
    """A ticket alone, of an officer: the case that a command waits for, else the one whose card is to be opened."""
    ticket, more = leading_ticket(text)
    if not ticket or more or here.turn.staff is None or state.talk is not None or not here.turn.private:
        return None
    waits = state.unnamed if state.unnamed_until and not over(state.unnamed_until, here.turn.at) else ""
    name, _, words = (waits or "kasus ").partition(" ")
    return Given(name, f"{ticket} {words}".strip())


def _permits(command: Command, here: Here) -> bool:
    """Is it for everyone, or for the role that this person has now?"""
    return not command.roles or (here.turn.staff is not None and here.turn.staff.role in command.roles)


def overtaken(state: State, here: Here) -> Reply | None:
    """A command waits for its words, and whoever began it is no longer who may: it is as if it had not been begun."""
    if state.talk is None or _may_end(state.talk, here):
        return None
    return say(replace(state, talk=None, asked=""), UNKNOWN)


def _may_end(talk: Talk, here: Here) -> bool:
    if talk.flow == template_flow.name:
        return here.turn.staff is not None and may_write(here.turn.staff)
    return talk.flow != ASKED or _permits(BY_NAME[talk.answers["command"]], here)


def _names_case(given: Given, here: Here) -> bool:
    return given.words.upper().startswith("JN") or bool(here.turn.ticket)


def _answers_here(state: State, command: Command) -> bool:
    """Is it obeyed in a group: officers' work, help, and to take back a question that was asked there."""
    if command.roles:
        return not command.private
    return command.name in EVERYWHERE or (command.name == "batal" and state.talk is not None)


def _about_case(state: State, command: Command, given: Given, here: Here) -> Reply:
    ticket, rest = leading_ticket(given.words)
    if not ticket and here.turn.ticket:
        ticket, rest = here.turn.ticket, given.words
    if not ticket and given.words.upper().startswith("JN"):
        return say(state, T("Nomor tiket itu keliru; mohon diperiksa lagi huruf dan angkanya."))
    if not ticket:
        ask = T("Kasus yang mana? Tulis nomor tiketnya, misalnya: /{name} JN-XXXX-XXXX", name=command.name)
        return say(_unnamed(state, command, given, here), ask)
    return Reply(state, (LoadCase(ticket, command.name, rest, given.rev),))


def _unnamed(state: State, command: Command, given: Given, here: Here) -> State:
    """The command waits for its ticket, as long as a button that is typed."""
    if command.name in ANSWERS:  # what is proposed is looked at first: its card is opened
        return state
    until = (here.turn.at + LIFE).isoformat()
    return replace(state, unnamed=f"{command.name} {given.words}", unnamed_until=until)


NOT_IN_GROUP = T("Kasus itu tidak ada di grup ini. Untuk kasus kantor lain, mohon kirim pesan langsung kepada bot.")


def on_case(state: State, event: CaseLoaded, here: Here) -> Reply:
    """The case came: obey the command that waited for it."""
    command = BY_NAME[event.command]
    case, words = event.case, event.words
    if not here.turn.private and not (case and concerns(here.turn.group_office, case)):
        return say(state, NOT_IN_GROUP)  # who reads along is not that office's, and learns of no ticket whose it is
    if case is None or command.on_case is None or not _permits(command, here):  # a role may go while words are awaited
        return say(state, T("Kasus itu tidak ada di antrean Anda."))
    read = joins.read_by if here.turn.private else joins.seen_by
    case = joins.as_guest(case) if offers.is_guest(here.officer, case) else read(case, here.officer)
    if 0 <= event.rev != case.rev:
        return _stale(state, case, event.rev, here)
    if why_not := offers.guest_refused(command.name, case, here):
        return say(state, why_not)
    if command.name in MOVES and (why_not := steps.refused(command.name, case, here.officer)):
        return Reply(state, (steps.refusal(command.name, why_not, case, here),))
    reply = _obeyed(state, command, case, words, here)
    pressed = event.rev >= 0 and not words  # on the card: what is asked for, or stands elsewhere, comes with words
    return replace(reply, effects=done.on_card(reply.effects)) if pressed else reply


def _stale(state: State, case: CaseView, rev: int, here: Here) -> Reply:
    """The button was of an earlier card: what changed since, by whom and when, and the card as it is now."""
    return Reply(state, (Send(happenings.since(case, rev)), *desk.show(case, "", here)))


def _obeyed(state: State, command: Command, case: CaseView, words: str, here: Here) -> Reply:
    assert command.on_case is not None, "asked by on_case"
    if command.prompt is not None and not words and (command.needs is None or command.needs(case, here)):
        return _prompted(state, command, case, here)
    try:
        if name := templates.meant(command.name, words):
            return _looked_at(state, command, case, name, here)
        return Reply(state, command.on_case(case, words, here))
    except Halfway as halfway:
        return the_rest(state, command.name, case, halfway, here)
    except Misread as misread:
        asked = _prompted(state, command, case, here)
        return replace(asked, effects=(Send(misread.hint), *asked.effects))


def _prompted(state: State, command: Command, case: CaseView, here: Here) -> Reply:
    """What the command still needs is asked for; its buttons are those of this case, today."""
    offered = command.ways(case, here) if command.ways else ()
    ways = (*offered, *templates.offered(command.name, case))
    return asking(state, command.name, case.ticket, case.rev, here, ways)


def _looked_at(state: State, command: Command, case: CaseView, name: str, here: Here) -> Reply:
    """A text that was written once, filled in for this case: nothing is done before somebody has looked at it."""
    text = templates.filled(command.name, case, name, here)
    way = Option(templates.sending(command.name), templates.SEND)
    return asking(state, command.name, case.ticket, case.rev, here, (way,), filled=text)
