"""What an officer may command: take, note, ask, pass on, close; and the facts of the own office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.cards import card, whole
from handlers.done import told
from handlers.effects import Effect, MoveCase, Option, Send, T
from handlers.events import CaseMoved, MoveRefused, OfficerAsked, OfficerTold
from handlers.frozen import replace
from handlers.handing_out import ShowContact
from handlers.happenings import happenings
from handlers.life import MOVES
from handlers.offers import is_guest
from handlers.pressing import SHORT, VIEWS
from handlers.reply import Here, Reply, say
from handlers.triage import KOORDINATOR
from handlers.why import why

if TYPE_CHECKING:
    from handlers.state import State
    from handlers.view import CaseView

OLD_BUTTON = T("Tombol itu sudah tidak berlaku. Ketik /antrean untuk membuka antrean, atau /bantuan.")
MOST_HISTORY = 30  # rows


def at_home(here: Here) -> bool:
    """Among colleagues: in private, or in the group of the officer's own office."""
    return here.turn.private or here.turn.group_office == here.officer.office


def conflict_button(case: CaseView) -> Option:
    """Who is to be kept out of it: on the card that a koordinator opens (handlers/conflict.py)."""
    return Option(T("Benturan"), f"/benturan {case.ticket} @{case.rev}")


# --- one case: each takes the case as it is now, and the words given -----------------------------------------


def show(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/kasus: the card; the newest history with "riwayat"; all that was told with "lengkap"; why here.

    The card's own buttons unfold it and fold it again, where it stands.
    """
    match words.strip().casefold():
        case "riwayat":
            rows = happenings(case, MOST_HISTORY, named=here.officer.role == KOORDINATOR and here.turn.private)
            return (Send((T("Riwayat {ticket}:", ticket=case.ticket), *rows), protect=True),)
        case "mengapa":
            return (Send(why(case), protect=True),)
        case "lengkap":
            return (Send(whole(case), protect=True),)
    guest, view = is_guest(here.officer, case), words.strip()
    lead = here.officer.role == KOORDINATOR and here.turn.private and not guest
    more = (conflict_button(case),) if lead else ()
    how = view if view in VIEWS else SHORT
    shown = card(case, here.turn.at, here.book, guest=guest, view=how, more=more)
    return (replace(shown, anew=view not in VIEWS),)


def _move(case: CaseView, action: str, here: Here, holder: int) -> tuple[Effect, ...]:
    target = MOVES[action].lands(case.status)
    tell = CaseMoved(case.ticket, "buka" if action == "buka" else target, case.office_name)
    return (told(case, MoveCase(case.ticket, case.rev, action, target, holder=holder, tell=tell), here),)


def take(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/ambil: one wins; the other is told who."""
    del words
    return _move(case, "ambil", here, here.officer.id)


def release(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/lepas: the undo of /ambil."""
    del words
    return _move(case, "lepas", here, 0)


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
    news = OfficerTold(case.ticket, words)
    return (
        MoveCase(case.ticket, case.rev, "kabari", case.status, note=words, tell=news),
        Send(T("Warga yang menyampaikan {ticket} sudah dikabari.", ticket=case.ticket)),
    )


def reopen(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/buka: the undo of /tutup."""
    del words
    return _move(case, "buka", here, here.officer.id)


def move_refused(state: State, event: MoveRefused) -> Reply:
    """Nobody serves at the office it was to go to, or whoever was to take it may not."""
    if not event.office_name:
        return say(state, T("Petugas itu tidak dapat menangani {ticket}.", ticket=event.ticket))
    values = {"office": event.office_name, "ticket": event.ticket}
    return say(state, T("{office} belum punya petugas terdaftar di sini, jadi {ticket} tidak dialihkan.", **values))


def contact(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/kontak: name and number of a reporter who agreed to be reached; only for who holds the case, in private.

    Of a joined case that is also who holds the main one.
    """
    del words
    if here.officer.id not in {case.holder, case.main_holder}:
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
