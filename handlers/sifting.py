"""A queue made narrower by words: which cases are meant, read from what was typed, and said again in words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handlers.effects import T
from handlers.flow import Misread
from handlers.labels import tidy
from handlers.life import BARU, ENDED, STATUSES
from handlers.speech import KINDS
from handlers.triage import covers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handlers.desk_events import DeskLoaded
    from handlers.effects import Value
    from handlers.reply import Here

    Phrase = tuple[str, ...]
    Meaning = tuple[str, Any]  # a field of Sift, and its value

VIEWS = {
    "baru": T("Baru"),
    "tawaran": T("Ditawarkan"),
    "saya": T("Saya"),
    "jalan": T("Berjalan"),
    "tempo": T("Hampir jatuh tempo"),
}
ALL, OVER = "semua", "akhir"  # every open case, and those that are over: where the words name no view of the others
WIDER = {ALL: T("Semua yang terbuka"), OVER: T("Yang sudah berakhir")}
MARKS = {
    "urgent": ("mendesak", T("mendesak")),
    "late": ("lewat", T("lewat tenggat")),
    "free": ("bebas", T("belum dipegang siapa pun")),
}
PROVINCE = "provinsi "
LONGEST_PHRASE = 8  # words: "Kabupaten Ogan Komering Ulu Selatan" has five
LONGEST_PAGE, LONGEST_NUMBER = 6, 18  # digits, one more than there may be
CODE = re.compile(r"\d\d\.\d\d(\.\d\d)?")  # of a kabupaten, of a kecamatan


@dataclass(frozen=True, slots=True)
class Sift:
    """Which cases of a queue: a view, and what each of them must be besides."""

    view: str = "baru"
    place: str = ""  # a province's code, a kabupaten's or a kecamatan's
    kind: str = ""
    status: str = ""
    urgent: bool = False
    late: bool = False  # past the day of its limit
    free: bool = False  # in nobody's hands
    holder: int = 0  # in this officer's
    label: str = ""


def plain(words: str) -> tuple[Sift, int] | None:
    """A view and a page, where nothing else was typed: that needs to know nothing of the office."""
    view, page = "", 0
    for word in words.casefold().split():
        if word in VIEWS and not view:
            view = word
        elif word.isdecimal() and len(word) < LONGEST_PAGE and not page:
            page = int(word)
        else:
            return None
    return Sift(view or "baru"), max(1, page)


# --- read -----------------------------------------------------------------------------------------------------


def read(words: str, known: DeskLoaded, here: Here) -> tuple[Sift, int]:
    """The filter and the page. Raises Misread, which names what was not understood."""
    left, pages, unknown = _tokens(words), [1], list[str]()
    meant: dict[str, Any] = {}
    meanings = dict(_merged(_phrases(known, here)))
    while left:
        size, found = _longest(left, meanings)
        if not size and left[0].isdecimal() and len(left[0]) < LONGEST_PAGE:
            pages.append(max(1, int(left[0])))
        elif not size:
            unknown.append(left[0])
        else:
            _put(meant, " ".join(left[:size]), found)
        left = left[size or 1 :]
    if unknown:
        raise Misread(T("Yang ini tidak kami kenali: {words}", words=", ".join(unknown)))
    return Sift(**{"view": _view(meant), **meant}), pages[-1]


def _view(meant: dict[str, Any]) -> str:
    """Who names no view means every open case; who names a state that ends one means those that are over."""
    if not meant:
        return "baru"
    return OVER if meant.get("status") in ENDED else ALL


def _tokens(words: str) -> list[str]:
    return [token for word in words.casefold().split() if (token := word.strip(",;.:"))]


def _longest(left: list[str], meanings: dict[Phrase, list[Meaning]]) -> tuple[int, list[Meaning]]:
    """How many of the words that come next mean something together, and what."""
    if left[0].startswith("#"):
        return 1, [("label", tidy(left[0]))]
    if CODE.fullmatch(left[0]):
        return 1, [("place", left[0])]
    if left[0] == "petugas" and len(left) > 1 and left[1].isdecimal() and len(left[1]) < LONGEST_NUMBER:
        return 2, [("holder", int(left[1]))]
    sizes = range(min(LONGEST_PHRASE, len(left)), 0, -1)
    return next(((size, meanings[tuple(left[:size])]) for size in sizes if tuple(left[:size]) in meanings), (0, []))


def _put(meant: dict[str, Any], said: str, found: list[Meaning]) -> None:
    if len(found) > 1:
        raise Misread(
            T(
                "{words} dapat berarti beberapa hal. Tulis lebih lengkap: kecamatan, kabupaten, kota, atau petugas "
                "sebelum namanya.",
                words=said,
            )
        )
    [(name, value)] = found
    if meant.setdefault(name, value) != value:
        raise Misread(T("{words} tidak dapat digabung dengan yang sebelumnya; pilih salah satu.", words=said))


def _merged(pairs: Iterable[tuple[str, Meaning]]) -> dict[Phrase, list[Meaning]]:
    """What stands first for good, the filter's own words, is not made ambiguous by anybody's name."""
    made: dict[Phrase, list[Meaning]] = {}
    for words, meaning in pairs:
        had = made.setdefault(tuple(_tokens(words)), [])
        if meaning not in had and not (had and had[0][0] not in {"place", "holder"}):
            had.append(meaning)
    return made


def _phrases(known: DeskLoaded, here: Here) -> Iterator[tuple[str, Meaning]]:
    for view in (*VIEWS, ALL):
        yield view, ("view", view)
    for name, (word, _) in MARKS.items():
        yield word, (name, True)
    for status, label in STATUSES.items():
        if status != BARU:  # which is a view
            yield status, ("status", status)
            yield label.msgid, ("status", status)
    yield from _kinds()
    for code, name in known.places.items():
        yield from ((f"{title}{name}", ("place", code)) for title in ("", "kec ", "kecamatan "))
    yield from _offices(here)
    for number, name in known.officers:
        yield from ((f"{title}{name}", ("holder", number)) for title in ("", "petugas "))


def _kinds() -> Iterator[tuple[str, Meaning]]:
    for kind, label in KINDS.items():
        yield kind, ("kind", kind)
        yield label.msgid, ("kind", kind)
    alone = ((_leading(label), kind) for kind, label in KINDS.items() if LEADING[_leading(label)] == 1)
    yield from ((word, ("kind", kind)) for word, kind in alone)  # "uang" is enough for "Uang atau barang"


def _leading(label: T) -> str:
    return _tokens(label.msgid)[0]


LEADING = Counter(map(_leading, KINDS.values()))


def _offices(here: Here) -> Iterator[tuple[str, Meaning]]:
    """The kabupaten and kota below a province; below the nation the provinces, too."""
    own = here.officer.office
    for code, office in here.book.offices.items():
        if code != own and covers(own, code):
            name = _bare(office)
            yield name, ("place", code)
            yield name.partition(" ")[2], ("place", code)
            if "." not in code:  # alone, its two digits are a page
                yield f"{PROVINCE}{code}", ("place", code)


def _bare(office: str) -> str:
    """Of "Bawaslu Kabupaten Sukoharjo" the place alone."""
    return office.partition(" ")[2]


# --- said -----------------------------------------------------------------------------------------------------


def words_of(sift: Sift) -> str:
    """The filter as it can be typed again, anywhere by anybody of the office."""
    view = "" if sift.view == OVER else sift.view
    marks = [word for name, (word, _) in MARKS.items() if getattr(sift, name)]
    holder = f"petugas {sift.holder}" if sift.holder else ""
    label = f"#{sift.label}" if sift.label else ""
    place = f"{PROVINCE}{sift.place}" if sift.place and "." not in sift.place else sift.place
    return " ".join(filter(None, (view, place, sift.kind, sift.status, *marks, holder, label)))


def said(sift: Sift, known: DeskLoaded | None, here: Here) -> Value:
    """The filter in words, as the head of a page says it."""
    text: Value = {**VIEWS, **WIDER}[sift.view]
    for more in _parts(sift, known, here):
        text = T("{some}; {next}", some=text, next=more)
    return text


def _parts(sift: Sift, known: DeskLoaded | None, here: Here) -> Iterator[Value]:
    if sift.place:
        office = here.book.offices.get(sift.place, "")
        yield (known.places if known else {}).get(sift.place) or _bare(office) or sift.place
    if sift.kind:
        yield KINDS[sift.kind]
    if sift.status:
        yield STATUSES[sift.status]
    yield from (label for name, (_, label) in MARKS.items() if getattr(sift, name))
    if sift.holder:
        name = dict(known.officers if known else ()).get(sift.holder, "")
        yield T("dipegang {name}", name=name) if name else T("dipegang petugas nomor {number}", number=sift.holder)
    if sift.label:
        yield T("label {label}", label=sift.label)


HOW = T(
    "Yang dapat digabung: baru, saya, jalan, tempo, tawaran, semua; nama kecamatan atau kabupaten; bentuk dugaan "
    "(ajakan, kampanye, ...); status (ditangani, kajian, ...); mendesak, lewat, bebas; nama petugas; #label. Contoh: "
    "/antrean jalan mendesak #prioritas"
)
