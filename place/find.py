"""The map's front door: a point, a typed place, or a whole story."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from place import links, plus, written
from place.found import Found, question, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 4000  # characters of a text that are read
SHORT = 25  # words; a longer text is a story


def find_point(lat: float, lon: float) -> Found:
    """Find the kabupaten of a point; degrees WGS 84."""
    from place import points  # noqa: PLC0415  (numpy, shapely, tzfpy)

    return points.find_point(lat, lon)


def find_text(text: str) -> Found:
    """Find the kabupaten that a typed place names: a name, an address, coordinates or a map link, a sentence."""
    text = text[:LONGEST]
    if point := typed_point(text):
        return _typed(*point)
    read = links.read(text)
    found = _with_code(read.text, _in_words)
    return refusal("tautan-pendek") if found.decision == "reject" and read.pointless else found


def find_in_story(text: str) -> Found:
    """Find a kabupaten that a story names in passing; rejects rather than guesses."""
    read = links.read(text[:LONGEST])
    if point := read.point or plus.full(text[:LONGEST]):
        return find_point(*point)
    return _with_code(read.text, _in_passing)


def typed_point(text: str) -> tuple[float, float] | None:
    """Coordinates in a text: "-7.6, 110.8", "7,6 LS 110,8 BT", a full plus code, or a map link that carries them."""
    read = links.read(text)
    return read.point or plus.full(read.text) or written.point(read.text)


def _typed(lat: float, lon: float) -> Found:
    """Find typed coordinates; far north at sea the minus may have been forgotten, which is asked about."""
    found = find_point(lat, lon)
    if found.trace["rule"] == "laut-lepas" and lat > written.NORTH:
        south = find_point(-lat, lon)
        codes = [south.code] if south.code else [code for code, _ in south.options]
        asked = question(codes, {**south.trace, "rule": "koordinat-tanpa-minus"})
        return replace(asked, point=south.point) if codes else found
    return found


def _with_code(text: str, find: Callable[[str], Found]) -> Found:
    """Find by words, and by the short plus code among them; alone such a code names no place."""
    if code := plus.short(text):
        from place import recovered  # noqa: PLC0415  (numpy, shapely, tzfpy)

        return recovered.find_near(code, find(f"{code.before} {code.after}"))
    return find(text)


def _in_words(text: str) -> Found:
    from place import story, typed  # noqa: PLC0415  (numpy, rapidfuzz)
    from place.text import Text  # noqa: PLC0415

    read = Text(text)
    if not read.words:
        return refusal("kosong")
    if len(read.words) > SHORT:
        return story.find_in(read)
    if typed.is_abroad(read):
        return refusal("luar-negeri")
    found = typed.find_place(read)
    if not story.is_told(read, found):
        return found
    told = story.find_in(read)
    return found if told.decision == "reject" and story.is_plain(read, found) else told


def _in_passing(text: str) -> Found:
    from place import story  # noqa: PLC0415  (numpy, rapidfuzz)
    from place.text import Text  # noqa: PLC0415

    read = Text(text)
    return story.find_in(read) if read.words else refusal("kosong")
