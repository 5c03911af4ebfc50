"""Who is an officer at all, and from when till when; what citizens can learn of what is not theirs."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.engine import Arrival
from handlers.codes import ALPHABET
from handlers.codes import receipt as as_receipt
from handlers.codes import ticket as as_ticket
from handlers.commands import COMMANDS, PLAIN
from handlers.events import TextReceived
from handlers.inbound import Inbound
from storage import outbox
from storage.tables import staff
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, do, filed, officer, remove
from tests.storage.life import Page, officer_page

if TYPE_CHECKING:
    from tests.serving import House, Seen


async def citizen(home: House, seat: str, text: str) -> list[Seen]:
    before = len(await home.heard(seat))
    await home.say(seat, TextReceived(text))
    return (await home.heard(seat))[before:]


OFFICERS = [c for c in COMMANDS if c.roles and c.name not in PLAIN]  # but /formulir, which both have

# --- citizens ---------------------------------------------------------------------------------------------------


async def test_an_officers_command_is_unknown_to_citizens(sqlite_house: House) -> None:
    home = sqlite_house
    await officer(home, SUKOHARJO)
    report = await filed(home)
    unknown = bodies(await citizen(home, report.seat, "/bukanperintah"))
    for command in OFFICERS:
        for line in (f"/{command.name}", f"/{command.name} {report.ticket} @1 x", f"/{command.name.upper()}@bot x"):
            assert bodies(await citizen(home, report.seat, line)) == unknown
    page = Page(home)
    await page.open()
    question = (await page.heard())[-1].text
    old = "Tombol itu milik pertanyaan yang sudah lewat. Ini pertanyaan yang sekarang:"
    for command in OFFICERS:  # a forged button, over HTTP
        await page.send(data=f"/{command.name} {report.ticket} @1", label="x")
        assert (await page.heard())[-1].text == f"{old}\n\n{question}"
    assert (await case(home, report.ticket)).rev == 1


async def test_a_step_of_a_case_is_no_citizens(sqlite_house: House) -> None:
    """/formulir is a step to officers; typed by anybody else it is their own form, and moves nothing."""
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    await remove(home, one)
    for line in (f"/formulir {report.ticket} hari ini", f"/formulir {report.ticket} @2 hari ini"):
        assert "Belum ada yang terkirim" in str(bodies(await one.says(line)))
        await citizen(home, report.seat, line)
    assert (await case(home, report.ticket)).status == "ditangani"


async def test_who_changes_office_in_a_batch_acts_for_the_new_one_only(sqlite_house: House) -> None:
    home = sqlite_house
    moving = await officer(home, SUKOHARJO)
    report = await filed(home)
    code = await home.invite(BOYOLALI)
    take = TextReceived(f"/ambil {report.ticket}")
    await home.together(moving.seat, TextReceived(f" /Start {code}"), take, channel="kantor")
    assert (await case(home, report.ticket)).holder == 0
    assert report.ticket not in (await moving.all())[-1].text


async def test_another_citizens_ticket_is_like_none(sqlite_house: House) -> None:
    home = sqlite_house
    report, other = await filed(home), await filed(home)
    for_none = bodies(await citizen(home, other.seat, f"/status {as_ticket('0000000')}"))
    assert bodies(await citizen(home, other.seat, f"/status {report.ticket}")) == for_none
    assert report.ticket not in str(bodies(await citizen(home, other.seat, "/status")))
    assert report.ticket in str(bodies(await citizen(home, report.seat, f"/status {report.ticket}")))


async def test_the_receipt_answers_on_every_channel_and_no_guess_does(sqlite_house: House) -> None:
    home = sqlite_house
    report = await filed(home)
    desk = await officer(home, BOYOLALI)
    await home.say("t1", TextReceived(f"/status {report.receipt.lower()}"), "terminal")
    assert report.ticket in (await home.heard("t1", "terminal"))[-1].text
    assert report.ticket in str(bodies(await desk.says(f"/status {report.receipt}")))
    wrong = as_receipt("0" * 17)
    near = report.receipt[:-8] + "".join(ALPHABET[(ALPHABET.index(c) + 1) % 32] for c in report.receipt[-8:-7])
    for guess in (wrong, report.ticket, near, report.receipt[:-1], "%" * 18, "' or 1=1 --"):
        assert report.ticket not in str(bodies(await citizen(home, "t2", f"/status {guess}"))).replace(guess, "")


async def test_nobody_speaks_in_anothers_case(sqlite_house: House) -> None:
    """What a citizen adds goes to their own case, whatever they write about others'."""
    home = sqlite_house
    desk = await officer(home, SUKOHARJO)
    report, other = await filed(home), await filed(home)
    for line in (
        f"/jawab {report.ticket}",
        f"/koreksi {report.ticket} semua palsu",
        "/hapus ya",
        f"{report.ticket} batal",
    ):
        await citizen(home, other.seat, line)
    assert (await case(home, report.ticket)).rev == 1
    assert "palsu" not in str(bodies(await desk.says(f"/kasus {report.ticket} riwayat")))


# --- invitations ------------------------------------------------------------------------------------------------


async def count_staff(home: House) -> int:
    query = select(func.count()).select_from(staff).where(staff.c.active)
    return await home.serving.database.read(lambda conn: conn.execute(query).scalar_one())


async def test_an_invitation_is_spent_once_and_in_its_time(sqlite_house: House) -> None:
    home = sqlite_house
    code, late = await home.invite(SUKOHARJO), await home.invite(SUKOHARJO)
    wrong = bodies(await citizen(home, "a", "/start " + "0" * 20))
    await home.say("b", TextReceived(f"/start {code}"), "kantor", name="B")
    assert bodies(await citizen(home, "a", f"/start {code}")) == wrong
    home.clock.move(days=2)
    assert bodies(await citizen(home, "a", f"/start {late}")) == wrong
    assert await count_staff(home) == 1


async def test_an_invitation_shown_in_a_group_is_not_spent_there(sqlite_house: House) -> None:
    home = sqlite_house
    code = await home.invite(SUKOHARJO, "koordinator")
    await home.say("-100", TextReceived(f"/start {code}"), "kantor", sender="siapa", private=False)
    assert await count_staff(home) == 0
    await home.say("b", TextReceived(f"/start {code}"), "kantor", name="B")
    assert await count_staff(home) == 1


async def test_two_press_masuk_at_once_and_one_is_in(sqlite_house: House) -> None:
    home = sqlite_house
    code = await home.invite(SUKOHARJO)
    pages = [officer_page(home) for _ in range(5)]
    bodies_ = [{"id": f"masuk-{number:06}", "code": code, "name": f"P{number}"} for number in range(5)]
    answers = await asyncio.gather(
        *(p.client.post("/petugas/masuk", json=b) for p, b in zip(pages, bodies_, strict=True))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 403, 403, 403, 403]
    assert await count_staff(home) == 1


async def test_a_spent_link_opens_nothing_later(sqlite_house: House) -> None:
    """The answer to Masuk may be lost: the same press works again, but only at once."""
    home = sqlite_house
    press = {"id": "masuk-000001", "code": await home.invite(SUKOHARJO), "name": "P"}
    status = [(await officer_page(home).client.post("/petugas/masuk", json=press)).status_code for _ in range(2)]
    home.clock.move(minutes=11)
    status.append((await officer_page(home).client.post("/petugas/masuk", json=press)).status_code)
    assert status == [200, 200, 403]
    assert await count_staff(home) == 1


async def test_who_changes_offices_leaves_the_old_one(sqlite_house: House) -> None:
    home = sqlite_house
    one, colleague = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    missing = bodies(await one.says(f"/kasus {as_ticket('0000000')}"))
    await one.says(f"/start {await home.invite(BOYOLALI)}", name=one.name)
    assert bodies(await one.says(f"/kasus {report.ticket}")) == missing
    assert one.name in str(bodies(await one.says("/kantor")))
    assert one.name not in str(bodies(await colleague.says("/kantor")))
    count = len(await one.all())
    await colleague.says(f"/catat {report.ticket} tidak untuknya")
    await citizen(home, report.seat, "ada tambahan, spanduknya banyak")
    await home.say(report.seat, TextReceived("Tambahan"))
    assert len(await one.all()) == count
    assert "menambahkan keterangan" in str(bodies(await colleague.all()))


async def test_leaving_counts_within_one_batch(sqlite_house: House) -> None:
    """Whoever joins elsewhere is no longer let in here by the very next message, though both came together."""
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    report = await filed(home)
    lines = (f"/start {await home.invite(BOYOLALI)}", f"/kasus {report.ticket}", "/antrean")
    now = home.clock.now()
    inbounds = [Inbound("kantor", f"b{n}", one.seat, one.seat, now, TextReceived(text)) for n, text in enumerate(lines)]
    before = len(await one.all())
    await home.serving.engine.submit([Arrival("kantor", inbound.update_id, [inbound]) for inbound in inbounds])
    told = str(bodies((await one.all())[before:]))
    assert "Selamat bertugas di Bawaslu Kabupaten Boyolali" in told
    assert "Antrean Bawaslu Kabupaten Boyolali" in told
    assert report.ticket not in told


# --- a removed officer ----------------------------------------------------------------------------------------------


async def test_who_was_removed_is_out_at_once(sqlite_house: House) -> None:
    home = sqlite_house
    one, colleague = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO)
    report = await filed(home)
    await one.says(f"/ambil {report.ticket}")
    await one.says(f"/catat {report.ticket}")  # the question for the note's words is open
    await remove(home, one)
    unknown = bodies(await citizen(home, "siapa", "/bukanperintah"))
    await one.says("tulisan untuk catatan yang terbuka")
    for command in OFFICERS:
        assert bodies(await one.says(f"/{command.name} {report.ticket} x"))[-1]["text"] == unknown[0]["text"]
        assert bodies(await one.taps(f"/{command.name} {report.ticket} @2"))[-1]["text"] == unknown[0]["text"]
    assert (await case(home, report.ticket)).rev == 2
    count = len(await one.all())
    await colleague.says(f"/tanya {report.ticket} jam berapa?")
    await citizen(home, report.seat, "jam sembilan")
    assert len(await one.all()) == count
    assert "warga sudah menjawab" in str(bodies(await colleague.all()))


async def test_a_reply_finds_the_card_that_it_answers(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    first, second = await filed(home), await filed(home)

    def place(act: object) -> None:
        conn, chat = act.work.writing(), act.chat.id  # type: ignore[attr-defined]
        outbox.place_card(conn, chat, f"kasus:{first.ticket}", "110,115")
        outbox.place_card(conn, chat, f"kasus:{second.ticket}", "5")

    await do(home, one.seat, place, "kantor")
    await one.says("/ambil", reply_to="5")
    assert [(await case(home, which.ticket)).status for which in (first, second)] == ["baru", "ditangani"]
    assert "Kasus yang mana" in str(bodies(await one.says("/ambil", reply_to="10")))
    assert json.dumps(bodies(await one.says("/lepas", reply_to="15"))).count("Kasus yang mana") == 1
