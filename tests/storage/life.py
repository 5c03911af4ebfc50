"""A whole life for the canaries: a report on the page, one on Telegram, an officer's work, wishes, a file by link."""

from __future__ import annotations

import asyncio
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from PIL import Image

from bot.web import application
from handlers.events import TextReceived
from tests.bot.drawings import drawn, exif, saved
from tests.storage.canaries import LAT, LON, WORDS, codes

if TYPE_CHECKING:
    from tests.serving import House, Seen
    from tests.standins.people import Person
    from tests.standins.telegram import StandIn

QUESTIONS = {  # words of the question -> the answer
    "Ceritakan apa yang": WORDS["story"],
    "Apa yang terjadi?": "Ajakan",
    "Siapa yang melakukannya": WORDS["terlapor"],
    "Setahu Anda": "ASN",
    "Kapan kejadiannya": "kemarin",
    "Kapan Anda mengetahuinya": "kemarin",
    "orang lain yang melihatnya": WORDS["witness"],
    "Bagaimana Anda ingin dikenal": "Bersedia dihubungi",
    "Nama lengkap": WORDS["name"],
    "Nomor HP": WORDS["phone"],
    "Alamat Anda": WORDS["address"],
    "tanggal lahir": WORDS["birth"],
    "Jenis kelamin": "Perempuan",
    "Pekerjaan": WORDS["job"],
    "Kewarganegaraan": "WNI",
    "e-mail": WORDS["email"],
    "Alamat terlapor": WORDS["terlapor_alamat"],
}


def photo() -> bytes:
    """A photo whose camera wrote more than it should."""
    block = exif()
    block[0x013B] = WORDS["exif"]  # Artist
    return saved(drawn(), exif=block.tobytes())


def is_clean(jpeg: bytes) -> bool:
    """A picture, and nothing but."""
    return not Image.open(io.BytesIO(jpeg)).getexif() and WORDS["exif"].encode() not in jpeg


@dataclass
class Page:
    """A browser at one of the two pages."""

    house: House
    base: str = "/chat"
    channel: str = "web"
    cookie: str = "jn_warga"
    count: int = 0
    client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        app = application(self.house.serving)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 4))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://rumah")

    @property
    def seat(self) -> str:
        return self.client.cookies[self.cookie]

    def id(self) -> str:
        self.count += 1
        return f"pesan-{self.count:08}"

    async def open(self) -> None:
        assert (await self.client.post(f"{self.base}/session")).status_code == 200

    async def enter(self, code: str, name: str) -> None:
        """The officer presses Masuk."""
        answer = await self.post("/petugas/masuk", {"id": self.id(), "code": code, "name": name})
        assert answer.status_code == 200, answer.text

    async def send(self, **body: Any) -> httpx.Response:
        return await self.post(f"{self.base}/send", {"id": self.id(), **body})

    async def post(self, url: str, body: dict[str, Any]) -> httpx.Response:
        """As a browser does: half a surrogate pair goes as an escape, which httpx would refuse to send."""
        headers = {"content-type": "application/json"}
        return await self.client.post(url, content=json.dumps(body).encode(), headers=headers)

    async def upload(self, content: bytes, url: str = "", **query: str) -> httpx.Response:
        params = {"id": self.id(), **query}
        return await self.client.post(url or f"{self.base}/upload", params=params, content=content)

    async def heard(self) -> list[Seen]:
        return await self.house.heard(self.seat, self.channel)

    async def last(self) -> Seen:
        return (await self.heard())[-1]

    async def says(self, text: str) -> Seen:
        assert (await self.send(text=text)).status_code == 200
        return await self.last()

    async def taps(self, label: str) -> Seen:
        """The newest button of this name."""
        token = next(row.tokens[label] for row in reversed(await self.heard()) if label in row.tokens)
        assert (await self.send(data=token, label=label)).status_code == 200
        return await self.last()


async def agreed(house: House) -> Page:
    """A page on which consent was given."""
    page = Page(house)
    await page.open()
    await page.taps("Setuju, lanjut")
    return page


def officer_page(house: House) -> Page:
    return Page(house, "/petugas/chat", "kantor", "jn_petugas")


async def report(page: Page) -> tuple[str, str]:
    """A complete report; gives ticket and receipt."""
    await page.open()
    last = (
        await page.taps("Setuju")
        if "Setuju" in (await page.last()).buttons
        else await page.taps(_yes(await page.last()))
    )
    for _ in range(40):
        if "Kode rahasia" in last.text:
            ticket = next(word for word in last.text.split() if word.startswith("JN-"))
            return ticket, codes(last.text)[0]
        last = await _answer(page, last)
    raise AssertionError(last.text)


def _yes(seen: Seen) -> str:
    return next(label for label, data in seen.buttons.items() if data.startswith("consent:ya"))


async def _answer(page: Page, last: Seen) -> Seen:
    if "Di mana kejadiannya" in last.text:
        await page.says(f"{WORDS['desa']}, Kecamatan Grogol, Kabupaten Sukoharjo")
        await page.send(lat=LAT, lon=LON, accuracy=12)
    elif "Ada bukti?" in last.text:
        assert (await page.upload(photo(), name="foto.jpg", caption=WORDS["caption"])).status_code == 200
        assert (await page.upload(WORDS["evidence"].encode(), name=WORDS["file_name"])).status_code == 200
    elif "Lengkapi formulir" in last.buttons:
        return await page.taps("Lengkapi formulir")
    elif "Kirim ke Bawaslu" in last.buttons:
        return await page.taps("Kirim ke Bawaslu")
    else:
        question = next((words for words in QUESTIONS if words in last.text), None)
        assert question, last.text
        return await page.says(QUESTIONS[question])
    return await page.last()


async def casework(desk: Page, citizen: Page, ticket: str) -> None:
    """Taken, noted, asked about and answered, added to, corrected, passed on."""
    for line in (f"/ambil {ticket}", f"/catat {ticket} {WORDS['note']}", f"/tanya {ticket} {WORDS['question']}"):
        await desk.says(line)
    await citizen.says(WORDS["answer"])
    await citizen.says(WORDS["more"])
    await citizen.taps("Tambahan")
    await citizen.says(f"/koreksi {WORDS['correction']}")
    await desk.says(f"/kontak {ticket}")
    await desk.says(f"/kasus {ticket} riwayat")
    await desk.says(f"/label {ticket} {WORDS['label']}")
    await desk.says(f"/antrean simpan {WORDS['view']}: #{WORDS['label']}")
    await desk.says(f"/alihkan {ticket} 33 {WORDS['transfer']}")
    await desk.taps("Tarik kembali")
    await desk.says(f"/alihkan {ticket} 33 {WORDS['transfer']}")


async def on_telegram(telegram: StandIn, person: Person) -> str:
    """A story, a photo and a place on Telegram, sent as a tip; then a file too big for it, by link. Gives the link."""
    telegram.add_file(WORDS["file_id"], photo())
    await _say(telegram, person, person.text(WORDS["telegram_story"]))
    await _press(telegram, person, "Setuju, lanjut")
    await _say(telegram, person, person.photo(WORDS["file_id"], caption=WORDS["caption"]))
    await _say(telegram, person, person.location(LAT, LON))
    await _press(telegram, person, "Kirim sekarang")
    await _say(telegram, person, person.text(WORDS["draft"]))
    await _press(telegram, person, "Hal baru")
    await _say(telegram, person, person.video(size=50_000_000))
    links = [b["url"] for row in _keyboards(telegram, person) for b in row if "url" in b]
    return links[-1]


def _keyboards(telegram: StandIn, person: Person) -> list[list[dict[str, Any]]]:
    screen = telegram.screen(person.id)
    return [row for message in screen for row in message.get("reply_markup", {}).get("inline_keyboard", ())]


async def _say(telegram: StandIn, person: Person, update: dict[str, Any]) -> None:
    before = len(telegram.made(chat=person.id))
    telegram.push(update)
    await telegram.heard(before + 1, chat=person.id)
    await asyncio.sleep(0.3)  # what follows the first answer; the next step looks for what it needs


async def _press(telegram: StandIn, person: Person, label: str) -> None:
    def buttons() -> list[tuple[dict[str, Any], str]]:
        return [
            (message, button["callback_data"])
            for message in telegram.screen(person.id)
            for row in message.get("reply_markup", {}).get("inline_keyboard", ())
            for button in row
            if button["text"] == label
        ]

    await telegram.until(lambda: bool(buttons()))
    message, pressed = buttons()[-1]
    await _say(telegram, person, person.taps(pressed, message))


async def break_once(house: House, words: str) -> None:
    """An event that fails in the middle of its transaction with people's words in its error."""
    from bot.inside import perform  # noqa: PLC0415
    from handlers.effects import SetTimer  # noqa: PLC0415

    def broken(*_: Any) -> Any:
        raise RuntimeError(words)

    kept = perform.DEEDS[SetTimer]
    perform.DEEDS[SetTimer] = broken
    try:
        await house.say("rusak", TextReceived(words))
    finally:
        perform.DEEDS[SetTimer] = kept
