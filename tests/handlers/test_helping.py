"""/bantuan: every officers' command stands in one group, and nobody is told of one that they may not give."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bot.talk.manual import drawn
from handlers.commands import BY_NAME, COMMANDS, EVERYWHERE, listed
from handlers.conversation import step
from handlers.effects import Send, T
from handlers.events import TextReceived
from handlers.helping import GROUPS, ORDER, example, who
from handlers.life import STEPS
from handlers.state import State
from handlers.turn import Staff, Turn
from tests.handlers.memory_desk import DictHouse

AT = datetime(2024, 10, 10, 3, tzinfo=UTC)
BOOK = DictHouse("web").book
RANKS = ("panwascam", "petugas", "koordinator", "auditor")


def told(role: str, text: str) -> Send:
    staff = Staff(7, "Bu Ani", "33.11", "Bawaslu Kabupaten Sukoharjo", role)
    _, (one,) = step(State(), TextReceived(text), Turn(AT, staff=staff), BOOK)
    assert isinstance(one, Send)
    return one


def said(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(said, value))
    return (
        value.msgid.format(**{name: said(one) for name, one in value.values.items()})
        if isinstance(value, T)
        else str(value)
    )


def named(text: str) -> set[str]:
    return set(re.findall(r"(?m)(?:^|: | )/([a-z]+)", text))


def test_each_stands_in_one_group_and_the_steps_in_theirs() -> None:
    assert sorted(ORDER) == sorted({one.name for one in COMMANDS if one.menu and (one.roles or one.name in EVERYWHERE)})
    assert not set(ORDER) & {move.action for move in STEPS}


@pytest.mark.parametrize("role", RANKS)
def test_all_that_a_role_may_and_no_more(role: str) -> None:
    able = {one.name for one in COMMANDS if role in who(one)} | EVERYWHERE
    first = told(role, "/bantuan")
    assert named(said(first.text)) == {one.name for one in listed(role)}
    found = set[str]()
    for way in first.options:
        page = told(role, way.data)
        assert len(said(page.text)) < len(" ".join(one.help.msgid for one in COMMANDS))
        found |= named(said(page.text))
    assert found == able
    for one in BY_NAME.values():
        if one.name in able:
            assert f"Contoh: {example(one)}" in said(told(role, f"/bantuan /{one.name}").text)
        elif one.roles and one.name not in GROUPS:
            assert told(role, f"/bantuan {one.name}") == told(role, "/bantuan memasak") == first


def test_a_command_of_several_forms_tells_each() -> None:
    many = said(told("koordinator", "/bantuan benturan").text)
    assert "Contoh: /benturan JN-ZQ4C-CVSG 2\nAtau: /benturan JN-ZQ4C-CVSG 2 lepas\nAtau: /benturan 2 Dinas" in many
    assert "serahkan NOMOR" in said(told("petugas", "/bantuan massal").text)
    assert "Isi cerita tidak dicari." in said(told("petugas", "/bantuan cari").text)
    page = drawn()
    assert "`/benturan 2 lepas Dinas Pendidikan Sukoharjo`" in page
    assert "nomor. Isi cerita tidak dicari. |" in page


def test_a_command_tells_its_example_who_and_how() -> None:
    register = said(told("petugas", "/bantuan registrasi").text)
    assert "/registrasi JN-ZQ4C-CVSG 012/X/2024, hari ini" in register
    assert "Siapa: petugas, koordinator\n" in register
    assert "Perlu dua orang" in register
    assert "Hanya di percakapan pribadi" in said(told("koordinator", "/help /undang").text)
    assert "Siapa: semua" in said(told("auditor", "/bantuan statistik").text)
    assert who(BY_NAME["telusuri"]) > who(BY_NAME["kajian"])
