"""People at the page: each message keeps its id until it is acknowledged, as the page itself does it."""

from __future__ import annotations

import asyncio
import io
import json
import random
import re
from typing import TYPE_CHECKING, Any

import httpx
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 60.0
TICKET = re.compile(r"JN-[0-9A-Z]{4}-[0-9A-Z]{4}")
STORIES = (
    "Kemarin pak camat di Kabupaten {place} membagi amplop kepada warga",
    "Kepala dinas mengajak pegawai memilih calon di Kabupaten {place}",
    "Lurah memasang baliho calon di kantornya di Kabupaten {place}",
    "Sekretaris daerah ikut deklarasi calon di Kabupaten {place} hari Minggu",
)
PLACES = [
    "Sukoharjo",
    "Brebes",
    "Klaten",
    "Boyolali",
    "Wonogiri",
    "Karanganyar",
    "Sragen",
    "Grobogan",
    "Blora",
    "Rembang",
    "Pati",
    "Kudus",
    "Jepara",
    "Demak",
    "Kendal",
    "Batang",
    "Pemalang",
    "Banyumas",
    "Cilacap",
    "Purbalingga",
    "Banjarnegara",
    "Kebumen",
    "Purworejo",
    "Wonosobo",
]


def story(number: int) -> str:
    """Each citizen's own: of two that are alike one is suggested beside the other, and in which order is chance."""
    return STORIES[number // len(PLACES) % len(STORIES)].format(place=PLACES[number % len(PLACES)])


NAMES = [
    "Budi",
    "Joko",
    "Rini",
    "Sari",
    "Wahyu",
    "Tono",
    "Lestari",
    "Hadi",
    "Murni",
    "Agus",
    "Dewi",
    "Slamet",
    "Ratna",
    "Bambang",
    "Yuni",
    "Eko",
    "Puji",
    "Darmo",
    "Wati",
]


def accused(number: int) -> str:
    """Nobody's namesake."""
    return f"Pak {NAMES[number % len(NAMES)]} {NAMES[number // len(NAMES) % len(NAMES)]}"


class Page:
    """One browser. `trouble` counts the requests that got no answer."""

    base = "/chat"
    cookie = "jn_warga"

    def __init__(self, url: str, name: str, seat: str) -> None:
        self.name, self.seat = name, seat
        self.heard: list[dict[str, Any]] = []
        self.trouble = 0
        self.acknowledged = 0
        self._url, self._count = url, 0
        self._client = httpx.AsyncClient(base_url=url, cookies={self.cookie: seat}, timeout=10)

    async def close(self) -> None:
        await self._client.aclose()

    async def post(self, path: str, **request: Any) -> httpx.Response:
        """Until it is answered; the same request each time."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    answer = await self._client.post(path, **request)
                except httpx.TransportError:
                    self.trouble += 1
                    await asyncio.sleep(0.005)
                    continue
                assert answer.status_code in {200, 503}, (self.name, path, answer.status_code, answer.text[:200])
                if answer.status_code == 200:
                    self.acknowledged += 1
                    return answer

    def _id(self) -> str:
        self._count += 1
        return f"pesan-{self._count:06}"

    async def open(self) -> None:
        await self.post(f"{self.base}/session")

    async def say(self, text: str) -> None:
        await self.post(f"{self.base}/send", json={"id": self._id(), "text": text})

    async def show(self, picture: bytes) -> None:
        query = {"id": self._id(), "name": "foto.jpg"}
        await self.post(f"{self.base}/upload", params=query, content=picture)

    async def listen(self, so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Read the stream on from where we are until something is said; nothing may be missing or come twice."""
        if found := next((one for one in self.heard if so(one)), None):
            return found
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    if found := await self._read(so):
                        return found
                except httpx.TransportError:
                    await asyncio.sleep(0.005)  # it is dead just now

    async def _read(self, so: Callable[[dict[str, Any]], bool]) -> dict[str, Any] | None:
        last = self.heard[-1]["seq"] if self.heard else 0
        async with self._client.stream("GET", f"{self.base}/stream", headers={"last-event-id": str(last)}) as answer:
            assert answer.status_code == 200, (self.name, answer.status_code)
            kind = ""
            async for line in answer.aiter_lines():
                kind = line if line.startswith("event:") else kind if line else ""
                if not line.startswith("data:") or kind:  # other events tell the rehearsal's clock
                    continue
                self.heard.append(json.loads(line.removeprefix("data:")))
                assert self.heard[-1]["seq"] == last + 1, (self.name, last, self.heard[-1]["seq"])
                last += 1
                if so(self.heard[-1]):
                    return self.heard[-1]
        return None


class Citizen(Page):
    """Tells a story, answers what is asked, sends."""

    ticket = ""

    async def report(self, rng: random.Random) -> None:
        """Everything is drawn before it is said, so that the same seed says the same."""
        number, photo = int("".join(re.findall(r"\d", self.name)) or 0), rng.random() < 0.5
        picture = jpeg(number)
        await self.open()
        await self.say("/lapor")
        await self.say("setuju")
        await self.say(story(number))
        await self.say(accused(number))
        if photo:
            await self.show(picture)
        await self.say("/kembali")
        await self.say("hari itu juga")
        await self.say("kirim sekarang")
        sent = await self.listen(lambda one: one["who"] == "bot" and bool(TICKET.search(one["text"])))
        self.ticket = TICKET.findall(sent["text"])[0]

    async def answer(self) -> None:
        await self.listen(lambda one: one["who"] == "bot" and "Di desa mana?" in one["text"])
        await self.say(f"/jawab {self.ticket}")
        await self.say("Di desa Kenari, dekat balai")


class Officer(Page):
    """Takes, asks, notes, closes."""

    base = "/petugas/chat"
    cookie = "jn_petugas"

    @classmethod
    async def enter(cls, url: str, code: str) -> Officer:
        """Before any killing: an invitation is spent once."""
        async with httpx.AsyncClient(base_url=url) as client:
            answer = await client.post("/petugas/masuk", json={"code": code, "name": "Ani", "id": "masuk-000001"})
            assert answer.status_code == 200, answer.text
            return cls(url, "petugas", answer.cookies[cls.cookie])

    async def take(self, ticket: str) -> None:
        await self.say(f"/ambil {ticket}")
        await self.say(f"/tanya {ticket} Di desa mana?")

    async def finish(self, ticket: str) -> None:
        await self.say(f"/catat {ticket} sudah jelas")
        await self.say(f"/tutup {ticket} selesai")


def jpeg(shade: int) -> bytes:
    """A small photo with what a camera writes into it."""
    block = Image.Exif()
    block[0x013B] = "kenari"
    out = io.BytesIO()
    Image.new("RGB", (64 + shade, 48), (shade % 256, 0, 255 - shade % 256)).save(out, "JPEG", exif=block)
    return out.getvalue()
