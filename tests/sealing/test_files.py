"""A sealed file gives back its bytes, and shows every change: cut, swapped, doubled, moved to another id."""

import io
import random

import pytest

from sealing.envelope import SealBroken
from sealing.files import CHUNK, FileSealer, open_pieces, seal_pieces

KEY = bytes(range(32))
ID = "0" * 31 + "a"
HEADER = 17
BLOCK = CHUNK + 16


def sealed(plain: bytes) -> bytes:
    return b"".join(seal_pieces(KEY, ID, [plain]))


def opened(bytes_: bytes, key: bytes = KEY, blob_id: str = ID) -> bytes:
    return b"".join(open_pieces(key, blob_id, io.BytesIO(bytes_)))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_every_size_comes_back(size: int) -> None:
    plain = random.Random(size).randbytes(size)
    assert opened(sealed(plain)) == plain


def test_it_does_not_matter_how_the_bytes_came_in_pieces() -> None:
    rng = random.Random(7)
    plain = rng.randbytes(2 * CHUNK + 100)
    cuts = sorted(rng.randrange(len(plain)) for _ in range(50))
    pieces = [plain[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    assert opened(b"".join(seal_pieces(KEY, ID, pieces))) == plain


def test_memory_stays_flat() -> None:
    sealer = FileSealer(KEY, ID)
    longest = max(len(sealer.feed(bytes(CHUNK // 4))) for _ in range(64))
    assert longest <= BLOCK + HEADER


def test_another_key_or_another_id_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        opened(sealed(b"bukti"), key=bytes(32))
    with pytest.raises(SealBroken):
        opened(sealed(b"bukti"), blob_id="0" * 31 + "b")


@pytest.mark.parametrize(
    "cut", [0, 1, HEADER - 1, HEADER, HEADER + 1, HEADER + BLOCK - 1, HEADER + BLOCK, HEADER + 2 * BLOCK, -1]
)
def test_a_file_cut_short_is_noticed(cut: int) -> None:
    with pytest.raises(SealBroken):
        opened(sealed(bytes(2 * CHUNK + 9))[:cut])


def test_chunks_swapped_doubled_or_dropped_are_noticed() -> None:
    whole = sealed(bytes(3 * CHUNK))
    head, *blocks = whole[:HEADER], *(whole[HEADER + i * BLOCK : HEADER + (i + 1) * BLOCK] for i in range(3))
    one, two, three = blocks
    for wrong in (
        [two, one, three],
        [one, one, two, three],
        [one, three],
        [one, two],
        [one, two, three, three],
    ):
        with pytest.raises(SealBroken):
            opened(head + b"".join(wrong))


def test_chunks_of_one_file_do_not_fit_into_another_of_the_same_key_and_id() -> None:
    first, second = sealed(bytes(CHUNK + 1)), sealed(bytes(CHUNK + 1))
    with pytest.raises(SealBroken):
        opened(first[: HEADER + BLOCK] + second[HEADER + BLOCK :])


def test_no_two_files_are_sealed_with_the_same_key_stream() -> None:
    first, second = sealed(bytes(1000)), sealed(bytes(1000))
    assert not any(a[i : i + 16] == b[i : i + 16] for a, b in [(first, second)] for i in range(HEADER, 1000, 16))
    assert first[:HEADER] != second[:HEADER]


def test_flipped_bits_are_noticed() -> None:
    whole = sealed(b"bukti kecil")
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            opened(bytes(changed))
