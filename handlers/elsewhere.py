"""An officer's question can be answered from another conversation, too, by whoever holds the secret receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers.effects import Option, ReturnReceipts, T
from handlers.frozen import replace
from handlers.reply import Reply, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.events import AnsweredElsewhere, StatusFound
    from handlers.state import State

ASKING = frozenset({"jawab", "lengkapi"})  # talks in which an officer's question is answered


def asked_of(inquiry: Sequence[str]) -> dict[str, Any]:
    """What a talk starts with that answers this question."""
    return dict(zip(("ticket", "question", "grant"), inquiry, strict=False))


def waits_here(ticket: str) -> T:
    """That something is asked about a case; never what was told in it."""
    return T("Petugas menunggu jawaban tentang {ticket}: ketik /jawab.", ticket=ticket)


def open_in(state: State, ticket: str, grant: str) -> tuple[dict[str, Any], ...]:
    """What officers asked of a case in its own conversation, for another one: the questions, nothing of the answers.

    What was told before, by which days and places are understood, stays behind, but for the clock on the wall there.
    """
    asked = [{"ticket": ticket, "question": one[1]} for one in state.inquiries if one[0] == ticket]
    wanted = [_bare(one) for one in state.wanted if one["ticket"] == ticket]
    return tuple({**one, "grant": grant} for one in (*asked, *wanted))


def _bare(entry: Mapping[str, Any]) -> dict[str, Any]:
    place = {"place": {"zone": entry["place"]["zone"]}} if "place" in entry else {}
    return {name: entry[name] for name in ("ticket", "items", "until", "office") if name in entry} | place


def resumed(state: State, event: StatusFound) -> State:
    """The questions that a receipt brought; those that it brought before are as they are now."""
    tickets = {ticket for ticket, _, _, _ in event.cases}
    inquiries = [one for one in state.inquiries if len(one) < len(GRANTED) or one[0] not in tickets]
    wanted = [one for one in state.wanted if "grant" not in one or one["ticket"] not in tickets]
    inquiries += [tuple(one[name] for name in GRANTED) for one in event.waiting if "question" in one]
    wanted += [dict(one) for one in event.waiting if "items" in one]
    return replace(state, inquiries=tuple(inquiries), wanted=tuple(wanted))


def granted(state: State) -> tuple[str, ...]:
    """The cases from elsewhere that officers ask about here, because their receipt was given."""
    asked = [one[0] for one in state.inquiries if len(one) == len(GRANTED)]
    return tuple(dict.fromkeys((*asked, *(one["ticket"] for one in state.wanted if "grant" in one))))


def ungranted(state: State) -> State:
    """Without what a receipt opened here, and without the answer to it that was begun."""
    inquiries = tuple(one for one in state.inquiries if len(one) < len(GRANTED))
    wanted = tuple(one for one in state.wanted if "grant" not in one)
    left = replace(state, inquiries=inquiries, wanted=wanted)
    if state.talk and state.talk.flow in ASKING and state.talk.answers.get("grant"):
        return replace(left, talk=None, asked="")
    return left


def not_an_officers(state: State) -> Reply:
    """Whoever became an officer since is no longer the citizen: said, instead of an answer that would be nobody's."""
    text = T(
        "Petugas tidak menjawab atas nama warga. Yang tadi Anda tulis tidak dikirim; warga menjawabnya dari "
        "percakapannya sendiri, dengan kode rahasianya."
    )
    reply = say(ungranted(state), text, again=True)
    return replace(reply, effects=(ReturnReceipts(), *reply.effects))


def noted(state: State, ticket: str, grant: str) -> tuple[str, ...]:
    """For which cases something was said here by their receipt, this one among them where it was (`grant`)."""
    return tuple(dict.fromkeys((*state.answered, ticket))) if grant else state.answered


def as_said(words: str, files: Sequence[Any]) -> str:
    """An answer as who gave it sees it again; kept in Indonesian, as the history is."""
    if not files:
        return words
    return f"({len(files)} berkas)" if words == FILES_ALONE else f"{words} ({len(files)} berkas)"


def wish_by_receipt(words: str) -> str:
    """What is wished of what was answered elsewhere, for the history."""
    return by_receipt(words) if words else ITS_ANSWERS


def by_receipt(note: str) -> str:
    """For the history, which is kept in Indonesian: the answer did not come from where the report came from."""
    return f"{note} {RECEIPT_GIVEN}"


ITS_ANSWERS = "jawaban yang dikirim dari percakapan lain"
RECEIPT_GIVEN = "(dari percakapan lain, dengan kode rahasia)"
FILES_ALONE = "(berkas)"
GRANTED = ("ticket", "question", "grant")


def answered_elsewhere(state: State, event: AnsweredElsewhere) -> Reply:
    """It need not be answered here any more; said once. What was begun here is not sent, and erased."""
    ticket, question = event.ticket, event.question
    wanted = state.wanted if question else still_wanted(state.wanted, ticket, event.items)
    left = _without(state, ticket, question, wanted)
    if left == state:
        return Reply(state)
    text = T(
        "Pertanyaan petugas tentang {ticket} sudah dijawab dari percakapan lain. Di sini tidak perlu dijawab lagi; "
        "yang belum Anda kirim untuk itu dihapus.",
        ticket=ticket,
    )
    if any(one["ticket"] == ticket for one in left.wanted):  # asked meanwhile
        return say(left, (text, waits_here(ticket)), Option(T("Jawab"), "/jawab"), again=True)
    return say(left, text, again=True)


def still_wanted(wanted: Sequence[Mapping[str, Any]], ticket: str, items: str) -> tuple[dict[str, Any], ...]:
    """Without these items of a case, by their letters; what was asked for meanwhile stays."""
    less = {one["ticket"]: "".join(letter for letter in one["items"] if letter not in items) for one in wanted}
    left = ({**one, "items": less[ticket]} if one["ticket"] == ticket else dict(one) for one in wanted)
    return tuple(one for one in left if one["items"])


def _without(state: State, ticket: str, question: str, wanted: tuple[dict[str, Any], ...]) -> State:
    """Not asked here any more; an answer that was begun goes with it."""
    inquiries = tuple(one for one in state.inquiries if one[:2] != (ticket, question))
    if (inquiries, wanted) == (state.inquiries, state.wanted):
        return state
    return closed(replace(state, inquiries=inquiries, wanted=wanted), ticket, question)


def closed(state: State, ticket: str, question: str) -> State:
    """Without the answer to this that was begun; no `question`: without a completion."""
    about = state.talk.answers if state.talk and state.talk.flow in ASKING else {}
    if (about.get("ticket"), about.get("question", "")) == (ticket, question):
        return replace(state, talk=None, asked="")
    return state
