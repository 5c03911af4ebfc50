"""(e) The map: a point and a typed place, quickness and rightness, beside a nearest-city lookup and a plain loop.

What answers is timed in this process; its first answer and its memory are those of a process of its own, which is
asked the same, a JSON object a line. Points are villages of an independent source (`tests/place/settlements.csv`),
moved at random; right is counted on the villages themselves ("asks": the right one is among the options).
"""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from bench.baselines import outline_loop
from place import atlas, find
from place.areas import all_kabupaten, name_of
from tests.place.settlements import settlements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from place.found import Found

    Ask = Callable[[float, float], Any]

SEED, POINTS, TEXTS, ROUNDS = 20, 2_000, 500, 3
JITTER = 0.05  # degrees; about 5 km, across borders and out to sea too
CITY = "reverse_geocoder"
GOALS = "Goals: a point in 0.3 ms (median), a typed place in 10 ms (p95), first answer in 1 s, 160 MB resident."


@dataclass(frozen=True)
class Mapper:
    """Something that answers a point: here, and as a process; `code` makes a kabupaten's code of its answer."""

    title: str
    ask: Ask
    code: Callable[[Any], str]
    command: Sequence[str]


def measure() -> str:
    """Both tables."""
    mappers = _mappers()
    lines = [_points_table(mappers), "", _typed_table(), "", GOALS]
    if importlib.util.find_spec(CITY) is None:
        lines.append(f"{CITY} takes no part: it is not installed (`make bench` does it).")
    return "\n".join(lines)


# --- who takes part -------------------------------------------------------------------------------------------


def _mappers() -> list[Mapper]:
    loop = outline_loop.load()
    ours = [str(Path(sys.executable).with_name("jaganetral")), "place"]
    found = [
        Mapper("JagaNetral", find.find_point, lambda answer: str(answer.code), ours),
        Mapper("a plain loop over the 514 outlines", loop, str, _module("outline_loop")),
    ]
    if importlib.util.find_spec(CITY):
        nearest_city = importlib.import_module("bench.baselines.nearest_city")
        # It gives a city and seldom more: its kabupaten is the one in whose outline that city lies.
        found[1:1] = [
            Mapper(f"{CITY}, the nearest city", nearest_city.load(), _where_it_lies(loop), _module("nearest_city"))
        ]
    return found


def _module(name: str) -> list[str]:
    return [sys.executable, "-m", f"bench.baselines.{name}"]


def _where_it_lies(loop: Callable[[float, float], str]) -> Callable[[dict[str, str]], str]:
    return lambda city: loop(float(city["lat"]), float(city["lon"]))


# --- points ---------------------------------------------------------------------------------------------------


def _points_table(mappers: list[Mapper]) -> str:
    points = _points()
    times: dict[str, list[float]] = {mapper.title: [] for mapper in mappers}
    for _ in range(ROUNDS):
        for mapper in mappers:
            times[mapper.title] += _timed(mapper.ask, points)
    lines = [
        f"{POINTS:,} points in each of {ROUNDS} rounds; first answer and peak memory of a process, medians of {ROUNDS}",
        f"{'':<38}{'median ms':>10}{'p95 ms':>9}{'first s':>9}{'MB':>6}{'right':>8}{'asks':>7}{'wrong':>7}",
    ]
    for mapper in mappers:
        figures = [f"{figure:.3f}" for figure in _middle_and_p95(times[mapper.title])]
        seconds, megabytes = _as_process(mapper)
        shares = "".join(f"{share:>7.1%}" for share in _shares(mapper))
        lines.append(f"{mapper.title:<38}{figures[0]:>10}{figures[1]:>9}{seconds:>9.2f}{megabytes:>6.0f} {shares}")
    return "\n".join([*lines, *_blank(mappers)])


def _points() -> list[tuple[float, float]]:
    dice, villages = random.Random(SEED), settlements()
    chosen = dice.choices(villages, k=POINTS)
    return [(at.lat + dice.gauss(0, JITTER), at.lon + dice.gauss(0, JITTER)) for at in chosen]


def _timed(ask: Callable[..., Any], questions: Sequence[tuple[Any, ...]]) -> list[float]:
    """Milliseconds of each answer; the first is given before, for nothing."""
    ask(*questions[0])
    times = []
    for question in questions:
        begun = time.perf_counter()
        ask(*question)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def _middle_and_p95(times: list[float]) -> tuple[float, float]:
    return median(times), quantiles(times, n=20)[-1]


def _shares(mapper: Mapper) -> tuple[float, float, float]:
    """Of the villages: put into the right kabupaten; asked about, the right one among the options; the rest."""
    right = asked = 0
    villages = settlements()
    for village in villages:
        answer = mapper.ask(village.lat, village.lon)
        right += mapper.code(answer) == village.code
        asked += any(code == village.code for code, _ in getattr(answer, "options", ()))
    rest = len(villages) - right - asked
    return right / len(villages), asked / len(villages), rest / len(villages)


def _blank(mappers: list[Mapper]) -> list[str]:
    """How often the nearest city comes without the name of a kabupaten."""
    for mapper in mappers:
        if mapper.title.startswith(CITY):
            blank = sum(not mapper.ask(village.lat, village.lon)["admin2"] for village in settlements())
            return [
                f"{CITY} itself names no kabupaten (admin2 is blank) for {blank} of the {len(settlements())} villages;",
                "what is counted as right is the outline in which its city lies.",
            ]
    return []


def _as_process(mapper: Mapper) -> tuple[float, float]:
    """Seconds from start to the first answer, and the largest resident size in MB once everything was asked."""
    asked = [{"lat": lat, "lon": lon} for lat, lon in _points()]
    typed = [{"text": text} for texts in _texts().values() for text, _ in texts]
    questions = asked + typed if mapper.ask is find.find_point else asked
    rounds = [_one_process(mapper.command, questions) for _ in range(ROUNDS)]
    seconds, megabytes = (median(column) for column in zip(*rounds, strict=True))
    return seconds, megabytes


def _one_process(command: Sequence[str], questions: list[dict[str, Any]]) -> tuple[float, float]:
    begun = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        seconds = 0.0
        for question in questions:
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            assert process.stdout.readline(), command
            seconds = seconds or time.perf_counter() - begun
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.stdin.close()
    return seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024


# --- typed places ---------------------------------------------------------------------------------------------


def _typed_table() -> str:
    kinds = _texts()
    everything = [text for texts in kinds.values() for text in texts]
    lines = [
        f"Typed places, {TEXTS} of each kind, in each of {ROUNDS} rounds",
        f"{'':<38}{'median ms':>10}{'p95 ms':>9}{'right':>23}{'asks':>7}{'wrong':>7}",
    ]
    for title, texts in {**kinds, "all": everything}.items():
        times = [ms for _ in range(ROUNDS) for ms in _timed(find.find_text, [(text,) for text, _ in texts])]
        middle, p95 = _middle_and_p95(times)
        shares = "".join(f"{share:>7.1%}" for share in _typed_shares(texts))
        lines.append(f"{title:<38}{middle:>10.3f}{p95:>9.3f}{'':>16}{shares}")
    return "\n".join(lines)


def _typed_shares(texts: list[tuple[str, str]]) -> tuple[float, float, float]:
    answers: list[tuple[Found, str]] = [(find.find_text(text), code) for text, code in texts]
    right = sum(found.code == code for found, code in answers)
    asked = sum(any(option == code for option, _ in found.options) for found, code in answers)
    return right / len(texts), asked / len(texts), (len(texts) - right - asked) / len(texts)


def _texts() -> dict[str, list[tuple[str, str]]]:
    """Texts and the codes that they mean, by kind."""
    dice, earth = random.Random(SEED), atlas.load()
    areas = dice.sample(all_kabupaten(), TEXTS)
    desa = dice.sample(range(len(earth.desa_name)), 2 * TEXTS)
    kec = [int(earth.desa_kec[one]) for one in desa]
    codes = [earth.kec_code[one][:5] for one in kec]
    addresses = [f"{earth.kec_name[one]}, {name_of(code)}" for one, code in zip(kec, codes, strict=True)]
    official = [(area.name, area.code) for area in areas]
    short = list(zip(addresses, codes, strict=True))
    long = [(f"{earth.desa_name[one]}, {text}", code) for one, (text, code) in zip(desa, short, strict=True)]
    slips = [(_misspelt(text, dice), code) for text, code in (*official, *short[:TEXTS])]
    return {
        "official name": official,
        "kecamatan, kabupaten": short[:TEXTS],
        "desa, kecamatan, kabupaten": long[TEXTS:],
        "one letter wrong": dice.sample(slips, TEXTS),
    }


def _misspelt(text: str, dice: random.Random) -> str:
    """Leave out a letter, double it, or exchange two."""
    at = dice.choice([index for index, letter in enumerate(text[:-1]) if index and letter.isalpha()])
    head, letter, after, tail = text[:at], text[at], text[at + 1], text[at + 2 :]
    return head + dice.choice([after, letter + letter + after, after + letter]) + tail
