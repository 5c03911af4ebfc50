"""How each conversation ends: what is said, and what the house is asked for then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.citizen import begin, files_of, wished
from handlers.effects import AddToCase, Effect, Forget, LoadCase, Option, RelayAnswer, Send, SetTimer, T
from handlers.reply import Here, Reply, say
from handlers.report import report
from handlers.sideflows import answer, command_words, more, wish
from handlers.state import State, Talk

if TYPE_CHECKING:
    from handlers.flow import Flow

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (report, answer, more, wish, command_words)}
NO_TIMERS = (SetTimer("remind", None), SetTimer("expire", None))


def declined(state: State) -> Reply:
    """No consent: what came before it is erased at once."""
    effects: tuple[Effect, ...] = (*NO_TIMERS, Forget(files_of(state.talk)))
    text = T("Baik. Tidak ada yang disimpan. Bila berubah pikiran, ketik /lapor kapan saja.")
    return Reply(replace(state, talk=None, asked=""), (*effects, Send(text)))


def finished(state: State, here: Here) -> Reply:
    """The talk has no open question left."""
    talk = state.talk
    assert talk is not None, "something was open"
    state = replace(state, talk=None, asked="")
    ends = {"report": _report, "jawab": _answered, "more": _more, "wish": wished_here, "perintah": _command}
    return ends[talk.flow](state, talk, here)


def _report(state: State, talk: Talk, here: Here) -> Reply:
    del here
    if talk.answers.get("pilkades") == "ya":
        text = T(
            "Terima kasih. Untuk Pilkades, mohon hubungi pemerintah kabupaten (DPMD atau Inspektorat). Draf ini dihapus."
        )
        return Reply(state, (*NO_TIMERS, Forget(files_of(talk)), Send(text)))
    filed = talk.answers
    rows = [
        T(
            "Terkirim. Informasi Anda sudah kami teruskan ke {office}; belum berupa Laporan resmi.",
            office=filed["office_name"],
        ),
        T("Nomor tiket: {ticket}", ticket=filed["filed"]),
        T("Kode rahasia: {receipt}", receipt=filed["receipt"]),
        T(
            "Catat kode rahasia itu dan jangan diperlihatkan: dengan /status dan kode itu, kabarnya dapat dilihat dari mana saja."
        ),
    ]
    if filed["office_name"] != filed["home_name"]:
        rows.insert(
            1,
            T(
                "Petugas {home} belum terdaftar di sini; begitu ada, kasus ini turun ke sana.",
                home=filed["home_name"],
            ),
        )
    if filed.get("ongoing"):
        rows.append(T("Karena masih berlangsung, petugas piket diberi tahu sekarang juga. Utamakan keselamatan Anda."))
    rows.append(T("Setiap perubahan akan kami kabarkan di sini."))
    state = replace(state, cases=(*state.cases, filed["filed"]))
    return Reply(state, (*NO_TIMERS, Send(tuple(rows))))


def _answered(state: State, talk: Talk, here: Here) -> Reply:
    del here
    waiting = tuple(item for item in state.inquiries if item != (talk.answers["ticket"], talk.answers["question"]))
    if talk.answers["reply"] == "-nanti":
        return say(state, T("Baik. Ketik /jawab bila sudah siap."), Option(T("Jawab"), "/jawab"), again=True)
    state = replace(state, inquiries=waiting)
    relay = RelayAnswer(talk.answers["ticket"], talk.answers["reply"], tuple(talk.answers.get("evidence", ())))
    return Reply(state, (relay, Send(T("Jawaban Anda sudah diteruskan kepada petugas."))), again=True)


def _more(state: State, talk: Talk, here: Here) -> Reply:
    text, files = talk.answers.get("text", ""), tuple(talk.answers.get("evidence", ()))
    match talk.answers["which"]:
        case "tambah":
            ticket = state.cases[-1]
            told = Send(T("Ditambahkan pada {ticket} dan diteruskan kepada petugas.", ticket=ticket))
            return Reply(state, (AddToCase(ticket, text, files), told))
        case "baru":
            answers = {key: value for key, value in (("story", text), ("evidence", list(files))) if value}
            return begin(state, here, Talk("report", answers, (tuple(answers),)))
        case _:
            return Reply(state, (Forget(files_of(talk)), Send(T("Baik, diabaikan."))))


def wished_here(state: State, talk: Talk, here: Here) -> Reply:
    """The words of a /koreksi have come."""
    del here
    return wished(state, talk)


def _command(state: State, talk: Talk, here: Here) -> Reply:
    del here
    return Reply(state, (LoadCase(talk.answers["ticket"], talk.answers["command"], talk.answers["words"]),))
