"""The README's pictures can be taken anew from the real page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.e2e.pictures import readme
from tests.e2e.web_house import web_house

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

pytestmark = pytest.mark.slow


async def test_the_readmes_pictures(chromium: Browser, tmp_path: Path) -> None:
    async with web_house(tmp_path / "data") as (one, url):
        await readme(chromium, one, url, tmp_path)
    taken = {path.stem: Image.open(path) for path in tmp_path.glob("*.png")}
    assert set(taken) == {"mulai", "warga", "ringkasan", "petugas"}
    assert all(len(picture.convert("RGB").resize((64, 64)).getcolors(4096) or ()) > 8 for picture in taken.values())
