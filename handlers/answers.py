"""How the answers of a report are understood: from free text, taps, points and files to what is kept."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from handlers.effects import Send, T
from handlers.events import Event, MediaReceived, PhotoPlaced, ReportFiled
from handlers.flow import Ask, Misread, Scene
from handlers.hints import near_photo
from handlers.questions import Choice, options, picked, typed
from handlers.reading.date_hours import begins
from handlers.reading.dates import Reading, find_date, read_date, why_not
from handlers.reading.smalltalk import nobody, says_nothing, small
from handlers.reading.who import guess_doer
from handlers.reading.words import guess_kind, guess_position, mentions_pilkades
from handlers.speech import today, zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.state import Answers

MOST_EVIDENCE = 10
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
NOT_A_DATE = T("Tanggal itu belum kami mengerti. Contoh: kemarin, Selasa lalu, 3 September 2024, atau 12/9/2024.")
DATE_HINTS = {
    "depan": T("Tanggal itu belum terjadi. Mohon ditulis lagi, dengan tahunnya bila perlu."),
    "ganda": T("Itu dapat berarti dua tanggal. Mohon tulis tanggalnya, misalnya: 3 Oktober 2024."),
    "nanti": T("Jam itu hari ini belum tiba. Mohon tulis harinya juga, misalnya: kemarin sore."),
}
POSITION_WORDS: dict[str, tuple[str, ...]] = {
    "asn": ("asn", "pns", "pppk", "p3k", "pegawai negeri"),
    "kades": ("kepala desa", "kades", "perangkat desa", "lurah desa", "bpd"),
    "tni": ("tentara",),
    "polri": ("polisi",),
    "honorer": ("honorer", "tenaga honorer", "kontrak"),
    "tidak_tahu": ("tidak tahu", "gak tahu", "tidak tau", "kurang tahu", "lupa", "tidak yakin", "entah"),
}
KIND_WORDS = {"lainnya": ("tidak tahu", "gak tahu", "tidak yakin", "lain")}
IDENTITY_WORDS: dict[str, tuple[str, ...]] = {
    "anonim": ("anonim", "tanpa nama", "rahasiakan nama", "yang aman", "paling aman"),
    "rahasia": ("rahasia",),
    "kontak": ("bersedia", "boleh dihubungi", "dihubungi"),
}


# --- what happened, and who ---------------------------------------------------------------------------------


def read_story(text: str, scene: Scene) -> Answers:
    """The story, and what it says by itself about the kind of act and the day; all of it can be changed."""
    if len(text.split()) < 2 or len(text) < 5 or small(text):  # noqa: PLR2004 - "ya", "ok", "tes", "Laweyan"
        raise Misread(T("Mohon diceritakan sedikit lebih panjang, satu kalimat sudah cukup."))
    got: Answers = {"story": text} | ({"pilkades_named": True} if mentions_pilkades(text) else {})
    if "kind" not in scene.answers and (kind := guess_kind(text)):
        got["kind"] = kind
    found = find_date(text, today(scene.turn.at, scene.answers)) if "happened" not in scene.answers else None
    if found and not _still_to_come(found, scene):
        got |= _happened(found, scene, words="")
    got = _as_before(scene, got) | got
    links = LINK.findall(text)
    if links:
        got["evidence"] = [
            *scene.answers.get("evidence", ()),
            *({"kind": "link", "url": url} for url in links),
        ]
    return got


THE_DAY = frozenset({"happened", "happened_words", "happened_time", "ongoing", "known"})


def _as_before(scene: Scene, got: Answers) -> Answers:
    """What the story said before it was changed, of which it says nothing now."""
    before = scene.answers.get("before", {})
    same = ({"kind"} if "kind" not in got else set()) | (THE_DAY if "happened" not in got else set())
    return {key: value for key, value in before.items() if key in same}


def about_pilkades(answers: Answers) -> bool:
    """The story is about the election of a village head, which is not Bawaslu's."""
    return bool(answers.get("pilkades_named"))


WHO = T("Itu belum menyebut siapa. Tulis nama atau keterangannya, atau pilih salah satu tombol.")
UNKNOWN = Choice("tidak tahu", T("Tidak tahu"), ("tidak tau", "gak tahu", "tdk tahu"))


def doers(scene: Scene) -> tuple[Choice, ...]:
    """Whom the story names, to be confirmed with one tap; and nobody."""
    named = guess_doer(scene.answers.get("story", ""))
    return (*((Choice("cerita", named),) if named else ()), UNKNOWN)


def guess_of_position(text: str, scene: Scene) -> str | None:
    """What words about the accused say of their position, at the place of the event."""
    return guess_position(text, (scene.answers.get("place") or {}).get("code", ""))


def read_terlapor(text: str, scene: Scene) -> Answers:
    """Name or only position; what kind of official follows from it where it can."""
    if text == UNKNOWN.value:
        return {"terlapor": ""}
    if text == "cerita":
        text = guess_doer(scene.answers.get("story", "")) or text
    if nobody(text):
        return {"terlapor": ""}
    if says_nothing(text):
        raise Misread(WHO)
    got: Answers = {"terlapor": text}
    position = guess_of_position(text, scene)
    if position and "position" not in scene.answers:
        got["position"] = position
    return got


# --- when ---------------------------------------------------------------------------------------------------


def _happened(found: Reading, scene: Scene, words: str) -> Answers:
    """What happened today cannot have been known before, nor be known later than now."""
    day = found.date.isoformat()
    got: Answers = {"happened": day, "happened_words": words, "ongoing": found.ongoing}
    got |= {"happened_time": found.time_text} if found.time_text else {}
    return got | ({"known": day} if found.ongoing or found.date == today(scene.turn.at, scene.answers) else {})


def _still_to_come(found: Reading, scene: Scene) -> bool:
    """Told of today, at an hour that has not come yet: of which day is it told?"""
    now = scene.turn.at.astimezone(zone_of(scene.answers))
    return found.date == now.date() and begins(found.time_text) > now.hour * 60 + now.minute


def _day(text: str, scene: Scene) -> Reading:
    now = today(scene.turn.at, scene.answers)
    reading = read_date(text, now)
    if reading is None:
        raise Misread(DATE_HINTS.get(why_not(text, now), NOT_A_DATE))
    if _still_to_come(reading, scene):
        raise Misread(DATE_HINTS["nanti"])
    return reading


def _vague(text: str, scene: Scene) -> bool:
    """No day can be made of it, and to ask again would not help: "sekitar minggu lalu", "lupa"."""
    if TO_COME.search(text.casefold()):
        return False
    return text == FORGOTTEN.value or why_not(text, today(scene.turn.at, scene.answers)) == "samar"


TO_COME = re.compile(r"\b(depan|besok|nanti|mendatang)\b")
FORGOTTEN = Choice("tidak ingat", T("Tidak ingat harinya"), ("lupa", "tidak tahu", "gak ingat", "tidak ingat"))
TODAY, YESTERDAY = Choice("hari ini", T("Hari ini")), Choice("kemarin", T("Kemarin"))
ONGOING = Choice("sedang berlangsung", T("Sedang berlangsung"), ("sekarang", "saat ini", "masih berlangsung"))
SAME_DAY = Choice(
    "hari itu juga", T("Hari itu juga"), (
        "sama", "saat itu", "saat itu juga", "waktu itu juga", "hari itu", "hari yang sama", "sama harinya", "langsung",
        "pas kejadian", "saat kejadian", "waktu kejadian", "hari kejadian",
    )
)  # fmt: skip


def read_happened(text: str, scene: Scene) -> Answers:
    """The day of the event; what is happening now is known now, and known never comes before it happened."""
    if _vague(text, scene):
        return {"happened": "", "happened_words": "" if text == FORGOTTEN.value else text}
    return _happened(_day(text, scene), scene, words=text)


def known_days(scene: Scene) -> tuple[Choice, ...]:
    """The same day can only be meant where there is one."""
    same = (SAME_DAY,) if scene.answers.get("happened") else ()
    return (*same, TODAY, YESTERDAY, FORGOTTEN)


def read_known(text: str, scene: Scene) -> Answers:
    """The day on which the reporter came to know: the legal clock runs from it (UU 1/2015 art. 134(4))."""
    happened = scene.answers.get("happened", "")
    if text == SAME_DAY.value and happened:
        return {"known": happened}
    if _vague(text, scene):
        return {"known": "", "known_words": "" if text == FORGOTTEN.value else text}
    day = _day(text, scene).date
    if happened and day < date.fromisoformat(happened):
        raise Misread(
            T("Hari itu sebelum kejadiannya. Mohon sebutkan hari Anda mengetahuinya: hari kejadian atau sesudahnya.")
        )
    return {"known": day.isoformat()}


# --- evidence, witnesses, identity ----------------------------------------------------------------------------


def attach(key: str, question: T, choices: tuple[Choice, ...], extra: tuple[Choice, ...]) -> Ask:
    """Files come at any time and are taken by the conversation; here only links and "none" are read."""

    def put(_: Scene) -> Send:
        return Send(question, options(*choices, *extra), asks="media")

    def read(event: Event, scene: Scene) -> Answers:
        value = picked(event, (*choices, *extra), scene, free=True)
        if value == "kirim":
            return {"review": "kirim"}
        if value is not None:
            return {key: []}
        links = LINK.findall(typed(event))
        if not links:
            raise Misread(
                T("Kirim berkasnya lewat tombol lampiran, atau tempel tautannya. Bila tidak ada, pilih tombolnya.")
            )
        return {key: [*scene.answers.get(key, ()), *({"kind": "link", "url": url} for url in links)]}

    return Ask(key, put, read, optional=True)


def with_file(event: MediaReceived, scene: Scene) -> Answers:
    """The evidence with one more file; its caption is read as the story where there is none yet."""
    answers = scene.answers
    item = {
        "id": event.media.id,
        "kind": event.media.kind,
        "name": event.media.name,
        "group": event.media.group,
    }
    if event.caption:
        item["caption"] = event.caption
    told: Answers = {}
    if event.caption and "story" not in answers:
        with suppress(Misread):
            told = read_story(event.caption, scene)
    had = told["evidence"] if "evidence" in told else answers.get("evidence", ())
    return told | {"evidence": [*had, item]}


def with_place(items: Sequence[Answers], event: PhotoPlaced) -> list[Answers]:
    """The evidence with what one photo's file says of its place."""
    near = near_photo(event)
    return [{**item, "near": near} if item.get("id") == event.id else item for item in items]


def read_witness(text: str, _: Scene) -> Answers:
    """Who else saw it; "" for nobody."""
    if text == "tidak ada":
        return {"witness": ""}
    if says_nothing(text):
        raise Misread(WHO)
    return {"witness": text}


def filed(event: Event, _: Scene) -> Answers:
    """The house gave the case its ticket."""
    if not isinstance(event, ReportFiled):
        raise Misread("")
    return {
        "filed": event.ticket,
        "receipt": event.receipt,
        "office_name": event.office_name,
        "home_name": event.home_name,
        "rung": event.rung,
    }
