"""Telephone numbers in what people write."""

from __future__ import annotations

import re

# A number of Indonesia, with 9 to 14 digits; neither a NIK, nor a date, nor a point on the map.
PHONE = re.compile(r"(?<![\w+./-])(?:\+?62|\(?0\d|8\d\d)(?:[ .()-]{0,2}\d){6,11}(?![\w/])")
LABEL = re.compile(r"\b(?:no(?:mor)?\b\.? ?)?(?:hp|wa|whatsapp|telp|tlp|telepon|ponsel)\b\.?:?", re.IGNORECASE)


def phones(text: str) -> list[str]:
    """The telephone numbers that a text names, as they are written."""
    return [number.strip() for number in PHONE.findall(text)]


def without_phones(text: str) -> str:
    """What a text says besides."""
    return " ".join(LABEL.sub(" ", PHONE.sub(" ", text)).split()).strip(" ,;:/-.")
