"""How well the map answers, as a table: `python -m tests.place.measure [folder with the two npm packages]`.

With a folder that holds geografis-1.3.2.tgz and geojson-indonesia-1.0.1.tgz (`npm pack`), points are judged by a
second map too; without it, by the villages of geografis alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from place.find import find_point
from tests.place.typed_sets import judged
from tests.place.villages import AROUND, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from place.found import Found

ABROAD = Path(__file__).with_name("abroad.txt")
POINTS = f"{'points':34}{'n':>7}{'wrong %':>9}{'asked %':>9}{'first %':>9}{'held %':>9}{'options':>9}"
TYPED = f"{'typed':34}{'n':>7}{'right %':>9}{'asked %':>9}{'missed %':>9}{'refused':>9}{'wrong %':>9}"


class Answer(NamedTuple):
    """What was asked of the map, what is true ("" for nobody's), and what it said."""

    truth: str
    found: Found

    @property
    def options(self) -> list[str]:
        return [self.found.code] if self.found.code else [code for code, _ in self.found.options]

    @property
    def wrong(self) -> bool:
        return self.found.decision == "route" and self.found.code != self.truth


class Score(NamedTuple):
    """Shares of a stratum in per cent; `held` is the share of the questions that hold the truth."""

    points: int
    wrong: float
    asked: float
    first: float
    held: float
    options: float


def score(answers: list[Answer]) -> Score:
    asked = [answer for answer in answers if answer.found.decision == "ask"]
    first = sum(answer.options[:1] == [answer.truth] for answer in answers)
    return Score(
        len(answers),
        percent(sum(answer.wrong for answer in answers), len(answers)),
        percent(len(asked), len(answers)),
        percent(first, len(answers)),
        percent(sum(answer.truth in answer.options for answer in asked), len(asked)),
        sum(len(answer.options) for answer in asked) / max(1, len(asked)),
    )


def percent(part: int, whole: int) -> float:
    return 100 * part / max(1, whole)


def by_villages() -> dict[str, list[Answer]]:
    """Points within a kilometre of villages; deep where all of the eight villages around are of the same kabupaten."""
    rows = [(at.votes == AROUND, Answer(at.code, find_point(at.lat, at.lon))) for at in load()]
    return {
        "villages, all neighbours of one": [answer for deep, answer in rows if deep],
        "villages, neighbours differ": [answer for deep, answer in rows if not deep],
    }


def nobodys() -> list[Answer]:
    """Abroad and at open sea."""
    lines = [line for line in ABROAD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    points = [line.split()[:2] for line in lines]
    return [Answer("", find_point(float(lat), float(lon))) for lat, lon in points]


def by_second_map(packages: Path) -> dict[str, list[Answer]]:
    """The strata judged by GADM, near borders also where the nearest village of geografis says the same."""
    from tests.place.second_map import SecondMap  # noqa: PLC0415 - only where the packages are at hand

    found: dict[str, list[Answer]] = {}
    second = SecondMap(packages)
    for point in second.strata():
        answer = Answer(point.code, find_point(point.lat, point.lon))
        strata = [point.stratum]
        if point.stratum == "border":
            strata += ["border, both sources agree"] * point.agreed
        elif point.code and point.stratum != "offshore" and point.border_km >= 1:
            strata += [">= 1 km from a border"]
        for stratum in strata:
            found.setdefault(stratum, []).append(answer)
    print(f"left out, for GADM and geografis differ: {second.dropped} of 6000 points near villages\n")
    return found


def show(strata: dict[str, list[Answer]]) -> None:
    print(POINTS)
    for name, answers in strata.items():
        found = score(answers)
        numbers = "".join(f"{value:9.2f}" for value in found[1:])
        print(f"{name:34}{found.points:7}{numbers}")
    reached = {answer.found.code for answers in strata.values() for answer in answers} - {""}
    lost = sum(answer.found.decision == "reject" for answers in strata.values() for answer in answers if answer.truth)
    print(f"\nkabupaten/kota routed to at least once: {len(reached)}; points of ours refused: {lost}")


def show_nobodys(answers: Iterable[Answer]) -> None:
    print("abroad and open sea, by hand:", dict(Counter(answer.found.decision for answer in answers)), "\n")


def show_typed() -> None:
    print(TYPED)
    total: Counter[str] = Counter()
    for kind, rows in judged().items():
        count = Counter(verdict for verdict, _, _ in rows)
        total += count
        print(typed_line(kind, count))
    print(typed_line("all", total))


def typed_line(kind: str, count: Counter[str]) -> str:
    shares = [percent(count[verdict], count.total()) for verdict in ("right", "asked", "missed", "refused", "wrong")]
    return f"{kind:34}{count.total():7}" + "".join(f"{share:9.2f}" for share in shares)


def main() -> None:
    strata = by_villages()
    if sys.argv[1:]:
        strata |= by_second_map(Path(sys.argv[1]))
    show(strata)
    show_nobodys(nobodys())
    show_typed()


if __name__ == "__main__":
    main()
