"""Tickets and receipts as people read and type them: Crockford's base 32, the last a check character.

Source of the alphabet: Douglas Crockford, "Base 32" (I and L read as 1, O as 0; no U). The check character is
Luhn's algorithm modulo 32 (ISO/IEC 7812-1 annex B, in base 32), so that it stays inside the alphabet; it finds
every wrong character and nearly every swap of neighbours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TICKET = 8  # characters with the check: JN-XXXX-XXXX
RECEIPT = 18  # 17 random characters are 85 bits
_TICKET = re.compile(r"#?(?:JN[\s–-]*|(?=\w*[\d-]))\w{4}[\s–-]?\w{4}(?!\w)", re.IGNORECASE)
_RECEIPT = re.compile(r"(?=[\d\s.–-]*[a-zA-Z])(?=\w*[\d-]|\w+\s\w*\d|\w+\s\w+\s\w*\d)\w{6}(?:[\s.–-]?\w{6}){2}(?!\w)")
_READ = {char: index for index, char in enumerate(ALPHABET)} | {"I": 1, "L": 1, "O": 0}


def check(body: str) -> str:
    """The check character of a body over the alphabet."""
    total = 0
    for place, char in enumerate(reversed(body)):
        value = _READ[char] * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def ticket(body: str) -> str:
    """JN-XXXX-XXXX of seven random characters. It is not, and does not look like, a number of Bawaslu's."""
    whole = body + check(body)
    return f"JN-{whole[:4]}-{whole[4:]}"


def receipt(body: str) -> str:
    """Three groups of six, of seventeen random characters."""
    whole = body + check(body)
    return f"{whole[:6]}-{whole[6:12]}-{whole[12:]}"


def _clean(text: str, length: int) -> str | None:
    letters = re.sub(r"[\s.–-]", "", text.upper())
    if len(letters) != length or any(char not in _READ for char in letters):
        return None
    whole = "".join(ALPHABET[_READ[char]] for char in letters)
    return whole if check(whole[:-1]) == whole[-1] else None


def read_ticket(text: str) -> str | None:
    """The ticket in its canonical form, or None if it is none (wrong length, letter or check)."""
    words = text.strip().upper().removeprefix("#")
    body = _clean(re.sub(r"^JN[\s–-]*", "", words), TICKET)
    return ticket(body[:-1]) if body else None


def leading_ticket(words: str) -> tuple[str, str]:
    """The ticket that the words begin with, also written apart ("jn 7k4q m2xd"), and the rest; "" for none.

    Everyday words must not be taken for one: only what is grouped as it is printed, and shows JN, a digit or a hyphen.
    """
    return _leading(read_ticket, _TICKET, words)


def leading_receipt(words: str) -> tuple[str, str]:
    """The same for a receipt."""
    return _leading(read_receipt, _RECEIPT, words)


def _leading(read: Callable[[str], str | None], printed: re.Pattern[str], words: str) -> tuple[str, str]:
    found = printed.match(words.strip())
    code = read(found[0]) if found else None
    return (code, words.strip()[found.end() :].strip()) if found and code else ("", words.strip())


def read_receipt(text: str) -> str | None:
    """The receipt in its canonical form, or None."""
    body = _clean(text.strip(), RECEIPT)
    return receipt(body[:-1]) if body else None
