"""Typed text where a button was expected: number, label, synonym or small typo, and never a guess between two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.reading.spelling import NUMBERS, unslang

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ORDINALS = {"pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6} | {
    "ketujuh": 7, "kedelapan": 8, "kesembilan": 9, "kesepuluh": 10,
}  # fmt: skip
NUMBER = re.compile(
    r"(?:(?:saya|aku) )?(?:pilih )?(?:yang |opsi |pilihan |jawaban )?(?:nomor |ke ?-?|angka )?#? ?(?P<n>[0-9]{1,2}|"
    + "|".join((*NUMBERS, *ORDINALS))
    + r")(?: (?:saja|aja|deh|ya|dong|pak|bu|min|kak))*"
)
POLITE = frozenset((
    "saya", "aku", "mau", "pilih", "milih", "memilih", "yang", "itu", "ini", "aja", "saja", "deh", "dong", "ya", "sih",
    "pak", "bu", "min", "kak", "mas", "mbak", "bang", "lah", "nih", "kayak", "kayaknya", "tolong", "mohon", "jawab",
    "jawabannya", "adalah", "si", "kok", "gan", "admin", "oke", "ok",
))  # fmt: skip
LONGEST = 120  # characters: no label and no way of naming one is longer
DENIES = frozenset(("tidak", "bukan", "belum", "jangan", "tanpa", "kurang"))
# Words one letter apart that are both real: never a typo of each other.
REAL = frozenset((
    "kades", "kadis", "kadus", "kapus", "lurah", "murah", "kasih", "kasir", "rapat", "dapat", "tepat", "surat", "suruh",
    "saksi", "sanksi", "bukti", "bukit", "hadir", "kirim", "pilih", "milik", "warga", "harga", "benar", "besar", "bisa",
    "biasa", "lusa", "luas", "guru", "baru", "tahun", "tahu", "lain", "main", "kota", "kata", "desa", "dosa", "camat",
    "cepat", "batal", "bantal", "ubah", "sudah", "susah", "lanjut", "setuju", "tetap", "polisi", "posisi", "pemilu",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Index:
    """The names of a question's options, laid out for looking up; made once for each question that we ask."""

    values: tuple[str, ...]  # in the order of the buttons
    whole: Mapping[str, set[str]]  # label or synonym -> values
    part: Mapping[str, set[str]]  # those, and the parts of a label like "Ajakan atau seruan"
    bare: Mapping[str, set[str]]  # without courtesies
    glued: Mapping[str, set[str]]  # without spaces
    by_words: Mapping[int, list[tuple[str, list[str]]]]  # how many words -> (value, words)


@lru_cache(512)  # labels are ours, and the same ones come again and again; people's words are never kept
def _index(labels: tuple[tuple[str, ...], ...]) -> Index:
    tables: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {})
    by_words: dict[int, list[tuple[str, list[str]]]] = {}
    for value, *given in labels:
        wholes = [regular(name) for name in given]
        parts = [regular(part) for name in given for part in re.split(r"\batau\b|[,/()]", name)]
        names = [name for name in dict.fromkeys((*wholes, *parts)) if name]
        forms = (wholes, names, [_bare(name) for name in names], [name.replace(" ", "") for name in names])
        for table, words in zip(tables, forms, strict=True):
            for word in words:
                table.setdefault(word, set()).add(value)
        for name in names:
            by_words.setdefault(len(name.split()), []).append((value, name.split()))
    whole, part, bare, glued = tables
    return Index(tuple(value for value, *_ in labels), whole, part, bare, glued, by_words)


def match_option(text: str, labels: Iterable[tuple[str, ...]], *, numbered: bool = True) -> str | None:
    """The value that a typed answer means, None where it means none or more than one.

    `labels` are (value, label, synonym, ...), in the order in which the buttons are shown. Without `numbered` a
    number means none of them.
    """
    words = regular(text) if len(text) <= LONGEST else ""
    if not words:
        return None
    index = _index(tuple(labels))
    for read in READERS if numbered else UNNUMBERED:
        if found := read(words, index):
            return next(iter(found)) if len(found) == 1 else None
    return None


def regular(text: str) -> str:
    """Words and figures only, in their regular spelling, with single spaces."""
    return " ".join(re.findall(r"[^\W_]+", unslang(text)))


def _equal(words: str, index: Index) -> set[str]:
    return index.whole.get(words) or index.part.get(words) or set()


def _numbered(words: str, index: Index) -> set[str]:
    found = NUMBER.fullmatch(words)
    if not found:
        return {index.values[-1]} if words in {"terakhir", "yang terakhir", "paling bawah"} else set()
    said = found["n"]
    number = int(said) if said.isdigit() else NUMBERS.get(said) or ORDINALS.get(said, 0)
    return {index.values[number - 1]} if 1 <= number <= len(index.values) else set()


def _bare(words: str) -> str:
    return " ".join(word for word in words.split() if word not in POLITE)


def _without_courtesy(words: str, index: Index) -> set[str]:
    """Without "saya pilih yang"; a courtesy that is itself a button counts beside another, or alone ("ya pak").

    Never beside words that mean no button: "gimana ya" is no yes.
    """
    bare = _bare(words)
    meant = index.bare.get(bare, set()) | index.glued.get(bare.replace(" ", ""), set()) if bare else set()
    if bare and not meant:
        return set()
    return meant.union(*(index.part.get(word, set()) for word in POLITE & set(words.split())))


def _beginning(words: str, index: Index) -> set[str]:
    """The first words of a name: "kepala desa" for "Kepala desa dan perangkatnya"; a denial is never left out."""
    bare = _bare(words)
    if len(bare) < 4 or bare in DENIES:  # noqa: PLR2004 - letters
        return set()
    begun = (values for name, values in index.part.items() if _begins(bare, name))
    return set().union(*begun)


def _begins(bare: str, name: str) -> bool:
    rest = name.removeprefix(bare + " ")
    return rest != name and not DENIES & set(rest.split())


def _misspelt(words: str, index: Index) -> set[str]:
    """Within the slips allowed; a name that one slip more would reach makes it doubtful."""
    ways = [way.split() for way in {words, _bare(words)} if way]
    return _near(ways, index, 1) if _near(ways, index, 0) else set()


def _near(ways: list[list[str]], index: Index, slack: int) -> set[str]:
    return {value for ours in ways for value, name in index.by_words.get(len(ours), ()) if _close(ours, name, slack)}


def _close(ours: list[str], theirs: list[str], slack: int) -> bool:
    """Each word within the slips that its length allows; what denies must be spelt alike."""
    return all(one == other or _slip(one, other, slack) for one, other in zip(ours, theirs, strict=True))


def _slip(typed: str, meant: str, slack: int) -> bool:
    if typed in REAL or {typed, meant} & DENIES or typed.isdigit() or meant.isdigit():
        return False
    shorter = min(len(typed), len(meant))
    if shorter < 4:  # noqa: PLR2004 - letters: "itu" and "ini" are no typos of each other
        return False
    return typed[0] == meant[0] and distance(typed, meant) <= (1 if shorter < 8 else 2) + slack  # noqa: PLR2004


def distance(one: str, two: str) -> int:
    """Count the slips between two words: a letter too many, too few, wrong, or two swapped (Damerau)."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(two, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            swapped = i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b
            row.append(min(best, older[j - 2] + 1) if swapped else best)
    return row[-1]


UNNUMBERED = (_equal, _without_courtesy, _beginning, _misspelt)
READERS = (_equal, _numbered, *UNNUMBERED[1:])
