"""The conversation that every contender is given: eight updates, a reply to each, the last files the report."""

from __future__ import annotations

from typing import Any

LINES = (
    "/lapor",
    "setuju",
    "Kepala dinas pendidikan membagikan amplop kepada pegawai di Kabupaten Brebes kemarin malam",
    "Kepala Dinas Pendidikan",
    "hari itu juga",
    "tidak ada bukti",
    "dua orang pegawai",
    "kirim sekarang",
)
STEPS = len(LINES)
SAID = 1_726_110_000  # in Unix seconds: 12 September 2024, before that year's campaign


def update(number: int, person: int, text: str, at: int = SAID) -> dict[str, Any]:
    """A raw update, as Telegram sends it: `number` is its id, `at` its time in Unix seconds."""
    user = {"id": person, "is_bot": False, "first_name": "Warga", "language_code": "id"}
    message: dict[str, Any] = {
        "message_id": number,
        "from": user,
        "chat": {"id": person, "first_name": "Warga", "type": "private"},
        "date": at,
        "text": text,
    }
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}
