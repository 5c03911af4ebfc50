"""What an officer found missing, asked of the citizen: those of the report's own questions, sent as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import changing
from handlers.effects import Send, T, Value
from handlers.flow import Flow
from handlers.frozen import replace
from handlers.opening import last_hour
from handlers.questions import Choice, choose
from handlers.report import report
from handlers.state import Talk
from handlers.summary import PELAPOR, SLOTS, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.book import Book
    from handlers.events import CompletionAsked
    from handlers.flow import Ask, Scene
    from handlers.state import Answers

ITEMS = {  # a letter in a button, the report's key, and the name of what is missing
    "p": ("place_said", T("Tempat kejadian")),
    "k": ("kind", T("Bentuk perbuatan")),
    "t": ("terlapor", T("Siapa terlapor")),
    "s": ("position", T("Status terlapor")),
    "w": ("happened", T("Waktu kejadian")),
    "d": ("known", T("Kapan diketahui")),
    "b": ("evidence", T("Bukti")),
    "n": ("witness", T("Saksi")),
    "i": ("identity", T("Identitas pelapor")),
    "a": ("terlapor_alamat", T("Alamat terlapor")),
}
FOLLOWING = {  # asked only together with the one that they follow
    "place_found": "place_said",
    "place_pick": "place_said",
    "terlapor_place": "terlapor",
    **dict.fromkeys(PELAPOR, "identity"),
}
CONTEXT = ("place", "happened")  # told before, and needed to understand days; never sent back
_SLOTS = {slot.key: slot for slot in SLOTS}


def _wanted(answers: Answers) -> set[str]:
    return set(_keys(answers["items"]))


def _only_wanted(ask: Ask) -> Ask:
    """The same question, asked where it is among those that are wanted, or follows one of them."""
    before = FOLLOWING.get(ask.key)
    if before is None:
        return replace(ask, when=lambda answers: ask.key in _wanted(answers))
    return replace(ask, when=lambda answers: before in _wanted(answers) and before in answers and ask.when(answers))


def names(items: str) -> Value:
    """What is wanted, named one after another."""
    named: Value = ITEMS[items[0]][1]
    for letter in items[1:]:
        named = T("{some}, {next}", some=named, next=ITEMS[letter][1])
    return named


def intro(entry: Mapping[str, Any], book: Book, *, page: bool = True) -> Send:
    """What the officer wants, and until when where a limit runs; and the page that it can be answered on, too."""
    text: Value = T(
        "Petugas meminta kelengkapan untuk {ticket}: {items}.", ticket=entry["ticket"], items=names(entry["items"])
    )
    if entry.get("until"):
        text = (
            text,
            T("Menurut kantor itu batasnya {day}.", day=last_hour(book.hours, entry.get("office", ""), entry["until"])),
        )
    also = (
        T("Dapat juga dijawab di {page}, dengan kode rahasia Anda.", page=f"{book.page}/#status")
        if page and book.page
        else ""
    )
    return Send((text, T("Jawab seperlunya; Kirim sekarang mengirim yang sudah ada."), *((also,) if also else ())))


def asked(event: CompletionAsked) -> dict[str, Any]:
    """What is kept of the request until it is answered."""
    wanted = _wanted({"items": event.items})
    context = {key: event.told[key] for key in CONTEXT if event.told.get(key) and not _is_wanted(key, wanted)}
    return {"ticket": event.ticket, "items": event.items, "until": event.until, "office": event.office, **context}


def _is_wanted(key: str, wanted: set[str]) -> bool:
    return any(key == name or key in _SLOTS[name].also for name in wanted)


def opened(entry: Mapping[str, Any]) -> Talk:
    """The talk in which it is answered."""
    return Talk("lengkapi", {**entry, "formal": True})  # the identity is wanted whole, for the form


def given(answers: Answers) -> dict[str, Any]:
    """What was answered, by the report's keys; None for what an answer made untrue."""
    found: dict[str, Any] = {}
    for slot in _answered(answers):
        found |= {key: answers.get(key) for key in (slot.key, *slot.also)}
    found.pop("evidence", None)  # files are added to those that are there
    return found


BESIDE = "; "  # between what was told at different times
ADDED = frozenset({"evidence", "witness"})  # more of these does not take back what was told


def merged(before: Mapping[str, Any], after: Mapping[str, Any]) -> Answers:
    """The answers of a case with those of a completion: a witness is one more, the rest says how it is."""
    witness = after.get("witness")
    had = before.get("witness") or ""
    both = {"witness": BESIDE.join(dict.fromkeys([*filter(None, had.split(BESIDE)), witness]))} if witness else {}
    return {key: value for key, value in {**before, **after, **both}.items() if value is not None}


def _keys(items: str) -> list[str]:
    return [ITEMS[letter][0] for letter in items]


def _follows(answers: Answers) -> tuple[str, ...]:
    """The status that the words about the accused name beyond doubt, as in a report; it goes along, unasked."""
    return ("position",) if answers.get("terlapor") and "position" not in _wanted(answers) else ()


def _answered(answers: Answers) -> list[Slot]:
    """What has an answer that says something; a place nobody knows leaves the one of before as it was."""
    wanted = [_SLOTS[key] for key in (*_keys(answers["items"]), *_follows(answers))]
    unknown = not (answers.get("place") or answers.get("where"))
    return [slot for slot in wanted if slot.show(answers) and not (slot.key == "place_said" and unknown)]


def told(answers: Mapping[str, Any], keys: set[str]) -> tuple[T, ...]:
    """These answers, each with its name; who the reporter is only that it is there."""
    return tuple(T("{label}: {shown}", label=slot.label, shown=_shown(slot, answers)) for slot in _of(keys))


def _of(keys: set[str]) -> list[Slot]:
    return [_SLOTS[key] for key, _ in ITEMS.values() if key in keys]


def _shown(slot: Slot, answers: Mapping[str, Any]) -> Value:
    if slot.key == "identity" and answers.get("identity") not in {None, "anonim"}:
        return T("tersimpan tersegel")
    return slot.show(dict(answers)) or T("belum ada")


def change_note(before: Answers, after: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> tuple[T, ...]:
    """For the history: what is said now, each with what stood there before where it was something else."""
    keys = {key for key, _ in ITEMS.values() if key in after} | ({"evidence"} if files else set())
    said = {**{key: value for key, value in after.items() if value is not None}, "evidence": files}
    return tuple(_changed(slot, before, said) for slot in _of(keys))


def _changed(slot: Slot, before: Answers, said: Mapping[str, Any]) -> T:
    now, then = _shown(slot, said), _shown(slot, before)
    if slot.key in ADDED or then == now or not slot.show(before):
        return T("{label}: {shown}", label=slot.label, shown=now)
    return T("{label}: {shown} (sebelumnya {then})", label=slot.label, shown=now, then=then)


def _summary(scene: Scene) -> Value:
    keys = {slot.key for slot in _answered(scene.answers)}
    return (
        T("Ini yang akan dikirim kepada petugas untuk {ticket}:", ticket=scene.answers["ticket"]),
        *(T("• {item}", item=row) for row in told(scene.answers, keys)),
        T("Ada yang keliru? Ketik /kembali untuk menjawab lagi."),
    )


LATER = Choice("nanti", T("Nanti saja"), ("nanti",))
completion = Flow(
    "lengkapi",
    (
        *(
            _only_wanted(ask)
            for ask in report.asks
            if ask.key in FOLLOWING or any(ask.key == key for key, _ in ITEMS.values())
        ),
        choose("review", _summary, Choice("kirim", T("Kirim ke petugas"), ("kirim", "ya", "benar")), LATER),
    ),
    hurried=lambda answers: answers.get("review") == "kirim",
    settle=changing.settle,
)
