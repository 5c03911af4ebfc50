"""The life of a case: its states, who may do what, and the moves that are permitted. Data first.

In this first form a case is taken, asked about, passed on and closed; the road to a recommendation joins here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.effects import T

if TYPE_CHECKING:
    from handlers.effects import Staff
    from handlers.events import CaseView

BARU, DITANGANI, DITUTUP = "baru", "ditangani", "ditutup"
STATUSES = {
    BARU: T("baru"),
    DITANGANI: T("ditangani"),
    DITUTUP: T("ditutup"),
}
PANWASCAM, PETUGAS, KOORDINATOR, AUDITOR = "panwascam", "petugas", "koordinator", "auditor"
ROLES = {
    PANWASCAM: T("panwascam"),
    PETUGAS: T("petugas"),
    KOORDINATOR: T("koordinator"),
    AUDITOR: T("auditor"),
}
DESK = frozenset({PANWASCAM, PETUGAS, KOORDINATOR})


@dataclass(frozen=True, slots=True)
class Move:
    """A permitted move: from which states, to which, and what it rests on."""

    action: str
    sources: frozenset[str]
    target: str
    origin: str


MOVES = {
    move.action: move
    for move in (
        Move("ambil", frozenset({BARU}), DITANGANI, "penelusuran informasi awal: Perbawaslu 5/2022, Form A"),
        Move("lepas", frozenset({DITANGANI}), BARU, "urung ambil; tidak berakibat hukum"),
        Move("alihkan", frozenset({BARU, DITANGANI}), BARU, "tempat kejadian: Perbawaslu 7/2022 pasal 10(1)a"),
        Move(
            "tutup",
            frozenset({BARU, DITANGANI}),
            DITUTUP,
            "informasi awal tidak ditindaklanjuti, dengan alasan",
        ),
        Move("buka", frozenset({DITUTUP}), DITANGANI, "urung tutup; tidak berakibat hukum"),
    )
}
REASONS = {
    "bukan_netralitas": T("Bukan netralitas ASN"),
    "kurang_jelas": T("Keterangan kurang"),
    "ganda": T("Sudah ada yang sama"),
    "kantor_lain": T("Wewenang lembaga lain"),
    "selesai": T("Selesai ditelusuri"),
}


def above(code: str) -> str:
    """The office over this one: 33.11 -> 33 -> RI -> ""."""
    if "." in code:
        return code.partition(".")[0]
    return "" if code in ("RI", "") else "RI"


def covers(upper: str, office: str) -> bool:
    """Is the first office the second, or above it?"""
    while office and office != upper:
        office = above(office)
    return bool(office)


def sees(staff: Staff, office: str) -> bool:
    """May this officer look into a case of that office? Own office, and offices below; an auditor sees none."""
    return staff.role in DESK and covers(staff.office, office)


def permitted(action: str, case: CaseView) -> bool:
    """Does the table allow this move from the case's present state?"""
    return case.status in MOVES[action].sources
