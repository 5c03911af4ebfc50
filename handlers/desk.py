"""What an officer may command: the queue, take, note, ask, pass on, close; and the facts of the own office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cards import card, row, whole
from handlers.effects import (
    Effect,
    LoadQueue,
    MoveCase,
    Option,
    Send,
    T,
    Value,
)
from handlers.events import CaseMoved, MoveRefused, OfficerAsked, OfficerTold, QueueLoaded
from handlers.frozen import replace
from handlers.handing_out import ShowContact
from handlers.happenings import happenings
from handlers.life import BARU, DITANGANI, MOVES
from handlers.offers import is_guest
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.why import why

if TYPE_CHECKING:
    from handlers.state import State
    from handlers.view import CaseView

OLD_BUTTON = T("Tombol itu sudah tidak berlaku. Ketik /antrean untuk membuka antrean, atau /bantuan.")
MOST_HISTORY = 30  # rows
VIEWS = {
    "baru": T("Baru"),
    "tawaran": T("Ditawarkan"),
    "saya": T("Saya"),
    "jalan": T("Berjalan"),
    "tempo": T("Hampir jatuh tempo"),
}


def at_home(here: Here) -> bool:
    """Among colleagues: in private, or in the group of the officer's own office."""
    return here.turn.private or here.turn.group_office == here.officer.office


# --- the queue ------------------------------------------------------------------------------------------------


def queue(state: State, words: str, here: Here) -> Reply:
    """/antrean [baru|saya|tempo] [halaman]."""
    if not at_home(here):
        return say(state, IN_PRIVATE)
    parts = words.casefold().split()
    view = next((part for part in parts if part in VIEWS), "baru")
    page = next((int(part) for part in parts if part.isdecimal() and len(part) < 6), 1)  # noqa: PLR2004
    return Reply(state, (LoadQueue(view, max(1, page)),))


def queue_loaded(state: State, event: QueueLoaded, here: Here) -> Reply:
    """One page of the queue: a line and a button for each case, and ways to the other pages and views."""
    office = here.officer.office_name
    head = T("Antrean {office}: {view}", office=office, view=VIEWS[event.view])
    if not event.cases:
        text: Value = (head, T("Kosong."))
    else:
        count = T(
            "Halaman {page} dari {pages}, {total} kasus.",
            page=event.page,
            pages=event.pages,
            total=event.total,
        )
        text = (head, *(row(case) for case in event.cases), count)
    options = [Option(case.ticket, f"/kasus {case.ticket}") for case in event.cases]
    if event.page > 1:
        options.append(Option(T("« Sebelumnya"), f"/antrean {event.view} {event.page - 1}"))
    if event.page < event.pages:
        options.append(Option(T("Berikutnya »"), f"/antrean {event.view} {event.page + 1}"))
    options += [Option(label, f"/antrean {view}") for view, label in VIEWS.items() if view != event.view]
    turned = event.page > 1  # leafing on changes the page in place; a queue asked for anew stands at the end
    return Reply(state, (Send(text, tuple(options), card="antrean", protect=True, anew=not turned),))


# --- one case: each takes the case as it is now, and the words given -----------------------------------------


def show(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/kasus: the card; the newest history with "riwayat"; all that was told with "lengkap"; why here."""
    match words.strip().casefold():
        case "riwayat":
            return (Send((T("Riwayat {ticket}:", ticket=case.ticket), *happenings(case, MOST_HISTORY)), protect=True),)
        case "mengapa":
            return (Send(why(case), protect=True),)
        case "lengkap":
            return (Send(whole(case), protect=True),)
    shown = card(case, here.turn.at, here.book, guest=is_guest(here.officer, case))
    return (replace(shown, anew=True),)


def _move(case: CaseView, action: str, **how: object) -> tuple[Effect, ...]:
    return (MoveCase(case.ticket, case.rev, action, MOVES[action].target, shows=True, **how),)  # type: ignore[arg-type]


def take(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/ambil: one wins; the other is told who."""
    del words
    return _move(case, "ambil", holder=here.officer.id, tell=CaseMoved(case.ticket, DITANGANI, case.office_name))


def release(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/lepas: the undo of /ambil."""
    del words, here
    return _move(case, "lepas", holder=0, tell=CaseMoved(case.ticket, BARU, case.office_name))


def note(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/catat: a line in the history, for officers only."""
    del here
    return (
        MoveCase(case.ticket, case.rev, "catat", case.status, note=words),
        Send(T("Dicatat pada {ticket}.", ticket=case.ticket)),
    )


def unreachable(case: CaseView) -> T:
    """The reporter has no conversation with us any more."""
    return T("Warga yang menyampaikan {ticket} tidak dapat dihubungi lagi.", ticket=case.ticket)


def inquire(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/tanya: the citizen gets the question from the bot; neither learns who the other is."""
    del here
    if not case.can_reach:
        return (Send(unreachable(case)),)
    asked = OfficerAsked(case.ticket, words)
    return (
        MoveCase(case.ticket, case.rev, "tanya", case.status, note=words, tell=asked),
        Send(
            T(
                "Pertanyaan dikirim kepada warga; jawabannya akan muncul di kartu {ticket}.",
                ticket=case.ticket,
            )
        ),
    )


def inform(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/kabari: the citizen is told something, and asked nothing; so a wish to correct or erase is answered, too."""
    del here
    if not case.can_reach:
        return (Send(unreachable(case)),)
    told = OfficerTold(case.ticket, words)
    return (
        MoveCase(case.ticket, case.rev, "kabari", case.status, note=words, tell=told),
        Send(T("Warga yang menyampaikan {ticket} sudah dikabari.", ticket=case.ticket)),
    )


def reopen(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/buka: the undo of /tutup."""
    del words
    return _move(case, "buka", holder=here.officer.id, tell=CaseMoved(case.ticket, DITANGANI, case.office_name))


def move_refused(state: State, event: MoveRefused) -> Reply:
    """Nobody serves at the office it was to go to, or whoever was to take it may not."""
    if not event.office_name:
        return say(state, T("Petugas itu tidak dapat menangani {ticket}.", ticket=event.ticket))
    values = {"office": event.office_name, "ticket": event.ticket}
    return say(state, T("{office} belum punya petugas terdaftar di sini, jadi {ticket} tidak dialihkan.", **values))


def contact(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/kontak: name and number of a reporter who agreed to be reached; only for who holds the case, in private."""
    del words
    if case.holder != here.officer.id:
        return (Send(T("Hanya petugas yang menangani {ticket} yang dapat membuka kontaknya.", ticket=case.ticket)),)
    if case.answers.get("identity") != "kontak":
        return (
            Send(
                T(
                    "Warga yang menyampaikan {ticket} tidak bersedia dihubungi langsung. Pakai /tanya.",
                    ticket=case.ticket,
                )
            ),
        )
    return (ShowContact(case.ticket, case.rev),)
