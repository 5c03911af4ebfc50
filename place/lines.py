"""The map as a filter: a JSON object a line in, one a line out (`jaganetral place`)."""

from __future__ import annotations

import json
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any

from place import find
from place.found import refusal

if TYPE_CHECKING:
    from place.found import Found

LONGEST = 100_000  # characters of a line that are read


class BadLineError(ValueError):
    """A line that is no question: a sentence for whoever wrote it."""


def run(stdin: IO[str], stdout: IO[str]) -> int:
    """Answer every line, in order; a malformed one gets a refusal with `error` and the run goes on."""
    if isinstance(stdin, TextIOWrapper):
        stdin.reconfigure(errors="replace")  # bytes that are no UTF-8 spoil their own line only
    for line in stdin:
        stdout.write(json.dumps(answer(line)) + "\n")
        stdout.flush()
    return 0


def answer(line: str) -> dict[str, Any]:
    """Answer one line."""
    try:
        return as_json(_find(_question(line)))
    except BadLineError as bad:
        return {**as_json(refusal("baris-rusak")), "error": str(bad)}


def as_json(found: Found) -> dict[str, Any]:
    """An answer as the world sees it; `options` of a routed place is the place itself."""
    routed = found.decision == "route"
    return {
        "decision": found.decision,
        "kode": found.code if routed else None,
        "options": [found.code] if routed else [code for code, _ in found.options],
        "nama": found.name or None,
        "kecamatan": found.kecamatan or None,
        "desa": found.desa or None,
        "provinsi": found.province or None,
        "zone": None if found.decision == "reject" else found.zone,
        "trace": dict(found.trace),
    }


def _question(line: str) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise BadLineError("baris terlalu panjang")
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"bukan JSON: {error}") from error
    if not isinstance(question, dict):
        raise BadLineError("bukan objek JSON")
    return question


def _find(question: dict[str, Any]) -> Found:
    if isinstance(text := question.get("text"), str) and "lat" not in question:
        return find.find_text(text)
    lat, lon = (_degrees(question.get(name)) for name in ("lat", "lon"))
    return find.find_point(lat, lon)


def _degrees(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadLineError('perlu {"lat": angka, "lon": angka} atau {"text": "..."}')
    try:
        return float(value)
    except OverflowError as error:
        raise BadLineError("angka terlalu besar") from error
