"""Conflict of interest: who is kept out neither sees, finds, hears of, holds nor agrees to anything of the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from bot.outgoing.casefile import readable
from bot.outgoing.papers import Sources, Wanted
from handlers.codes import ticket as as_ticket
from handlers.effects import Complete
from handlers.events import TextReceived
from storage import conflicts, tables
from tests.bot.desks import BOYOLALI, SUKOHARJO, bodies, case, do, filed, number_of, officer
from tests.bot.test_joining import invited
from tests.bot.test_mornings import tick, told

if TYPE_CHECKING:
    from tests.bot.desks import Filed, Officer
    from tests.serving import House

OURS, NONE = "-1001", as_ticket("0000000")
AGENCY = "Dinas Pendidikan Sukoharjo"
ACCUSED = "Kepala Dinas Pendidikan"
HIDDEN = "tidak lagi ditampilkan di sini"


async def desk(home: House) -> tuple[Officer, Officer, Officer, Filed]:
    """A koordinator, two petugas, and a case that all three have on their screens."""
    head, one, other = [await officer(home, SUKOHARJO, role) for role in ("koordinator", "petugas", "petugas")]
    return head, one, other, await filed(home)


async def marked(home: House, head: Officer, one: Officer, report: Filed, note: str = "") -> str:
    """What the koordinator hears."""
    said = await head.says(f"/benturan {report.ticket} {await number_of(home, one)} {note}".rstrip())
    return str(bodies(said))


async def unmarked(home: House, head: Officer, one: Officer, report: Filed) -> str:
    return await marked(home, head, one, report, "lepas")


async def like_nothing(one: Officer, report: Filed, *lines: str, **where: Any) -> bool:
    """Is each of these answered like a case that does not exist?"""
    for line in lines:
        real, none = [str(bodies(await one.says(line.format(t), **where))) for t in (report.ticket, NONE)]
        if real.replace(report.ticket, "") != none.replace(NONE, ""):
            return False
    return True


async def rows(home: House, ticket: str) -> list[str]:
    query = select(tables.history.c.action).join(tables.cases, tables.cases.c.id == tables.history.c.case_id)
    query = query.where(tables.cases.c.ticket == ticket).order_by(tables.history.c.seq)
    return await home.serving.database.read(lambda conn: list(conn.execute(query).scalars()))


async def test_who_is_marked_loses_the_case_and_its_buttons_at_once(any_house: House) -> None:
    home = any_house
    head, one, other, report = await desk(home)
    await one.says(f"/ambil {report.ticket}")
    buttons = [data for seen in await one.all() for data in seen.buttons.values() if report.ticket in data]
    assert len(buttons) > 5
    assert "Kasus itu kembali ke antrean" in await marked(home, head, one, report, "iparnya")
    after = await case(home, report.ticket)
    assert (after.holder, after.status) == (0, "baru")
    assert (await rows(home, report.ticket))[-2:] == ["benturan", "lepas"]
    assert (await one.all())[-1].text == f"{report.ticket} · {HIDDEN}"
    assert await like_nothing(
        one, report, "/kasus {}", "/ambil {}", "/catat {} uji", "/setuju {}", "/berkas {}", "/kontak {}"
    )
    nothing = bodies(await one.says(f"/kasus {NONE}"))
    assert [data for data in buttons if bodies(await one.taps(data)) != nothing] == []
    assert "Kosong" in str(bodies(await one.says("/antrean")))
    assert "Tidak ada kasus" in str(bodies(await one.says("/cari Sukoharjo")))
    heard = len(await one.all())
    await other.says(f"/ambil {report.ticket}")
    await head.says(f"/serahkan {report.ticket} {await number_of(home, one)}")
    assert len(await one.all()) == heard
    assert (await case(home, report.ticket)).holder == await number_of(home, other)
    assert "iparnya" not in str(bodies([*await other.all(), *await other.says(f"/kasus {report.ticket} riwayat")]))
    assert "iparnya" in str(bodies(await head.says(f"/kasus {report.ticket} riwayat")))


async def test_a_mark_leaves_what_others_do_as_it_was_and_is_taken_off_again(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, other, report = await desk(home)
    await other.says(f"/tutup {report.ticket} kurang_jelas")
    await marked(home, head, one, report)
    await head.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditutup"
    await head.says(f"/buka {report.ticket}")
    assert "dapat melihat" in await unmarked(home, head, one, report)
    assert report.ticket in str(bodies(await one.says("/antrean jalan")))
    assert (await case(home, report.ticket)).barred == frozenset()


async def test_what_who_is_marked_proposed_is_void(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, _, report = await desk(home)
    await one.says(f"/tutup {report.ticket} kurang_jelas")
    await marked(home, head, one, report)
    assert "Tidak ada usul" in str(bodies(await head.says(f"/setuju {report.ticket}")))
    assert (await case(home, report.ticket)).status == "baru"


async def test_who_may_mark_whom(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, _, report = await desk(home)
    peer, above = await officer(home, SUKOHARJO, "koordinator"), await officer(home, "33", "koordinator")
    nation, colleague = [await officer(home, "RI", "koordinator") for _ in range(2)]
    auditor, stranger = await officer(home, SUKOHARJO, "auditor"), await officer(home, "32", "koordinator")
    for by, whom in ((head, head), (head, peer), (head, above), (above, nation), (head, auditor), (above, above)):
        assert "tidak dapat Anda tandai" in await marked(home, by, whom, report)
    for by in (one, auditor):
        assert "tidak dikenal" in await marked(home, by, head, report)
    assert await like_nothing(stranger, report, f"/benturan {{}} {await number_of(home, one)}")
    assert (await case(home, report.ticket)).barred == frozenset()
    for by, whom in ((above, head), (above, one), (nation, above), (nation, colleague)):
        assert "dijauhkan dari" in await marked(home, by, whom, report)
    assert await like_nothing(head, report, "/kasus {}", f"/benturan {{}} {await number_of(home, head)}")
    assert report.ticket not in str(bodies(await head.says("/kantor")))


async def test_an_agencys_cases_of_before_of_now_and_of_later(any_house: House) -> None:
    home = any_house
    head, one, other, plain = await desk(home)
    before = await filed(home, terlapor=ACCUSED)
    told_only = await filed(home, story="kepala dinas pendidikan membagikan kaos")
    number = await number_of(home, one)
    await do(home, plain.seat, lambda act: None)
    said = str(bodies(await head.says(f"/benturan {number} {AGENCY}")))
    assert "tertutup baginya: 2" in said
    later = await filed(home, terlapor=f"Sekretaris, {AGENCY}")
    for report in (before, told_only, later):
        assert await like_nothing(one, report, "/kasus {}")
        assert report.ticket in str(bodies(await other.says("/antrean")))
    assert later.ticket not in str(bodies(await one.all()))
    assert (await rows(home, later.ticket)) == ["masuk", "benturan"]
    assert plain.ticket in str(bodies(await one.says("/antrean")))
    await do(home, plain.seat, lambda act: act.perform(act, Complete(plain.ticket, {"terlapor": ACCUSED})))
    assert (await one.all())[-1].text == f"{plain.ticket} · {HIDDEN}"
    listed = str(bodies(await head.says("/kantor")))
    assert AGENCY in listed
    assert AGENCY not in str(bodies(await other.says("/kantor")))
    assert "tidak lagi dijauhkan" in str(bodies(await head.says(f"/benturan {number} lepas {AGENCY.lower()}")))
    for report in (before, told_only, later, plain):
        assert report.ticket in str(bodies(await one.says(f"/kasus {report.ticket}")))
    left = [tables.barred, tables.ties, tables.tie_words]
    query = [select(func.count()).select_from(table) for table in left]
    assert await home.serving.database.read(lambda conn: [conn.execute(one).scalar_one() for one in query]) == [0, 0, 0]


async def test_a_mark_by_hand_holds_when_a_tie_goes(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, _, report = await desk(home)
    both = await filed(home, terlapor=ACCUSED)
    number = await number_of(home, one)
    await marked(home, head, one, both)
    await head.says(f"/benturan {number} {AGENCY}")
    assert "tetap dijauhkan" in await unmarked(home, head, one, both)
    await marked(home, head, one, both)
    await head.says(f"/benturan {number} lepas {AGENCY}")
    assert await like_nothing(one, both, "/kasus {}")
    assert not await like_nothing(one, report, "/kasus {}")


async def test_said_again_it_stands_and_only_its_own_word_takes_it_off(any_house: House) -> None:
    home = any_house
    head, one, _, report = await desk(home)
    both, number = await filed(home, terlapor=ACCUSED), await number_of(home, one)
    await marked(home, head, one, report)
    await head.says(f"/benturan {number} {AGENCY}")
    for note in ("", "iparnya", "jauhkan"):
        assert "sudah dicatat" in await marked(home, head, one, report, note)
    assert "sudah dicatat" in str(bodies(await head.says(f"/benturan {number} {AGENCY.lower()}")))
    for each in (report, both):
        assert await like_nothing(one, each, "/kasus {}")
    assert "tetap dijauhkan" in await unmarked(home, head, one, both)
    assert "memang tidak" in str(bodies(await head.says(f"/benturan {number} lepas Dinas Kesehatan")))
    assert "dapat melihat" in await marked(home, head, one, report, "Lepas")
    assert "memang tidak" in await unmarked(home, head, one, report)
    assert "tidak lagi" in str(bodies(await head.says(f"/benturan {number} lepas {AGENCY}")))
    for each in (report, both):
        assert not await like_nothing(one, each, "/kasus {}")


async def test_a_tie_in_the_same_breath_as_its_case_finds_it(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, _, report = await desk(home)
    await do(home, report.seat, lambda act: act.perform(act, Complete(report.ticket, {"terlapor": ACCUSED})))
    words = ("pendidikan", "sukoharjo")
    number = await number_of(home, one)
    mark = await home.serving.database.write(lambda conn: conflicts.tie(conn, home.keys, number, AGENCY, words))
    found = await home.serving.database.read(
        lambda conn: conflicts.tied(conn, home.keys, {"kepala", "pendidikan"}, {"sukoharjo"})
    )
    assert found == [(number, mark)]
    nobody = await home.serving.database.read(
        lambda conn: conflicts.tied(conn, home.keys, {"camat"}, {"pendidikan", "sukoharjo"})
    )
    assert nobody == []  # the place alone is not the accused
    assert head


async def test_in_the_group_nothing_of_it_is_said_any_more(any_house: House) -> None:
    home = any_house
    head, one, other, _ = await desk(home)
    await head.says("/kantor grup", address=OURS)
    report = await filed(home)
    assert report.ticket in str(bodies(await home.heard(OURS, "kantor")))
    assert "ditutup di grup" in await marked(home, head, one, report)
    heard = await home.heard(OURS, "kantor")
    assert heard[-1].text == f"{report.ticket} · {HIDDEN}"
    await other.says(f"/catat {report.ticket} uji")
    await home.say(report.seat, TextReceived("jalannya di depan pasar"))
    await filed(home, terlapor=ACCUSED)
    assert report.ticket not in str(bodies((await home.heard(OURS, "kantor"))[len(heard) :]))
    await head.says(f"/benturan {await number_of(home, other)} {AGENCY}")
    assert AGENCY in str(bodies(await head.says("/kantor")))
    assert AGENCY not in str(bodies(await head.says("/kantor", address=OURS)))
    for who in (one, other, head):
        assert await like_nothing(who, report, "/kasus {}", "/catat {} uji", address=OURS)
        for line in ("/antrean", "/cari camat"):
            assert report.ticket not in str(bodies(await who.says(line, address=OURS)))
    assert report.ticket in str(bodies(await other.says("/antrean")))
    await unmarked(home, head, one, report)
    assert report.ticket in (await home.heard(OURS, "kantor"))[-1].text


async def test_nobody_left_at_the_office_means_the_office_above(sqlite_house: House) -> None:
    home = sqlite_house
    above, head = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO, "koordinator")
    report, number = await filed(home), await number_of(home, head)
    assert "naik ke Bawaslu Provinsi Jawa Tengah" in await marked(home, above, head, report)
    assert (await case(home, report.ticket)).office == "33"
    assert report.ticket in str(bodies(await above.says("/antrean")))
    await above.says(f"/benturan {number} {AGENCY}")
    later = await filed(home, terlapor=ACCUSED)
    assert (await case(home, later.ticket)).office == "33"
    assert later.ticket not in str(bodies(await head.all()))


@pytest.mark.parametrize("how", ["keluar", "keluarkan", "panwascam", "pindah"])
async def test_an_office_left_with_only_who_is_kept_out_passes_that_case_up(any_house: House, how: str) -> None:
    """Whoever is kept out of it may be the one who lets the last colleague go."""
    home = any_house
    above, head = await officer(home, "33", "koordinator"), await officer(home, SUKOHARJO, "koordinator")
    last, near = await officer(home, SUKOHARJO), await officer(home, f"{SUKOHARJO}.09", "panwascam")
    report, other = await filed(home, kecamatan=near.office), await filed(home)
    await last.says(f"/ambil {report.ticket}")
    await marked(home, above, head, report)
    assert (await case(home, report.ticket)).office == SUKOHARJO
    heard = len(await head.all())
    match how:
        case "keluar":
            await last.says("/keluar ya")
        case "keluarkan":
            await head.says(f"/keluarkan {await number_of(home, last)} ya")
        case _:
            post = (near.office, "panwascam") if how == "panwascam" else (BOYOLALI, "petugas")
            await last.says(f"/start {await home.invite(*post)}")
    up = await case(home, report.ticket)
    assert (up.office, up.status, up.holder) == ("33", "baru", 0)
    assert (await rows(home, report.ticket))[-2:] == ["lepas", "naik_benturan"]
    assert (await case(home, other.ticket)).office == SUKOHARJO
    assert report.ticket in str(bodies((await above.all())[-1:]))
    assert report.ticket not in str(bodies((await head.all())[heard:]))
    await above.says(f"/ambil {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditangani"
    assert home.serving.engine.parked == 0


async def test_who_comes_back_stays_kept_out(any_house: House) -> None:
    home = any_house
    head, one, _, report = await desk(home)
    await marked(home, head, one, report)
    await head.says(f"/benturan {await number_of(home, one)} {AGENCY}")
    code = await home.invite(SUKOHARJO, "petugas")
    before = await number_of(home, one)
    await one.says(f"/start {code}")
    assert await number_of(home, one) != before
    later = await filed(home, terlapor=ACCUSED)
    for each in (report, later):
        assert await like_nothing(one, each, "/kasus {}")


async def test_who_is_let_in_by_who_is_kept_out_is_kept_out_too(any_house: House) -> None:
    """A koordinator on a second seat, and whoever that one invites; an honest colleague is let in by somebody else."""
    home = any_house
    head, other, leader = [await officer(home, code, "koordinator") for code in (SUKOHARJO, SUKOHARJO, "33")]
    report, before, plain = await filed(home), await filed(home, terlapor=ACCUSED), await filed(home)
    await marked(home, leader, head, report)
    await leader.says(f"/benturan {await number_of(home, head)} {AGENCY}")
    first = await invited(home, head, "koordinator")
    second = await invited(home, first)
    later = await filed(home, terlapor=ACCUSED)
    for one in (first, second):
        for each in (report, before, later):
            assert await like_nothing(one, each, "/kasus {}")
        assert plain.ticket in str(bodies(await one.says(f"/kasus {plain.ticket}")))
    assert "ikut dijauhkan" in str(bodies(await leader.all()))
    listed = str(bodies(await other.says("/kantor")))
    assert f"{second.name}: {AGENCY}" in listed
    assert f"{second.name}: {report.ticket}" in listed
    number = await number_of(home, second)
    for one in (head, first):  # not by whom it comes from
        await one.says(f"/benturan {report.ticket} {number} lepas")
        await one.says(f"/benturan {number} lepas {AGENCY}")
    for each in (report, before, later):
        assert await like_nothing(second, each, "/kasus {}")
    assert "dapat melihat" in await unmarked(home, other, second, report)
    await other.says(f"/benturan {number} lepas {AGENCY}")
    for each in (report, before, later):
        assert each.ticket in str(bodies(await second.says(f"/kasus {each.ticket}")))
        assert await like_nothing(first, each, "/kasus {}")


async def test_papers_and_exports_leave_it_out(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, other, report = await desk(home)
    await one.says(f"/ambil {report.ticket}")
    await one.says(f"/formulir {report.ticket} hari ini")
    await one.says(f"/registrasi {report.ticket} 001/Uji/X/2024, hari ini")
    await head.says(f"/setuju {report.ticket}")
    assert "1 kasus" in str(bodies(await one.says("/ekspor csv")))
    await marked(home, head, one, report)
    assert "tidak ada kasus" in str(bodies(await one.says("/ekspor csv")))
    assert "1 kasus" in str(bodies(await other.says("/ekspor csv")))
    serving = home.serving
    sources = Sources(serving.database, serving.keys, serving.clock, serving.keeper, serving.engine._means.book, None)  # type: ignore[arg-type]
    chats = {}
    for who in (one, other):
        query = select(tables.staff_addresses.c.conversation_id).where(
            tables.staff_addresses.c.staff_id == await number_of(home, who)
        )
        chats[who.seat] = await serving.database.read(lambda conn, query=query: conn.execute(query).scalar_one())
    wanted = Wanted("berkas", "x.pdf", report.ticket, {}, chats[other.seat])
    assert (await serving.database.read(lambda conn: readable(conn, wanted, sources))).ticket == report.ticket
    with pytest.raises(PermissionError):
        await serving.database.read(lambda conn: readable(conn, replace(wanted, to=chats[one.seat]), sources))


async def test_the_morning_does_not_count_it(sqlite_house: House) -> None:
    home = sqlite_house
    head, one, other, report = await desk(home)
    await marked(home, head, one, report)
    home.clock.at = datetime(2024, 10, 11, 1, 0, tzinfo=UTC)
    await tick(home)
    assert (len(await told(one)), len(await told(other)), len(await told(head))) == (0, 1, 1)


async def test_a_proposal_that_nobody_can_confirm_waits_for_who_comes(any_house: House) -> None:
    home = any_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report, second = await filed(home), await filed(home)
    await marked(home, head, one, report)
    said = str(bodies(await head.says(f"/tutup {report.ticket} kurang_jelas")))
    assert f"Belum ada orang kedua untuk {report.ticket}" in said
    await head.says(f"/tutup {second.ticket} kurang_jelas")  # of this one the other was asked
    asked = f"{report.ticket}, Bawaslu"
    assert asked not in str(bodies(await one.all()))
    panwascam, new = await officer(home, SUKOHARJO, "panwascam"), await officer(home, "33")
    assert asked in str(bodies(await new.all()))
    assert f"{second.ticket}, Bawaslu" not in str(bodies(await new.all()))
    assert asked not in str(bodies(await panwascam.all()))
    late = await officer(home, "33")
    assert asked not in str(bodies(await late.all()))  # somebody was asked by then
    await new.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditutup"


@pytest.mark.parametrize("how", ["benturan", "keluarkan", "keluar", "pindah", "instansi"])
async def test_when_who_was_asked_can_be_it_no_more_the_next_one_is_asked(any_house: House, how: str) -> None:
    home = any_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    report = await filed(home, terlapor=ACCUSED)
    await head.says(f"/tutup {report.ticket} kurang_jelas")
    asked = f"{report.ticket}, Bawaslu Kabupaten Sukoharjo: {head.name} mengusulkan"
    assert asked in str(bodies(await one.all()))
    above, nation = await officer(home, "33"), await officer(home, "RI")
    gone = await number_of(home, one)
    lines = {
        "benturan": (head, f"/benturan {report.ticket} {gone}"),
        "keluarkan": (head, f"/keluarkan {gone} ya"),
        "keluar": (one, "/keluar ya"),
        "pindah": (one, f"/start {await home.invite('32')}"),
        "instansi": (head, f"/benturan {gone} {AGENCY}"),
    }
    by, line = lines[how]
    await by.says(line)
    assert str(bodies(await above.all())).count(asked) == 1
    assert asked not in str(bodies(await nation.all()))
    newcomer = await officer(home, SUKOHARJO)
    assert asked not in str(bodies(await newcomer.all()))  # somebody is asked
    await above.says("/keluar ya")
    assert asked in str(bodies(await newcomer.all()))
    await newcomer.says(f"/setuju {report.ticket}")
    assert (await case(home, report.ticket)).status == "ditutup"


async def test_while_another_who_was_asked_can_be_it_nobody_is_asked_anew(any_house: House) -> None:
    home = any_house
    head, one, other, report = await desk(home)
    above = await officer(home, "33")
    await head.says(f"/tutup {report.ticket} kurang_jelas")
    heard = len(await other.all())
    await one.says("/keluar ya")
    asked = f"{report.ticket}, Bawaslu Kabupaten Sukoharjo: {head.name} mengusulkan"
    assert asked not in str(bodies([*(await other.all())[heard:], *await above.all()]))
    await above.says("/keluar ya")
    await other.says("/keluar ya")
    assert f"Belum ada orang kedua untuk {report.ticket}" in str(bodies(await head.all()))
    late = await officer(home, SUKOHARJO)
    assert asked in str(bodies(await late.all()))


async def test_the_other_cards_of_a_case_are_closed_with_it(any_house: House) -> None:
    home = any_house
    head, one, other, report = await desk(home)
    await head.says("/kantor grup", address=OURS)
    await one.says(f"/ambil {report.ticket}")
    for line, where in (("periksa", {}), ("lengkapi", {}), ("periksa", {"address": OURS})):
        await one.says(f"/{line} {report.ticket}", **where)
    await other.says(f"/periksa {report.ticket}")
    heard = len(await other.all())
    await marked(home, head, one, report)
    gone = f"{report.ticket} · {HIDDEN}"
    names = {f"{name}:{report.ticket}" for name in ("kasus", "periksa", "lengkapi")}
    assert {seen.card for seen in await one.all() if seen.text == gone} == names
    in_group = {seen.card for seen in await home.heard(OURS, "kantor") if seen.text == gone}
    assert in_group >= {f"periksa:{report.ticket}"}
    assert gone not in [seen.text for seen in (await other.all())[heard:]]


async def test_the_office_that_is_asked_keeps_its_own_people_out_before_it_answers(any_house: House) -> None:
    home = any_house
    head, one = await officer(home, SUKOHARJO, "koordinator"), await officer(home, SUKOHARJO)
    lead, theirs = await officer(home, BOYOLALI, "koordinator"), await officer(home, BOYOLALI)
    report = await filed(home)
    await head.says(f"/alihkan {report.ticket} {BOYOLALI} rapatnya di sana")
    asked = (await lead.says(f"/benturan {report.ticket}"))[-1]
    assert [label for label in asked.buttons if label.startswith("Petugas")] == [theirs.name]
    assert "tidak dapat Anda tandai" in await marked(home, lead, one, report)
    assert "dijauhkan dari" in await marked(home, lead, theirs, report, "iparnya")
    assert (await theirs.all())[-1].text == f"{report.ticket} · {HIDDEN}"
    assert await like_nothing(theirs, report, "/kasus {}", "/terima {}", "/kembalikan {} uji")
    told = str(bodies(await head.says(f"/kasus {report.ticket} riwayat")))
    assert "seorang petugas dijauhkan" in told
    assert theirs.name not in told
    assert "iparnya" not in told
    await lead.says(f"/terima {report.ticket}")
    assert (await case(home, report.ticket)).office == BOYOLALI
    assert await like_nothing(theirs, report, "/kasus {}")


async def test_when_who_is_kept_out_has_left_the_group_reads_it_again(any_house: House) -> None:
    home = any_house
    head, one, other, report = await desk(home)
    await head.says("/kantor grup", address=OURS)
    await marked(home, head, one, report)
    assert await like_nothing(other, report, "/kasus {}", address=OURS)
    await one.says("/keluar ya")
    assert report.ticket in str(bodies(await other.says(f"/kasus {report.ticket}", address=OURS)))
    await one.says(f"/start {await home.invite(SUKOHARJO)}")
    assert await like_nothing(other, report, "/kasus {}", address=OURS)
