"""Random codes: tickets, receipts, invitations, seats. The only place that draws them."""

from __future__ import annotations

import secrets

from handlers.codes import ALPHABET


def random_code(length: int) -> str:
    """So many random characters of the alphabet in which people read and type codes; five bits each."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(length))  # 256 is 8 times 32


def random_hex() -> str:
    """An address for a new page: 128 bits."""
    return secrets.token_hex(16)
