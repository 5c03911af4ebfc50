"""Plus codes (Open Location Code), as Google Maps shows them: full ("6P5CC9XW+7V") and short ("C9XW+7V Sukoharjo").

The few lines of arithmetic are ours: Google's own package is published as source only, which our pinned set-up does
not build. The scheme is open: twenty digits without vowels, latitude and longitude by turns, each pair a twentieth
of the one before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DIGITS = "23456789CFGHJMPQRVWX"
STEPS = (20.0, 1.0, 0.05, 0.0025, 0.000125)  # degrees of each pair of digits
HIGH, WIDE = 5, 4  # what every further digit divides a cell into
_D = f"[{DIGITS}]"
_EDGE = r"(?<![^\W_])(?<!\+)", r"(?![^\W_]|\+)"  # no letter or digit beside it
_FULL = re.compile(rf"{_EDGE[0]}([2-9C][2-9CFGHJMPQRV]{_D}{{6}})\+({_D}{{2,7}})?{_EDGE[1]}", re.IGNORECASE)
_SHORT = re.compile(rf"{_EDGE[0]}({_D}{{4}}|{_D}{{6}})\+({_D}{{2,7}}){_EDGE[1]}", re.IGNORECASE)


class Short(NamedTuple):
    """A code without its beginning: it repeats every degree (or every twenty), so it needs a place nearby."""

    lat: float
    lon: float
    every: float
    before: str
    after: str

    def near(self, lat: float, lon: float) -> tuple[float, float]:
        """The one of its places that is nearest to a point."""
        return self._one(self.lat, lat), self._one(self.lon, lon)

    def _one(self, within: float, near: float) -> float:
        return within + self.every * round((near - within) / self.every)


def full(text: str) -> tuple[float, float] | None:
    """Middle of the first full code in a text."""
    for found in _FULL.finditer(text):
        if _likely(found.group()):
            lat, lon = _middle(found.group(1) + (found.group(2) or ""), 0)
            return lat - 90, lon - 180
    return None


def short(text: str) -> Short | None:
    """The first short code in a text, with the words before and after it."""
    for found in _SHORT.finditer(text):
        if not _likely(found.group()):
            continue
        head, tail = found.groups()
        missing = (8 - len(head)) // 2
        lat, lon = _middle(head + tail, missing)
        every = STEPS[missing - 1]
        # -90 and -180 are whole degrees, but no multiples of twenty
        return Short(lat - 90 % every, lon - 180 % every, every, text[: found.start()], text[found.end() :])
    return None


def _likely(code: str) -> bool:
    """Whether it is neither a sum ("2345+67") nor small letters alone: people copy codes, in capitals."""
    digits = any(c.isdigit() for c in code)
    letters = any(c.isalpha() for c in code)
    return letters and (digits or code.isupper())


def _middle(digits: str, first: int) -> tuple[float, float]:
    """Middle of a cell, in degrees from the corner of the cell that the missing pairs name."""
    values = [DIGITS.index(digit) for digit in digits.upper()]
    pairs = values[: 10 - 2 * first]
    lat = sum(step * value for step, value in zip(STEPS[first:], pairs[0::2], strict=False))
    lon = sum(step * value for step, value in zip(STEPS[first:], pairs[1::2], strict=False))
    high = wide = STEPS[first + len(pairs) // 2 - 1]
    for value in values[len(pairs) :]:
        high, wide = high / HIGH, wide / WIDE
        lat, lon = lat + value // WIDE * high, lon + value % WIDE * wide
    return lat + high / 2, lon + wide / 2
