"""What a file is by its bytes: real files made here, disguises, and words that only look like a signature."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.evidence.sniff import Sniffed, sniff

MSWORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def picture(kind: str, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, kind)
    return out.getvalue()


def zipped(*names: str, first: tuple[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo(first[0]), first[1])
        for name in names:
            archive.writestr(name, "<xml>isi</xml>" * 50)
    return out.getvalue()


def ogg(codec: bytes) -> bytes:
    return b"OggS\x00\x02" + bytes(20) + b"\x01\x13" + codec + bytes(40)


def webm(codec: bytes) -> bytes:
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(60) + codec + bytes(60)


def box(brand: bytes) -> bytes:
    return b"\x00\x00\x00\x20ftyp" + brand + b"\x00\x00\x02\x00isomiso2" + bytes(100)


@pytest.mark.parametrize(
    ("head", "kind", "mime"),
    [
        (picture("JPEG"), "photo", "image/jpeg"),
        (picture("PNG"), "photo", "image/png"),
        (picture("WEBP"), "photo", "image/webp"),
        (box(b"isom"), "video", "video/mp4"),
        (box(b"mp42"), "video", "video/mp4"),
        (box(b"qt  "), "video", "video/quicktime"),
        (b"\x00\x00\x00\x08wide\x00\x00\x10\x00mdat", "video", "video/quicktime"),
        (box(b"3gp4"), "video", "video/3gpp"),
        (box(b"M4A "), "voice", "audio/mp4"),
        (ogg(b"OpusHead\x01\x01"), "voice", "audio/ogg"),
        (ogg(b"\x01vorbis"), "voice", "audio/ogg"),
        (b"ID3\x04\x00\x00" + bytes(50), "voice", "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(50), "voice", "audio/mpeg"),
        (b"\xff\xf1\x50\x80" + bytes(50), "voice", "audio/aac"),
        (b"#!AMR\n" + bytes(50), "voice", "audio/amr"),
        (webm(b"V_VP9"), "video", "video/webm"),
        (webm(b"A_OPUS"), "voice", "audio/webm"),
        (b"%PDF-1.7\n%\xe2\xe3", "document", "application/pdf"),
        (zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "document", MSWORD),
        (zipped("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"), "document", EXCEL),
        (zipped("content.xml", first=("mimetype", ODT)), "document", ODT),
        ("Camat mengajak warga memilih – “nomor dua”.\n".encode(), "document", "text/plain"),
        (b"\xef\xbb\xbfdengan BOM", "document", "text/plain"),
        ("é".encode() * 9 + b"\xc3", "document", "text/plain"),  # cut within a character
    ],
)
def test_what_we_take(head: bytes, kind: str, mime: str) -> None:
    assert sniff(head) == Sniffed(kind, mime)


@pytest.mark.parametrize(
    "words",
    [
        "PKS dan PKB hadir",
        "PK\x20hadir",
        "MZ adalah inisialnya",
        "Rar! katanya",
        "ID3 bukan lagu",
        "BZh",
        "The wide road",
        "RIFF",
        "3 < 4 dan 5 > 4",
    ],
)
def test_words_that_begin_like_a_signature_are_words(words: str) -> None:
    assert sniff(words.encode()) == Sniffed("document", "text/plain")


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "kosong"),
        (bytes(64), "tidak-dikenal"),
        (b"MZ\x90\x00\x03" + bytes(60), "program"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "program"),
        (b"#!/bin/sh\nrm -rf /\n", "program"),
        (b"<!DOCTYPE html><p>halo", "halaman"),
        (b"  \n<html>", "halaman"),
        (b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'/>", "halaman"),
        (b"<?xml version='1.0'?><svg/>", "halaman"),
        (b"Undangan <script>alert(1)</script>", "halaman"),
        (b"<a href=x>", "halaman"),
        (zipped("foto.jpg"), "arsip"),
        (zipped("AndroidManifest.xml", "classes.dex"), "arsip"),
        (zipped("META-INF/MANIFEST.MF", "word/x"), "arsip"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "arsip"),
        (zipped("x", first=("mimetype", "application/epub+zip")), "arsip"),
        (zipped("x", first=("mimetype", ODT + "-master")), "arsip"),
        (b"PK\x05\x06" + bytes(18), "arsip"),
        (zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "makro"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(20), "arsip"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), "arsip"),
        (b"\x1f\x8b\x08" + bytes(20), "arsip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "dokumen-lama"),
        (box(b"heic"), "heic"),
        (box(b"mif1"), "heic"),
        (picture("GIF"), "tidak-dikenal"),
        (picture("BMP"), "tidak-dikenal"),
        (picture("TIFF"), "tidak-dikenal"),
        (b"8BPS\x00\x01" + bytes(20), "tidak-dikenal"),
        (ogg(b"\x80theora"), "tidak-dikenal"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska" + bytes(20), "tidak-dikenal"),
        (b"kata dengan \x00 nol", "tidak-dikenal"),
        (b"latin-1: caf\xe9 dan lain-lain", "tidak-dikenal"),
        (b"\xff\xfbxxxx"[:2] + b"\xf0\x00", "tidak-dikenal"),  # a bit rate that does not exist
    ],
)
def test_what_we_refuse(head: bytes, code: str) -> None:
    assert sniff(head) == Sniffed(refused=code)


def test_a_name_or_a_tail_changes_nothing() -> None:
    assert sniff(picture("JPEG") + zipped("a.exe")) == Sniffed("photo", "image/jpeg")


@pytest.mark.parametrize(
    "make", [lambda: picture("PNG"), lambda: box(b"isom"), lambda: zipped("[Content_Types].xml", "word/a")]
)
def test_every_shortened_head_is_judged(make: Callable[[], bytes]) -> None:
    whole = make()
    for length in range(len(whole)):
        assert sniff(whole[:length])


@given(st.binary(max_size=200))
def test_any_bytes_are_either_taken_or_refused(head: bytes) -> None:
    sniffed = sniff(head)
    assert bool(sniffed.kind) != bool(sniffed.refused)
    assert bool(sniffed.kind) == bool(sniffed.mime)
