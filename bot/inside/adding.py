"""What the citizen adds to a case that was sent: answers, more words and files, what was missing, wishes about data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.inside.act import Act, audience, say
from bot.inside.conflicts import noticed
from bot.inside.doubles import look
from bot.inside.elsewhere import close, theirs
from bot.inside.filing import announce, clear_facts, redraw, shown
from bot.inside.marks import due_day, token_of
from bot.inside.marks import note as note_figures
from bot.inside.render import words
from bot.inside.sight import may_open
from handlers import cards
from handlers.completion import change_note, merged
from handlers.elsewhere import as_said, by_receipt, wish_by_receipt
from handlers.searching import keys_of
from storage import cases, media, offices, outbox, resuming, statuses

if TYPE_CHECKING:
    from handlers import effects as ask
    from handlers.events import Event
    from storage.cases import Case

ADDED = frozenset({"jawab", "tambahan", "koreksi"})  # rows of history with the reporter's own words


def relay_answer(act: Act, effect: ask.RelayAnswer) -> list[Event]:
    """The answer to an officer's question."""
    if case := _add(act, effect.ticket, "jawab", effect.text, effect.files, effect.grant):
        close(act, case, effect.question)
    return []


def add_to_case(act: Act, effect: ask.AddToCase) -> list[Event]:
    """More about a case that was sent."""
    _add(act, effect.ticket, "tambahan" if effect.text else "bukti", effect.text, effect.files)
    return []


def _add(act: Act, ticket: str, action: str, text: str, files: Any, grant: str = "") -> Case | None:
    conn = act.work.writing()
    case = cases.by_ticket(conn, act.means.keys, ticket)
    if case is None or not theirs(act, case, grant):
        return None
    if files:
        media.adopt(conn, case.id, act.chat.id, [item["id"] for item in files if item.get("id")])
        more = [*case.answers.get("evidence", ()), *files]
        cases.set_answers(conn, case, {**case.answers, "evidence": more})
        if text:
            act.work.record(case, act.now, "bukti")
        look(act, case)
    seq = _note(act, case, action, by_receipt(text) if grant else text)
    if grant:
        resuming.keep(conn, case, seq, act.chat.id, as_said(text, files))
    return case


def complete(act: Act, effect: ask.Complete) -> list[Event]:
    """The reporter completed what was asked: the answers stand with the case, what they were stays in the history."""
    conn = act.work.writing()
    case = cases.by_ticket(conn, act.means.keys, effect.ticket)
    if case is None or not theirs(act, case, effect.grant):
        return []
    note = _in_words(case.answers, effect)
    note = by_receipt(note) if effect.grant else note
    adopted = [item["id"] for item in effect.files if item.get("id")]
    media.adopt(conn, case.id, act.chat.id, adopted)
    answers = merged(case.answers, effect.answers)
    if effect.files:
        answers["evidence"] = [*case.answers.get("evidence", ()), *effect.files]
    before = case.kecamatan
    cases.set_answers(conn, case, answers)
    cases.move(conn, case, act.now, **_clear(act, case))
    note_figures(conn, case, act.turn.at, act.means.book)
    act.work.find_by(case, keys_of(case.answers, case.facts))
    look(act, case)
    seq = act.work.record(case, act.now, "dilengkapi", note=note)
    if effect.grant:  # what stood before is the report's own
        resuming.keep(conn, case, seq, act.chat.id, _in_words({}, effect))
    noticed(act, case)
    redraw(act, case)
    if case.kecamatan != before:  # a panwascam of it sees the case from now on
        announce(act, case, but=frozenset(outbox.shown_in(conn, cards.key(case.ticket))))
    _nudge(act, case, "dilengkapi")
    close(act, case, items=effect.items)
    return []


def _in_words(before: dict[str, Any], effect: ask.Complete) -> str:
    return "; ".join(words(row, str) for row in change_note(before, effect.answers, effect.files))


def _clear(act: Act, case: Case) -> dict[str, Any]:
    """The clear columns that follow from the answers; whose queue it is in stays with its officers."""
    facts = clear_facts(act, case.answers)
    columns: dict[str, Any] = {"post": token_of(act.means.keys, case.home, case.answers, act.means.book)}
    columns |= {name: facts[name] for name in ("kabupaten", "kecamatan", "kind", "position", "happened", "known")}
    return {**columns, "deadline": due_day(act, case, case.status)}


def _note(act: Act, case: Case, action: str, text: str) -> int:
    """Onto the case and its card, and said to who works on it; the number of the row of history."""
    conn = act.work.writing()
    cases.move(conn, case, act.now)
    seq = act.work.record(case, act.now, action, note=text)
    redraw(act, case)
    _nudge(act, case, action)
    return seq


def _nudge(act: Act, case: Case, action: str) -> None:
    """An edited card makes no sound: say in one line that something came; of a joined case to who has the main one."""
    main = _added_to(act, case) if case.main else case
    by = 0 if main.holder in main.barred else main.holder
    holder = offices.officer(act.work.reading, act.means.keys, by) if by else None
    own = offices.chats(act.work.reading, [holder.id]) if holder else []
    seen = main if holder and not may_open(holder, case) else case  # a panwascam hears nothing of another kecamatan
    for to in [act.work.by_id(chat) for _, chat, _ in own] or audience(act, case.office, case):
        say(act, to, cards.nudge(seen.ticket if own else case.ticket, action))


def _added_to(act: Act, case: Case) -> Case:
    """The case to which it is joined; a line there says that something came."""
    assert case.main is not None, "it is joined"
    main = cases.by_id(act.work.writing(), act.means.keys, case.main)
    cases.move(act.work.writing(), main, act.now)
    act.work.record(main, act.now, "susulan", note=case.ticket)
    redraw(act, main)
    return main


def told(act: Act, ticket: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What this conversation told for its own case: the answers without who it is, and what it added since.

    For a case that came from elsewhere, what it answered by the receipt, and nothing of the report.
    """
    case = cases.by_ticket(act.work.writing(), act.means.keys, ticket)
    if case is None:
        return {}, ()
    if case.reporter != act.chat.id:
        return {}, resuming.said(act.work.reading, case, act.chat.id)
    rows = cases.happenings(act.work.reading, case)
    return shown(case), tuple(row["note"] for row in rows if row["action"] in ADDED and row["note"])


def ask_rights(act: Act, effect: ask.AskRights) -> list[Event]:
    """A wish to correct or erase goes on each of the person's cases, to be answered by their officers.

    So it does on those for which this conversation answered by their receipt: of what it said there.
    """
    conn = act.work.reading
    if effect.receipt:
        for row in statuses.by_receipt(conn, act.means.keys.token("receipt", effect.receipt)):
            _wished(act, row.ticket, effect.wish, effect.words)
        return []
    for row in statuses.by_reporter(conn, act.chat.id, effect.ticket):
        _wished(act, row.ticket, effect.wish, effect.words)
    for ticket in resuming.tickets(conn, act.chat.id):
        if effect.ticket in {"", ticket}:
            _wished(act, ticket, effect.wish, wish_by_receipt(effect.words))
    return []


def _wished(act: Act, ticket: str, wish: str, words: str) -> None:
    if case := cases.by_ticket(act.work.writing(), act.means.keys, ticket):
        _note(act, case, wish, words)
