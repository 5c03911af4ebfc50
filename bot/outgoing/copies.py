"""The evidence as it came, in one ZIP with its manifest: streamed from the sealed files, never whole in memory."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.channels import Document
from bot.inside.filing import local
from bot.outgoing.casefile import pieces_of, readable
from bot.outgoing.indonesian import said
from handlers.speech import MEDIA, written
from handlers.triage import DECIDE
from sealing.envelope import SealBroken
from storage import cases, media

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from bot.outgoing.papers import Sources, Wanted
    from storage.evidence import EvidenceStore
    from storage.media import File

SLACK = 10_000  # bytes of names, manifests and the ZIP's own lists, at most about so many
EXTENSIONS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "video/mp4": "mp4", "video/quicktime": "mov",
    "video/3gpp": "3gp", "video/webm": "webm", "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a",
    "audio/aac": "aac", "audio/amr": "amr", "audio/webm": "weba", "application/pdf": "pdf", "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it goes into the ZIP: a name of ours, the moment it came (at the office), its row."""

    name: str
    at: datetime
    size: int
    file: File


async def copies(wanted: Wanted, sources: Sources) -> Document:
    """The files that were agreed on, to who proposed it, as long as the agreement lasts. Raises PermissionError."""
    found = await sources.database.read(partial(_read, wanted=wanted, sources=sources))
    size = sum(one.size for one in found) + SLACK
    content = partial(zipped, wanted.ticket, found, sources.keeper.store)
    return Document(wanted.name, "application/zip", size, content)


def _read(conn: Connection, wanted: Wanted, sources: Sources) -> list[Original]:
    if sources.clock.now() > datetime.fromisoformat(wanted.given["sampai"]):
        raise PermissionError("the agreement is over")
    case = readable(conn, wanted, sources, DECIDE, int(wanted.given["oleh"]))
    agreed = wanted.given["berkas"].split()
    return [
        Original(_name(number, one.file), local(cases.moment(one.at), case.office), one.size, one.file)
        for number, one in enumerate(pieces_of(conn, case, sources), 1)
        if one.file.id in agreed and one.file.state == media.KEPT
    ]


def _name(number: int, file: File) -> str:
    """Ours to the letter: a name that people gave could lead anywhere, and say who they are."""
    return f"{number:02}-{file.kind}.{EXTENSIONS.get(file.meta.get('mime', ''), 'bin')}"


class _Sink(io.RawIOBase):
    """What the ZIP writes, until it is taken; it cannot be gone back in, so the ZIP needs nothing of what is gone."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """It takes bytes, and gives them by `taken` alone."""
        return True

    def write(self, piece: Any) -> int:
        """Hold these bytes."""
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """What is held, let go of."""
        held = bytes(self._held)
        self._held.clear()
        return held


def zipped(ticket: str, originals: list[Original], store: EvidenceStore) -> Iterator[bytes]:
    """The ZIP in pieces of about 1 MiB. A file that is not whole any more is said so in the manifest, which is last."""
    sink, rows = _Sink(), []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as whole:
        for one in originals:
            digest, whole_file = hashlib.sha256(), True
            with whole.open(_entry(one.name, one.at), "w", force_zip64=True) as entry:
                try:
                    for piece in store.open(one.file.id, one.file.data_key):
                        digest.update(piece)
                        entry.write(piece)
                        yield sink.taken()
                except (OSError, SealBroken):
                    whole_file = False
            rows.append(_row(one, digest.hexdigest(), whole_file=whole_file))
        for name, text in _manifests(ticket, rows).items():
            whole.writestr(_entry(name, datetime(1980, 1, 1)), text)  # noqa: DTZ001 - a ZIP's clock has no zone
    yield sink.taken()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, at.timetuple()[:6])


def _row(one: Original, sha256: str, *, whole_file: bool) -> dict[str, Any]:
    noted = one.file.meta.get("sha256", "")
    return {
        "berkas": one.name,
        "jenis": said(MEDIA[one.file.kind]),
        "isi": one.file.meta.get("mime", ""),
        "bita": one.size,
        "diterima": one.at.isoformat(timespec="seconds"),
        "sha256": noted,
        "utuh": whole_file and sha256 == noted,
    }


def _manifests(ticket: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    """For programs, and for people."""
    lines = [f"Salinan bukti asli {ticket}", ""]
    for row in rows:
        at = datetime.fromisoformat(row["diterima"])
        state = "utuh: sama dengan yang diterima" if row["utuh"] else "TIDAK UTUH: berbeda dari yang diterima"
        lines += [
            row["berkas"],
            f"  {row['jenis']}, {row['isi']}, {row['bita']} bita",
            f"  diterima {written(at.date())} pukul {at:%H.%M} ({at:%z})",
            f"  SHA-256 {row['sha256']}",
            f"  {state}",
            "",
        ]
    plain = json.dumps({"tiket": ticket, "berkas": rows}, ensure_ascii=False, indent=2)
    return {"manifest.json": f"{plain}\n", "BACA-SAYA.txt": "\n".join(lines)}
