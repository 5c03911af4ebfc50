"""The queue of an office: narrowed by words, leafed through, its filters kept by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handlers import bulk, labels
from handlers.desk import at_home
from handlers.desk_effects import KeepView, LoadDesk, LoadQueue
from handlers.desk_events import BulkLoaded, DeskLoaded, ManyLoaded, ManyMoved, QueueLoaded
from handlers.effects import Option, Send, T, Value
from handlers.flow import Misread
from handlers.frozen import replace
from handlers.reply import IN_PRIVATE, Here, Reply, say
from handlers.rows import rows
from handlers.sifting import HOW, VIEWS, Sift, plain, read, said, words_of
from handlers.triage import PANWASCAM

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.state import State

LONGEST_NAME, MOST_VIEWS = 20, 8
KEEP, DROP = "simpan", "buang"
FEW = 2  # cases, from which on it may be worth to do something to all of them


def queue(state: State, words: str, here: Here) -> Reply:
    """/antrean [filter] [page], also by the name of a saved one; simpan NAME, buang NAME."""
    if not at_home(here):
        return say(state, IN_PRIVATE)
    if found := plain(words):
        sift, page = found
        return Reply(state, (LoadQueue(sift, page, said(sift, None, here)),))
    return Reply(state, (LoadDesk("antrean", words),))


def desk_loaded(state: State, event: DeskLoaded, here: Here) -> Reply:
    """What words can mean is known: go on with what needed it."""
    return THEN[event.then](state, event, here)


def _asked(state: State, event: DeskLoaded, here: Here) -> Reply:
    first, _, rest = event.words.strip().partition(" ")
    if first.casefold() in {KEEP, DROP}:
        keep = first.casefold() == KEEP
        return _kept(state, rest, event, here) if keep else _dropped(state, rest, event)
    try:
        sift, page = read(event.saved.get(_name(event.words), event.words), event, here)
    except Misread as misread:
        return say(state, (misread.hint, HOW))
    return Reply(state, (LoadQueue(sift, page, said(sift, event, here)),))


def queue_loaded(state: State, event: QueueLoaded, here: Here) -> Reply:
    """One page of the queue: a line and a button for each case, and ways to the other pages and views."""
    head = T("Antrean {office}: {view}", office=here.officer.office_name, view=event.said)
    text: Value = (head, T("Kosong."), *_nowhere(here))
    if event.cases:
        numbers = {"page": event.page, "pages": event.pages, "total": event.total}
        count = T("Halaman {page} dari {pages}, {total} kasus.", **numbers)
        guest = event.sift.view == "tawaran"
        text = (head, *rows(event.cases, here, guest=guest), "", count)
    turned = event.page > 1  # leafing on changes the page in place; a queue asked for anew stands at the end
    shown = Send(text, _ways(event), card="antrean", protect=True, anew=not turned)
    last = words_of(event.sift)
    return Reply(state if last == state.queue else replace(state, queue=last), (shown,))


def _nowhere(here: Here) -> tuple[T, ...]:
    """A panwascam without a kecamatan sees next to nothing: why, and what to do."""
    if here.officer.role != PANWASCAM or here.officer.kecamatan:
        return ()
    return (
        T(
            "Kecamatan Anda belum diisi. Mintalah koordinator mengisinya: /kantor kecamatan {number} Grogol",
            number=here.officer.id,
        ),
    )


def _ways(event: QueueLoaded) -> tuple[Option, ...]:
    words = words_of(event.sift)
    options = [Option(case.ticket, f"/kasus {case.ticket}") for case in event.cases]
    if event.page > 1:
        back = event.page - 1
        options.append(Option(T("« Sebelumnya"), f"/antrean {words} {back}", still=back > 1))
    if event.page < event.pages:
        options.append(Option(T("Berikutnya »"), f"/antrean {words} {event.page + 1}", still=True))
    if event.total >= FEW and event.sift != Sift(event.sift.view):
        options.append(Option(T("Massal"), f"/massal {words}:"))
    views = [Option(label, f"/antrean {view}") for view, label in VIEWS.items() if event.sift != Sift(view)]
    return (*options, *views, *(Option(name, f"/antrean {name}") for name in event.saved))


# --- filters kept by name -------------------------------------------------------------------------------------


def _name(words: str) -> str:
    return " ".join(words.casefold().split())


def _kept(state: State, words: str, event: DeskLoaded, here: Here) -> Reply:
    """/antrean simpan NAME[: FILTER]: the filter that was shown last, or the one behind the colon."""
    name, colon, given = words.partition(":")
    name = _name(name)
    if why_not := _unfit(name, event, here):
        return say(state, why_not)
    try:
        sift, _ = read(given if colon else state.queue, event, here)
    except Misread as misread:
        return say(state, (misread.hint, HOW))
    before = event.saved.get(name, "")
    undo = f"/antrean {KEEP} {name}: {before}" if before else f"/antrean {DROP} {name}"
    text = T("Disimpan sebagai {name}: {view}. Buka dengan /antrean {name}.", name=name, view=said(sift, event, here))
    ways = (Option(name, f"/antrean {name}"), Option(T("Urungkan"), undo))
    return Reply(state, (KeepView(name, words_of(sift)), Send(text, ways, protect=True)))


def _unfit(name: str, event: DeskLoaded, here: Here) -> Value | None:
    if not name or len(name) > LONGEST_NAME or not name.replace(" ", "").replace("-", "").isalnum():
        return T(
            "Tulis namanya, huruf dan angka saja, paling panjang {most} huruf; contoh: /antrean simpan pagi",
            most=LONGEST_NAME,
        )
    if name.partition(" ")[0] in {KEEP, DROP} or _means(name, event, here):
        return T("{name} sudah berarti sesuatu bagi /antrean. Pilih nama lain.", name=name)
    if name not in event.saved and len(event.saved) >= MOST_VIEWS:
        return T("Sudah ada {most} saringan. Buang dulu satu: /antrean buang NAMA", most=MOST_VIEWS)
    return None


def _means(name: str, event: DeskLoaded, here: Here) -> bool:
    try:
        read(name, event, here)
    except Misread:
        return False
    return True


def _dropped(state: State, words: str, event: DeskLoaded) -> Reply:
    name = _name(words)
    if name not in event.saved:
        return say(state, T("Tidak ada saringan bernama {name}.", name=name or "-"))
    back = Option(T("Urungkan"), f"/antrean {KEEP} {name}: {event.saved[name]}")
    return Reply(state, (KeepView(name, ""), Send(T("Saringan {name} dibuang.", name=name), (back,), protect=True)))


THEN: dict[str, Callable[[State, DeskLoaded, Here], Reply]] = {
    "antrean": _asked,
    "massal": bulk.known,
    "label": labels.chosen,
}
ANSWERS: dict[type, Callable[[State, Any, Here], Reply]] = {  # what the house answers at the desk
    QueueLoaded: queue_loaded,
    DeskLoaded: desk_loaded,
    BulkLoaded: bulk.bulk_loaded,
    ManyLoaded: bulk.many_loaded,
    ManyMoved: bulk.many_moved,
}
