"""A typed text, taken apart once: its words, which of them announce a level, and every run that could be a name."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

from place import atlas, gazetteer
from place.words import split

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from place.words import Word

LONGEST = 5  # words in a name
TITLES = {"adm", "dati"}  # "Kota Adm. Jakarta Pusat", "Kodya Dati II Medan"


class Span(NamedTuple):
    """Words from `start` to before `end`; `marker` says the level that a word before them announced.

    `after` is "kab" or "kota" where that stands behind them and leads to nothing else ("Bogor kota").
    """

    start: int
    end: int
    key: str
    marker: str = ""
    after: str = ""


class Text:
    """A typed text, taken apart once."""

    def __init__(self, text: str) -> None:
        self.words = [
            w for w in _parted(_joined(split(text))) if not w.text.startswith("administra") and w.text not in TITLES
        ]
        self.vocabulary = gazetteer.vocabulary()
        self.markers = [_marker(word.text) for word in self.words]
        self.street = list(self._in_street())
        self._behind = [self._after(index) for index in range(len(self.words) + 1)]
        self.inner = {index for index, marker in enumerate(self.markers) if marker and self._ends_name(index)}

    def _in_street(self) -> Iterator[bool]:
        """For each word: does it belong to the name of a street or hamlet?"""
        inside = False
        for word, marker in zip(self.words, self.markers, strict=True):
            inside = word.text in self.vocabulary.street or (inside and not word.after_break and not marker)
            yield inside

    @property
    def whole(self) -> str:
        """Every word that is not noise, as one key."""
        return "".join(word.text for word in self.words if word.text not in self.vocabulary.noise)

    def _ends_name(self, index: int) -> bool:
        """Whether a marker is the last word of a longer name ("Tigo Lurah", "Poso Kota"), or a kecamatan ("Marga")."""
        known, names = atlas.load(), gazetteer.names().names
        if self.markers[index] == "desa" and self.words[index].text in known.kec_by_key:
            return True
        starts = range(max(0, index - 3), index)
        keys = ["".join(word.text for word in self.words[start : index + 1]) for start in starts]
        return any(known.named_below(key) or key in names for key in keys)

    def idle(self, index: int) -> bool:
        """Whether a word at the edge of a name only leads to it ("di", "dekat")."""
        return self.words[index].text in self.vocabulary.before

    def mute(self) -> set[int]:
        """Positions of the words that by themselves never name a place ("di", "kota", "5")."""
        noise, words = self.vocabulary.noise | self.vocabulary.street, enumerate(self.words)
        return {i for i, word in words if word.text in noise or self.markers[i] or word.text.isdigit()}

    def plain(self) -> set[int]:
        """Positions of the words that name no kecamatan or desa unless a marker or a longer name says so ("pasar")."""
        return self.mute() | {i for i, word in enumerate(self.words) if word.text in self.vocabulary.plain}

    def content(self) -> set[int]:
        """Positions of the words that ought to be explained by a place."""
        street = {index for index, inside in enumerate(self.street) if inside}
        return set(range(len(self.words))) - self.mute() - street

    def unread(self, covered: set[int]) -> set[int]:
        """Positions of the words that are not explained, everyday ones left out."""
        return self.content() - self.plain() - covered

    def spans(self, known: Container[str] | None = None) -> Iterator[Span]:
        """Every run of words that could be one name; given the names there are, only those and figures."""
        for start in range(len(self.words)):
            yield from self._from(start, self._before(start), known)
            if start and start - 1 in self.inner:
                yield from self._from(start, "", known)

    def _before(self, index: int) -> str:
        """Level announced; "Kab/Kota" announces neither."""
        last = self.markers[max(0, index - 2) : index]
        return "" if sorted(last) == ["kab", "kota"] else "".join(last[-1:])

    def _from(self, start: int, marker: str, known: Container[str] | None) -> Iterator[Span]:
        key = ""
        for end in range(start, min(start + LONGEST, len(self.words))):
            if end > start and self.words[end].after_break:
                break
            key += self.words[end].text
            if known is None or key in known or key.isdigit():
                yield Span(start, end + 1, key, marker, self._behind[end + 1])

    def _after(self, index: int) -> str:
        last = index + 1 == len(self.words) or (index + 1 < len(self.words) and self.words[index + 1].after_break)
        return self.markers[index] if last and self.markers[index] in {"kab", "kota"} else ""


def _joined(words: list[Word]) -> list[Word]:
    """Make one word of "wali kota" and of "Dati II"."""
    found: list[Word] = []
    for word in words:
        before = found[-1].text if found else ""
        if word.text == "kota" and before == "wali":
            found[-1] = found[-1]._replace(text="walikota")
        elif before != "dati" or word.text not in {"i", "ii", "1", "2"}:
            found.append(word)
    return found


def _parted(words: list[Word]) -> list[Word]:
    """Make two words of "kabpidie" and of "kotamedan", unless that is a name of its own ("kotabaru")."""
    found: list[Word] = []
    for index, word in enumerate(words):
        marker = _glued([each.text for each in words[index : index + 3]])
        if marker:
            found.append(word._replace(text=marker))
            word = word._replace(text=word.text[len(marker) :], after_break=False)  # noqa: PLW2901
        found.append(word)
    return found


def _glued(texts: list[str]) -> str:
    """Marker that begins the first word, if what follows it is a kabupaten and the whole is nothing."""
    marker = next((m for m in ("kabupaten", "kab", "kota") if texts[0].startswith(m)), "")
    if not marker:
        return ""
    names = gazetteer.names()
    keys = ["".join(texts[:end]) for end in range(1, len(texts) + 1)]
    if any(key in names.every or atlas.load().named_below(key) for key in keys):
        return ""
    return marker if any(key[len(marker) :] in names.names for key in keys) else ""


@lru_cache(maxsize=4096)
def _marker(word: str) -> str:
    """Level that a word announces, misspelt long ones included; "" for an ordinary word."""
    known: dict[str, str] = gazetteer.vocabulary().marker
    word = word.removesuffix("nya")  # "Pekalongan, kabupatennya"
    if word in known or len(word) < 6 or word in gazetteer.names().fuzzy:  # noqa: PLR2004
        return known.get(word, "")
    for full in ("kabupaten", "kecamatan", "kelurahan", "provinsi"):
        if word[:3] == full[:3] and OSA.distance(word, full, score_cutoff=2) <= 2:  # noqa: PLR2004
            return known[full]
    return ""
