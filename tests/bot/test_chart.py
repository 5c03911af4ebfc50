"""The picture of figures: nothing is cut off, the two tones are told apart without colours, words alone need no data."""

from __future__ import annotations

import io
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.outgoing.chart import BEFORE, EDGE, GROUND, INK, NOW, SOFT, WIDTH, picture, wrapped

LONG = "Panwaslih Provinsi Kepulauan Bangka Belitung dan kantor di bawahnya"


def chart(bars: list[list[Any]], title: str = LONG, note: str = "") -> dict[str, Any]:
    legend = ["13 September - 10 Oktober 2024", "16 Agustus - 12 September 2024"]
    return {"title": title, "legend": legend, "parts": [["Bentuk dugaan", bars]] if bars else [], "note": note}


def drawn(content: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(picture(content))).convert("L")


def margins_are_free(image: Image.Image) -> bool:
    """Nothing is drawn into the outermost parts: whatever is wider would be cut off there."""
    free = EDGE // 2
    sides = [(0, 0, free, image.height), (WIDTH - free, 0, WIDTH, image.height)]
    sides += [(0, 0, WIDTH, free), (0, image.height - free, WIDTH, image.height)]
    return all(image.crop(side).getextrema()[0] > 245 for side in sides)


labels = st.sampled_from(["TNI", "Hukuman dijatuhkan", "Kategori yang sangat panjang sekali namanya", "X" * 60])


@given(st.lists(st.tuples(labels, st.integers(0, 9_999_999), st.integers(0, 9_999_999)), max_size=6), st.booleans())
@settings(max_examples=25, deadline=None)
def test_nothing_is_cut_off(rows: list[tuple[str, int, int]], fives: bool) -> None:
    def said(number: int) -> str:
        return f"{number:,}-{number + 4:,}" if fives else f"{number:,}"

    bars = [[label, now, before, said(now), said(before)] for label, now, before in rows]
    image = drawn(chart(bars, note="Yang tidak tampil masing-masing kurang dari 5. " * 3))
    assert image.width == WIDTH
    assert margins_are_free(image)


def test_a_longer_bar_is_a_larger_number() -> None:
    image = Image.open(io.BytesIO(picture(chart([["A", 10, 5, "10", "5"], ["B", 5, 10, "5", "10"]])))).convert("RGB")

    def longest(colour: str) -> list[int]:
        wanted, found = ImageColor.getrgb(colour), []
        for y in range(150, image.height):
            row = [x for x in range(250, WIDTH) if _near(image.getpixel((x, y)), wanted)]
            found.append(len(row))
        return found

    now, before = longest(NOW), longest(BEFORE)
    assert max(now) > 200
    assert abs(max(now) - max(before)) < 6
    assert 0 < sum(count > 0.9 * max(before) for count in before) < sum(count > 0.9 * max(now) for count in now)


def _near(one: Any, other: Any) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


def test_the_tones_are_told_apart_without_colours() -> None:
    assert contrast(NOW, GROUND) >= 3 <= contrast(BEFORE, GROUND)
    assert contrast(NOW, BEFORE) >= 2
    assert contrast(INK, GROUND) >= 7
    assert contrast(SOFT, GROUND) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: contrast ratio."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def light(colour: str) -> float:
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words_without_figures_are_a_picture_too() -> None:
    image = drawn(chart([], note="Tidak ada yang dihitung pada hari-hari itu."))
    assert margins_are_free(image)
    assert image.height < 400


@given(st.text(max_size=80), st.integers(10, 200))
def test_no_word_is_lost_where_lines_break(text: str, room: int) -> None:
    assert "".join("".join(wrapped(text, 20, room)).split()) == "".join(text.split())
