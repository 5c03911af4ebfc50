"""A case is parted from one whose outcome its citizen has heard: asked once more, and told so (handlers/joins.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.done import look
from handlers.effects import Option, Send, T
from handlers.life import (
    BUKAN,
    DI_PPK,
    DIHENTIKAN,
    DIHUKUM,
    DITERUSKAN,
    DITOLAK,
    DITUTUP,
    DIVERIFIKASI,
    REKOMENDASI,
    SELESAI,
    STATUSES,
    TIDAK_DIREGISTRASI,
    TIDAK_TERBUKTI,
)

if TYPE_CHECKING:
    from handlers.view import CaseView

ASK, SURE = "pisah", "pisahkan"  # what both cases are loaded for: to part them, and once that was asked
YES = "ya"  # behind the ticket
OUTCOMES = frozenset(
    {
        TIDAK_DIREGISTRASI, BUKAN, DIHENTIKAN, REKOMENDASI, DITERUSKAN, DIVERIFIKASI, DI_PPK, DIHUKUM, TIDAK_TERBUKTI,
        DITOLAK, SELESAI, DITUTUP,
    }
)  # fmt: skip


def told(case: CaseView, main: CaseView) -> bool:
    """Did the joined case's citizen hear of an outcome, which came after they were joined?"""
    joined = [row["status"] for row in main.history if row["action"] == "gabungan" and row["note"] == case.ticket]
    return case.can_reach and main.status in OUTCOMES and main.status not in joined[-1:]


def asked(case: CaseView, main: CaseView) -> Send:
    """Before it is done: what they heard already."""
    text = (
        T(
            "Warga {ticket} sudah dikabari hasil {main}: {state}. Tetap pisahkan?",
            ticket=case.ticket,
            main=main.ticket,
            state=STATUSES[main.status],
        ),
        T("Ia akan dikabari bahwa {ticket} ditangani sendiri lagi.", ticket=case.ticket),
    )
    sure = Option(T("Ya, pisahkan"), f"/pisah {case.ticket} {YES} @{case.rev}")
    return Send(text, (sure, look(main.ticket)), protect=True)
