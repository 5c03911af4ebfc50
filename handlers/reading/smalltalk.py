"""First words that are no story: greetings, thanks, tests."""

from __future__ import annotations

import re

from handlers.reading.spelling import unslang

GREETING, THANKS = "greeting", "thanks"
_GREETINGS = re.compile(
    r"^(ass?ala?mu?'?\s*ala?ikum.*|hal+o+|ha+i+|hi|hello|p+|ping|tes+t?|permisi|selamat (pagi|siang|sore|malam)"
    r"|(pagi|siang|sore|malam)|min|admin|bot|mulai|start"
    r"|((maaf|mohon izin|izin|permisi|halo|pak|bu|min|kak|mas|mbak)[\s,]+)*((saya|aku)\s+)?"
    r"((mau|ingin|pengen|hendak)\s+)?((ber)?tanya|(me)?lapor(kan|an)?(\s+sesuatu)?)"
    r"|((halo|min|kak|pak|bu)[\s,]+)*(gimana|bagaimana|gmn)?\s*(cara(nya)?)\s+(me)?lapor(kan)?)"
    r"(\s+(pak|bu|min|admin|kak|bot|bawaslu|dong|nih|ya))*[\s.!?,]*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^((ok(e|ay)?|baik|sip|siap|ya|iya|terima\s*kasih|trims|makasih|mksh|tks|thx|thanks?( you)?|matur nuwun|"
    r"hatur nuhun)[\s.!,]*)+((pak|bu|min|kak|banyak|bot)[\s.!]*)*$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"^((saya|aku|yang|ini|itu|sudah|udah|selesai|cukup|saja|aja|sekian|beres|tidak tahu lagi|dulu)[\s.!?,]*)+$",
    re.IGNORECASE,
)


_NOBODY = re.compile(r"^(tidak|kurang|belum) (tahu|kenal|ingat|pasti|jelas)\b|^(lupa|entah)\b")
_WORRY = re.compile(
    r"\b(aman|ketahuan|ketauan|bocor|dijamin|dilindungi|perlindungan|identitas|rahasia(kan)?|nama (saya|aku)|"
    r"siapa (saja )?(yang )?(bisa |dapat )?(lihat|melihat|baca|membaca|tahu)|"
    r"(atasan|bos|pimpinan|kepala)( (saya|aku))?( (akan|bakal|bisa|nanti))? tahu)\b"
)
_ASKS = re.compile(r"\?|\b(aman|ketahuan|ketauan|bocor|dijamin|dilindungi|rahasia|tahu)( nanti)? tidak\b|\bapa(kah)?\b")
_AFRAID = re.compile(
    r"^((saya|aku|gue|kami) )?(takut|khawatir|was was)( (saja|ketahuan|ketauan|dipecat|dimutasi|sekali|"
    r"atasan|sama|saya|pak|bu|min|kak))*$"
)
_LONG = 16  # words; a longer message tells something
_OUT = re.compile(
    r"^(ya |eh |maaf )?(batal(kan)?|tidak jadi|stop|berhenti)( (lapor|laporan|saja|deh|dulu|pak|bu|min|kak|melapor))*"
    r"(,? ?(saya |aku )?takut.*)?$|^(saya |aku )?takut,? (jadi )?tidak jadi( lapor)?$"
)
_ERASE = re.compile(r"^hapus( (saja|semua|data|draf|cerita|punya|saya|nya|tolong|pak|bu|min))*( ?(saya )?takut.*)?$")


# Looked for first, in any spelling: regular words cost more than all the rest of an ordinary answer.
_HINT = re.compile(
    r"am+an|tah?u|bocor|jamin|lindung|identitas|rahasia|nama|li[ha]|baca|takut|khawatir|was|\?", re.IGNORECASE
)
_OUT_HINT = re.compile(r"batal|jadi|stop|henti|hapus", re.IGNORECASE)


def nobody(text: str) -> bool:
    """Whether it is said that the person is not known: "gatau siapa namanya"."""
    return bool(_NOBODY.search(unslang(text))) and len(text.split()) <= 6  # noqa: PLR2004 - words


def worried(text: str) -> bool:
    """Whether somebody asks if it is safe, or says that they are afraid, and tells nothing else."""
    if not _HINT.search(text):
        return False
    line = " ".join(unslang(text).split())
    if _AFRAID.match(re.sub(r"[^\w ]", "", line)):
        return True
    return len(text.split()) <= _LONG and bool(_ASKS.search(line) and _WORRY.search(line))


def wants_out(text: str) -> str:
    """What somebody wants who would rather stop: "batal", "hapus", or "" for other words."""
    if not _OUT_HINT.search(text):
        return ""
    line = " ".join(re.sub(r"[^\w ]", " ", unslang(text)).split())
    return "batal" if _OUT.match(line) else "hapus" if _ERASE.match(line) else ""


def says_nothing(text: str) -> bool:
    """Whether words answer no question of who: "???", "ya", "sudah selesai"."""
    return bool(small(text) or _DONE.match(text.strip()))


def small(text: str) -> str:
    """GREETING, THANKS, or "" for words that say something."""
    text = text.strip()
    if _GREETINGS.match(text) or len(re.sub(r"\W", "", text)) < 3:  # noqa: PLR2004 - "p", "?", "ok"
        return THANKS if _THANKS.match(text) else GREETING
    return THANKS if _THANKS.match(text) else ""
