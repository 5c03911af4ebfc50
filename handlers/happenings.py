"""The history of a case, a line for each happening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.brief import brief
from handlers.effects import T, Value
from handlers.frozen import replace
from handlers.life import MOVES
from handlers.reasons import REASONS, REFUSALS, REFUSING, STOPS
from handlers.speech import spoken
from handlers.summary import cut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from handlers.view import CaseView


def happenings(case: CaseView, most: int, note: int = 0, *, named: bool = False) -> tuple[Value, ...]:
    """The newest rows of the history, oldest first; their notes cut after `note` characters, 0 for whole.

    With `named` it says who is kept out for a conflict of interest, and why: for the koordinator alone.
    """
    return tuple(
        T(
            "{day} pukul {time}: {what}",
            day=spoken(row["at"].date()),
            time=row["at"].strftime("%H.%M"),
            what=_told(said(row, note, NAMED if named else None), voids=voids),
        )
        for row, voids in _ends(case)[-most:]
    )


def lately(case: CaseView, most: int, note: int, today: date) -> tuple[Value, ...]:
    """The newest rows in few words, oldest first."""
    return tuple(
        T(
            "{day} {time}: {what}",
            day=brief(row["at"].date(), today),
            time=row["at"].strftime("%H.%M"),
            what=_told(said(row, note), voids=voids),
        )
        for row, voids in _ends(case)[-most:]
    )


def _told(what: T, *, voids: bool) -> T:
    return T("{what}; usul yang menunggu gugur", what=what) if voids else what


def _ends(case: CaseView) -> list[tuple[Mapping[str, Any], bool]]:
    """Each row, and whether what waited for a second person was void by it: neither answered nor left standing."""
    found, waits = [], False
    for row in case.history:
        beside = row["action"] in ASIDE or row["action"] in STANDS
        found.append((row, waits and not beside and not _answers(row)))
        waits = row["action"] == "usul" or (waits and beside and row["action"] != "benturan")  # who it kept out made it
    return found


def _answers(row: Mapping[str, Any]) -> bool:
    """Is it what became of a proposal: withdrawn, denied, or done by two?"""
    action = row["action"]
    return action in ANSWERS or (action in MOVES and by_two(action, row.get("reason", "")))


MOST_NEWS, SHORT_NEWS = 3, 200  # rows, characters of their notes


def since(case: CaseView, rev: int) -> tuple[Value, ...]:
    """What is said to a button of an earlier revision: the newest rows that came after it, each with who did it."""
    count = min(max(case.rev - rev, 1), MOST_NEWS)
    case = replace(case, history=tuple(row for row in case.history if row["action"] not in ASIDE))
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
    "alihkan": T("dialihkan ke {office}, diterima oleh {name}: {note}"),
    "naik": T("naik ke {office}, petugas kantor sebelumnya tidak ada lagi"),
    "turun": T("turun ke {office}, petugasnya sudah ada"),
    "tutup": T("ditutup oleh {name}: {reason}"),
    "buka": T("dibuka lagi oleh {name}"),
    "gabung": T("digabungkan ke {note} oleh {name}"),
    "gabungan": T("{note} digabungkan ke sini oleh {name}"),
    "pisah": T("dipisahkan dari {note} oleh {name}"),
    "pisahan": T("{note} dipisahkan dari sini oleh {name}"),
    "beda": T("menurut {name} bukan kejadian yang sama dengan {note}"),
    "susulan": T("warga menambah pada {note}"),
    "ikut": T("ikut {note} ke {office}"),
    "tanya": T("pertanyaan kepada warga: {note}"),
    "kabari": T("kabar kepada warga: {note}"),
    "lengkapi": T("warga diminta melengkapi: {note}"),
    "dilengkapi": T("warga melengkapi: {note}"),
    "jawab": T("jawaban warga: {note}"),
    "tambahan": T("tambahan warga: {note}"),
    "bukti": T("warga menambah berkas"),
    "koreksi": T("warga meminta dibetulkan{detail}"),
    "hapus": T("warga meminta datanya dihapus{detail}"),
    "kontak": T("kontak warga dibuka oleh {name}"),
    "berkas": T("berkas kasus diambil {name}"),
    "naskah": T("naskah rekomendasi diambil {name}"),
    "salinan": T("{name} menyetujui salinan bukti asli untuk {note}"),
    "identitas": T("{name} menyetujui pembukaan identitas warga untuk {note}"),
    "dibatalkan": T("langkah dibatalkan, disetujui {name}: {note}"),
    "ralat": T("ralat {note}, disetujui {name}"),
    "catat": T("catatan {name}: {note}"),
    "periksa": T("daftar periksa, {name}: {note}"),
    "tarik_catatan": T("{name} menarik catatannya: {note}"),
    "label": T("{name} memasang label {note}"),
    "tanpa_label": T("{name} melepas label {note}"),
    "usul": T("{name} mengusulkan {note}"),
    "bantah": T("usul tidak disetujui {name}{detail}"),
    "cabut": T("usul dicabut {name}{detail}"),
    "mundur": T("{name} membatalkan langkah: {note}"),
    "naik_benturan": T("naik ke {office}, karena benturan kepentingan di kantor sebelumnya"),
    "benturan": T("seorang petugas dijauhkan karena benturan kepentingan"),
    "benturan_lepas": T("tanda benturan kepentingan dilepas"),
}


# Rows that leave the case's revision as it is.
ASIDE = frozenset({"berkas", "naskah", "periksa", "benturan", "benturan_lepas"})
# Rows that leave a proposal standing, and why: what the second person is to confirm is what it was. After every other
# row it is void: after any move or hand-over, after what the citizen adds, answers, corrects or completes.
STANDS = {
    "catat": "said beside the case: what was proposed, and of what, is unchanged",
    "tarik_catatan": "as a note is",
    "label": "by it an office finds the case; nothing of the case is said with it",
    "tanpa_label": "as a label is",
    "tanya": "a question changes nothing before it is answered; the answer does",
    "lengkapi": "as a question; what the citizen completes then does",
    "kabari": "news of the case is not of what it holds",
    "kontak": "who it was from was read; nothing was written",
}


ANSWERS = frozenset({"cabut", "bantah", "salinan", "identitas", "ralat", "dibatalkan"})  # and every move that needs two


NAMED = {  # what a koordinator reads instead: of whom it was said, and why
    "benturan": T("dijauhkan karena benturan kepentingan: {note}"),
    "benturan_lepas": T("tanda benturan kepentingan dilepas: {note}"),
}


STEPS = {move.label.msgid: move.label for move in MOVES.values()}  # a step that was taken back, as history names it
NAMELESS = frozenset(action for action, line in DEEDS.items() if "{name}" not in line.msgid)


def said(row: Mapping[str, Any], most: int = 0, named: Mapping[str, T] | None = None) -> T:
    """One row in words; its note cut after `most` characters, 0 for whole."""
    note = row.get("note", "")
    values = {"name": row.get("name", ""), "note": cut(note, most) if most else note, "office": row.get("office", "")}
    if row["action"] == "mundur":
        values["note"] = STEPS.get(values["note"], values["note"])
    reason: Value = {**REASONS, **REFUSALS, **STOPS}.get(row.get("reason", ""), "")
    action = row["action"]
    if action in MOVES and by_two(action, row.get("reason", "")):
        return _agreed(MOVES[action].label, reason, values)
    if action == "usul" and reason:
        return T("{name} mengusulkan {note} {reason}", reason=reason, **values)
    detail = T(": {detail}", detail=reason or values["note"]) if reason or values["note"] else ""
    if action in MOVES and action not in DEEDS:
        return T("{step}, oleh {name}{detail}", step=MOVES[action].label, name=values["name"], detail=detail)
    line = ((named or {}).get(action) if values["note"] else None) or DEEDS.get(action, DEEDS["catat"])
    return T(line.msgid, reason=reason, detail=detail, **values)


def by_two(action: str, reason: str) -> bool:
    """Does this move need two people?"""
    return MOVES[action].two or reason in REFUSING


def _agreed(step: T, reason: Value, values: Mapping[str, str]) -> T:
    """What two people did; who proposed it stands in the note."""
    detail = T("{reason} {note}", reason=reason, note=values["note"]) if reason else values["note"]
    return T("{step}, disetujui {name}: {detail}", step=step, name=values["name"], detail=detail)
