"""Hostile and unfit pictures, through the real limited children."""

import os
import struct
import zlib
from collections.abc import AsyncIterator

import pytest
from PIL import Image

from bot.evidence.pictures import Pictures
from tests.bot.drawings import chunk, drawn, png, refusal, saved, seen


@pytest.fixture(scope="module")
async def pictures() -> AsyncIterator[Pictures]:
    pool = Pictures(children=1)
    yield pool
    await pool.close()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
async def test_moving_pictures(pictures: Pictures, kind: str) -> None:
    moving = saved(drawn(), kind, save_all=True, append_images=[Image.new("RGB", (400, 300))], duration=100)
    assert await refusal(pictures, moving) == "bergerak"


@pytest.mark.parametrize(
    "picture",
    [
        b"",
        b"x",
        b"bukan gambar" * 99,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"%PDF-1.7",
    ],
)
async def test_what_is_no_picture(pictures: Pictures, picture: bytes) -> None:
    assert await refusal(pictures, picture) == "bukan-gambar"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "PDF", "EPS"])
async def test_formats_that_we_do_not_take(pictures: Pictures, kind: str) -> None:
    assert await refusal(pictures, saved(drawn(64, 64), kind)) == "bukan-gambar"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_cut_short(pictures: Pictures, kind: str, share: float) -> None:
    whole = saved(Image.effect_noise((600, 400), 60).convert("RGB"), kind)
    assert await refusal(pictures, whole[: int(len(whole) * share)]) in {"rusak", "bukan-gambar"}


@pytest.mark.parametrize("size", [(50_000, 50_000), (7100, 7100), (65_535, 1000), (2**31 - 1, 2**31 - 1)])
async def test_a_header_that_promises_too_much(pictures: Pictures, size: tuple[int, int]) -> None:
    assert await refusal(pictures, png(*size)) == "terlalu-besar"


async def test_a_jpeg_header_that_promises_too_much(pictures: Pictures) -> None:
    small = saved(drawn())
    at = small.index(b"\xff\xc0") + 5
    assert await refusal(pictures, small[:at] + struct.pack(">HH", 60_000, 60_000) + small[at + 4 :]) == "terlalu-besar"


async def test_a_bomb_of_words(pictures: Pictures) -> None:
    bomb = chunk(b"zTXt", b"k\x00\x00" + zlib.compress(bytes(80 << 20)))
    assert await refusal(pictures, png(10, 10, bomb, pixels=bytes(310))) == "rusak"


async def test_too_many_bytes(pictures: Pictures) -> None:
    assert await refusal(pictures, bytes(65 << 20)) == "terlalu-besar"


async def test_a_giant_colour_profile_goes(pictures: Pictures) -> None:
    original = saved(drawn(), icc_profile=os.urandom(3 << 20))
    view = await pictures.clean(original)
    assert len(original) > 3 << 20
    assert len(view.jpeg) < 20_000


@pytest.mark.parametrize(
    "block",
    [
        b"Exif\x00\x00" + b"\xff" * 60,
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff" + bytes(40),
        b"Exif\x00\x00",
    ],
)
async def test_a_broken_exif_block_is_no_reason_to_lose_a_photo(pictures: Pictures, block: bytes) -> None:
    view = await pictures.clean(saved(drawn(), exif=block))
    assert seen(view, 0.2, 0.5) == "red"


async def test_a_jpeg_that_is_also_a_page_and_an_archive_becomes_only_a_picture(pictures: Pictures) -> None:
    page = b"<html><script>alert(1)</script>"
    view = await pictures.clean(saved(drawn(), comment=page) + b"PK\x03\x04" + page)
    assert b"script" not in view.jpeg
    assert b"PK\x03\x04" not in view.jpeg
