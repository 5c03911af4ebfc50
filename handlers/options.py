"""Typed text where a button was expected: number, label, synonym or small typo, and never a guess between two."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.spelling import NUMBERS, unslang

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def match_option(text: str, labels: Sequence[tuple[str, ...]], *, numbered: bool = True) -> str | None:
    """The value that a typed answer means, None where it means none or more than one.

    `labels` are (value, label, synonym, ...), in the order in which the buttons are shown. Without `numbered`
    a number is no answer: where any text may be, "nomor 2" can be somebody's words.
    """
    if len(text) > LONGEST:
        return None
    words = regular(text)
    if not words:
        return None
    ways = (_equal, _numbered, _without_courtesy, _beginning, _misspelt) if numbered else WORDS_ONLY
    for read in ways:
        found = set(read(words, labels))
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def regular(text: str) -> str:
    """Words and figures only, in their regular spelling, with single spaces."""
    return " ".join(re.findall(r"[^\W_]+", unslang(text)))


@lru_cache(2048)  # labels are ours, and the same ones come again and again; people's words are never kept
def whole_names(option: tuple[str, ...]) -> tuple[str, ...]:
    """The label and the synonyms of an option, regular."""
    return tuple(map(regular, option[1:]))


@lru_cache(2048)
def names(option: tuple[str, ...]) -> tuple[str, ...]:
    """Every name of an option: label, synonyms, and the parts of a label like "Ajakan atau seruan"."""
    parts = (part for name in option[1:] for part in re.split(r"\batau\b|[,/()]", name))
    return (*whole_names(option), *filter(None, map(regular, parts)))


@lru_cache(2048)
def bare_names(option: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Each name as it is, without courtesies, and without spaces."""
    return tuple((name, _bare(name), name.replace(" ", "")) for name in names(option))


@lru_cache(2048)
def _split_names(option: tuple[str, ...]) -> tuple[list[str], ...]:
    return tuple(name.split() for name in names(option))


def _equal(words: str, labels: Sequence[tuple[str, ...]]) -> list[str]:
    whole = [option[0] for option in labels if words in whole_names(option)]
    return whole or [option[0] for option in labels if words in names(option)]


def _numbered(words: str, labels: Sequence[tuple[str, ...]]) -> list[str]:
    found = NUMBER.fullmatch(words)
    if not found:
        return [labels[-1][0]] if words in {"terakhir", "yang terakhir", "paling bawah"} else []
    said = found["n"]
    number = int(said) if said.isdigit() else NUMBERS.get(said) or ORDINALS.get(said, 0)
    return [labels[number - 1][0]] if 1 <= number <= len(labels) else []


def _bare(words: str) -> str:
    return " ".join(word for word in words.split() if word not in POLITE)


def _without_courtesy(words: str, labels: Sequence[tuple[str, ...]]) -> list[str]:
    """Without "saya pilih yang"; a courtesy that is itself a button ("ya") still counts as one."""
    bare = _bare(words)
    close = bare.replace(" ", "")
    dropped = POLITE & set(words.split())
    return [
        option[0]
        for option in labels
        if bare
        and any(bare == courteous or close == glued or name in dropped for name, courteous, glued in bare_names(option))
    ]


def _beginning(words: str, labels: Sequence[tuple[str, ...]]) -> list[str]:
    """The first words of a name: "kepala desa" for "Kepala desa dan perangkatnya"; a denial is never left out."""
    bare = _bare(words)
    if len(bare) < 4 or bare in DENIES:  # noqa: PLR2004 - letters
        return []
    return [option[0] for option in labels if any(_begins(bare, name) for name in names(option))]


def _begins(bare: str, name: str) -> bool:
    rest = name.removeprefix(bare + " ")
    return rest != name and not DENIES & set(rest.split())


def _misspelt(words: str, labels: Sequence[tuple[str, ...]]) -> list[str]:
    """Within the slips allowed; a name that one slip more would reach makes it doubtful."""
    bare = _bare(words)
    found = [option[0] for option in labels if _near(words, bare, option, 0)]
    return [option[0] for option in labels if _near(words, bare, option, 1)] if found else []


def _near(words: str, bare: str, option: tuple[str, ...], slack: int) -> bool:
    ways = [typed.split() for typed in {words, bare}]
    return any(_close(ours, name, slack) for name in _split_names(option) for ours in ways)


def _close(ours: list[str], theirs: list[str], slack: int) -> bool:
    """As many words, each within the slips that its length allows; what denies must be spelt alike."""
    if len(ours) != len(theirs) or not ours:
        return False
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


WORDS_ONLY = (_equal, _without_courtesy, _beginning, _misspelt)
