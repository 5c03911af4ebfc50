"""An envelope opens with its own key, in its own place, unchanged; and in no other way."""

from secrets import token_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing.envelope import SealBroken, open_, open_text, seal, seal_text

KEY = bytes(range(32))
PLACE = "cases/JN-7K4Q-M2XD/answers"


@given(st.binary(max_size=300), st.text(max_size=40))
def test_what_is_sealed_opens_again(plain: bytes, aad: str) -> None:
    assert open_(KEY, seal(KEY, plain, aad), aad) == plain


def test_texts() -> None:
    assert open_text(KEY, seal_text(KEY, "Bu Lurah Ngemplak – ajakan", PLACE), PLACE) == "Bu Lurah Ngemplak – ajakan"


def test_nothing_of_the_text_shows_and_no_two_envelopes_are_alike() -> None:
    first, second = (seal(KEY, b"kenari-rahasia", PLACE) for _ in range(2))
    assert b"kenari" not in first
    assert first != second
    assert first[1:13] != second[1:13]


@pytest.mark.parametrize("place", ["cases/JN-7K4Q-M2XE/answers", "cases/JN-7K4Q-M2XD/contact", "drafts/1/answers", ""])
def test_it_opens_in_no_other_row_column_or_table(place: str) -> None:
    with pytest.raises(SealBroken):
        open_(KEY, seal(KEY, b"cerita", PLACE), place)


def test_it_opens_with_no_other_key() -> None:
    with pytest.raises(SealBroken):
        open_(token_bytes(32), seal(KEY, b"cerita", PLACE), PLACE)


def test_every_single_flipped_bit_is_noticed() -> None:
    sealed = seal(KEY, b"cerita", PLACE)
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            open_(KEY, bytes(changed), PLACE)


def test_every_shortened_envelope_is_noticed() -> None:
    sealed = seal(KEY, b"cerita", PLACE)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            open_(KEY, sealed[:length], PLACE)


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        seal(bytes(length), b"", PLACE)
