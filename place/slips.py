"""Misspelt names: kabupaten from everywhere, kecamatan first of all inside what is already known."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from place import atlas, gazetteer
from place.gazetteer import key_of
from place.mentions import Level, Mention, as_areas, by_kabupaten, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from place.text import Span, Text

MISSPELT = 0.9  # of the worth of a name spelt well
ALIKE = 0.78  # least likeness (1 = equal) of a misspelt name
SHORT_ALIKE = 0.75  # one exchange in four letters
LOOSELY = 0.66  # for short names inside a province that was named
SHORT = 6  # letters
SHORTEST = 3  # letters
SHORTENED = 4  # letters that may stand for a longer name
KEPT = 0.55  # of its consonants at least
CONSONANTS = 0.66  # of what is left
HALF = 0.6  # least likeness of what stands beside a name spelt well
FEW = 7  # provinces
EDIT_FREE = 4  # names up to this length are misspelt by exchange of two letters only


def alike(key: str, choices: Iterable[str], least: float = ALIKE, *, sure: bool = False) -> list[tuple[str, float]]:
    """Names most like a misspelt one (edits, exchange of neighbours counting once), the likest first.

    A very short name is near to too many others: it counts only where letters changed places, or where
    something else makes sure that a name of this kind is meant.
    """
    least = least if len(key) > EDIT_FREE else SHORT_ALIKE
    found = process.extract(key, choices, scorer=OSA.normalized_similarity, score_cutoff=least, limit=5)
    short = max(len(key), 1) <= EDIT_FREE and not sure
    return [
        (other, score)
        for other, score, _ in found
        if score < 1.0 and not (short and len(other) <= EDIT_FREE and sorted(key) != sorted(other))
    ]


def misspelt_areas(text: Text, known: list[Mention]) -> list[Mention]:
    """Readings of words as misspelt kabupaten, kota, provinces and towns."""
    names = gazetteer.names()
    nearby = _names_in(frozenset(code[:2] for m in known if m.level == "prov" for code in m.units))
    alone = len(text.content()) == 1
    taken = {_name(text, m) for m in known if m.level in {"kab", "prov"} and not m.mismatch}
    found = []
    for span in text.spans():
        if not _may_be_misspelt(text, span) or any(s <= span.start and span.end <= e for s, e in taken):
            continue
        near = alike(span.key, names.fuzzy_keys, sure=alone or span.marker in {"kab", "kota"})
        for other, score in near + alike(span.key, nearby, LOOSELY, sure=True):
            if any(_swallowed(text, span, part, other) for part in taken):
                continue
            level: Level = "town" if other in names.towns and other not in names.names else "kab"
            found += as_areas(text, span, names.fuzzy[other], level, score * MISSPELT)
    return found


def _name(text: Text, mention: Mention) -> tuple[int, int]:
    """Where the name itself begins and ends, behind the marker."""
    marker = mention.marked and mention.end - mention.start > 1 and bool(text.markers[mention.start])
    return mention.start + marker, mention.end


def _may_be_misspelt(text: Text, span: Span) -> bool:
    """Whether a run of words can be a misspelt kabupaten at all."""
    if span.marker in {"kec", "desa"} or len(span.key) < SHORTEST:
        return False
    if text.idle(span.start) or text.idle(span.end - 1) or _everyday(text, span):
        return False
    return bool(text.content().intersection(range(span.start, span.end)))


def _swallowed(text: Text, span: Span, part: tuple[int, int], other: str) -> bool:
    """Whether a name spelt well is part of these words, but the rest is unlike ("apel malang" is no "Pemalang")."""
    start, end = part
    if start < span.start or span.end < end:
        return False
    before = "".join(text.words[i].text for i in range(span.start, start))
    after = "".join(text.words[i].text for i in range(end, span.end))
    key = span.key[len(before) : len(span.key) - len(after)]
    there, _, behind = other.partition(key)
    least = min((OSA.normalized_similarity(a, b) for a, b in ((before, there), (after, behind)) if a or b), default=1.0)
    return key in other and least < HALF


def _everyday(text: Text, span: Span) -> bool:
    """Whether a word is no misspelling but one of its own ("hingga", "bimbing"), where nothing says otherwise."""
    return not span.marker and (span.key in text.vocabulary.everyday or span.key in text.vocabulary.plain)


@lru_cache(maxsize=256)
def _names_in(provinces: frozenset[str]) -> list[str]:
    """Names of the kabupaten of a few provinces: where one was named, a short name may be misspelt more."""
    names = gazetteer.names().names if len(provinces) <= FEW else {}
    return [key for key, codes in names.items() if len(key) <= SHORT and any(c[:2] in provinces for c in codes)]


def misspelt_kecamatan(text: Text, inside: Sequence[str] | None, covered: set[int]) -> list[Mention]:
    """Readings of words, not all covered yet, as misspelt kecamatan of these kabupaten (None: of any)."""
    earth = atlas.load()
    keys = _kecamatan_of(tuple(inside) if inside is not None else None)
    least = ALIKE if inside is not None else 0.87
    content = text.content()
    found = []
    for span in text.spans():
        here = set(range(span.start, span.end))
        if not here <= content or here <= covered or span.marker not in {"", "kec"} or len(span.key) <= EDIT_FREE:
            continue
        if _everyday(text, span):
            continue
        for other, score in alike(span.key, keys, least)[:3]:
            marked = span.marker == "kec"
            weight = weigh(text, span, "kec", marked=marked, likeness=score * MISSPELT)
            units = by_kabupaten((earth.kec_kab[i], i) for i in earth.kec_by_key[other])
            wanted = {k: i for k, i in units.items() if inside is None or k in inside}
            found.append(Mention(span.start - marked, span.end, "kec", weight, wanted, marked, exact=False))
    return found


@lru_cache(maxsize=256)
def _kecamatan_of(inside: tuple[str, ...] | None) -> list[str]:
    earth = atlas.load()
    if inside is None:
        return list(earth.kec_by_key)
    return [key for key, many in earth.kec_by_key.items() if any(earth.kec_code[i][:5] in inside for i in many)]


def near(code: str, other: str) -> bool:
    """Whether the official names of two kabupaten are a slip apart ("Badung", "Bandung")."""
    one, two = (key_of(each) for each in (code, other))
    return OSA.normalized_similarity(one, two) >= ALIKE


def shortened(text: Text) -> list[str]:
    """Kabupaten that a lone word may be short for, or spell with other vowels ("Krgnyar", "Tmgg", "Jembrono")."""
    if len(content := text.content()) != 1:
        return []
    typed = text.words[content.pop()].text
    if len(typed) < SHORTENED or typed in text.vocabulary.everyday | text.vocabulary.plain:
        return []
    found = [codes for key, codes in gazetteer.names().names.items() if _stands_for(typed, key)]
    return list(found[0]) if len(found) == 1 else []


def _stands_for(typed: str, key: str) -> bool:
    """Whether a name lost its vowels, first and last letter left, or has only other vowels than it should."""
    heard, there = _consonants(typed), _consonants(key)
    if typed[0] != key[0]:
        return False
    if heard == there and abs(len(typed) - len(key)) <= 1 and len(typed) > SHORT:
        return True
    if typed[-1] != key[-1] or len(heard) < KEPT * len(there) or len(heard) < CONSONANTS * len(typed):
        return False
    rest = iter(key)
    return all(letter in rest for letter in typed)


def _consonants(key: str) -> str:
    return "".join(letter for letter in key if letter not in "aiueo")
