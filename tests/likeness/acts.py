"""A made set: acts in one kabupaten, each told by several people in their own words; which is which is known.

Hard on purpose: several acts a day in a kecamatan, the same official in two acts, people who mistake the day, leave
out who or when, or pass on a message that goes round.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from handlers.likeness import Marks, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

KABUPATEN = "33.11"
KECAMATAN = ("Grogol", "Baki", "Gatak", "Kartasura", "Mojolaban", "Polokarto", "Bendosari", "Nguter")
FIRST = date(2024, 10, 1)
DAYS = 24
NAMES = ("Suparno", "Hartono", "Widodo", "Lestari", "Prasetyo", "Handayani", "Mulyadi", "Kusuma", "Rahayu", "Santoso",
         "Wibowo", "Susanto", "Purnomo", "Yuliana", "Hidayat", "Setiawan")  # fmt: skip
POSTS = ("camat", "sekretaris camat", "lurah", "kepala puskesmas", "kepala SD", "guru SMP", "penyuluh KB", "bidan desa",
         "kepala dinas pertanian", "staf kecamatan", "satpol PP", "kepala pasar")  # fmt: skip
# What was done, each in several people's words; {who} and {where} are put in. Of one act all say one of these rows.
DEEDS = (
    ("ajakan", ("{who} mengajak warga memilih paslon {n} waktu rapat RT di {where}",
                "waktu rapat RT di {where} {who} menyuruh kami mencoblos nomor {n}",
                "tadi rapat RT, {who} bilang pilih nomor {n} saja, tempatnya di {where}")),
    ("pemberian", ("{who} membagikan amplop berisi uang untuk mendukung paslon {n} di {where}",
                   "ada amplop uang dibagi oleh {who} di {where} supaya pilih nomor {n}",
                   "di {where} saya diberi amplop oleh {who}, isinya uang lima puluh ribu, disuruh pilih nomor {n}")),
    ("pemberian", ("{who} membagi sembako bergambar paslon {n} di {where}",
                   "sembako dengan stiker paslon {n} dibagi {who} kepada warga di {where}",
                   "beras dan minyak, sembako bergambar calon nomor {n}, dibagikan {who}, lokasi {where}")),
    ("kampanye", ("{who} ikut konvoi motor kampanye paslon {n} memakai kaus, berangkat dari {where}",
                  "konvoi motor paslon {n} mulai di {where}, {who} ikut pakai kaus",
                  "saya lihat {who} naik motor ikut konvoi kampanye nomor {n}, kumpulnya di {where}")),
    ("kampanye", ("{who} naik panggung dan berpidato di kampanye paslon {n} di {where}",
                  "di panggung kampanye nomor {n} di {where} {who} ikut berpidato",
                  "{who} pidato di atas panggung kampanye calon nomor {n}, di {where}")),
    ("alat_peraga", ("{who} memasang baliho paslon {n} di depan {where}",
                     "baliho paslon {n} dipasang sendiri oleh {who}, di depan {where}",
                     "di depan {where} ada baliho nomor {n}, yang memasang {who}")),
    ("fasilitas", ("{who} memakai mobil dinas untuk mengangkut pendukung paslon {n} ke {where}",
                   "mobil dinas dipakai {who} mengantar pendukung nomor {n} ke {where}",
                   "pendukung paslon {n} diantar mobil dinas oleh {who}, tujuannya {where}")),
    ("keputusan", ("{who} memindahkan honorer karena tidak mendukung paslon {n}, diumumkan di {where}",
                   "honorer dipindah {who} gara-gara tidak mau dukung nomor {n}, pengumumannya di {where}",
                   "di {where} diumumkan honorer dipindahkan oleh {who} sebab menolak mendukung paslon {n}")),
)  # fmt: skip
VENUES = ("balai desa", "rumah pak RT", "lapangan", "pasar", "masjid", "gedung PKK", "sekolah", "kantor kecamatan", "pendopo",
          "terminal", "puskesmas", "warung kopi")  # fmt: skip
BEFORE = ("", "Pak, mau melapor. ", "Selamat siang. ", "Mohon ditindaklanjuti: ", "Saya warga sini. ")
AFTER = ("", ", saya lihat sendiri", ", banyak saksinya", ", tolong dicek", ", warga resah", ", ada fotonya juga")
GOING_ROUND = (
    "Info dari grup sebelah mohon diviralkan: {core}. Kejadiannya disaksikan banyak orang, ibu-ibu PKK juga hadir semua, "
    "tidak ada yang berani menegur karena takut. Tolong Bawaslu jangan diam saja!"
)


@dataclass(frozen=True)
class Act:
    number: int
    deed: int
    post: str
    name: str
    kecamatan: str
    venue: str
    day: date
    choice: int


@dataclass(frozen=True)
class Told:
    """A case as the bot would have it, and of which act it is."""

    act: int
    answers: dict[str, Any]
    came: date

    @property
    def marks(self) -> Marks:
        return marks_of(self.answers, self.came)


def acts(chance: random.Random, many: int) -> Iterator[Act]:
    """Acts that differ: no two have deed, kecamatan and day in common, or official and day."""
    people = [
        (post, f"{name}", area)
        for area in KECAMATAN
        for post, name in zip(POSTS, chance.sample(NAMES, len(POSTS)), strict=True)
    ]
    taken: set[tuple[Any, ...]] = set()
    number = 0
    while number < many:
        post, name, area = chance.choice(people)
        deed, day = chance.randrange(len(DEEDS)), FIRST + timedelta(days=chance.randrange(DAYS))
        spots = {
            (kind, *spot, day + timedelta(days=off))
            for off in (-1, 0, 1)
            for kind, spot in (("d", (deed, area)), ("p", (post, name, area)))
        }
        if spots & taken:
            continue
        taken |= spots
        yield Act(number, deed, post, name, area, chance.choice(VENUES), day, chance.choice((1, 2, 3)))
        number += 1


def told(chance: random.Random, act: Act, round_: str) -> Told:
    """One person's case of an act; `round_` is the message that goes round about it."""
    kind, sayings = DEEDS[act.deed]
    tip = chance.random() < 0.5
    named = chance.random() < 0.6
    who = chance.choice((f"pak {act.post}", act.post, f"{act.post} {act.name}", f"oknum {act.post}"))
    where = chance.choice((f"{act.venue} {act.kecamatan}", f"{act.venue} di {act.kecamatan}", act.venue))
    core = chance.choice(sayings).format(who=who, where=where, n=act.choice)
    story = round_ if chance.random() < 0.25 else chance.choice(BEFORE) + core + chance.choice(AFTER)
    story = _slipped(chance, story)
    answers: dict[str, Any] = {"story": story, "kind": kind if chance.random() < 0.9 else ""}
    known = act.kecamatan in story or chance.random() < 0.6  # what stands in the story, the bot finds
    answers["place"] = {"code": KABUPATEN, "kecamatan": act.kecamatan if known else "",
                        "kecamatan_code": f"33.11.{KECAMATAN.index(act.kecamatan) + 1:02}" if known else "",
                        "name": "Kabupaten Sukoharjo"}  # fmt: skip
    if not tip or chance.random() < 0.5:
        slip = chance.choice((-1, 1)) if chance.random() < 0.08 else 0
        answers["happened"] = (act.day + timedelta(days=slip)).isoformat()
    if not tip:
        answers["terlapor"] = f"{act.name}, {act.post} {act.kecamatan}" if named else f"{act.post} {act.kecamatan}"
    return Told(act.number, answers, act.day + timedelta(days=chance.choice((0, 0, 0, 1, 1, 2))))


def _slipped(chance: random.Random, story: str) -> str:
    """A letter swapped here and there, as thumbs do."""
    words = story.split()
    for at, word in enumerate(words):
        if len(word) > 5 and chance.random() < 0.04:
            spot = chance.randrange(1, len(word) - 2)
            words[at] = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    return " ".join(words)


def made(seed: int, many: int) -> list[Told]:
    """All cases of so many acts, in the order in which they came."""
    chance = random.Random(seed)
    found = []
    for act in acts(chance, many):
        core = chance.choice(DEEDS[act.deed][1]).format(
            who=f"{act.post} {act.kecamatan}", where=f"{act.venue} {act.kecamatan}", n=act.choice
        )
        round_ = GOING_ROUND.format(core=core)
        found += [told(chance, act, round_) for _ in range(chance.choice((1, 2, 2, 3, 4)))]
    return sorted(found, key=lambda one: one.came)
