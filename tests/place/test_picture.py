"""The picture of where a report goes, decoded and looked at."""

from __future__ import annotations

import io
import math
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from PIL import Image

from place import atlas, picture
from place.areas import all_kabupaten, name_of
from place.sheet import FINE, HEIGHT, PAPER, WIDTH, Box, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 40_000
CROWD = ["34.71", "34.01", "34.02", "34.03", "34.04", "33.72", "33.11", "33.10", "33.13", "33.12"]
EVERYWHERE = ["11.71", "31.71", "51.71", "91.71", "93.01"]


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert len(png) <= MOST_BYTES
    return image.convert("RGB")


def like(pixel: tuple[int, ...], colour: str) -> bool:
    """Whether a pixel is a colour, but for what smoothing and few colours did to it."""
    wanted = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return all(abs(have - want) <= 16 for have, want in zip(pixel, wanted, strict=True))


def viewed(codes: list[str], point: tuple[float, float] | None = None) -> picture.View:
    chosen = [atlas.load().kab_code.index(code) for code in codes]
    return picture._view(picture._extent(chosen), point[::-1] if point else None)


def pixel(image: Image.Image, view: picture.View, lat: float, lon: float) -> tuple[int, ...]:
    x, y = view.on_canvas(np.array([[lon, lat]]))[0] / FINE
    found = image.getpixel((int(x), int(y)))
    assert isinstance(found, tuple)
    return found


def sampled(view: picture.View) -> Iterator[tuple[float, float]]:
    """Points of the picture, as lat and lon."""
    for x in range(10, WIDTH, 20):
        for y in range(10, HEIGHT, 20):
            yield view.north - y * FINE / view.down, view.west + x * FINE / view.across


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, Box]:
    """Where each name was written."""
    boxes: dict[str, Box] = {}
    for way in ("label", "write"):
        real = getattr(Sheet, way)

        def spy(self: Sheet, box: Box, text: str, *rest: object, real=real) -> None:
            boxes[text] = box
            real(self, box, text, *rest)

        monkeypatch.setattr(Sheet, way, spy)
    return boxes


@pytest.mark.parametrize(
    ("code", "lat", "lon"), [("33.11", -7.6, 110.8), ("93.01", -8.49, 140.4), ("31.01", -5.74, 106.61)]
)
def test_the_pin_is_where_the_point_is(code: str, lat: float, lon: float) -> None:
    image, view = opened(picture.picture([code], lat, lon)), viewed([code], (lat, lon))
    assert like(pixel(image, view, lat, lon), picture.PIN)
    edge = (picture.PIN_RADIUS + picture.PIN_EDGE / 2) * FINE
    assert like(pixel(image, view, lat + edge / view.down, lon), picture.WHITE)
    assert like(pixel(image, view, lat, lon - edge / view.across), picture.WHITE)


def test_a_point_just_outside_is_still_seen() -> None:
    for lat, lon in ((6.4, 95.3), (5.9, 95.6), (5.5, 95.0)):
        image, view = opened(picture.picture(["11.72"], lat, lon)), viewed(["11.72"], (lat, lon))
        assert like(pixel(image, view, lat, lon), picture.PIN)
        assert like(pixel(image, view, 5.82, 95.31), picture.FILL)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        (0.0, 110.8),
        (-7.6, 112.0),
        (52.0, 4.9),
        (-7.6, -110.8),
        (110.8, -7.6),
        (math.nan, 110.8),
        (-7.6, math.inf),
        (1e308, -1e308),
    ],
)
def test_a_point_far_away_changes_nothing(lat: float, lon: float) -> None:
    assert picture.picture(["33.11"], lat, lon) == picture.picture(["33.11"])


@pytest.mark.parametrize("code", ["33.11", "32.01", "65.02", "93.01", "31.71"])
def test_inside_is_filled_and_outside_is_not(code: str) -> None:
    image, view = opened(picture.picture([code])), viewed([code])
    shape = atlas.load().outlines[0][atlas.load().kab_code.index(code)]
    inner, outer = shape.buffer(-4 * FINE / view.down), shape.buffer(4 * FINE / view.down)
    inside, outside = [], []
    for lat, lon in sampled(view):
        filled = like(pixel(image, view, lat, lon), picture.FILL)
        if inner.covers(shapely.Point(lon, lat)):
            inside.append(filled)
        elif not outer.covers(shapely.Point(lon, lat)):
            outside.append(filled)
    assert sum(inside) >= 0.75 * len(inside)  # the rest is under a name
    assert len(outside) > 50
    assert not any(outside)


def test_it_fills_the_picture_and_keeps_proportions() -> None:
    for code in ("33.11", "93.01", "11.72"):
        view = viewed([code])
        west, south, east, north = atlas.load().outlines[0][atlas.load().kab_code.index(code)].bounds
        wide, high = (east - west) * view.across / PAPER.right, (north - south) * view.down / PAPER.bottom
        assert max(wide, high) == pytest.approx(1 / 1.3, abs=0.01)
        assert view.across / view.down == pytest.approx(math.cos(math.radians((south + north) / 2)), abs=1e-6)


def test_options_are_numbered_and_the_second_is_lighter(names: dict[str, Box]) -> None:
    image, view = opened(picture.picture(["32.01", "32.71"])), viewed(["32.01", "32.71"])
    assert {"1. Kab. Bogor", "2. Kota Bogor", "Kab. Cianjur", picture.ATTRIBUTION} <= names.keys()
    assert like(pixel(image, view, -6.63, 106.81), picture.LIGHT)
    assert like(pixel(image, view, -6.60, 106.60), picture.FILL)


def test_a_kota_inside_the_kabupaten_is_left_out_of_it() -> None:
    image, view = opened(picture.picture(["33.08"])), viewed(["33.08"])
    assert like(pixel(image, view, -7.49, 110.22), picture.LAND)  # Kota Magelang


@pytest.mark.parametrize("codes", [["33.11"], ["31.71"], ["32.01", "32.71"], CROWD, EVERYWHERE], ids=len)
def test_names_overlap_neither_each_other_nor_the_edge(codes: list[str], names: dict[str, Box]) -> None:
    opened(picture.picture(codes))
    asked = {text for text in names if text[:1].isdigit()}
    assert len(asked) == (len(codes) if len(codes) > 1 else 0)
    boxes = list(names.values())
    for index, box in enumerate(boxes):
        assert 0 <= box.left < box.right <= PAPER.right
        assert 0 <= box.top < box.bottom <= PAPER.bottom
        assert not any(box.meets(other) for other in boxes[:index])


def test_no_name_lies_on_the_pin(names: dict[str, Box]) -> None:
    for lat in (-7.60, -7.65, -7.68, -7.70):
        picture.picture(["33.11"], lat, 110.83)
        x, y = viewed(["33.11"], (lat, 110.83)).on_canvas(np.array([[110.83, lat]]))[0]
        assert not any(box.meets(Box(x, y, x, y).grown(picture.PIN_RADIUS)) for box in names.values())


def test_every_kabupaten_draws(names: dict[str, Box]) -> None:
    for area in all_kabupaten()[::7]:
        names.clear()
        image = opened(picture.picture([area.code]))
        assert picture.short_name(area.code) in names
        colours = image.getcolors(WIDTH * HEIGHT) or []
        assert any(like(colour, picture.FILL) for count, colour in colours if count > 20 and isinstance(colour, tuple))


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("33.10", "Kab. Klaten"),
        ("33.72", "Kota Surakarta"),
        ("31.01", "Kab. Kep. Seribu"),
        ("31.71", "Kota Jakarta Pusat"),
        ("13.09", "Kab. Kep. Mentawai"),
        ("82.72", "Kota Tidore Kepulauan"),
    ],
)
def test_names_are_short(code: str, short: str) -> None:
    assert picture.short_name(code) == short, name_of(code)


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        picture.picture(["33.99"])


@pytest.mark.slow
def test_finding_a_place_does_without_the_picture() -> None:
    code = "import sys; from place.find import *; find_point(-7.6, 110.8); find_text('Solo'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "place.points" in loaded
    assert not {"place.picture", "place.sheet", "PIL"} & set(loaded)
