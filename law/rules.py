"""Rules as data: reads law/regimes/*.toml, refuses what is wrong in them, and measures a report's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from law import datafile
from law.clock import clock
from law.datafile import LawProblem, Table
from law.holidays import Holidays, load_holidays
from law.regime import Counts, Meter, Regime, Requirement

__all__ = [
    "KEYS",
    "LawProblem",
    "Meter",
    "Regime",
    "Requirement",
    "load_regimes",
    "meter_awal",
    "meter_laporan",
]

FOLDER = Path(__file__).with_name("regimes")

# The answers a rule may ask for; a misspelt one in a file would otherwise be missing for ever.
KEYS = frozenset({
    "story", "kind", "terlapor", "terlapor_alamat", "position", "place", "happened", "happened_text",
    "happened_words", "known", "evidence", "witness", "identity", "pelapor_nama", "pelapor_alamat",
    "pelapor_lahir", "pelapor_kelamin", "pelapor_pekerjaan", "pelapor_warga", "pelapor_hp", "pelapor_email",
})  # fmt: skip
NOTHING = frozenset({"", "-", "tidak_tahu"})  # asked, and left open

Answers = Mapping[str, Any]


def meter_awal(regime: Regime, answers: Answers) -> Meter:
    """Measure how ready it is as informasi awal; advice only, an incomplete one is taken as well."""
    return _meter(regime, regime.awal, answers, None)


def meter_laporan(regime: Regime, answers: Answers, today: date) -> Meter:
    """Measure what a Laporan resmi would still need; a signature is given on paper and not in this count."""
    return _meter(regime, regime.laporan, answers, today)


def _meter(regime: Regime, wanted: tuple[Requirement, ...], answers: Answers, today: date | None) -> Meter:
    lacking = [(need, label) for need in wanted if (label := _lacks(regime, need, answers, today))]
    missing = tuple(label for _, label in lacking)
    mending = tuple(key for need, _ in lacking for key in _mending(need, answers))
    return Meter(len(wanted) - len(missing), len(wanted), missing, mending)


def _mending(need: Requirement, answers: Answers) -> tuple[str, ...]:
    """What would have to be told; of several ways the first, and nothing where it is only too late."""
    ways = need.any[:1] if not any(all(_has(answers, key) for key in group) for group in need.any) else ()
    wanted = (*need.all, *((need.in_time,) if need.in_time else ()), *(key for group in ways for key in group))
    return tuple(key for key in wanted if not _has(answers, key))


def _lacks(regime: Regime, need: Requirement, answers: Answers, today: date | None) -> str:
    """Give the label of what is missing, "" where nothing is."""
    if need.in_time:
        return _late(regime, need, answers, today)
    had = all(_has(answers, key) for key in need.all)
    if need.any:
        had = had and any(all(_has(answers, key) for key in group) for group in need.any)
    return "" if had else need.label


def _late(regime: Regime, need: Requirement, answers: Answers, today: date | None) -> str:
    if today is None or not _has(answers, need.in_time):
        return need.unknown
    known = date.fromisoformat(answers[need.in_time])
    return need.label if clock(regime, known, today).state == "lewat" else ""


def _has(answers: Answers, key: str) -> bool:
    value = answers.get(key)
    return value.strip() not in NOTHING if isinstance(value, str) else bool(value)


# --- reading the files --------------------------------------------------------------------------------------


def load_regimes(folder: Path = FOLDER, holidays: Holidays | None = None) -> dict[str, Regime]:
    """Every regime by the name of its file. Raises LawProblem, which must stop the start."""
    free = load_holidays() if holidays is None else holidays
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise LawProblem(f"{folder}: holds no rule file (*.toml)")
    return {path.stem: _regime(path.stem, datafile.read(path), free) for path in files}


def _regime(name: str, file: Table, holidays: Holidays) -> Regime:
    lists = ("awal", "laporan", "paper")
    file.only("name", "regulation", "version", "effective", "law", "form", "source", "confidence", "clock", *lists)
    ticking = file.table("clock")
    counts = ticking.choice("counts", "kalender", "kerja", "tanpa")
    timed = counts != "tanpa"
    ticking.only("days", "counts", "article") if timed else ticking.only("counts", "article")
    return Regime(
        id=name,
        name=file.text("name"),
        regulation=file.text("regulation"),
        version=file.text("version"),
        effective=_effective(file),
        law=file.text("law", blank=not timed),
        form=file.text("form", blank=not timed),
        source=file.text("source"),
        confidence=file.choice("confidence", "A", "B", "C"),
        days=_days(ticking) if timed else 0,
        counts=cast("Counts", counts),
        clock_article=ticking.text("article", blank=not timed),
        awal=_requirements(file, "awal"),
        laporan=_requirements(file, "laporan", timed=timed),
        paper=tuple(_paper(row) for row in file.tables("paper")),
        holidays=holidays if counts == "kerja" else Holidays(),
    )


def _effective(file: Table) -> str:
    if isinstance(file.values.get("effective"), int):
        return str(file.get("effective", int, "a date or a year"))
    return file.day("effective").isoformat()


def _days(ticking: Table) -> int:
    days = ticking.get("days", int, "a number of days")
    if not 1 <= days <= 366:  # noqa: PLR2004 - a year
        raise ticking.problem("days", f"should be between 1 and 366, not {days}")
    return days


def _requirements(file: Table, key: str, *, timed: bool = False) -> tuple[Requirement, ...]:
    found = tuple(_requirement(row, timed=timed) for row in file.tables(key))
    if not found:
        raise file.problem(key, f"is missing: at least one [[{key}]] is needed")
    file.distinct(key, (need.id for need in found))
    return found


def _requirement(row: Table, *, timed: bool) -> Requirement:
    row.only("id", "label", "class", "article", "all", "any", "in_time", "unknown")
    ways = [key for key in ("all", "any", "in_time") if key in row.values]
    if not ways or (len(ways) > 1 and "in_time" in ways):
        raise row.problem("all", "is missing: give all, any (or both), or in_time alone")
    if "in_time" in ways and not timed:
        raise row.problem("in_time", "makes no sense in a list without a time limit")
    return Requirement(
        id=row.text("id"),
        label=row.text("label"),
        kind=row.choice("class", "formal", "materiel"),
        article=row.text("article"),
        all=_known(row, "all", row.words("all")) if "all" in ways else (),
        any=_groups(row) if "any" in ways else (),
        in_time=_known(row, "in_time", (row.text("in_time"),))[0] if "in_time" in ways else "",
        unknown=row.text("unknown") if "in_time" in ways else "",
    )


def _paper(row: Table) -> Requirement:
    row.only("id", "label", "class", "article")
    kind = row.choice("class", "formal", "materiel")
    return Requirement(row.text("id"), row.text("label"), kind, row.text("article"))


def _groups(row: Table) -> tuple[tuple[str, ...], ...]:
    groups = row.get("any", list, 'a list of lists like [["evidence"], ["witness"]]')
    if not groups:
        raise row.problem("any", "is empty")
    return tuple(_known(row, "any", row.as_words("any", group)) for group in groups)


def _known(row: Table, key: str, answers: tuple[str, ...]) -> tuple[str, ...]:
    for answer in answers:
        if answer not in KEYS:
            raise row.problem(key, f"asks for {answer!r}, which is no answer of the conversation")
    return answers
