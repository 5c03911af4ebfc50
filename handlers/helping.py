"""What /bantuan says: to officers groups by what one wants to do, then one group, then one command; as the role may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.effects import Option, T
from handlers.life import MOVES
from handlers.triage import DECIDE, DECIDED, ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from handlers.command import Command
    from handlers.effects import Value

TICKET = "JN-ZQ4C-CVSG"  # of the examples


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that serve one purpose, the usual ones first."""

    label: T
    names: tuple[str, ...]


def _group(label: T, names: str) -> Group:
    return Group(label, tuple(names.split()))


STEPPING = "langkah"  # the group to which every step of the road belongs
GROUPS = {
    "antrean": _group(T("Antrean"), "antrean cari massal"),
    "kasus": _group(
        T("Kasus"),
        "kasus ambil catat label lepas serahkan alihkan tarik terima kembalikan gabung pisah beda tutup buka",
    ),
    "warga": _group(T("Warga"), "tanya lengkapi kabari kontak identitas"),
    STEPPING: _group(T("Langkah"), "langkah periksa setuju bantah mundur ralat"),
    "surat": _group(T("Surat dan berkas"), "berkas naskah bukti templat"),
    "angka": _group(T("Angka"), "statistik ekspor"),
    "kantor": _group(T("Orang dan kantor"), "kantor undang keluarkan benturan keluar"),
    "lain": _group(T("Lain"), "bahasa bantuan"),
}
ORDER = [name for group in GROUPS.values() for name in group.names]
BY_NEED = {"kata": "nomornya belum ada", "tanggal": "hari ini", "nomor": "012/X/2024, hari ini", "penerima": "BKN"}


def told(words: str, able: Sequence[Command], note: T) -> tuple[Value, tuple[Option, ...]]:
    """What an officer reads, and its buttons.

    `able` are the commands that the role may give: no others are told. `note` ends the list of groups.
    """
    asked = words.strip().casefold()
    name = asked.removeprefix("/").partition(" ")[0]
    known = {one.name: one for one in able}
    if name in GROUPS and name == asked.partition(" ")[0] and _of(GROUPS[name], known):
        return _one_group(name, known)
    if one := next((one for one in able if name in (one.name, *one.also)), None):
        return _one_command(one), _back()
    return _all_groups(known, note)


def _of(group: Group, known: Iterable[str]) -> list[str]:
    return [name for name in group.names if name in known]


def _all_groups(known: dict[str, Command], note: T) -> tuple[Value, tuple[Option, ...]]:
    mine = {name: found for name, group in GROUPS.items() if (found := _of(group, known))}
    rows = tuple(
        T("• {group}: {commands}", group=GROUPS[name].label, commands=" ".join(f"/{one}" for one in found))
        for name, found in mine.items()
    )
    first = next(iter(mine.values()))[0]
    more = T("Tekan kelompoknya, atau tanyakan satu perintah: /bantuan /{name}", name=first)
    ways = tuple(Option(GROUPS[name].label, f"/bantuan {name}") for name in mine)
    return (T("Apa yang ingin Anda lakukan?"), *rows, "", more, "", note), ways


def _one_group(name: str, known: dict[str, Command]) -> tuple[Value, tuple[Option, ...]]:
    group = GROUPS[name]
    rows: list[Value] = [T("{head}:", head=group.label), *(line(known[one]) for one in _of(group, known))]
    if name == STEPPING:
        rows += ["", T("Setiap langkah juga perintah; yang mungkin sekarang disebut /langkah {ticket}:", ticket=TICKET)]
        rows += [line(one) for one in known.values() if not one.menu]
    rows += ["", T("Tentang satu perintah: /bantuan /{name}", name=_of(group, known)[0])]
    return tuple(rows), _back()


def line(command: Command) -> T:
    """A command and what it is for."""
    return T("/{name}: {help}", name=command.name, help=command.help)


def _one_command(command: Command) -> Value:
    rows: list[Value] = [line(command), *((command.note,) if command.note else ())]
    rows += [T("Contoh: {example}", example=example(command))]
    rows += [T("Atau: {example}", example=one) for one in other_examples(command)]
    if command.prompt is not None:
        rows.append(T("Yang belum ditulis akan ditanyakan."))
    rows.append(T("Siapa: {roles}", roles=_named(who(command))))
    if command.name in MOVES and MOVES[command.name].two:
        rows.append(T("Perlu dua orang: seorang mengusulkan, seorang lain menyetujui."))
    if command.private:
        rows.append(T("Hanya di percakapan pribadi dengan bot."))
    return tuple(rows)


def _back() -> tuple[Option, ...]:
    return (Option(T("Semua kelompok"), "/bantuan"),)


def who(command: Command) -> frozenset[str]:
    """Which roles may give it; none named is everyone."""
    return command.roles & DECIDE if command.name in DECIDED else command.roles


def _named(roles: Collection[str]) -> Value:
    found = [label for role, label in ROLES.items() if role in roles]
    if len(found) in {0, len(ROLES)}:
        return T("semua")
    named: Value = found[0]
    for label in found[1:]:
        named = T("{some}, {next}", some=named, next=label)
    return named


def example(command: Command, ticket: str = TICKET) -> str:
    """The command as it may be typed."""
    move = MOVES.get(command.name)
    words = command.example or (BY_NEED.get(move.needs, "") if move else "")
    return " ".join(filter(None, (f"/{command.name}", ticket if command.on_case else "", words)))


def other_examples(command: Command, ticket: str = TICKET) -> tuple[str, ...]:
    """What else may be typed after it."""
    return tuple(f"/{command.name} {words.format(ticket=ticket)}" for words in command.others)


def in_order(commands: Iterable[Command]) -> tuple[Command, ...]:
    """Officers' commands, as their groups have them."""
    return tuple(sorted(commands, key=lambda one: ORDER.index(one.name)))
