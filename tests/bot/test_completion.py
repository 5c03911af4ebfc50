"""What was missing is asked of the citizen: the answers reach the case, who they are reaches nobody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import func, select

from bot.outgoing.casefile import pieces_of
from handlers.completion import ITEMS
from handlers.events import Media, MediaReceived, OptionChosen, TextReceived
from storage import tables
from tests.bot.desks import SUKOHARJO, bodies, case, filed, officer
from tests.storage import canaries

if TYPE_CHECKING:
    from tests.bot.desks import Filed, Officer
    from tests.serving import House


async def asked(home: House, items: str) -> tuple[Officer, Filed]:
    one, report = await officer(home, SUKOHARJO), await filed(home, "anonim")
    await one.says(f"/lengkapi {report.ticket} {', '.join(ITEMS[letter][1].msgid for letter in items)}")
    await one.taps(f"/lengkapi {report.ticket} .{items} kirim @1")
    return one, report


async def presses(home: House, seat: str, label: str) -> None:
    shown = next(row for row in reversed(await home.heard(seat)) if label in row.buttons)
    await home.say(seat, OptionChosen(shown.buttons[label]))


async def test_what_was_asked_stands_with_the_case_and_is_found(any_house: House) -> None:
    home = any_house
    one, report = await asked(home, "tkw")
    seat = report.seat
    await presses(home, seat, "Ajakan atau seruan")
    for words in ("Kenarino, Lurah Banaran", "kemarin"):
        await home.say(seat, TextReceived(words))
    before = await case(home, report.ticket)
    assert "terlapor" not in before.answers
    await presses(home, seat, "Kirim ke petugas")
    after = await case(home, report.ticket)
    assert (after.answers["terlapor"], after.rev) == ("Kenarino, Lurah Banaran", before.rev + 1)
    columns = tables.cases.c.kind, tables.cases.c.happened, tables.cases.c.office
    row = await home.serving.database.read(lambda conn: conn.execute(select(*columns)).one())
    assert tuple(row) == ("ajakan", after.answers["happened"], SUKOHARJO)
    assert report.ticket in str(bodies(await one.says("/cari kenarino")))
    assert "Kelengkapan" in str(bodies(await home.heard(seat))[-1])
    await home.say(seat, TextReceived("/jawab"))
    assert "Tidak ada pertanyaan petugas" in (await home.heard(seat))[-1].text


async def test_a_witness_is_one_more_and_takes_nobody_back(any_house: House) -> None:
    home = any_house
    one, report = await officer(home, SUKOHARJO), await filed(home, "anonim", witness="dua warga RT 3")
    for rev, words in ((1, "Bu Kenarina"), (3, "Bu Kenarina")):
        await one.says(f"/lengkapi {report.ticket} saksi")
        await one.taps(f"/lengkapi {report.ticket} .n kirim @{rev}")
        await home.say(report.seat, TextReceived(words))
        await presses(home, report.seat, "Kirim ke petugas")
        assert (await case(home, report.ticket)).answers["witness"] == "dua warga RT 3; Bu Kenarina"
    card = str(bodies(await one.says(f"/kasus {report.ticket} .lengkap")))
    assert "Saksi: dua warga RT 3; Bu Kenarina" in card
    history = str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))
    assert "Saksi: Bu Kenarina" in history
    assert "sebelumnya" not in history


async def test_who_the_reporter_is_reaches_no_officer(sqlite_house: House) -> None:
    home = sqlite_house
    one, report = await asked(home, "i")
    await presses(home, report.seat, "Rahasia")
    for words in ("Kenarina Rahasia 081273645502", "Gang Kenari", "Solo, 1 Mei 1980", "Perempuan", "guru", "WNI", "-"):
        await home.say(report.seat, TextReceived(words))
    await presses(home, report.seat, "Kirim ke petugas")
    assert (await case(home, report.ticket)).answers["pelapor_nama"] == "Kenarina Rahasia"
    for line in ("", " lengkap", " riwayat", " mengapa"):
        await one.says(f"/kasus {report.ticket}{line}")
    heard: Any = str(bodies(await one.all()))
    assert "Dikenal sebagai: tersimpan tersegel" in heard
    assert not any(word in heard for word in ("Kenari", "081273645502", "Solo, 1"))


async def test_an_answer_that_is_dropped_is_erased_and_can_be_given_again(any_house: House) -> None:
    home = any_house
    _, report = await asked(home, "tb")
    await home.say(report.seat, TextReceived("KenariDraf si lurah"))
    await home.say(report.seat, MediaReceived(Media("f" * 32, "photo", source={"file_id": "x"})))
    keys = home.serving.keys
    kept = await home.serving.database.read(lambda conn: canaries.opened(conn, keys))
    assert "KenariDraf" in kept[0]
    await home.say(report.seat, TextReceived("/batal"))
    kept = await home.serving.database.read(lambda conn: canaries.opened(conn, keys))
    assert "KenariDraf" not in kept[0]
    files = select(func.count()).select_from(tables.evidence)
    assert await home.serving.database.read(lambda conn: conn.execute(files).scalar_one()) == 0
    await home.say(report.seat, TextReceived("/status"))
    assert "Jawab petugas" in (await home.heard(report.seat))[-1].buttons
    await home.say(report.seat, TextReceived("/jawab"))
    assert "Siapa yang melakukannya?" in (await home.heard(report.seat))[-1].text


async def test_a_file_that_was_sent_stays_with_the_case(any_house: House) -> None:
    home = any_house
    _, report = await asked(home, "b")
    await home.say(report.seat, MediaReceived(Media("e" * 32, "photo", source={"file_id": "x"})))
    await presses(home, report.seat, "Kirim ke petugas")
    owner = select(tables.evidence.c.case_id)
    of = await home.serving.database.read(lambda conn: conn.execute(owner).scalars().all())
    assert list(of) == [(await case(home, report.ticket)).id]


async def test_what_comes_later_is_numbered_later(any_house: House) -> None:
    home = any_house
    one, report = await officer(home, SUKOHARJO), await filed(home, "anonim")
    for rev, ids in ((1, "ec"), (3, "a")):
        await one.says(f"/lengkapi {report.ticket} bukti")
        await one.taps(f"/lengkapi {report.ticket} .b kirim @{rev}")
        for id_ in ids:  # all in one moment, by names that sort the other way
            await home.say(report.seat, MediaReceived(Media(id_ * 32, "photo", source={"file_id": id_})))
        await presses(home, report.seat, "Kirim ke petugas")
    found, sources = await case(home, report.ticket), SimpleNamespace(keys=home.serving.keys)
    pieces = await home.serving.database.read(lambda conn: pieces_of(conn, found, cast("Any", sources)))
    assert [piece.file.id[0] for piece in pieces] == ["e", "c", "a"]


async def test_the_status_that_the_words_name_goes_along_as_in_a_report(any_house: House) -> None:
    """A camat is an ASN, whatever was thought before; whose words name none leaves it as it was."""
    home = any_house
    one, report = await asked(home, "t")
    await home.say(report.seat, TextReceived("Bambang, camat grogol"))
    assert "Status terlapor: ASN (PNS, PPPK)" in str(bodies(await home.heard(report.seat))[-1])
    await presses(home, report.seat, "Kirim ke petugas")
    assert (await case(home, report.ticket)).answers["position"] == "asn"
    assert "Status terlapor: ASN (PNS, PPPK)" in str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))
    for words, position in (("Bambang saja", "asn"), ("Bambang, kepala desa Telukan", "kades")):
        await one.taps(f"/lengkapi {report.ticket} .t kirim @{(await case(home, report.ticket)).rev}")
        await home.say(report.seat, TextReceived(words))
        await presses(home, report.seat, "Kirim ke petugas")
        assert (await case(home, report.ticket)).answers["position"] == position
    history = str(bodies(await one.says(f"/kasus {report.ticket} riwayat")))
    assert "Kades, perangkat (sebelumnya ASN (PNS, PPPK))" in history


async def test_a_status_that_was_asked_is_the_citizens_own(sqlite_house: House) -> None:
    home = sqlite_house
    _, report = await asked(home, "s")
    await presses(home, report.seat, "Honorer")
    await presses(home, report.seat, "Kirim ke petugas")
    assert (await case(home, report.ticket)).answers["position"] == "honorer"
