"""Buttons are tokens of ours: what was forged, altered, erased, used up or somebody else's does nothing at all."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.channels.telegram import Telegram
from bot.engine import Arrival
from bot.outgoing.composer import Composer
from bot.web.forms import shown
from handlers.events import Opened, OptionChosen, TextReceived
from handlers.inbound import Inbound
from sealing.keys import KeyRing
from storage import buttons, outbox, tables
from storage.conversations import by_keys, key_of
from tests.bot.desks import SUKOHARJO, case, do, filed, officer
from tests.serving import House, house

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.bot.desks import Officer

TOKEN = re.compile(r"[A-Za-z0-9_-]{20}")
DEAD = "Tombol itu sudah tidak berlaku."
PASSED = "Tombol itu milik pertanyaan yang sudah lewat."
ENDED = "Tombol itu milik percakapan yang sudah selesai."


async def pressed(home: House, one: Officer, token: str, **more: Any) -> str:
    """Exactly this comes in; gives the last that was answered."""
    address = more.pop("address", one.seat)
    await comes(home, Inbound("kantor", "", address, one.seat, home.clock.now(), OptionChosen(token), **more))
    return (await home.heard(address, "kantor"))[-1].text


async def comes(home: House, inbound: Inbound) -> None:
    home.count += 1
    number = f"t{home.count}"
    one = replace(inbound, update_id=number)
    await home.serving.engine.submit([Arrival(one.channel, number, [one], raw={})])


async def token_of(home: House, address: str, label: str, channel: str = "kantor") -> str:
    return next(row.tokens[label] for row in reversed(await home.heard(address, channel)) if label in row.tokens)


async def everything(home: House) -> tuple[int, ...]:
    """What a press could change: rows of history, invitations, officers, files, timers."""

    def look(conn: Connection) -> tuple[int, ...]:
        counted = (tables.history, tables.invites, tables.staff, tables.evidence, tables.timers, tables.cases)
        return tuple(conn.execute(select(func.count()).select_from(one)).scalar_one() for one in counted)

    return await home.serving.database.read(look)


# --- forged and altered ------------------------------------------------------------------------------------------------


async def test_every_flipped_bit_does_nothing(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home)).ticket
    token, before = await token_of(home, one.seat, "Ambil"), await everything(home)
    for place in range(len(token)):
        for bit in range(8):
            turned = token[:place] + chr(ord(token[place]) ^ (1 << bit)) + token[place + 1 :]
            assert (await pressed(home, one, turned)).startswith(DEAD), turned
    assert await everything(home) == before
    assert (await case(home, ticket)).rev == 1
    assert home.serving.engine.parked == 0
    await pressed(home, one, token)
    assert (await case(home, ticket)).holder


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_nothing_that_anybody_can_make_up_is_a_token(data: st.DataObject) -> None:
    """The one genuine token of a chat, and everything near it."""
    seq, index = data.draw(st.integers(1, 2**40 - 1)), data.draw(st.integers(0, 99))
    keys = KeyRing({"k": bytes(range(32))}, "k", bytes(range(1, 33)), bytes(range(2, 34)))
    token = buttons.token(keys, 7, seq, index)
    assert TOKEN.fullmatch(token)
    assert buttons.found(keys, 7, token) == (seq, index)
    assert buttons.found(keys, 8, token) is None
    given_ = data.draw(
        st.one_of(
            st.text(max_size=40),
            st.text("ABCabc012-_+/=\n ", max_size=24),
            st.integers(0, 20).map(lambda cut: token[:cut]),
            st.sampled_from((token + "A", token + "\n", " " + token, token + "====", token.swapcase(), token[::-1])),
        )
    )
    assert given_ == token or buttons.found(keys, 7, given_) is None


async def test_what_screens_bore_before_there_were_tokens(sqlite_house: House) -> None:
    """At the upgrade buttons with plain words are on screens: they change nothing, and the way on is named."""
    home = sqlite_house
    one = await officer(home, SUKOHARJO, "koordinator")
    ticket, before = (await filed(home)).ticket, await everything(home)
    for plain in (f"/ambil {ticket} @1", f"/tutup {ticket} @1", "/undang petugas", "/keluar ya", "words:selesai:1"):
        assert (await pressed(home, one, plain)).startswith(DEAD)
    await home.say("w", Opened())
    await comes(home, Inbound("web", "", "w", "w", home.clock.now(), OptionChosen("consent:tidak:1")))
    said = (await home.heard("w"))[-1]
    assert said.text.startswith(PASSED)
    assert "Setuju, lanjut" in said.buttons
    assert (await everything(home))[:4] == before[:4]


# --- somebody else's, erased, used up -------------------------------------------------------------------------------------


async def test_a_token_is_good_in_its_own_conversation_only(sqlite_house: House) -> None:
    home = sqlite_house
    one, colleague = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    ticket = (await filed(home)).ticket
    mine, theirs = await token_of(home, one.seat, "Ambil"), await token_of(home, colleague.seat, "Ambil")
    assert mine != theirs
    assert (await pressed(home, one, theirs)).startswith(DEAD)
    assert (await case(home, ticket)).rev == 1
    await home.say("w", OptionChosen(mine))
    assert (await home.heard("w"))[-1].text.startswith(ENDED)


async def test_what_is_erased_takes_its_buttons_along(any_house: House) -> None:
    home = any_house
    await home.say("w", Opened())
    yes = await token_of(home, "w", "Setuju, lanjut", "web")
    await home.say("w", TextReceived("/hapus ya"))
    await home.say("w", OptionChosen(yes))
    assert (await home.heard("w"))[-1].text.startswith(ENDED)


async def test_what_does_something_twice_is_pressed_once(any_house: House) -> None:
    home = any_house
    one = await officer(home, SUKOHARJO, "koordinator")
    await one.says("/undang")
    token, before = await token_of(home, one.seat, "Petugas"), await everything(home)
    await home.together(one.seat, OptionChosen(token), OptionChosen(token), channel="kantor")
    assert (await everything(home))[1] == before[1] + 1
    assert (await pressed(home, one, token)).startswith(DEAD)
    await pressed(home, one, await token_of(home, one.seat, "Auditor"))
    assert (await everything(home))[1] == before[1] + 2


async def test_what_failed_can_be_pressed_again(sqlite_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.inside import perform  # noqa: PLC0415
    from handlers.effects import Invite  # noqa: PLC0415

    home = sqlite_house
    one = await officer(home, SUKOHARJO, "koordinator")
    await one.says("/undang")
    token, before = await token_of(home, one.seat, "Petugas"), await everything(home)
    with monkeypatch.context() as broken:
        broken.setitem(perform.DEEDS, Invite, lambda *_: 1 / 0)
        assert "gangguan di pihak kami" in await pressed(home, one, token)
    await pressed(home, one, token)
    assert (await everything(home))[1] == before[1] + 1


async def test_a_question_in_a_group_is_answered_by_who_was_asked(sqlite_house: House) -> None:
    home = sqlite_house
    one, colleague = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    await one.says("/kantor grup", address="grup")
    first, second = (await filed(home)).ticket, (await filed(home)).ticket
    await one.says(f"/tutup {first}", address="grup")
    meant = await token_of(home, "grup", "Keterangan kurang")
    await colleague.says(f"/tutup {second}", address="grup")
    said = await pressed(home, colleague, meant, address="grup", private=False)  # the same question, the same serial
    assert said.startswith(PASSED)
    assert {(await case(home, ticket)).rev for ticket in (first, second)} == {1}
    await pressed(home, one, meant, address="grup", private=False)
    assert [(await case(home, ticket)).rev for ticket in (first, second)] == [2, 1]


# --- what leaves the house --------------------------------------------------------------------------------------------------


async def test_nothing_readable_leaves(sqlite_house: House) -> None:
    home, keys = sqlite_house, sqlite_house.serving.keys
    one = await officer(home, SUKOHARJO, "koordinator")
    ticket = (await filed(home)).ticket
    await one.says(f"/kasus {ticket}")
    await do(
        home, one.seat, lambda act: act.work.say(act.chat, {"text": "x", "buttons": [["Ya", "é" * 400, ""]]}), "kantor"
    )

    def look(conn: Connection) -> list[outbox.Message]:
        [chat] = by_keys(conn, keys, [key_of(keys, "kantor", one.seat)]).values()
        return outbox.stream(conn, keys, chat.id, 0)

    messages = await home.serving.database.read(look)
    composer = Composer(home.serving.database, keys, home.serving._pictures, home.serving.papers)
    telegram = Telegram("1:x", "http://127.0.0.1:9")
    for message in messages:
        out = await composer.outgoing(message, telegram)
        page = shown(message, keys, "/petugas/chat")["buttons"]
        assert [button.data for button in out.buttons] == [button["data"] for button in page]
        assert all(TOKEN.fullmatch(button.data) for button in out.buttons)
    assert sum(len(message.body.get("buttons", ())) for message in messages) > 8
    await telegram.close()


async def test_a_token_outlives_a_restart(tmp_path: Path) -> None:
    async with house(tmp_path / "data") as home:
        one = await officer(home, SUKOHARJO, "koordinator")
        ticket = (await filed(home)).ticket
        token = await token_of(home, one.seat, "Ambil")
    async with house(tmp_path / "data") as again:
        again.count = 1000
        await again.say(one.seat, OptionChosen(token), "kantor")
        assert (await case(again, ticket)).rev == 2
