"""What an office hears at eight in the morning: what waits, what falls due, and what stands still below it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.deadlines import limit_in_brief
from handlers.effects import Option, T
from handlers.life import STATUSES
from handlers.reply import Here, Reply, say
from handlers.speech import KINDS

if TYPE_CHECKING:
    from handlers.effects import Value
    from handlers.office_events import MorningCame
    from handlers.state import State


def morning_came(state: State, event: MorningCame, here: Here) -> Reply:
    """One message; the numbers first, then the nearest limits, then the offices below that need a hand."""
    rows: list[Value] = [T("Selamat pagi, {office}.", office=event.office_name)]
    if event.waiting:
        rows.append(T("Belum diambil: {count} kasus.", count=event.waiting))
    if event.silent:
        rows.append(T("⚠ {count} di antaranya sudah lebih dari 24 jam tanpa tindakan.", count=event.silent))
    if event.running:
        rows.append(T("Sedang berjalan: {count} kasus.", count=event.running))
    rows += [_limit(one, event.office, here) for one in event.due]
    if event.below:
        rows += ["", T("Kantor di bawah Anda yang perlu dibantu:")]
        rows += [
            T("• {office}: {silent} belum diambil, {late} lewat tenggat", office=name, silent=silent, late=late)
            for name, silent, late in event.below
        ]
    buttons = (Option(T("Antrean"), "/antrean"), Option(T("Hampir jatuh tempo"), "/antrean tempo"))
    return say(state, tuple(rows), *buttons)


def _limit(one: tuple[str, str, str, str], office: str, here: Here) -> T:
    ticket, status, deadline, kind = one
    return T(
        "• {ticket} · {state} · {kind} · {when}",
        ticket=ticket,
        state=STATUSES[status],
        kind=KINDS.get(kind, T("bentuk belum jelas")),
        when=limit_in_brief(office, status, date.fromisoformat(deadline), here.turn.at, here.book),
    )
