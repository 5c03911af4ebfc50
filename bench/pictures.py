"""How many 12-megapixel photos a second one core takes in: SHA-256, and the clean view in the limited child."""

from __future__ import annotations

import asyncio
import hashlib
import io
import resource
import time

from PIL import Image, ImageChops, ImageFilter

from bot.evidence.pictures import Pictures

COUNT = 60


def photo() -> bytes:
    """Make a JPEG of 4000 x 3000 px, about 3 MB: gradients for the sky, grain for the rest."""
    grain = Image.effect_noise((4000, 3000), 40).filter(ImageFilter.GaussianBlur(0.8))
    sky = Image.linear_gradient("L").resize(grain.size)
    glow = Image.radial_gradient("L").resize(grain.size)
    bands = [ImageChops.add(band, grain, 2) for band in (sky, glow, ImageChops.invert(sky))]
    out = io.BytesIO()
    Image.merge("RGB", bands).save(out, "JPEG", quality=88)
    return out.getvalue()


def run() -> dict[str, float]:
    """Measure with one child; per core = by the processor seconds of both processes, start-up included."""
    return asyncio.run(_run(photo()))


async def _run(jpeg: bytes) -> dict[str, float]:
    pictures = Pictures(children=1)
    before, started = _processor_seconds(), time.perf_counter()
    for _ in range(COUNT):
        hashlib.sha256(jpeg).hexdigest()
        await pictures.clean(jpeg)
    on_the_wall = time.perf_counter() - started
    await pictures.close()  # a child's seconds are counted when it has ended
    return {
        "megabytes": round(len(jpeg) / 1e6, 1),
        "pictures_per_second_per_core": round(COUNT / (_processor_seconds() - before), 1),
        "pictures_per_second_one_child": round(COUNT / on_the_wall, 1),
    }


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    print(run())
