"""Many cases at once, with a brake: what would be done is shown, one press does it, and it can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.bulk_steps import UNDOING, Chosen, doing, left_out
from handlers.desk import at_home
from handlers.desk_effects import LoadBulk, LoadDesk, LoadMany, MoveMany, One, Wish
from handlers.effects import Option, Send, T, Value
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.labels import tidy
from handlers.life import BARU
from handlers.offers import EXAMPLE
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.sifting import HOW, LONGEST_NUMBER, read, said, words_of
from handlers.triage import KOORDINATOR
from handlers.undoing import UNDO
from handlers.which_office import which_office

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.desk_events import BulkLoaded, DeskLoaded, ManyLoaded, ManyMoved
    from handlers.state import State

MOST, LOOKED, NAMED = 50, 200, 5  # cases of one go, cases looked through for them, tickets named in a line
MANY = {
    "ambil": T("ambil"),
    "lepas": T("lepas"),
    "label": T("beri label {words}"),
    "catat": T("catat: {words}"),
    "serahkan": T("serahkan kepada {words}"),
    "alihkan": T("tawarkan kepada {name}: {words}"),
}
TOLD = frozenset({"ambil", "lepas", "serahkan"})  # what their reporters hear of; handed over, where it was new
ONLY = T(
    "Massal hanya untuk: ambil, lepas, label, catat, serahkan, alihkan. Menutup, menolak, meregistrasi, membuka lagi, "
    "dan yang perlu dua orang dikerjakan satu per satu. Contoh: /massal baru mendesak: ambil"
)
LEFT = {
    "pergi": T("{count} tidak lagi di kantor Anda"),
    "berubah": T("{count} berubah sejak daftar itu dibuat: {tickets}"),
    "tamu": T("{count} baru ditawarkan kepada kantor Anda, jawab dulu: {tickets}"),
    "ditawarkan": T("{count} sedang ditawarkan kepada kantor lain: {tickets}"),
    "sendiri": T("{count} sudah Anda tangani: {tickets}"),
    "orang_lain": T("{count} ditangani petugas lain: {tickets}"),
    "status": T("{count} statusnya tidak memungkinkan: {tickets}"),
    "sudah": T("{count} sudah begitu: {tickets}"),
    "penuh": T("{count} labelnya sudah penuh: {tickets}"),
    "tujuan": T("{count} tidak dapat diterima yang dituju: {tickets}"),
}


def bulk(state: State, words: str, here: Here) -> Reply:
    """/massal [FILTER:] ACTION [WORDS]; ya, tidak, urung."""
    if not at_home(here):
        return say(state, IN_PRIVATE)
    first, _, rest = words.strip().partition(" ")
    match first.casefold():
        case "ya":
            return _confirmed(state, rest.strip(), here)
        case "tidak":
            return say(_without(state), T("Baik, tidak ada yang dikerjakan."))
        case "urung":
            return _taken_back(state, rest.strip(), here)
    return Reply(state, (LoadDesk("massal", words.strip()),))


# --- what is wanted -------------------------------------------------------------------------------------------


def known(state: State, event: DeskLoaded, here: Here) -> Reply:
    """The words can be read: the filter, and what is to be done to its cases."""
    which, action = _parted(event.words, state.queue)
    which = event.saved.get(" ".join(which.casefold().split()), which)
    try:
        sift, _ = read(which, event, here)
    except Misread as misread:
        return say(state, (misread.hint, HOW))
    which, text = words_of(sift), said(sift, event, here)
    if not action:
        return _offered(state, which, text, here)
    try:
        wish = _wish(action, event, here)
    except Misread as misread:
        return say(state, misread.hint, *_people(action, which, event, here))
    return Reply(state, (LoadBulk(sift, text, wish),))


def _parted(words: str, last: str) -> tuple[str, str]:
    """The filter and the action; the filter that was shown last where none is typed."""
    which, colon, action = words.partition(":")
    typed = colon and words.partition(" ")[0].casefold().rstrip(":") not in MANY
    return (which, action.strip()) if typed else (last, words)


def _wish(action: str, event: DeskLoaded, here: Here) -> Wish:
    name, _, words = action.partition(" ")
    name, words = name.casefold(), words.strip()
    if name not in MANY:
        raise Misread(ONLY)
    if name == "serahkan":
        if here.officer.role != KOORDINATOR:
            raise Misread(T("Hanya koordinator yang dapat menyerahkan kasus."))
        if not words.isdecimal() or len(words) >= LONGEST_NUMBER:
            raise Misread(T("Diserahkan kepada siapa?"))
        return Wish(name, dict(event.officers).get(int(words), words), officer=int(words))
    if name == "alihkan":
        office, reason = which_office(words, here, EXAMPLE)
        if not reason:
            raise Misread(T("Mohon sertakan alasannya sesudah nama atau kode kantor."))
        return Wish(name, reason, office=office)
    if name == "catat" and not words:
        raise Misread(T("Tulis juga catatannya: /massal catat sudah ditelepon"))
    return Wish(name, tidy(words) if name == "label" else words)


def _people(action: str, which: str, event: DeskLoaded, here: Here) -> tuple[Option, ...]:
    """To whom it can be handed, where that is asked."""
    if action.casefold().strip() != "serahkan" or here.officer.role != KOORDINATOR:
        return ()
    return tuple(Option(name, f"/massal {which}: serahkan {number}") for number, name in event.officers)


def _offered(state: State, which: str, text: Value, here: Here) -> Reply:
    """What can be done to the cases of this filter."""
    ways = [Option(T("Ambil"), f"/massal {which}: ambil"), Option(T("Lepas"), f"/massal {which}: lepas")]
    if here.officer.role == KOORDINATOR:
        ways.append(Option(T("Serahkan"), f"/massal {which}: serahkan"))
    rows = (
        T("Massal, atas saringan: {view}", view=text),
        T(
            "Tekan yang diinginkan, atau tulis: /massal {which}: label KATA; juga catat KATA, alihkan KANTOR ALASAN.",
            which=which,
        ),
        T(
            "Lebih dulu tampil apa yang akan terjadi; sekali jalan paling banyak {most} kasus, dan dapat diurungkan.",
            most=MOST,
        ),
    )
    return say(state, rows, *ways)


# --- the brake ------------------------------------------------------------------------------------------------


def bulk_loaded(state: State, event: BulkLoaded, here: Here) -> Reply:
    """What would be done, to which, and which are left out; nothing is done before it is confirmed."""
    reasons = [(case, left_out(event.wish, case, event.unable, here)) for case in event.cases]
    able = [case for case, why in reasons if not why]
    left = [(case.ticket, why) for case, why in reasons if why]
    rows: list[Value] = [T("Massal: {action}. Saringan: {view}.", action=_action(event.wish, here), view=event.said)]
    if not able:
        rows.append(T("Tidak ada kasus yang dapat dikerjakan dari {total}.", total=event.total))
        return say(state, (*rows, *_because(left)))
    some = able[:MOST]
    rows.append(_would(len(some), event.total, [case.ticket for case in some]))
    if len(able) > len(some) or event.total > len(event.cases):
        rows.append(T("Sekali jalan paling banyak {most} kasus; ulangi untuk sisanya.", most=MOST))
    if event.wish.action in TOLD and (event.wish.action != "serahkan" or any(case.status == BARU for case in some)):
        rows.append(T("Warga yang menyampaikan dikabari, seperti bila dikerjakan satu per satu."))
    number = state.bulk.get("number", 0) + 1
    wish = {name: getattr(event.wish, name) for name in Wish.__slots__}
    id_ = f"{here.officer.id}.{number}"
    shown = {"number": number, "id": id_, "wish": wish, "cases": [[case.ticket, case.rev] for case in some]}
    yes = Option(T("Ya, {count} kasus", count=len(some)), f"/massal ya {id_}")
    no = Option(T("Tidak jadi"), "/massal tidak")
    send = Send((*rows, *_because(left)), (yes, no), protect=True)
    return Reply(replace(state, bulk=shown), (send,))


def _action(wish: Wish, here: Here) -> T:
    return T(MANY[wish.action].msgid, words=wish.words, name=here.book.offices.get(wish.office, ""))


def _would(count: int, total: int, tickets: list[str]) -> T:
    return T("{count} dari {total} kasus: {tickets}", count=count, total=total, tickets=_some(tickets))


def _some(tickets: list[str]) -> Value:
    named = ", ".join(tickets[:NAMED])
    more = len(tickets) - NAMED
    return T("{some} dan {count} lagi", some=named, count=more) if more > 0 else named


def _because(left: Iterable[tuple[str, str]]) -> tuple[Value, ...]:
    """Those left out, a line for each reason."""
    by: dict[str, list[str]] = {}
    for ticket, why in left:
        by.setdefault(why, []).append(ticket)
    lines = (T(LEFT[why].msgid, count=len(some), tickets=_some(some)) for why, some in by.items())
    rows = tuple(T("• {line}", line=line) for line in lines)
    return (T("Dilewati:"), *rows) if rows else ()


def _theirs(entry: dict[str, Any], given: str, here: Here) -> bool:
    """Is this the proposal that is meant?

    It is of who was shown it, as what they were then: another's press of the same button in a group is not about
    theirs, and who serves in another role by now has another number.
    """
    mine = entry.get("id", "").partition(".")[0] == str(here.officer.id)
    return mine and given in {"", entry["id"]}


def _without(state: State) -> State:
    """The proposal is used up, or dropped; its number is not given again."""
    return replace(state, bulk={"number": state.bulk.get("number", 0)} if state.bulk else {})


# --- done, and taken back -------------------------------------------------------------------------------------


def _confirmed(state: State, given: str, here: Here) -> Reply:
    shown = state.bulk
    if not _theirs(shown, given, here):
        return say(state, T("Daftar itu sudah tidak berlaku. Susun lagi dengan /massal."))
    cases = tuple(One(ticket, rev) for ticket, rev in shown["cases"])
    return Reply(_without(state), (LoadMany(Wish(**shown["wish"]), cases, shown["id"]),))


def _taken_back(state: State, given: str, here: Here) -> Reply:
    entry = next((one for one in reversed(state.bulks) if _theirs(one, given, here)), None)
    if entry is None or here.turn.at > datetime.fromisoformat(entry["until"]):
        return say(state, T("Tidak ada yang dapat diurungkan; batasnya 10 menit."))
    left = tuple(one for one in state.bulks if one is not entry)
    cases = tuple(One(*one) for one in entry["cases"])
    return Reply(replace(state, bulks=left), (LoadMany(Wish(**entry["wish"]), cases, entry["id"], back=True),))


def many_loaded(state: State, event: ManyLoaded, here: Here) -> Reply:
    """Each as it is now: who is as it was shown goes on, the others are left alone."""
    steps: list[tuple[One, Any]] = []
    left: list[tuple[str, str]] = []
    for one, case in event.cases:
        if case is None:
            left.append((one.ticket, "pergi"))
        elif case.rev != one.rev:
            left.append((one.ticket, "berubah"))
        elif why := "" if event.back else left_out(event.wish, case, frozenset(), here):
            left.append((one.ticket, why))
        else:
            chosen = Chosen(event.wish, case, one)
            effects = UNDOING[event.wish.action](chosen, here) if event.back else doing(chosen, here)
            steps.append((One(case.ticket, case.rev, case.holder, case.status), effects))
    return Reply(state, (MoveMany(event.wish, tuple(steps), tuple(left), event.id, event.back),))


def many_moved(state: State, event: ManyMoved, here: Here) -> Reply:
    """The outcome in one message: what was done, what was left alone and why, and how to take it back."""
    total = len(event.done) + len(event.left)
    counts: dict[str, Any] = {"count": len(event.done), "total": total}
    if event.back:
        rows: tuple[Value, ...] = (T("Diurungkan: {count} dari {total} kasus.", **counts), *_because(event.left))
        return say(state, rows)
    rows = (T("Selesai: {count} dari {total} kasus, {action}.", action=_action(event.wish, here), **counts),)
    rows = (*rows, *_because(event.left))
    if not event.done:
        return say(state, rows)
    until = here.turn.at + UNDO
    wish = {name: getattr(event.wish, name) for name in Wish.__slots__}
    done = [[one.ticket, one.rev, one.holder, one.status] for one in event.done]
    entry = {"id": event.id, "until": until.isoformat(), "wish": wish, "cases": done}
    kept = [one for one in state.bulks if datetime.fromisoformat(one["until"]) >= here.turn.at]
    undo = Option(T("Urungkan"), f"/massal urung {event.id}")
    rows = (*rows, T("Dapat diurungkan 10 menit."))
    return Reply(replace(state, bulks=(*kept, entry)), (Send(rows, (undo,), protect=True),))


def handed_many(count: int, name: str) -> Send:
    """What the officer hears who has them now."""
    text = T("{count} kasus diserahkan kepada Anda oleh {name}.", count=count, name=name)
    return Send(text, (Option(T("Saya"), "/antrean saya"),), protect=True)


def taken_many(count: int, name: str) -> Send:
    """What that officer hears when it is taken back."""
    return Send(T("{name} mengurungkan penyerahan {count} kasus kepada Anda.", count=count, name=name), protect=True)
