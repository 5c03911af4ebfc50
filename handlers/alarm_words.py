"""What is said when somebody is reminded, when nobody acts, and when somebody does again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.effects import Option, Send, T, Value
from handlers.opening import until
from law.reminders import ABOVE, HOLDER, LEAD, TOP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.alarms import Ends
    from law.hours import OfficeHours
    from law.reminders import Rung

MOST = 8  # cases that are named in one message
QUEUE, SOON = Option(T("Antrean"), "/antrean"), Option(T("Hampir jatuh tempo"), "/antrean tempo")


def _card(ticket: str) -> Option:
    return Option(T("Lihat kartu"), f"/kasus {ticket}")


def queue_told(rung: Rung, office_name: str, count: int, ticket: str, since: T) -> Send:
    """So many cases of that office are untaken; the oldest has this ticket and is there since then."""
    values: dict[str, Value] = {"count": count, "ticket": ticket, "since": since, "office": office_name}
    if rung.to in {ABOVE, TOP}:
        text = T(
            "⚠ {office} belum bertindak. Belum diambil: {count} kasus; yang terlama {ticket}, sejak {since}. "
            "Mohon dibantu.",
            **values,
        )
        return Send(text, (_card(ticket),), protect=True)
    if rung.to == LEAD:
        text = T(
            "⚠ Belum ada petugas yang bertindak. Belum diambil: {count} kasus; yang terlama {ticket}, sejak {since}.",
            **values,
        )
        return Send(text, (QUEUE, _card(ticket)), protect=True)
    text = T("⚠ Belum diambil: {count} kasus; yang terlama {ticket}, sejak {since}.", **values)
    return Send(text, (QUEUE, _card(ticket)), protect=True)


@dataclass(frozen=True, slots=True)
class Due:
    """A case of which somebody hears."""

    ticket: str
    ends: Ends


def limits_told(rung: Rung, office_name: str, cases: Sequence[Due], now: datetime, own: OfficeHours) -> Send:
    """Limits of cases of one office that end, or have passed; the first few are named."""
    up = rung.to in {ABOVE, TOP}
    rows: list[Value] = [_row(one, own, now) for one in cases[:MOST]]
    if len(cases) > MOST:
        rows.append(T("… dan {count} kasus lagi.", count=len(cases) - MOST))
    if rung.to == HOLDER:
        head = T("Pengingat tenggat:")
    elif up:
        head = T("⚠ {office} belum bertindak, dan tenggatnya lewat. Mohon dibantu:", office=office_name)
    else:
        head = T("⚠ Belum ada tindakan, dan tenggatnya dekat atau lewat:")
    listed = len(cases) > 1 and not up  # the list of another office is not this one's
    return Send((head, *rows), (SOON,) if listed else (_card(cases[0].ticket),), protect=True)


def _row(one: Due, own: OfficeHours, now: datetime) -> T:
    values: dict[str, Value] = {
        "ticket": one.ticket,
        "label": T(one.ends.label),
        "until": until(own, one.ends.last_day),
    }
    if now.astimezone(own.zone).date() > one.ends.last_day:
        return T("⚠ {ticket} · tenggat {label} lewat: {until}", **values)
    return T("• {ticket} · tenggat {label}: {until}", **values)


def in_hand(office_name: str, ticket: str = "") -> Send:
    """To who was alarmed of a case, or of an office's queue: somebody acts again."""
    if ticket:
        return Send(T("{ticket}: {office} sudah bertindak.", ticket=ticket, office=office_name), (_card(ticket),))
    return Send(T("{office} sudah bertindak; antreannya ditangani lagi.", office=office_name))
