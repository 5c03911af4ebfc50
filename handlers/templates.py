"""/templat: the texts an office writes once; and how they are taken for /tanya, /kabari, /kurang and other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.citizen import aside
from handlers.desk import at_home
from handlers.effects import Option, Send, T
from handlers.flow import Misread
from handlers.house_templates import HOUSE
from handlers.life import STATUSES
from handlers.office_effects import DropTemplate, LoadTemplates
from handlers.placeholders import fill, revealing
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.state import State, Talk
from handlers.template import USING, Template
from handlers.triage import may_write

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.effects import Value
    from handlers.office_events import TemplatesLoaded
    from handlers.view import CaseView

MARK = "="  # before a template's name, where words are expected: "/kabari JN-… =sudah dibaca"
SEND = "=="  # the button that sends what is on the screen
MOST_OFFERED, MOST = 8, 60  # buttons under a question; texts of one office
NAME = re.compile(r"[^\W_][\w -]{0,19}")
FOR = {
    "tanya": T("Tanya warga"),
    "kabari": T("Kabari warga"),
    "kurang": T("Minta lengkapi"),
    "catat": T("Catat"),
    "ditolak": T("Ditolak penerima"),
}
SENDING = {"catat": T("Simpan"), "ditolak": T("Simpan")}  # else it goes to the citizen
NAMED_SO = T("Nama templat paling panjang 20 huruf, angka, atau spasi.")
NOT_YOURS = T("Hanya koordinator yang dapat menulis templat kantornya.")
VERBS = ("simpan", "buang", "kembalikan")


def templates(state: State, words: str, here: Here) -> Reply:
    """/templat [NAMA], /templat simpan|buang|kembalikan NAMA: read by all, written by the koordinator."""
    if not at_home(here):
        return say(state, IN_PRIVATE)
    verb, _, rest = words.strip().partition(" ")
    verb, name = verb.casefold(), named(rest)
    if verb not in VERBS:
        return Reply(state, (LoadTemplates(named(words)),))
    if not may_write(here.officer):
        return say(state, NOT_YOURS)
    if verb != "simpan" and NAME.fullmatch(name):
        return Reply(state, (DropTemplate(name, back=verb == "kembalikan"),))
    asked = {"verb": verb, **({"name": name} if NAME.fullmatch(name) else {})}
    unfit = (Send(NAMED_SO),) if name and "name" not in asked else ()
    return Reply(aside(state, Talk("templat", asked), here), unfit, again=True)


def named(words: str) -> str:
    """A name as it is kept and compared."""
    return " ".join(words.casefold().split())


def loaded(state: State, event: TemplatesLoaded) -> Reply:
    """All of them, one of them, or what became of one."""
    if event.outcome:
        return _outcome(state, event)
    found = shelf(event.templates)
    if not event.words:
        return Reply(state, (_listed(event, found),))
    one = next((one for one in found if one.name == event.words), None)
    if one is None:
        return say(state, T("Tidak ada templat “{name}”. Ketik /templat untuk daftarnya.", name=event.words))
    head = T("Templat untuk /{command}. Status, dan milik siapa:", command=one.command)
    rows = (head, _row(one, event.office), "", one.text)
    return Reply(state, (Send(rows, (Option(T("Daftar templat"), "/templat"),), protect=True),))


OUTCOMES = {
    "simpan": T("Templat “{name}” tersimpan; muncul sebagai tombol pada status dan perintah yang Anda pilih."),
    "buang": T("Templat “{name}” dibuang."),
    "kembali": T("Templat “{name}” ada lagi."),
    "tiada": T("Tidak ada templat “{name}” milik kantor Anda. Templat kantor atas hanya dapat dibaca."),
    "penuh": T("Kantor Anda sudah punya {most} templat. Buang satu dulu: /templat buang, lalu namanya."),
}


def _outcome(state: State, event: TemplatesLoaded) -> Reply:
    text = T(OUTCOMES[event.outcome].msgid, name=event.words, most=MOST)
    undo = {"buang": Option(T("Kembalikan"), f"/templat kembalikan {event.words}")}
    show = {"simpan": Option(T("Lihat"), f"/templat {event.words}")}
    ways = [ways[event.outcome] for ways in (undo, show) if event.outcome in ways]
    return say(state, text, *ways)


def shelf(stored: Iterable[Template]) -> tuple[Template, ...]:
    """With those of the house; of one name the nearest office's counts."""
    found: dict[str, Template] = {}
    for one in (*stored, *HOUSE):
        found.setdefault(one.name, one)
    return tuple(found.values())


def _listed(event: TemplatesLoaded, found: tuple[Template, ...]) -> Send:
    rows: list[Value] = [T("Templat untuk kantor Anda, menurut perintahnya:")]
    for command, label in FOR.items():
        mine = [one for one in found if one.command == command]
        rows += [T("{label} (/{command}):", label=label, command=command)] if mine else []
        rows += [_row(one, event.office) for one in mine]
    rows.append(T("Pakai: tekan tombolnya di bawah pertanyaan perintah itu, atau ketik tanda = dan namanya."))
    rows.append(T("Koordinator: /templat simpan, lalu nama baru; /templat buang, lalu nama templat kantor ini."))
    ways = tuple(Option(one.name, f"/templat {one.name}") for one in found[:MOST_SHOWN])
    return Send(tuple(rows), ways, card="templat", protect=True, anew=True)


MOST_SHOWN = 20  # buttons under the list


ABOVE = {"": T("bawaan"), "RI": T("pusat")}


def _row(one: Template, own: str) -> T:
    whose = T("kantor ini") if one.office == own else ABOVE.get(one.office, T("provinsi"))
    statuses = ", ".join(STATUSES[status].msgid for status in STATUSES if status in one.statuses)
    return T("• {name}: {statuses} ({whose})", name=one.name, statuses=statuses or T("status apa saja"), whose=whose)


# --- taken for a command ------------------------------------------------------------------------------------------


def fitting(command: str, case: CaseView) -> tuple[Template, ...]:
    """Those for this command and the case's status."""
    return tuple(one for one in case.shelf if one.command == command and case.status in one.fits)


def offered(command: str, case: CaseView) -> tuple[Option, ...]:
    """Their buttons under the command's question."""
    return tuple(Option(one.name, f"{MARK}{one.name}") for one in fitting(command, case)[:MOST_OFFERED])


def meant(command: str, words: str) -> str:
    """The name of the template that these words ask for; "" where they are words to be sent."""
    return named(words.removeprefix(MARK)) if command in USING and words.startswith(MARK) else ""


def filled(command: str, case: CaseView, name: str, here: Here) -> str:
    """The text of this template for the case. Raises Misread: which there are, or what is missing."""
    able = fitting(command, case)
    one = next((one for one in able if one.name == name), None)
    if one is None:
        names = tuple(T("• {name}", name=each.name) for each in able)
        text = T(
            "Tidak ada templat “{name}” untuk /{command} pada status {status}. Yang ada:",
            name=name,
            command=command,
            status=STATUSES[case.status],
        )
        raise Misread((text, *(names or (T("belum ada"),))))
    if wrong := revealing(one.text, command):
        raise Misread(wrong)
    return fill(one.text, case, here)


def sending(command: str) -> T:
    """What the button is called that takes the filled text."""
    return SENDING.get(command, T("Kirim"))


def looked_at(ticket: str, text: str) -> Value:
    """The filled text, to be looked at before it is used."""
    return (T("Isinya untuk {ticket}:", ticket=ticket), "", text, "", T("Tekan tombolnya, atau tulis gantinya."))
