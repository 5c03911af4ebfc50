"""The map's front door: a point, a typed place, or a whole story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from place.found import Found, refusal

if TYPE_CHECKING:
    from re import Match

LONGEST = 4000  # characters of a text that are read
SHORT = 25  # words; a longer text is a story
_NUMBER = r"(-?\d{1,3}(?:[.]\d+))"
_PAIR = re.compile(rf"(?<![\d.]){_NUMBER}\s*°?\s*[,; ]\s*{_NUMBER}(?![\d.]*\d)")
_LINK = re.compile(rf"(?:!3d{_NUMBER}!4d{_NUMBER}|[@=/]{_NUMBER}(?:,|%2C)\s*\+?{_NUMBER})")
_HEMISPHERE = re.compile(
    r"(\d{1,2}(?:[.,]\d+)?)\s*°?\s*(LS|LU|S|N)\b[\s,;]*(\d{2,3}(?:[.,]\d+)?)\s*°?\s*(BT|E|T)\b", re.IGNORECASE
)


def find_point(lat: float, lon: float) -> Found:
    """Find the kabupaten of a point; degrees WGS 84."""
    from place import points  # noqa: PLC0415  (numpy, shapely, tzfpy)

    return points.find_point(lat, lon)


def find_text(text: str) -> Found:
    """Find the kabupaten that a typed place names: a name, an address, coordinates or a map link, a sentence."""
    text = text[:LONGEST]
    if point := typed_point(text):
        return find_point(*point)
    from place import mentions, story, typed  # noqa: PLC0415  (numpy, rapidfuzz)

    read = mentions.Text(text)
    if not read.words:
        return refusal("kosong")
    if len(read.words) > SHORT:
        return story.find_in(read)
    found = typed.find_place(read)
    return story.find_in(read) if story.is_told(read, found) else found


def find_in_story(text: str) -> Found:
    """Find a kabupaten that a story names in passing; rejects rather than guesses."""
    text = text[:LONGEST]
    from place import mentions, story  # noqa: PLC0415  (numpy, rapidfuzz)

    if _LINK.search(text) and (point := typed_point(text)):
        return find_point(*point)
    read = mentions.Text(text)
    return story.find_in(read) if read.words else refusal("kosong")


def typed_point(text: str) -> tuple[float, float] | None:
    """Coordinates in a text: "-7.6, 110.8", "7,6 LS 110,8 BT" or a map link that carries them."""
    if found := _HEMISPHERE.search(text):
        return _hemisphere(found)
    found = _LINK.search(text) or _PAIR.search(text)
    if not found:
        return None
    lat, lon = (float(number) for number in found.groups() if number)
    return lat, lon


def _hemisphere(found: Match[str]) -> tuple[float, float]:
    lat, side, lon, _ = found.groups()
    south = side.upper() in {"LS", "S"}
    return float(lat.replace(",", ".")) * (-1 if south else 1), float(lon.replace(",", "."))
