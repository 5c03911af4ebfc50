"""Files sealed piece by piece, so that memory stays flat: 1 MiB chunks in the STREAM construction.

As age does it (C2SP age, section "Payload"): a key of its own for each file, and a nonce that counts the
chunks and marks the last one, so that none can be dropped, doubled, moved or cut off.
"""

from __future__ import annotations

import hmac
from secrets import token_bytes
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.envelope import KEY_BYTES, SealBroken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 1 << 20  # bytes of plaintext in a chunk; the last may be shorter
_TAG = 16
_VERSION = b"\x01"
_SALT = 16
_HEADER = len(_VERSION) + _SALT


class FileSealer:
    """Seals one file as its bytes arrive. Write out what each `feed` and at last `finish` give."""

    def __init__(self, key: bytes, blob_id: str) -> None:
        header = _VERSION + token_bytes(_SALT)
        self._chunks = _Chunks(key, blob_id, header)
        self._waiting = bytearray()
        self._out = [header]

    def feed(self, piece: bytes) -> bytes:
        """Take some plaintext; gives what is ready, often nothing."""
        self._waiting += piece
        while len(self._waiting) > CHUNK:  # a full one waits: it may prove to be the last
            self._out.append(self._chunks.seal(bytes(self._waiting[:CHUNK]), last=False))
            del self._waiting[:CHUNK]
        return self._ready()

    def finish(self) -> bytes:
        """Seal what is left as the last chunk."""
        self._out.append(self._chunks.seal(bytes(self._waiting), last=True))
        self._waiting.clear()
        return self._ready()

    def _ready(self) -> bytes:
        out = b"".join(self._out)
        self._out.clear()
        return out


def seal_pieces(key: bytes, blob_id: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Seal a whole file that comes as pieces of any size."""
    sealer = FileSealer(key, blob_id)
    for piece in pieces:
        if out := sealer.feed(piece):
            yield out
    yield sealer.finish()


def open_pieces(key: bytes, blob_id: str, sealed: BinaryIO) -> Iterator[bytes]:
    """Decrypt chunk by chunk. Each chunk given is genuine; a file cut short raises SealBroken at its end."""
    chunks = _Chunks(key, blob_id, sealed.read(_HEADER))
    block = sealed.read(CHUNK + _TAG)
    while block:
        following = sealed.read(CHUNK + _TAG)
        yield chunks.open(block, last=not following)
        block = following
    if not chunks.count:
        raise SealBroken("berkas tersegel ini terpotong")


class _Chunks:
    """The key of one file and the number of its next chunk."""

    def __init__(self, key: bytes, blob_id: str, header: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"kunci harus {KEY_BYTES} bita")
        if len(header) != _HEADER or header[:1] != _VERSION:
            raise SealBroken("bukan berkas tersegel yang kami kenal")
        # The salt makes the key this file's alone, so counting from zero never repeats a nonce.
        own_key = hmac.digest(key, b"berkas\x00" + header + blob_id.encode(), "sha256")
        self._cipher = AESGCM(own_key)
        self._aad = header + blob_id.encode()
        self.count = 0

    def seal(self, plaintext: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last=last), plaintext, self._aad)

    def open(self, block: bytes, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(self._nonce(last=last), block, self._aad)
        except InvalidTag:
            raise SealBroken("berkas tersegel ini rusak, terpotong, atau bukan milik kunci ini") from None

    def _nonce(self, *, last: bool) -> bytes:
        nonce = self.count.to_bytes(11, "big") + bytes([last])
        self.count += 1
        return nonce
