"""/ekspor: the register leaves the house only where two people want the same content to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.attached import Paper
from handlers.desk import at_home
from handlers.effects import Option, Send, T, To
from handlers.near import HOURS as FRESH_HOURS
from handlers.office_effects import AnswerExport, ProposeExport
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.speech import MONTHS

if TYPE_CHECKING:
    from datetime import date

    from handlers.effects import Value
    from handlers.office_events import Export, ExportAnswered, ExportProposed
    from handlers.state import State

FORMATS = {"csv": T("CSV"), "xlsx": T("XLSX")}
ANSWERS = {"setuju": True, "tolak": False}
ALL = "semua"
HOURS = 24  # that a proposal waits, and that what was agreed can be fetched
LONGEST = 9  # digits of a proposal's number
YEARS = range(2017, 2100)
USAGE = T(
    "Pilih: /ekspor csv atau /ekspor xlsx, dengan bulannya bila bukan bulan ini. Contoh: /ekspor xlsx oktober 2024, "
    "atau /ekspor csv semua."
)
GONE = T("Register itu tidak dapat dikirim: isinya berubah sejak disetujui, atau waktunya lewat. Usulkan lagi: /ekspor")
ASIDE = T("Jawabannya dikirim ke percakapan pribadi Anda.")
NOBODY = T(
    "Belum ada orang kedua yang melihat kasus yang sama, di kantor ini maupun di atasnya. Bila sudah ada, usulkan "
    "lagi. Siapa yang bergabung atas undangan Anda sendiri baru dapat menyetujui sesudah {hours} jam.",
    hours=FRESH_HOURS,
)
OUTCOMES = {
    "": T("Tidak ada usul ekspor itu yang menunggu jawaban Anda."),
    "sendiri": T("Usul Anda sendiri perlu disetujui orang lain."),
    "dekat": T(
        "Anda belum dapat menjadi orang kedua untuk ekspor ini: salah satu dari Anda bergabung kurang dari {hours} jam "
        "lalu atas undangan yang lain, atau dari pengundang yang sama. Mintalah petugas lain, atau kantor di atas.",
        hours=FRESH_HOURS,
    ),
    "lewat": T("Usul ekspor itu sudah lewat waktunya. Minta diusulkan lagi."),
    "berubah": T("Isi register berubah sejak diusulkan, jadi usul ekspor itu gugur. Minta diusulkan lagi."),
    "cabut": T("Usul ekspor Anda ditarik."),
    "tolak": T("Usul ekspor itu tidak Anda setujui; tidak ada yang dikirim."),
}


def export(state: State, words: str, here: Here) -> Reply:
    """/ekspor csv|xlsx [bulan], /ekspor setuju|tolak NOMOR."""
    if not at_home(here):
        return say(state, IN_PRIVATE)
    first, _, rest = words.casefold().strip().partition(" ")
    rest = rest.strip()
    if first in ANSWERS and rest.isdecimal() and len(rest) <= LONGEST:
        return Reply(state, (AnswerExport(int(rest), ANSWERS[first]),))
    day = here.turn.at.astimezone(here.book.hours.of(here.officer.office).zone).date()  # on the wall of the office
    month = _month(rest, day) if first in FORMATS else None
    if month is None:
        ways = (Option(label, f"/ekspor {name}") for name, label in FORMATS.items())
        return say(state, USAGE, *ways)
    return Reply(state, (ProposeExport(first, month),))


def _month(words: str, day: date) -> str | None:
    """A month that has begun, as "2024-10"; "" for all; None for what is no month. Without a year the newest such."""
    if not words:
        return f"{day:%Y-%m}"
    if words == ALL:
        return ""
    found = re.fullmatch(r"(?:(\d{4})-(\d{1,2}))|(?:(\d{1,2}|[a-z]+)[ /-]?(\d{4})?)", words)
    names = [month.msgid.casefold() for month in MONTHS]
    year, month = (found[1] or found[4], found[2] or found[3]) if found else ("", "")
    number = names.index(month) + 1 if month in names else int(month) if month.isdecimal() else 0
    if not 1 <= number <= len(MONTHS):
        return None
    chosen = int(year) if year else day.year - (number > day.month)
    begun = (chosen, number) <= (day.year, day.month)
    return f"{chosen}-{number:02}" if begun and chosen in YEARS else None


def _said(one: Export) -> dict[str, str | int | T]:
    """What of an export is told to both people in the same words."""
    year, _, month = one.month.partition("-")
    when = T("{month} {year}", month=MONTHS[int(month) - 1], year=year) if month else T("semua bulan")
    below = one.office_name if "." in one.office else T("{office} dan kantor di bawahnya", office=one.office_name)
    return {"office": below, "when": when, "total": one.total, "format": FORMATS[one.format]}


def proposed(state: State, event: ExportProposed) -> Reply:
    """To whoever may be the second person; nothing was made yet.

    How many cases there are is told in private: in a group one may read along who is kept out of some of them.
    """
    asked = _ask(event) if event.export.number else ()
    back = (Option(T("Cabut usul"), f"/ekspor tolak {event.export.number}"),) if event.export.number else ()
    if not event.aloud:
        return Reply(state, (Send(_noted(event), back), *asked))
    told = Send(_noted(event), back, to=To("staff", str(event.export.proposer)), protect=True)
    return Reply(state, (Send(ASIDE), told, *asked))


def _noted(event: ExportProposed) -> Value:
    """What the proposer hears."""
    one, said = event.export, _said(event.export)
    if not one.number and not one.total:
        return T(
            "Register {office}, {when}: tidak ada kasus. Informasi awal yang belum diregistrasi tidak ikut.", **said
        )
    if not one.number:
        return T("Register itu lebih dari {most} kasus. Pilih satu bulan.", most=event.most)
    what = _what(one)
    counted = T(
        "Menurut bulan masuknya; yang digabung disebut pada kasus utamanya. /statistik menghitung semua informasi yang "
        "masuk, jadi angkanya lebih besar."
    )
    if not event.seconds:
        return (what, counted, NOBODY)
    noted = T(
        "Usul ekspor dicatat. Menunggu orang kedua di kantor ini, atau di kantor atasnya; berlaku {hours} jam.",
        hours=HOURS,
    )
    return (what, counted, noted)


def _what(one: Export) -> T:
    return T("Register {office}, {when}: {total} kasus, {format}.", **_said(one))


def _ask(event: ExportProposed) -> tuple[Send, ...]:
    one = event.export
    text = (
        T("{name} mengusulkan ekspor.", name=one.name),
        _what(one),
        T("Isinya terlapor dan langkah kasus, tanpa pelapor. Setujui bila memang perlu keluar dari sistem ini."),
    )
    ways = (
        Option(T("Setujui"), f"/ekspor setuju {one.number}"),
        Option(T("Tidak setuju"), f"/ekspor tolak {one.number}"),
    )
    return tuple(Send(text, ways, to=To("staff", str(number)), protect=True) for number in event.seconds)


def answered(state: State, event: ExportAnswered) -> Reply:
    """Agreed: the document goes to whoever proposed it, in private, and only there."""
    one = event.export
    if one is None or event.outcome not in {"setuju", "tolak"}:
        return say(state, OUTCOMES[event.outcome])
    said = {**_said(one), "name": event.name}
    to = To("staff", str(one.proposer))
    if event.outcome == "tolak":
        told = T("Ekspor register {office}, {when}, tidak disetujui {name}.", **said)
        return Reply(state, (Send(OUTCOMES["tolak"]), Send(told, to=to, protect=True)))
    name = f"register-{one.office.replace('.', '-')}-{one.month or ALL}.{one.format}"
    paper = Paper("register", name, given={"number": str(one.number)}, otherwise=GONE)
    text = T("Register {office}, {when}: {total} kasus. Ekspor ini disetujui {name} dan dapat diambil {hours} jam.",
             **said, hours=HOURS)  # fmt: skip
    done = T("Disetujui: ekspor register {office}, {when}.", **said)
    return Reply(state, (Send(done), Send(text, paper=paper, to=to, protect=True)))
