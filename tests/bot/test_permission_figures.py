"""Figures and exports: whose cases are counted for whom, who may let the register out, and to whom it goes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from handlers.events import TextReceived
from handlers.register import COLUMNS
from handlers.triage import ROLES
from storage import register
from storage.tables import exports
from storage.tables import staff as staff_table
from tests.bot.desks import BOYOLALI, IDENTITY, SUKOHARJO, Officer, bodies, case, filed, identifying, number_of, officer
from tests.storage.life import Page
from tests.storage.test_figures import shown

if TYPE_CHECKING:
    from tests.serving import House, Seen

OFFICES = {SUKOHARJO: 1, "33": 2, "RI": 3, BOYOLALI: 1, "32": 0, "32.01": 0, "31": 1, "31.71": 1}


@pytest.mark.parametrize("role", ROLES)
async def test_figures_are_of_the_own_office_and_those_below(sqlite_house: House, role: str) -> None:
    home = sqlite_house
    for code in (SUKOHARJO, BOYOLALI, "31.71"):
        await officer(home, code)
        await filed(home, code=code, kecamatan=f"{code}.01")
    for office, many in OFFICES.items():
        near = role == "panwascam" and "." in office
        desk = await officer(home, f"{office}.01" if near else office, role)
        counted = (await shown(desk, "semua")).get(("Jumlah", "Informasi masuk"), (0, 0))[0]
        none = role == "auditor" or (role == "panwascam" and not near)  # a panwascam counts one kecamatan
        assert counted == (0 if none else many)
        assert not identifying(await desk.all())


async def test_an_auditors_figures_do_count(sqlite_house: House) -> None:
    home = sqlite_house
    for code in (SUKOHARJO, BOYOLALI):
        await officer(home, code)
    for number in range(10):
        await filed(home, code=SUKOHARJO if number < 6 else BOYOLALI)
    home.clock.move(days=7)
    told = {}
    for office in (SUKOHARJO, BOYOLALI, "33", "32"):
        auditor = await officer(home, office, "auditor")
        told[office] = (await shown(auditor, "semua")).get(("Jumlah", "Informasi masuk"), (0, 0))[0]
    assert told == {SUKOHARJO: 5, BOYOLALI: 0, "33": 10, "32": 0}


async def test_a_strange_group_hears_no_figures(sqlite_house: House) -> None:
    home = sqlite_house
    chief, stranger = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI)
    await chief.says("/kantor grup", address="-1001")
    await filed(home)
    for line in ("/statistik", "/ekspor csv"):
        assert "kirim pesan langsung" in str(bodies(await stranger.says(line, address="-1001")))
    assert "Informasi masuk: 1" in str(bodies(await chief.says("/statistik", address="-1001")))


async def test_who_is_nobodys_officer_knows_no_such_command(sqlite_house: House) -> None:
    home = sqlite_house
    report = await filed(home)
    said = []
    for line in ("/statistik", "/ekspor csv", "/ekspor setuju 1", "/bukanperintah"):
        before = len(await home.heard(report.seat))
        await home.say(report.seat, TextReceived(line))
        said.append(bodies((await home.heard(report.seat))[before:]))
    assert said[0] == said[1] == said[2] == said[3]


# --- exports ------------------------------------------------------------------------------------------------------


async def registered(home: House, desk: Officer, second: Officer, **more: Any) -> str:
    """A case in the register."""
    report = await filed(home, code=desk.office, happened="2024-10-01", **more)
    for line in ("/ambil {}", "/formulir {} hari ini", "/registrasi {} 001/Reg/LP/PB/X/2024, hari ini"):
        await desk.says(line.format(report.ticket))
    await second.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "diregistrasi"
    return report.ticket


async def wished(desk: Officer, words: str = "csv") -> int:
    """Propose; gives the number."""
    assert "Usul ekspor dicatat" in str(bodies(await desk.says(f"/ekspor {words}")))
    rows = await desk.home.serving.database.read(lambda conn: conn.execute(select(exports.c.id)).scalars().all())
    return max(rows)


async def test_this_month_is_the_one_on_the_wall_of_the_office(sqlite_house: House) -> None:
    """Half past midnight of the first in Jayapura is half past ten in Jakarta, the day before."""
    home = sqlite_house
    home.clock.at = datetime(2024, 10, 31, 15, 30, tzinfo=UTC)
    for code, month in (("91.71", "November 2024"), (SUKOHARJO, "Oktober 2024"), ("RI", "Oktober 2024")):
        one = await officer(home, code)
        assert f"{month}: tidak ada kasus" in str(bodies(await one.says("/ekspor csv")))
    assert "bila bukan bulan ini" in str(bodies(await one.says("/ekspor csv november 2024"))), "it has not begun here"


def papers(seen: list[Seen]) -> list[Seen]:
    return [one for one in seen if one.body.get("paper")]


async def fetched(home: House, desk: Officer, seen: Seen) -> Any:
    """What the desk's own page gets for the document of a message."""
    page = Page(home)
    page.client.cookies.set("jn_petugas", desk.seat)
    return await page.client.get(f"/petugas/chat/dokumen/{seen.seq}")


@pytest.fixture
async def pair(sqlite_house: House) -> tuple[House, Officer, Officer]:
    """Two of an office, at seats as the page gives them."""
    home, found = sqlite_house, []
    for number, role in enumerate(("koordinator", "petugas"), 1):
        one = Officer(home, f"{number:032x}", SUKOHARJO, role, f"Petugas Meja{number}")
        await home.say(one.seat, TextReceived(f"/start {await home.invite(SUKOHARJO, role)}"), "kantor", name=one.name)
        found.append(one)
    return home, found[0], found[1]


async def test_two_people_and_then_the_document_goes_to_the_first_alone(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    tip = await filed(home)
    ticket = await registered(home, first, second, terlapor="=2+5 Camat Grogol", **IDENTITY)
    number = await wished(first)
    assert not papers(await first.all())
    assert "Disetujui" in str(bodies(await second.says(f"/ekspor setuju {number}")))
    [sent] = papers(await first.all())
    assert sent.body["paper"]["name"] == "register-33-11-2024-10.csv"
    assert not papers(await second.all())
    answer = await fetched(home, first, sent)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert tuple(head) == COLUMNS
    [line] = [dict(zip(head, one, strict=True)) for one in lines]
    assert line["Nomor tiket"] == ticket
    assert line["Terlapor (jabatan, instansi)"] == "'=2+5 Camat Grogol"
    assert line["Kelas jabatan"] == "Camat, lurah"
    assert (line["Nomor register"], line["Tanggal register"]) == ("001/Reg/LP/PB/X/2024", "2024-10-10")
    text = answer.content.decode()
    assert tip.ticket not in text
    assert not [word for word in IDENTITY.values() if word in text]
    row = await home.serving.database.read(lambda conn: register.find(conn, number))
    assert (row.state, row.total, row.taken, row.month, row.format) == ("setuju", 1, 1, "2024-10", "csv")
    assert row.proposer != row.second
    assert (await fetched(home, second, sent)).status_code == 404


async def test_nobody_agrees_with_themselves_or_from_elsewhere(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    await registered(home, first, second)
    number = await wished(first)
    unknown = bodies(await second.says("/ekspor setuju 999999999"))
    assert "perlu disetujui orang lain" in str(bodies(await first.says(f"/ekspor setuju {number}")))
    for office, role in ((BOYOLALI, "koordinator"), ("32", "koordinator"), ("32.01", "petugas")):
        stranger = await officer(home, office, role)
        assert bodies(await stranger.says(f"/ekspor setuju {number}")) == unknown
        assert bodies(await stranger.taps(f"/ekspor tolak {number}")) == unknown
    for role in ("panwascam", "auditor"):
        one = await officer(home, SUKOHARJO, role)
        nothing = bodies(await one.says("/bukanperintah"))
        for line in (f"/ekspor setuju {number}", f"/ekspor tolak {number}", "/ekspor csv"):
            assert bodies(await one.says(line)) == nothing
    assert not papers(await first.all())
    province = await officer(home, "33")
    assert "Disetujui" in str(bodies(await province.says(f"/ekspor setuju {number}")))
    assert len(papers(await first.all())) == 1
    assert bodies(await second.says(f"/ekspor setuju {number}")) == unknown  # it was answered


async def test_any_change_of_a_case_voids_what_was_proposed(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    ticket = await registered(home, first, second)
    number = await wished(first)
    await first.says(f"/catat {ticket} ada surat baru")
    assert "berubah" in str(bodies(await second.says(f"/ekspor setuju {number}")))
    assert not papers(await first.all())


async def test_what_was_agreed_is_not_to_be_had_after_a_change_or_a_day(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    ticket = await registered(home, first, second)
    sent = []
    for words in ("csv", "xlsx"):
        number = await wished(first, words)
        await second.says(f"/ekspor setuju {number}")
        sent.append(papers(await first.all())[-1])
        assert (await fetched(home, first, sent[-1])).status_code == 200
    home.clock.move(hours=23)
    assert (await fetched(home, first, sent[0])).status_code == 200
    home.clock.move(hours=1)
    late = await fetched(home, first, sent[0])
    assert (late.status_code, "waktunya lewat" in late.text) == (503, True)
    home.clock.move(hours=-2)
    await first.says(f"/catat {ticket} ada surat baru")
    assert (await fetched(home, first, sent[1])).status_code == 503


async def test_who_serves_no_more_gets_nothing(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    await officer(home, SUKOHARJO, "koordinator")
    await registered(home, first, second)
    number = await wished(first)
    await second.says(f"/ekspor setuju {number}")
    sent = papers(await first.all())[-1]
    proposer = (await home.serving.database.read(lambda conn: register.find(conn, number))).proposer
    for change, status in (({"role": "auditor"}, 503), ({"role": "koordinator", "office": BOYOLALI}, 503)):
        row = update(staff_table).where(staff_table.c.id == proposer).values(change)
        await home.serving.database.write(lambda conn, row=row: conn.execute(row))
        assert (await fetched(home, first, sent)).status_code == status
    await home.serving.database.write(
        lambda conn: conn.execute(update(staff_table).where(staff_table.c.id == proposer).values(active=False))
    )
    assert (await fetched(home, first, sent)).status_code == 404


async def test_a_proposal_ends_after_a_day_and_can_be_taken_back(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    await registered(home, first, second)
    number = await wished(first)
    home.clock.move(hours=24)
    assert "lewat waktunya" in str(bodies(await second.says(f"/ekspor setuju {number}")))
    number = await wished(first, "xlsx semua")
    assert "ditarik" in str(bodies(await first.says(f"/ekspor tolak {number}")))
    assert "Tidak ada usul" in str(bodies(await second.says(f"/ekspor setuju {number}")))
    assert not papers(await first.all())


async def test_a_province_exports_what_lies_below_it_and_no_more(sqlite_house: House) -> None:
    home = sqlite_house
    tickets = []
    for code in (SUKOHARJO, BOYOLALI, "31.71"):
        clerk, second = await officer(home, code, "koordinator"), await officer(home, code)
        tickets.append(await registered(home, clerk, second))
    for office, count in (("33", 2), ("RI", 3), ("32", 0)):
        desk = await officer(home, office)
        assert f"{count or 'tidak ada'} kasus" in str(bodies(await desk.says("/ekspor csv")))


async def test_who_sees_fewer_cases_is_neither_asked_nor_told_how_many(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    tickets = [await registered(home, first, second) for _ in range(2)]
    third, province = await officer(home, SUKOHARJO), await officer(home, "33", "koordinator")
    await first.says(f"/benturan {tickets[0]} {await number_of(home, second)}")
    before = len(await second.all())
    number = await wished(first)
    assert len(await second.all()) == before
    assert "2 kasus" in (await third.all())[-1].text
    for line in ("setuju", "tolak"):
        unknown = bodies(await second.says(f"/ekspor {line} 999999999"))
        assert bodies(await second.says(f"/ekspor {line} {number}")) == unknown
    assert "Disetujui" in str(bodies(await third.says(f"/ekspor setuju {number}")))
    await third.says("/keluar")
    await third.says("/keluar ya")
    heard = len(await province.all())
    await first.says("/ekspor csv")
    assert "2 kasus" in str(bodies((await province.all())[heard:]))  # nobody of the office sees the same
    await province.says(f"/benturan {tickets[1]} {await number_of(home, first)}")
    heard = len(await second.all())
    assert "Belum ada orang kedua yang melihat" in str(bodies(await first.says("/ekspor csv")))
    assert "mengusulkan ekspor" not in str(bodies((await second.all())[heard:]))


async def test_in_a_group_nobody_hears_how_many(pair: tuple[House, Officer, Officer]) -> None:
    home, first, second = pair
    await first.says("/kantor grup", address="-1001")
    ticket = await registered(home, first, second)
    await officer(home, SUKOHARJO)
    await first.says(f"/benturan {ticket} {await number_of(home, second)}")
    asked, heard = len(await first.all()), len(await second.all())
    for line in ("/ekspor csv", "/ekspor csv semua", "/ekspor csv september"):
        said = str(bodies(await first.says(line, address="-1001")))
        assert "percakapan pribadi" in said
        assert "kasus" not in said.replace(ticket, "")
    told = str(bodies((await first.all())[asked:]))
    assert told.count("1 kasus") == 2
    assert "tidak ada kasus" in told
    assert len(await second.all()) == heard
