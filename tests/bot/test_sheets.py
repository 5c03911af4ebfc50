"""CSV and XLSX: read back as a stranger would, no cell is a formula, whoever wrote its words; memory stays flat."""

from __future__ import annotations

import csv
import io
import tracemalloc
import unicodedata
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outgoing.sheets import Csv, Xlsx, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.outgoing.sheets import Sheet

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
STARTS = "=+-@\t\r\n\0|%＝＋－＠﹦﹢﹣﹫\u2212⁼₊\ufeff\u200b \u00a0\u2028\"';,"
HOSTILE = [
    "=1+1", "+62 812", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "＋1", "－1", "＠x", "\ufeff=1", "\u200b=1",
    '";=1+1;"', '","=1', "a\n=1", "a;=1", "'=1", '=HYPERLINK("http://x")', "http://x.id", "1e5", "\ud800", "a\0b",
    "=cmd|' /C calc'!A0", "\u2212" + "2+3", "％1", "_x003D_1+1", "ꦧꦮꦱꦶꦠ", "naïve – “kutip”", "x" * 40_000,
]  # fmt: skip
hostile = st.builds(str.__add__, st.text(STARTS, max_size=4), st.text(max_size=12)) | st.sampled_from(HOSTILE)
tables = st.lists(st.lists(hostile, min_size=3, max_size=3), max_size=6)


def written(make: Callable[..., Sheet], rows: list[list[str]]) -> bytes:
    file = io.BytesIO()
    sheet = make(file, ["A", "B", "C"])
    sheet.add(rows)
    sheet.close()
    return file.getvalue()


def is_formula(cell: str) -> bool:
    """As the most generous program takes it: what shows nothing in front is passed over, wide signs are plain."""
    seen = cell.lstrip("\ufeff\u200b\u200c\u200d\u2060 \u00a0\t\r\n\0\u2028\u2029")
    return seen[:1] in set("=+-@|%＝＋－＠﹦﹢﹣﹫⁼₌⁺₊⁻₋％﹪｜⩵⩶\u2212") and bool(seen)


def of_xlsx(content: bytes) -> list[dict[str, str]]:
    """Cells by their place, of each row; every one must be a string."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or name.endswith(".bin")]
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    assert not sheet.findall(".//m:f", NS)
    assert not sheet.findall(".//m:hyperlink", NS)
    rows = []
    for row in sheet.findall(".//m:row", NS):
        found = {}
        for cell in row.findall("m:c", NS):
            words = [text.text or "" for text in cell.findall(".//m:t", NS)]
            assert cell.get("t") == "inlineStr" or not words
            found[str(cell.get("r"))] = "".join(words)
        rows.append(found)
    return rows


@given(tables)
@settings(max_examples=300, deadline=None)
def test_a_csv_has_no_formula_whatever_separator_it_is_read_with(rows: list[list[str]]) -> None:
    content = written(Csv, rows)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    head, *read = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert head == ["A", "B", "C"]
    assert read == [[harmless(cell) for cell in row] for row in rows]
    for separator in ";,\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [cell for cell in row if is_formula(cell)]


@given(tables)
@settings(max_examples=100, deadline=None)
def test_an_xlsx_holds_strings_only(rows: list[list[str]]) -> None:
    _, *read = of_xlsx(written(Xlsx, rows))
    assert len(read) == len(rows)
    for number, (found, row) in enumerate(zip(read, rows, strict=True), 2):
        wanted = [harmless(cell) for cell in row]
        assert [unescaped(found.get(f"{letter}{number}", "")) for letter in "ABC"] == wanted
        assert not [cell for cell in wanted if is_formula(cell)]


def unescaped(text: str) -> str:
    """Office Open XML writes a literal "_x0041_" with its first mark escaped (ECMA-376, 22.9.2.19)."""
    return text.replace("_x005F_", "_")


def test_every_form_of_a_formulas_sign_is_known() -> None:
    forms = [
        chr(code) for code in range(0x10000) if unicodedata.normalize("NFKC", chr(code))[:1] in set("=+-@|%\u2212")
    ]
    assert len(forms) > 15
    assert not [form for form in forms if harmless(form)[:1] != "'"]


@given(hostile)
@settings(max_examples=500, deadline=None)
def test_harmless_words_stay_as_they_are(text: str) -> None:
    once = harmless(text)
    assert len(once) <= 32_767
    assert not is_formula(once)
    assert not [char for char in once if char in "\r\n\t\0"]
    assert harmless(once) == once
    if text.isascii() and text.isalnum() and len(text) < 100:
        assert once == text


@pytest.mark.parametrize("make", [Csv, Xlsx])
def test_memory_stays_flat(make: Callable[..., Sheet], tmp_path: Path) -> None:
    """Peak of what Python holds, for fifty times the rows; files lie elsewhere."""

    def peak(rows: int) -> int:
        with (tmp_path / str(rows)).open("w+b") as file:
            tracemalloc.start()
            sheet = make(file, ["A", "B", "C"])
            sheet.add(one(rows))
            sheet.close()
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    def one(rows: int) -> Iterator[list[str]]:
        return ([f"Terlapor nomor {number}", "Kabupaten Sukoharjo", "001/Reg"] for number in range(rows))

    few, many = peak(1_000), peak(50_000)
    assert many < 2 * few + 100_000
