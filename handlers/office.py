"""What an office says of itself: address, hours, duty list and group; blank until entered, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import people
from handlers.desk import at_home
from handlers.effects import Send, T, Value
from handlers.flow import Misread
from handlers.keeping_out import SetKecamatan
from handlers.office_effects import BindGroup, LoadOffice, NameOfficer, SaveOffice
from handlers.opening import special, week
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.triage import KOORDINATOR, PANWASCAM
from handlers.which_kecamatan import sample, which_kecamatan

if TYPE_CHECKING:
    from handlers.keeping_out import KecamatanSet
    from handlers.office_events import OfficeLoaded, OfficerNamed
    from handlers.state import State


LONGEST_NAME = 60  # characters
BETWEEN = frozenset(" .,'’()-")  # what may stand in a name besides letters


def office(state: State, words: str, here: Here) -> Reply:
    """/kantor [alamat|jam|piket|grup|nama|kecamatan] ...: shows what was entered, or enters it; blank until then."""
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
    of_somebody = {"nama": _named, "kecamatan": _kecamatan}.get(name)
    return of_somebody(state, value, here) if of_somebody else Reply(state, (LoadOffice(),))


def _kecamatan(state: State, value: str, here: Here) -> Reply:
    """/kantor kecamatan NOMOR KECAMATAN: which one a panwascam sees."""
    number, _, place = value.strip().partition(" ")
    if here.officer.role != KOORDINATOR:
        return say(state, T("Hanya koordinator yang dapat mengubah keterangan kantor."))
    if not (people.is_number(number) and place.strip()):
        like = f"4 {sample(here.officer.office, here.book)}"
        return say(state, T("Tulis nomor petugas dan kecamatannya: /kantor kecamatan {example}", example=like))
    try:
        code = which_kecamatan(place, here.officer.office, here.book)
    except Misread as misread:
        return say(state, misread.hint)
    return Reply(state, (SetKecamatan(int(number), code),))


def kecamatan_set(state: State, event: KecamatanSet) -> Reply:
    """A panwascam sees another kecamatan now."""
    if not event.name:
        return say(state, T("Tidak ada panwascam bernomor itu di kabupaten atau kota kecamatan itu. Lihat /kantor."))
    return say(
        state, T("{name} sekarang melihat kasus di Kecamatan {kecamatan}.", name=event.name, kecamatan=event.kecamatan)
    )


def your_kecamatan(name: str) -> Send:
    """What the panwascam hears of it."""
    return Send(T("Wilayah Anda sekarang Kecamatan {name}. Ketik /antrean untuk melihat kasusnya.", name=name))


def _named(state: State, value: str, here: Here) -> Reply:
    """/kantor nama NOMOR NAMA: how an officer is called in cards and papers."""
    number, _, said = value.strip().partition(" ")
    name = " ".join(said.split())
    if here.officer.role != KOORDINATOR:
        return say(state, T("Hanya koordinator yang dapat mengubah keterangan kantor."))
    if not people.is_number(number) or not _is_name(name):
        how = T(
            "Tulis nomor petugas dan namanya seperti pada surat tugas, paling panjang {most} huruf: "
            "/kantor nama 2 Budi Santoso, S.H.",
            most=LONGEST_NAME,
        )
        return say(state, how)
    return Reply(state, (NameOfficer(int(number), name),))


def _is_name(words: str) -> bool:
    """Letters, and what stands between them in names and titles: nothing that only looks like a name."""
    plain = all(sign.isalpha() or sign in BETWEEN for sign in words)
    return plain and words[:1].isalpha() and 1 < len(words) <= LONGEST_NAME


def officer_named(state: State, event: OfficerNamed) -> Reply:
    """An officer is called otherwise now, or why not."""
    if not event.before:
        return say(state, T("Petugas itu tidak ada di kantor Anda."))
    if event.taken:
        return say(state, T("Sudah ada petugas bernama {name} di kantor itu. Tambahkan gelarnya.", name=event.name))
    return say(
        state,
        T(
            "Petugas nomor {number}, sebelumnya {before}, sekarang tercatat sebagai {name}, juga dalam riwayat kasus. "
            "Petugas lain sudah diberi tahu.",
            number=event.number,
            before=event.before,
            name=event.name,
        ),
    )


def renamed(number: int, before: str, name: str, by: str, *, yours: bool) -> Send:
    """What the officer hears of it, and the office's others."""
    if yours:
        text = T("Nama Anda sekarang tercatat sebagai {name}, diubah {by}.", name=name, by=by)
        return Send(text, protect=True)
    text = T(
        "Petugas nomor {number}, sebelumnya {before}, sekarang tercatat sebagai {name}; diubah {by}.",
        number=number,
        before=before,
        name=name,
        by=by,
    )
    return Send(text, protect=True)


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
            role=people.seat(role, event.kecamatan.get(id_, "")),
            duty=T(" (piket)") if duty else "",
        )
        for id_, name, role, duty in event.officers
    )
    rows: list[Value] = [
        T("{office} ({code})", office=event.name, code=event.code),
        T("Alamat: {value}", value=event.profile.get("alamat") or blank),
        T("Jam kerja, tercetak di formulir: {value}", value=event.profile.get("jam") or blank),
        T("Grup: {value}", value=T("terpasang") if event.group else T("belum dipasang")),
        T("Petugas:"),
        *officers,
    ]
    if here.officer.role == KOORDINATOR:
        rows += _for_koordinator(event, here)
    return Reply(state, (Send(tuple(rows), protect=True),))


def _for_koordinator(event: OfficeLoaded, here: Here) -> list[Value]:
    """Who is kept out of what; which panwascam see next to nothing; and how all of this is entered."""
    rows: list[Value] = []
    if event.marks:
        rows.append(T("Dijauhkan karena benturan kepentingan:"))
        rows += [T("• {name}: {what}", name=name, what=what) for name, what in event.marks]
    rows += [
        T(
            "⚠ {name} belum punya kecamatan, jadi hanya melihat kasus yang diserahkan kepadanya. Isi: "
            "/kantor kecamatan {number} {example}",
            name=name,
            number=number,
            example=sample(event.code, here.book),
        )
        for number, name, role, _ in event.officers
        if role == PANWASCAM and not event.kecamatan.get(number)
    ]
    how = T(
        "Untuk mengisi: /kantor alamat ..., /kantor jam ..., /kantor piket 1 2 (nomor petugas), /kantor nama 2 Budi "
        "Santoso, /kantor grup (di grup)."
    )
    return [*rows, *_reminded(event.code, here), how]


def _reminded(code: str, here: Here) -> tuple[Value, ...]:
    """The hours by which reminders count: data, which nobody types in a chat, so that no typing slip moves a limit."""
    own = here.book.hours.of(code)
    today = here.turn.at.astimezone(own.zone).date()
    hours, source = week(own, today)
    usual = T(
        "Pengingat dan tenggat memakai jam ini, bukan tulisan di atas: {hours}. Sumber: {source}. Pengelola sistem "
        "dapat mengubahnya.",
        hours=hours,
        source=source or "-",
    )
    days = special(own, today)
    return (usual, T("Lain dari biasanya pada minggu ini dan minggu depan:"), *days) if days else (usual,)
