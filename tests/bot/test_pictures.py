"""The clean view: hostile pictures made here byte by byte, through the real limited children."""

import asyncio
import io
import os
import signal
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import uvloop
from PIL import ExifTags, Image, PngImagePlugin

import bot.pictures
from bot.pictures import ChildFailed, CleanView, Pictures, Refused, _believe, _Died

CANARY = b"kenari-rahasia"


@pytest.fixture(scope="module")
async def pictures() -> AsyncIterator[Pictures]:
    pool = Pictures(children=1)
    yield pool
    await pool.close()


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


# --- refused ------------------------------------------------------------------------------------------------


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


# --- the children -------------------------------------------------------------------------------------------


def children() -> set[int]:
    """Processes of ours that run the picture child (proc(5))."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            mine = f"\nPPid:\t{os.getpid()}\n" in (folder / "status").read_text()
            if mine and b"picture_child.py" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


@pytest.fixture
async def pool() -> AsyncIterator[tuple[Pictures, int]]:
    """A pool of one child, and that child's process id."""
    before = children()
    fresh = Pictures(children=1)
    await fresh.clean(saved(drawn()))
    (pid,) = children() - before
    yield fresh, pid
    await fresh.close()
    assert children() <= before


async def test_a_child_is_used_again_even_after_a_refusal(pool: tuple[Pictures, int]) -> None:
    fresh, pid = pool
    assert await refusal(fresh, b"x") == "bukan-gambar"
    await fresh.clean(saved(drawn()))
    assert pid in children()


async def test_a_child_has_no_secrets_no_files_and_its_limits(pool: tuple[Pictures, int]) -> None:
    _, pid = pool
    process = Path(f"/proc/{pid}")
    limits = (process / "limits").read_text()
    assert (process / "environ").read_bytes() == b""
    assert {path.name for path in (process / "fd").iterdir()} == {"0", "1", "2"}
    assert f"Max address space         {600 << 20}" in limits
    assert "Max open files            3                    3" in limits
    assert "Max file size             0                    0" in limits
    assert "Max cpu time              unlimited" not in limits


async def test_a_killed_child_is_replaced_and_the_picture_still_made(pool: tuple[Pictures, int]) -> None:
    fresh, pid = pool
    os.kill(pid, signal.SIGKILL)
    assert (await fresh.clean(saved(drawn()))).width == 400
    assert pid not in children()


@pytest.fixture
def altered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str, str], None]:
    """Put a child in place that is the real one but for one change."""

    def alter(old: str, new: str) -> None:
        source = bot.pictures._CHILD.read_text()
        assert old in source
        (tmp_path / "picture_child.py").write_text(source.replace(old, new))
        monkeypatch.setattr("bot.pictures._CHILD", tmp_path / "picture_child.py")

    return alter


async def test_a_picture_that_kills_each_child_is_refused_and_the_next_is_made(
    altered: Callable[[str, str], None],
) -> None:
    altered("    with open_picture", "    if picture == b'murder': os.abort()\n    with open_picture")
    fresh = Pictures(children=1)
    assert await refusal(fresh, b"murder") == "rusak"
    assert (await fresh.clean(saved(drawn()))).width == 400
    await fresh.close()


async def test_a_picture_that_takes_too_long_is_refused(altered: Callable[[str, str], None]) -> None:
    """Of the processor's time; the kernel ends the child, here after one second instead of five."""
    altered("CPU_SECONDS = 5", "CPU_SECONDS = 0")
    altered("    with open_picture", "    while picture == b'endless': pass\n    with open_picture")
    fresh = Pictures(children=1)
    assert await refusal(fresh, b"endless") == "terlalu-berat"
    assert (await fresh.clean(saved(drawn()))).width == 400
    await fresh.close()


@pytest.mark.parametrize(
    "said", ["b'\\xff' * 8", "(2).to_bytes(4, 'big') + bytes(4) + b'{]'", "(1).to_bytes(4, 'big') + bytes(4) + b'7'"]
)
async def test_a_child_that_talks_nonsense_is_not_used_again(altered: Callable[[str, str], None], said: str) -> None:
    altered("        give(len(said)", f"        if picture == b'babble': give({said})\n        give(len(said)")
    fresh = Pictures(children=1)
    assert await refusal(fresh, b"babble") == "rusak"
    assert (await fresh.clean(saved(drawn()))).width == 400
    await fresh.close()


async def test_in_the_child_no_file_can_be_opened(altered: Callable[[str, str], None]) -> None:
    altered(
        "        return clean(picture)",
        "        return open(__file__).read() and ({'refused': 'bergerak'}, b'')",
    )
    fresh = Pictures(children=1)
    assert await refusal(fresh, saved(drawn())) == "rusak"
    await fresh.close()


async def test_when_all_that_wait_are_killed_no_picture_is_lost() -> None:
    before = children()
    fresh = Pictures(children=2)
    await asyncio.gather(*(fresh.clean(saved(drawn())) for _ in range(2)))
    killed = children() - before
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    views = await asyncio.gather(*(fresh.clean(saved(drawn())) for _ in range(4)))
    await fresh.close()
    assert len(killed) == 2
    assert [view.width for view in views] == [400] * 4
    assert children() <= before


async def test_a_child_that_does_not_answer_is_given_up(
    monkeypatch: pytest.MonkeyPatch, pool: tuple[Pictures, int]
) -> None:
    fresh, pid = pool
    monkeypatch.setattr("bot.pictures._PATIENCE", 0.4)
    os.kill(pid, signal.SIGSTOP)
    assert (await fresh.clean(saved(drawn()))).width == 400
    assert pid not in children()


async def test_a_child_that_cannot_start_is_our_trouble_not_the_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.pictures._CHILD", tmp_path / "missing.py")
    with pytest.raises(ChildFailed):
        await Pictures().clean(saved(drawn()))


async def test_a_cancelled_picture_does_not_answer_for_the_next(pool: tuple[Pictures, int]) -> None:
    fresh, _ = pool
    big = saved(drawn(7000, 7000), "PNG")
    for wait in (0, 0.001, 0.01, 0.05):
        task = asyncio.create_task(fresh.clean(big))
        await asyncio.sleep(wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await fresh.clean(saved(drawn(40, 30)))).width == 40


async def test_a_child_is_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch, pool: tuple[Pictures, int]) -> None:
    fresh, pid = pool
    monkeypatch.setattr("bot.pictures._PICTURES_EACH", 2)
    await fresh.clean(saved(drawn()))
    assert pid not in children()


def test_the_same_under_the_servers_own_loop() -> None:
    """Uvicorn runs on uvloop, whose pipes behave a little differently."""

    async def kill_and_cancel() -> int:
        fresh = Pictures(children=1)
        await fresh.clean(saved(drawn()))
        (child,) = fresh._idle
        child._process.kill()
        await child._process.wait()
        await fresh.clean(saved(drawn()))
        task = asyncio.create_task(fresh.clean(saved(drawn(7000, 7000), "PNG")))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        view = await fresh.clean(saved(drawn(40, 30)))
        await fresh.close()
        return view.width

    assert uvloop.run(kill_and_cancel()) == 40


async def test_many_at_once_share_the_children() -> None:
    before = children()
    shared = Pictures(children=2)
    sizes = [(100 + n, 50) for n in range(30)]
    views = await asyncio.gather(*(shared.clean(saved(drawn(*size))) for size in sizes))
    assert [(view.width, view.height) for view in views] == sizes
    assert len(children() - before) == 2
    await shared.close()


async def test_the_largest_pictures_we_take_fit_into_the_memory(pictures: Pictures) -> None:
    view = await pictures.clean(saved(Image.new("L", (8000, 6000), 200), progressive=True))
    assert (view.width, view.height) == (1280, 960)
    cheap = saved(Image.new("RGBA", (7000, 7000), (200, 100, 50, 128)), "PNG", compress_level=1)
    assert (await pictures.clean(cheap)).width == 1280


@pytest.mark.parametrize(
    "said",
    [
        {"refused": "<b>"},
        {"width": 5000, "height": 10},
        {"width": 0, "height": 10},
        {"width": "1", "height": 10},
        {},
        [],
        None,
        "x",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(said: object) -> None:
    with pytest.raises(_Died):
        _believe(said, b"\xff\xd8\xff\xe0")


def test_a_child_must_give_a_jpeg_and_plausible_facts() -> None:
    said = {"width": 10, "height": 10, "gps": [99, 200], "taken": "<script>", "has_exif": 1}
    with pytest.raises(_Died):
        _believe(said, b"<html>")
    _, view = _believe(said, b"\xff\xd8\xff\xe0")
    assert view == CleanView(b"\xff\xd8\xff\xe0", 10, 10, has_exif=True)
