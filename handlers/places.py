"""Where it happened: what people say of a place, and what the map answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.attached import Spot
from handlers.effects import FindPlace, Option, Send, T, Value
from handlers.events import Event, LocationShared, OptionChosen, PlaceFound, TextReceived
from handlers.flow import Ask, Misread, Scene
from handlers.frozen import replace
from handlers.questions import Choice, options, picked, typed
from handlers.reading.phones import phones
from handlers.reading.smalltalk import says_nothing

if TYPE_CHECKING:
    from handlers.state import Answers


DRAWN = 4  # kabupaten in one picture
FEW = 6  # places that a story may mean and are asked about at once


NOWHERE = Choice("tidak tahu", T("Tidak tahu tempatnya"), ("tidak tau", "gak tahu", "kurang tahu", "lupa"))


def read_place(text: str, scene: Scene) -> Answers:
    """A place in people's words; the map reads it next. What was said is kept even where the map knows no better.

    It is asked for twice at most: what the map does not know then either, officers may.
    """
    if text == NOWHERE.value:
        return {"place_said": {"text": ""}, "place_found": "unknown"}
    if says_nothing(text):
        raise Misread(UNKNOWN_PLACE)
    if phones(text):  # officers read this, whichever way of being known is chosen
        raise Misread(T("Di sini tempatnya saja; nama dan nomor telepon Anda jangan ditulis di sini."))
    again = {"place_tried": True} if scene.answers.get("where") else {}
    return {"place_said": {"text": text}, "where": text, **again}


def read_point(event: LocationShared, _: Scene) -> Answers:
    """A shared position; the map reads it next."""
    return {"where": event.name} | {
        "place_said": {"lat": event.lat, "lon": event.lon, "accuracy": event.accuracy, "text": event.name}
    }


def find_place(scene: Scene) -> FindPlace:
    """What was said about the place, as a question to the map."""
    said = scene.answers["place_said"]
    if "lat" in said:
        return FindPlace("place", lat=said["lat"], lon=said["lon"])
    return FindPlace("place", text=said["text"], within=scene.answers.get("place_within", ""))


def as_kept(event: PlaceFound) -> Answers:
    """A routed place as the answers keep it."""
    return {
        "code": event.code,
        "name": event.name,
        "kecamatan": event.kecamatan,
        "kecamatan_code": event.kecamatan_code,
        "desa": event.desa,
        "zone": event.zone,
        "trace": dict(event.trace),
    }


def place_line(place: Answers) -> Value:
    """A place on one line: desa, kecamatan, kabupaten or kota, as far as known."""
    desa = f"{place['desa']}, " if place.get("desa") else ""
    if not place.get("kecamatan"):
        return f"{desa}{place['name']}"
    return T("{desa}Kec. {kecamatan}, {name}", desa=desa, kecamatan=place["kecamatan"], name=place["name"])


def spot(answers: Answers) -> Spot | None:
    """The picture of the place that was understood."""
    place, point = answers.get("place"), answers.get("place_point")
    return Spot((place["code"],), tuple(point) if point else None) if place else None


def place_in_story(event: Event, scene: Scene) -> Answers:
    """A place that the story names beyond doubt, or the few that it can mean; anything less is asked later."""
    if isinstance(event, PlaceFound) and event.decision == "route":
        return {"story_place": True, "place": as_kept(event), **_point(event)}
    if isinstance(event, PlaceFound) and 1 < len(event.options) <= FEW:
        return {"story_place": True, **_asked(event)}
    before = {key: value for key, value in scene.answers.get("before", {}).items() if key.startswith("place")}
    return {"story_place": bool(before), **before}


def _asked(event: PlaceFound) -> Answers:
    asked = {"place_options": [list(option) for option in event.options], "place_trace": dict(event.trace)}
    return {**asked, **_point(event)}


def _point(event: PlaceFound) -> Answers:
    return {"place_point": list(event.point)} if event.point else {}


ONLINE = re.compile(
    r"\b(online|daring|wa|whatsapp|gro?up|medsos|facebook|fb|tiktok|instagram|ig|internet)\b", re.IGNORECASE
)
IN_THE_AIR = T("Bila terjadi di media sosial atau grup percakapan, tulis kabupaten atau kota tempat terlapor bekerja.")
UNKNOWN_PLACE = T(
    "Tempat itu belum kami kenali. Mohon ketik nama kabupaten atau kotanya, misalnya: Kabupaten Sukoharjo "
    "atau Kota Bogor."
)
TOO_COMMON = "nama-terlalu-umum"
PLACE_HINTS = {
    "luar-negeri": T(
        "Tempat itu di luar Indonesia. Bila kejadiannya di Indonesia, ketik nama kabupaten atau kotanya, "
        "misalnya: Sukoharjo. Bila memang di luar negeri, pilih Tidak tahu tempatnya: Bawaslu RI yang menerimanya."
    ),
    "laut-lepas": T("Titik itu di tengah laut. Mohon ketik nama kabupaten atau kota yang terdekat."),
    "nama-provinsi": T("Itu nama provinsi. Di kabupaten atau kota mana? Misalnya: Kabupaten Sukoharjo."),
    "tautan-pendek": T(
        "Tautan yang dipendekkan tidak memuat titiknya. Mohon bagikan lokasinya, atau ketik nama kabupaten atau "
        "kotanya."
    ),
    "kode-plus-pendek": T("Kode plus itu perlu nama tempatnya. Contoh: C9XW+7V Sukoharjo."),
    TOO_COMMON: T("Nama itu ada di banyak tempat. Mohon tambahkan nama kabupaten atau kotanya."),
}


def place_found(event: Event, scene: Scene) -> Answers:
    """The map's answer: one place, a few to choose from, or a kind refusal that asks again."""
    if not isinstance(event, PlaceFound):
        raise Misread("")
    if event.decision == "route":
        return {"place_found": "route", "place": as_kept(event), **_point(event)}
    if event.options:
        return {"place_found": "ask", **_asked(event)}
    rule = event.trace.get("rule", "")
    hint, keep = PLACE_HINTS.get(rule), {}
    if rule == TOO_COMMON:  # the kabupaten comes next, and says which of them
        keep = {"place_within": scene.answers["place_said"]["text"]}
    if hint is None and scene.answers.get("place_tried"):
        return {"place_found": "unknown"}
    unknown = IN_THE_AIR if ONLINE.search(scene.answers.get("where", "")) else UNKNOWN_PLACE
    raise Misread(hint or unknown, forget=("place_said",), keep=keep)


def _another_place(event: Event, scene: Scene) -> Answers:
    """Not one of them, but words: a place said anew, more fully."""
    words = "" if isinstance(event, OptionChosen) else typed(event)
    if says_nothing(words):
        raise Misread(T("Mohon pilih salah satu tombol, atau ketik nomor atau namanya."))
    return read_place(words, scene) | {"place_again": True}


SAID = (
    "place_said",
    "place_found",
    "place_tried",
    "place_within",
    "place_options",
    "place_trace",
    "place_point",
    "place",
    "where",
)


def heard(answers: Answers, *, last: bool) -> tuple[Send, ...]:
    """What became of the words for a place; a question about it speaks for itself. `last`: the summary comes next."""
    if answers["place_found"] == "route":
        return (replace(_echo(answers), options=()) if last else _echo(answers),)
    if answers["place_found"] == "unknown" and answers["place_said"]["text"]:
        words = T("Tempat itu kami catat seperti yang Anda tulis; petugas yang akan mencarinya.")
        return (Send(words),)
    return ()


def _echo(answers: Answers) -> Send:
    """What the map understood, on one line and in a picture; the talk goes on, and Bukan opens the question again.

    A question of its own would cost every reporter a turn; the summary asks once more.
    """
    draft = answers.get("draft", 0)
    buttons = (Option(T("Benar"), f"/tempat benar @{draft}"), Option(T("Bukan"), f"/tempat bukan @{draft}"))
    return Send(T("Tempatnya: {place}.", place=place_line(answers["place"])), buttons, spot=spot(answers))


def choose_place(extra: tuple[Choice, ...]) -> Ask:
    """One question between the few places it can be, the likelier first."""

    def put(scene: Scene) -> Send:
        codes = tuple(code for code, _, _ in scene.answers["place_options"][:DRAWN])
        point = scene.answers.get("place_point")  # without one the names may lie anywhere in the country
        drawn = Spot(codes, tuple(point)) if point else None
        return Send(T("Yang mana tempat kejadiannya?"), (*options(*_places(scene)), *options(*extra)), spot=drawn)

    def read(event: Event, scene: Scene) -> Answers:
        value = _by_name(event, scene) or picked(event, (*_places(scene), *extra), scene)
        if value == NONE_OF_THESE.value:
            raise Misread(
                T("Baik. Ketik nama tempatnya lebih lengkap."),
                forget=SAID,
            )
        if value == "kirim":
            return {"review": "kirim"}
        return _chosen(value, scene) if value is not None else _another_place(event, scene)

    def open_(answers: Answers) -> bool:
        return "place_options" in answers and "place" not in answers

    return Ask("place_pick", put, read, open_, optional=True)


NONE_OF_THESE = Choice("lain", T("Bukan semua itu"), ("bukan", "lain"))


def _places(scene: Scene) -> tuple[Choice, ...]:
    return (*(Choice(code, name) for code, name, _ in scene.answers["place_options"]), NONE_OF_THESE)


def _by_name(event: Event, scene: Scene) -> str:
    """A name typed in full, before anything looser: "Kota Bogor" is not "Kabupaten Bogor"."""
    said = event.text.strip().casefold() if isinstance(event, TextReceived) else ""
    return next((code for code, name, _ in scene.answers["place_options"] if name.casefold() == said), "")


def _chosen(code: str, scene: Scene) -> Answers:
    found = {each: (name, zone) for each, name, zone in scene.answers["place_options"]}
    name, zone = found[code]
    asked = {"asked": [each for each, _ in found.values()], "trace": scene.answers.get("place_trace", {})}
    return {"place_pick": code, "place": {"code": code, "name": name, "zone": zone, **asked}}
