"""What can be pressed on a case's card: what comes next first, the rest behind one button. Drawn in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers import correcting, joins, offers, seconds, steps
from handlers.documents import SIGNED
from handlers.effects import Option, T
from handlers.life import BARU, DIGABUNG, DILENGKAPI, DITANGANI, DITUTUP, ENDED, KAJIAN_AWAL, MOVES, TIP
from handlers.triage import DECIDE, KOORDINATOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.turn import Staff
    from handlers.view import CaseView

FIRST = 4  # buttons of a card as it stands at first
# How a card stands: what its own buttons say behind /kasus.
SHORT, MORE, WHOLE, PAPERS = ".ringkas", ".lain", ".lengkap", ".berkas"
VIEWS = frozenset({SHORT, MORE, WHOLE, PAPERS})


def buttons(
    case: CaseView, view: str = SHORT, *, guest: bool = False, more: tuple[Option, ...] = ()
) -> tuple[Option, ...]:
    """The buttons of a card that stands so; `more` are put behind all others."""
    if view == PAPERS and not guest:
        return (*filter(partial(_theirs, case), _aside(case)), _turned(case, T("Lebih sedikit"), SHORT))
    aside = () if guest else (_turned(case, T("Berkas dan lainnya"), PAPERS),)
    ways = (*filter(partial(_theirs, case), every(case, guest=guest)), *more)
    fits = len(ways) <= FIRST + 1  # one button in place of one would save nothing
    shown = ways if fits or view == MORE else ways[:FIRST]
    read = _turned(case, T("Ringkas"), SHORT) if view == WHOLE else _turned(case, T("Selengkapnya"), WHOLE)
    if fits:
        return (*shown, read, *aside)
    fold = _turned(case, T("Lebih sedikit"), SHORT) if view == MORE else _turned(case, T("Langkah lain"), MORE)
    return (*shown, *(aside if view == MORE else ()), read, fold)


def _holds(case: CaseView, reader: Staff) -> bool:
    return case.holder == reader.id


def _decides(_: CaseView, reader: Staff) -> bool:
    return reader.role in DECIDE


def _leads(_: CaseView, reader: Staff) -> bool:
    return reader.role == KOORDINATOR


# What is no move, and not for each officer of the desk.
WHOSE: dict[str, Callable[[CaseView, Staff], bool]] = {
    "kontak": _holds,
    "identitas": lambda case, reader: _holds(case, reader) and _decides(case, reader),
    "naskah": _decides,
    "bukti": _decides,
    "ralat": correcting.may_ask,
    "serahkan": _leads,
}


def _theirs(case: CaseView, way: Option) -> bool:
    """Not refused to the one who reads: a colleague's case has no steps for others. Of many readers all is shown."""
    action = way.data.removeprefix("/").partition(" ")[0]
    if case.reader is None:
        return True
    if action in WHOSE:
        return WHOSE[action](case, case.reader)
    if action == "lengkapi" and case.status == KAJIAN_AWAL:
        action = "kurang"  # tapped it is the same command
    return action not in MOVES or steps.refused(action, case, case.reader) is None


def _aside(case: CaseView) -> tuple[Option, ...]:
    """What is no step on the road of the case: words to the citizen, papers, labels, other hands."""
    button = partial(_button, case)
    told = (button(T("Kabari warga"), "kabari"),) if case.can_reach else ()
    letter = (button(T("Naskah surat"), "naskah"),) if "rekomendasi" in case.facts else ()
    copies = (button(T("Salinan bukti"), "bukti"),) if case.files else ()
    wrong = (button(T("Ralat"), "ralat"),) if correcting.recorded(case) else ()
    sealed = (button(T("Buka identitas"), "identitas"),) if case.answers.get("identity") in SIGNED else ()
    given = (button(T("Serahkan"), "serahkan"),) if case.status not in ENDED else ()
    joined = (button(T("Gabungkan"), "gabung"),) if case.status in TIP else ()
    return (
        *told,
        button(T("Berkas kasus"), "berkas"),
        *letter,
        *copies,
        *wrong,
        *sealed,
        button(T("Label"), "label"),
        *given,
        *joined,
    )


def _button(case: CaseView, label: T, command: str) -> Option:
    return Option(label, f"/{command} {case.ticket} @{case.rev}")


def _turned(case: CaseView, label: T, view: str) -> Option:
    return Option(label, f"/kasus {case.ticket} {view}", still=True)


def every(case: CaseView, *, guest: bool = False) -> tuple[Option, ...]:
    """All that can be done now, the likeliest first; each is the command with the revision that was on screen."""
    button = partial(_button, case)
    ask, note = button(T("Tanya warga"), "tanya"), button(T("Catat"), "catat")
    lacks = (
        (button(T("Lengkapi"), "lengkapi"),) if case.status in {*TIP, DILENGKAPI, DIGABUNG} and case.can_reach else ()
    )
    why = Option(T("Mengapa ke sini?"), f"/kasus {case.ticket} mengapa")
    aside = (button(T("Alihkan"), "alihkan"), button(T("Tutup"), "tutup")) if case.status in TIP else ()
    if case.offered:
        return (*offers.buttons(case, guest=guest), *(() if guest else (ask, note)), why)
    if case.status == DIGABUNG:
        return (*joins.alone(case), ask, *lacks, note, why)
    first = (*seconds.buttons(case), *joins.buttons(case), *steps.buttons(case))
    if case.status == BARU:
        return (*first, button(T("Ambil"), "ambil"), ask, *aside, *lacks, note, *joins.opening(case), why)
    if case.status == DITUTUP:
        return (button(T("Buka lagi"), "buka"), note, *joins.opening(case), why)
    reach = (button(T("Kontak warga"), "kontak"),) if case.answers.get("identity") == "kontak" else ()
    free = (button(T("Lepas"), "lepas"),) if case.status == DITANGANI else ()
    look = (button(T("Periksa"), "periksa"),) if case.status not in ENDED else ()
    return (*first, ask, *lacks, *reach, *look, note, *aside, *free, *joins.opening(case), why)
