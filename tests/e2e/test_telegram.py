"""The real process on Telegram: a Bot API stand-in over HTTP, people built with another library's types."""

from __future__ import annotations

import asyncio
import io
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import pytest_asyncio
import telegram as ptb
from pypdf import PdfReader

from bot.config import settings
from bot.invitations import make
from bot.start import open_all
from handlers.commands import COMMANDS
from tests.e2e.photos import MARK, jpeg
from tests.serving import Process
from tests.standins.judge import judge
from tests.standins.people import Person, Town, group
from tests.standins.telegram import TOKEN, StandIn, serving
from tests.torture.victim import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
SECRET = "rahasia-webhook-yang-panjang"
STORY = "Kemarin pak camat membagi amplop kepada warga di {place}"
TICKET = re.compile(r"JN-[0-9A-Z]{4}-[0-9A-Z]{4}")
WANTED = "SELECT count(*) FROM evidence WHERE state = 'wanted'"


@dataclass
class Stage:
    """The process, the stand-in it talks to, and people."""

    process: Process
    world: StandIn
    url: str
    town: Town = field(default_factory=lambda: Town(at=datetime(2024, 10, 10, 3, 0, tzinfo=UTC)))
    ids: Iterator[int] = field(default_factory=lambda: count(101))

    def person(self, name: str = "Sari") -> Person:
        return self.town.person(next(self.ids), name)

    async def say(self, *updates: dict[str, Any]) -> None:
        """Something comes in; wait until Telegram may forget it."""
        given = {self.world.push(update) for update in updates}
        await self.until(lambda: given <= set(self.world.updates.confirmed))

    async def until(self, so: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not so():  # noqa: ASYNC110 - what is looked at has no event
                await asyncio.sleep(0.01)

    async def shown(self, chat: int, words: str) -> dict[str, Any]:
        """The newest message of ours in a chat that has these words."""

        def newest() -> dict[str, Any] | None:
            found = (
                one for one in reversed(self.world.screen(chat)) if words in one.get("text", one.get("caption", ""))
            )
            return next(found, None)

        try:
            await self.until(lambda: newest() is not None)
        except TimeoutError:
            raise AssertionError(f"{words!r} is not among {self.world.texts(chat)}") from None
        return newest() or {}

    def asked(self, question: str) -> int:
        with closing(sqlite3.connect(self.process.folder / "jaganetral.sqlite3", timeout=10)) as connection:
            return int(connection.execute(question).fetchone()[0])

    async def invite(self, office: str, role: str = "petugas") -> str:
        database, keys, _ = await open_all(settings(data_dir=self.process.folder, _env_file=None))
        made = await make(database, keys, self.url, office, role, datetime(2099, 1, 1, tzinfo=UTC))
        await database.close()
        return made.code

    async def officer(self, office: str, name: str, role: str = "petugas") -> Person:
        person = self.person(name)
        await self.say(person.start(await self.invite(office, role)))
        await self.shown(person.id, "bertugas")
        return person

    async def drafting(self, place: str = "Kabupaten Sukoharjo") -> Person:
        """A citizen who consented and told the story."""
        person = self.person()
        await self.say(person.start())
        await self.say(person.presses("Setuju, lanjut", await self.shown(person.id, "Boleh kami lanjutkan")))
        await self.say(person.text(STORY.format(place=place)))
        await self.shown(person.id, "Sudah kami catat")
        return person

    async def sent(self, person: Person) -> str:
        await self.until(lambda: self.asked(WANTED) == 0)
        await self.say(person.text("kirim sekarang"))
        return TICKET.findall((await self.shown(person.id, "JN-"))["text"])[0]

    def photos(self, person: Person, many: int) -> list[str]:
        ids = [person.file_id("photo") for _ in range(many)]
        for number, file_id in enumerate(ids):
            self.world.add_file(file_id, jpeg(640, 480, number))
        return ids


async def _ready(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(60):
        while (await client.get(f"{url}/healthz")).status_code != 200:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """One process for the file; all that it ever sent is judged by another library at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with serving(StandIn()) as world:
        env = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": world.url, "PORT": str(port), "PUBLIC_URL": url}
        one = Process(tmp_path_factory.mktemp("telegram") / "data", **env, TELEGRAM_CHAT_RATE="1000")
        await one.start()
        await _ready(url)
        yield Stage(one, world, url)
        assert one.stop() == 0
        assert [complaint for call in world.calls for complaint in judge(call)] == []
        assert TOKEN not in one.log()


async def test_a_report_with_an_album_reaches_its_officer(stage: Stage) -> None:
    officer, world = await stage.officer("33.11", "Ani"), stage.world
    person = await stage.drafting()
    questions = len(world.made("sendMessage", person.id))
    await stage.say(*person.album(stage.photos(person, 3), caption="di balai desa"))
    await stage.shown(person.id, "Bukti tersimpan di draf: 3")
    told = [text for text in world.texts(person.id)[questions:] if "Bukti tersimpan" in text]
    assert len(told) == 1, "an album is one answer"
    ticket = await stage.sent(person)

    card = await stage.shown(officer.id, ticket)
    (album,) = world.made("sendMediaGroup", officer.id)
    assert len(album.params["media"]) == 4, "three photos, and where it was"
    assert card["reply_to_message"]["message_id"] == album.message_ids[0], "evidence first, the card as its reply"
    assert card["has_protected_content"]
    assert all(message["has_protected_content"] for message in album.result)
    assert sum(upload.data.startswith(b"\x89PNG") for upload in album.files.values()) == 1
    for upload in album.files.values():
        assert upload.data.startswith((b"\xff\xd8", b"\x89PNG"))
        assert b"Exif" not in upload.data
        assert MARK.encode() not in upload.data

    await stage.say(officer.presses("Ambil", card))
    await stage.until(lambda: "ditangani oleh" in world.screens[officer.id][card["message_id"]]["text"])
    await stage.shown(person.id, "sedang ditangani")
    await stage.until(lambda: len(world.answers) >= 2)
    assert len([text for text in world.texts(officer.id) if text.startswith(ticket)]) == 1, "edited in place"


async def test_the_citizens_form_and_the_case_file_come_as_documents(stage: Stage) -> None:
    officer, world = await stage.officer("33.11", "Ani"), stage.world
    person = await stage.drafting()
    ticket = await stage.sent(person)
    for who, command, name in ((person, "/formulir", "formulir"), (officer, f"/berkas {ticket}", "berkas")):
        await stage.say(who.command(command))
        await stage.until(lambda who=who: bool(world.made("sendDocument", who.id)))  # type: ignore[misc]
        (call,) = world.made("sendDocument", who.id)
        (upload,) = call.files.values()
        told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(upload.data)).pages)
        assert upload.name == f"{name}-{ticket}.pdf"
        assert ticket in told
        assert "pak camat membagi amplop" in told


async def test_a_photo_sent_as_a_file_says_where_it_was_taken(stage: Stage) -> None:
    person = stage.person()
    await stage.say(person.start())
    await stage.say(person.presses("Setuju, lanjut", await stage.shown(person.id, "Boleh kami lanjutkan")))
    await stage.say(person.text("Ada pegawai memasang baliho paslon 2"))
    await stage.shown(person.id, "Di mana kejadiannya?")
    file_id = person.file_id("document")
    stage.world.add_file(file_id, jpeg(640, 480))
    await stage.say(person.document(file_id))
    asked = await stage.shown(person.id, "Jetis, Kec. Sukoharjo, Kabupaten Sukoharjo. Di sanakah kejadiannya?")
    await stage.say(person.presses("Ya, di sana", asked))
    await stage.shown(person.id, "Siapa yang melakukannya?")


async def test_two_officers_race(stage: Stage) -> None:
    first, second = await stage.officer("33.09", "Ani"), await stage.officer("33.09", "Budi")
    ticket = await stage.sent(await stage.drafting("Kabupaten Boyolali"))
    cards = [await stage.shown(officer.id, ticket) for officer in (first, second)]
    pressed = [one.presses("Ambil", card) for one, card in zip((first, second), cards, strict=True)]
    await stage.say(*pressed)

    def refusals(officer: Person) -> list[str]:
        said = ("sudah berubah sejak", f"{ticket} sudah ditangani oleh")
        return [text for text in stage.world.texts(officer.id) if any(words in text for words in said)]

    await stage.until(lambda: bool(refusals(first) or refusals(second)))
    await stage.until(lambda: stage.asked("SELECT count(*) FROM outbox WHERE state = 'due'") == 0)
    loser, winner = (second, "Ani") if refusals(second) else (first, "Budi")
    (told,) = refusals(loser)
    assert winner in told
    assert not refusals(first if loser is second else second)


@pytest.mark.parametrize(
    ("forum", "office", "place"), [(False, "33.29", "Kabupaten Brebes"), (True, "33.10", "Kabupaten Klaten")]
)
async def test_an_office_has_its_group(stage: Stage, forum: bool, office: str, place: str) -> None:
    world, head = stage.world, await stage.officer(office, "Kepala", "koordinator")
    room = group(-1001000 - forum, "Bawaslu", forum=forum)
    world.chats.meet({"id": room.id, "type": "supergroup", "title": "Bawaslu", **({"is_forum": True} if forum else {})})
    await stage.say(head.within(room).command("/kantor grup"))
    await stage.shown(room.id, "sekarang grup")
    tickets = [await stage.sent(await stage.drafting(place)) for _ in range(2)]
    cards = [await stage.shown(room.id, ticket) for ticket in tickets]
    assert all(card["has_protected_content"] for card in cards)
    threads = [card.get("message_thread_id") for card in cards]
    assert len(set(threads)) == (2 if forum else 1)
    assert all(threads) is forum
    stranger = stage.person("Orang")
    for _ in range(2):
        await stage.say(stranger.within(room).text("halo semua"))
    await stage.shown(head.id, "bukan petugas terdaftar")
    assert sum("bukan petugas terdaftar" in text for text in world.texts(head.id)) == 1
    if forum:
        await answered_in_the_topic(stage, head.within(room, threads[0]), cards[0], tickets[1])
        await stage.say(head.within(room).command(f"/kasus {tickets[0]}"))
        assert not (await stage.shown(room.id, f"Kartunya ada di topik {tickets[0]}")).get("message_thread_id")
        assert (await stage.shown(room.id, f"{tickets[0]} · ditangani"))["message_thread_id"] == threads[0]


async def answered_in_the_topic(stage: Stage, head: Person, card: dict[str, Any], other: str) -> None:
    """A command, a button and a reply to our question, each in a case's topic."""
    room, asked = head.chat.id, "Tulis pertanyaan Anda"
    await stage.say(head.command("/ambil"))
    await stage.until(lambda: "ditangani oleh" in stage.world.screens[room][card["message_id"]]["text"])
    await stage.say(head.presses(f"Lihat {other}", stage.world.screens[room][card["message_id"]]))
    await stage.say(head.command("/tanya"))
    await stage.say(head.reply("Jam berapa?", await stage.shown(room, asked)))
    for words in ("diambil oleh", f"Kartunya ada di topik {other}", asked, "Pertanyaan dikirim"):
        assert (await stage.shown(room, words)).get("message_thread_id") == head.thread


async def test_a_file_too_big_comes_by_a_link_into_the_same_draft(stage: Stage) -> None:
    person = await stage.drafting()
    await stage.say(person.video(size=25_000_000))
    offered = await stage.shown(person.id, "terlalu besar")
    (button,) = [one for row in offered["reply_markup"]["inline_keyboard"] for one in row]
    assert button["url"].startswith(f"{stage.url}/unggah/")
    async with httpx.AsyncClient() as client:
        assert (await client.get(button["url"])).status_code == 200
        assert (await client.post(button["url"], content=jpeg(640, 480))).status_code == 200
        assert (await client.post(button["url"], content=jpeg(640, 480))).status_code == 410
    await stage.shown(person.id, "Bukti tersimpan di draf: 1")


async def test_an_edited_message_corrects_its_answer(stage: Stage) -> None:
    person = await stage.drafting()
    first = person.text("Pak Budi, kepala dinas")
    await stage.say(first)
    await stage.say(person.edited(first, "Pak Bambang, kepala dinas"))
    await stage.shown(person.id, "sudah diubah")
    await stage.officer("33.11", "Dewi")
    ticket = await stage.sent(person)
    assert ticket


async def test_an_old_button_answers_nothing(stage: Stage) -> None:
    person = stage.person()
    await stage.say(person.start())
    old = await stage.shown(person.id, "Boleh kami lanjutkan")
    await stage.say(person.presses("Setuju, lanjut", old))
    await stage.say(person.text(STORY.format(place="Kabupaten Sukoharjo")))
    before = len(stage.world.made("sendMessage", person.id))
    await stage.say(person.presses("Tidak setuju", old))
    await stage.world.heard(before + 1, "sendMessage", person.id)
    ticket = await stage.sent(person)
    assert ticket, "the draft is still there"


async def test_the_menus_come_from_the_one_table(stage: Stage) -> None:
    await stage.world.heard(8, "setMyCommands")
    calls = stage.world.made("setMyCommands")
    languages = {call.params.get("language_code", "") for call in calls}
    assert languages == {"", "en", "jv", "su"}
    named = {one["command"] for call in calls for one in call.params["commands"]}
    assert named <= {command.name for command in COMMANDS if command.menu}
    private = next(
        c for c in calls if c.params["scope"]["type"] == "all_private_chats" and not c.params.get("language_code")
    )
    assert {"lapor", "status", "bantuan"} <= {one["command"] for one in private.params["commands"]}


async def test_told_to_wait_it_waits_and_loses_nothing(stage: Stage) -> None:
    person, world = await stage.drafting(), stage.world
    since = len(world.calls)
    world.limit(per_chat=1, punish=True)
    for line in ("Pak Budi", "hari itu juga", "asn", "tidak ada"):
        await stage.say(person.text(line))
    await stage.until(lambda: stage.asked("SELECT count(*) FROM outbox WHERE state = 'due'") == 0)
    world.limit()
    calls = [call for call in world.calls[since:] if call.chat == person.id]
    refused = [call for call in calls if call.status == 429]
    assert refused
    for one in refused:
        after = [call.at for call in calls if call.at > one.at]
        assert not after or min(after) >= one.at + 1
    assert stage.asked("SELECT count(*) FROM outbox WHERE state = 'failed'") == 0


async def test_who_blocked_the_bot_is_gone_after_one_try(stage: Stage) -> None:
    person, world = await stage.drafting(), stage.world
    await stage.until(lambda: stage.asked("SELECT count(*) FROM outbox WHERE state = 'due'") == 0)
    world.block(person.id)
    since = len(world.calls)
    await stage.say(person.text("Pak Budi"))
    await stage.until(lambda: stage.asked("SELECT count(*) FROM conversations WHERE gone") == 1)
    assert [call.status for call in world.calls[since:] if call.chat == person.id] == [403]


async def test_by_webhook_only_with_the_secret_and_only_after_the_commit(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with serving(StandIn()) as world:
        env = {
            "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": world.url, "PORT": str(port), "PUBLIC_URL": url,
            "TELEGRAM_WEBHOOK_SECRET": SECRET, "TELEGRAM_CHAT_RATE": "1000",
        }  # fmt: skip
        one = Process(tmp_path / "data", **env)
        await one.start()
        try:
            await _ready(url)
            stage = Stage(one, world, url)
            await stage.until(lambda: world.webhook is not None)
            hook, person = f"{url}/webhook/telegram", stage.person()
            update = person.start()
            async with httpx.AsyncClient() as client:
                for header in ({}, {"x-telegram-bot-api-secret-token": "salah"}):
                    assert (await client.post(hook, json=update, headers=header)).status_code == 403
                assert stage.asked("SELECT count(*) FROM inbox") == 0
                right = {"x-telegram-bot-api-secret-token": SECRET}
                for _ in range(2):
                    assert (await client.post(hook, json=update, headers=right)).status_code == 200
                    assert stage.asked("SELECT count(*) FROM inbox WHERE channel = 'telegram'") == 1
                assert (await client.post(hook, content=b"[]", headers=right)).status_code == 400
            await stage.say(person.presses("Setuju, lanjut", await stage.shown(person.id, "Boleh kami lanjutkan")))
            await stage.say(person.text(STORY.format(place="Kabupaten Sukoharjo")))
            assert await stage.sent(person)
            await stage.until(lambda: len(world.answers) == 1)
            assert [complaint for call in world.calls for complaint in judge(call)] == []
            assert ptb.Message.de_json(world.made("sendMessage", person.id)[0].result, None).api_kwargs == {}
        finally:
            assert one.stop() == 0
