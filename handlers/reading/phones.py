"""Telephone numbers in what people write."""

from __future__ import annotations

import re

# A number of Indonesia, with 9 to 14 digits; neither a NIK, nor a date, nor a point on the map.
PHONE = re.compile(r"(?<![\w+./-])(?:\+?62[ .-]{0,2}\d|\(?0\d|8\d\d)(?:[ .()-]{0,2}\d){7,11}(?![\w/])")
NAMED = re.compile(r"^(?:nama(?: lengkap)?(?: saya)?(?: adalah)?|saya)\b[\s:]*", re.IGNORECASE)
LABEL = re.compile(r"\b(?:no(?:mor)?\b\.? ?)?(?:hp|wa|whatsapp|telp|tlp|telepon|ponsel)\b\.?:?", re.IGNORECASE)


def phones(text: str) -> list[str]:
    """The telephone numbers that a text names, as they are written."""
    return [number.strip() for number in PHONE.findall(text)]


def without_phones(text: str) -> str:
    """What a text says besides."""
    return NAMED.sub("", _without(text))


def _without(text: str) -> str:
    return " ".join(LABEL.sub(" ", PHONE.sub(" ", text)).split()).strip(" ,;:/-.")
