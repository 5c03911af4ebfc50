"""Words that nobody else writes, one for each thing that could identify a person or the act, and how to look for them."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, LargeBinary, select

from sealing.envelope import open_
from storage import cases, conversations, media, offices, outbox, resuming, tables
from storage.keys import data_key
from storage.tables import metadata

if TYPE_CHECKING:
    from pathlib import Path

    from sealing.keys import KeyRing

LAT, LON = -7.6812347, 110.8412353  # in Kabupaten Sukoharjo
WORDS = {
    "story": "KenariCerita pak camat mengajak warga memilih calon bupati",
    "caption": "KenariTakarir amplop dibagikan di balai desa",
    "desa": "Desa Kenariharjo",
    "terlapor": "Drs. Kenari Terlapor, camat",
    "terlapor_alamat": "Jalan Kenaripelaku 7",
    "witness": "KenariSaksi dua warga RT 3",
    "name": "Kenarina Pelapor",
    "phone": "081273645501",
    "address": "Gang Kenaritinggal 12",
    "birth": "Kenarilahir, 1 Mei 1980",
    "job": "Kenarikerja pedagang",
    "email": "kenari.surel@contoh.id",
    "file_name": "KenariBerkas.txt",
    "evidence": "KenariIsi berkas bukti yang disegel",
    "exif": "KenariExif",
    "officer": "Kenarius Petugas",
    "note": "KenariCatatan sudah ditelepon",
    "question": "KenariTanya jam berapa kejadiannya",
    "answer": "KenariJawab sekitar jam sembilan",
    "more": "KenariTambahan ada spanduk juga",
    "correction": "KenariKoreksi camatnya keliru tulis",
    "label": "kenarilabel-bu-sri",
    "view": "kenarisaringan",
    "transfer": "KenariAlih tempatnya di sana",
    "parked": "KenariParkir yang tidak terbaca",
    "broken": "KenariRusak yang gagal di tengah transaksi",
    "draft": "KenariDraf yang tidak pernah dikirim",
    "too_long": "KenariPanjang",
    "telegram_story": "KenariTelegram pak lurah di Sukoharjo membagi amplop",
    "telegram_name": "KenariAkun",
    "file_id": "KenariFileId-AgACAgUAAx",
    "telegram_id": "7712345698",
    "lat": str(LAT),
    "lon": str(LON),
}


def shapes(word: str) -> dict[str, bytes]:
    """A word as it would lie on a disk: as it is, in UTF-16, in hex, in base64 wherever it begins in its block."""
    plain = word.encode()
    found = {
        "utf-8": plain,
        "lower": word.casefold().encode(),
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
    }
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        # What a neighbour's bits colour is left out at both ends.
        found[f"base64+{shift}"] = whole[-(-8 * shift // 6) : len(whole) - 4]
    if word.isdigit():
        found |= {f"int-{order}": int(word).to_bytes(8, order) for order in ("big", "little")}  # type: ignore[arg-type]
    return found


def found_in(haystacks: dict[str, bytes], canaries: dict[str, str]) -> list[str]:
    """ "canary (shape) in place" for each that is there."""
    return [
        f"{name} ({shape}) in {place}"
        for place, hay in haystacks.items()
        for name, word in canaries.items()
        for shape, bytes_ in shapes(word).items()
        if bytes_ in hay
    ]


def on_disk(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: the database with its -wal and -shm, the key, the evidence."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def all_columns(conn: Connection) -> dict[str, bytes]:
    """Every column of every row, as text and as bytes."""
    found: dict[str, bytes] = {}
    for table in metadata.sorted_tables:
        for row in conn.execute(select(table)).mappings():
            for name, value in row.items():
                place = f"{table.name}.{name}"
                found[place] = found.get(place, b"") + _bytes(value) + b"\n"
    return found


def _said(conn: Connection, keys: KeyRing, conversation_id: int) -> list[outbox.Message]:
    """Every message of the outbox, whatever became of it."""
    rows = outbox._OPEN.where(tables.outbox.c.conversation_id == conversation_id)
    return outbox._opened(conn.execute(rows).all(), keys)


def opened(conn: Connection, keys: KeyRing) -> tuple[str, list[tuple[str, bytes]]]:
    """Everything that the key opens in the database, as one text; and each file's id with its data key."""
    chats = [conversations.by_id(conn, keys, id_) for id_ in conn.execute(select(tables.conversations.c.id)).scalars()]
    files = [media.by_id(conn, keys, id_) for id_ in conn.execute(select(tables.evidence.c.id)).scalars()]
    filed = [cases.by_id(conn, keys, id_) for id_ in conn.execute(select(tables.cases.c.id)).scalars()]
    told: list[Any] = [(chat.address, chat.state, _said(conn, keys, chat.id)) for chat in chats]
    told += [(case.ticket, case.answers, cases.happenings(conn, case)) for case in filed]
    told += [resuming.said(conn, case, chat.id) for case in filed for chat in chats]
    told += [file.meta for file in files if file]
    told += [offices.name_of(conn, keys, id_) for id_ in conn.execute(select(tables.staff.c.id)).scalars()]
    for row in conn.execute(select(tables.inbox).where(tables.inbox.c.raw.is_not(None))):
        aad = f"inbox/{row.channel}/{row.update_id}/raw"
        told.append(open_(data_key(conn, keys, row.data_key_id), row.raw, aad).decode())
    return "\n".join(map(str, told)), [(file.id, file.data_key) for file in files if file]


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def clear_text(conn: Connection) -> str:
    """The columns that are not sealed, as one text."""
    sealed = {
        f"{t.name}.{c.name}" for t in metadata.sorted_tables for c in t.columns if isinstance(c.type, LargeBinary)
    }
    return "\n".join(value.decode() for place, value in all_columns(conn).items() if place not in sealed)


def codes(text: str) -> list[str]:
    """The secret receipts in a text."""
    return re.findall(r"\b[0-9A-HJKMNP-TV-Z]{6}(?:-[0-9A-HJKMNP-TV-Z]{6}){2}\b", text)
