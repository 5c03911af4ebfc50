"""Two people, or one person on two seats? Where two are needed, who has just joined counts as whoever let them in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# So long a newcomer counts as who invited them: time for the office and the one above, who are told at once, to see
# a seat behind which nobody new sits. Longer would stop an honest office that has just been joined by somebody.
FRESH = timedelta(hours=24)
HOURS = FRESH // timedelta(hours=1)


def stands_for(officer: int, stems: Mapping[int, Collection[int]]) -> frozenset[int]:
    """Whom an officer counts as: themselves, or, while they are fresh, whoever they stem from.

    `stems`: of those who are fresh, by whose invitation they came, and who they were before; nobody of an operator's.
    """
    found: set[int] = set()
    seen: set[int] = set()
    ways = [officer]
    while ways:
        one = ways.pop()
        seen.add(one)
        before = stems.get(one, ())
        if not before:
            found.add(one)
        ways += [number for number in before if number not in seen]
    return frozenset(found)


def too_near(one: int, other: int, stems: Mapping[int, Collection[int]]) -> bool:
    """May these two be one person? Then they can not be the two people of one act, whichever proposed it.

    Who invited the other, whom the same person invited, and what hangs between them.
    """
    return bool(stands_for(one, stems) & stands_for(other, stems))
