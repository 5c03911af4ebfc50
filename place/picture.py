"""A picture of where a report goes: outlines of kabupaten/kota, their names, and a pin; drawn offline from the map."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from place import atlas
from place.areas import name_of
from place.sheet import FINE, PAPER, Box, Sheet, extent_of, middle_of, pair, room, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from place.sheet import Point

PAD = 0.15  # of the outlines' extent, left free on each side
NEAR = 0.75  # degrees around the outlines in which a point is shown; islets without an outline lie so far out
LEAST = 0.02  # degrees; about 2 km are shown at least
SEAM = 0.012  # degrees; outlines of neighbours lie so far apart in the source, and no water is between them
COARSE = 0.01  # degrees; corners of less are left out where a pixel is larger
SPECK, DOT = 7.0, 2.5  # radius of the disc for an outline, and for an island of one, too small to be seen

FILL, LIGHT, EDGE = "#0b5563", "#9cc7d0", "#073b45"  # the page's brand; what else it may be; the line around both
LAND, GREY, AROUND = "#fbfcfc", "#b4c1c6", "#e3ebee"
INK, SOFT, WHITE, PIN = "#17262c", "#51626a", "#ffffff", "#c8321f"
THICK, THIN, HAIR = 2.0, 1.2, 0.5  # lines, in pixels of the picture; the last is for wide views
PIN_RADIUS, PIN_EDGE = 10.0, 4.0
NAME, BESIDE, CREDIT = 25, 19, 14  # sizes of letters; a phone shows the picture at about half its size
MARGIN = 8  # around a name on a white ground
HIDDEN = 1.5  # an outline at least so many times larger than its name may lie under it
LANDED = 60  # a place on foreign land is as good as one so many places farther
CROWDED = 4.0  # a neighbour's name may be so many times larger than what is seen of the neighbour
ON_OWN, ON_FILL = 0.5, 0.12  # of a neighbour's name: least on its own land, most on what is filled
ATTRIBUTION = "Batas: geoBoundaries/BPS, CC BY"
SHORT = {"Kabupaten Administrasi ": "Kab. ", "Kota Administrasi ": "Kota ", "Kabupaten ": "Kab. "}
# Where room for a name is looked for, in widths and heights of it: the nearest first.
STEPS = sorted(
    ((x / 4, y / 2) for x in range(-6, 7) for y in range(-9, 10)), key=lambda step: math.hypot(4 * step[0], step[1])
)
FEW_STEPS = [(x, y) for x, y in STEPS if abs(x) <= 1 / 2 and abs(y) <= 2]  # noqa: PLR2004  (on its own land)


class View(NamedTuple):
    """The part of the earth that is seen: its north-west corner and the canvas' pixels a degree."""

    west: float
    north: float
    across: float
    down: float

    def on_canvas(self, degrees: NDArray[Any]) -> NDArray[Any]:
        """Turn lon, lat (n, 2) into x, y (n, 2)."""
        placed: NDArray[Any] = (degrees - (self.west, self.north)) * (self.across, -self.down)
        return placed

    def frame(self) -> Any:
        """The rectangle that is seen, in degrees."""
        return shapely.box(
            self.west, self.north - PAPER.bottom / self.down, self.west + PAPER.right / self.across, self.north
        )


class Seen(NamedTuple):
    """Outlines in view as indices of the atlas and as shapes on the canvas; the largest first."""

    numbers: list[int]
    shapes: NDArray[Any]

    def of(self, number: int) -> Any:
        """The shape of one."""
        return self.shapes[self.numbers.index(number)]


def picture(codes: Sequence[str], lat: float | None = None, lon: float | None = None) -> bytes:
    """Draw the kabupaten/kota codes[0] (and what else it may be, all numbered then) and a point, as a PNG.

    codes: one at least. lat, lon: degrees; a point nowhere near the outlines is left out. KeyError for a code that
    is no kabupaten's.
    """
    index = {code: number for number, code in enumerate(atlas.load().kab_code)}
    chosen = [index[code] for code in dict.fromkeys(codes)]
    extent = _extent(chosen)
    point = None if lat is None or lon is None or not _near(extent, lat, lon) else (lon, lat)
    view = _view(extent, point)
    seen, sheet = _seen(view), Sheet(AROUND)
    pin = pair(view.on_canvas(np.array([point]))[0]) if point else None
    _draw_land(sheet, seen, chosen, SEAM * view.down / FINE)
    _draw_credit(sheet)
    if pin:
        sheet.take(Box(*pin, *pin).grown(PIN_RADIUS + PIN_EDGE))
    _name_chosen(sheet, seen, chosen)
    _name_others(sheet, seen, chosen)
    if pin:
        _draw_pin(sheet, pin)
    return sheet.png()


def short_name(code: str) -> str:
    """Name of a kabupaten/kota as it stands in a picture: "Kab. Klaten", "Kota Surakarta", "Kab. Kep. Seribu"."""
    name = name_of(code)
    title = next((title for title in SHORT if name.startswith(title)), "")
    return (SHORT.get(title, "") + name.removeprefix(title)).replace("Kepulauan ", "Kep. ")


# --- what is seen ---------------------------------------------------------------------------------------------


def _extent(chosen: list[int]) -> NDArray[Any]:
    """West, south, east and north of these outlines, in degrees."""
    shapes, _ = atlas.load().outlines
    extent: NDArray[Any] = shapely.total_bounds(shapes[chosen])
    return extent


def _near(extent: NDArray[Any], lat: float, lon: float) -> bool:
    """Whether a point may be shown without making the outlines tiny; what is not a number is not near."""
    west, south, east, north = extent
    return bool(west - NEAR <= lon <= east + NEAR and south - NEAR <= lat <= north + NEAR)


def _view(extent: NDArray[Any], point: Point | None) -> View:
    """What must be seen, with room around it, in the picture's proportions; a km is as long in each direction."""
    west, south, east, north = extent.tolist()
    if point:
        west, east = min(west, point[0]), max(east, point[0])
        south, north = min(south, point[1]), max(north, point[1])
    lon, lat = (west + east) / 2, (south + north) / 2
    squeeze = math.cos(math.radians(lat))
    wide, high = (max(length * (1 + 2 * PAD), LEAST) for length in ((east - west) * squeeze, north - south))
    down = min(PAPER.right / wide, PAPER.bottom / high)
    across = down * squeeze
    return View(lon - PAPER.right / 2 / across, lat + PAPER.bottom / 2 / down, across, down)


@cache
def _coarse(earth: atlas.Atlas) -> NDArray[Any]:
    """Every outline with few corners, for wide views."""
    shapes, _ = earth.outlines
    coarse: NDArray[Any] = shapely.simplify(shapes, COARSE)
    return coarse


def _seen(view: View) -> Seen:
    """Every outline in view, put on the canvas with no more corners than can be seen there."""
    earth = atlas.load()
    shapes, tree = earth.outlines
    numbers = tree.query(view.frame())
    wide = view.down * COARSE < FINE
    placed = shapely.transform((_coarse(earth) if wide else shapes)[numbers], view.on_canvas)
    placed = placed if wide else shapely.simplify(placed, FINE / 3)
    order = np.argsort(-shapely.area(placed), kind="stable")
    return Seen(numbers[order].tolist(), placed[order])


# --- what is drawn --------------------------------------------------------------------------------------------


def _draw_land(sheet: Sheet, seen: Seen, chosen: list[int], seam: float) -> None:
    """Draw the neighbours, a kota after the kabupaten around it, then the chosen over all."""
    others = [shape for number, shape in zip(seen.numbers, seen.shapes, strict=True) if number not in chosen]
    for shape in others if seam > THICK else ():
        sheet.outline(shape, LAND, seam)
    for shape in seen.shapes:
        sheet.fill(shape, LAND)
    for shape in others:
        sheet.outline(shape, GREY, THIN if seam > THICK else HAIR)
    for number in reversed(chosen):
        shape, colour = seen.of(number), FILL if number == chosen[0] else LIGHT
        sheet.lay(shape, colour)
        sheet.outline(shape, EDGE, THICK)
        _draw_specks(sheet, shape, colour)


def _draw_specks(sheet: Sheet, shape: Any, colour: str) -> None:
    """Make visible what is too small: a disc for the whole outline, or a dot for each of its islands."""
    if extent_of(shape) < 2 * SPECK * FINE:
        middle = middle_of(shape)
        sheet.disc(middle, SPECK + THICK, EDGE)
        sheet.disc(middle, SPECK, colour)
        sheet.take(Box(*middle, *middle).grown(SPECK))
        return
    for part in shapely.get_parts(shape):
        if extent_of(part) < 2 * DOT * FINE:
            sheet.disc(middle_of(part), DOT, colour)


def _draw_pin(sheet: Sheet, at: Point) -> None:
    """Mark the point: red, a white edge, and a thin dark one that shows on white."""
    sheet.disc(at, PIN_RADIUS + PIN_EDGE + THIN, EDGE)
    sheet.disc(at, PIN_RADIUS + PIN_EDGE, WHITE)
    sheet.disc(at, PIN_RADIUS, PIN)


def _draw_credit(sheet: Sheet) -> None:
    """Say in the lower right corner whose the outlines are."""
    box = room(PAPER[2:], written(ATTRIBUTION, CREDIT))
    sheet.write(box, ATTRIBUTION, CREDIT, SOFT, AROUND)
    sheet.take(box)


def _name_chosen(sheet: Sheet, seen: Seen, chosen: list[int]) -> None:
    """Name every chosen one, and number them where there are several."""
    codes = atlas.load().kab_code
    for place, number in enumerate(chosen, 1):
        shape, name = seen.of(number), short_name(codes[number])
        text = f"{place}. {name}" if len(chosen) > 1 else name
        box = _room_for_chosen(sheet, text, shape, seen.shapes)
        if len(chosen) > 1 and not shapely.intersects(shapely.box(*box), shape):
            sheet.line(middle_of(shape), box.middle, EDGE, THIN)
        sheet.label(box, text, NAME, INK, EDGE)
        sheet.take(box)


def _room_for_chosen(sheet: Sheet, text: str, shape: Any, others: NDArray[Any]) -> Box:
    """The free place nearest to an outline's middle; beside it, where the name would hide the outline."""
    wide, high = written(text, NAME)
    size = wide + 2 * MARGIN * FINE, high + MARGIN * FINE
    boxes = _boxes(middle_of(shape), size, STEPS)
    free = [box for box in boxes if sheet.is_free(box)] or boxes
    if shape.area > HIDDEN * size[0] * size[1]:
        return free[0]
    return free[_beside(free, shape, others)]


def _beside(boxes: Sequence[Box], shape: Any, others: NDArray[Any]) -> int:
    """Which box stands best beside an outline: never on it, rather on the sea than on somebody else's land."""
    tree = shapely.STRtree(shapely.box(*np.array(boxes).T))
    cost = np.arange(len(boxes))
    cost[np.unique(tree.query(others, predicate="intersects")[1])] += LANDED
    cost[tree.query(shape, predicate="intersects")] += len(STEPS)
    return int(cost.argmin())


def _boxes(middle: Point, size: Point, steps: Sequence[Point]) -> list[Box]:
    """Rectangles for a name, the nearest to where it belongs first."""
    return [room((middle[0] + x * size[0], middle[1] + y * size[1]), size) for x, y in steps]


def _name_others(sheet: Sheet, seen: Seen, chosen: list[int]) -> None:
    """Name the neighbours as far as there is room: those beside the chosen first, then the largest."""
    filled = np.array([seen.of(number) for number in chosen])
    visible = shapely.clip_by_rect(seen.shapes, *PAPER)
    beside = shapely.distance(shapely.union_all(shapely.envelope(filled)), visible) <= FINE
    codes = atlas.load().kab_code
    for i in np.argsort(~beside, kind="stable").tolist():
        if seen.numbers[i] not in chosen:
            _name_other(sheet, short_name(codes[seen.numbers[i]]), visible[i], filled)


def _name_other(sheet: Sheet, text: str, visible: Any, filled: NDArray[Any]) -> None:
    """Write a grey name where most of it lies on the neighbour's own land; not at all where there is no such room."""
    size = written(text, BESIDE)
    if visible.area * CROWDED < size[0] * size[1]:
        return
    found = []
    for box in filter(sheet.is_free, _boxes(middle_of(visible), size, FEW_STEPS)):
        foreign = shapely.area(shapely.clip_by_rect(filled, *box)).sum() / box.area
        own = shapely.clip_by_rect(visible, *box).area / min(box.area, visible.area)
        if foreign <= ON_FILL and own >= ON_OWN:
            found.append((round(foreign, 1), box))
    if found:
        _, best = min(found, key=lambda one: one[0])
        sheet.write(best, text, BESIDE, SOFT, LAND)
        sheet.take(best)
