"""Coordinates as people write them: decimal, with labels, in degrees and minutes, with Indonesian decimal commas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import Match

Point = tuple[float, float]

NORTH, SOUTH, WEST, EAST = 6.5, -11.5, 94.5, 141.5  # a box around Indonesia
_SIGNS = str.maketrans({"−": "-", "–": "-", "º": "°", "˚": "°"})

# One angle: degrees, and perhaps minutes and seconds, with or without their marks.
_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_MARK = r"(?:(?:[\s°:'′’‘´`\"″”“-]|derajat|deg|menit|min|detik){1,4})"
_ANGLE = rf"({_NUMBER}(?:{_MARK}{_NUMBER}){{0,2}}){_MARK}?"
_DEGREES = rf"(\d{{1,3}}(?:[.,]\d+)?\s?°(?:{_MARK}?{_NUMBER}){{0,2}}){_MARK}?"
_LAT = r"(LS|LU|S|N|U|lintang\s(?:selatan|utara))(?![^\W\d_])"
_LON = r"(BT|BB|E|W|T|B|bujur\s(?:timur|barat))(?![^\W\d_])"
_GAP = r"[^\w]{0,4}(?:(?:dan|long?(?:itude)?|lng|bujur)\b[^\w]{0,4})?"
_SIDED = (  # (pattern, whether longitude comes first)
    (rf"(?<![\w.]){_ANGLE}{_LAT}{_GAP}{_ANGLE}{_LON}", False),
    (rf"(?<![\w.]){_ANGLE}{_LON}{_GAP}{_ANGLE}{_LAT}", True),
)
_SIDE_BEFORE = (
    (rf"\b{_LAT}[.:\s]{{0,3}}{_ANGLE}[,;/|\s-]{{0,3}}{_LON}[.:\s]{{0,3}}{_ANGLE}", False),
    (rf"\b{_LON}[.:\s]{{0,3}}{_ANGLE}[,;/|\s-]{{0,3}}{_LAT}[.:\s]{{0,3}}{_ANGLE}", True),
)
_DECIMAL = r"(-?\d{1,3}[.,]\d+)"
_LABEL = r"[^\w-]{0,4}"
_LABELLED = (
    (
        rf"\b(?:lat(?:itude)?|lintang|y){_LABEL}{_DECIMAL}°?[^\w-]{{0,4}}(?:long?(?:itude)?|lng|bujur|x){_LABEL}{_DECIMAL}",
        False,
    ),
    (
        rf"\b(?:long?(?:itude)?|lng|bujur|x){_LABEL}{_DECIMAL}°?[^\w-]{{0,4}}(?:lat(?:itude)?|lintang|y){_LABEL}{_DECIMAL}",
        True,
    ),
)
_SIGNED = rf"(?<![\w.])(-?){_DEGREES}[,;/|\s]{{0,3}}(-?){_DEGREES}"
_DOTS = r"(?<![\w.,-])(-?\d{1,3}\.\d+)\s?°?\s?[,;/| ]\s?(-?\d{1,3}\.\d+)(?![.,]?\d)"
_COMMAS = r"(?<![\w.,-])(-?\d{1,3},\d+)\s?°?(?:\s?[;/|,]\s?|\s)(-?\d{1,3},\d+)(?![.,]?\d)"


def point(text: str) -> Point | None:
    """Latitude and longitude written in a text."""
    plain = " ".join(text.translate(_SIGNS).split())
    return with_sides(plain) or _labelled(plain) or _signed(plain) or _pair(plain)


def with_sides(text: str) -> Point | None:
    """Degrees with a side of the world: "7°36'12.3″S 110°48'5″E", "7 36 12 LS 110 48 05 BT", "S 7.6 E 110.8"."""
    for pattern, turned in _SIDED:
        if (found := re.search(pattern, text, re.IGNORECASE)) and _surely(found):
            return _sided(found, (0, 1, 2, 3), turned=turned)
    for pattern, turned in _SIDE_BEFORE:
        if (found := re.search(pattern, text, re.IGNORECASE)) and _surely(found):
            return _sided(found, (1, 0, 3, 2), turned=turned)
    return None


def _surely(found: Match[str]) -> bool:
    """Whether single letters are sides of the world: "Blok S 5 T 110" is none."""
    sides = [group for group in found.groups() if group[0].isalpha()]
    marked = any(c in found.group() for c in "°.'′’,")
    return marked or all(len(side) > 1 for side in sides) or len(re.findall(r"\d+", found.group())) > 3  # noqa: PLR2004


def _sided(found: Match[str], order: tuple[int, int, int, int], *, turned: bool) -> Point | None:
    first, side, second, other = (found.groups()[index] for index in order)
    one, two = _degrees(first, side), _degrees(second, other)
    if one is None or two is None:
        return None
    return (two, one) if turned else (one, two)


def _degrees(written: str, side: str) -> float | None:
    """Degrees out of one, two or three numbers; None where minutes or seconds are 60 or more."""
    parts = [float(part.replace(",", ".")) for part in re.findall(_NUMBER, written)]
    if any(part >= 60 for part in parts[1:]):  # noqa: PLR2004  (minutes in a degree)
        return None
    whole = sum(part / 60.0**power for power, part in enumerate(parts))
    negative = side.upper() in {"LS", "S", "BB", "W", "B", "-"} or side.lower().endswith(("selatan", "barat"))
    return -whole if negative else whole


def _labelled(text: str) -> Point | None:
    """Take "lat: -7.6 long: 110.8"."""
    for pattern, turned in _LABELLED:
        if found := re.search(pattern, text, re.IGNORECASE):
            one, two = (float(number.replace(",", ".")) for number in found.groups())
            return (two, one) if turned else (one, two)
    return None


def _signed(text: str) -> Point | None:
    """Take "-7°36'12″, 110°48'5″"."""
    if not (found := re.search(_SIGNED, text)):
        return None
    lat, lon = _degrees(found.group(2), found.group(1)), _degrees(found.group(4), found.group(3))
    return None if lat is None or lon is None else (lat, lon)


def _pair(text: str) -> Point | None:
    """Take two bare numbers, if they can hardly be anything else ("jam 08.30, 10.15", "5.000, 100.000")."""
    for pattern in (_DOTS, _COMMAS):
        for found in re.finditer(pattern, text):
            lat, lon = (float(number.replace(",", ".")) for number in found.groups())
            alone = not re.search(r"\w", text[: found.start()] + text[found.end() :])
            if (alone and pattern is _DOTS) or _of_ours(lat, lon, found.groups()):
                return lat, lon
    return None


def _of_ours(lat: float, lon: float, typed: tuple[str, ...]) -> bool:
    """Whether two numbers lie around Indonesia and do not look like sums of money."""
    money = all(len(number.partition(".")[2]) == 3 for number in typed) and lat > 0  # noqa: PLR2004
    return not money and (around_us(lat, lon) or around_us(lon, lat))


def around_us(lat: float, lon: float) -> bool:
    """Whether a point lies in a box around Indonesia."""
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST
