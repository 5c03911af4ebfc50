"""From a point to its kabupaten: country gate, outline, nearest desa, and a question where they differ.

Two official maps of Indonesia agree on only 77 % of the points within 1 km of a border; so a point near one is
asked about, not guessed.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from place import atlas
from place.found import Below, Found, question, refusal, routed, traced

if TYPE_CHECKING:
    from numpy.typing import NDArray

ZONES = {"Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"}
KM = 111.2  # of one degree
BORDER_KM = 0.3  # a kabupaten whose outline is this near is an option
REACH_KM = 5.0  # how far outside every outline a point may lie and still belong to one
RATIO = 1.3  # the second kabupaten by desa is an option if it is at most so much farther
CLEARLY = 2.5  # so much nearer, and the desa's kabupaten goes before the outline's
ISLET_KM = 8.0  # a desa this near stands for an islet that the outlines leave out
SEA_KM = 40.0  # beyond this from every desa a point at sea is nobody's
REACHES = (2, 8, 40)  # cells of the grid searched, one after the other
MOST = 4  # options


class Near(NamedTuple):
    """A desa around a point and its distance in km; sorted, the nearest first."""

    desa: NDArray[Any]
    km: NDArray[Any]


def find_point(lat: float, lon: float) -> Found:
    """Find the kabupaten of a point (degrees WGS 84)."""
    if not (math.isfinite(lat) and math.isfinite(lon)):
        return refusal("bukan-koordinat")
    if abs(lat) > 90 >= abs(lon) and abs(lat) <= 180:  # noqa: PLR2004  (degrees)
        return _swapped(lat, lon)
    if abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):  # noqa: PLR2004  (degrees)
        return refusal("bukan-koordinat")
    zone = _zone(lat, lon)
    if zone not in ZONES and not zone.startswith("Etc/"):
        return refusal("luar-negeri", zone=zone)
    near = _near(lat, lon)
    found = _on_land(lat, lon, near) if zone in ZONES else _at_sea(near)
    return found if found.decision == "reject" else replace(found, point=(lat, lon))


def _swapped(lat: float, lon: float) -> Found:
    """No latitude is beyond 90: the two were given the wrong way round; asked, because we changed them."""
    found = find_point(lon, lat)
    if found.decision != "route":
        return found
    below = Below(kecamatan=found.kecamatan, kecamatan_code=found.kecamatan_code, desa=found.desa)
    asked = question([found.code], {**found.trace, "rule": "koordinat-tertukar"}, **below)
    return replace(asked, point=found.point)


def _zone(lat: float, lon: float) -> str:
    from tzfpy import get_tz  # noqa: PLC0415  (30 MB, needed for points only)

    return str(get_tz(lon, lat))


def _near(lat: float, lon: float) -> Near:
    """Desa around a point, in a circle wide enough for every comparison made here."""
    earth = atlas.load()
    near = Near(np.zeros(0, np.intp), np.zeros(0))
    for reach in REACHES:
        desa = earth.desa_around(lat, lon, reach)
        east = (earth.lon[desa] - lon) * math.cos(math.radians(lat))
        km = np.hypot(east, earth.lat[desa] - lat) * KM
        order = np.argsort(km, kind="stable")
        near = Near(desa[order], km[order])
        if len(order) and near.km[0] * CLEARLY < reach * atlas.CELL * KM:
            break
    return near


def _by_kabupaten(near: Near) -> dict[str, float]:
    """Distance to the nearest desa of each kabupaten around, the nearest first."""
    earth = atlas.load()
    kab, first = np.unique(earth.desa_kab[near.desa], return_index=True)
    ranked = sorted(zip(near.km[first].tolist(), kab.tolist(), strict=True))
    return {earth.kab_code[index]: km for km, index in ranked}


def _outlines_around(lat: float, lon: float) -> dict[str, float]:
    """Distance in km to each outline within reach, the nearest first (0 inside)."""
    import shapely  # noqa: PLC0415

    shapes, tree = atlas.load().outlines
    point = shapely.Point(lon, lat)
    hits = tree.query(point, predicate="dwithin", distance=REACH_KM / KM)
    km = shapely.distance(shapes[hits], point) * KM
    codes = atlas.load().kab_code
    return {codes[index]: far for far, index in sorted(zip(km.tolist(), hits.tolist(), strict=True))}


def _below(near: Near, code: str) -> Below:
    """Kecamatan and desa of the nearest desa in this kabupaten, as names to be confirmed."""
    earth = atlas.load()
    for desa in near.desa:
        if earth.kab_code[earth.desa_kab[desa]] == code:
            kec = int(earth.desa_kec[desa])
            return {
                "kecamatan": earth.kec_name[kec],
                "kecamatan_code": earth.kec_code[kec],
                "desa": earth.desa_name[desa],
            }
    return {}


def _order(outlines: dict[str, float], by_desa: dict[str, float]) -> list[str]:
    """Every kabupaten that the point may belong to, the likeliest first."""
    drawn = next(iter(outlines), "")
    settled = next(iter(by_desa), "")
    first = [drawn, settled] if drawn else [settled]
    if drawn and by_desa.get(drawn, math.inf) >= CLEARLY * by_desa.get(settled, math.inf):
        first.reverse()
    close = [code for code, km in outlines.items() if km <= BORDER_KM]
    limit = RATIO * next(iter(by_desa.values()), 0.0)
    second = [code for code, km in list(by_desa.items())[1:2] if km <= limit]
    return [code for code in dict.fromkeys([*first, *close, *second]) if code][:MOST]


def _on_land(lat: float, lon: float, near: Near) -> Found:
    outlines, by_desa = _outlines_around(lat, lon), _by_kabupaten(near)
    if not outlines and next(iter(by_desa.values()), math.inf) > ISLET_KM:
        return _at_sea(near)
    options = _order(outlines, by_desa)
    others = [km for code, km in outlines.items() if code != options[0]]
    trace = traced(
        "titik",
        border_km=round(min(others), 2) if others else None,
        outline=next(iter(outlines), None),
        outline_km=round(next(iter(outlines.values())), 2) if outlines else None,
        desa_km={code: round(km, 2) for code, km in list(by_desa.items())[:3]},
        candidates=options,
    )
    below = _below(near, options[0])
    if len(options) == 1:
        return routed(options[0], trace, **below)
    return question(options, {**trace, "rule": "titik-dekat-batas"}, **below)


def _at_sea(near: Near) -> Found:
    """Ask for the nearest shore, or refuse where none is within reach."""
    by_desa = _by_kabupaten(near) if len(near.desa) else {}
    nearest = next(iter(by_desa.values()), math.inf)
    if nearest > SEA_KM:
        return refusal("laut-lepas")
    options = [code for code, km in by_desa.items() if km <= RATIO * nearest][:MOST]
    km = {code: round(by_desa[code], 1) for code in options}
    return question(options, traced("laut-dekat", desa_km=km, candidates=options), **_below(near, options[0]))
