"""Files as people send them: a photo from a phone with its time and place, and others that are none."""

from __future__ import annotations

import io
import math
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from playwright.async_api import FilePayload

GPS, EXIF, TAKEN = 0x8825, 0x8769, 0x9003  # TIFF tags: GPS IFD, Exif IFD, DateTimeOriginal (Exif 2.32)
MARK = "MARKAS-KAMERA-77"  # what the camera writes about its owner: no officer may get it


@cache
def jpeg(width: int = 1600, height: int = 1200, seed: int = 0, *, whole: bool = True) -> bytes:
    """A street with a banner, as a camera in Sukoharjo writes it."""
    image = Image.new("RGB", (width, height), (176, 205, 224))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.62, width, height), fill=(96, 104, 92))
    for number in range(9):
        left = (number * 211 + seed * 97) % width
        top = height * (0.3 + 0.1 * math.sin(number + seed))
        draw.rectangle(
            (left, top, left + width * 0.12, height * 0.66), fill=(150 + number * 8, 120, 90 + seed * 9 % 120)
        )
    draw.rectangle(
        (width * 0.2, height * 0.42, width * 0.8, height * 0.6), fill=(250, 244, 220), outline=(120, 20, 20), width=9
    )
    draw.text((width * 0.24, height * 0.47), "HADIRI DEKLARASI", fill=(120, 20, 20), font_size=height // 14)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, **({"exif": _exif()} if whole else {}))
    return out.getvalue()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Kamera", MARK  # Make, Artist
    exif.get_ifd(EXIF)[TAKEN] = "2024:10:09 16:20:00"
    place = exif.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "S", (7.0, 41.0, 2.0), "E", (110.0, 50.0, 12.0)
    return exif


def photo(name: str = "foto.jpg", seed: int = 0, *, whole: bool = True) -> FilePayload:
    """`whole`: as the camera wrote it, with time and place."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(seed=seed, whole=whole)}


def file(name: str, content: bytes, mime: str = "application/octet-stream") -> FilePayload:
    return {"name": name, "mimeType": mime, "buffer": content}
