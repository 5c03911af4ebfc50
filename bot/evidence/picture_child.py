"""The child that alone touches hostile picture bytes: no secrets, no files, little memory, little time.

Run by bot/evidence/pictures.py as a script. In: length (4 bytes, big-endian), picture. Out: one byte when ready; then
for each picture two lengths (4 bytes each), facts as JSON, clean JPEG. It ends when its input ends.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import resource
import sys
import warnings
from datetime import datetime
from operator import mul
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDE = 1280  # pixels of the longer side of a clean view
QUALITY = 82
PIXELS = 50_000_000
MEMORY = 600 << 20  # bytes of address space
CPU_SECONDS = 5  # for one picture
CPU_SECONDS_EVER = 900  # of one child; the parent replaces it long before
FORMATS = ("JPEG", "PNG", "WEBP")
READY = b"\x06"

Facts = dict[str, Any]


class Unfit(Exception):  # noqa: N818 - the name says what it is
    """No clean view can be made; the argument is a code of bot/evidence/pictures.py."""


def main() -> None:
    """Serve pictures until the input ends."""
    warm_up()
    shut_in()
    give(READY)
    while picture := take():
        limit_cpu()
        facts, jpeg = answer(picture)
        said = json.dumps(facts).encode()
        give(len(said).to_bytes(4, "big") + len(jpeg).to_bytes(4, "big") + said + jpeg)


def take() -> bytes:
    """Read the next picture, or nothing at the end."""
    length = int.from_bytes(sys.stdin.buffer.read(4), "big")
    return sys.stdin.buffer.read(length)


def give(answered: bytes) -> None:
    """Write to the parent."""
    sys.stdout.buffer.write(answered)
    sys.stdout.buffer.flush()


def answer(picture: bytes) -> tuple[Facts, bytes]:
    """Give facts and the clean JPEG, or a code and nothing."""
    try:
        return clean(picture)
    except Unfit as unfit:
        return {"refused": str(unfit)}, b""
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": "terlalu-besar"}, b""
    except Exception:  # noqa: BLE001 - hostile bytes raise whatever they like
        return {"refused": "rusak"}, b""


def clean(picture: bytes) -> tuple[Facts, bytes]:
    """Decode, turn upright, shrink, and encode anew with nothing but the pixels."""
    with open_picture(picture) as image:
        fitted = fitted_size(image)
        image.draft("RGB", fitted)  # a JPEG is decoded at a half, a quarter or an eighth
        image.load()
        facts = exif_facts(image)
        view = upright(flat(shrunk(image, fitted)))
    facts["phash"] = " ".join(filter(None, (fingerprint(view), fingerprint(inner(view)))))
    view.info.clear()  # save() would write the JPEG comment and the colour profile again
    out = io.BytesIO()
    view.save(out, "JPEG", quality=QUALITY)
    return {"width": view.width, "height": view.height, **facts}, out.getvalue()


def open_picture(picture: bytes) -> Image.Image:
    """Read the header and judge by it, before any pixel is decoded."""
    try:
        image = Image.open(io.BytesIO(picture), formats=FORMATS)
    except UnidentifiedImageError:
        raise Unfit("bukan-gambar") from None
    if image.width * image.height > PIXELS:
        raise Unfit("terlalu-besar")
    # Phones write MPO: a JPEG with a second picture (depth, preview) behind it; the first is the photo.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Unfit("bergerak")
    return image


def fitted_size(image: Image.Image) -> tuple[int, int]:
    """Width and height within SIDE, never larger than the picture is."""
    scale = min(1.0, SIDE / max(image.size))
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Shrink in the modes that can be averaged; a palette becomes colours first."""
    if image.mode in {"P", "PA"}:
        image = image.convert("RGBA")
    if image.mode in {"1", "LA", "La"} or image.mode.startswith("I;16"):
        image = image.convert({"1": "L", "LA": "RGBA", "La": "RGBA"}.get(image.mode, "I"))
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def flat(image: Image.Image) -> Image.Image:
    """RGB on white paper: what was see-through must not show what lies under it."""
    if image.mode == "I":  # 16 bits of grey
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    paper.info.update(image.info)  # upright() looks here
    return paper


def upright(image: Image.Image) -> Image.Image:
    """Turn as the EXIF orientation says; where it cannot be read, leave the picture as it is."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - a broken EXIF block is no reason to lose a photo
        return image


# --- how it looks ---------------------------------------------------------------------------------------------

GREY = 32  # pixels a side
RIM = 0.04  # of each side
FLAT = 3.0  # a picture whose lows differ less than this from their mean shows nothing to be told by
COSINES = [[math.cos((2 * at + 1) * wave * math.pi / (2 * GREY)) for at in range(GREY)] for wave in range(9)]
# The 64 slowest waves of both directions, without the mean: what stays when a picture is shrunk or encoded anew.
WAVES = sorted(((down, across) for down in range(9) for across in range(9)), key=lambda it: (max(it), sum(it)))[1:65]


def inner(view: Image.Image) -> Image.Image:
    """The picture without a rim: what a crop of it looks like, whoever made it."""
    wide, high = round(view.width * RIM), round(view.height * RIM)
    return view.crop((wide, high, view.width - wide, view.height - high))


def fingerprint(view: Image.Image) -> str:
    """64 bits (16 hex digits) that pictures of the same photo nearly share (DCT, Zauner 2010); "" for a flat one."""
    grey = view.convert("L").resize((GREY, GREY), Image.Resampling.BOX).tobytes()
    rows = [[sum(map(mul, grey[at : at + GREY], wave)) for wave in COSINES] for at in range(0, GREY * GREY, GREY)]
    columns = list(zip(*rows, strict=True))
    lows = [sum(map(mul, columns[across], COSINES[down])) / GREY for down, across in WAVES]
    if sum(map(abs, lows)) / len(lows) < FLAT:
        return ""
    middle = sorted(lows)[len(lows) // 2]
    return f"{sum((low > middle) << at for at, low in enumerate(lows)):016x}"


# --- facts from the EXIF block ------------------------------------------------------------------------------


def exif_facts(image: Image.Image) -> Facts:
    """Tell whether there is EXIF, its position [lat, lon] and when the picture was taken (ISO 8601)."""
    facts: Facts = {"has_exif": False, "gps": None, "taken": None}
    try:
        exif = image.getexif()
        facts["has_exif"] = bool(exif)
        facts["taken"] = taken(exif.get_ifd(ExifTags.IFD.Exif))
        facts["gps"] = position(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - as above
        return facts
    return facts


def position(gps: Mapping[int, Any]) -> list[float] | None:
    """Degrees WGS 84, north and east positive; None where a part is missing or impossible."""
    try:
        lat = degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] == "S")
        lon = degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef] == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    # Cameras without a fix write zeros; NaN compares false with everything.
    known = abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon)  # noqa: PLR2004 - the globe's own limits
    return [lat, lon] if known else None


def degrees(parts: tuple[Any, Any, Any], negative: bool) -> float:
    """Make one number of degrees, minutes and seconds."""
    whole, minutes, seconds = (abs(float(part)) for part in parts)  # the sign is the reference's
    value = round(whole + minutes / 60 + seconds / 3600, 7)
    return -value if negative else value


_WHEN = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)")
_OFFSET = re.compile(r"[+-]\d\d:\d\d")


def taken(exif: Mapping[int, Any]) -> str | None:
    """When it was taken: local to the camera, with its offset where it wrote one (Exif 2.31)."""
    when = _WHEN.match(str(exif.get(ExifTags.Base.DateTimeOriginal, "")))
    if not when:
        return None
    offset = _OFFSET.match(str(exif.get(ExifTags.Base.OffsetTimeOriginal, "")))
    text = "{}-{}-{}T{}".format(*when.groups()) + (offset[0] if offset else "")
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        return None


# --- the walls ----------------------------------------------------------------------------------------------


def warm_up() -> None:
    """Make Pillow import all it imports late: once shut in, no file can be opened any more."""
    warnings.simplefilter("ignore")  # of odd metadata; it would look for source lines to print
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    for kind in (*FORMATS, "MPO"):
        out = io.BytesIO()
        more: Facts = {"save_all": True, "append_images": [Image.new("RGB", (8, 8))]} if kind == "MPO" else {}
        Image.new("RGB", (16, 16)).save(out, kind, exif=exif.tobytes(), **more)
        answer(out.getvalue())
        answer(out.getvalue()[:-20])


def shut_in() -> None:
    """Give up the right to memory, files, sockets and new programs."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))  # the three it has
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_EVER, CPU_SECONDS_EVER))


def limit_cpu() -> None:
    """Allow this picture its seconds; the kernel ends the child that takes more (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (min(until, CPU_SECONDS_EVER), CPU_SECONDS_EVER))


if __name__ == "__main__":
    main()
