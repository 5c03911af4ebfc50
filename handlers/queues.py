"""Whose queue a case belongs to: the place of the event's, or by the rank of the accused the one above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import Send, T, To
from law.ranks import find_rank

if TYPE_CHECKING:
    from handlers.book import Book
    from handlers.state import Answers

NATION = "RI"


def home_of(answers: Answers, book: Book) -> tuple[str, str]:
    """The office's code, and the label of the rank that decided; "" where the place did."""
    place = str((answers.get("place") or {}).get("code") or NATION)
    rank = find_rank(book.ranks, str(answers.get("terlapor") or ""))
    if rank is None or place == NATION:
        return place, ""
    return (NATION if rank.level == "nasional" else place[:2]), rank.label


def informed(ticket: str, kabupaten: str, office_name: str) -> Send:
    """To the office of the place: there is a case, and who has it; nothing of what it says."""
    text = T(
        "Untuk diketahui: {ticket}, tentang kejadian di wilayah Anda, ditangani {office} menurut jabatan terlapor.",
        ticket=ticket,
        office=office_name,
    )
    return Send(text, to=To("office", kabupaten), protect=True)
