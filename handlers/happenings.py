"""The history of a case, a line for each happening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import T, Value
from handlers.life import MOVES, REASONS, REFUSALS
from handlers.speech import spoken
from handlers.summary import cut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from handlers.view import CaseView


def happenings(case: CaseView, most: int, note: int = 0) -> tuple[Value, ...]:
    """The newest rows of the history, oldest first; their notes cut after `note` characters, 0 for whole."""
    return tuple(
        T(
            "{day} pukul {time}: {what}",
            day=spoken(row["at"].date()),
            time=row["at"].strftime("%H.%M"),
            what=_deed(row, note),
        )
        for row in case.history[-most:]
    )


MOST_NEWS, SHORT_NEWS = 3, 200  # rows, characters of their notes


def since(case: CaseView, rev: int) -> tuple[Value, ...]:
    """What is said to a button of an earlier revision: the newest rows that came after it, each with who did it."""
    count = min(max(case.rev - rev, 1), MOST_NEWS)
    told = happenings(case, count, SHORT_NEWS)
    return (
        T("{ticket} sudah berubah sejak tombol itu tampil:", ticket=case.ticket),
        *(_signed(row, one) for row, one in zip(case.history[-count:], told, strict=True)),
        T("Ini kartunya sekarang:"),
    )


def _signed(row: Mapping[str, Any], happening: Value) -> T:
    """The line, and the name where the line itself names nobody; what no officer did has none."""
    if row["name"] and row["action"] in NAMELESS:
        return T("• {happening} ({name})", happening=happening, name=row["name"])
    return T("• {happening}", happening=happening)


DEEDS = {
    "masuk": T("masuk lewat percakapan"),
    "ambil": T("diambil oleh {name}"),
    "serahkan": T("diserahkan oleh {name} kepada {note}"),
    "lepas": T("dilepas oleh {name}"),
    "tawarkan": T("ditawarkan oleh {name} kepada {office}: {note}"),
    "tarik": T("tawaran ditarik oleh {name}"),
    "kembalikan": T("dikembalikan {office}: {note}"),
    "tanpa_jawaban": T("tidak dijawab {office}"),
    "diputus_atas": T("naik ke {office}, sesudah dua kali tidak diterima"),
    "alihkan": T("dialihkan ke {office}: {note}"),
    "naik": T("naik ke {office}, petugas kantor sebelumnya tidak ada lagi"),
    "turun": T("turun ke {office}, petugasnya sudah ada"),
    "tutup": T("ditutup oleh {name}: {reason}"),
    "buka": T("dibuka lagi oleh {name}"),
    "tanya": T("pertanyaan kepada warga: {note}"),
    "kabari": T("kabar kepada warga: {note}"),
    "lengkapi": T("warga diminta melengkapi: {note}"),
    "dilengkapi": T("warga melengkapi: {note}"),
    "jawab": T("jawaban warga: {note}"),
    "tambahan": T("tambahan warga: {note}"),
    "bukti": T("warga menambah berkas"),
    "koreksi": T("warga meminta dibetulkan: {note}"),
    "hapus": T("warga meminta datanya dihapus"),
    "kontak": T("kontak warga dibuka oleh {name}"),
    "berkas": T("berkas kasus diambil {name}"),
    "naskah": T("naskah rekomendasi diambil {name}"),
    "salinan": T("{name} menyetujui salinan bukti asli untuk {note}"),
    "identitas": T("{name} menyetujui pembukaan identitas warga untuk {note}"),
    "catat": T("catatan {name}: {note}"),
    "usul": T("{name} mengusulkan {note} {reason}"),
    "bantah": T("usul tidak disetujui {name}"),
    "mundur": T("{name} membatalkan langkah: {note}"),
}


NAMELESS = frozenset(action for action, line in DEEDS.items() if "{name}" not in line.msgid)


def _deed(row: Mapping[str, Any], most: int) -> T:
    said = {name: row.get(name, "") for name in ("name", "note", "office")}
    said["note"] = cut(said["note"], most) if most else said["note"]
    reason: Value = {**REASONS, **REFUSALS}.get(row.get("reason", ""), "")
    if row["action"] in MOVES and row["action"] not in DEEDS:
        move = MOVES[row["action"]]
        detail = T(": {detail}", detail=reason or said["note"]) if reason or said["note"] else ""
        return T("{step}, oleh {name}{detail}", step=move.label, name=said["name"], detail=detail)
    return T(DEEDS.get(row["action"], DEEDS["catat"]).msgid, reason=reason, **said)
