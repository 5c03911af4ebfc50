"""Pictures as phones take them and as chat apps pass them on: drawn by a seed, then shrunk, encoded anew, cropped."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = [
    "camat",
    "warga",
    "paslon",
    "rapat",
    "balai",
    "desa",
    "besok",
    "jangan",
    "lupa",
    "coblos",
    "nomor",
    "dua",
    "pak",
    "lurah",
    "hadir",
    "semua",
    "ya",
]


def scene(seed: int, size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """A stage, a banner, people before it: no two seeds alike, but all of them of the same kind of scene."""
    chance = random.Random(seed)
    small = (size[0] // 4, size[1] // 4)
    image = Image.new("RGB", small, tuple(chance.randrange(60, 200) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    horizon = chance.randrange(small[1] // 3, small[1] * 2 // 3)
    draw.rectangle((0, horizon, *small), tuple(chance.randrange(30, 160) for _ in range(3)))
    for _ in range(chance.randrange(3, 7)):
        left, top = chance.randrange(small[0]), chance.randrange(small[1])
        box = (left, top, left + chance.randrange(40, 180), top + chance.randrange(20, 120))
        draw.rectangle(box, tuple(chance.randrange(256) for _ in range(3)))
    for _ in range(chance.randrange(4, 14)):
        left, top, wide = chance.randrange(small[0]), chance.randrange(horizon // 2, small[1]), chance.randrange(14, 50)
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((left, top, left + wide, top + wide), colour)
        draw.rectangle((left - wide // 3, top + wide, left + wide * 4 // 3, top + wide * 3), colour)
    return image.filter(ImageFilter.GaussianBlur(1.5)).resize(size, Image.Resampling.BICUBIC)


def screenshot(seed: int, size: tuple[int, int] = (720, 1480)) -> Image.Image:
    """A chat on a phone: the same frame each time, other bubbles of other words. The hard ones to tell apart."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, (236, 229, 221))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0], 110), (7, 94, 84))
    top = 140
    while top < size[1] - 200:
        wide, high = chance.randrange(260, 600), chance.randrange(70, 240)
        mine = chance.random() < 0.4
        left = size[0] - wide - 20 if mine else 20
        draw.rounded_rectangle((left, top, left + wide, top + high), 16, (220, 248, 198) if mine else (255, 255, 255))
        for line in range(top + 16, top + high - 20, 30):
            words = " ".join(chance.choices(WORDS, k=wide // 80))
            draw.text((left + 16, line), words, (30, 30, 30), font_size=22)
        top += high + 18
    draw.rectangle((0, size[1] - 90, size[0], size[1]), (240, 240, 240))
    return image


def encoded(image: Image.Image, quality: int = 90, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    image.save(out, kind, quality=quality)
    return out.getvalue()


def shrunk(image: Image.Image, longer: int) -> Image.Image:
    scale = longer / max(image.size)
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)


def cropped(image: Image.Image, part: float) -> Image.Image:
    """Without this part of each side."""
    wide, high = round(image.width * part), round(image.height * part)
    return image.crop((wide, high, image.width - wide, image.height - high))


CHANGES: dict[str, Callable[[Image.Image], bytes]] = {
    "WhatsApp": lambda image: encoded(shrunk(image, 1280), 60),
    "twice": lambda image: encoded(Image.open(io.BytesIO(encoded(shrunk(image, 1280), 50))), 60),
    "small": lambda image: encoded(shrunk(image, 480), 70),
    "PNG": lambda image: encoded(shrunk(image, 1000), kind="PNG"),
    "WebP": lambda image: encoded(image, 40, "WEBP"),
    "brighter": lambda image: encoded(ImageEnhance.Brightness(image).enhance(1.15), 80),
    "grey": lambda image: encoded(image.convert("L"), 80),
    "cropped 1 %": lambda image: encoded(cropped(image, 0.01), 80),
    "cropped 2 %": lambda image: encoded(cropped(image, 0.02), 80),
    "cropped 4 %": lambda image: encoded(cropped(image, 0.04), 80),
}


def flat() -> Image.Image:
    """A lens that was covered."""
    return Image.new("RGB", (800, 600), (12, 12, 14))
