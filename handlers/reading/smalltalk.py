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
    r"\b(aman|ketahuan|ketauan|takut|bocor|dijamin|dilindungi|perlindungan|identitas|rahasia(kan)?|nama (saya|aku)|"
    r"siapa (saja )?(yang )?(bisa |dapat )?(lihat|melihat|baca|membaca|tahu)|"
    r"(atasan|bos|pimpinan|kepala)( (saya|aku))?( (akan|bakal|bisa|nanti))? tahu)\b"
)
_SELF = re.compile(r"\b(saya|aku|gue|kami)\b")
_LONG = 16  # words; a longer message tells something


def nobody(text: str) -> bool:
    """Whether it is said that the person is not known: "gatau siapa namanya"."""
    return bool(_NOBODY.search(unslang(text))) and len(text.split()) <= 6  # noqa: PLR2004 - words


def worried(text: str) -> bool:
    """Whether somebody asks if it is safe, or says that they are afraid, and tells nothing else."""
    line, many = unslang(text), len(text.split())
    asks = "?" in text or many <= 3 or bool(_SELF.search(line))  # noqa: PLR2004 - words
    return many <= _LONG and asks and bool(_WORRY.search(line))


def says_nothing(text: str) -> bool:
    """Whether words answer no question of who: "???", "ya", "sudah selesai"."""
    return bool(small(text) or _DONE.match(text.strip()))


def small(text: str) -> str:
    """GREETING, THANKS, or "" for words that say something."""
    text = text.strip()
    if _GREETINGS.match(text) or len(re.sub(r"\W", "", text)) < 3:  # noqa: PLR2004 - "p", "?", "ok"
        return THANKS if _THANKS.match(text) else GREETING
    return THANKS if _THANKS.match(text) else ""
