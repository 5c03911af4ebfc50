"""Pictures for tests, made here byte by byte, and ways to look at what became of them."""

import io
import struct
import zlib

import pytest
from PIL import ExifTags, Image

from bot.evidence.pictures import CleanView, Pictures, Refused

CANARY = b"kenari-rahasia"


def drawn(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue, so that one sees which way it lies."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 1, **gps: object) -> Image.Exif:
    block = Image.Exif()
    block[ExifTags.Base.Orientation] = orientation
    block[ExifTags.Base.Artist] = CANARY.decode()
    block.get_ifd(ExifTags.IFD.Exif).update({0x9003: "2024:09:12 10:30:05", 0x9011: "+07:00"})
    where = {1: "S", 2: (7.0, 43.0, 30.0), 3: "E", 4: (110.0, 36.0, 0.0)} | {int(k[1:]): v for k, v in gps.items()}
    block.get_ifd(ExifTags.IFD.GPSInfo).update(where)
    return block


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its pixels (ITU-T T.81, annex B)."""
    markers, at = [], 2
    while jpeg[at + 1] != 0xDA:
        markers.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return markers


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *more: bytes, pixels: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


async def refusal(pictures: Pictures, picture: bytes) -> str:
    with pytest.raises(Refused) as caught:
        await pictures.clean(picture)
    return caught.value.code


def seen(view: CleanView, x: float, y: float) -> str:
    red, green, blue = Image.open(io.BytesIO(view.jpeg)).getpixel((int(view.width * x), int(view.height * y)))
    return {(1, 0, 0): "red", (0, 0, 1): "blue", (1, 1, 1): "white", (0, 0, 0): "black"}.get(
        (red > 128, green > 128, blue > 128), "?"
    )
