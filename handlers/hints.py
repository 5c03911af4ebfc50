"""Places that are not the event's: where a photo says it was taken, and where the accused's office is. Hints only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from handlers.attached import Spot
from handlers.effects import FindPlace, Send, T
from handlers.events import Event, PlaceFound, TextReceived
from handlers.flow import Ask, Misread, Scene
from handlers.places import as_kept, place_line, read_place
from handlers.questions import Choice, options, picked, typed
from handlers.speech import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.events import PhotoPlaced
    from handlers.state import Answers

MOST = 3  # times of photos on a card

# --- what a photo's file says ----------------------------------------------------------------------------------


def near_photo(event: PhotoPlaced) -> Answers:
    """Where a photo says that it was taken: a place as of the report, near a border the likelier one."""
    found = event.place
    if found.decision == "route":
        return {**as_kept(found), "point": found.point}
    code, name, zone = found.options[0]
    below = {"kecamatan": "", "kecamatan_code": "", "desa": ""}
    return {"code": code, "name": name, "zone": zone, **below, "point": found.point}


def photo_places(answers: Answers) -> list[Answers]:
    """The places that photos name, each kecamatan once, in the order in which they came."""
    near = [item["near"] for item in answers.get("evidence", ()) if item.get("near")]
    return list({(place["code"], place["kecamatan_code"]): place for place in reversed(near)}.values())[::-1]


def photo_time(taken: str) -> T | None:
    """When a photo was taken, by its camera's clock; None for what is no time."""
    try:
        at = datetime.fromisoformat(taken)
    except ValueError:
        return None
    return T("{day} pukul {time}", day=spoken(at.date()), time=at.strftime("%H.%M"))


def time_lines(taken: Iterable[str]) -> tuple[T, ...]:
    """When photos were taken, each time once, the oldest first; a hint, for whoever has a file can alter it."""
    times = tuple(dict.fromkeys(filter(None, map(photo_time, sorted(taken)))))
    rows = (T("Waktu menurut berkas foto: {when} (dapat diubah, bukan bukti).", when=one) for one in times[:MOST])
    left = len(times) - MOST
    return (*rows, *((T("… {count} waktu lagi ada di /berkas.", count=left),) if left > 0 else ()))


def photo_tells(answers: Answers) -> bool:
    """No place is known, and a photo names one."""
    return "place" not in answers and "place_said" not in answers and bool(photo_places(answers))


THERE = Choice("ya", T("Ya, di sana"), ("ya", "iya", "benar", "betul", "di sana", "iya di sana", "ya disana"))
ELSEWHERE = Choice("bukan", T("Bukan"), ("bukan", "tidak"))


def at_the_photo(extra: tuple[Choice, ...]) -> Ask:
    """Where the photo was taken: is it there? A photo may be taken anywhere, so it is asked, never assumed."""

    def put(scene: Scene) -> Send:
        place = photo_places(scene.answers)[0]
        text = T("Berkas foto Anda mencatat tempat: {place}. Di sanakah kejadiannya?", place=place_line(place))
        return Send(text, options(THERE, ELSEWHERE, *extra), spot=Spot((place["code"],), tuple(place["point"])))

    def read(event: Event, scene: Scene) -> Answers:
        value = picked(event, (THERE, ELSEWHERE, *extra), scene)
        if value is None and isinstance(event, TextReceived):  # the place itself, in words
            return {"place_photo": ELSEWHERE.value, **read_place(typed(event), scene)}
        if value is None:
            raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
        if value == "kirim":
            return {"review": value}
        lat, lon = photo_places(scene.answers)[0]["point"]
        said = {"place_said": {"lat": lat, "lon": lon, "photo": True}} if value == THERE.value else {}
        return {"place_photo": value, **said}

    return Ask("place_photo", put, read, photo_tells, optional=True)


def confirmed_by_photo(answers: Answers) -> bool:
    """The place was read from a photo and said to be right: it is not echoed a second time."""
    return bool(answers["place_said"].get("photo"))


# --- where the accused's office is -----------------------------------------------------------------------------


def find_office(scene: Scene) -> FindPlace:
    """What was said of the accused, as a question to the map: their office may lie elsewhere than the event."""
    return FindPlace("office", text=scene.answers["terlapor"])


def office_found(event: Event, _: Scene) -> Answers:
    """The office's own place where it is plain; the queue goes by the place of the event all the same."""
    if isinstance(event, PlaceFound) and event.decision == "route":
        return {"terlapor_place": {"code": event.code, "name": event.name}}
    return {"terlapor_place": {}}
