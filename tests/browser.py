"""A real chromium for tests, one per test process; a person's visit is a context of their own."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

# A phone has 360 or 390 CSS px; Jakarta's Monas is where this person stands.
PHONE = {"locale": "id-ID", "timezone_id": "Asia/Jakarta", "is_mobile": True, "has_touch": True}
MONAS = {"latitude": -6.1754, "longitude": 106.8272, "accuracy": 25}

# Chromium speaks to nobody on its own.
QUIET = [
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    path = shutil.which("chromium")
    if not path:
        pytest.skip("chromium is missing: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        await browser.close()


@asynccontextmanager
async def visit(browser: Browser, width: int = 360, **options: Any) -> AsyncIterator[Page]:
    """A page of a person with an empty history and no cookie; errors of its scripts fail the test."""
    context = await browser.new_context(viewport={"width": width, "height": 740}, **{**PHONE, **options})
    context.set_default_timeout(10_000)
    page = await context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    try:
        yield page
    finally:
        await context.close()
    assert not problems, problems
