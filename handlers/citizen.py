"""What a citizen may command anywhere: start, go back, change, cancel and undo, status, rights over their data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.book import CONSENT_VERSION
from handlers.changing import dependents
from handlers.codes import read_receipt, read_ticket
from handlers.completion import intro, opened
from handlers.effects import FindStatus, Option, Send, SetTimer, SpendInvite, T, Value
from handlers.elsewhere import asked_of, resumed, waits_here
from handlers.frozen import replace
from handlers.life import TIP
from handlers.reasons import CLOSINGS, REFUSED
from handlers.reminders import reminder
from handlers.reply import Here, Reply, say
from handlers.speech import PUBLIC, SHARED, spoken
from handlers.state import State, Talk

if TYPE_CHECKING:
    from handlers.events import StatusFound

UNDO = timedelta(minutes=10)
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English", "jv": "Basa Jawa", "su": "Basa Sunda"}
NOTHING_OPEN = T("Tidak ada yang sedang ditulis. Ketik /lapor untuk memulai.")
NOTHING_WAITS = T("Tidak ada yang sedang ditulis.")  # /lapor is no officer's work


def begin(state: State, here: Here, talk: Talk | None = None) -> Reply:
    """Open a draft; it lives DRAFT_DAYS, and a reminder comes while there is time left."""
    fresh = talk is None
    talk = talk or Talk("report")
    state, number = _numbered(state)
    opened = {"opened": here.turn.at.isoformat(), "draft": number}
    talk = replace(talk, answers={**opened, **_consented(state), **talk.answers})
    anew = (Send(T("Ini draf baru; yang sudah dikirim tidak berubah.")),) if state.cases and fresh else ()
    return Reply(replace(state, talk=talk), (reminder(talk.answers, here), *anew), again=True)


def _numbered(state: State) -> tuple[State, int]:
    return replace(state, drafts=state.drafts + 1), state.drafts + 1


def _consented(state: State) -> dict[str, str]:
    """Consent given before counts again, as long as its text is the same."""
    return {"consent": CONSENT_VERSION} if state.consent.get("version") == CONSENT_VERSION else {}


def start(state: State, words: str, here: Here) -> Reply:
    """/start, also with an invitation's code behind it (a deep link)."""
    if words:
        return Reply(state, (SpendInvite(words.strip()),))
    return report(state, "", here)


def report(state: State, words: str, here: Here) -> Reply:
    """/lapor: open a draft, or go on with the one that is there."""
    del words
    if state.talk and state.talk.flow == "report":
        return say(state, T("Draf Anda masih ada. Kita lanjutkan."), again=True)
    if unfinished(state):
        return say(state, UNFINISHED, again=True)
    if state.paused:
        state = replace(state, talk=state.paused, paused=None, asked="")
        return say(state, T("Draf Anda masih ada. Kita lanjutkan."), again=True)
    return begin(replace(state, talk=None), here)


def back(state: State, words: str, here: Here) -> Reply:
    """/kembali: the newest answer is asked again; after /ubah, what stood there comes back."""
    del words
    talk = state.talk
    if talk is None and state.dropped:
        return say(state, T("Draf Anda tadi dibatalkan; Urungkan mengembalikannya."), Option(T("Urungkan"), "/urung"))
    if talk is None:
        return _nothing_open(state, here)
    if talk.replaced:
        return say(replace(state, talk=_restored(talk)), T("Jawaban lama dipakai lagi."), again=True)
    if not talk.trail:
        return say(state, T("Ini sudah pertanyaan pertama."), again=True)
    return Reply(replace(state, talk=_stepped_back(talk)), again=True)


def _nothing_open(state: State, here: Here) -> Reply:
    return say(state, NOTHING_WAITS if here.turn.staff else NOTHING_OPEN)


def _restored(talk: Talk) -> Talk:
    """What stood there comes back; a file that came meanwhile stays beside those of before."""
    was, now = talk.replaced, talk.without(("before", "first"))
    answers = {**now.answers, **was}
    if "evidence" in was:
        fresh = [item for item in now.answers.get("evidence", ()) if item not in was["evidence"]]
        answers["evidence"] = [*was["evidence"], *fresh]
    return replace(now, answers=answers, trail=(*now.trail, tuple(was)), replaced={})


def _stepped_back(talk: Talk) -> Talk:
    """Without the newest turn; files that came with words stay, files alone can be brought back."""
    turn = talk.trail[-1]
    keys = tuple(key for key in turn if key != "evidence") or turn
    left = talk.without(keys)
    if "story" in left.answers and "evidence" not in keys:
        return left
    return replace(left, replaced={key: talk.answers[key] for key in keys if key in talk.answers})


def change(state: State, words: str, here: Here) -> Reply:
    """/ubah: choose one answer and give it anew."""
    del words, here
    talk = state.talk
    if talk and talk.replaced:  # one is being changed already
        return Reply(state, again=True)
    if talk is None or talk.flow != "report" or "story" not in talk.answers or "consent" not in talk.answers:
        return say(state, T("Belum ada jawaban yang dapat diubah."), again=talk is not None)
    talk = replace(talk, answers={**talk.answers, "ubah": True})
    return Reply(replace(state, talk=talk), again=True)


def outdated(state: State) -> Reply:
    """A button of a draft that is no longer the open one changes nothing in the newer."""
    return say(state, T("Tombol itu milik pertanyaan yang sudah lewat."), again=state.talk is not None)


def place(state: State, words: str, here: Here) -> Reply:
    """/tempat: what the echo of a place is answered with; "bukan" asks for it again."""
    del here
    talk = state.talk
    if talk is None or talk.flow not in {"report", "lengkapi"} or "place" not in talk.answers:
        return outdated(state)
    if words.strip().casefold() != "bukan":
        return say(state, T("Baik, tempatnya dicatat."))
    return Reply(replace(state, talk=talk.without(("place_said", *dependents(talk, "place_said")))), again=True)


def cancel(state: State, words: str, here: Here) -> Reply:
    """/batal: the draft is set aside for ten minutes, then erased."""
    del words
    talk = state.talk
    if talk is None:
        return _nothing_open(state, here)
    if talk.flow != "report":
        return say(replace(state, talk=state.paused, paused=None, asked=""), T("Baik, tidak jadi."), again=True)
    until = here.turn.at + UNDO
    state = replace(state, talk=None, dropped=talk, dropped_until=until.isoformat(), asked="")
    text = T("Dibatalkan; tidak ada yang dikirim. Draf dihapus 10 menit lagi. Bila ini tidak sengaja, tekan Urungkan.")
    ended = (SetTimer("remind", None), SetTimer("forget", until))
    reply = say(state, text, Option(T("Urungkan"), "/urung"))
    return replace(reply, effects=(*ended, *reply.effects))


def undo(state: State, words: str, here: Here) -> Reply:
    """/urung: bring the cancelled draft back."""
    del words
    if state.dropped is None or here.turn.at > datetime.fromisoformat(state.dropped_until):
        return say(state, T("Tidak ada yang dapat diurungkan."), again=state.talk is not None)
    if unfinished(state):
        return say(state, UNFINISHED, again=True)
    other = state.talk if state.talk and state.talk.flow == "report" else state.paused
    until = here.turn.at + UNDO if other else None
    swapped = replace(state, talk=None, paused=None, dropped=other, dropped_until=until.isoformat() if until else "")
    reply = begin(swapped, here, state.dropped)
    told = (Send(T("Draf yang tadi kembali; yang baru saja ditulis menunggu 10 menit, /urung menukarnya lagi.")),)
    return replace(reply, effects=(SetTimer("forget", until), *reply.effects, *(told if other else ())))


def language(state: State, words: str, here: Here) -> Reply:
    """/bahasa: Indonesian, English, Javanese, Sundanese."""
    del here
    wanted = words.strip().casefold()
    known = {name.casefold(): code for code, name in LANGUAGES.items()} | {code: code for code in LANGUAGES}
    known |= {"indonesia": "id", "inggris": "en", "jawa": "jv", "sunda": "su"}
    if wanted in known:
        state = replace(state, language=known[wanted])
        return say(state, T("Baik, kita pakai bahasa ini."), again=state.talk is not None)
    options = tuple(Option(name, f"/bahasa {code}") for code, name in LANGUAGES.items())
    return say(state, T("Pilih bahasa:"), *options)


def status(state: State, words: str, here: Here) -> Reply:
    """/status: this conversation's own cases, or any by its secret receipt."""
    del here
    if not words.strip():
        return Reply(state, (FindStatus(),))
    code = read_receipt(words)
    if code is None and (ticket := read_ticket(words)):
        if ticket in state.cases:
            return Reply(state, (FindStatus(ticket),))
        return say(state, T("Untuk melihat status di sini, ketik /status diikuti kode rahasia yang Anda terima."))
    if code is None:
        return say(
            state,
            T("Kode itu tidak lengkap atau ada huruf yang keliru. Kode rahasia terdiri atas 18 huruf dan angka."),
        )
    return Reply(state, (FindStatus(code),))


def status_found(state: State, event: StatusFound) -> Reply:
    """The cases found, each on a line."""
    if not event.cases:
        if event.asked:
            return say(
                state,
                T("Tidak ada informasi dengan kode itu. Mohon diperiksa lagi."),
                again=state.talk is not None,
            )
        text = T("Belum ada yang terkirim dari percakapan ini. Punya kode rahasia? Ketik /status diikuti kodenya.")
        return say(state, text, again=state.talk is not None)
    rows: list[Value] = [
        T(
            "{ticket}: {status} di {office}; terakhir diperbarui {day}.",
            ticket=t,
            status=(SHARED if t in event.joined else PUBLIC)[s],
            office=o,
            day=spoken(day),
        )
        for t, s, o, day in event.cases
    ]
    rows += [_outcome(ticket, *ended, shared=ticket in event.joined) for ticket, ended in event.came_to.items()]
    rows += [
        T("{ticket} ditangani bersama informasi lain tentang kejadian yang sama.", ticket=t)
        for t, *_ in event.cases
        if t in event.joined
    ]
    state = resumed(state, event)
    rows += [waits_here(ticket) for ticket in dict.fromkeys(one["ticket"] for one in event.waiting)]
    tips = [status in TIP or ticket in event.joined for ticket, status, _, _ in event.cases]
    if all(tips):
        rows.append(T("Ini informasi awal, belum Laporan resmi."))
    if state.talk:
        return say(state, tuple(rows), again=True)
    waits = (Option(T("Jawab petugas"), "/jawab"),) if state.wanted or state.inquiries else ()
    paper = (Option(T("Formulir Laporan"), "/formulir"),) if any(tips) and not event.asked else ()
    return say(state, tuple(rows), *waits, *paper)


def _outcome(ticket: str, status: str, reason: str, *, shared: bool) -> T:
    """What came of a case that is over, in the words of its news: whoever comes back later has not read those."""
    state, why = (SHARED if shared else PUBLIC)[status], CLOSINGS.get(reason) or REFUSED.get(reason)
    if why is None:
        return T("Hasil {ticket}: {state}.", ticket=ticket, state=state)
    return T("Hasil {ticket}: {state}, karena {reason}.", ticket=ticket, state=state, reason=why)


def resume(state: State, words: str, here: Here) -> Reply:
    """/lanjut: put the open question again."""
    del words
    if state.talk is None and state.paused is None:
        return report(state, "", here)
    return Reply(state, again=True)


def answer(state: State, words: str, here: Here) -> Reply:
    """/jawab: answer an officer's question, or complete what is missing; a draft under way waits meanwhile."""
    del words
    if not state.inquiries and not state.wanted:
        return say(state, T("Tidak ada pertanyaan petugas yang menunggu jawaban Anda."), again=state.talk is not None)
    if state.talk and state.talk.flow in {"jawab", "lengkapi"}:  # what was given already stays with it
        return Reply(state, again=True)
    if state.talk and state.talk.flow == "wish" and unfinished(state):
        return say(state, UNFINISHED, again=True)
    if not state.inquiries:
        return Reply(
            aside(state, opened(state.wanted[0]), here), (intro(state.wanted[0], here.book, page=False),), again=True
        )
    return Reply(aside(state, Talk("jawab", asked_of(state.inquiries[0])), here), again=True)


BESIDE = frozenset({"more", "jawab", "wish", "lengkapi"})
UNFINISHED = T("Yang tadi Anda tulis atau kirim belum selesai; sesudah itu kita lanjutkan. /batal membuangnya.")
NUMBERED = frozenset({"jawab", "wish", "lengkapi"})  # their words can be erased as a draft's can
KEEPS = frozenset({"report", "more"})  # talks that hold people's words and files, and wait while another is open


def unfinished(state: State) -> bool:
    """Whether something beside a report was written or given and is not sent yet: it is not pushed aside unsaid."""
    talk = state.talk
    written = talk and ({"text", "words", "evidence"} & talk.answers.keys() or (talk.flow == "lengkapi" and talk.trail))
    return bool(talk and talk.flow in BESIDE and written)


def aside(state: State, talk: Talk, here: Here) -> State:
    """Open another talk; what was being written waits, and comes back when it ends."""
    paused = state.talk if state.talk and state.talk.flow in KEEPS else state.paused
    if talk.flow in NUMBERED:
        state, number = _numbered(state)
        talk = replace(talk, answers={"opened": here.turn.at.isoformat(), **talk.answers, "draft": number})
    return replace(state, talk=talk, paused=paused)


def more(state: State, given: dict[str, str], here: Here) -> Reply:
    """Something was written after a report was sent: kept, as long as a draft, until it is said what it is."""
    state, number = _numbered(state)
    talk = Talk("more", {"opened": here.turn.at.isoformat(), "draft": number, **given})
    return Reply(replace(state, talk=talk), again=True)
