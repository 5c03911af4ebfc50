"""A step that was made is told where its officer is: one line with the new state, the way back, and the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import Effect, MoveCase, Option, Send, T
from handlers.frozen import replace
from handlers.happenings import said
from handlers.life import STATUSES, STEPS
from handlers.triage import handles

if TYPE_CHECKING:
    from handlers.effects import Value
    from handlers.reply import Here
    from handlers.view import CaseView

SHORT = 160  # characters of what was typed for it: a number, its day and two names are never cut
WAITING = T("menunggu jawaban kantor itu")
HERE = "sini"  # behind the ticket in a button that is not on the card: what comes of it is said beside it
BACK = {  # what takes a step back that /mundur does not: the command, and what its button is called
    "ambil": ("lepas", T("Lepas")),
    "lepas": ("ambil", T("Ambil")),
    "tutup": ("buka", T("Buka lagi")),
    "buka": ("tutup", T("Tutup")),
    "tawarkan": ("tarik", T("Tarik kembali")),
    "serahkan": ("serahkan", T("Serahkan")),
    "usul": ("bantah", T("Cabut usul")),
    "gabung": ("pisah", T("Pisahkan")),
}
SILENT = frozenset({"ambil", "lepas", "buka"})  # pressed on the card; their way back is its next button
UNDONE = frozenset(move.action for move in STEPS if not move.two)  # what /mundur takes back
ON_CARD = SILENT | {"alihkan"}  # and an offer that is taken has none


def look(ticket: str) -> Option:
    """The button that shows the case's card."""
    return Option(T("Lihat kartu"), f"/kasus {ticket}")


def told(case: CaseView, step: MoveCase, here: Here, *more: Value) -> MoveCase:
    """The step with its line; `more` is what else is to be known of it."""
    office = step.office or (step.offer[0] if step.offer else "")
    row = {
        "action": step.action,
        "name": here.officer.name,
        "note": " ".join(step.note.split()).rstrip(".;"),
        "reason": step.reason,
        "office": here.book.offices[office] if office else "",
    }
    status = WAITING if step.action == "tawarkan" else STATUSES[step.status]
    text = T("{ticket}: {what}; sekarang {status}.", ticket=case.ticket, what=said(row, SHORT), status=status)
    after = case if step.holder is None else replace(case, holder=step.holder)
    ways = (*way_back(step), look(case.ticket)) if handles(here.officer, after) else ()  # who gave it out of sight
    return replace(step, said=Send((text, *more), ways, protect=True))


def way_back(step: MoveCase) -> tuple[Option, ...]:
    """The button that takes this step back, bound to the revision that it leaves; none where there is no such way."""
    rev = step.rev + 1
    if step.action in UNDONE:
        return (Option(T("Batalkan (10 menit)"), f"/mundur {step.ticket} @{rev}"),)
    if step.action not in BACK:
        return ()
    command, label = BACK[step.action]
    return (beside(command, label, step.ticket, rev),)


def beside(command: str, label: T, ticket: str, rev: int) -> Option:
    """A button of a step that is not on the card: what comes of it is said where it was pressed."""
    words = f"{ticket} {HERE}" if command in SILENT else ticket
    return Option(label, f"/{command} {words} @{rev}")


def on_card(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Of a step that was pressed on the card: where the card that is drawn anew says it all, it is not said again."""
    return tuple(_unsaid(one) if isinstance(one, MoveCase) and one.action in ON_CARD else one for one in effects)


def _unsaid(step: MoveCase) -> MoveCase:
    return replace(step, said=None, shows=True)
