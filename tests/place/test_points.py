"""From a point to its kabupaten."""

from __future__ import annotations

import math

import pytest

from place.areas import all_kabupaten
from place.find import find_point
from tests.place.settlements import settlements


def test_a_village_of_each_of_the_514_comes_to_its_own_kabupaten() -> None:
    routed, asked = set(), 0
    for place in settlements():
        found = find_point(place.lat, place.lon)
        if found.decision == "route":
            assert found.code == place.code, place
            assert found.kecamatan_code.startswith(place.code)
            routed.add(found.code)
        else:
            assert found.decision == "ask"
            assert place.code in [code for code, _ in found.options], place
            asked += 1
    assert asked <= 26  # 5 %
    assert routed <= {area.code for area in all_kabupaten()}


def test_a_point_well_inside_is_routed_and_says_why() -> None:
    found = find_point(-7.6, 110.8)
    assert (found.decision, found.code, found.name) == ("route", "33.11", "Kabupaten Sukoharjo")
    assert (found.kecamatan, found.kecamatan_code, found.zone) == ("Grogol", "33.11.09", "Asia/Jakarta")
    assert found.trace["rule"] == "titik"
    assert found.trace["border_km"] > 1
    assert found.trace["candidates"] == ["33.11"]


def test_a_point_on_a_border_is_asked_about_with_both_sides() -> None:
    found = find_point(-6.2, 106.8)
    assert found.decision == "ask"
    assert {code for code, _ in found.options} == {"31.71", "31.73"}
    assert found.trace["rule"] == "titik-dekat-batas"
    assert found.trace["border_km"] < 0.3


@pytest.mark.parametrize(
    ("point", "options"),
    [
        ((-7.49, 110.9007), ["33.14", "33.13"]),  # outline and desa agree, but the border is 160 m away
        ((-7.6376, 109.3567), ["33.02", "33.01"]),
        ((-7.2985, 109.1271), ["33.02", "33.29"]),  # 1.5 km inside, but another kabupaten's desa is about as near
        ((-7.2105, 109.3527), ["33.03", "33.27"]),
    ],
)
def test_where_maps_may_differ_it_asks_the_likelier_first(point: tuple[float, float], options: list[str]) -> None:
    found = find_point(*point)
    assert found.decision == "ask"
    assert [code for code, _ in found.options] == options


def test_at_sea_within_reach_the_shore_is_asked_about() -> None:
    found = find_point(-6.3, 111.0)  # some 15 km off Pati
    assert found.decision == "ask"
    assert found.trace["rule"] == "laut-dekat"
    assert found.options[0][0] in {"33.18", "33.20"}


def test_just_offshore_belongs_to_the_shore() -> None:
    assert find_point(-6.85, 112.2).decision == "route"  # off Tuban
    assert find_point(-8.73, 115.16).code == "51.03"  # Kuta, in the water


@pytest.mark.parametrize("point", [(-5.0, 110.8), (-9.5, 112.0), (1.2, 127.0), (-12.0, 100.0), (5.0, 120.0)])
def test_open_sea_is_nobodys(point: tuple[float, float]) -> None:
    found = find_point(*point)
    assert found.decision == "reject"
    assert found.code == ""


@pytest.mark.parametrize(
    "point",
    [
        (3.14, 101.69),  # Kuala Lumpur
        (1.29, 103.85),  # Singapore
        (-8.56, 125.57),  # Dili
        (1.55, 110.35),  # Kuching
        (-9.44, 147.18),  # Port Moresby
        (-12.46, 130.84),  # Darwin
        (7.07, 125.61),  # Davao
        (52.37, 4.9),  # Amsterdam
    ],
)
def test_abroad_is_refused(point: tuple[float, float]) -> None:
    found = find_point(*point)
    assert found.decision == "reject"
    assert found.trace["rule"] == "luar-negeri"


@pytest.mark.parametrize(
    "point", [(0.0, 0.0), (91.0, 200.0), (math.nan, 110.0), (math.inf, 110.0), (-7.6, 181.0), (999.0, 999.0)]
)
def test_nonsense_is_refused(point: tuple[float, float]) -> None:
    assert find_point(*point).decision == "reject"


def test_latitude_and_longitude_exchanged_are_asked_about() -> None:
    found = find_point(110.8, -7.6)
    assert found.decision == "ask"
    assert [code for code, _ in found.options] == ["33.11"]
    assert found.trace["rule"] == "koordinat-tertukar"


def test_zone_comes_with_the_place() -> None:
    assert find_point(-8.65, 115.22).zone == "Asia/Makassar"
    assert find_point(-2.59, 140.67).zone == "Asia/Jayapura"
    assert find_point(-0.03, 109.34).zone == "Asia/Pontianak"
