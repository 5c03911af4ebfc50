"""Coded reasons for which a case ends early: the words that officers tap, and those for its reporter. Data only."""

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

# What its reporter is told of why it was closed; refused, or stopped.
CLOSINGS = {
    "bukan_netralitas": T("menurut petugas hal ini di luar netralitas ASN"),
    "kurang_jelas": T("keterangannya belum cukup untuk ditelusuri"),
    "ganda": T("hal yang sama sudah disampaikan dan ditangani"),
    "kantor_lain": T("ini wewenang lembaga lain"),
    "selesai": T("penelusurannya sudah selesai"),
}
REFUSED = {
    "lewat_waktu": T("menurut kantor disampaikan lewat batas waktunya"),
    "formal": T("menurut kantor syarat formalnya belum lengkap"),
    "materiel": T("menurut kantor syarat materielnya belum lengkap"),
    "bukan_wewenang": T("menurut kantor bukan wewenang Bawaslu"),
    "waktu_habis": T("batas waktu penanganannya sudah lewat"),
    "meninggal": T("menurut kantor yang dilaporkan sudah meninggal dunia"),
    "bukan_asn": T("menurut kantor yang dilaporkan bukan pegawai ASN pada waktu itu"),
    "sudah_diputus": T("menurut kantor hal yang sama sudah pernah diputus"),
}
