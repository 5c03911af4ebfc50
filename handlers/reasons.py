"""The coded reasons for which a case ends early: each with the words that officers tap. Data only."""

from __future__ import annotations

from handlers.effects import T

REASONS = {
    "bukan_netralitas": T("Bukan netralitas ASN"),
    "kurang_jelas": T("Keterangan kurang"),
    "ganda": T("Sudah ada yang sama"),
    "kantor_lain": T("Wewenang lembaga lain"),
    "selesai": T("Selesai ditelusuri"),
}
REFUSING = frozenset({"bukan_netralitas", "kurang_jelas", "kantor_lain"})  # to close so is to refuse: two people
REFUSALS = {
    "lewat_waktu": T("Lewat batas waktu"),
    "formal": T("Syarat formal kurang"),
    "materiel": T("Syarat materiel kurang"),
    "bukan_wewenang": T("Bukan wewenang"),
}
STOPS = {  # of what was registered, or found; not among them: that the reporter took it back (docs/adr/0023)
    "waktu_habis": T("Waktu sudah habis"),
    "meninggal": T("Terlapor meninggal"),
    "bukan_asn": T("Bukan ASN saat itu"),
    "sudah_diputus": T("Sudah pernah diputus"),
}
