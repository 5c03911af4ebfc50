"""Do two cases speak of the same act? What is compared, by which marks it is found, and why, in words. Pure.

Nothing is joined by this: it is only suggested to an officer (docs/adr/0019).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from handlers.effects import T
from handlers.reading.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REASONS = {
    "berkas": T("berkas yang sama persis"),
    "foto": T("foto yang mirip"),
    "cerita": T("cerita yang mirip"),
    "bernama": T("nama yang sama"),
    "jabatan": T("jabatan yang sama"),
    "kecamatan": T("kecamatan yang sama"),
    "kabupaten": T("kabupaten atau kota yang sama"),
    "hari": T("hari kejadian yang sama"),
    "hari_dekat": T("hari kejadian berdekatan"),
    "masuk_hari": T("masuk tak lama dari hari kejadian yang disebut"),
    "masuk": T("masuk berdekatan"),
    "nama": T("nama atau jabatan yang sama"),  # this and the next: noted before they were told apart
    "waktu": T("tempat dan waktu yang berdekatan"),
}
CLOSE = 8  # bits of 64 in which two pictures of the same photo may differ
WIDTHS = (13, 13, 13, 13, 12)  # bands of a picture's hash: of two within 9 bits, one band differs by one bit at most
NEAR_DAYS = 1  # people mistake a day
TOLD_DAYS = 2  # when it happened is not always said: the day on which it was told stands for it, and comes later
FOUND_DAYS = 3
FRESH_DAYS = 7  # a story that goes round goes round in these
SHORTEST_STORY = 10  # words: below it two stories are alike by chance
COPIED = 0.65  # of pairs of words: Jaccard
RETOLD, NAMED_DEED, POST_DEED, ANYWHERE = 0.6, 0.34, 0.5, 0.7  # of what was done, by the words of the shorter story
SIGNS, ROWS = 12, 2  # of a story, and how many make a mark together
NAMED = 2 / 3  # of the shorter name's words
SHORT_WORD = 3  # letters up to which a word has no other forms


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Who somebody is by post. Two that have none in common are two people; some need the word behind them ("kepala pasar").
POSTS = _set(
    "camat lurah kades sekda sekcam bupati guru bidan dokter perawat penyuluh satpol dosen hakim jaksa "
    "sekretaris kepala staf kadis ajudan pengawas bendahara operator penghulu tentara polisi"
)
OF_SOMETHING = _set("kepala staf sekretaris guru pengawas satpol operator bendahara ajudan")
PARTS = _set("dinas badan bagian bidang seksi kantor")
ONLY_ONE = _set("camat lurah kades sekda sekcam bupati") | {"sekretaris aacmt"}  # of a place
TITLES = _set("pak bapak bu ibu mas mbak sdr saudara oknum seorang salah satu drs dra dr ir sh")
OFFICES = _set(
    "asn pns pppk pegawai desa kelurahan kecamatan kabupaten kota dinas kantor badan bagian sekolah sd smp "
    "sma puskesmas pemkab pemkot pemda perangkat tidak tahu kb pp"
)
# What every story here is about, and small words: they say nothing of which act it was.
COMMON = TITLES | _set(
    "yang di ke dari dan atau untuk dengan pada ini itu saya kami kita ada ikut juga sudah supaya karena "
    "sebab waktu tadi kemarin hari semalam siang pagi sore malam selamat mohon tolong mau lapor saja sini "
    "sana nya nomor paslon pasangan calon pilih dukung warga orang lihat bilang suruh kepada oleh tempat "
    "lokasi banyak saksi foto cek depan sendiri kampanye"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is compared of a case. `day` is of the event, or of its telling where that was not said (`sure` False).

    Words are keys: a word's forms and slips of the thumb share one.
    """

    files: frozenset[str]  # SHA-256, hex
    pictures: frozenset[int]  # hashes of 64 bits (bot/evidence/picture_child.py)
    words: frozenset[str]  # of story and name
    deed: frozenset[str]  # those of the story that say what was done
    pairs: frozenset[str]  # of its words, as they follow each other
    names: frozenset[str]
    posts: frozenset[str]
    sides: frozenset[str]  # numbers of candidates
    kabupaten: str
    kecamatan: str
    day: str  # ISO
    sure: bool


def marks_of(answers: Mapping[str, Any], told: date, files: Iterable[Mapping[str, Any]] = ()) -> Marks:
    """The marks of a case; `told` is the day it came in, `files` what is known of each kept file."""
    place, kept = answers.get("place") or {}, list(files)
    story, name = _read(str(answers.get("story") or "")), _read(str(answers.get("terlapor") or ""))
    keys = [_key(word) for word in story]
    here = {_key(word) for part in ("name", "kecamatan", "desa") for word in _read(str(place.get(part) or ""))}
    return Marks(
        files=frozenset(str(one["sha256"]) for one in kept if one.get("sha256")),
        pictures=frozenset(int(part, 16) for one in kept for part in str(one.get("phash") or "").split()),
        words=frozenset(keys) | {_key(word) for word in name},
        deed=frozenset(keys) - SMALL - here,
        pairs=frozenset(f"{first} {second}" for first, second in pairwise(keys)),
        names=frozenset(map(_key, _own(name))) - here,
        posts=_posts(story) | _posts(name),
        sides=frozenset(number.lstrip("0") for number in re.findall(SIDE, " ".join(story))),
        kabupaten=str(place.get("code") or ""),
        kecamatan=str(place.get("kecamatan_code") or ""),
        day=str(answers.get("happened") or told.isoformat()),
        sure=bool(answers.get("happened")),
    )


def _posts(words: list[str]) -> frozenset[str]:
    """The posts that are named, each with the word behind it where it says nothing alone."""
    found = set()
    for at, word in enumerate(words):
        behind = words[at + 1] if at + 1 < len(words) else ""
        if word in POSTS and not (at and words[at - 1] in OF_SOMETHING):
            found.add(f"{word} {_key(behind)}".strip() if word in OF_SOMETHING else word)
    return frozenset(found)


def _own(name: list[str]) -> list[str]:
    """What is left of a name without titles, posts, and what a post is of."""
    left = []
    for at, word in enumerate(name):
        before = name[max(0, at - 2) : at]
        of = before[-1:] and (before[-1] in OF_SOMETHING or (before[-1] in PARTS and before[0] in OF_SOMETHING))
        if not of and word not in TITLES:
            left.append(word)
    return left


SIDE = r"\b(?:paslon|nomor|no|urut|pasangan|calon)\s+(\d{1,2})\b"
BEFORE = ("meny", "meng", "mem", "men", "peng", "pem", "pen", "ber", "ter", "me", "di", "pe", "se")
BEHIND = ("kannya", "nya", "kan", "an", "i")


def _read(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", plain(text))


@lru_cache(maxsize=8192)  # words of everyday, most of them
def _key(word: str) -> str:
    """A word without what is put before and behind it, its letters in order: "membagikan", "dibagi", "dbiagi"."""
    for part in BEHIND:
        if word.endswith(part) and len(word) - len(part) > SHORT_WORD:
            word = word.removesuffix(part)
            break
    for part in BEFORE:
        if word.startswith(part) and len(word) - len(part) >= SHORT_WORD:
            word = word.removeprefix(part)
            break
    return "".join(sorted(word))


SMALL = frozenset(_key(word) for word in COMMON | POSTS)
UNNAMED = frozenset(_key(word) for word in POSTS | OFFICES)


# --- by which it is found ---------------------------------------------------------------------------------------


def strong(marks: Marks) -> list[str]:
    """Words whose tokens are kept: equal files, bands of pictures, stories. What shares one is looked at."""
    bands = [f"foto/{place}/{band}" for one in sorted(marks.pictures) for place, band in enumerate(_bands(one))]
    return list(dict.fromkeys([*_files(marks), *bands, *_signs(marks)]))


def weak(marks: Marks) -> list[str]:
    """Words of the same kind that many share: where and on which day."""
    return [f"hari/{marks.kabupaten}/{marks.day}"] if marks.kabupaten else []


def asked_strong(marks: Marks) -> list[str]:
    """What is looked up for a case: as `strong`, and each band of a picture with each of its bits turned."""
    bands = [
        f"foto/{place}/{near}"
        for one in sorted(marks.pictures)
        for place, band in enumerate(_bands(one))
        for near in (band, *(band ^ 1 << bit for bit in range(WIDTHS[place])))
    ]
    return list(dict.fromkeys([*_files(marks), *bands, *_signs(marks)]))


def asked_weak(marks: Marks) -> list[str]:
    """What is looked up for a case: as `weak`, and the days around it."""
    day = date.fromisoformat(marks.day)
    around = [day + timedelta(days=apart) for apart in range(-FOUND_DAYS, FOUND_DAYS + 1)]
    return [f"hari/{marks.kabupaten}/{one.isoformat()}" for one in around] if marks.kabupaten else []


def _files(marks: Marks) -> list[str]:
    return [f"berkas/{one}" for one in sorted(marks.files)]


def _bands(picture: int) -> Iterator[int]:
    for width in WIDTHS:
        yield picture & (1 << width) - 1
        picture >>= width


def _signs(marks: Marks) -> list[str]:
    """Least values of a story's pairs of words under several orders (MinHash), two by two."""
    if len(marks.pairs) < SHORTEST_STORY:
        return []
    sums = [blake2b(pair.encode("utf-8", "replace"), digest_size=SIGNS * 4).digest() for pair in marks.pairs]
    least = [min(one[at : at + 4] for one in sums).hex() for at in range(0, SIGNS * 4, 4)]
    return [f"cerita/{at}/{'/'.join(least[at : at + ROWS])}" for at in range(0, SIGNS, ROWS)]


# --- how alike ----------------------------------------------------------------------------------------------------


def alike(one: Marks, other: Marks) -> tuple[str, ...]:
    """Why they may be the same act, as keys of REASONS; () where nothing says so."""
    why = ["berkas"] if one.files & other.files else []
    why += ["foto"] if any((a ^ b).bit_count() <= CLOSE for a in one.pictures for b in other.pictures) else []
    soon = _near(one, other) and _days(one, other) <= 0
    named, deed = _named(one, other) or _same_post(one, other), _deed(one, other)
    copied = min(len(one.pairs), len(other.pairs)) >= SHORTEST_STORY and _jaccard(one.pairs, other.pairs) >= COPIED
    told = copied and _days(one, other) <= FRESH_DAYS
    if not (why or (not _apart(one, other) and (told or (soon and _same_deed(one, other, deed, named))))):
        return ()
    found = {"cerita": copied or deed >= RETOLD, "bernama": _named(one, other), "jabatan": _same_post(one, other)}
    return (*why, *(reason for reason, holds in found.items() if holds), *(_where_and_when(one, other) if soon else ()))


def _where_and_when(one: Marks, other: Marks) -> tuple[str, str]:
    """In what they agree, and no more: who named no day is told by when it came in."""
    where = "kecamatan" if _there(one, other) else "kabupaten"
    when = ("masuk", "masuk_hari", "hari_dekat")[one.sure + other.sure]
    return where, "hari" if when == "hari_dekat" and one.day == other.day else when


def _same_deed(one: Marks, other: Marks, deed: float, named: bool) -> bool:
    """The more is known of who and where, the less has to be said alike of what."""
    if one.names and other.names and _named(one, other):
        return True
    if named:
        return deed >= NAMED_DEED or not (one.deed and other.deed)
    post = bool(one.posts & other.posts)
    if _there(one, other):
        return deed >= (POST_DEED if post else RETOLD)
    return post and deed >= ANYWHERE


def _there(one: Marks, other: Marks) -> bool:
    return bool(one.kecamatan) and one.kecamatan == other.kecamatan


def _same_post(one: Marks, other: Marks) -> bool:
    """A post of which a kecamatan has one."""
    return _there(one, other) and bool(one.posts & other.posts & ONLY_ONE)


def _apart(one: Marks, other: Marks) -> bool:
    """Something in which they contradict each other: whose post, which candidate, which kecamatan."""
    return any(a and b and not a & b for a, b in ((one.posts, other.posts), (one.sides, other.sides))) or _two_places(
        one, other
    )


def _two_places(one: Marks, other: Marks) -> bool:
    return bool(one.kecamatan and other.kecamatan and one.kecamatan != other.kecamatan)


def _near(one: Marks, other: Marks) -> bool:
    return bool(one.kabupaten) and one.kabupaten == other.kabupaten and not _two_places(one, other)


def _days(one: Marks, other: Marks) -> int:
    """How many days they are further apart than people mistake, or wait before they tell."""
    apart = abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days)
    return apart - (NEAR_DAYS if one.sure and other.sure else TOLD_DAYS)


def _named(one: Marks, other: Marks) -> bool:
    """Most words of the name, and among them one that is no post or office."""
    if one.names and other.names:
        both = one.names & other.names
        return bool(both - UNNAMED) and len(both) >= NAMED * min(len(one.names), len(other.names))
    name, said = (one.names, other.words) if one.names else (other.names, one.words)
    return bool((name & said) - UNNAMED) and len(name & said) >= NAMED * len(name)


def _deed(one: Marks, other: Marks) -> float:
    least = min(len(one.deed), len(other.deed))
    return len(one.deed & other.deed) / least if least >= 2 else 0.0  # noqa: PLR2004 - one word says nothing


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
