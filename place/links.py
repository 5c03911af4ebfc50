"""Links to maps: the point that one carries, or else the name in it; nothing is ever fetched."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from place import plus, written

_HOSTS = r"(?:google|goo|waze|apple|openstreetmap|osm|bing|here|plus|share|g|s|bit|tinyurl)"
_LINK = re.compile(
    rf"(?:https?://|geo:)[^\s<>]+|(?<![\w@.])(?:[\w-]+\.){{0,3}}{_HOSTS}\.[a-z]{{2,6}}(?:\.[a-z]{{2}})?/[^\s<>]*",
    re.IGNORECASE,
)
_MAP = re.compile(rf"^(?:geo:|(?:https?://)?(?:[\w-]+\.){{0,3}}{_HOSTS}\.)", re.IGNORECASE)
# What hides its target behind a name of its own, and would have to be fetched.
_SHORTENED = re.compile(
    r"^(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl|g\.co|g\.page|share\.google|bit\.ly|s\.id|tinyurl\.com|t\.co"
    r"|osm\.org/go|maps\.apple\.com/p|maps\.apple/p)/",
    re.IGNORECASE,
)

_N = r"(-?\d{1,3}\.\d+)"
_TWO = rf"{_N}\s*[,~]\s*{_N}"
# (pattern, whether longitude comes first): what names the place itself, then what the screen happened to show.
_ITSELF = ((rf"!3d{_N}!4d{_N}", False), (rf"!2d{_N}!3d{_N}", True), (rf"!1d{_N}!2d{_N}", True))
_SHOWN = (
    (rf"[?&#]mlat={_N}&mlon={_N}", False),
    (rf"[?&#](?:q|query|destination|daddr|to|coordinate)=(?:loc:|ll\.|geo:)?\s*{_TWO}", False),
    (rf"[?&#]lat(?:itude)?={_N}&(?:lon|lng|longitude)={_N}", False),
    (rf"^geo:{_TWO}", False),
    (rf"/\s*{_TWO}", False),
    (rf"[?&#]\w+=(?:loc:)?{_TWO}", False),
    (rf"@{_TWO}", False),
    (rf"[#&]map=[\d.]+/{_N}/{_N}", False),
)
_WAZE = re.compile(r"waze\.(?:com|to)/(?:ul/|lr/)?h([0-9b-hjkmnp-z]{6,12})\b")
_GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
_NAMES = (
    r"/(?:place|search)/([^/@?]+)",
    r"/dir/[^?@]*?/([^/@?]+)/?(?:[@?]|data=|$)",
    r"[?&](?:q|query|daddr|destination|address)=([^&]+)",
)


class Read(NamedTuple):
    """A text read for links: a point if one carried it, else the text with names in the place of links."""

    point: written.Point | None
    text: str
    pointless: bool = False  # a map was linked to, but the point it shows is not in the link


def read(text: str) -> Read:
    """Read the links in a text."""
    pointless, parts, end = False, list[str](), 0
    for found in _LINK.finditer(text):
        link = found.group()
        if point := point_in(link):
            return Read(point, text)
        pointless = pointless or bool(_SHORTENED.match(link) or _MAP.match(link))
        parts += [text[end : found.start()], "\n", _name_in(link), "\n"]
        end = found.end()
    return Read(None, "".join((*parts, text[end:])), pointless)


def point_in(link: str) -> written.Point | None:
    """Latitude and longitude in a link; one to anything but a map counts only where it points at Indonesia."""
    spaced = " ".join(unquote(link).replace("+", " ").split())
    found = _first(_ITSELF, spaced) or written.with_sides(spaced) or _first(_SHOWN, spaced)
    found = found or _geohash(link) or plus.full(unquote(link))
    return found if found and (_MAP.match(link) or written.around_us(*found)) else None


def _first(patterns: tuple[tuple[str, bool], ...], link: str) -> written.Point | None:
    for pattern, turned in patterns:
        if many := re.findall(pattern, link, re.IGNORECASE):
            one, two = (float(number) for number in many[-1])  # the last is where a route leads to
            return (two, one) if turned else (one, two)
    return None


def _name_in(link: str) -> str:
    """Words that a map was asked for: "/maps/place/Pasar+Gede,+Kota+Surakarta"."""
    if not _MAP.match(link) or _SHORTENED.match(link):
        return ""
    for pattern in _NAMES:
        if found := re.search(pattern, link):
            return unquote(found.group(1).replace("+", " "))
    return ""


def _geohash(link: str) -> written.Point | None:
    """Middle of the geohash in a link of Waze: five bits a letter, longitude and latitude by turns."""
    if not (found := _WAZE.search(link)):
        return None
    bits = "".join(f"{_GEOHASH.index(letter):05b}" for letter in found.group(1))
    lon, lat = ((int(bits[turn::2], 2) + 0.5) / 2 ** len(bits[turn::2]) for turn in (0, 1))
    return lat * 180 - 90, lon * 360 - 180
