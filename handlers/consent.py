"""Before the first personal detail: who holds it, why, who sees it, how to erase it (UU 27/2022 art. 20-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.book import CONSENT_VERSION
from handlers.effects import T
from handlers.questions import Choice, choose

if TYPE_CHECKING:
    from handlers.flow import Ask, Scene
    from handlers.state import Answers

NOTICE = T(
    "Yang Anda kirim disimpan Bawaslu, tersandi, untuk mengawasi netralitas ASN; hanya petugas Bawaslu yang "
    "menanganinya yang dapat membaca isinya, dan nama atau nomor Anda tidak diperlihatkan kepada mereka.\n"
    "Ketik /data untuk melihat yang disimpan, /koreksi untuk membetulkan, /hapus untuk menghapus."
)
PLATFORM = T(
    "Penting: percakapan dengan bot di aplikasi ini juga dapat dibaca oleh penyedia aplikasinya. Bila itu membuat "
    "Anda khawatir, pakai halaman web kami yang tidak melewati aplikasi lain."
)
AGREE = Choice("ya", T("Setuju, lanjut"), ("ya", "setuju", "ok", "oke", "lanjut", "boleh", "iya", "y"))
DECLINE = Choice("tidak", T("Tidak setuju"), ("tidak", "tdk", "gak", "enggak", "jangan", "batal"))


def consent() -> Ask:
    """The question of consent; its version and time are kept by the conversation."""
    return choose("consent", _question, AGREE, DECLINE, then=_answer)


def _question(scene: Scene) -> tuple[T, ...]:
    held = bool(set(scene.answers) & {"story", "evidence", "place_said"})
    opening = (
        T("Terima kasih, pesan Anda sudah masuk sebagai draf dan belum dikirim ke siapa pun.")
        if held
        else T("Selamat datang. Apa yang Anda lihat tentang keberpihakan ASN dapat disampaikan ke Bawaslu di sini.")
    )
    platform = () if scene.turn.channel in {"web", "terminal"} else (PLATFORM,)
    return (opening, "", NOTICE, *platform, "", T("Boleh kami lanjutkan?"))


def _answer(value: str, scene: Scene) -> Answers:
    if value != "ya":
        return {"declined": True, "consent": ""}
    return {"consent": CONSENT_VERSION, "consent_at": scene.turn.at.isoformat()}
