"""How well cases of one act are known again, measured on made sets; what is printed stands in docs/adr/0019."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from bot.evidence.picture_child import clean
from handlers.likeness import CLOSE, alike, asked_strong, asked_weak, strong, weak
from tests.likeness.acts import made
from tests.likeness.pictures import CHANGES, encoded, flat, scene, screenshot

if TYPE_CHECKING:
    from PIL import Image

SEEDS = range(201, 209)  # none of those by which the limits were set
MOST = 3  # as bot/inside/doubles.py


def test_stories_names_places_and_days(capsys: pytest.CaptureFixture[str]) -> None:
    """Of every case but the first of its act, is that act on its card? And is what stands first on a card wrong?"""
    again = found = named = wrong = cards = 0
    for seed in SEEDS:
        cases = [(one, one.marks) for one in made(seed, 100)]
        for at, (one, marks) in enumerate(cases):
            got = []
            for other, theirs in reversed(cases[:at]):
                why = alike(marks, theirs)
                if why:  # what is alike must be found by the index, too
                    assert {*asked_strong(marks), *asked_weak(marks)} & {*strong(theirs), *weak(theirs)}
                    got.append((other.act == one.act, len(why)))
            shown = sorted(got[:MOST], key=lambda it: -it[1])
            again += (is_again := any(other.act == one.act for other, _ in cases[:at]))
            found += is_again and any(right for right, _ in shown)
            named, wrong, cards = named + bool(shown), wrong + bool(shown and not shown[0][0]), cards + 1
    with capsys.disabled():
        print(
            f"\n{cards} cases: of {again} told again {found / again:.1%} found; of {named} suggested {wrong / named:.2%} wrong"
        )
    assert found / again >= 0.95
    assert wrong / named <= 0.01


def hashes(picture: bytes) -> list[int]:
    facts, _ = clean(picture)
    return [int(part, 16) for part in facts["phash"].split()]


def apart(one: list[int], other: list[int]) -> int:
    return min((a ^ b).bit_count() for a in one for b in other)


def test_photos_shrunk_encoded_anew_and_cropped(capsys: pytest.CaptureFixture[str]) -> None:
    taken: list[Image.Image] = [
        *(scene(seed, (800, 600)) for seed in range(24)),
        *(screenshot(seed, (480, 980)) for seed in range(16)),
    ]
    known = [hashes(encoded(one)) for one in taken]
    others = [apart(a, b) for a, b in combinations(known, 2)]
    rows, all_found = [], []
    for name, change in CHANGES.items():
        some = taken if name != "brighter" else taken[:24]  # a screenshot is white already
        found = [apart(hashes(change(one)), before) <= CLOSE for one, before in zip(some, known, strict=False)]
        rows.append(f"{name} {sum(found)}/{len(found)}")
        all_found += found
    wrong = sum(distance <= CLOSE for distance in others)
    with capsys.disabled():
        print(
            f"\nphotos known again: {', '.join(rows)}; wrong {wrong} of {len(others)} pairs, the nearest {min(others)} bits"
        )
    assert sum(all_found) / len(all_found) >= 0.95
    assert wrong / len(others) <= 0.01


def test_a_flat_picture_says_nothing() -> None:
    assert json.dumps(clean(encoded(flat()))[0]["phash"]) == '""'
    assert len(hashes(encoded(scene(3)))) == 2


@pytest.mark.parametrize("bits", range(CLOSE + 1))
def test_a_picture_within_the_limit_shares_a_band(bits: int) -> None:
    """By pigeonhole: five bands, so of nine bits one band has at most one."""
    import random  # noqa: PLC0415

    from handlers.likeness import Marks  # noqa: PLC0415

    chance = random.Random(bits)

    def marks(picture: int) -> Marks:
        none: frozenset[str] = frozenset()
        return Marks(none, frozenset({picture}), none, none, none, none, none, none, "", "", "2024-10-10", sure=False)

    for _ in range(200):
        one = chance.getrandbits(64)
        other = one
        for bit in chance.sample(range(64), bits):
            other ^= 1 << bit
        assert set(asked_strong(marks(one))) & set(strong(marks(other)))
        assert alike(marks(one), marks(other)) == ("foto",)
