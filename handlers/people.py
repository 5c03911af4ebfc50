"""Who serves at an office: inviting, handing a case over, leaving, being let go. What a koordinator commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.done import look
from handlers.effects import Effect, MoveCase, Option, Send, T
from handlers.events import CaseMoved
from handlers.flow import Misread
from handlers.life import BARU, DITANGANI, ENDED, STATUSES
from handlers.office_effects import Dismiss, Invite, LoadOffice
from handlers.reply import Here, Reply, say
from handlers.speech import moment
from handlers.steps import cannot
from handlers.triage import AUDITOR, DESK, KOORDINATOR, PANWASCAM, PETUGAS, ROLES, covers, may_dismiss
from handlers.which_kecamatan import choices, office_of, sample, which_kecamatan
from handlers.which_office import which_office

if TYPE_CHECKING:
    from handlers.effects import Value
    from handlers.office_events import Dismissed, HandedOver, Invited, OfficeLoaded
    from handlers.state import State
    from handlers.turn import Staff
    from handlers.view import CaseView

SURE = "ya"
LEAVING = "keluar"
SEATS = {PANWASCAM: T("Panwascam"), PETUGAS: T("Petugas"), KOORDINATOR: T("Koordinator"), AUDITOR: T("Auditor")}
LONGEST = 18  # digits of an officer's number


# --- inviting -------------------------------------------------------------------------------------------------


def invite(state: State, words: str, here: Here) -> Reply:
    """/undang PERAN [KANTOR]: a one-time code for the own office or one below it, which ends by itself."""
    role, _, place = words.strip().partition(" ")
    role = role.casefold()
    if role not in ROLES:
        return say(state, _which_role(here), *_seats(here))
    if role == PANWASCAM:
        return _panwascam(state, place.strip(), here)
    try:
        code = which_office(place, here, _example(here))[0] if place.strip() else here.officer.office
    except Misread as misread:
        return say(state, misread.hint)
    if not covers(here.officer.office, code):
        return say(state, T("Anda hanya dapat mengundang untuk kantor sendiri dan kantor di bawahnya."))
    return Reply(state, (Invite(code, role),))


def _which_role(here: Here) -> tuple[Value, ...]:
    """What can be invited for from this office: a kabupaten has nothing below it but its kecamatan."""
    ask = T("Untuk peran apa undangannya di {office}?", office=here.officer.office_name)
    if "." in here.officer.office:
        return (ask, T("Panwascam bertugas di satu kecamatan; sesudah ini namanya ditanyakan."))
    below = T("Untuk kantor di bawah Anda, tulis juga kantornya: /undang {example}",
              example=f"koordinator {_example(here)}")  # fmt: skip
    return (ask, below)


def _seats(here: Here) -> tuple[Option, ...]:
    """A panwascam serves in a kabupaten: from above one is invited by typing the kecamatan."""
    mine = (name for name in SEATS if name != PANWASCAM or "." in here.officer.office)
    return tuple(Option(SEATS[name], f"/undang {name}", once=True) for name in mine)


def _example(here: Here) -> str:
    """An office below the own one: the first that there is; of a kabupaten itself."""
    own = here.officer.office
    return next((code for code in sorted(here.book.offices) if "." in code and covers(own, code)), own)


def _panwascam(state: State, place: str, here: Here) -> Reply:
    """A panwascam serves one kecamatan, of the own kabupaten or of one below: no other office has any."""
    own, book = here.officer.office, here.book
    if place in book.offices and covers(own, place):
        own, place = place, ""
    if not place:
        if "." in own:
            ask = T(
                "Untuk kecamatan mana? Tekan namanya, atau tulis: /undang panwascam {example}",
                example=sample(own, book),
            )
            return say(state, ask, *choices(own, book, "/undang panwascam"))
        ask = T("Panwascam bertugas di satu kecamatan. Tulis kecamatan dan kabupatennya: /undang panwascam {example}",
                example=sample(own, book))  # fmt: skip
        return say(state, ask)
    try:
        code = which_kecamatan(place, own, book)
    except Misread as misread:
        return say(state, misread.hint)
    return Reply(state, (Invite(office_of(code), PANWASCAM, code),))


def seat(role: str, kecamatan: str) -> T:
    """What somebody serves as; of a panwascam with the name of the kecamatan."""
    return T("panwascam Kecamatan {name}", name=kecamatan) if kecamatan else ROLES[role]


def invited(state: State, event: Invited) -> Reply:
    """What the invited person needs; shown once, to be passed on by whoever asked for it."""
    rows: list[Value] = [
        T(
            "Undangan {role} untuk {office}, sekali pakai, berlaku sampai {until}:",
            role=seat(event.role, event.kecamatan),
            office=event.office_name,
            until=moment(event.until, event.zone),
        ),
        event.web,
    ]
    if event.telegram:
        rows.append(event.telegram)
    rows.append(T("Kirim hanya kepada orangnya: siapa pun yang memegangnya dapat masuk, sekali."))
    return Reply(state, (Send(tuple(rows), protect=True),))


# --- handing over ---------------------------------------------------------------------------------------------


def hand_over(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/serahkan NOMOR: the case goes into the hands of an officer, who is told; else it is asked whom."""
    if case.status in ENDED:
        return (cannot(T("Serahkan"), case, here),)
    number = words.strip()
    if not is_number(number):
        return (LoadOffice(f"serahkan {case.ticket} {case.rev}"),)
    status = DITANGANI if case.status == BARU else case.status
    tell = CaseMoved(case.ticket, DITANGANI, case.office_name) if case.status == BARU else None
    return (MoveCase(case.ticket, case.rev, "serahkan", status, holder=int(number), tell=tell),)


def handed_over(state: State, event: HandedOver) -> Reply:
    """What who handed it over hears."""
    values: dict[str, Value] = {"ticket": event.ticket, "name": event.name, "status": STATUSES[event.status]}
    text = T("{ticket}: diserahkan kepada {name}; sekarang {status}.", **values)
    return Reply(state, (Send(text, (look(event.ticket),), protect=True),))


def handed(ticket: str, name: str) -> Send:
    """What the officer hears who has the case now."""
    text = T("{ticket} diserahkan kepada Anda oleh {name}.", ticket=ticket, name=name)
    return Send(text, (Option(T("Buka kasus"), f"/kasus {ticket}"),), protect=True)


# --- leaving, and being let go --------------------------------------------------------------------------------


def dismiss(state: State, words: str, here: Here) -> Reply:
    """/keluarkan NOMOR: asks once more; then the officer is out at once, and what they held is free again."""
    del here
    number, _, sure = words.strip().partition(" ")
    if is_number(number) and sure.strip().casefold() == SURE:
        return Reply(state, (Dismiss(int(number)),))
    return Reply(state, (LoadOffice(f"keluarkan {number}".strip()),))


def leave(state: State, words: str, here: Here) -> Reply:
    """/keluar: an officer gives the post up; of a koordinator it is looked first whether there is another."""
    if words.strip().casefold() == SURE:
        return Reply(state, (Dismiss(here.officer.id),))
    if here.officer.role == KOORDINATOR:
        return Reply(state, (LoadOffice(LEAVING),))
    return _leaving(state, here.officer.office_name)


def _leaving(state: State, office_name: str) -> Reply:
    text = T(
        "Berhenti bertugas di {office}? Anda langsung tidak dapat membuka antreannya; kasus yang Anda tangani kembali "
        "ke antrean. Untuk masuk lagi perlu undangan baru.",
        office=office_name,
    )
    return say(state, text, Option(T("Ya, berhenti"), "/keluar ya"))


def chosen(state: State, event: OfficeLoaded, here: Here) -> Reply:
    """The office's people came for a command that needs one of them."""
    command, _, rest = event.words.partition(" ")
    if command == "serahkan":
        ticket, _, rev = rest.partition(" ")
        able = [(number, name) for number, name, role, _ in event.officers if role in DESK]
        options = [Option(name, f"/serahkan {ticket} {number} @{rev}") for number, name in able]
        return Reply(state, (Send(T("{ticket} diserahkan kepada siapa?", ticket=ticket), tuple(options)),))
    if command == LEAVING:
        others = [one for one in event.officers if one[2] == KOORDINATOR and one[0] != here.officer.id]
        return _leaving(state, event.name) if others else say(state, _last(here.officer.name, event.name))
    person = next((one for one in event.officers if str(one[0]) == rest), None)
    if person is None:
        others = [one for one in event.officers if one[0] != here.officer.id]
        options = [Option(name, f"/keluarkan {number}") for number, name, _, _ in others]
        ask = T("Siapa yang dikeluarkan dari {office}?", office=event.name)
        nobody = T("Tidak ada petugas lain di {office}.", office=event.name)
        return Reply(state, (Send(ask if options else nobody, tuple(options), protect=True),))
    number, name, role, _ = person
    text = T(
        "Keluarkan {name} ({role}) dari {office}? Ia langsung tidak dapat membuka antreannya; kasus yang ia tangani "
        "kembali ke antrean.",
        name=name,
        role=ROLES[role],
        office=event.name,
    )
    return Reply(state, (Send(text, (Option(T("Ya, keluarkan"), f"/keluarkan {number} ya"),), protect=True),))


def is_number(word: str) -> bool:
    """Could it be an officer's number?"""
    return word.isdecimal() and len(word) < LONGEST


def dismissed(state: State, event: Dismissed) -> Reply:
    """Out, or why not."""
    if not event.name:
        return say(state, T("Petugas itu tidak ada di kantor Anda."))
    if event.last:
        return say(state, _last(event.name, event.office_name))
    rows = [T("{name} tidak lagi bertugas di {office}.", name=event.name, office=event.office_name)]
    if event.freed:
        rows.append(T("{count} kasus yang ia tangani kembali ke antrean.", count=event.freed))
    return say(state, tuple(rows))


def _last(name: str, office_name: str) -> T:
    return T(
        "{name} koordinator terakhir di {office}, jadi belum dapat keluar. Undang koordinator lain dulu: "
        "/undang koordinator",
        name=name,
        office=office_name,
    )


def cannot_leave(office_name: str) -> T:
    """What the last koordinator hears who would join elsewhere, or in another role."""
    return T(
        "Anda koordinator terakhir di {office}, jadi belum dapat pindah tugas; undangan itu belum terpakai. Undang "
        "koordinator lain dulu: /undang koordinator",
        office=office_name,
    )


def led_by_nobody(name: str, office_name: str, code: str) -> Send:
    """What the koordinators above hear when the last koordinator has closed their page for good."""
    text = T(
        "{name} keluar dari halamannya, dan {office} tidak punya koordinator lagi. Untuk mengundang yang baru: "
        "/undang koordinator {code}",
        name=name,
        office=office_name,
        code=code,
    )
    return Send(text, protect=True)


def joined(newcomer: Staff, seat_name: str, by: str, reader: Staff, *, kept_out: bool) -> Send:
    """What others hear of whoever came by a koordinator's invitation: a seat behind which nobody sits is seen so."""
    text = T(
        "{name} mulai bertugas di {office} sebagai {role}, atas undangan {by}.",
        name=newcomer.name,
        office=newcomer.office_name,
        role=seat(newcomer.role, seat_name),
        by=by,
    )
    if not may_dismiss(reader, newcomer.id, newcomer.office):
        unknown = T("Bila Anda tidak mengenal orang ini, beri tahu koordinator lain atau kantor di atas.")
        return Send((text, unknown), protect=True)
    rows: list[Value] = [text]
    if kept_out:
        rows.append(
            T(
                "Ia ikut dijauhkan dari kasus yang tertutup bagi pengundangnya. Koordinator yang dapat membuka "
                "kasusnya dapat melepasnya: /benturan"
            )
        )
    rows.append(T("Bila Anda tidak mengenal orang ini: /keluarkan {number} ya", number=newcomer.id))
    return Send(tuple(rows), (Option(T("Keluarkan"), f"/keluarkan {newcomer.id}"),), protect=True)


def let_go(office_name: str) -> Send:
    """What whoever is let go hears, by whomever."""
    return Send(T("Anda tidak lagi bertugas di {office}.", office=office_name))
