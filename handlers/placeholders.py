"""What can stand in braces in a text that an office writes once: a fixed table, checked when saved and when used.

None of it is about who reported. A value goes in as plain text, once: what stands in it is never read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from handlers.effects import T
from handlers.flow import Misread
from handlers.life import DILENGKAPI, MOVES, STATUSES, TIP
from handlers.speech import PUBLIC, WEEKDAYS, today, written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from handlers.effects import Value
    from handlers.reply import Here
    from handlers.view import CaseView

LONGEST = 1000  # characters of a text
FORBIDDEN_FIRST = "="  # a text that begins with it would be read as a template's name
_BRACED = re.compile(r"\{([^{}]*)\}")
_BRACES = str.maketrans("{}", "()")


def reached_by(*actions: str) -> frozenset[str]:
    """The statuses in which a case can be after one of these moves."""
    found = {MOVES[action].target for action in actions}
    while more := {move.target for move in MOVES.values() if move.target and move.sources & found} - found:
        found |= more
    return frozenset(found)


NOT_NOTED = T("Nilainya belum dicatat pada kasus ini.")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What it stands for, an example, its value in a case ("" where there is none now), and what to do then.

    `where`: the statuses in which it can have a value at all.
    """

    meaning: T
    example: str
    value: Callable[[CaseView, Here], str]
    missing: T = NOT_NOTED
    where: frozenset[str] = field(default_factory=lambda: frozenset(STATUSES))


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()].msgid}, {written(day)}"


def _last_day(case: CaseView, _: Here) -> str:
    return _day(date.fromisoformat(case.deadline)) if case.deadline else ""


def _register(case: CaseView, _: Here) -> str:
    return _fact(case, "nomor", "registrasi", "temuan")


def _fact(case: CaseView, name: str, *moves: str) -> str:
    return next((str(case.facts[move][name]) for move in moves if move in case.facts), "")


PLACEHOLDERS = {
    "tiket": Placeholder(T("nomor tiket"), "JN-ZQ4C-CVSG", lambda case, _: case.ticket),
    "kantor": Placeholder(
        T("nama kantor yang memegang kasusnya"), "Bawaslu Kabupaten Contoh", lambda case, _: case.office_name
    ),
    "alamat": Placeholder(
        T("alamat kantor itu"),
        "Jalan Contoh 1",
        lambda case, _: case.office_says.get("alamat", ""),
        T("Alamat kantor yang memegang kasus ini belum diisi. Koordinatornya mengetik /kantor alamat dan alamatnya."),
    ),
    "jam": Placeholder(
        T("jam kerja kantor itu"),
        "Senin sampai Jumat, 08.00 sampai 16.00",
        lambda case, _: case.office_says.get("jam", ""),
        T("Jam kerja kantor yang memegang kasus ini belum diisi. Koordinatornya mengetik /kantor jam dan jamnya."),
    ),
    "hari_ini": Placeholder(
        T("hari dan tanggal sekarang"),
        "Kamis, 10 Oktober 2024",
        lambda case, here: _day(today(here.turn.at, dict(case.answers))),
    ),
    "status": Placeholder(
        T("keadaan kasusnya, dalam kata-kata untuk warga"),
        "sedang ditelusuri",
        lambda case, _: PUBLIC[case.status].msgid,
    ),
    "tenggat": Placeholder(
        T("hari terakhir bagi warga: Laporan resmi, atau kelengkapan"),
        "Kamis, 17 Oktober 2024",
        _last_day,
        T("Tenggatnya belum dapat dihitung: warga belum menyebut kapan ia tahu. Tanyakan dengan /lengkapi."),
        frozenset({*TIP, DILENGKAPI}),
    ),
    "nomor": Placeholder(
        T("nomor registrasi, atau nomor temuan"),
        "001/Reg/LP/PB/X/2024",
        _register,
        where=reached_by("registrasi", "temuan"),
    ),
    "surat": Placeholder(
        T("nomor surat rekomendasi"),
        "145/PM.00.02/X/2024",
        lambda case, _: _fact(case, "nomor", "rekomendasi"),
        where=reached_by("rekomendasi"),
    ),
    "penerima": Placeholder(
        T("kepada siapa rekomendasinya diteruskan"),
        "BKN",
        lambda case, _: _fact(case, "nama", "teruskan"),
        where=reached_by("teruskan"),
    ),
}


def braced(name: str) -> str:
    """As it is written in a text."""
    return f"{{{name}}}"


def names_in(text: str) -> tuple[str, ...]:
    """The placeholders of a text, each once."""
    return tuple(dict.fromkeys(_BRACED.findall(text)))


APART = {"tanya": frozenset({"tenggat"})}


def revealing(text: str, command: str) -> tuple[Value, ...]:
    """What would tell of the report to who holds its receipt alone: a question is read there, too (docs/adr/0023)."""
    names = [braced(name) for name in names_in(text) if name in APART.get(command, ())]
    said = T(
        "{names} dihitung dari isi laporan, sedangkan pertanyaan dapat dibaca di percakapan lain oleh pemegang kode "
        "rahasianya. Untuk menyampaikan tenggat pakailah /kabari.",
        names=", ".join(names),
    )
    return (said,) if names else ()


def problems(text: str, statuses: Collection[str], command: str = "") -> tuple[Value, ...]:
    """What is wrong with a text for cases of these statuses; nothing where all of it can be filled in."""
    if wrong := revealing(text, command):
        return wrong
    if len(text) > LONGEST:
        return (T("Teks itu terlalu panjang. Paling panjang {most} huruf.", most=LONGEST),)
    if text.startswith(FORBIDDEN_FIRST):
        return (T("Teks tidak boleh diawali tanda sama dengan."),)
    if set("{}") & set(_BRACED.sub("", text)):
        said = T("Kurung kurawal harus berpasangan dan memuat satu nama, misalnya {example}.", example=braced("tiket"))
        return (said,)
    unknown = [name for name in names_in(text) if name not in PLACEHOLDERS]
    if unknown:
        return (T("Isian ini tidak ada: {names}. Yang ada tertulis di bawah.", names=", ".join(map(braced, unknown))),)
    return tuple(_unfit(name, statuses) for name in names_in(text) if not set(statuses) <= PLACEHOLDERS[name].where)


def _unfit(name: str, statuses: Collection[str]) -> Value:
    without = [STATUSES[one].msgid for one in STATUSES if one in statuses and one not in PLACEHOLDERS[name].where]
    return T(
        "{name} tidak mungkin ada nilainya pada status: {statuses}. Hapus isian itu, atau pilih status lain.",
        name=braced(name),
        statuses=", ".join(without),
    )


def table() -> tuple[T, ...]:
    """All that there are, each with what it stands for."""
    return tuple(T("• {name}: {meaning}", name=braced(name), meaning=one.meaning) for name, one in PLACEHOLDERS.items())


def sample(text: str) -> str:
    """The text as it would be for a case that does not exist."""
    return _BRACED.sub(lambda found: PLACEHOLDERS[found[1]].example, text)


def fill(text: str, case: CaseView, here: Here) -> str:
    """The text for this case. Raises Misread where a value is missing now: what to do, never an empty hole."""
    values = {name: plain(PLACEHOLDERS[name].value(case, here)) for name in names_in(text)}
    missing = [name for name, value in values.items() if not value]
    if missing:
        rows = tuple(T("• {name}: {todo}", name=braced(one), todo=PLACEHOLDERS[one].missing) for one in missing)
        raise Misread((T("Templat itu belum dapat dipakai untuk {ticket}:", ticket=case.ticket), *rows))
    return _BRACED.sub(lambda found: values[found[1]], text)


def plain(value: str) -> str:
    """One line of words: no line ends, and no braces that would look like a placeholder."""
    return " ".join(value.split()).translate(_BRACES)
