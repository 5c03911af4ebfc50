"""Telegram's menus: from the one table, for each chat its own, told once, again after a failure, and taken away."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.menus import ABOUT, in_groups, in_office_groups
from handlers.commands import COMMANDS, listed
from handlers.events import ChatClosed, TextReceived
from locales import voice
from storage import menus
from storage.conversations import by_keys, key_of
from storage.outbox import DUE
from storage.tables import outbox
from tests.serving import House, house
from tests.standins.judge import judge
from tests.standins.telegram import TOKEN, StandIn, serving
from tests.standins.telegram.account import menu

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from pathlib import Path

    from handlers.command import Command

CHIEF, CLERK, CITIZEN = 71, 72, 73
GROUP, OTHER = -1001, -1002
CALLS = ("setMyCommands", "deleteMyCommands", "setMyDescription", "setMyShortDescription")
EVERYONES = 16  # two scopes and two sentences in four languages


def rows(commands: Iterable[Command], language: str = "id") -> list[tuple[str, str]]:
    return [(one.name, voice(language)(one.help.msgid)) for one in commands]


@pytest.fixture
async def world() -> AsyncIterator[StandIn]:
    async with serving(StandIn()) as standin:
        yield standin
        assert [complaint for call in standin.calls for complaint in judge(call)] == []


@asynccontextmanager
async def at_work(folder: Path, world: StandIn, url: str = "") -> AsyncIterator[House]:
    async with house(folder, url, telegram_token=TOKEN, telegram_api_url=world.url) as one:
        one.count = 1000 * len(world.calls)  # ids of a second house are not those of the first
        yield one


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not so():  # noqa: ASYNC110 - what is looked at has no event
            await asyncio.sleep(0.01)


def told(world: StandIn) -> int:
    return sum(len(world.made(method)) for method in CALLS)


async def joins(home: House, chat: int, role: str, office: str = "33.11") -> None:
    await home.say(str(chat), TextReceived(f"/start {await home.invite(office, role)}"), "telegram", name="Ani")


async def says(home: House, chat: int, text: str, where: int = 0) -> None:
    more = {"private": False} if where else {}
    await home.say(str(where or chat), TextReceived(text), "telegram", sender=str(chat), **more)


async def test_everyone_sees_the_table_in_their_language(tmp_path: Path, world: StandIn) -> None:
    async with at_work(tmp_path / "data", world):
        await until(lambda: told(world) == EVERYONES)
    for language in ("id", "en", "jv", "su", "ms"):
        ours = language if language != "ms" else "id"
        assert menu(world, CITIZEN, language) == rows(listed(""), ours)
        assert menu(world, OTHER, language) == rows(in_groups(), ours)
    assert {name for name, _ in menu(world, OTHER, "id")} == {"kantor", "bahasa", "bantuan"}
    named = {one.name for role in ("", "petugas", "koordinator", "auditor", "panwascam") for one in listed(role)}
    assert named == {one.name for one in COMMANDS if one.menu}


async def test_it_says_what_it_is_before_anybody_wrote(tmp_path: Path, world: StandIn) -> None:
    async with at_work(tmp_path / "data", world):
        await until(lambda: told(world) == EVERYONES)
    for what, text in ABOUT.items():
        said = {code: world.profile[f"{what} {code}"] for code in ("", "en", "jv", "su")}
        assert said == {code: voice(code or "id")(text.msgid) for code in said}
        assert len(set(said.values())) == len(said)
        assert all("Laporan" in words for words in said.values()), "it is not taken for one"


async def test_an_officers_menu_is_the_roles_and_ends_with_it(tmp_path: Path, world: StandIn) -> None:
    async with at_work(tmp_path / "data", world) as home:
        await joins(home, CHIEF, "koordinator")
        await joins(home, CLERK, "auditor")
        await until(lambda: menu(world, CLERK, "id") == rows(listed("auditor")))
        assert menu(world, CHIEF, "en") == rows(listed("koordinator"))
        await joins(home, CLERK, "petugas")
        await until(lambda: menu(world, CLERK, "id") == rows(listed("petugas")))
        await says(home, CLERK, "/bahasa su")
        await until(lambda: menu(world, CLERK, "id") == rows(listed("petugas"), "su"))
        await says(home, CHIEF, "/keluarkan 3 ya")
        await until(lambda: menu(world, CLERK, "id") == rows(listed("")))
        assert menu(world, CHIEF, "id") == rows(listed("koordinator"))
        assert menu(world, CITIZEN, "id") == rows(listed(""))


async def test_an_offices_group_has_its_work_and_gives_it_back(tmp_path: Path, world: StandIn) -> None:
    async with at_work(tmp_path / "data", world) as home:
        await joins(home, CHIEF, "koordinator")
        await says(home, CHIEF, "/kantor grup", GROUP)
        await until(lambda: menu(world, GROUP, "id") == rows(in_office_groups()))
        assert not {"undang", "keluarkan", "keluar", "lapor"} & {name for name, _ in menu(world, GROUP, "id")}
        await says(home, CHIEF, "/kantor grup", OTHER)
        await until(lambda: menu(world, OTHER, "id") == rows(in_office_groups()))
        await until(lambda: menu(world, GROUP, "id") == rows(in_groups()))


async def test_a_start_tells_nothing_that_stands(tmp_path: Path, world: StandIn) -> None:
    async with at_work(tmp_path / "data", world) as home:
        await joins(home, CHIEF, "koordinator")
        async with asyncio.timeout(20):
            while len(await home.serving.database.read(menus.given)) <= EVERYONES:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
    async with at_work(tmp_path / "data", world) as home:
        await joins(home, CLERK, "petugas")
        await until(lambda: menu(world, CLERK, "id") == rows(listed("petugas")))
        assert told(world) == EVERYONES + 2


@pytest.mark.parametrize("kind", ["500", "502"])
async def test_what_failed_is_tried_again(tmp_path: Path, world: StandIn, kind: str) -> None:
    world.fail_next("setMyCommands", 2, kind)  # type: ignore[arg-type]
    async with at_work(tmp_path / "data", world) as home:
        await joins(home, CHIEF, "koordinator")
        await until(lambda: menu(world, CHIEF, "id") == rows(listed("koordinator")))
        await until(lambda: told(world) == EVERYONES + 1)


async def test_a_crash_between_the_call_and_its_note_costs_a_call(
    tmp_path: Path, world: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(menus, "note", lambda *_, **__: 1 / 0)
        async with at_work(tmp_path / "data", world):
            await until(lambda: told(world) >= 1)
    before = told(world)
    async with at_work(tmp_path / "data", world):
        await until(lambda: told(world) == before + EVERYONES)


async def settled(home: House, chat: int) -> None:
    """What was on its way to who blocked us has been refused: nothing that comes late shuts the chat again."""
    key = key_of(home.keys, "telegram", str(chat))
    async with asyncio.timeout(20):
        while True:
            row = (await home.serving.database.read(lambda conn: by_keys(conn, home.keys, [key])))[key].id
            waits = select(outbox.c.seq).where(outbox.c.conversation_id == row, outbox.c.state == DUE)
            if not await home.serving.database.read(lambda conn, waits=waits: conn.execute(waits).first()):
                return
            await asyncio.sleep(0.01)


async def test_one_that_is_refused_holds_up_no_other(tmp_path: Path, world: StandIn) -> None:
    async with at_work(tmp_path / "data", world) as home:
        await until(lambda: told(world) == EVERYONES)
        world.block(CHIEF)
        await joins(home, CHIEF, "koordinator")
        await joins(home, CLERK, "petugas")
        await until(lambda: menu(world, CLERK, "id") == rows(listed("petugas")))
        assert menu(world, CHIEF, "id") == rows(listed(""))
        await settled(home, CHIEF)
        await home.say(str(CHIEF), ChatClosed(), "telegram")
        world.unblock(CHIEF)
        await says(home, CHIEF, "/antrean")  # back again
        await until(lambda: menu(world, CHIEF, "id") == rows(listed("koordinator")))
