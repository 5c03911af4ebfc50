"""The register's columns, as Bawaslu and BKN exchange them: what stands in each for a case. Never who reported.

The register is kept in Indonesian, whatever language its reader chose. Days are ISO 8601.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from handlers.counting import post_of
from handlers.figures import OF_KIND, OF_POSITION
from handlers.life import DIGABUNG, DILENGKAPI, DITUTUP, KAJIAN_AWAL, MOVES, STATUSES, TIP
from handlers.speech import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.book import Book

# A tip is no register's, nor is a form that is still looked through.
NOT_REGISTERED = {*TIP, KAJIAN_AWAL, DILENGKAPI, DITUTUP, DIGABUNG}
REGISTERED = tuple(status for status in STATUSES if status not in NOT_REGISTERED)
ENTERED = {"registrasi": "Laporan", "temuan": "Temuan"}
AFTERWARDS = ("ditolak", "nihil", "hukuman", "ppk", "verifikasi")  # what a recipient did, the last first
COLUMNS = (
    "Nomor register", "Tanggal register", "Asal", "Nomor tiket", "Kantor", "Tanggal masuk", "Tanggal kejadian",
    "Tanggal diketahui", "Tempat kejadian", "Terlapor (jabatan, instansi)", "Kelas jabatan", "Status kepegawaian",
    "Bentuk dugaan", "Dasar hukum", "Status", "Nomor pleno", "Tanggal pleno", "Nomor rekomendasi",
    "Tanggal rekomendasi", "Diteruskan kepada", "Tanggal diteruskan", "Tindak lanjut", "Nomor tindak lanjut",
    "Tanggal tindak lanjut", "Digabung dari",
)  # fmt: skip


class Line(NamedTuple):
    """What a line is made of: a case's clear facts, its answers, and what officers typed.

    `came` is an ISO day, `law` the number of the Perbawaslu by which it came.
    """

    ticket: str
    office: str
    status: str
    came: str
    law: str
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    joined: tuple[str, ...] = ()  # tickets of those that told of the same act


def cells(case: Line, book: Book) -> tuple[str, ...]:
    """One line of the register. Where a case never got a number, the accused is not named."""
    answers, facts = case.answers, case.facts
    entry = next((move for move in ENTERED if move in facts), "")
    last = next((move for move in AFTERWARDS if move in facts), "")
    return (
        *_numbered(facts, entry), ENTERED.get(entry, ""), case.ticket, book.offices.get(case.office, case.office),
        case.came, answers.get("happened", ""), answers.get("known", ""), _place(answers),
        *(_accused(answers, book) if entry else ("", "", "")),
        OF_KIND[answers.get("kind") or ""].msgid, f"Perbawaslu {case.law}", STATUSES[case.status].msgid,
        *_numbered(facts, "pleno"), *_numbered(facts, "rekomendasi"),
        facts.get("teruskan", {}).get("nama", ""), facts.get("teruskan", {}).get("tanggal", ""),
        MOVES[last].label.msgid if last else "", *_numbered(facts, last), ", ".join(case.joined),
    )  # fmt: skip


def _numbered(facts: Mapping[str, Any], move: str) -> tuple[str, str]:
    """The number and the day that were typed for a move."""
    typed = facts.get(move, {})
    return typed.get("nomor", ""), typed.get("tanggal", "")


def _place(answers: Mapping[str, Any]) -> str:
    place = answers.get("place") or {}
    return ", ".join(part for part in (place.get("kecamatan", ""), place.get("name", "")) if part)


def _accused(answers: Mapping[str, Any], book: Book) -> tuple[str, str, str]:
    post = post_of(dict(answers), book)
    position = answers.get("position") or "tidak_tahu"
    return answers.get("terlapor", ""), OF_POSITION[post].msgid if post else "", POSITIONS[position].msgid
