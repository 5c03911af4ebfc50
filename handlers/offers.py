"""Passing a case on is an offer: the other office takes it, gives it back, or lets it lapse."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from handlers.asking import Halfway
from handlers.done import told
from handlers.effects import DeclineOffer, Effect, MoveCase, Option, Send, T, To
from handlers.events import CaseMoved
from handlers.flow import Misread
from handlers.life import BARU
from handlers.speech import UNKNOWN_PLACE_ZONE, moment
from handlers.triage import above, sees
from handlers.which_office import which_office

if TYPE_CHECKING:
    from handlers.reply import Here
    from handlers.turn import Staff
    from handlers.view import CaseView

EXAMPLE = "33.11 tempatnya di sana"
WHERE = T("Ke kantor mana {ticket} dialihkan? Tulis nama atau kodenya; contoh: Boyolali, atau 33.09")
MOST_REFUSALS = 2  # so often it may come back; then the office above decides
# What the office may do to which a case is only offered; of its own people it may keep some out before it answers.
GUESTS = frozenset({"kasus", "terima", "kembalikan", "benturan"})


def is_guest(staff: Staff, case: CaseView) -> bool:
    """May this officer only look and answer, because the case is not yet their office's?"""
    return not sees(staff, case.office)


def guest_refused(command: str, case: CaseView, here: Here) -> T | None:
    """Why an officer of the office that was asked cannot do this yet."""
    if command in GUESTS or not is_guest(here.officer, case):
        return None
    return T("{ticket} masih di {office}. Jawab dulu tawarannya: /terima atau /kembalikan.", **_named(case))


def _named(case: CaseView) -> dict[str, Any]:
    return {"ticket": case.ticket, "office": case.office_name}


def transfer(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/alihkan KANTOR ALASAN: offered to another office, by its code or its name; it stays here until they answer."""
    code, reason = which_office(words, here, EXAMPLE)
    if code == case.office:
        raise Misread(T("{ticket} sudah berada di kantor itu.", ticket=case.ticket))
    if not reason:
        values = {"ticket": case.ticket, "office": here.book.offices[code]}
        raise Halfway(code, T("Mengapa {ticket} dialihkan ke {office}? Kantor itu akan membacanya.", **values))
    return offered_to(code, reason, case, here)


def offered_to(code: str, reason: str, case: CaseView, here: Here) -> tuple[Effect, ...]:
    """The same, where office and reason are known apart: whatever the reason begins with, it names no office."""
    until = here.turn.at + timedelta(hours=here.book.offer_hours)
    offer = {"oleh": here.officer.id, "nama": here.officer.name, "alasan": reason, "sampai": until.isoformat()}
    facts = {"tawaran": offer}
    step = MoveCase(case.ticket, case.rev, "tawarkan", case.status, offer=(code, until), note=reason, facts=facts)
    return (told(case, step, here),)


def in_the_way(case: CaseView) -> T | None:
    """An offered case waits: nobody goes on with it meanwhile."""
    if not case.offered:
        return None
    return T(
        "{ticket} sedang ditawarkan kepada {office}. Tarik dulu dengan /tarik.",
        ticket=case.ticket,
        office=case.offered_name,
    )


def withdraw(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/tarik: the undo of /alihkan, as long as nobody answered."""
    del words, here
    if not case.offered:
        return (Send(_none(case)),)
    back = MoveCase(case.ticket, case.rev, "tarik", case.status, offer=NOBODY, facts={"tawaran": None})
    return (back, Send(T("Tawaran {ticket} ditarik; kasusnya tetap di {office}.", **_named(case))))


NOBODY = ("", None)  # an offer to nobody: none stands any more


def accept(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/terima: it is this office's now; its clocks go on as they were, and the citizen hears who has it."""
    del words
    if refusal := _not_theirs(case, here):
        return (Send(refusal),)
    offer = case.facts["tawaran"]
    moved = CaseMoved(case.ticket, "dialihkan", case.offered_name)
    taken = MoveCase(
        case.ticket,
        case.rev,
        "alihkan",
        BARU,
        holder=0,
        office=case.offered,
        offer=NOBODY,
        note=offer["alasan"],
        facts={"tawaran": None, "kembali": None},
        tell=moved,
    )
    heard = T("{office} menerima {ticket}.", office=case.offered_name, ticket=case.ticket)
    return (told(case, taken, here), Send(heard, to=To("staff", str(offer["oleh"]), case.ticket), protect=True))


def decline(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/kembalikan ALASAN: not taken; it stays where it is, or goes up when that was the second time."""
    if refusal := _not_theirs(case, here):
        return (Send(refusal),)
    return (DeclineOffer(case.ticket, case.rev, words), Send(T("{ticket} dikembalikan.", ticket=case.ticket)))


def _none(case: CaseView) -> T:
    return T("Tidak ada tawaran yang menunggu untuk {ticket}.", ticket=case.ticket)


def _not_theirs(case: CaseView, here: Here) -> T | None:
    if not case.offered:
        return _none(case)
    if not sees(here.officer, case.offered):
        return T("Tawaran {ticket} untuk {office}; kantor itu yang menjawab.", **_asked(case))
    return None


def _asked(case: CaseView) -> dict[str, Any]:
    return {"ticket": case.ticket, "office": case.offered_name}


# --- on the card ----------------------------------------------------------------------------------------------


def offer_line(case: CaseView) -> tuple[T, ...]:
    """Who offers it to whom, why, and until when."""
    if not case.offered:
        return ()
    offer = case.facts["tawaran"]
    return (
        T(
            "Ditawarkan {name} ({office}) kepada {to}: {reason}. Tanpa jawaban, kembali sendiri {until}.",
            name=offer["nama"],
            office=case.office_name,
            to=case.offered_name,
            reason=offer["alasan"],
            until=_until(case),
        ),
    )


def _until(case: CaseView) -> T:
    place = case.answers.get("place") or {}
    return moment(datetime.fromisoformat(case.facts["tawaran"]["sampai"]), place.get("zone", UNKNOWN_PLACE_ZONE))


TO_GUESTS = ((T("Terima"), "terima"), (T("Kembalikan"), "kembalikan"))
TO_OWNERS = ((T("Tarik kembali"), "tarik"),)


def buttons(case: CaseView, *, guest: bool) -> tuple[Option, ...]:
    """What can be pressed while it is offered, there and here."""
    ways = TO_GUESTS if guest else TO_OWNERS
    return tuple(Option(label, f"/{command} {case.ticket} @{case.rev}") for label, command in ways)


# --- how it ends otherwise ------------------------------------------------------------------------------------


def goes_up(case: CaseView) -> bool:
    """Would it be the last time that this comes back? Then the office above decides."""
    return case.facts.get("kembali", 0) + 1 >= MOST_REFUSALS and bool(above(case.office))


def not_taken(case: CaseView, reason: str) -> Send:
    """To the office that still has it: why it came back; without a reason nobody answered in time."""
    ways = (Option(T("Lihat kartu"), f"/kasus {case.ticket}"),)
    if not reason:
        text = T("{office} tidak menjawab tawaran {ticket}; kasusnya tetap di sini.", **_asked(case))
        return Send(text, ways, protect=True)
    text = T("{office} mengembalikan {ticket}: {reason}", reason=reason, **_asked(case))
    return Send(text, ways, protect=True)
