"""The house of a .chat file behind real pages: each person has a browser of their own, and sees only their screen."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from bot.talk.house import Heard
from bot.talk.rehearsal import EngineHouse
from bot.ticker import Ticker
from handlers.events import LocationShared, MediaReceived, OptionChosen, TextReceived
from place.areas import all_kabupaten
from storage import outbox
from storage.conversations import by_keys, key_of
from tests.browser import PHONE
from tests.e2e.page_driver import Bubble, PageDriver
from tests.e2e.photos import photo

if TYPE_CHECKING:
    from playwright.async_api import Browser
    from sqlalchemy import Connection

    from bot.talk.house import Person, Place
    from handlers.events import Event
    from tests.serving import House

# What the stream brings is kept beside what the page makes of it, so that the two can be compared.
TAP_THE_STREAM = """
window.rows = [];
window.emptied = 0;
const Real = window.EventSource;
window.EventSource = class extends Real {
  constructor(url) {
    super(url);
    this.addEventListener("message", (event) => window.rows.push(JSON.parse(event.data)));
    this.addEventListener("hapus", () => {
      window.rows = [];
      window.emptied += 1;
    });
  }
};
"""


@dataclass
class Screen:
    """One person's page, the rows it got, and the number of the last one that was looked at."""

    driver: PageDriver
    person: Person
    base: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    looked: int = 0

    @property
    def bubbles(self) -> list[list[dict[str, Any]]]:
        """The messages that must stand there: each with all rows that it showed, the last one now."""
        shown: list[list[dict[str, Any]]] = []
        cards: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows:
            if row["card"] in cards and not row["anew"]:
                cards[row["card"]].append(row)
                continue
            shown.append([row])
            if row["card"]:
                cards[row["card"]] = shown[-1]
        return shown

    def retired(self, bubble: list[dict[str, Any]]) -> bool:
        """A card that was shown anew further down."""
        card = bubble[0]["card"]
        return bool(card) and any(one[0]["card"] == card for one in self.bubbles[self.bubbles.index(bubble) + 1 :])


class PageHouse(EngineHouse):
    """The serving's own engine and clock; people reach it through chromium only."""

    def __init__(self, one: House, url: str, browser: Browser) -> None:
        super().__init__(one.serving.database, one.serving.keys, "web")
        self.one, self.url, self.browser = one, url, browser
        self.engine, self.means, self.clock = one.serving.engine, one.serving.means, one.clock  # type: ignore[assignment]
        one.serving.ticker.close()  # time passes in wait() only
        self.ticker = Ticker(self.database, self.clock, self.engine.submit)
        self.screens: dict[str, Screen] = {}
        self._names = (f"berkas-{number}.jpg" for number in itertools.count(1))

    async def close(self) -> None:
        for screen in self.screens.values():
            await screen.driver.page.context.close()

    # --- coming in ---

    async def _page(self, person: Person, base: str) -> Screen:
        options: dict[str, Any] = {**PHONE, "permissions": ["geolocation"]}
        context = await self.browser.new_context(viewport={"width": 360, "height": 740}, **options)
        context.set_default_timeout(15_000)
        await context.add_init_script(TAP_THE_STREAM)
        self.screens[person.screen] = Screen(PageDriver(await context.new_page(), 0), person, base)
        return self.screens[person.screen]

    async def officer(self, name: str, office: str, role: str) -> None:
        from bot.talk.house import Person  # noqa: PLC0415

        code = await self.invitation(office, role, timedelta(days=1))
        screen = await self._page(Person(name), "/petugas/chat")
        await screen.driver.enter(f"{self.url}/petugas?kode={code}", name)
        await self.look()

    async def _screen(self, person: Person) -> Screen:
        if person.screen not in self.screens:
            screen = await self._page(person, "/chat")
            await screen.driver.page.goto(self.url)
            await expect(screen.driver.box).to_be_visible()
        return self.screens[person.screen]

    # --- doing ---

    async def tell(self, person: Person, event: Event, place: Place) -> None:
        del place
        screen = await self._screen(person)
        driver = screen.driver
        match event:
            case TextReceived():
                await driver.type(event.text)
            case OptionChosen():
                await self._tap(screen, event.data)
            case LocationShared():
                at: Any = {"latitude": event.lat, "longitude": event.lon, "accuracy": 10}
                await driver.page.context.set_geolocation(at)
                shared = driver.log.get_by_text("Lokasi dibagikan")
                before = await shared.count()
                await driver.page.get_by_role("button", name="Bagikan lokasi").click()
                await expect(shared).to_have_count(before + 1)
            case MediaReceived():
                assert not event.caption, "the page sends words by themselves"
                await driver.send_files([photo(next(self._names), whole=bool(event.media.name))])
            case _:
                raise AssertionError(event)
        await driver.settled()
        await self.look()

    async def _tap(self, screen: Screen, data: str) -> None:
        """The newest button that carries this, as it stands on the screen."""
        for place, bubble in reversed(list(enumerate(screen.bubbles))):
            for number, button in enumerate(bubble[-1]["buttons"]):
                if button.get("data") == data:
                    await screen.driver.log.locator(".msg").nth(place).locator(".choices > *").nth(number).click()
                    return
        raise AssertionError(data)

    # --- seeing ---

    async def look(self) -> None:
        """What came on each screen: all that is committed, nothing else, and shown as it was said."""
        for screen in self.screens.values():
            await self._read(screen)
            for row in screen.rows:
                if row["who"] == "bot" and row["seq"] > screen.looked:
                    buttons = [[one["label"], one.get("data", ""), one.get("url", "")] for one in row["buttons"]]
                    body = {name: row[name] for name in ("text", "album", "anew")} | {"buttons": buttons}
                    drawn = {"spot": spot(row["map"]["alt"])} if row["map"] else {}
                    drawn |= {"chart": {"title": row["chart"]["alt"].removeprefix("Grafik: ")}} if row["chart"] else {}
                    made = {"paper": {"name": row["paper"]["name"]}} if row["paper"] else {}
                    self.heard.append(Heard(screen.person.screen, body | drawn | made, row["card"]))
            screen.looked = max((screen.looked, *(row["seq"] for row in screen.rows)))

    async def _read(self, screen: Screen) -> None:
        page = screen.driver.page
        kept = await self._kept(screen)
        await page.wait_for_function("last => (window.rows.at(-1)?.seq ?? 0) === last", arg=max((0, *kept)))
        screen.rows = await page.evaluate("window.rows")
        assert [row["seq"] for row in screen.rows] == kept
        await expect(screen.driver.log.locator(".msg")).to_have_count(len(screen.bubbles))
        assert await screen.driver.bubbles() == [self._expected(screen, one) for one in screen.bubbles]

    def _expected(self, screen: Screen, bubble: list[dict[str, Any]]) -> Bubble:
        row, retired = bubble[-1], screen.retired(bubble)
        return Bubble(
            who=row["who"],
            text=row["text"],
            buttons=[] if retired else [one["label"] for one in row["buttons"]],
            pictures=len(row["album"]) + bool(row["map"]) + bool(row["chart"]),
            files=[
                *([f"Dokumen {row['paper']['name']}"] if row["paper"] else []),
                *(f"Foto {one['name']}" for one in row["files"]),
            ],
            card=bool(row["card"]) and not retired,
        )

    async def _kept(self, screen: Screen) -> list[int]:
        """The numbers of the committed messages of this person's conversation; some may have been erased."""
        cookies = {one["name"]: one["value"] for one in await screen.driver.page.context.cookies()}
        channel, name = ("kantor", "jn_petugas") if "petugas" in screen.base else ("web", "jn_warga")
        keys = self.one.serving.keys

        def look(conn: Connection) -> list[int]:
            [chat] = by_keys(conn, keys, [key_of(keys, channel, cookies[name])]).values()
            return [message.seq for message in outbox.stream(conn, keys, chat.id, 0)]

        return await self.database.read(look)


def spot(alt: str) -> list[Any]:
    """What a map's words for those who do not see it say, as the outbox has it."""
    codes = {area.name: area.code for area in all_kabupaten()}
    names = alt.removeprefix("Peta ").removesuffix(", dengan titiknya")
    return [[codes[name] for name in names.split(", ")], [0, 0] if names != alt.removeprefix("Peta ") else None]
