"""The papers through the wire: the form to its citizen alone, file, letter and evidence to officers who may see them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from bot.inside.act import say
from bot.outgoing.copies import Original, zipped
from handlers.attached import Paper
from handlers.effects import Send
from storage import cases, chain, media, outbox
from storage.conversations import by_keys, key_of
from storage.evidence import EvidenceStore
from storage.media import File
from tests.bot.desks import BOYOLALI, SUKOHARJO, case, do, number_of
from tests.serving import TEN
from tests.storage.canaries import WORDS
from tests.storage.life import Page, officer_page, photo
from tests.storage.life import report as whole_report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import House

IDENTITY = [WORDS[name] for name in ("name", "phone", "address", "birth", "job", "email")]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


async def rows(home: House, page: Page) -> list[Any]:
    keys = home.serving.keys

    def look(conn: Any) -> list[Any]:
        [chat] = by_keys(conn, keys, [key_of(keys, page.channel, page.seat)]).values()
        return outbox.stream(conn, keys, chat.id, 0, 10_000)

    return await home.serving.database.read(look)


async def fetched(home: House, page: Page) -> Any:
    """The answer to the newest document's link on this page."""
    newest = next(row for row in reversed(await rows(home, page)) if row.body.get("paper"))
    return await page.client.get(f"{page.base}/dokumen/{newest.seq}")


async def desk(home: House, office: str = SUKOHARJO, role: str = "petugas", name: str = "Bu Ani") -> Page:
    page = officer_page(home)
    await page.enter(await home.invite(office, role), name)
    return page


# --- the citizen's form -----------------------------------------------------------------------------------------------


async def test_the_form_says_what_was_told(any_house: House) -> None:
    home = any_house
    lead, citizen = await desk(home, role="koordinator"), Page(home)
    ticket, _ = await whole_report(citizen)
    await citizen.taps("Formulir Laporan")
    blank = text_of((await fetched(home, citizen)).content)
    assert "belum diisi oleh kantor ini" in blank, "an address is never made up"
    await lead.says("/kantor alamat Jl. Slamet Riyadi 1 #Sukoharjo")
    await lead.says("/kantor jam Senin-Kamis 08.00-16.00")
    got = await fetched(home, citizen)
    assert got.headers["content-disposition"] == f'attachment; filename="formulir-{ticket}.pdf"'
    told = text_of(got.content)
    answers = (await case(home, ticket)).answers
    for value in (*IDENTITY, answers["story"], answers["terlapor"], answers["terlapor_alamat"], answers["witness"]):
        assert bare(value) in bare(told), value
    for words in (
        "FORMULIR LAPORAN", "Model A.1", "Belum Laporan resmi sampai ditandatangani", "Rabu, 9 Oktober 2024",
        "Kabupaten Sukoharjo", "Jl. Slamet Riyadi 1 #Sukoharjo", "Senin-Kamis 08.00-16.00",
        "Paling lambat: Rabu, 16 Oktober 2024, sampai pukul 16.00 WIB.",
        "Penerima Laporan", "Perempuan", "WNI", ticket, "dibuat Kamis, 10 Oktober 2024 pukul 10.00 WIB",
    ):  # fmt: skip
        assert bare(words) in bare(told), words


async def test_what_was_not_told_is_a_line_to_write_on(sqlite_house: House) -> None:
    home = sqlite_house
    citizen = Page(home)
    await citizen.open()
    await citizen.taps("Setuju, lanjut")
    await citizen.says("Camat Grogol Sukoharjo mengajak warga memilih paslon 2 kemarin")
    await citizen.taps("Kirim sekarang")
    await citizen.taps("Formulir Laporan")
    told = text_of((await fetched(home, citizen)).content)
    assert re.search(r"a\. Nama\s*:\s*\n?b\.", told)
    assert "Tidak tahu" not in told


async def test_a_form_is_its_reporters_alone(sqlite_house: House) -> None:
    """Also where a message asks for it that no command would ever have made."""
    home = sqlite_house
    citizen, other, officer = Page(home), Page(home), await desk(home)
    ticket, receipt = await whole_report(citizen)
    await whole_report(other)
    for line in (f"/formulir {ticket}", f"/formulir {receipt}"):
        assert "paper" not in (await other.says(line)).body
    forged = Send("x", paper=Paper("formulir", "formulir.pdf", ticket))
    for page in (other, officer):
        await do(home, page.seat, lambda act: say(act, act.chat, forged), page.channel)
        assert (await fetched(home, page)).status_code == 503


# --- the officers' papers ---------------------------------------------------------------------------------------------


async def test_the_case_file_has_all_but_the_reporter(any_house: House) -> None:
    home = any_house
    officer, citizen = await desk(home), Page(home)
    ticket, _ = await whole_report(citizen)
    await officer.says(f"/ambil {ticket}")
    await officer.says(f"/catat {ticket} #catatan *penting* <b>")
    before = (await case(home, ticket)).rev
    await officer.says(f"/berkas {ticket}")
    got = await fetched(home, officer)
    told = bare(text_of(got.content))
    found = await case(home, ticket)
    assert found.rev == before, "handing it out changes nothing of the case"

    def look(conn: Any) -> tuple[Any, ...]:
        return media.of_case(conn, home.serving.keys, found.id), chain.of_case(conn, found.id), chain.head(conn)

    pieces, links, head = await home.serving.database.read(look)
    assert len(pieces) == 2
    for piece in pieces:
        assert piece.file.meta["sha256"] in told
    for link in (*links, head):
        assert f"{link.number}{link.hash}" in told
    for words in (
        found.answers["story"],
        "#catatan *penting* <b>",
        "berkas kasus diambil Bu Ani",
        "Hanya untuk petugas",
    ):
        assert bare(words) in told, words
    when = "Kamis, 12 September 2024 pukul 10.30"
    assert bare(f"Waktu menurut berkas foto (dapat diubah, bukan bukti): {when}.") in told
    card = (await officer.says(f"/kasus {ticket} .lengkap")).body["text"]
    assert f"Waktu menurut berkas foto: {when} (dapat diubah, bukan bukti)." in card
    for secret in (*IDENTITY, WORDS["file_name"], WORDS["exif"]):
        assert bare(secret) not in told
        assert secret.encode() not in got.content
    assert bare("identitas lengkap pelapor") not in told, "it is there, sealed"
    shown = [image for page in PdfReader(io.BytesIO(got.content)).pages for image in page.images]
    photo_file = next(piece.file for piece in pieces if piece.file.clean)
    assert len(shown) == 2, "photo and map"
    assert (await home.serving.keeper.view(photo_file)) in got.content, "byte for byte"


async def test_the_letter_is_a_draft_and_blames_nobody(sqlite_house: House) -> None:
    home = sqlite_house
    officer, citizen = await desk(home), Page(home)
    ticket, _ = await whole_report(citizen)
    for line in ("ambil", "telusuri", "temuan 012/TM/PB/X/2024", "kajian", "pleno 021/PLENO/X/2024, hari ini"):
        name, _, words = line.partition(" ")
        await officer.says(f"/{name} {ticket} {words}")
    assert "paper" not in (await officer.says(f"/naskah {ticket}")).body
    await officer.says(f"/rekomendasi {ticket} 145/PM.00.02/K.JT-27/10/2024, 9 Oktober 2024")
    await officer.says(f"/naskah {ticket}")
    told = bare(text_of((await fetched(home, officer)).content))
    for words in (
        "NASKAH", "145/PM.00.02/K.JT-27/10/2024", "9 Oktober 2024", "dugaan", "Temuan nomor 012/TM/PB/X/2024",
        "021/PLENO/X/2024", "Pilih salah satu penerima", "BKN", "BAWASLU KABUPATEN SUKOHARJO",
    ):  # fmt: skip
        assert bare(words) in told, words
    for wrong in ("bersalah", "terbukti", "sanksi", "hukuman", *IDENTITY):
        assert bare(wrong) not in told
    await officer.says(f"/teruskan {ticket} BKN")
    sent = bare(text_of((await fetched(home, officer)).content))
    assert "Pilihsalahsatu" not in sent
    assert "BKN" in sent


async def test_papers_close_with_the_case_and_the_office(sqlite_house: House) -> None:
    """What was asked for while it was permitted is not made any more once it is not."""
    home = sqlite_house
    officer, citizen = await desk(home), Page(home)
    far = await desk(home, BOYOLALI, name="Pak Jauh")
    ticket, _ = await whole_report(citizen)
    await officer.says(f"/ambil {ticket}")
    await officer.says(f"/berkas {ticket}")
    assert (await fetched(home, officer)).status_code == 200
    await officer.says(f"/alihkan {ticket} 33.09 tempatnya di sana")
    await far.says(f"/terima {ticket}")
    got = await fetched(home, officer)
    assert got.status_code == 503
    assert "beberapa menit" in got.text


@pytest.mark.parametrize(("office", "role"), [(BOYOLALI, "petugas"), (SUKOHARJO, "auditor"), ("32", "koordinator")])
@pytest.mark.parametrize("kind", ["berkas", "naskah", "bukti"])
async def test_no_paper_for_who_may_not_see_the_case(sqlite_house: House, office: str, role: str, kind: str) -> None:
    home = sqlite_house
    holder, citizen = await desk(home), Page(home)
    ticket, _ = await whole_report(citizen)
    await holder.says(f"/ambil {ticket}")
    stranger = await desk(home, office, role, "Pak Asing")
    assert "paper" not in (await stranger.says(f"/{kind} {ticket}")).body
    given = {"berkas": "", "sampai": "2099-01-01T00:00:00+00:00", "oleh": str(await number_of(home, stranger))}
    forged = Send("x", paper=Paper(kind, "berkas.pdf", ticket, given))
    await do(home, stranger.seat, lambda act: say(act, act.chat, forged), "kantor")
    assert (await fetched(home, stranger)).status_code == 503
    await do(home, citizen.seat, lambda act: say(act, act.chat, forged))
    assert (await fetched(home, citizen)).status_code == 503


# --- the evidence, by two people --------------------------------------------------------------------------------------


async def agreed(home: House) -> tuple[Page, Page, str]:
    """A copy that Bu Ani proposed and Pak Danu agreed to."""
    one, two, citizen = await desk(home), await desk(home, name="Pak Danu"), Page(home)
    ticket, _ = await whole_report(citizen)
    await one.says(f"/ambil {ticket}")
    await one.says(f"/bukti {ticket}")
    assert [row for row in await rows(home, one) if row.body.get("paper")] == []
    assert "perlu disetujui orang lain" in (await one.says(f"/setuju {ticket}")).text
    assert [row for row in await rows(home, one) if row.body.get("paper")] == []
    await two.says(f"/setuju {ticket}")
    return one, two, ticket


async def test_the_originals_come_whole_and_with_a_manifest(any_house: House) -> None:
    home = any_house
    one, two, ticket = await agreed(home)
    assert [row for row in await rows(home, two) if row.body.get("paper")] == [], "only to who proposed it"
    got = await fetched(home, one)
    assert got.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(got.content)) as whole:
        assert whole.testzip() is None
        names = whole.namelist()
        manifest = json.loads(whole.read("manifest.json"))
        readable = whole.read("BACA-SAYA.txt").decode()
        files = {name: whole.read(name) for name in names[:-2]}
    assert names[-2:] == ["manifest.json", "BACA-SAYA.txt"]
    assert {name[3:]: data for name, data in files.items()} == {
        "photo.jpg": photo(),
        "document.txt": WORDS["evidence"].encode(),
    }
    assert [name[:3] for name in files] == ["01-", "02-"]
    for row in manifest["berkas"]:
        data = files[row["berkas"]]
        assert (row["sha256"], row["bita"], row["utuh"]) == (hashlib.sha256(data).hexdigest(), len(data), True)
        assert row["sha256"] in readable
    assert manifest["tiket"] == ticket
    assert manifest["berkas"][0]["diterima"] == "2024-10-10T10:00:00+07:00"
    assert WORDS["file_name"] not in got.content.decode("latin-1")
    assert "menyetujui salinan bukti asli untuk Bu Ani (2 berkas)" in (await one.says(f"/kasus {ticket} riwayat")).text


async def test_an_agreement_lasts_a_day(sqlite_house: House) -> None:
    home = sqlite_house
    one, _, _ = await agreed(home)
    home.clock.move(hours=23)
    assert (await fetched(home, one)).status_code == 200
    home.clock.move(hours=2)
    got = await fetched(home, one)
    assert (got.status_code, "usulkan lagi" in got.text) == (503, True)


async def became(home: House, page: Page, role: str, ticket: str) -> None:
    """Who sits there serves in another role from now on, and has the case in their hands."""
    lead, post = await desk(home, role="koordinator", name="Pak Ketua"), SUKOHARJO
    await page.says(f"/start {await home.invite(f'{post}.09' if role == 'panwascam' else post, role)}")
    await lead.says(f"/serahkan {ticket} {await number_of(home, page)}")
    assert (await case(home, ticket)).holder == await number_of(home, page)


@pytest.mark.parametrize("role", ["panwascam", "petugas"])
async def test_the_originals_are_for_who_proposed_it_as_what_they_were_then(any_house: House, role: str) -> None:
    home = any_house
    one, _, ticket = await agreed(home)
    assert (await fetched(home, one)).status_code == 200
    await became(home, one, role, ticket)
    assert (await fetched(home, one)).status_code == 503
    await one.says(f"/berkas {ticket}")
    assert (await fetched(home, one)).status_code == 200, "the case is theirs"


async def test_the_letter_is_for_who_decides(sqlite_house: House) -> None:
    home = sqlite_house
    one, citizen = await desk(home), Page(home)
    ticket, _ = await whole_report(citizen)
    for line in ("ambil", "telusuri", "temuan 012/TM/PB/X/2024", "kajian", "pleno 021/PLENO/X/2024, hari ini"):
        name, _, words = line.partition(" ")
        await one.says(f"/{name} {ticket} {words}")
    await one.says(f"/rekomendasi {ticket} 145/PM.00.02/K.JT-27/10/2024, 9 Oktober 2024")
    await one.says(f"/naskah {ticket}")
    assert (await fetched(home, one)).status_code == 200
    await became(home, one, "panwascam", ticket)
    assert (await fetched(home, one)).status_code == 503


async def test_what_came_since_was_not_agreed_on(sqlite_house: House) -> None:
    home = sqlite_house
    one, _, ticket = await agreed(home)

    def grow(conn: Any) -> None:
        found = cases.by_ticket(conn, home.serving.keys, ticket)
        row = {"id": "f" * 32, "conversation_id": found.reporter, "kind": "photo", "at": 1}
        media.want(conn, home.serving.keys, row, {"name": "baru"})
        media.adopt(conn, found.id, found.reporter, ["f" * 32])
        file = media.by_id(conn, home.serving.keys, "f" * 32)
        media.settle(conn, file, media.KEPT, size=1, meta={"sha256": "0", "mime": "image/jpeg"})

    await home.serving.database.write(grow)
    with zipfile.ZipFile(io.BytesIO((await fetched(home, one)).content)) as whole:
        assert len(whole.namelist()) == 4


async def test_a_file_that_is_not_whole_is_named(sqlite_house: House) -> None:
    home = sqlite_house
    one, _, _ = await agreed(home)
    for path in (home.folder / "bukti").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3] + b"xyz")
    with zipfile.ZipFile(io.BytesIO((await fetched(home, one)).content)) as whole:
        manifest = json.loads(whole.read("manifest.json"))
        assert [row["utuh"] for row in manifest["berkas"]] == [False, False]
        assert "TIDAK UTUH" in whole.read("BACA-SAYA.txt").decode()


def test_the_copy_is_streamed(tmp_path: Path) -> None:
    """120 MB of evidence pass through in pieces; what is held at once does not grow with them."""
    store, key = EvidenceStore(tmp_path / "bukti"), bytes(32)
    originals = []
    for number in range(3):
        kept = store.put_new(f"{number:032x}", key, (bytes([number]) * (1 << 20) for _ in range(40)), 1 << 30)
        file = File(f"{number:032x}", 1, 1, key, "video", media.KEPT, False, 0, {"sha256": kept.sha256})
        originals.append(Original(f"{number}.bin", TEN, kept.size, file))
    tracemalloc.start()
    size, digest = 0, hashlib.sha256()
    for piece in zipped("JN-1", originals, store):
        assert piece
        size += len(piece)
        digest.update(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 120 << 20
    assert peak < 16 << 20
