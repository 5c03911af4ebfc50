"""What an office says of itself: address, hours, duty list and group; blank until entered, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import people
from handlers.desk import at_home
from handlers.effects import Send, T, Value
from handlers.office_effects import BindGroup, LoadOffice, SaveOffice
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.triage import KOORDINATOR, ROLES

if TYPE_CHECKING:
    from handlers.office_events import OfficeLoaded
    from handlers.state import State


def office(state: State, words: str, here: Here) -> Reply:
    """/kantor [alamat|jam|piket|grup] ...: shows what was entered, or enters it; blank until then."""
    name, _, value = words.strip().partition(" ")
    name = name.casefold()
    if name == "grup":
        return _group(state, here)
    if not at_home(here):
        return say(state, IN_PRIVATE)
    if name in {"alamat", "jam", "piket"} and value.strip():
        if here.officer.role != KOORDINATOR:
            return say(state, T("Hanya koordinator yang dapat mengubah keterangan kantor."))
        return Reply(state, (SaveOffice(name, value.strip()), LoadOffice()))
    return Reply(state, (LoadOffice(),))


def _group(state: State, here: Here) -> Reply:
    if here.officer.role != KOORDINATOR:
        return say(state, T("Hanya koordinator yang dapat memasang grup."))
    if here.turn.private:
        return say(state, T("Ketik /kantor grup di dalam grup Telegram kantor Anda, sesudah bot dimasukkan ke sana."))
    if here.turn.group_office not in {"", here.officer.office}:
        return say(state, T("Grup ini sudah dipasang untuk kantor lain. Mohon pakai grup kantor Anda sendiri."))
    bound = Send(T("Grup ini sekarang grup {office}. Kartu kasus akan masuk ke sini.", office=here.officer.office_name))
    return Reply(state, (BindGroup(), bound))


def office_loaded(state: State, event: OfficeLoaded, here: Here) -> Reply:
    """What was entered about the office, and nothing that was not; or its people, for a command that waits."""
    if event.words:
        return people.chosen(state, event, here)
    blank = T("belum diisi")
    officers = tuple(
        T(
            "{id}. {name}, {role}{duty}",
            id=id_,
            name=name,
            role=ROLES[role],
            duty=T(" (piket)") if duty else "",
        )
        for id_, name, role, duty in event.officers
    )
    rows: list[Value] = [
        T("{office} ({code})", office=event.name, code=event.code),
        T("Alamat: {value}", value=event.profile.get("alamat") or blank),
        T("Jam kerja: {value}", value=event.profile.get("jam") or blank),
        T("Grup: {value}", value=T("terpasang") if event.group else T("belum dipasang")),
        T("Petugas:"),
        *officers,
    ]
    if here.officer.role == KOORDINATOR:
        rows.append(
            T(
                "Untuk mengisi: /kantor alamat ..., /kantor jam ..., /kantor piket 1 2 (nomor petugas), "
                "/kantor grup (di grup)."
            )
        )
    return Reply(state, (Send(tuple(rows), protect=True),))
