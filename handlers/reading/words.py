"""Citizens' own words: what act, what office, which button. None rather than wrong: what is unclear is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.reading import lexicon
from handlers.reading.lexicon import whole
from handlers.reading.options import match_option
from handlers.reading.spelling import unslang

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["guess_kind", "guess_position", "jabatan_class", "match_option", "mentions_pilkades"]

CLEAR = {kind: whole(pattern) for kind, pattern in lexicon.CLEAR.items()}
FAINT = {kind: whole(pattern) for kind, pattern in lexicon.FAINT.items()}
POSITIONS = {position: whole(pattern) for position, pattern in lexicon.POSITIONS.items()}
CLASSES = {name: whole(pattern) for name, pattern in lexicon.CLASSES.items()}
PILKADES = whole(lexicon.PILKADES)
NON_ASN = whole(lexicon.NON_ASN)
PENJABAT = whole(lexicon.PENJABAT)
SOMEBODY_ELSE = whole(lexicon.SOMEBODY_ELSE)
ABOUT_A_PLACE = whole(lexicon.ABOUT_A_PLACE)
LURAH = whole(lexicon.LURAH)
DENIED = re.compile(rf"\b{lexicon.NOT}(?: \w+)? $")
LONGEST = 4000  # characters of a story that are looked at


def guess_kind(story: str) -> str | None:
    """The kind of act that a story names beyond doubt: a key of the kinds, never "lainnya"; else None."""
    text = unslang(story[:LONGEST])
    cards = [match for match in CLEAR["ktp"].finditer(text) if _meant(text, match)]
    if cards:  # "KTP dikumpulkan" is no meeting
        text = CLEAR["ktp"].sub(" ", text)
    clear = _found(text, CLEAR)
    if cards or clear:
        clear |= {"ktp"} if cards else set()
        return clear.pop() if len(clear) == 1 else None
    faint = _found(text, FAINT)
    return faint.pop() if len(faint) == 1 else None


def _found(text: str, patterns: Mapping[str, re.Pattern[str]]) -> set[str]:
    return {key for key, pattern in patterns.items() for match in pattern.finditer(text) if _meant(text, match)}


def _meant(text: str, match: re.Match[str]) -> bool:
    """Not denied in the words just before."""
    return not DENIED.search(text[: match.start()])


def guess_position(terlapor: str, place: str = "") -> str | None:
    """The position (asn, kades, tni, polri, honorer) that words about a person name beyond doubt; else None.

    `place` is the code of the event's kabupaten: it may say what a lurah is.
    """
    text = _person(terlapor)
    if SOMEBODY_ELSE.search(text):
        return None
    if LURAH.search(text):
        text = LURAH.sub(_lurah(place), text)
    found = {position for position, pattern in POSITIONS.items() if pattern.search(text)}
    if "honorer" in found and " atau " not in text:  # "guru honorer SD negeri", "non ASN"
        found -= {"asn"}
    return found.pop() if len(found) == 1 else None


def _lurah(place: str) -> str:
    """What a lurah is: a civil servant in a kota's kelurahan, the kepala desa in DIY; elsewhere people say it of both.

    Source: UU 23/2014 art. 229; Pergub DIY 25/2019.
    """
    if place[3:4] in set("789"):  # a kota: its number is 71 and more
        return "kepala kelurahan"
    return "kepala desa" if place.startswith("34.") else " "


def _person(terlapor: str) -> str:
    """What is said of the person; the building they were seen at says nothing about them."""
    return ABOUT_A_PLACE.sub(" ", unslang(terlapor[:LONGEST]))


def mentions_pilkades(text: str) -> bool:
    """Whether it is about electing a village head, which is not Bawaslu's."""
    line = unslang(text[:LONGEST])
    return any(_meant(line, match) for match in PILKADES.finditer(line))


def jabatan_class(terlapor: str) -> str | None:
    """KASN's class of office for officers' filters, non_asn for other officials, None where it is not clear."""
    text = _person(terlapor)
    if SOMEBODY_ELSE.search(text):
        return None
    if NON_ASN.search(PENJABAT.sub(" ", text)) or guess_position(terlapor) in {"kades", "tni", "polri", "honorer"}:
        return "non_asn"
    found = [name for name, pattern in CLASSES.items() if pattern.search(text)]
    return found[0] if len(found) == 1 else None
