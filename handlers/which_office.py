"""An office as officers name it: by its code, its name, or "atas" for the one above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.effects import T
from handlers.flow import Misread
from handlers.triage import above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.book import Book
    from handlers.reply import Here


def which_office(words: str, here: Here, example: str) -> tuple[str, str]:
    """The code and the rest: "33.11 alasan", "Sukoharjo alasan"; "atas" is the office above the officer's.

    Raises Misread, with the codes where a name is a kabupaten's and a kota's.
    """
    first, _, rest = words.strip().partition(" ")
    code = first.upper().strip(",;:")
    code = above(here.officer.office) if code == "ATAS" else code
    if code in here.book.offices:
        return code, rest.strip()
    named = list(_named(words.strip(), here))
    longest = max((length for length, _, _ in named), default=0)
    found = [(code, rest) for length, code, rest in named if length == longest]
    if len(found) > 1:
        names = tuple(T("• {code} {name}", code=code, name=here.book.offices[code]) for code, _ in found)
        raise Misread((T("Kantor yang mana? Tulis kodenya; contoh: {example}", example=example), *names))
    if not found:
        raise Misread(
            T("Kantor itu tidak kami kenali. Tulis nama atau kodenya; contoh: {example}", example=example),
        )
    return found[0]


def says_another(words: str, book: Book) -> bool:
    """Does who was asked for the reason alone say the office again, by its code, with the reason behind it?"""
    code, _, reason = words.strip().partition(" ")
    return "." in code and code in book.offices and bool(reason.strip())


def _named(words: str, here: Here) -> Iterator[tuple[int, str, str]]:
    """(length of the name, code, the words after it) of each office with whose name the words begin."""
    line = words.casefold()
    for code, office in here.book.offices.items():
        full = office.casefold().removeprefix("bawaslu ")
        for name in {full, full.removeprefix("kabupaten ").removeprefix("kota ").removeprefix("provinsi ")}:
            if line.startswith(name) and not line[len(name) : len(name) + 1].isalnum():
                yield len(name), code, words[len(name) :].strip(" ,;:")
