"""A person at the page: types, taps, sends files, shares where they stand, and reads what came."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.async_api import FilePayload, Locator, Page

PATIENCE = 30  # seconds until something that never settles fails its test
QUIET = 90  # ms without a change in the log, after which what was said is taken to be answered whole
NAME = "Nama Anda, seperti dikenal rekan sekantor"

# Everything of ours is confirmed by the stream, and then nothing changes for a while. The answers to a message are
# committed with it, so they stand in the stream right behind its echo.
_SETTLED = """async quiet => {
  const log = document.getElementById("percakapan");
  const waits = () =>
    document.querySelector('#percakapan [data-pending]:not([data-state=refused]), #percakapan [aria-busy="true"]');
  for (let still = waits() ? -15 : 0; still < quiet || waits(); still += 15) {
    const before = log.innerHTML;
    await new Promise((resolve) => setTimeout(resolve, 15));
    if (before !== log.innerHTML) still = -15;
  }
}"""

_READ = """fresh => {
  const seen = window.__read ??= new WeakMap();
  const texts = (node, selector) => [...node.querySelectorAll(selector)].map((one) => one.textContent);
  const found = [...document.querySelectorAll("#percakapan .msg")].map((node) => ({ node, bubble: {
    who: node.classList.contains("me") ? "me" : "bot",
    text: node.querySelector(".text")?.textContent ?? "",
    buttons: texts(node, ".choices > *"),
    pictures: node.querySelectorAll(".thumb img, .map img").length,
    files: texts(node, ".files li"),
    card: node.classList.contains("card"),
  } }));
  const news = found.filter(({ node, bubble }) => seen.get(node) !== JSON.stringify(bubble));
  for (const { node, bubble } of found) seen.set(node, JSON.stringify(bubble));
  return (fresh ? news : found).map(({ bubble }) => bubble);
}"""


@dataclass(frozen=True)
class Bubble:
    """One message as it stands on the screen."""

    who: str
    text: str
    buttons: list[str]
    pictures: int
    files: list[str]
    card: bool


class PageDriver:
    """Drives one page by what a person sees: roles, names and labels."""

    def __init__(self, page: Page, quiet: int = QUIET) -> None:
        self.page, self.quiet = page, quiet
        self.log = page.get_by_role("log", name="Percakapan")
        self.box = page.get_by_role("textbox", name="Pesan", exact=True)

    # --- coming in ---

    async def open(self, url: str) -> PageDriver:
        """Open the page; on the first visit the greeting comes."""
        await self.page.goto(url)
        await expect(self.log.locator(".msg").first).to_be_visible()
        return await self.settled()

    async def enter(self, link: str, name: str) -> PageDriver:
        """Spend an officer's invitation by pressing Masuk."""
        await self.page.goto(link)
        await self.page.get_by_label(NAME).fill(name)
        await self.page.get_by_role("button", name="Masuk", exact=True).click()
        await expect(self.log.locator(".msg").first).to_be_visible()
        return await self.settled()

    # --- saying ---

    async def type(self, text: str) -> PageDriver:
        """Write into the box and press Kirim."""
        await self.box.fill(text)
        await self.page.get_by_role("button", name="Kirim", exact=True).click()
        return await self.settled()

    def choice(self, label: str, *, within: str = "") -> Locator:
        """The newest button of that name; `within` is a text that its message holds."""
        where = self.log.locator(".msg", has_text=within) if within else self.log
        return where.get_by_role("button", name=re.compile(rf"^{re.escape(label)}$")).last

    async def tap(self, label: str, *, within: str = "") -> PageDriver:
        """Press the newest button of that name."""
        await self.choice(label, within=within).click()
        return await self.settled()

    async def send_files(self, files: Sequence[FilePayload | Path]) -> PageDriver:
        """Attach files, all at once; large ones by their path."""
        chosen: Any = list(files)
        await self.page.get_by_label("Lampirkan berkas").set_input_files(chosen)
        await expect(self.page.get_by_role("progressbar")).to_have_count(0, timeout=30_000)
        return await self.settled()

    async def share_location(self) -> PageDriver:
        """Press the button; what the browser then gives was set with the visit."""
        await self.page.get_by_role("button", name="Bagikan lokasi").click()
        return await self.settled()

    # --- reading ---

    async def settled(self) -> PageDriver:
        """What was said is confirmed, and answered."""
        await asyncio.wait_for(self.page.evaluate(_SETTLED, self.quiet), PATIENCE)
        return self

    async def bubbles(self, *, fresh: bool = False) -> list[Bubble]:
        """All messages in their order; with `fresh` those that came or changed since they were last read."""
        found: list[dict[str, Any]] = await self.page.evaluate(_READ, fresh)
        return [Bubble(**one) for one in found]

    async def heard(self) -> list[Bubble]:
        """The bot's messages that came or changed since they were last read."""
        return [one for one in await self.bubbles(fresh=True) if one.who == "bot"]

    async def sees(self, *texts: str) -> PageDriver:
        """These words come, in whatever message."""
        for text in texts:
            await expect(self.log.locator(".msg.bot .text", has_text=text).last).to_be_visible()
        return self

    async def last(self) -> Bubble:
        """The newest message of the bot."""
        return [one for one in await self.bubbles() if one.who == "bot"][-1]
