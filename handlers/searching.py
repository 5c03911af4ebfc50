"""Which words a case is found by, and what an officer's words look for: who, where, and the numbers that were typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handlers import labels
from handlers.codes import leading_ticket
from handlers.days import EARLIER
from handlers.desk import at_home
from handlers.effects import LoadCase, Option, Search, Send, T, Value
from handlers.reading.spelling import plain
from handlers.reading.who import told_doer
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.rows import rows as listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.office_events import CasesFound
    from handlers.state import State

SHORTEST = 3  # letters
MOST = 12  # words of one question
COUNTED = 100  # cases of one question, at most: nobody reads on, and "sukoharjo" is in thousands
NUMBERED = 8  # characters of a number's key, at least: "12/x" alone finds nothing
TOLD = ("terlapor", "terlapor_alamat")
PLACES = ("name", "kecamatan", "desa")
COMMON = frozenset((
    "yang", "dan", "dari", "untuk", "pak", "bapak", "ibu", "kantor", "kabupaten", "kecamatan", "kelurahan", "desa",
    "kota", "provinsi", "dinas", "kepala",
))  # fmt: skip


def keys_of(answers: Mapping[str, Any], facts: Mapping[str, Any]) -> frozenset[str]:
    """The words by which a case is found: of the terlapor, of the place, each official number, each label.

    Where no terlapor was named they are those of whom the story names; of a story no other word.
    """
    place = answers.get("place") or {}
    told = [str(answers.get(name, "")) for name in TOLD] + [str(place.get(name, "")) for name in PLACES]
    told.append(told_doer(answers))
    noted = [fact for fact in facts.values() if isinstance(fact, dict) and fact.get("nomor")]
    numbers = [each for fact in noted for each in (fact["nomor"], *fact.get(EARLIER, ()))]
    words = frozenset(word for text in told for word in plain_words(text))
    return words | {number(one) for one in numbers} | {*labels.keys(facts)}


def number(text: str) -> str:
    """A number of a register as it is compared: "001/Reg/LP" and "001 / reg / lp" are the same."""
    return re.sub(r"\s", "", plain(text))


def plain_words(text: str) -> list[str]:
    """The words of a text as they are compared, in their order."""
    found = re.findall(r"[^\W_]+", plain(text))
    return [word for word in found if len(word) >= SHORTEST and word not in COMMON]


def asked(text: str) -> tuple[str, ...]:
    """What is looked for: every word, or the whole as a number."""
    if "/" in text and len(number(text)) >= NUMBERED and re.search(r"\d", text):
        return (number(text),)
    return tuple(dict.fromkeys(plain_words(text)))[:MOST]


def search(state: State, words: str, here: Here) -> Reply:
    """/cari: cases of the own office and those below it, by ticket, number, terlapor, instansi or place."""
    if not at_home(here):
        return say(state, IN_PRIVATE)
    ticket, _ = leading_ticket(words)
    if ticket:
        return Reply(state, (LoadCase(ticket, "kasus"),))
    wanted = asked(words)
    if not wanted:
        text = T("Tulis sesudah /cari: nama terlapor, instansi, kecamatan, nomor register, atau nomor tiket.")
        return say(state, text)
    return Reply(state, (Search(wanted, " ".join(words.split())[:80]),))


def cases_found(state: State, event: CasesFound, here: Here) -> Reply:
    """A line and a button for each, the newest first."""
    if not event.cases:
        text = T(
            "Tidak ada kasus dengan semua kata itu: {words}. Yang dicari: terlapor, instansi, kecamatan, nomor, label; "
            "isi cerita tidak dicari. Coba satu kata saja, ejaan seperti di kartu.",
            words=event.words,
        )
        return say(state, text)
    found = T("Ditemukan {total} kasus untuk: {words}", total=event.total, words=event.words)
    if event.total >= COUNTED:
        found = T("Ditemukan {total} kasus atau lebih untuk: {words}", total=COUNTED, words=event.words)
    rows: list[Value] = [found, *listed(event.cases, here), ""]
    if event.total > len(event.cases):
        rows.append(T("Yang tampil {count} terbaru; tambah satu kata untuk mempersempit.", count=len(event.cases)))
    buttons = tuple(Option(case.ticket, f"/kasus {case.ticket}") for case in event.cases)
    return Reply(state, (Send(tuple(rows), buttons, protect=True),))
