"""Who may do what with a case, where the matrix does not say it (tests/bot/test_permission_matrix.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.desks import BOYOLALI, IDENTITY, SUKOHARJO, bodies, case, filed, identifying, officer

if TYPE_CHECKING:
    from tests.serving import House


async def test_a_queue_is_the_own_offices(sqlite_house: House) -> None:
    home = sqlite_house
    here, there = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    report = await filed(home)
    for view in ("baru", "saya", "tempo", "baru 99", "baru 00000"):
        assert report.ticket not in str(bodies(await there.says(f"/antrean {view}")))
    assert report.ticket in str(bodies(await here.says("/antrean")))


async def test_who_does_not_want_to_be_reached_is_not(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    for identity in ("anonim", "rahasia"):
        report = await filed(home, identity)
        await one.says(f"/ambil {report.ticket}")
        assert not identifying(await one.says(f"/kontak {report.ticket}"))


async def test_only_who_holds_a_case_learns_the_contact(sqlite_house: House) -> None:
    home = sqlite_house
    holder, colleague = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO, "koordinator")
    above = await officer(home, "RI", "koordinator")
    report = await filed(home)
    for one in (holder, colleague, above):
        assert not identifying(await one.says(f"/kontak {report.ticket}"))  # nobody holds it yet
    await holder.says(f"/ambil {report.ticket}")
    for one in (colleague, above):
        assert not identifying(await one.says(f"/kontak {report.ticket}"))
    assert identifying(await holder.says(f"/kontak {report.ticket}"))
    assert "kontak warga dibuka" in str(bodies(await colleague.says(f"/kasus {report.ticket} riwayat")))
    assert not identifying([*await colleague.all(), *await above.all()])


async def test_the_reporters_words_say_who_asks_and_answers_nowhere(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    report = await filed(home, "rahasia")
    await one.says(f"/ambil {report.ticket}")
    await one.says(f"/tanya {report.ticket} jam berapa?")
    heard = str(bodies(await home.heard(report.seat)))
    assert "jam berapa?" in heard
    assert one.name not in heard
    assert one.seat not in heard


async def test_who_passed_a_case_on_reads_no_more_of_it(sqlite_house: House) -> None:
    home = sqlite_house
    old, new = await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    province = await officer(home, "33")
    report = await filed(home)
    await province.says(f"/kasus {report.ticket}")
    await old.says(f"/alihkan {report.ticket} {BOYOLALI} tempatnya di sana")
    await new.taps(f"/terima {report.ticket} @2")
    left = (await old.all())[-2]
    assert (left.card, left.buttons, left.album) == (f"kasus:{report.ticket}", {}, [])
    assert left.text == f"{report.ticket} · baru · Bawaslu Kabupaten Boyolali"
    count = len(await old.all())
    await new.says(f"/ambil {report.ticket}")
    await new.says(f"/catat {report.ticket} rahasia kantor baru")
    assert len(await old.all()) == count
    assert "rahasia kantor baru" in (await province.all())[-1].text  # above both: it goes on reading
    await new.says(f"/alihkan {report.ticket} {SUKOHARJO} keliru")
    assert list((await old.all())[-1].buttons) == ["Terima", "Kembalikan", "Mengapa ke sini?", "Selengkapnya"]
    await old.says(f"/terima {report.ticket}")
    assert (
        "Ambil" in [seen for seen in await old.all() if seen.card][-1].buttons
    )  # and when it comes back, so does the card


async def test_office_facts_are_the_koordinators(sqlite_house: House) -> None:
    home = sqlite_house
    chief, stranger = await officer(home, SUKOHARJO, "koordinator"), await officer(home, BOYOLALI)
    for role in ("panwascam", "petugas"):
        one = await officer(home, SUKOHARJO, role)
        for words in ("alamat Jalan Palsu 1", "jam 24 jam", "piket 1 2 3", "grup"):
            assert "Hanya koordinator" in str(bodies(await one.says(f"/kantor {words}")))
        assert "Hanya koordinator" in str(bodies(await one.says("/kantor grup", address="-100")))
    shown = str(bodies(await chief.says("/kantor")))
    assert "Palsu" not in shown
    assert "(piket)" not in shown
    assert stranger.name not in shown
    mine = str(bodies(await chief.says("/kantor piket 1 2 3 4 5 6 99999999999999999999999 ² -1 x")))
    assert mine.count("(piket)") == 3  # its own three; the stranger's number changes nothing
    assert "(piket)" not in str(bodies(await stranger.says("/kantor")))
    await chief.says("/kantor alamat Jalan\x00 Raya\n1\u202e")
    assert "Alamat: Jalan Raya 1" in str(bodies(await chief.says("/kantor")))
    assert home.serving.engine.parked == 0


async def test_an_identity_opens_for_the_holder_alone_and_by_two(sqlite_house: House) -> None:
    home = sqlite_house
    one, two, far = await officer(home, SUKOHARJO), await officer(home, SUKOHARJO), await officer(home, BOYOLALI)
    report = await filed(home, "rahasia")
    for stranger in (one, two, far):  # nobody holds it yet
        await stranger.says(f"/identitas {report.ticket} ingin tahu")
        await stranger.says(f"/setuju {report.ticket}")
    await one.says(f"/ambil {report.ticket}")
    for stranger in (two, far):
        await stranger.says(f"/identitas {report.ticket} ingin tahu")
    await one.says(f"/identitas {report.ticket} undangan klarifikasi")
    await one.says(f"/setuju {report.ticket}")
    await far.says(f"/setuju {report.ticket}")
    await one.says(f"/telusuri {report.ticket}")  # an edit in between voids it
    await two.says(f"/setuju {report.ticket}")
    await one.says(f"/identitas {report.ticket} undangan klarifikasi")
    await two.says(f"/bantah {report.ticket} alasannya kurang")
    for everyone in (one, two, far):
        assert identifying(await everyone.all()) == []
    assert "dibuka" not in str(bodies(await home.heard(report.seat)))
    await one.says(f"/identitas {report.ticket} undangan klarifikasi")
    before = (await case(home, report.ticket)).rev
    await two.says(f"/setuju {report.ticket}")
    assert set(identifying(await one.all())) == set(IDENTITY.values())
    assert len([seen for seen in await one.all() if identifying([seen])]) == 1
    assert all(seen.body.get("protect") for seen in await one.all() if identifying([seen]))
    assert identifying(await two.all()) == identifying(await far.all()) == []
    [news] = [seen.text for seen in await home.heard(report.seat) if "dibuka" in seen.text]
    assert one.name not in news
    assert "undangan" not in news
    assert (await case(home, report.ticket)).rev == before + 1
    told = (await one.says(f"/kasus {report.ticket} riwayat"))[-1].text
    assert f"{two.name} menyetujui pembukaan identitas warga untuk {one.name}: undangan klarifikasi" in told


async def test_there_is_nothing_to_open_of_who_is_anonymous(sqlite_house: House) -> None:
    home = sqlite_house
    one = await officer(home, SUKOHARJO)
    report = await filed(home, "anonim")
    await one.says(f"/ambil {report.ticket}")
    assert "tidak menulis siapa dirinya" in (await one.says(f"/identitas {report.ticket} klarifikasi"))[-1].text
