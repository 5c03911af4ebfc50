"""Who counts as whom while they are new."""

from __future__ import annotations

import pytest

from handlers.near import stands_for, too_near

# 1 leads and is old; 1 invited 2 and 3, 3 invited 4; 5 is old, invited 6; 7 was 2 before; 8 was 1, came back by 5.
STEMS = {2: (1,), 3: (1,), 4: (3,), 6: (5,), 7: (2,), 8: (1, 5), 9: ()}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (1, 2, True),  # who invited whom
        (2, 3, True),  # by one hand
        (1, 4, True),  # and further down
        (2, 4, True),
        (7, 3, True),  # the same under another number
        (8, 2, True),
        (8, 5, True),
        (1, 5, False),
        (2, 5, False),  # somebody who was there before, whoever invited them
        (4, 6, False),
        (9, 2, False),  # by the operator
    ],
)
def test_two_seats_are_too_near_while_one_stands_for_the_other(one: int, other: int, near: bool) -> None:
    assert too_near(one, other, STEMS) is too_near(other, one, STEMS) is near


def test_who_stems_from_nobody_stands_for_themselves() -> None:
    assert stands_for(9, STEMS) == {9}
    assert stands_for(8, STEMS) == {1, 5}
