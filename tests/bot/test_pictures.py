"""The clean view: upright, small, nothing but pixels, with the facts that its EXIF told."""

import io
import struct
from collections.abc import AsyncIterator

import pytest
from PIL import ExifTags, Image, PngImagePlugin

from bot.evidence.pictures import Pictures
from tests.bot.drawings import CANARY, drawn, exif, saved, seen, segments


@pytest.fixture(scope="module")
async def pictures() -> AsyncIterator[Pictures]:
    pool = Pictures(children=1)
    yield pool
    await pool.close()


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((4000, 3000), (1280, 960)),
        ((3000, 4000), (960, 1280)),
        ((1280, 1280), (1280, 1280)),
        ((400, 300), (400, 300)),
        ((9000, 3), (1280, 1)),
        ((1, 1), (1, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_a_view_fits_and_is_never_enlarged(
    pictures: Pictures, kind: str, size: tuple[int, int], fitted: tuple[int, int]
) -> None:
    view = await pictures.clean(saved(drawn(*size), kind))
    assert (view.width, view.height) == fitted == Image.open(io.BytesIO(view.jpeg)).size


async def test_nothing_but_pixels_is_left(pictures: Pictures) -> None:
    """Bytes, not a library, decide: no EXIF, XMP, ICC, IPTC or comment segment, and no canary anywhere."""
    original = saved(
        drawn(),
        comment=CANARY,
        exif=exif(),
        icc_profile=CANARY * 10,
        xmp=b"<x:xmpmeta>" + CANARY,
        dpi=(300, 300),
    )
    assert {0xE1, 0xE2, 0xFE} <= set(segments(original))
    view = await pictures.clean(original + b"PK\x03\x04" + CANARY)
    assert original.count(CANARY) > 5
    assert CANARY not in view.jpeg
    assert set(segments(view.jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4}  # JFIF, tables, frame
    assert view.jpeg.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
async def test_nothing_but_pixels_is_left_of_other_formats(pictures: Pictures, kind: str) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    options = {"exif": exif(), "icc_profile": CANARY * 10} | ({"pnginfo": words} if kind == "PNG" else {})
    original = saved(drawn(), kind, **options)
    view = await pictures.clean(original)
    assert CANARY in original
    assert CANARY not in view.jpeg
    assert set(segments(view.jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert view.has_exif
    assert view.gps == pytest.approx((-7.725, 110.6))


async def test_facts_are_read_from_exif(pictures: Pictures) -> None:
    view = await pictures.clean(saved(drawn(), exif=exif()))
    assert view.has_exif
    assert view.gps == pytest.approx((-7.725, 110.6))
    assert view.taken == "2024-09-12T10:30:05+07:00"


async def test_without_exif_there_are_no_facts(pictures: Pictures) -> None:
    view = await pictures.clean(saved(drawn()))
    assert (view.has_exif, view.gps, view.taken) == (False, None, None)


@pytest.mark.parametrize(
    "gps",
    [
        {"t2": (0.0, 0.0, 0.0), "t4": (0.0, 0.0, 0.0)},  # a camera without a fix
        {"t2": (91.0, 0.0, 0.0)},
        {"t4": (181.0, 0.0, 0.0)},
        {"t2": (7.0, 30.0)},
    ],
)
async def test_an_impossible_position_is_none(pictures: Pictures, gps: dict[str, object]) -> None:
    view = await pictures.clean(saved(drawn(), exif=exif(**gps)))
    assert view.gps is None
    assert view.taken


async def test_a_position_divided_by_zero_is_none(pictures: Pictures) -> None:
    usual = saved(drawn(), exif=exif())
    for order in "<>":
        usual = usual.replace(struct.pack(f"{order}LLLL", 7, 1, 43, 1), struct.pack(f"{order}LLLL", 0, 0, 43, 1))
    view = await pictures.clean(usual)
    assert (view.gps, view.has_exif) == (None, True)


@pytest.mark.parametrize("when", ["0000:00:00 00:00:00", "2024:13:40 25:61:61", "kemarin", ""])
async def test_an_impossible_time_is_none(pictures: Pictures, when: str) -> None:
    block = exif()
    block.get_ifd(ExifTags.IFD.Exif)[0x9003] = when
    assert (await pictures.clean(saved(drawn(), exif=block))).taken is None


@pytest.mark.parametrize(
    ("orientation", "red"),
    [
        (1, (0.2, 0.5)),
        (2, (0.8, 0.5)),
        (3, (0.8, 0.5)),
        (4, (0.2, 0.5)),
        (5, (0.5, 0.2)),
        (6, (0.5, 0.2)),
        (7, (0.5, 0.8)),
        (8, (0.5, 0.8)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_it_stands_upright(pictures: Pictures, kind: str, orientation: int, red: tuple[float, float]) -> None:
    view = await pictures.clean(saved(drawn(), kind, exif=exif(orientation)))
    assert (view.width, view.height) == ((400, 300) if orientation < 5 else (300, 400))
    assert seen(view, *red) == "red"
    assert seen(view, 1 - red[0], 1 - red[1]) == "blue"


@pytest.mark.parametrize("mode", ["L", "CMYK", "YCbCr"])
async def test_other_kinds_of_jpeg(pictures: Pictures, mode: str) -> None:
    view = await pictures.clean(saved(drawn(2600, 1950, mode)))
    assert Image.open(io.BytesIO(view.jpeg)).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(400, 300), (2600, 1950)])
async def test_other_kinds_of_png(pictures: Pictures, mode: str, size: tuple[int, int]) -> None:
    image = Image.new("I;16", size, 60_000) if mode == "I;16" else drawn(*size, mode)
    view = await pictures.clean(saved(image, "PNG"))
    shown = Image.open(io.BytesIO(view.jpeg))
    assert shown.mode == "RGB"
    if mode == "I;16":
        assert seen(view, 0.5, 0.5) == "white"
    elif mode in {"P", "RGBA"}:
        assert seen(view, 0.2, 0.5) == "red"


async def test_see_through_pixels_are_white_and_hide_nothing(pictures: Pictures) -> None:
    image = drawn(mode="RGBA")
    image.putalpha(0)
    view = await pictures.clean(saved(image, "PNG"))
    assert seen(view, 0.2, 0.5) == seen(view, 0.8, 0.5) == "white"


async def test_a_phones_double_picture_is_a_photo(pictures: Pictures) -> None:
    """MPO: a JPEG with a preview or depth map behind it; two frames, yet nothing moves."""
    mpo = saved(drawn(2000, 1500), "MPO", save_all=True, append_images=[Image.new("RGB", (2000, 1500), "white")])
    assert Image.open(io.BytesIO(mpo)).n_frames == 2
    view = await pictures.clean(mpo)
    assert seen(view, 0.2, 0.5) == "red"


async def test_the_largest_pictures_we_take_fit_into_the_memory(pictures: Pictures) -> None:
    view = await pictures.clean(saved(Image.new("L", (8000, 6000), 200), progressive=True))
    assert (view.width, view.height) == (1280, 960)
    cheap = saved(Image.new("RGBA", (7000, 7000), (200, 100, 50, 128)), "PNG", compress_level=1)
    assert (await pictures.clean(cheap)).width == 1280
