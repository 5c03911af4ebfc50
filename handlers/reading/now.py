"""Is a story told while it happens? Plain words for an act that is seen now; a doubt is no, and the day is asked."""

from __future__ import annotations

import re

from handlers.reading.date_marks import regular
from handlers.reading.lexicon import LURAH, POSITIONS, whole

NEAR = 7  # words between an act and its "sekarang"
BEFORE = 3  # words before an act that can take it back
_END = re.compile(r"[.!?;\n]+(?![0-9])")
# Acts that one stands before and sees; of "kampanye" there are weeks, so it needs its place beside it.
_SEEN = (
    r"(?:bagi(?! (?:warga|orang|masyarakat|rakyat|kami|kita|saya|mereka|para|yang|semua|asn|pns|pegawai|guru))|"
    r"membagi|mbagi|ngebagi|dibagi|bagiin|bagikan|membagikan|dibagikan|pembagian|nyebar|sebar|menyebar|"
    r"menyebarkan|nyebarin|disebar|disebarkan|mengumpulkan|ngumpulin|kumpulin|dikumpulkan|dikumpulin|pidato|"
    r"berpidato|orasi|berorasi|konvoi|joget|berjoget|pasang|memasang|masang|dipasang|menempel|nempel|ditempel)"
)
_WEEKS = r"(?:kampanye|berkampanye|deklarasi)(?= (?:di|depan|dekat)\b)"
_ACT = re.compile(rf"\b(?:{_SEEN}|{_WEEKS})\b")
_DURING = re.compile(rf"\b(?:sedang|lagi) (?:{_SEEN}|{_WEEKS})\b")
_NOW = re.compile(r"\b(?:sekarang|saat ini|detik ini)(?: ini| juga)*\b")
_HERE = re.compile(
    r"(?:(?:sedang|lagi) .*|$|(?:di|depan|dekat)\b(?! (?:kantor )?(?:polisi|polsek|polres|penjara|tahanan|bawaslu|grup|"
    r"medsos|tiktok|facebook|fb|ig|wa)\b))"
)
_OFFICE = whole("|".join((*POSITIONS.values(), LURAH, "ada", "mereka")))
# Told of another time, of what may be, or of what somebody else saw.
_OTHERWISE = re.compile(
    r"\b(?:dulu|dahulu|dulunya|pernah|kalau|kalo|jika|bila|seandainya|akan|mau|hendak|rencana|rencananya|sering|suka|"
    r"biasa|biasanya|selalu|setiap|tiap|katanya|tadi|kemarin|semalam|lusa|besok|nanti|mantan|posting|postingan|"
    r"posting\w*|mengunggah|unggahan|viral|beredar|berita|status|story|menjabat|ketika|pas|waktu|saat(?! ini))\b"
)
# "sedang" is also told of a picture, or of what was seen once.
_SHOWN = re.compile(
    r"\b(?:foto\w*|video\w*|rekaman|gambar\w*|terlihat|kelihatan|tampak|nampak|kedapatan|tertangkap|kepergok|dipergoki|"
    r"ketahuan|tersebut|lihat|melihat)\b"
)
_NOT_AN_ACT = frozenset((
    "yang", "sudah", "telah", "habis", "baru", "tidak", "bukan", "belum", "jangan", "tanpa", "siap", "izin",
    "larangan", "dilarang", "soal", "jadwal", "panitia", "tim",
))  # fmt: skip
_ELSE = frozenset((
    *_NOT_AN_ACT, "sampai", "hingga", "sejak", "dari", "mulai", "jadi", "menjadi", "dan", "tapi", "tetapi", "namun",
    "lalu", "kemudian", "terus", "agar", "supaya", "karena", "sebab", "biar", "harus", "wajib", "bisa", "pilih",
    "memilih", "milih", "coblos", "nyoblos", "dukung", "mendukung", "kirim", "lapor", "laporkan", "tolong", "mohon",
    "cek", "dicek", "ditindak", "minta", "takut",
))  # fmt: skip
# "bupati sekarang" is who holds the office now.
_OF_NOW = frozenset((
    "yang", "sampai", "hingga", "sejak", "dari", "mulai", "bupati", "walikota", "kota", "gubernur", "presiden",
    "wakil", "camat", "lurah", "kades", "kepala", "sekda", "kadis", "pejabat", "dprd", "dewan", "calon", "petahana",
    "pilkada", "pemilu", "pilkades", "periode", "zaman", "jaman", "era", "masa", "tahun", "bulan", "minggu",
    "musim",
))  # fmt: skip
_AGAIN = re.compile(
    r"(?:lagi|datang|dateng|kembali|muncul|ikut|sekali|satu|dua|kali|hari|minggu|bulan|tahun|jam|menit|dan|bagi|kampanye|"
    r"[0-9]+|(?:me|ber|ng|ny|di)[a-z]{4,})"
)


def told_now(story: str) -> str:
    """Give "sekarang" where it says so beside an act, "sedang" where the act is only said to go on; else ""."""
    lines = [line for part in _END.split(story) if (line := regular(part))]
    if any(_OTHERWISE.search(line) for line in lines):
        return ""
    if any(_beside_now(line) for line in lines):
        return "sekarang"
    shown = any(_SHOWN.search(line) for line in lines)
    return "sedang" if not shown and any(_during(line) for line in lines) else ""


def _beside_now(line: str) -> bool:
    return any(_act_before(line, now) or _act_after(line, now) for now in _NOW.finditer(line))


def _act_before(line: str, now: re.Match[str]) -> bool:
    """As in "nyebar amplop sekarang di balai desa"."""
    acts = [act for act in _ACT.finditer(line) if act.end() <= now.start()]
    if not acts or not _HERE.match(line[now.end() :].strip()):
        return False
    between = line[acts[-1].end() : now.start()].split()
    told_of = _ELSE & {*between} or _OF_NOW & {*between[-1:]}
    return len(between) <= NEAR and not told_of and _is_act(line, acts[-1])


def _act_after(line: str, now: re.Match[str]) -> bool:
    """As in "sekarang pak camat bagi amplop": who it is stands between."""
    act = _ACT.search(line, now.end())
    if act is None or _OF_NOW & {*line[: now.start()].split()[-1:]}:
        return False
    between = line[now.end() : act.start()]
    words = between.split()
    return len(words) <= NEAR and not _ELSE & {*words} and bool(_OFFICE.search(between)) and _is_act(line, act)


def _during(line: str) -> bool:
    """As in "camat lagi bagi-bagi amplop", and not in "datang lagi bagi amplop", which is: again."""
    found = _DURING.search(line)
    if found is None:
        return False
    before = line[: found.start()].split()
    again = found[0].startswith("lagi") and _AGAIN.fullmatch(" ".join(before[-1:]))
    return bool(before) and not again and not _NOT_AN_ACT & {*before[-BEFORE:]}


def _is_act(line: str, act: re.Match[str]) -> bool:
    return not _NOT_AN_ACT & {*line[: act.start()].split()[-BEFORE:]}
