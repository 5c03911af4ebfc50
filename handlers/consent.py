"""Before the first personal detail: who holds it, why, who sees it, how to erase it (UU 27/2022 art. 20-24)."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from handlers.answers import read_story
from handlers.book import CONSENT_VERSION
from handlers.effects import Send, T
from handlers.events import TextReceived
from handlers.flow import Ask, Misread
from handlers.questions import Choice, options, picked, typed, within
from handlers.reading.spelling import unslang
from handlers.reading.words import guess_kind

if TYPE_CHECKING:
    from handlers.events import Event
    from handlers.flow import Scene
    from handlers.state import Answers

NOTICE = T(
    "Kiriman Anda disimpan Bawaslu, terenkripsi, untuk mengawasi netralitas ASN; yang dapat membacanya: petugas "
    "kantor penerima dan kantor di atasnya.\n"
    "Ketik /data untuk melihatnya, /koreksi untuk membetulkan, /hapus untuk menghapus."
)
PLATFORM = T(
    "Penting: percakapan dengan bot di aplikasi ini juga dapat dibaca oleh penyedia aplikasinya. Bila itu membuat "
    "Anda khawatir, pakai halaman web kami yang tidak melewati aplikasi lain."
)
AGREE = Choice(
    "ya",
    T("Setuju, lanjut"),
    (
        "ya", "y", "iya", "setuju", "ok", "oke", "lanjut", "lanjutkan", "boleh", "iya boleh", "ya boleh", "silakan",
        "silahkan", "monggo", "mangga", "siap", "sip", "bisa", "mau", "tidak apa apa", "gpp", "gapapa", "tidak masalah",
    ),
)  # fmt: skip
DECLINE = Choice("tidak", T("Tidak setuju"), ("tidak", "tdk", "gak", "enggak", "jangan", "batal", "tidak mau"))

MORE = 4  # words; fewer, beside a story that is there, are no more of it: "gimana ya"


def consent() -> Ask:
    """The question of consent; its version and time are kept by the conversation."""
    return Ask("consent", lambda scene: Send(_question(scene), options(AGREE, DECLINE)), _read)


def _read(event: Event, scene: Scene) -> Answers:
    """Yes or no; who tells the story instead is not told to do so again, but only asked once more."""
    value = picked(event, (AGREE, DECLINE), scene)
    if value is None and isinstance(event, TextReceived):
        value = "tidak" if _declines(event.text) else None
    if value is not None:
        return _answer(value, scene)
    if isinstance(event, TextReceived):
        within(f"{scene.answers.get('story', '')}\n{event.text}")
        with suppress(Misread):
            return _told(typed(event), scene)
    raise Misread(T("Mohon jawab dulu, setuju atau tidak; sesudah itu kita lanjutkan."))


NO = re.compile(
    r"\b(tidak (setuju|mau|usah|jadi|bersedia)|(kurang|belum) setuju|jangan disimpan)\b|^(batal|hapus|no)\b|"
    r"^tidak\b.*\btakut\b"
)
LONG = 8  # words; a longer message tells something


def _declines(text: str) -> bool:
    line = unslang(text)
    return len(text.split()) <= LONG and bool(NO.search(line)) and guess_kind(text) is None


def _told(text: str, scene: Scene) -> Answers:
    """What is told meanwhile goes on the story, however often: nothing that was written is asked for twice."""
    had = scene.answers.get("story")
    if had is None:
        return read_story(text, scene)
    if len(text.split()) < MORE:
        raise Misread("")
    return read_story(f"{had}\n{text}", scene)


def _question(scene: Scene) -> tuple[T, ...]:
    held = bool(set(scene.answers) & {"story", "evidence", "place_said"})
    opening = (
        T("Terima kasih, pesan Anda sudah masuk sebagai draf dan belum dikirim ke siapa pun.")
        if held
        else T("Selamat datang. Di sini Anda dapat menyampaikan dugaan keberpihakan ASN ke Bawaslu.")
    )
    platform = () if scene.turn.channel in {"web", "kantor", "terminal"} else (PLATFORM,)
    return (opening, "", NOTICE, *platform, "", T("Boleh kami lanjutkan?"))


def _answer(value: str, scene: Scene) -> Answers:
    if value != "ya":
        return {"declined": True, "consent": ""}
    return {"consent": CONSENT_VERSION, "consent_at": scene.turn.at.isoformat()}
