"""The ring of master keys: made at the first start, refused when it looks wrong, never in the database."""

from __future__ import annotations

import hmac
import json
import os
from base64 import b64decode, b64encode
from functools import lru_cache
from itertools import pairwise
from secrets import token_bytes, token_hex
from typing import TYPE_CHECKING, Any, Self

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from sealing.durable import make_folder, new_file
from sealing.envelope import KEY_BYTES, SealBroken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "kunci.json"
_FORMAT = "jaganetral-kunci-1"
ADDRESSES = frozenset({"conversation", "staff"})  # looked up several times an event; no code or receipt is kept ready
SHORT = 100  # characters; whatever else a stranger sends is not kept
_DISTINCT = 16  # 32 random bytes hold about 30 different values; fewer than 16 is no accident


class KeyProblem(Exception):  # noqa: N818 - a plain name reads better where it is caught
    """The key file cannot be used; the message says why, in a sentence for the operator."""


class KeyRing:
    """Wraps data keys with the current master key (kek), unwraps with any in the ring, makes tokens.

    `identity` is a key of its own for what identifies a person outside any case.
    """

    def __init__(self, keks: Mapping[str, bytes], current: str, tokens: bytes, identity: bytes) -> None:
        self.current = current
        self.identity = identity
        self._keks = dict(keks)
        self._tokens = tokens
        self._unwrapped = lru_cache(maxsize=4096)(self._unwrap)
        self._address = lru_cache(maxsize=4096)(self._token)

    @classmethod
    def open(cls, folder: Path, *, make: bool = True) -> tuple[Self, bool]:
        """Read the ring in `folder`, and whether it was made just now. Raises KeyProblem.

        `make=False` where data already exists: a new key could never open it.
        """
        path = folder / FILE_NAME
        made = make and not path.exists() and _make(path)
        return cls(**_read(path)), made

    def new_data_key(self) -> tuple[bytes, bytes, str]:
        """Make a random data key; gives it, its wrapped form (40 bytes, RFC 3394) and the id of its kek."""
        key = token_bytes(KEY_BYTES)
        return key, aes_key_wrap(self._keks[self.current], key), self.current

    def unwrap(self, wrapped: bytes, kek_id: str) -> bytes:
        """Get the data key again. Raises SealBroken; KeyProblem when the ring lacks that kek."""
        return self._unwrapped(wrapped, kek_id)

    def forget(self) -> None:
        """Drop the unwrapped keys kept ready, after one was destroyed."""
        self._unwrapped.cache_clear()
        self._address.cache_clear()

    def token(self, purpose: str, text: str) -> str:
        """Stand for a text in equality look-ups: 64 hex digits of HMAC-SHA256, apart by purpose."""
        if purpose in ADDRESSES and len(text) <= SHORT:
            return self._address(purpose, text)
        return self._token(purpose, text)

    def _token(self, purpose: str, text: str) -> str:
        if "\x00" in purpose:
            raise ValueError("a purpose is a plain word")
        return hmac.digest(self._tokens, f"{purpose}\x00{text}".encode(), "sha256").hex()

    def _unwrap(self, wrapped: bytes, kek_id: str) -> bytes:
        if kek_id not in self._keks:
            raise KeyProblem(f"Kunci induk {kek_id} tidak ada di {FILE_NAME}. Pulihkan berkas itu dari cadangan.")
        try:
            return aes_key_unwrap(self._keks[kek_id], wrapped)
        except InvalidUnwrap:
            raise SealBroken("kunci data tidak cocok dengan kunci induknya") from None


# --- the file -----------------------------------------------------------------------------------------------


def _make(path: Path) -> bool:
    """Write a ring of fresh random keys; False when another process was first."""
    make_folder(path.parent)
    try:
        with new_file(path) as file:
            file.write(_fresh())
    except FileExistsError:
        return False
    return True


def _fresh() -> bytes:
    current = "k" + token_hex(4)
    ring = {
        "format": _FORMAT,
        "current": current,
        "keks": {current: _encode(token_bytes(KEY_BYTES))},
        "tokens": _encode(token_bytes(KEY_BYTES)),
        "identity": _encode(token_bytes(KEY_BYTES)),
    }
    return json.dumps(ring, indent=2).encode() + b"\n"


def _encode(key: bytes) -> str:
    return b64encode(key).decode()


def _read(path: Path) -> dict[str, Any]:
    """Read the file as the arguments of KeyRing."""
    content = _read_private(path)
    try:
        ring = json.loads(content)
        known = ring["format"] == _FORMAT and ring["current"] in ring["keks"]
        keks = {name: _decode(path, key) for name, key in ring["keks"].items()}
        tokens, identity = _decode(path, ring["tokens"]), _decode(path, ring["identity"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _unknown(path) from None
    if not known:
        raise _unknown(path)
    if len({*keks.values(), tokens, identity}) != len(keks) + 2:
        raise KeyProblem(f"Kunci di {path} ada yang sama. Setiap kunci harus acak sendiri-sendiri.")
    return {"keks": keks, "current": ring["current"], "tokens": tokens, "identity": identity}


def _read_private(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise KeyProblem(f"Berkas kunci {path} dapat dibaca orang lain. Jalankan: chmod 600 {path}")
            return file.read()
    except FileNotFoundError:
        raise KeyProblem(f"Berkas kunci {path} tidak ada. Pulihkan dari cadangan Anda.") from None
    except OSError as problem:
        raise KeyProblem(f"Berkas kunci {path} tidak dapat dibaca: {problem.strerror}.") from None


def _decode(path: Path, text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise KeyProblem(f"Kunci di {path} harus {KEY_BYTES} bita, bukan {len(key)}.")
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    if len(set(key)) < _DISTINCT or len(steps) < _DISTINCT:  # constant, repeated or counted up
        raise KeyProblem(f"Kunci di {path} terlalu lemah: bitanya tidak acak.")
    return key


def _unknown(path: Path) -> KeyProblem:
    return KeyProblem(f"Isi berkas kunci {path} tidak dikenal. Pulihkan dari cadangan Anda.")
