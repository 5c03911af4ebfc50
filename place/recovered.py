"""A short plus code and the place named beside it: the code says where within a degree, the name says which degree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from place import atlas, gazetteer, points
from place.found import Below, Found, question, routed, traced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from place.plus import Short

MOST = 10  # options
ROUGHLY = 0.1  # degrees; desa nearer to each other lead to the same code


def find_near(code: Short, named: Found) -> Found:
    """Decide for a short code, by what the words beside it name."""
    codes = _codes(named) or list(gazetteer.kabupaten_of(named.province))
    if not codes or named.trace["rule"] == "nama-terlalu-umum":
        return question((), traced("kode-plus-pendek"))
    kec = named.kecamatan_code if named.code else ""
    answers = {one: _answers(code, one, kec) for one in codes}
    fitting = {one: fit for one, many in answers.items() if (fit := _holding(one, many))}
    if not fitting:
        return _far(codes, next(iter(answers.values())))
    return _agreed(fitting, named)


def _answers(code: Short, kab: str, kec: str) -> list[Found]:
    """What the map says of each point that the code can mean around a kabupaten (or kecamatan)."""
    earth = atlas.load()
    inside = (earth.desa_kab == earth.kab_code.index(kab)) & (np.abs(earth.lat) <= 90)  # noqa: PLR2004  (degrees)
    desa = [i for i in np.nonzero(inside)[0].tolist() if earth.kec_code[earth.desa_kec[i]].startswith(kec)]
    around = {(round(earth.lat[i] / ROUGHLY), round(earth.lon[i] / ROUGHLY)) for i in desa}
    meant = dict.fromkeys(code.near(lat * ROUGHLY, lon * ROUGHLY) for lat, lon in sorted(around))
    return [points.find_point(*point) for point in meant]


def _holding(code: str, answers: Sequence[Found]) -> Found | None:
    """The answer that can be in this kabupaten, the surest first."""
    sure = [found for found in answers if found.code == code]
    maybe = [found for found in answers if code in dict(found.options)]
    return next(iter(sure + maybe), None)


def _agreed(fitting: dict[str, Found], named: Found) -> Found:
    """One kabupaten if name and code agree on it; else a question with all of them."""
    first = next(iter(fitting.values()))
    trace = {**first.trace, "rule": "kode-plus"}
    codes = list(dict.fromkeys(code for found in fitting.values() for code in _codes(found)))
    weak = not named.code and len(named.options) == 1  # the name alone was to be asked about
    if named.code or (len(codes) == 1 and not weak):  # beside a border, the name says on which side
        code = named.code or codes[0]
        return replace(routed(code, trace, **_below(first, code)), point=first.point)
    return replace(question(codes[:MOST], trace), point=first.point)


def _codes(found: Found) -> list[str]:
    """Every kabupaten of an answer."""
    return [found.code] if found.code else [code for code, _ in found.options]


def _below(found: Found, code: str) -> Below:
    """Kecamatan and desa of an answer, as far as they belong to this kabupaten."""
    if not found.kecamatan_code.startswith(code):
        return {}
    return {"kecamatan": found.kecamatan, "kecamatan_code": found.kecamatan_code, "desa": found.desa}


def _far(named: Sequence[str], answers: Sequence[Found]) -> Found:
    """The code lies outside of what was named: ask for one or the other."""
    codes = [code for found in answers for code in _codes(found)]
    return question(dict.fromkeys((*codes[:2], *named[:2])), traced("kode-plus-jauh", candidates=codes))
