"""A kecamatan as officers name it: by its code, or by its name within the own office, with its kabupaten if need be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.effects import Option, T
from handlers.flow import Misread
from handlers.triage import covers

if TYPE_CHECKING:
    from handlers.book import Book

TITLE = re.compile(r"^(?:kec\.?|kecamatan)\s+")
MOST = 10  # choices in one sentence
LABEL = 20  # characters of a button


def office_of(code: str) -> str:
    """The kabupaten's: 33.11.09 -> 33.11."""
    return code.rpartition(".")[0]


def within(office: str, book: Book) -> dict[str, str]:
    """Names by codes of the kecamatan of an office and those below it."""
    return {code: name for code, name in book.kecamatan.items() if covers(office, office_of(code))}


def sample(office: str, book: Book) -> str:
    """One of an office's own, to be shown as an example; where it has several kabupaten, with that."""
    code, name = min(within(office, book).items(), default=("", ""))
    kabupaten = book.offices.get(office_of(code), "").removeprefix("Bawaslu ")
    return name if "." in office else f"{name}, {kabupaten}"


def which_kecamatan(words: str, office: str, book: Book) -> str:
    """The code of what is named. Raises Misread, with the codes where there are several."""
    known, said = within(office, book), " ".join(words.split())
    if said in known:
        return said
    line = TITLE.sub("", said.casefold())
    named = [(len(name), code, line[len(name) :]) for code, name in known.items() if _begins(line, name.casefold())]
    found = [code for _, code, rest in named if _fits(rest, book.offices.get(office_of(code), ""))]
    longest = max((size for size, code, _ in named if code in found), default=0)
    found = [code for size, code, _ in named if code in found and size == longest]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Misread(
            T("Kecamatan itu tidak kami kenali di wilayah Anda. Contoh: {example}", example=sample(office, book))
        )
    rows = tuple(
        T("• {code} {name}, {office}", code=code, name=known[code], office=book.offices.get(office_of(code), ""))
        for code in found[:MOST]
    )
    raise Misread((T("Kecamatan yang mana? Tulis kodenya; contoh: {example}", example=found[0]), *rows))


def _begins(line: str, name: str) -> bool:
    return line.startswith(name) and not line[len(name) : len(name) + 1].isalnum()


def _fits(rest: str, office: str) -> bool:
    """Nothing more was said, or the kabupaten of it."""
    more = re.findall(r"\w+", rest.removeprefix(",").replace("kab.", "").replace("kabupaten", ""))
    return all(word in office.casefold().split() for word in more)


def choices(office: str, book: Book, command: str) -> tuple[Option, ...]:
    """A button for each kecamatan of a kabupaten."""
    return tuple(Option(name[:LABEL], f"{command} {code}", once=True) for code, name in within(office, book).items())
