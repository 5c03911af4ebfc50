"""First words that are no story: greetings, thanks, tests."""

from __future__ import annotations

import re

GREETING, THANKS = "greeting", "thanks"
_GREETINGS = re.compile(
    r"^(ass?ala?mu?'?\s*ala?ikum.*|hal+o+|ha+i+|hi|hello|p+|ping|tes+t?|permisi|selamat (pagi|siang|sore|malam)"
    r"|(pagi|siang|sore|malam)|min|admin|bot|mulai|start"
    r"|((maaf|mohon izin|izin|permisi|halo|pak|bu|min|kak|mas|mbak)[\s,]+)*((saya|aku)\s+)?"
    r"((mau|ingin|pengen|hendak)\s+)?(me)?lapor(kan|an)?(\s+sesuatu)?)"
    r"(\s+(pak|bu|min|admin|kak|bot|bawaslu|dong|nih|ya))*[\s.!?,]*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^((ok(e|ay)?|baik|sip|siap|ya|iya|terima\s*kasih|trims|makasih|mksh|tks|thx|thanks?( you)?|matur nuwun|"
    r"hatur nuhun)[\s.!,]*)+((pak|bu|min|kak|banyak|bot)[\s.!]*)*$",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"^((saya|aku|yang|ini|itu|sudah|udah|selesai|cukup|saja|aja|sekian|beres|tidak tahu lagi|dulu)[\s.!,]*)+$",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Whether words answer no question of who: "???", "ya", "sudah selesai"."""
    return bool(small(text) or _DONE.match(text.strip()))


def small(text: str) -> str:
    """GREETING, THANKS, or "" for words that say something."""
    text = text.strip()
    if _GREETINGS.match(text) or len(re.sub(r"\W", "", text)) < 3:  # noqa: PLR2004 - "p", "?", "ok"
        return THANKS if _THANKS.match(text) else GREETING
    return THANKS if _THANKS.match(text) else ""
