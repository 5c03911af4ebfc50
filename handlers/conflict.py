"""Conflict of interest: a koordinator keeps an officer out of a case, or out of all whose accused is of an agency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import Effect, Option, Send, T, Value
from handlers.keeping_out import KeepOut, LoadKept, TieTo
from handlers.people import is_number
from handlers.reply import Reply, say
from handlers.searching import TOLD, plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from handlers.keeping_out import KeptLoaded, KeptOut, Tied
    from handlers.reply import Here
    from handlers.state import State
    from handlers.view import CaseView

PLACES = ("name", "kecamatan", "desa")
LONGEST = 80  # characters of an agency's name
USAGE = T(
    "Siapa yang dijauhkan, dan dari apa? Untuk satu kasus: /benturan JN-XXXX-XXXX. Untuk semua kasus dengan terlapor "
    "dari satu instansi: /benturan 2 Dinas Pendidikan Sukoharjo. Nomor petugas ada di /kantor."
)


NOT_YOURS = T(
    "Petugas itu tidak dapat Anda tandai. Nomor petugas ada di /kantor; diri sendiri tidak, dan koordinator hanya oleh "
    "kantor di atasnya."
)


def told_of(answers: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the accused, and those of the place, as a tie to an agency is compared with them.

    Where nobody was named as the accused, whoever it is stands in the story.
    """
    place = answers.get("place") or {}
    own = " ".join(str(answers.get(name, "")) for name in TOLD)
    around = " ".join(str(place.get(name, "")) for name in PLACES)
    said = plain_words(own) or plain_words(str(answers.get("story", "")))
    return frozenset(said), frozenset(plain_words(around))


def is_tied(words: frozenset[str], answers: Mapping[str, Any]) -> bool:
    """Does a tie of these words keep from this case? All are told, and one of them of the accused."""
    own, around = told_of(answers)
    return bool(words & own) and words <= own | around


def by_agency(state: State, words: str, here: Here) -> Reply:
    """/benturan NOMOR INSTANSI: out of every case whose accused is of that agency; NOMOR lepas INSTANSI lets in."""
    del here
    number, _, said = words.strip().partition(" ")
    said = " ".join(said.split())
    first, _, rest = said.partition(" ")
    out = first.casefold() != LET_IN
    said = said if out else rest
    if not is_number(number):
        return say(state, USAGE)
    if not said:
        return say(state, T("Tulis juga instansinya: /benturan {number} Dinas Pendidikan Sukoharjo", number=number))
    wanted = tuple(dict.fromkeys(plain_words(said)))
    if not wanted or len(said) > LONGEST:
        return say(state, T("Nama instansi itu terlalu umum atau terlalu panjang. Tulis seperti di papan kantornya."))
    return Reply(state, (TieTo(int(number), wanted, said, out),))


def on_case(case: CaseView, words: str, here: Here) -> tuple[Effect, ...]:
    """/benturan TIKET NOMOR: out of this case; TIKET NOMOR lepas lets in. Without a number it is asked whom."""
    del here
    number, _, note = words.strip().partition(" ")
    if not is_number(number):
        return (LoadKept(case.ticket, case.rev),)
    note = note.strip()
    said = note.casefold()
    return (KeepOut(case.ticket, case.rev, int(number), "" if said in {SHUT, LET_IN} else note, said != LET_IN),)


SHUT, LET_IN = "jauhkan", "lepas"


# --- what came of it --------------------------------------------------------------------------------------------------


def kept_loaded(state: State, event: KeptLoaded) -> Reply:
    """Whom to keep out: a button for each; who is marked already has a sign, and is let in again by it."""
    if not event.people:
        return say(state, T("Tidak ada petugas lain yang dapat Anda tandai untuk {ticket}.", ticket=event.ticket))
    ask = T(
        "Siapa yang dijauhkan dari {ticket}? Kasus ini tidak lagi tampil baginya. Yang bertanda ✓ sudah dijauhkan; "
        "tekan lagi untuk melepasnya.",
        ticket=event.ticket,
    )
    return Reply(state, (Send(ask, tuple(_choice(event, *one) for one in event.people), protect=True),))


def _choice(event: KeptLoaded, number: int, name: str, marked: bool) -> Option:
    becomes = LET_IN if marked else SHUT
    label = f"✓ {name}" if marked else name
    return Option(label, f"/benturan {event.ticket} {number} {becomes} @{event.rev}", once=True)


def kept_out(state: State, event: KeptOut) -> Reply:
    """Done, with what it means and what it cannot undo; or why not."""
    if not event.name:
        return say(state, NOT_YOURS)
    values: dict[str, Value] = {"name": event.name, "ticket": event.ticket, "number": event.officer}
    if not event.out:
        return say(state, _let_in(event, values))
    if event.before:
        again = T(
            "Itu sudah dicatat: {name} dijauhkan dari {ticket}. Untuk melepasnya: /benturan {ticket} {number} lepas",
            **values,
        )
        return Reply(state, (Send(again, protect=True),))
    rows: list[Value] = [
        T(
            "{name} dijauhkan dari {ticket}: kasus itu tidak lagi tampil baginya, dan tidak dapat ditangani atau "
            "disetujuinya.",
            **values,
        )
    ]
    if event.freed:
        rows.append(T("Kasus itu kembali ke antrean."))
    if event.silent:
        rows.append(
            T(
                "Kartunya ditutup di grup, dan kabarnya kini hanya lewat percakapan pribadi petugas lain; buka "
                "kasusnya di sana. Yang sudah terbaca di grup tidak dapat kami tarik."
            )
        )
    if event.went_up:
        rows.append(T("Tidak ada petugas lain di kantornya, jadi kasusnya naik ke {office}.", office=event.went_up))
    undo = Option(T("Urungkan"), f"/benturan {event.ticket} {event.officer} {LET_IN} @{event.rev}", once=True)
    return Reply(state, (Send(tuple(rows), () if event.went_up else (undo,), protect=True),))


def _let_in(event: KeptOut, values: Mapping[str, Value]) -> T:
    if event.tied:
        return T(
            "Tidak ada tanda lagi, tetapi {name} tetap dijauhkan dari {ticket} karena instansi terlapornya.", **values
        )
    if event.before:
        return T("{name} memang tidak dijauhkan dari {ticket}.", **values)
    return T("{name} dapat melihat {ticket} lagi.", **values)


def tied(state: State, event: Tied) -> Reply:
    """The same for an agency."""
    if not event.name:
        return say(state, NOT_YOURS)
    values: dict[str, Value] = {"name": event.name, "agency": event.said, "count": event.cases}
    values["number"] = event.officer
    undo = Option(T("Urungkan"), f"/benturan {event.officer} {LET_IN} {event.said}", once=True)
    if event.before:
        again = T(
            "Itu sudah dicatat: {name} dijauhkan dari kasus dengan terlapor dari {agency}. Untuk melepasnya: "
            "/benturan {number} lepas {agency}",
            **values,
        )
        none = T(
            "{name} memang tidak dijauhkan dari kasus dengan terlapor dari {agency}. Yang tercatat ada di /kantor.",
            **values,
        )
        return Reply(state, (Send(again if event.out else none, protect=True),))
    if not event.out:
        return say(state, T("{name} tidak lagi dijauhkan dari kasus dengan terlapor dari {agency}.", **values))
    rows = (
        T("{name} dijauhkan dari setiap kasus dengan terlapor dari {agency}, juga yang akan datang.", **values),
        T("Kasus yang sekarang tertutup baginya: {count}.", **values),
        T(
            "Yang dicocokkan kata-katanya. Bila warga menulis nama lain untuk instansi itu, tandai kasusnya satu per "
            "satu: /benturan JN-XXXX-XXXX"
        ),
    )
    return Reply(state, (Send(rows, (undo,), protect=True),))
