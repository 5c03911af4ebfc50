"""What a file really is, by its first bytes and never by its name: the few kinds we take, why not the rest.

Signatures: RFC 2083 (PNG), RFC 9649 (WebP), ISO/IEC 14496-12 (the MP4 family), RFC 3533 (Ogg), RFC 8794
(EBML), ISO/IEC 11172-3 (MP3), 13818-7 (AAC), ISO 32000-1 (PDF), ECMA-376 and OpenDocument 1.3
part 2 (documents in ZIP containers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.events import MediaKind


@dataclass(frozen=True, slots=True)
class Sniffed:
    """Either a kind that we take and its MIME type, or the code of a refusal.

    Codes: kosong, program, halaman (HTML, SVG, XML), arsip, heic, dokumen-lama (.doc, .xls), makro,
    tidak-dikenal.
    """

    kind: MediaKind | None = None
    mime: str = ""
    refused: str = ""


def sniff(head: bytes) -> Sniffed:
    """Judge a file by its first 64 KiB (documents need that many) or all of it where it is shorter."""
    if not head.strip(b"\x00"):
        return Sniffed(refused="kosong" if not head else "tidak-dikenal")
    for signature, found in _SIGNATURES:
        if signature.match(head):
            return found
    for judge in (_mp4, _ogg, _ebml, _zip, _text):
        if judged := judge(head):
            return judged
    return Sniffed(refused="tidak-dikenal")


_MP3_RATES = b"".join(rb"\x%x0-\x%xb" % (rate, rate) for rate in range(1, 15))  # 0, 15 and 0xC-0xF: reserved
_SIGNATURES = tuple(
    (re.compile(signature, re.DOTALL), found)
    for signature, found in (
        (rb"\xff\xd8\xff", Sniffed("photo", "image/jpeg")),
        (rb"\x89PNG\r\n\x1a\n", Sniffed("photo", "image/png")),
        (rb"RIFF....WEBP", Sniffed("photo", "image/webp")),
        (rb"%PDF-", Sniffed("document", "application/pdf")),
        (rb"ID3[\x02-\x04]", Sniffed("voice", "audio/mpeg")),
        # A frame of layer III without ID3 before it: sync, then a bit rate and a sampling rate that exist.
        (rb"\xff[\xe2\xe3\xf2\xf3\xfa\xfb][" + _MP3_RATES + rb"]", Sniffed("voice", "audio/mpeg")),
        (rb"\xff[\xf0\xf1\xf8\xf9]", Sniffed("voice", "audio/aac")),
        (rb"#!AMR", Sniffed("voice", "audio/amr")),
        (rb"MZ.{0,64}?\x00", Sniffed(refused="program")),
        (rb"\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|#!", Sniffed(refused="program")),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sniffed(refused="dokumen-lama")),
        (rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ", Sniffed(refused="arsip")),
    )
)


_BRANDS = (
    (b"M4A", Sniffed("voice", "audio/mp4")),
    (b"M4B", Sniffed("voice", "audio/mp4")),
    (b"qt  ", Sniffed("video", "video/quicktime")),
    (b"3g", Sniffed("video", "video/3gpp")),
    (b"hei", Sniffed(refused="heic")),
    (b"hev", Sniffed(refused="heic")),
    (b"mif1", Sniffed(refused="heic")),
    (b"msf1", Sniffed(refused="heic")),
    (b"avi", Sniffed(refused="heic")),
    (b"crx", Sniffed(refused="tidak-dikenal")),
)


def _mp4(head: bytes) -> Sniffed | None:
    if head[:1] != b"\x00":  # the length of a first box is small; "The wide road" is a text
        return None
    box, brand = head[4:8], head[8:12]
    if box in {b"moov", b"mdat", b"wide"}:  # QuickTime before it named its brand
        return Sniffed("video", "video/quicktime")
    if box != b"ftyp":
        return None
    named = (found for start, found in _BRANDS if brand.startswith(start))
    return next(named, Sniffed("video", "video/mp4"))


def _ogg(head: bytes) -> Sniffed | None:
    if not head.startswith(b"OggS"):
        return None
    sound = any(mark in head[:128] for mark in (b"OpusHead", b"\x01vorbis", b"Speex   "))
    return Sniffed("voice", "audio/ogg") if sound else None


def _ebml(head: bytes) -> Sniffed | None:
    if not head.startswith(b"\x1a\x45\xdf\xa3") or b"webm" not in head[:64]:
        return None
    seen = any(mark in head for mark in (b"V_VP8", b"V_VP9", b"V_AV1"))
    return Sniffed("video", "video/webm") if seen else Sniffed("voice", "audio/webm")


_OOXML = "application/vnd.openxmlformats-officedocument."
_OFFICE = (
    (b"word", Sniffed("document", _OOXML + "wordprocessingml.document")),
    (b"xl", Sniffed("document", _OOXML + "spreadsheetml.sheet")),
)
_ODF = b"application/vnd.oasis.opendocument."


def _zip(head: bytes) -> Sniffed | None:
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    names = _zip_names(head)
    if names[:1] == [b"mimetype"]:
        return _open_document(head)
    if any(name.endswith(b"vbaProject.bin") for name in names):
        return Sniffed(refused="makro")
    if b"[Content_Types].xml" not in names:
        return Sniffed(refused="arsip")
    folders = {name.partition(b"/")[0] for name in names}
    return next((found for folder, found in _OFFICE if folder in folders), Sniffed(refused="arsip"))


def _zip_names(head: bytes) -> list[bytes]:
    """Names in those local file headers that lie within the head (APPNOTE.TXT, section 4.3.7)."""
    names = []
    for found in re.finditer(rb"PK\x03\x04", head):
        at = found.start()
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        names.append(head[at + 30 : at + 30 + length])
    return names


def _open_document(head: bytes) -> Sniffed:
    """OpenDocument names itself, unpacked, in its first member (version 1.3, part 2, section 3.3)."""
    kinds = {b"text": "text", b"spreadsheet": "spreadsheet"}
    named = re.match(re.escape(_ODF) + rb"([a-z]+)(?![a-z-])", head[38:])
    if named and named[1] in kinds:
        return Sniffed("document", _ODF.decode() + kinds[named[1]])
    return Sniffed(refused="arsip")


_MARKUP = re.compile(r"^\s*<[a-z!?/]|<(?:script|html|svg|body|iframe|!doctype)\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _text(head: bytes) -> Sniffed | None:
    """Plain words in UTF-8; the last three bytes may be a character cut in two."""
    try:
        words = head.decode("utf-8-sig")
    except UnicodeDecodeError as cut:
        if cut.start < len(head) - 3:
            return None
        words = head[: cut.start].decode("utf-8-sig")
    if _CONTROL.search(words):
        return None
    return Sniffed(refused="halaman") if _MARKUP.search(words) else Sniffed("document", "text/plain")
