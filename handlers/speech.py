"""Words of ours for values: days, kinds, positions, ways of being known, and where the clock stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.effects import T
from handlers.life import (
    BARU,
    BUKAN,
    DI_PPK,
    DIGABUNG,
    DIHENTIKAN,
    DIHUKUM,
    DILENGKAPI,
    DIREGISTRASI,
    DITANGANI,
    DITELUSURI,
    DITERUSKAN,
    DITOLAK,
    DITUTUP,
    DIVERIFIKASI,
    KAJIAN,
    KAJIAN_AWAL,
    KLARIFIKASI,
    PLENO,
    REKOMENDASI,
    SELESAI,
    TEMUAN,
    TIDAK_DIREGISTRASI,
    TIDAK_TERBUKTI,
)

if TYPE_CHECKING:
    from handlers.state import Answers

WEEKDAYS = (T("Senin"), T("Selasa"), T("Rabu"), T("Kamis"), T("Jumat"), T("Sabtu"), T("Minggu"))
MONTHS = (
    T("Januari"),
    T("Februari"),
    T("Maret"),
    T("April"),
    T("Mei"),
    T("Juni"),
    T("Juli"),
    T("Agustus"),
    T("September"),
    T("Oktober"),
    T("November"),
    T("Desember"),
)
PARTS_OF_DAY = {
    "dini hari": T("dini hari"),
    "pagi": T("pagi"),
    "siang": T("siang"),
    "tengah hari": T("tengah hari"),
    "sore": T("sore"),
    "petang": T("petang"),
    "malam": T("malam"),
    "tengah malam": T("tengah malam"),
    "habis subuh": T("habis subuh"),
    "habis zuhur": T("habis zuhur"),
    "habis jumatan": T("habis salat Jumat"),
    "habis asar": T("habis asar"),
    "habis magrib": T("habis magrib"),
    "habis isya": T("habis isya"),
    "habis tarawih": T("habis tarawih"),
}
KINDS = {
    "pertemuan": T("Pertemuan"),
    "ajakan": T("Ajakan atau seruan"),
    "pemberian": T("Uang atau barang"),
    "medsos": T("Media sosial"),
    "baliho": T("Baliho atau atribut"),
    "kampanye": T("Ikut kampanye"),
    "jabatan": T("Fasilitas, jabatan"),
    "ktp": T("Dukungan KTP"),
    "lainnya": T("Lainnya"),
}
POSITIONS = {
    "asn": T("ASN (PNS, PPPK)"),
    "kades": T("Kades, perangkat"),
    "tni": T("TNI"),
    "polri": T("Polri"),
    "honorer": T("Honorer"),
    "tidak_tahu": T("Tidak tahu"),
}
IDENTITIES = {
    "anonim": T("Anonim"),
    "rahasia": T("Rahasia"),
    "kontak": T("Bersedia dihubungi"),
}
MEDIA = {
    "photo": T("foto"),
    "video": T("video"),
    "voice": T("rekaman suara"),
    "document": T("dokumen"),
    "link": T("tautan"),
}
ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
UNKNOWN_PLACE_ZONE = "Asia/Jakarta"


def zone_of(answers: Answers) -> ZoneInfo:
    """The zone of the place of the event; Jakarta's while the place is not known."""
    place = answers.get("place") or {}
    return ZoneInfo(place.get("zone") or UNKNOWN_PLACE_ZONE)


def today(at: datetime, answers: Answers) -> date:
    """The calendar day at the place of the event."""
    return at.astimezone(zone_of(answers)).date()


def written(day: date) -> str:
    """A day in the words of the register, which is kept in Indonesian: 2 September 2024."""
    return f"{day.day} {MONTHS[day.month - 1].msgid} {day.year}"


def spoken(day: date | str) -> T:
    """A day as people say it: Senin, 2 September 2024."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    month = MONTHS[day.month - 1]
    return T(
        "{weekday}, {day} {month} {year}",
        weekday=WEEKDAYS[day.weekday()],
        day=day.day,
        month=month,
        year=day.year,
    )


def moment(at: datetime, zone: str) -> T:
    """A time of day at a place: 2 September 2024 pukul 19.30 WIB."""
    local = at.astimezone(ZoneInfo(zone))
    return T(
        "{day} pukul {time} {zone}",
        day=spoken(local.date()),
        time=local.strftime("%H.%M"),
        zone=ZONES.get(zone, "WIB"),
    )


def at_nine(day: date, answers: Answers) -> datetime:
    """Nine in the morning of that day at the place."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=zone_of(answers))


# How a citizen reads it: never that a message is a Laporan, that someone is guilty, or what follows from it.
PUBLIC = {
    BARU: T("menunggu petugas"),
    DITANGANI: T("sedang ditangani"),
    DITELUSURI: T("sedang ditelusuri"),
    TEMUAN: T("dicatat sebagai temuan pengawas dan akan dikaji"),
    KAJIAN_AWAL: T("formulir yang ditandatangani sudah diterima kantor dan sedang diperiksa kelengkapannya"),
    DILENGKAPI: T("menunggu kelengkapan"),
    DIREGISTRASI: T("sudah diregistrasi; nomornya ada pada kantor"),
    TIDAK_DIREGISTRASI: T("tidak diregistrasi"),
    KLARIFIKASI: T("dalam tahap klarifikasi"),
    KAJIAN: T("sedang dikaji"),
    PLENO: T("sudah dibahas dalam rapat pleno"),
    BUKAN: T("menurut rapat pleno bukan pelanggaran"),
    DIHENTIKAN: T("penanganannya dihentikan"),
    REKOMENDASI: T("akan diteruskan kepada instansi yang berwenang"),
    DITERUSKAN: T("sudah diteruskan kepada instansi yang berwenang"),
    DIVERIFIKASI: T("sedang diperiksa oleh instansi yang berwenang"),
    DI_PPK: T("sedang di tangan pejabat pembina kepegawaian"),
    DIHUKUM: T("sudah diputus oleh instansi yang berwenang; putusannya dapat ditanyakan kepada kantor"),
    TIDAK_TERBUKTI: T("sudah diputus oleh instansi yang berwenang; putusannya dapat ditanyakan kepada kantor"),
    DITOLAK: T("sudah dijawab oleh instansi yang berwenang; jawabannya dapat ditanyakan kepada kantor"),
    SELESAI: T("selesai"),
    DITUTUP: T("ditutup"),
    DIGABUNG: T("ditangani bersama informasi lain tentang kejadian yang sama"),
}
# To those whose case is joined to another: whose form came, and who is asked for more, concerns one reporter alone.
SHARED = PUBLIC | dict.fromkeys((KAJIAN_AWAL, DILENGKAPI), T("sedang diperiksa kelengkapannya oleh kantor"))
