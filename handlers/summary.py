"""What is shown back before it is sent: the first look, the card of all answers, and what can be changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.effects import Send, T, Value
from handlers.events import TextReceived
from handlers.flow import Ask, Misread, Scene
from handlers.places import place_line, spot
from handlers.questions import Choice, options, picked
from handlers.reading.options import regular
from handlers.reading.who import told_doer
from handlers.speech import IDENTITIES, KINDS, MEDIA, PARTS_OF_DAY, POSITIONS, spoken
from handlers.standing import awal_line, laporan_line, limit_line, standing

if TYPE_CHECKING:
    from handlers.events import Event
    from handlers.state import Answers

Show = Callable[["Answers"], Value]

WHO_SEES_WHAT = (
    T("Bagaimana Anda ingin dikenal? Ini yang dapat melihat siapa Anda:"),
    T(
        "• Anonim: petugas tidak tahu siapa Anda; nama Anda tidak ditanyakan. Dapat menjadi informasi awal, bukan "
        "Laporan resmi."
    ),
    T(
        "• Rahasia: nama hanya ditanyakan untuk formulir dan disimpan tersegel; hanya dibuka untuk petugas yang "
        "menangani bila dua petugas menyetujuinya dengan alasan yang dicatat, dan Anda diberi tahu. Kami tidak dapat "
        "menjanjikan kerahasiaan mutlak bila perkara sampai ke klarifikasi atau pengadilan."
    ),
    T("• Bersedia dihubungi: petugas yang menangani dapat melihat nama dan nomor yang Anda tulis."),
    T("Apa pun pilihan Anda, atasan dan terlapor tidak diberi tahu oleh kami siapa yang menyampaikan."),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """An answer as the citizen sees it: its name, the keys that go when it is changed, and how it is shown."""

    key: str
    label: T
    show: Show
    also: tuple[str, ...] = ()


def _place(answers: Answers) -> Value:
    place = answers.get("place")
    if not place and answers.get("place_options"):
        return T("masih perlu dipilih")
    if not place and answers.get("where"):
        return T("{words} (belum kami kenali)", words=answers["where"])
    if not place:
        return ""
    return place_line(place)


def _vague(words: str) -> Value:
    return T("{words} (harinya belum pasti)", words=words) if words else ""


def _known(answers: Answers) -> Value:
    return spoken(answers["known"]) if answers.get("known") else _vague(answers.get("known_words", ""))


def _happened(answers: Answers) -> Value:
    if not answers.get("happened"):
        return _vague(answers.get("happened_words", ""))
    day = spoken(answers["happened"])
    if answers.get("ongoing"):
        return T("sedang berlangsung ({day})", day=day)
    time = answers.get("happened_time", "")
    if time[:1].isdigit():
        return T("{day} pukul {time}", day=day, time=time)
    part: Value = PARTS_OF_DAY.get(time) or time
    return T("{day}, {part}", day=day, part=part) if part else day


def _named(table: dict[str, T], key: str) -> Show:
    return lambda answers: table.get(answers.get(key, ""), "")


def evidence_line(answers: Answers) -> Value:
    """How many of what: 2 foto, 1 tautan."""
    counted = Counter(item["kind"] for item in answers.get("evidence", ()))
    line: Value = ""
    for kind, count in counted.items():
        part = T("{count} {kind}", count=count, kind=MEDIA[kind])
        line = T("{some}, {next}", some=line, next=part) if line else part
    return line


def _given(key: str) -> Show:
    """As it was typed; "-" is what was passed over."""
    return lambda answers: "" if answers.get(key, "-") == "-" else answers[key]


OWN = {
    "pelapor_nama": T("Nama Anda"),
    "pelapor_hp": T("Nomor HP Anda"),
    "pelapor_alamat": T("Alamat Anda"),
    "pelapor_lahir": T("Lahir"),
    "pelapor_kelamin": T("Jenis kelamin"),
    "pelapor_pekerjaan": T("Pekerjaan"),
    "pelapor_warga": T("Kewarganegaraan"),
    "pelapor_email": T("E-mail"),
}
PELAPOR = tuple(OWN)  # seen by the reporter alone: no officer's view of a case has these keys


def own_given(answers: Mapping[str, Any]) -> frozenset[str]:
    """Which of these were given, by name alone: the meters count them, and nobody reads them."""
    return frozenset(key for key in PELAPOR if _given(key)(dict(answers)))


SAID_OF_PLACE = (
    "place_found", "place_tried", "place_within", "place_options", "place_trace", "place_point", "place_pick", "place",
    "where",
)  # fmt: skip
SLOTS = (
    Slot("story", T("Cerita"), lambda a: a.get("story", ""), ("pilkades", "pilkades_named")),
    Slot("kind", T("Bentuk"), _named(KINDS, "kind")),
    Slot(
        "place_said",
        T("Tempat"),
        _place,
        ("story_place", *SAID_OF_PLACE),
    ),
    Slot("terlapor", T("Terlapor"), lambda a: a.get("terlapor", ""), ("terlapor_place",)),
    Slot("position", T("Status terlapor"), _named(POSITIONS, "position")),
    Slot("happened", T("Kejadian"), _happened, ("happened_words", "happened_time", "ongoing")),
    Slot("known", T("Diketahui"), _known, ("known_words",)),
    Slot("evidence", T("Bukti"), evidence_line),
    Slot("witness", T("Saksi"), lambda a: a.get("witness", "")),
    Slot(
        "identity",
        T("Dikenal sebagai"),
        _named(IDENTITIES, "identity"),
        PELAPOR,
    ),
    *(Slot(key, label, _given(key)) for key, label in OWN.items()),
    Slot("terlapor_alamat", T("Alamat terlapor"), _given("terlapor_alamat")),
)
IN_EVERY_SUMMARY = ("story", "place_said", "evidence")


def lines(answers: Answers, *, own: bool = True, without: str = "", only: tuple[str, ...] = ()) -> tuple[Value, ...]:
    """Each answer on a line of its own; what was not answered is left out, except what matters most.

    `own` is for the reporter: where it goes while no place is known, which officers see for themselves; they see, too,
    whom the story names where nobody is named as the accused. `only` leaves out all others.
    """
    rows: list[Value] = []
    for slot in SLOTS:
        if slot.key == without or (only and slot.key not in only):
            continue
        shown = slot.show(answers)
        if slot.key == "terlapor" and not own and (doer := told_doer(answers)):
            shown = T("menurut cerita, {name} (belum dipastikan)", name=doer)
        if not shown and slot.key not in IN_EVERY_SUMMARY:
            continue
        rows.append(T("• {label}: {shown}", label=slot.label, shown=shown or T("belum ada")))
    if own and not (answers.get("place") or answers.get("place_options")):
        rows.append(T("Tanpa kabupaten atau kota, ini diterima Bawaslu RI untuk diteruskan."))
    return tuple(rows)


SHORT_ANSWER = 150  # characters of an answer other than the story


def cut(text: str, most: int) -> str:
    """The text, or its beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shortened(answers: Mapping[str, Any], story: int) -> Answers:
    """What people wrote, cut so that it stays a message; the rest is asked for."""
    most = {"story": story}
    return {
        key: cut(value, most.get(key, SHORT_ANSWER)) if isinstance(value, str) else value
        for key, value in answers.items()
    }


def first_look(scene: Scene) -> Send:
    """Enough to be sent at once as a tip: what was understood of the story, which stands just above in their words."""
    return Send(
        (
            T("Sudah kami catat dalam draf:"),
            *lines(scene.answers, without="story"),
            limit_line(scene.answers, scene.turn.at, scene.book),
            "",
            T(
                "Sudah dapat dikirim sebagai informasi awal, tanpa nama Anda: tekan Kirim sekarang. Jawaban berikut "
                "membuatnya lebih kuat; draf disimpan {days} hari.",
                days=scene.book.draft_days,
            ),
        )
    )


WRONG = re.compile(r"\b(ubah|ganti|perbaiki|betulkan|salah|keliru|koreksi|bukan)\b")


RIGHT = re.compile(r"\b(benar|betul|tidak ada|sudah)\b")


def _to_change(event: Event, scene: Scene) -> str:
    """The answer that is said to be wrong: "ubah tempat", "tanggalnya salah"; "" where none is named."""
    line = regular(event.text) if isinstance(event, TextReceived) else ""
    words = {word.removesuffix("nya") for word in line.split()}
    there = {*scene.answers, "place_said"}
    named = [slot.key for slot in SLOTS if slot.key in there and CALLED.get(slot.key, set()) & words]
    return named[0] if WRONG.search(line) and not RIGHT.search(line) and len(named) == 1 else ""


CALLED = {
    "story": {"cerita", "kronologi"},
    "kind": {"bentuk", "jenis"},
    "place_said": {"tempat", "lokasi", "alamat", "kabupaten", "kota", "kecamatan"},
    "terlapor": {"terlapor", "pelaku", "nama", "orang"},
    "happened": {"tanggal", "hari", "kejadian", "waktu"},
    "known": {"diketahui", "tahu"},
    "evidence": {"bukti", "foto", "berkas"},
    "witness": {"saksi"},
    "identity": {"identitas", "anonim"},
    "pelapor_nama": {"nama"},
}
SEND = Choice("kirim", T("Kirim ke Bawaslu"), ("kirim", "kirim sekarang", "ya", "sudah benar", "benar"))
CHANGE = Choice("ubah", T("Ubah jawaban"), ("ubah", "ganti", "perbaiki", "koreksi"))
FORMAL = Choice("resmi", T("Lengkapi formulir"), ("lengkapi", "laporan resmi", "formulir"))


def review(key: str) -> Ask:
    """The summary card: everything on one page, each answer changeable alone, then send."""

    def choices(answers: Answers) -> tuple[Choice, ...]:
        formal = () if answers.get("formal") else (FORMAL,)
        return (SEND, CHANGE, *formal)

    def put(scene: Scene) -> Send:
        now = standing(scene.answers, scene.turn.at, scene.book)
        text = (
            T("Periksa kembali sebelum dikirim:"),
            *lines(scene.answers),
            "",
            awal_line(now),
            laporan_line(now),
            limit_line(scene.answers, scene.turn.at, scene.book),
            "",
            T("Yang dikirim adalah informasi awal, belum Laporan resmi. Sudah benar?"),
        )
        seen = {"place_found", "place_pick"} & scene.answers.keys()  # its picture was shown then
        return Send(text, options(*choices(scene.answers)), spot=None if seen else spot(scene.answers))

    def read(event: Event, scene: Scene) -> Answers:
        value = picked(event, choices(scene.answers), scene)
        if value == "ubah":
            return {"ubah": True}
        if value is None and (named := _to_change(event, scene)):
            return {"ubah": True, "ubah_apa": named}
        if value == "resmi":
            return {"formal": True}
        if value != "kirim" or (isinstance(event, TextReceived) and "?" in event.text):  # "benar?" asks
            raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
        return {key: value}

    return Ask(key, put, read)
