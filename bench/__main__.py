"""Figures, side by side in one run: `python -m bench` (all), or `python -m bench steps http`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import uvloop

from bench import desk, http, pictures, place, startup, steps
from bench.contenders import CONTENDERS, ROOT, USUAL, Contender


def asked() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all where none is named")
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", help="contenders: " + ", ".join(c.name for c in CONTENDERS)
    )
    parser.add_argument("--rounds", type=int, default=5, help="measured rounds in process")
    parser.add_argument("--people", type=int, default=100, help="at once, in process")
    parser.add_argument("--talks", type=int, default=2, help="conversations of each person in a round, in process")
    parser.add_argument("--commit-delay-ms", type=float, nargs="+", default=[0, 2], help="make commits slower by this")
    parser.add_argument("--http-rounds", type=int, default=3)
    parser.add_argument("--crowd", type=int, default=200, help="people at once over HTTP")
    parser.add_argument("--offered", type=int, default=80, help="steps a second offered over HTTP")
    parser.add_argument("--cases", type=int, nargs=2, default=[10_000, 1_000_000], help="at the desk, fewer and more")
    parser.add_argument("--desk-rounds", type=int, default=200)
    parser.add_argument("--folder", type=Path, default=ROOT, help="on the disk to measure (a temporary folder in it)")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return given


def main() -> None:
    """Measure what was asked for and print it as it comes."""
    given = asked()
    chosen = [one for one in CONTENDERS if not given.only or one.name in {*given.only, USUAL}]
    for one in chosen:
        if one.missing():
            print(f"{one.title} takes no part: {one.needs} is not there.\n")
    present = [one for one in chosen if not one.missing()]
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=given.folder) as made:
        folder = Path(made)
        for part in given.parts or PARTS:
            print(MEASURES[part](present, folder, given), end="\n\n", flush=True)


def _steps(present: list[Contender], folder: Path, given: argparse.Namespace) -> str:
    load = steps.Load(given.rounds, given.people, given.talks)
    return "\n\n".join(steps.measure(present, folder, load, delay) for delay in given.commit_delay_ms)


def _http(present: list[Contender], folder: Path, given: argparse.Namespace) -> str:
    return uvloop.run(http.measure(present, folder, given.http_rounds, given.crowd, given.offered))


def _startup(_: list[Contender], folder: Path, __: argparse.Namespace) -> str:
    return startup.measure(folder)


def _pictures(_: list[Contender], __: Path, ___: argparse.Namespace) -> str:
    rows = [f"{name.replace('_', ' '):<36}{figure:>9}" for name, figure in pictures.run().items()]
    return "\n".join(["Photos of 12 megapixels: hash and clean view of 1,280 px, in the limited child", *rows])


def _place(_: list[Contender], __: Path, ___: argparse.Namespace) -> str:
    return place.measure()


def _desk(_: list[Contender], folder: Path, given: argparse.Namespace) -> str:
    return desk.run(folder / "desk", tuple(given.cases), given.desk_rounds)


MEASURES = {
    "steps": _steps,
    "http": _http,
    "startup": _startup,
    "pictures": _pictures,
    "place": _place,
    "desk": _desk,
}
PARTS = tuple(MEASURES)


if __name__ == "__main__":
    main()
