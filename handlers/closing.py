"""How each conversation ends: what is said, and what the house is asked for then."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from handlers.answers import read_story
from handlers.citizen import begin
from handlers.completion import completion, given
from handlers.effects import AddToCase, Complete, Effect, LoadCase, Option, RelayAnswer, Send, SetTimer, T
from handlers.elsewhere import FILES_ALONE, not_an_officers, noted, still_wanted, waits_here
from handlers.flow import Misread, Scene
from handlers.frozen import replace
from handlers.reply import Here, Reply, say
from handlers.report import report
from handlers.rights import wished
from handlers.sideflows import answer, command_words, more, wish
from handlers.state import State, Talk
from handlers.template_flow import ended as template_ended
from handlers.template_flow import flow as template

if TYPE_CHECKING:
    from handlers.flow import Flow

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (report, answer, more, wish, command_words, completion, template)}
NO_REMINDER = (SetTimer("remind", None),)


def declined(state: State) -> Reply:
    """No consent: what came before it is erased at once."""
    effects: tuple[Effect, ...] = NO_REMINDER
    text = T("Baik. Yang Anda kirim tadi sudah dihapus. Bila berubah pikiran, ketik /lapor kapan saja.")
    return Reply(replace(state, talk=None, asked=""), (*effects, Send(text)))


def finished(state: State, here: Here) -> Reply:
    """The talk has no open question left."""
    talk = state.talk
    assert talk is not None, "something was open"
    state = replace(state, talk=None, asked="")
    if here.turn.staff and talk.answers.get("grant"):
        return not_an_officers(state)
    ends = {
        "report": _report,
        "jawab": _answered,
        "more": _more,
        "wish": wished_here,
        "perintah": _command,
        "lengkapi": _completed,
        "templat": _template,
    }
    return ends[talk.flow](state, talk, here)


def _report(state: State, talk: Talk, here: Here) -> Reply:
    del here
    if talk.answers.get("pilkades") == "ya":
        text = T(
            "Terima kasih. Untuk Pilkades, mohon hubungi pemerintah kabupaten (DPMD atau Inspektorat). Draf ini "
            "dihapus."
        )
        return Reply(state, (*NO_REMINDER, Send(text)))
    filed = talk.answers
    rows = [
        T(
            "Terkirim. Informasi Anda sudah kami teruskan ke {office}; belum berupa Laporan resmi.",
            office=filed["office_name"],
        ),
        T("Nomor tiket: {ticket}", ticket=filed["filed"]),
        T("Kode rahasia: {receipt}", receipt=filed["receipt"]),
        T(
            "Catat kode rahasia itu dan jangan diperlihatkan kepada siapa pun: dengan /status dan kode itu, kabarnya "
            "dapat dilihat dari mana saja."
        ),
    ]
    if filed["office_name"] != filed["home_name"]:
        rows.insert(
            1,
            T(
                "Petugas {home} belum terdaftar di sini; begitu ada yang terdaftar, kiriman Anda diteruskan ke sana.",
                home=filed["home_name"],
            ),
        )
    if filed.get("ongoing"):
        rows.append(T("Ini ditandai sedang berlangsung. Utamakan keselamatan Anda."))
    if filed.get("rung"):
        rows.append(T("Petugas sudah langsung diberi tahu."))
    rows.append(T("Setiap perubahan akan kami kabarkan di sini."))
    state = replace(state, cases=(*state.cases, filed["filed"]))
    paper = Option(T("Formulir Laporan"), f"/formulir {filed['filed']}")
    return Reply(state, (*NO_REMINDER, Send(tuple(rows), (paper,))))


def _answered(state: State, talk: Talk, here: Here) -> Reply:
    del here
    ticket, question = talk.answers["ticket"], talk.answers["question"]
    waiting = tuple(item for item in state.inquiries if item[:2] != (ticket, question))
    files = tuple(talk.answers.get("evidence", ()))
    if talk.answers["reply"] == "-nanti":
        return say(state, T("Baik. Ketik /jawab bila sudah siap."), Option(T("Jawab"), "/jawab"), again=True)
    grant = talk.answers.get("grant", "")
    state = replace(state, inquiries=waiting, answered=noted(state, ticket, grant))
    words = FILES_ALONE if talk.answers["reply"] == "-berkas" else talk.answers["reply"]
    relay = RelayAnswer(ticket, words, files, question, grant)
    return Reply(state, (relay, Send(T("Jawaban Anda sudah diteruskan kepada petugas."))), again=True)


def _completed(state: State, talk: Talk, here: Here) -> Reply:
    del here
    ticket, answers = talk.answers["ticket"], given(talk.answers)
    files = tuple(talk.answers.get("evidence", ()))
    if talk.answers["review"] != "nanti" and not (answers or files):
        nothing = T("Belum ada yang dijawab, jadi belum ada yang terkirim. Ketik /jawab bila sudah siap.")
        return say(state, nothing, Option(T("Jawab"), "/jawab"), again=True)
    if talk.answers["review"] == "nanti":
        return say(state, T("Baik. Ketik /jawab bila sudah siap."), Option(T("Jawab"), "/jawab"), again=True)
    grant = talk.answers.get("grant", "")
    wanted = still_wanted(state.wanted, ticket, talk.answers["items"])
    state = replace(state, wanted=wanted, answered=noted(state, ticket, grant))
    told = T("Kelengkapan untuk {ticket} sudah diteruskan kepada petugas. Terima kasih.", ticket=ticket)
    complete = Complete(ticket, answers, files, grant, talk.answers["items"])
    if any(one["ticket"] == ticket for one in wanted):  # asked while this was being answered
        return Reply(state, (complete, Send((told, waits_here(ticket)), (Option(T("Jawab"), "/jawab"),))), again=True)
    return Reply(state, (complete, Send(told)), again=True)


def _more(state: State, talk: Talk, here: Here) -> Reply:
    text, files = talk.answers.get("text", ""), tuple(talk.answers.get("evidence", ()))
    match talk.answers["which"]:
        case "tambah":
            ticket = state.cases[-1]
            told = Send(T("Ditambahkan pada {ticket} dan diteruskan kepada petugas.", ticket=ticket))
            return Reply(state, (*NO_REMINDER, AddToCase(ticket, text, files), told))
        case "baru":
            return begin(state, here, _anew(talk, text, list(files), here))
        case _:
            return Reply(state, (*NO_REMINDER, Send(T("Baik, diabaikan."))))


def _anew(talk: Talk, text: str, files: list[Any], here: Here) -> Talk:
    """A draft of its own, its story read like every story."""
    since = {"draft": talk.draft, "opened": talk.answers["opened"]}  # its life goes on from when it was written
    answers: dict[str, Any] = since | ({"evidence": files} if files else {})
    with suppress(Misread):
        answers |= read_story(text, Scene(answers, here.turn, here.book))
    return Talk("report", answers, (tuple(answers),) if answers else ())


def wished_here(state: State, talk: Talk, here: Here) -> Reply:
    """The words of a /koreksi have come."""
    del here
    return wished(state, talk)


def _command(state: State, talk: Talk, here: Here) -> Reply:
    del here
    said = talk.answers
    return Reply(state, (LoadCase(said["ticket"], said["command"], said["words"], said.get("pressed", -1)),))


def _template(state: State, talk: Talk, here: Here) -> Reply:
    """A text of the office was written and looked at, or is to be thrown away."""
    del here
    return Reply(state, (template_ended(talk),))
