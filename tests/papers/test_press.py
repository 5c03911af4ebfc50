"""What people write stands in the PDF as they wrote it, in whatever script, and is never obeyed."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from papers import press
from papers.press import Unset, pressed, visible

EMPTY = {
    "at": 1728529200, "footer": "JN-1 · dibuat hari ini", "ticket": "JN-1", "model": "", "deadline": "",
    "pelapor": dict.fromkeys(("nama", "lahir", "kelamin", "pekerjaan", "warga", "alamat", "hp", "email"), ""),
    "terlapor": {"nama": "", "alamat": ""},
    "peristiwa": {"bentuk": "", "tempat": "", "kejadian": "", "diketahui": ""},
    "saksi": "", "bukti": [], "uraian": "", "tambahan": [], "kantor": [],
}  # fmt: skip
MARKUP = (
    '# $ * _ @ < > \\ ` " ~ [x] {y} //bukan /*catatan*/ #read("rumah.typ") $x^2$ <label> @acuan https://a.b '
    "= judul - butir + nomor #eval(\"1\") \\u{41} --- '' ``` #panic() ]] ))"
)


CASE = {
    "at": 1728529200, "footer": "JN-1 · dibuat hari ini", "ticket": "JN-1", "status": "selesai", "kantor": "Bawaslu",
    "cerita": [], "masuk": "hari ini", "pemegang": "", "gabungan": [], "induk": "", "jalan": "Dugaan.", "mengapa": "",
    "jam": [], "angka": [], "bukti": [], "tautan": [], "bukti_gabungan": [], "riwayat": [], "kepala": {"nomor": 9, "hash": "a3"}, "peta": "",
}  # fmt: skip
LETTER = {
    "at": 1728529200, "footer": "JN-1", "ticket": "JN-1", "kantor": "Bawaslu Kabupaten Sukoharjo", "alamat": "",
    "nomor": "145/2024", "tanggal": "14 Oktober 2024", "kepada": ["BKN"], "dasar": [], "pokok": [], "uraian": "",
    "lampiran": [], "tautan": [], "bukti_gabungan": [],
}  # fmt: skip


def form(**more: Any) -> dict[str, Any]:
    return {**EMPTY, **more}


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def bare(text: str) -> str:
    """Without blanks: where a line is broken is the page's affair."""
    return re.sub(r"\s", "", text)


def test_what_looks_like_markup_is_text() -> None:
    told = text_of(pressed("formulir", form(uraian=MARKUP, terlapor={"nama": MARKUP, "alamat": MARKUP})))
    assert bare(told).count(bare(MARKUP)) == 3


@pytest.mark.parametrize(
    "words",
    [
        "Nguyễn Žižek Ångström çà ñ ß Ð þ",
        "ꦱꦸꦏꦂꦤꦺꦴ ꦕꦩꦠ꧀ ꦒꦿꦺꦴꦒꦺꦴꦭ꧀",
        "ᮊᮙᮨ ᮞᮥᮔ᮪ᮓ",
        "ᬩᬮᬶ",
        "ᨅᨔ ᨕᨘᨁᨗ",
        "漢字 蔡英文 かな カナ",
        "அமைப்பு हिन्दी ไทย",
        "👍 🙏 😀 ✅ ⚠ → ½ €",
    ],
)
def test_other_scripts_have_their_letters(words: str) -> None:
    made = pressed("formulir", form(uraian=words))
    assert "[U+" not in text_of(made), "a letter of it has no glyph here"
    read = text_of(made)
    missing = {char for char in bare(words) if char not in read}
    assert not missing


def test_arabic_is_whole() -> None:
    read = text_of(pressed("formulir", form(uraian="مرحبا بكم")))
    assert sorted("مرحبابكم") == sorted(char for char in read if "\u0600" <= char <= "\u06ff")


def test_what_has_no_glyph_is_set_by_its_number() -> None:
    read = text_of(pressed("formulir", form(uraian="tanda \U0001fae0 dan \U0001f97a dan \ue000")))
    assert "tanda [U+1FAE0] dan [U+1F97A] dan [U+E000]" in read


def test_more_of_them_than_are_looked_for_one_by_one() -> None:
    strange = " ".join(chr(0x10330 + number) for number in range(26)) + " ".join(map(chr, range(0x10400, 0x10440)))
    read = bare(text_of(pressed("formulir", form(uraian=f"awal {strange} akhir"))))
    assert "[U+10330]" in read
    assert "[U+1043F]akhir" in read


def test_what_turns_or_hides_is_seen() -> None:
    read = text_of(
        pressed("formulir", form(uraian="kiri \u202ekanan\u2066 \x07 \x00 \ufeff baris\r\ndua\rtiga\tempat"))
    )
    for shown in ("[U+202E]kanan[U+2066]", "[U+0007]", "[U+0000]", "[U+FEFF]"):
        assert shown in read
    assert [line.strip() for line in read.splitlines() if line.strip() in {"dua", "tiga empat"}] == [
        "dua",
        "tiga empat",
    ]


def test_a_run_without_a_blank_stays_on_the_page() -> None:
    for long in ("A" * 3000, "https://contoh.id/" + "x" * 500, "ꦏꦤꦗꦫꦏ" * 200, "é" * 900):
        made = text_of(pressed("formulir", form(uraian=long, pelapor={**EMPTY["pelapor"], "nama": long[:400]})))
        assert bare(made).count(bare(long)[:300]) >= 1
        assert max(map(len, made.splitlines())) < 150, "what is wider than the page is broken"


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_whatever_is_written_a_paper_comes_of_it(words: str) -> None:
    made = pressed("formulir", form(uraian=words, saksi=words))
    assert made.startswith(b"%PDF-")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("abc dEF 019 #$*_@<>\\`\"'~[]{}()=+-/.,;:!?&%^|é\n"), min_size=1, max_size=300))
def test_every_latin_text_is_read_back_to_the_letter(words: str) -> None:
    read = text_of(pressed("formulir", form(tambahan=["awalnya", words, "akhirnya"])))
    told = bare(read.partition("awalnya")[2].partition("akhirnya")[0])
    assert told.replace("JN-1·dibuathariini1/2", "") == bare(words)


def test_the_same_data_give_the_same_bytes() -> None:
    assert pressed("formulir", form(uraian="sama")) == pressed("formulir", form(uraian="sama"))


@pytest.mark.parametrize(("sentences", "most"), [(1, 1), (3, 1), (8, 2), (20, 2), (35, 2), (120, 4)])
def test_who_signs_signs_under_what_is_told(sentences: int, most: int) -> None:
    told = "Camat Grogol mengajak warga memilih paslon 2 di balai desa sesudah rapat dana desa. " * sentences
    office = {"nama": "Bawaslu", "sebab": "tempat kejadian", "alamat": "Jl. Raya 1", "jam": "08.00-16.00"}
    made = pressed("formulir", form(uraian=f"{told}Demikian.", bukti=["Foto", "Foto"], kantor=[office]))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert len(pages) <= most
    assert "Penerima Laporan" in pages[-1]
    assert "Demikian." in pages[-1]
    assert not any("Penerima Laporan" in page for page in pages[:-1])


def test_only_papers_of_this_room() -> None:
    for name in ("rumah", "../pyproject", "tiada"):
        with pytest.raises(Unset):
            pressed(name, EMPTY)
    with pytest.raises(Unset):
        pressed("formulir", {})


def test_visible_leaves_all_else_alone() -> None:
    data = {"a": ["x\ny", 3, None, {"b": "漢字 👨‍👩‍👧"}], "c": True}
    assert visible(data) == data


def test_it_is_archival() -> None:
    reader = PdfReader(io.BytesIO(pressed("formulir", form(uraian="arsip"))))
    meta = reader.xmp_metadata
    assert meta is not None
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Formulir Laporan JN-1", "id")
    fonts = {str(font) for page in reader.pages for font in page["/Resources"]["/Font"]}
    assert fonts


def test_the_child_writes_nothing_and_says_nothing_of_what_it_read() -> None:
    wanted = b'{"paper": "tiada", "data": {"uraian": "kenari"}, "pictures": {}}'
    got = subprocess.run(
        [sys.executable, "-I", "-m", "papers"], input=wanted, capture_output=True, env={}, cwd="/", check=False
    )
    assert got.returncode
    assert got.stdout == b""
    assert {"formulir", "berkas", "naskah"} == press.PAPERS


def test_a_case_file_has_no_empty_heading() -> None:
    read = text_of(pressed("berkas", CASE))
    assert not {"Kelengkapan dan tenggat", "Nomor dan tanggal", "Tempat"} & set(read.split("\n"))
    assert re.search(r"Yang diceritakan\s+Tidak ada\.\s+Bukti\s+Tidak ada\.\s+Riwayat", read)
    assert "Kelengkapan dan tenggat" not in read


def test_the_lines_of_a_case_file_are_counted_and_the_chain_explained() -> None:
    rows = [{"kejadian": f"catatan {n}", "nomor": 40 * n, "hash": "b4"} for n in (1, 2)]
    read = text_of(pressed("berkas", {**CASE, "riwayat": rows}))
    assert re.search(r"1\. catatan 1\s+2\. catatan 2", read)
    assert re.search(r"baris 1\s+mata rantai 40\s+b4\s+baris 2\s+mata rantai 80\s+b4", read)
    assert "jadi di sini melompat" in read


def test_no_part_of_an_official_number_is_torn() -> None:
    said = '"145/PM.00.02/K.JT-27/10/2024, 10 Oktober"'
    rows = [{"kejadian": f"{'m' * n} {said}", "nomor": n, "hash": "b4"} for n in range(40, 80)]
    read = text_of(pressed("berkas", {**CASE, "riwayat": rows}))
    for part in ("145/", "PM.00.02/", "K.JT-27/", "10/", "2024,"):
        assert read.count(part) >= len(rows), part


def test_a_letter_leaves_its_place_to_be_written_and_says_who_signs() -> None:
    read = text_of(pressed("naskah", LETTER))
    assert re.search(r"145/2024\s*, 14 Oktober 2024", read)
    assert "isi tempatnya di depan tanggal" in bare_lines(read)
    assert re.search(r"BKN\s+di tempat", read)
    assert "Ketua Bawaslu Kabupaten Sukoharjo," in read


def bare_lines(text: str) -> str:
    return " ".join(text.split())
