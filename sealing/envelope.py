"""The envelope around a field: AES-256-GCM, bound to the place where the field stands."""

from __future__ import annotations

from functools import lru_cache
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic_core import from_json, to_json

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12  # NIST SP 800-38D, section 8.2.2: 96 random bits
_OVERHEAD = len(_VERSION) + _NONCE_BYTES + 16  # version, nonce, tag


class SealBroken(Exception):  # noqa: N818 - the name says what happened
    """What was sealed does not open: another key, another place, or its bytes were changed."""


def seal(key: bytes, plaintext: bytes, aad: str) -> bytes:
    """Encrypt; `aad` names where it stands ("cases/JN-…/answers"), so that it opens nowhere else.

    Gives version (1 byte), nonce (12), ciphertext and tag (16). One key may seal 2**32 fields.
    """
    nonce = token_bytes(_NONCE_BYTES)
    return _VERSION + nonce + _cipher(key).encrypt(nonce, plaintext, aad.encode())


def open_(key: bytes, sealed: bytes, aad: str) -> bytes:
    """Decrypt what `seal` made; raises SealBroken."""
    if len(sealed) < _OVERHEAD or sealed[:1] != _VERSION:
        raise SealBroken("bukan amplop yang kami kenal")
    try:
        return _cipher(key).decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], aad.encode())
    except InvalidTag:
        raise SealBroken("segel tidak cocok dengan kunci atau tempatnya") from None


def seal_text(key: bytes, text: str, aad: str) -> bytes:
    """Encrypt a text as UTF-8."""
    return seal(key, text.encode(), aad)


def open_text(key: bytes, sealed: bytes, aad: str) -> str:
    """Decrypt what `seal_text` made; raises SealBroken."""
    return open_(key, sealed, aad).decode()


def seal_json(key: bytes, value: Any, aad: str) -> bytes:
    """Encrypt a JSON value."""
    return seal(key, to_json(value), aad)


def open_json(key: bytes, sealed: bytes, aad: str) -> Any:
    """Decrypt what `seal_json` made; raises SealBroken."""
    return from_json(open_(key, sealed, aad))


@lru_cache(maxsize=4096)  # setting up a key costs more than sealing a field with it
def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:  # AESGCM itself would take a shorter one
        raise ValueError(f"kunci harus {KEY_BYTES} bita")
    return AESGCM(key)


def forget_keys() -> None:
    """Drop the keys kept ready, after one was destroyed."""
    _cipher.cache_clear()
