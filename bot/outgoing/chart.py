"""Draws figures as bars for a phone: two tones, two thicknesses, the number at each bar's end.

The tones differ in lightness, and each is at least 3 : 1 against the ground (WCAG 2.2, 1.4.11), so they are told
apart by whoever does not see colours. Lengths are pixels of the finished picture.
"""

from __future__ import annotations

import io
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH, FINE = 720, 2  # a phone shows about half of it; drawn larger, made smaller once, which smooths every edge
EDGE, GAP = 32, 14  # around everything; between parts of a line
WIDE = WIDTH - 2 * EDGE
TITLE, HEAD, LABEL, NUMBER, SMALL = 34, 27, 25, 25, 21  # sizes of letters
LEADING = 1.25  # a line's height in letters
NAMES = 256  # the labels' column
THICK, THIN, BETWEEN = 20, 9, 4  # the two bars of a line
LINE, PART = 48, 26  # a line at least; before each heading
GROUND, INK, SOFT, RULE = "#ffffff", "#17262c", "#51626a", "#d5dee2"
NOW, BEFORE = "#0b5563", "#7a98a2"  # 8.3 : 1 and 3.0 : 1 on the ground
COLOURS = 32

Chart = dict[str, Any]  # what bot/inside/render.py made of handlers.office_effects.Chart
Line = tuple[str, int, int, str, str]


def picture(chart: Chart) -> bytes:
    """A PNG of WIDTH pixels, as high as it must be."""
    page = _Page(chart)
    page.lay_out(draw=False)
    page.sheet = Image.new("RGB", (WIDTH * FINE, round(page.at + EDGE) * FINE), GROUND)
    page.lay_out(draw=True)
    small = page.sheet.resize((WIDTH, page.sheet.height // FINE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


class _Page:
    """One pass measures how high it becomes, the next draws the same."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.sheet = Image.new("RGB", (1, 1), GROUND)
        self.at = 0.0
        self.drawing = False
        self.most, self.room = 1, 0.0  # of the part in hand: its largest number, and how long that one's bar is

    def lay_out(self, *, draw: bool) -> None:
        """From top to bottom."""
        self.at, self.drawing = EDGE, draw
        self.draw = ImageDraw.Draw(self.sheet)
        self.write(self.chart["title"], TITLE, INK, bold=True)
        self.legend()
        for head, bars in self.chart["parts"]:
            self.part(head, bars)
        if self.chart["note"]:
            self.at += PART
            self.write(self.chart["note"], SMALL, SOFT)

    def write(
        self, text: str, size: int, ink: str, left: float = EDGE, *, room: float = WIDE, bold: bool = False
    ) -> int:
        """A text in as many lines as it needs, from here downward; gives how many."""
        lines = wrapped(text, size, room)
        for line in lines:
            self.put(left, self.at + size * LEADING / 2, line, size, ink, bold=bold)
            self.at += size * LEADING
        return len(lines)

    def put(self, left: float, middle: float, text: str, size: int, ink: str, *, bold: bool = False) -> None:
        """One line, its middle at this height."""
        if self.drawing:
            where = (left * FINE, middle * FINE)
            stroke = FINE / 2 if bold else 0
            self.draw.text(where, text, ink, _font(size), anchor="lm", stroke_width=stroke, stroke_fill=ink)

    def bar(self, top: float, long: float, high: float, colour: str) -> None:
        """From the labels' column to the right; what is not nothing can be seen."""
        if self.drawing and long:
            left = EDGE + NAMES
            box = (left * FINE, top * FINE, (left + max(long, 3)) * FINE, (top + high) * FINE)
            self.draw.rounded_rectangle(box, min(high, max(long, 3)) * FINE / 4, fill=colour)

    def legend(self) -> None:
        """Which days each tone is of, each on a line of its own."""
        self.at += GAP / 2
        for text, colour, high in zip(self.chart["legend"], (NOW, BEFORE), (THICK, THIN), strict=True):
            if text:
                middle = self.at + SMALL * LEADING / 2
                if self.drawing:
                    box = (EDGE, middle - high / 2, EDGE + 30, middle + high / 2)
                    self.draw.rounded_rectangle([side * FINE for side in box], high * FINE / 4, fill=colour)
                self.write(text, SMALL, SOFT, EDGE + 30 + GAP, room=WIDE - 30 - GAP)

    def part(self, head: str, bars: Sequence[Line]) -> None:
        """A heading under a thin line, then its bars."""
        self.at += PART
        if self.drawing:
            height = (self.at - PART / 2) * FINE
            self.draw.line((EDGE * FINE, height, (WIDTH - EDGE) * FINE, height), fill=RULE, width=FINE)
        self.write(head, HEAD, INK, bold=True)
        self.at += GAP / 2
        self.most = max(1, *(number for bar in bars for number in bar[1:3]))
        self.room = WIDE - NAMES - GAP - max(_wide(said, NUMBER) for bar in bars for said in bar[3:])
        for one in bars:
            self.line(one)

    def line(self, bar: Line) -> None:
        """The label beside its bars, each number at the end of its bar."""
        label, now, before, said_now, said_before = bar
        top, two = self.at, bool(self.chart["legend"][1])
        lines = self.write(label, LABEL, INK, room=NAMES - GAP)
        high = max(LINE, lines * LABEL * LEADING + GAP)
        middle = top + lines * LABEL * LEADING / 2 if lines > 1 else top + LABEL * LEADING / 2
        first = middle - (THICK + BETWEEN + THIN) / 2 if two else middle - THICK / 2
        ends = [self.length(now), self.length(before)]
        self.bar(first, ends[0], THICK, NOW)
        start = EDGE + NAMES + GAP / 2
        self.put(start + ends[0], first + THICK / 2, said_now, NUMBER, INK, bold=True)
        if two:
            second = first + THICK + BETWEEN
            self.bar(second, ends[1], THIN, BEFORE)
            self.put(start + ends[1], second + THIN / 2 + 2, said_before, SMALL - 2, SOFT)
        self.at = top + high

    def length(self, number: int) -> float:
        """Of a bar; the largest number of a part fills the room."""
        return number / self.most * self.room


def wrapped(text: str, size: int, room: float) -> list[str]:
    """Cut into lines that fit: between words, and within a word that is wider than the room by itself."""
    lines = [""]
    for word in chain.from_iterable(_pieces(word, size, room) for word in text.split()):
        longer = f"{lines[-1]} {word}".strip()
        if _wide(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _pieces(word: str, size: int, room: float) -> Iterator[str]:
    while _wide(word, size) > room and len(word) > 1:
        fits = max(n for n in range(1, len(word)) if n == 1 or _wide(word[:n], size) <= room)
        yield word[:fits]
        word = word[fits:]
    yield word


def _wide(text: str, size: int) -> float:
    return _font(size).getlength(text) / FINE


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The letters that come with Pillow (Aileron, CC0), at the canvas' size."""
    found = ImageFont.load_default(size=size * FINE)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found
