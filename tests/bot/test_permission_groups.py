"""Groups: what an office's own group may hear, what a strange one may not, and who counts as one of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import telegram

from bot.channels.telegram import receive
from handlers.codes import ticket as as_ticket
from handlers.events import LocationShared, Media, MediaReceived, MediaTooBig, MemberSeen, TextReceived
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, filed, identifying, officer
from tests.bot.matrix import changed, everything, rows
from tests.standins.people import START, Town, group

if TYPE_CHECKING:
    from tests.serving import House

OURS, STRANGE = "-1001", "-1002"
NONE = as_ticket("0000000")
PRIVATELY = "kirim pesan langsung kepada bot"


async def told(home: House, address: str, event: Any, sender: str) -> str:
    """What a group hears after an event in it."""
    before = len(await home.heard(address, "kantor"))
    await home.say(address, event, "kantor", sender=sender, private=False)
    return str(bodies((await home.heard(address, "kantor"))[before:]))


async def test_the_group_hears_its_own_office_alone(sqlite_house: House) -> None:
    home = sqlite_house
    chief, other = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI)
    await chief.says("/kantor grup", address=OURS)
    report, elsewhere = await filed(home), await filed(home, code=BOYOLALI)
    shown = str(bodies(await home.heard(OURS, "kantor")))
    assert report.ticket in shown
    assert elsewhere.ticket not in shown
    assert not identifying(await home.heard(OURS, "kantor"))
    await chief.says(f"/ambil {report.ticket}", address=OURS)
    assert not identifying(await chief.says(f"/kontak {report.ticket}", address=OURS))  # comes privately
    assert identifying(await chief.all())
    assert PRIVATELY in str(bodies(await other.says("/antrean", address=OURS)))
    assert PRIVATELY in str(bodies(await other.says(f"/kasus {elsewhere.ticket}", address=OURS)))
    assert elsewhere.ticket not in str(bodies(await home.heard(OURS, "kantor")))


async def test_an_office_above_shows_below_only_what_is_theirs(sqlite_house: House) -> None:
    home = sqlite_house
    chief, province = await officer(home, SUKOHARJO, "koordinator"), await officer(home, "33", "koordinator")
    await officer(home, BOYOLALI)
    await chief.says("/kantor grup", address=OURS)
    report, elsewhere = await filed(home), await filed(home, code=BOYOLALI)
    assert report.ticket in str(bodies(await province.says(f"/kasus {report.ticket}", address=OURS)))
    for line in (f"/kasus {elsewhere.ticket}", f"/kasus {elsewhere.ticket} riwayat", "/antrean", "/kantor"):
        assert PRIVATELY in str(bodies(await province.says(line, address=OURS)))


async def test_among_strangers_nothing_is_shown(sqlite_house: House) -> None:
    home = sqlite_house
    chief = await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home)
    for line in (
        "/antrean",
        "/kantor",
        "/kantor alamat Jalan 1",
        f"/kasus {report.ticket}",
        f"/catat {report.ticket} x",
    ):
        assert PRIVATELY in str(bodies(await chief.says(line, address=STRANGE)))
    assert (await case(home, report.ticket)).rev == 1
    assert "camat" not in str(bodies(await home.heard(STRANGE, "kantor")))


async def test_what_is_not_the_groups_is_like_what_does_not_exist(sqlite_house: House) -> None:
    """Also for who may see the case: those who read along learn of no ticket whether it is one, and whose."""
    home = sqlite_house
    chief, province = await officer(home, SUKOHARJO, "koordinator"), await officer(home, "33", "koordinator")
    await officer(home, BOYOLALI)
    await chief.says("/kantor grup", address=OURS)
    elsewhere = await filed(home, code=BOYOLALI)
    before = await everything(home, [province])
    for name, row in rows().items():
        if "{ticket}" not in row.words:
            continue
        words = row.words.format(ticket="{0}", main="{0}", elsewhere="33", me="1", colleague="1")
        for chat in (OURS, STRANGE):
            none = bodies(await province.says(f"/{name} {words.format(NONE)}", address=chat))
            assert PRIVATELY in str(none)
            assert bodies(await province.says(f"/{name} {words.format(elsewhere.ticket)}", address=chat)) == none
            assert bodies(await province.taps(f"/{name} {words.format(elsewhere.ticket)} @1", address=chat)) == none
    assert "cases" not in changed(before, await everything(home, [province]))


async def test_a_group_is_bound_by_its_koordinator_and_kept(sqlite_house: House) -> None:
    home = sqlite_house
    chief, rival = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI, "koordinator")
    await chief.says("/kantor grup", address=OURS)
    assert "kantor lain" in str(bodies(await rival.says("/kantor grup", address=OURS)))
    first, theirs = await filed(home), await filed(home, code=BOYOLALI)
    shown = str(bodies(await home.heard(OURS, "kantor")))
    assert first.ticket in shown
    assert theirs.ticket not in shown
    await chief.says("/kantor grup", address=STRANGE)  # moved: the old group hears nothing from now on
    count = len(await home.heard(OURS, "kantor"))
    await chief.says(f"/catat {first.ticket} hanya untuk grup baru")
    await filed(home)
    assert len(await home.heard(OURS, "kantor")) == count


async def test_strangers_in_the_group_command_nothing(sqlite_house: House) -> None:
    home = sqlite_house
    chief, rival = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI)
    auditor = await officer(home, SUKOHARJO, "auditor")
    await chief.says("/kantor grup", address=OURS)
    report = await filed(home)
    unknown = await told(home, OURS, TextReceived("/bukanperintah"), "siapa")
    for line in (f"/ambil {report.ticket} @1", f"/kasus {report.ticket}", "/antrean", "/kantor grup"):
        assert await told(home, OURS, TextReceived(line), "siapa") == unknown
        assert bodies(await auditor.says(line, address=OURS)) == bodies(
            await auditor.says("/bukanperintah", address=OURS)
        )
    none = bodies(await rival.says(f"/ambil {NONE}", address=OURS))
    assert bodies(await rival.says(f"/ambil {report.ticket}", address=OURS)) == none
    assert (await case(home, report.ticket)).rev == 1


async def test_the_koordinator_hears_of_each_who_is_not_one_of_theirs(sqlite_house: House) -> None:
    home = sqlite_house
    chief, colleague = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    province, rival = await officer(home, "33"), await officer(home, BOYOLALI)
    auditor = await officer(home, SUKOHARJO, "auditor")
    await chief.says("/kantor grup", address=OURS)
    for seat, warned in (
        (colleague.seat, 0), (province.seat, 0), (rival.seat, 1), (auditor.seat, 1), ("siapa", 1), ("siapa", 0)
    ):  # fmt: skip
        before = len(await chief.all())
        await home.say(OURS, MemberSeen(seat), "kantor", sender=seat, private=False)
        assert len(await chief.all()) - before == warned, seat


async def test_nobody_tells_a_story_in_a_group(sqlite_house: House) -> None:
    home = sqlite_house
    photo = Media("0" * 32, "photo", source={"file_id": "x"})
    for event in (
        TextReceived("pak camat membagi amplop"),
        MediaReceived(photo),
        LocationShared(-7.6, 110.8),
        MediaTooBig(9),
    ):
        assert PRIVATELY in await told(home, STRANGE, event, "siapa")
    assert await told(home, STRANGE, TextReceived("/data"), "siapa") == await told(
        home, STRANGE, TextReceived("/lapor"), "siapa"
    )
    assert home.serving.engine.parked == 0


def test_whoever_hides_behind_the_group_or_a_channel_is_nobody() -> None:
    """Anonymous admins, and channels that post in a group, all speak under Telegram's own accounts: no officer's."""
    town, chat = Town(), group(-100500)
    hidden = telegram.User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")
    channel = telegram.User(136817688, "Channel", is_bot=True, username="Channel_Bot")
    for user, behind in ((hidden, chat), (channel, telegram.Chat(-100900, "channel", title="Bawaslu"))):
        message = telegram.Message(7, START, chat, from_user=user, sender_chat=behind, text="/antrean")
        raw = telegram.Update(next(town.updates), message=message).to_dict()
        (inbound,) = receive(raw, "JagaNetralBot", START)
        assert inbound.sender == str(user.id)
        assert not inbound.private
    post = telegram.Message(8, START, telegram.Chat(-100900, "channel", title="x"), text="/kantor grup")
    assert receive(telegram.Update(next(town.updates), channel_post=post).to_dict(), "JagaNetralBot", START) == []
