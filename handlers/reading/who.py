"""Who a story says did it: the words around an office, offered as a button and never taken for granted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handlers.reading.lexicon import LURAH, POSITIONS, SOMEBODY_ELSE
from handlers.reading.spelling import unslang

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME = 40  # characters: what a button can still show
LONGEST_TOLD = 80  # and a card
MOST_WORDS = 6
BEGINNING = 60  # characters of the story in which the doer is looked for
_OFFICE = re.compile(rf"(?<![\w-])(?:(?:pak|bu) )?(?:{'|'.join((*POSITIONS.values(), LURAH))})(?![\w-])")
_TITLES = re.compile(r"(?:pak|bu) (?=\w)")
# Words that no longer belong to the doer: verbs by their form, and what begins the rest of a sentence.
_REST = re.compile(
    r"(?:me|di(?=[a-z]{4})|ber|ter|nge|ng(?=aj|um|as|ir|ar|at|un)|ny(?=ur|eb|ob|um))[a-z]{3,}|di|ke|pada|waktu|saat|ketika|"
    r"yang|dan|malah|sudah|sedang|lagi|akan|"
    r"telah|juga|ikut|ikutan|ajak|suruh|minta|bagi|bagikan|kampanye|pasang|pakai|hadir|dukung|kasih|foto|posting|"
    r"kami|kita|saya|([a-z]{3,})-\1|[a-z]{3,}2|"
    r"orasi|pidato|ceramah|khotbah|bicara|joget|nyanyi|senam|konvoi|deklarasi|rapat|kumpul|naik|turun|datang|antar|kawal|"
    r"undang|tampil|jadi|janji|janjikan|ancam|paksa|terima|titip|kirim|sebar|tempel|gelar|buka|pimpin|"
    r"share|upload|like|bilang|kumpulkan|kemarin|tadi|hari|tanggal|setiap|dengan|untuk|agar|supaya|sambil|nya|itu|ini"
)
_ELSE = re.compile(rf"(?<![\w-])(?:{SOMEBODY_ELSE})\s*$")


def told_doer(answers: Mapping[str, Any]) -> str:
    """Whom the story of a case names where nobody was named as the accused: a hint for officers, never an answer."""
    return "" if answers.get("terlapor") else guess_doer(str(answers.get("story", "")), LONGEST_TOLD)


def guess_doer(story: str, most: int = LONGEST_NAME) -> str:
    """The doer as the story's beginning names them ("Camat Grogol"), "" where that is not plain or too long."""
    plain = unslang(story[: BEGINNING * 2])
    found = _OFFICE.search(plain[:BEGINNING])
    if found is None or _ELSE.search(plain[: found.start()]):
        return ""
    rest = re.split(r"[^\w\s.'-]", plain[found.end() :])[0].split()
    place = next((n for n, word in enumerate(rest) if _REST.fullmatch(word)), len(rest))
    if place == len(rest) or place > MOST_WORDS or rest[place] == "dan":  # no verb says where the name ends; or two
        return ""
    words = _TITLES.sub("", found[0]).split() + rest[:place]
    name = " ".join(word.upper() if word in _CAPITALS else word.capitalize() for word in words)
    return name if len(name) <= most else ""


_CAPITALS = frozenset(("tni", "polri", "asn", "pns", "pppk", "bpd", "sd", "smp", "sma", "smk", "kua", "rsud", "sdn",
                       "smpn", "sman", "smkn", "min", "man", "mtsn", "ad", "al", "au", "rt", "rw", "pp"))  # fmt: skip
