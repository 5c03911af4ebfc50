"""What `place.picture` draws on: a canvas of FINE times the picture's size.

It is made smaller once, at the end, which smooths every line. Positions are pixels of the canvas (x to the right,
y down); widths, radii and heights of letters are pixels of the finished picture.
"""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Point = tuple[float, float]

WIDTH, HEIGHT, FINE = 640, 420, 2
COLOURS = 48  # flat areas and smoothed edges need no more
GAP = 3  # between names, and around them


class Box(NamedTuple):
    """A rectangle on the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Box:
        """So many pixels of the picture larger on each side."""
        far = by * FINE
        return Box(self.left - far, self.top - far, self.right + far, self.bottom + far)

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    @property
    def middle(self) -> Point:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """Square pixels."""
        return (self.right - self.left) * (self.bottom - self.top)


PAPER = Box(0, 0, WIDTH * FINE, HEIGHT * FINE)


class Sheet:
    """The canvas, and which parts of it are taken, so that no name is written there."""

    def __init__(self, ground: str) -> None:
        self.ground = ground
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.taken: list[Box] = []

    def fill(self, shape: Any, colour: str) -> None:
        """Fill a shape; its holes show the ground until something is drawn into them."""
        for outer, *holes in _rings(shape):
            self.draw.polygon(outer, fill=colour)
            for hole in holes:
                self.draw.polygon(hole, fill=self.ground)

    def lay(self, shape: Any, colour: str) -> None:
        """Fill a shape, leaving what was drawn where it has holes."""
        if not shapely.get_num_interior_rings(shapely.get_parts(shape)).any():
            return self.fill(shape, colour)
        mask = Image.new("L", self.image.size)
        draw = ImageDraw.Draw(mask)
        for outer, *holes in _rings(shape):
            draw.polygon(outer, fill=255)
            for hole in holes:
                draw.polygon(hole, fill=0)
        return self.image.paste(colour, mask=mask)

    def outline(self, shape: Any, colour: str, width: float) -> None:
        """Draw the line around a shape and around its holes."""
        for rings in _rings(shape):
            for ring in rings:
                self.draw.line(ring, fill=colour, width=round(width * FINE))

    def disc(self, at: Point, radius: float, colour: str) -> None:
        """Draw a disc."""
        self.draw.ellipse(Box(*at, *at).grown(radius), fill=colour)

    def line(self, start: Point, end: Point, colour: str, width: float) -> None:
        """Draw a straight line."""
        self.draw.line((*start, *end), fill=colour, width=round(width * FINE))

    def label(self, box: Box, text: str, size: int, ink: str, edge: str) -> None:
        """Write on a white ground with round corners."""
        self.draw.rounded_rectangle(box, 8 * FINE, fill="#ffffff", outline=edge, width=FINE)
        self.draw.text(box.middle, text, ink, font(size), anchor="mm")

    def write(self, box: Box, text: str, size: int, ink: str, around: str) -> None:
        """Write straight onto the picture, with a thin edge around each letter."""
        self.draw.text(box.middle, text, ink, font(size), anchor="mm", stroke_width=2 * FINE, stroke_fill=around)

    def take(self, box: Box) -> None:
        """Keep names away from there."""
        self.taken.append(box.grown(GAP))

    def is_free(self, box: Box) -> bool:
        """Whether nothing stands there yet."""
        return not any(box.meets(other) for other in self.taken)

    def png(self) -> bytes:
        """The finished picture: smooth, and with few colours, so that it is small."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        small.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
        return out.getvalue()


def room(middle: Point, size: Point) -> Box:
    """The rectangle of a size (on the canvas) around a middle, moved as far as it must be to lie in the picture."""
    edge = GAP * FINE
    x, y = (
        min(max(at, length / 2 + edge), whole - length / 2 - edge)
        for at, length, whole in zip(middle, size, PAPER[2:], strict=True)
    )
    return Box(x - size[0] / 2, y - size[1] / 2, x + size[0] / 2, y + size[1] / 2)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The letters that come with Pillow, on the canvas."""
    found = ImageFont.load_default(size=size * FINE)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


@cache
def written(text: str, size: int) -> Point:
    """Width and height of a text on the canvas; every text of a size is as high."""
    left, _, right, _ = font(size).getbbox(text, anchor="mm")
    return right - left, float(size * FINE)


def middle_of(shape: Any) -> Point:
    """A point well inside the largest part of a shape."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    return pair(shapely.get_coordinates(shapely.point_on_surface(largest))[0])


def extent_of(shape: Any) -> float:
    """Width or height of a shape, whichever is larger."""
    left, top, right, bottom = shapely.bounds(shape)
    return float(max(right - left, bottom - top))


def pair(xy: NDArray[Any]) -> Point:
    """Two numbers out of an array."""
    return float(xy[0]), float(xy[1])


def _rings(shape: Any) -> Iterable[Sequence[list[float]]]:
    """For each part of a shape its rings as x, y, x, y...: the outer one, then holes; without what a pixel holds."""
    parts = shapely.get_parts(shape)
    left, top, right, bottom = shapely.bounds(parts).T
    for part in parts[np.maximum(right - left, bottom - top) >= FINE]:
        yield [shapely.get_coordinates(ring).ravel().tolist() for ring in (part.exterior, *part.interiors)]
