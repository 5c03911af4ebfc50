"""What can be pressed on a case's card: what comes next first, the rest behind one button. Drawn in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from handlers import joins, offers, seconds, steps
from handlers.effects import Option, T
from handlers.life import BARU, DIGABUNG, DILENGKAPI, DITANGANI, DITUTUP, ENDED, KAJIAN_AWAL, MOVES, TIP

if TYPE_CHECKING:
    from handlers.view import CaseView

FIRST = 4  # buttons of a card as it stands at first
SHORT, MORE, WHOLE = ".ringkas", ".lain", ".lengkap"  # how a card stands: what its own buttons say behind /kasus
VIEWS = frozenset({SHORT, MORE, WHOLE})


def buttons(
    case: CaseView, view: str = SHORT, *, guest: bool = False, more: tuple[Option, ...] = ()
) -> tuple[Option, ...]:
    """The buttons of a card that stands so; `more` are put behind all others."""
    ways = (*filter(partial(_theirs, case), every(case, guest=guest)), *more)
    fits = len(ways) <= FIRST + 1  # one button in place of one would save nothing
    shown = ways if fits or view == MORE else ways[:FIRST]
    read = _turned(case, T("Ringkas"), SHORT) if view == WHOLE else _turned(case, T("Selengkapnya"), WHOLE)
    if fits:
        return (*shown, read)
    fold = _turned(case, T("Lebih sedikit"), SHORT) if view == MORE else _turned(case, T("Langkah lain"), MORE)
    return (*shown, read, fold)


def _theirs(case: CaseView, way: Option) -> bool:
    """Not refused to the one who reads: a colleague's case has no steps for others. Of many readers all is shown."""
    action = way.data.removeprefix("/").partition(" ")[0]
    if case.reader is None:
        return True
    if action == "kontak":
        return case.holder == case.reader.id
    if action == "lengkapi" and case.status == KAJIAN_AWAL:
        action = "kurang"  # tapped it is the same command
    return action not in MOVES or steps.refused(action, case, case.reader) is None


def _turned(case: CaseView, label: T, view: str) -> Option:
    return Option(label, f"/kasus {case.ticket} {view}", still=True)


def every(case: CaseView, *, guest: bool = False) -> tuple[Option, ...]:
    """All that can be done now, the likeliest first; each is the command with the revision that was on screen."""

    def button(label: T, command: str) -> Option:
        return Option(label, f"/{command} {case.ticket} @{case.rev}")

    ask, note = button(T("Tanya warga"), "tanya"), button(T("Catat"), "catat")
    lacks = (
        (button(T("Lengkapi"), "lengkapi"),) if case.status in {*TIP, DILENGKAPI, DIGABUNG} and case.can_reach else ()
    )
    why = Option(T("Mengapa ke sini?"), f"/kasus {case.ticket} mengapa")
    aside = (button(T("Alihkan"), "alihkan"), button(T("Tutup"), "tutup")) if case.status in TIP else ()
    if case.offered:
        return (*offers.buttons(case, guest=guest), *(() if guest else (ask, note)), why)
    if case.status == DIGABUNG:
        return (*joins.parting(case), ask, *lacks, note, why)
    first = (*seconds.buttons(case), *joins.buttons(case), *steps.buttons(case))
    if case.status == BARU:
        return (*first, button(T("Ambil"), "ambil"), ask, *aside, *lacks, note, why)
    if case.status == DITUTUP:
        return (button(T("Buka lagi"), "buka"), note, why)
    reach = (button(T("Kontak warga"), "kontak"),) if case.answers.get("identity") == "kontak" else ()
    free = (button(T("Lepas"), "lepas"),) if case.status == DITANGANI else ()
    look = (button(T("Periksa"), "periksa"),) if case.status not in ENDED else ()
    return (*first, ask, *lacks, *reach, *look, note, *aside, *free, why)
