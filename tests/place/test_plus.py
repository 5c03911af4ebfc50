"""Plus codes, alone and beside a place."""

from __future__ import annotations

import pytest

from place import plus
from place.find import find_in_story, find_point, find_text, typed_point


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [  # as Google's own library decodes them
        ("8FVC2222+22", 47.0000625, 8.0000625),
        ("4VCPPQGP+Q9", -41.2730625, 174.7859375),
        ("7FG49QCJ+2V", 20.3700625, 2.7821875),
        ("7FG49QCJ+2VX", 20.3701125, 2.782234375),
        ("8FVC9G8F+6X", 47.3655625, 8.5249375),
        ("6P4GCR22+22", -7.5999375, 110.8000625),
        ("6p4gcr22+22", -7.5999375, 110.8000625),
    ],
)
def test_a_full_code_is_a_point(code: str, lat: float, lon: float) -> None:
    point = plus.full(f"lokasi {code}, ya")
    assert point == pytest.approx((lat, lon), abs=1e-9)


def test_a_short_code_is_recovered_near_a_point() -> None:
    short = plus.short("9G8F+6X")
    assert short
    assert short.near(47.4, 8.6) == pytest.approx((47.3655625, 8.5249375), abs=1e-9)
    six = plus.short("VC9G8F+6X")
    assert six
    assert six.near(41.0, 3.0) == pytest.approx((47.3655625, 8.5249375), abs=1e-9)


@pytest.mark.parametrize(
    "typed",
    [
        "6P4GCR22+22",
        "tolong, tadi di 6P4GCR22+22 ada camat",
        "https://plus.codes/6P4GCR22+22",
        "https://www.google.com/maps/place/6P4GCR22%2B22",
    ],
)
def test_a_full_code_says_where(typed: str) -> None:
    found = find_text(typed)
    assert (found.code, found.trace["rule"]) == ("33.11", "titik")
    assert find_in_story(typed).code == "33.11"
    assert find_text(typed).point == find_in_story(typed).point == pytest.approx((-7.5999375, 110.8000625))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("CR22+22 Sukoharjo", "33.11"),
        ("8R39+QJ Grogol, Kab. Sukoharjo", "33.11"),
        ("Balai Desa\n8R39+QJ Grogol, Kabupaten Sukoharjo, Jawa Tengah\nhttps://maps.app.goo.gl/Ab12", "33.11"),
        ("https://www.google.com/maps/place/CR22%2B22+Sukoharjo", "33.11"),
        ("CGXF+22 Bogor", "32.01"),  # kabupaten and kota alike: the point says which
        ("8R39+QJ Grogol", "33.11"),  # several kecamatan: only one has such a point
        ("Q6M4+WJ Merauke", "93.01"),  # more than a degree wide
    ],
)
def test_a_short_code_and_a_place_say_where(typed: str, code: str) -> None:
    found = find_text(typed)
    assert (found.code, found.trace["rule"]) == (code, "kode-plus")
    assert found.point
    assert find_point(*found.point).point == found.point


def test_a_short_code_alone_asks_for_the_kabupaten() -> None:
    for typed in ("CR22+22", "ini kodenya CR22+22", "CR22+22 Sukamaju", "CR22+22 asdfgh"):
        found = find_text(typed)
        assert (found.decision, found.options, found.trace["rule"]) == ("ask", (), "kode-plus-pendek"), typed


def test_a_short_code_that_does_not_fit_the_place_is_asked_about() -> None:
    found = find_text("C9XW+7V Sukoharjo")  # at that place in the degree there is no Sukoharjo
    assert found.decision == "ask"
    assert found.trace["rule"] == "kode-plus-jauh"
    assert "33.11" in dict(found.options)


def test_a_short_code_and_a_province_are_a_question() -> None:
    found = find_text("8R39+QJ, Jawa Tengah")
    assert found.decision == "ask"
    assert "33.11" in dict(found.options)
    assert all(code[:2] == "33" for code, _ in found.options)


@pytest.mark.parametrize(
    "typed",
    [
        "PNS+TNI Sukoharjo",
        "PPPK+PNS",
        "WFH+zoom",
        "2345+67",
        "08123456+22",
        "cccc+gg",
        "C9XW + 7V",
        "3C9XW+7V7V7V7V7",
        "a+b",
    ],
)
def test_ordinary_words_and_sums_are_no_codes(typed: str) -> None:
    assert plus.short(typed) is None
    assert plus.full(typed) is None
    assert typed_point(typed) is None
