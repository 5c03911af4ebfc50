"""How names are compared: a text becomes words, a name becomes a key without spaces, case, accents or short forms."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Short forms inside names, as people and official lists write them ("Sei Rampah", "Kep. Aru", "Tj. Pinang").
SHORT = {
    "kep": "kepulauan",
    "kepl": "kepulauan",
    "sei": "sungai",
    "sungei": "sungai",
    "tj": "tanjung",
    "tg": "tanjung",
    "tjg": "tanjung",
    "tanjong": "tanjung",
    "tlk": "teluk",
    "gn": "gunung",
    "gng": "gunung",
    "gunong": "gunung",
    "bkt": "bukit",
    "lbk": "lubuk",
    "pem": "pematang",
    "peg": "pegunungan",
    "perk": "perkebunan",
    "pangkajenne": "pangkajene",
}
# The same for points of the compass, which never stand first in a name.
COMPASS = {
    "sel": "selatan",
    "slt": "selatan",
    "sltn": "selatan",
    "seltn": "selatan",
    "bar": "barat",
    "brt": "barat",
    "brat": "barat",
    "tim": "timur",
    "tmr": "timur",
    "tmur": "timur",
    "ut": "utara",
    "utr": "utara",
    "teng": "tengah",
    "tgh": "tengah",
    "tngh": "tengah",
    "tgr": "tenggara",
    "tgra": "tenggara",
    "tengg": "tenggara",
}
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;\n()|]")
_TWICE = re.compile(r"[a-z]{2,}2")
_APOSTROPHE = re.compile(r"(?<=\w)['’`‘](?=\w)")


class Word(NamedTuple):
    """A word of a typed text: folded, as typed, and whether a comma, semicolon or line end stands before it."""

    text: str
    typed: str
    after_break: bool


# How names were spelt before 1972 ("Soekaboemi", "Tjirebon", "Djember").
_OLD = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("nj", "ny"), ("sj", "sy"), ("ch", "kh"))
_LOOKS_OLD = re.compile("|".join(old for old, _ in _OLD))


def _plain(text: str) -> str:
    text = _APOSTROPHE.sub("", text)
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _long(word: str, *, first: bool) -> str:
    if _TWICE.fullmatch(word):  # "Toli2"
        word = word[:-1] * 2
    return SHORT.get(word) or (word if first else COMPASS.get(word, word))


def split(text: str) -> list[Word]:
    """Take a text apart into words, short forms written out."""
    plain, end = _plain(text), 0
    words: list[Word] = []
    for found in _WORD.finditer(plain):
        gap = plain[end : found.start()]
        folded = _long(found.group().casefold(), first=not words)
        words.append(Word(folded, found.group(), bool(_BREAK.search(gap))))
        end = found.end()
    return words


def key(name: str) -> str:
    """Fold a name to what is compared: "Kep. Selayar" and "kepulauan selayar" are the same key."""
    return "".join(word.text for word in split(name))


def looks_old(key: str) -> bool:
    """Whether a key, or a run of them, may be spelt as before 1972."""
    return bool(_LOOKS_OLD.search(key))


def modern(key: str) -> str:
    """Spell a key as since 1972."""
    for old, new in _OLD:
        key = key.replace(old, new)
    return key
