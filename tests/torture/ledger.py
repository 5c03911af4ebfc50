"""What is kept after a run, so that two runs can be compared: random codes and times become placeholders."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine

from sealing.envelope import open_, open_text
from sealing.keys import KeyRing
from storage import cases, media
from storage import tables as t
from storage.evidence import EvidenceStore
from storage.keys import data_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

BLANKED = (
    (re.compile(r"\d{4}-\d\d-\d\dT[0-9:.+]+"), "<saat>"),
    (re.compile(r"\b[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}\b"), "<tanda terima>"),
    (re.compile(r"\d\d[.:]\d\d WIB|pukul \d\d\.\d\d"), "<jam>"),
)


class Ledger:
    """Counts of what there is, each thing as a line of text. `people`: address -> name."""

    def __init__(self, folder: Path, people: Mapping[str, str]) -> None:
        self.lines: Counter[str] = Counter()
        self.faults: list[str] = []
        self.said: dict[str, Counter[str]] = {}  # address -> texts that are no cards
        keys, _ = KeyRing.open(folder, make=False)
        engine = create_engine(f"sqlite:///{folder / 'jaganetral.sqlite3'}")
        try:
            with engine.connect() as conn:
                self._read(conn, keys, EvidenceStore(folder / "bukti"), people)
        finally:
            engine.dispose()

    def _read(self, conn: Connection, keys: KeyRing, store: EvidenceStore, people: Mapping[str, str]) -> None:
        whole = conn.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        self.faults += [] if whole == ["ok"] else [str(whole)]
        self.faults += [str(row) for row in conn.exec_driver_sql("PRAGMA foreign_key_check").all()]
        self._conversations(conn, keys, people)
        self._cases(conn, keys)
        self._evidence(conn, keys, store)
        self._inbox(conn)

    # --- each kind of thing ---

    def _conversations(self, conn: Connection, keys: KeyRing, people: Mapping[str, str]) -> None:
        self.names: dict[int, str] = {}
        self.tickets: dict[str, str] = {}
        opened = []
        for row in conn.execute(t.conversations.select().order_by(t.conversations.c.id)):
            secret = data_key(conn, keys, row.data_key_id)
            address = open_text(secret, row.address, f"conversations/{row.key}/address")
            self.names[row.id] = people.get(address, "orang lain")
            self.said[address] = Counter()
            state = json.loads(open_(secret, row.state, f"conversations/{row.key}/state"))
            opened.append((row, secret, state, address))
        for row in conn.execute(t.cases.select().order_by(t.cases.c.id)):
            reporter = self.names[row.reporter]
            self.tickets[row.ticket] = (
                f"<kasus {reporter} {sum(v.startswith(f'<kasus {reporter} ') for v in self.tickets.values())}>"
            )
        for row, secret, state, address in opened:
            self._note("keadaan", self.names[row.id], state, row.seq, row.gone, row.office)
            self._outbox(conn, row.id, secret, self.said[address])
        for row in conn.execute(t.timers.select()):
            self._note("pengingat", self.names[row.conversation_id], row.what)

    def _outbox(self, conn: Connection, row_id: int, secret: bytes, said: Counter[str]) -> None:
        """In their order for citizens; officers hear of many cases at once, in any order."""
        numbers: list[int] = []
        mine = t.outbox.select().where(t.outbox.c.conversation_id == row_id).order_by(t.outbox.c.seq)
        for row in conn.execute(mine):
            numbers.append(row.seq)
            body = json.loads(open_(secret, row.body, f"outbox/{row_id}/{row.seq}/body"))
            body.pop("id", None)
            if not row.card:
                said[self.plain(body["text"])] += 1
            place = row.seq if self.names[row_id] != "petugas" else ""
            state = "" if row.state in {"sent", "over"} else row.state
            self._note("keluar", self.names[row_id], place, state, row.card, body)
        if numbers != list(range(1, len(numbers) + 1)):
            self.faults.append(f"numbers of {self.names[row_id]}: {numbers}")

    def _cases(self, conn: Connection, keys: KeyRing) -> None:
        for row in conn.execute(t.cases.select()):
            case = cases.by_id(conn, keys, row.id)
            clear = (case.office, case.status, case.urgent, case.rev, bool(case.holder))
            self._note("kasus", case.ticket, *clear, case.answers)
            for number, happening in enumerate(cases.happenings(conn, case)):
                told = {k: v for k, v in happening.items() if k not in {"at", "staff_id"}}
                self._note("riwayat", case.ticket, number, told)

    def _evidence(self, conn: Connection, keys: KeyRing, store: EvidenceStore) -> None:
        kept = set()
        for row in conn.execute(t.evidence.select()):
            file = media.by_id(conn, keys, row.id)
            assert file is not None
            self._note("bukti", file.id, self.names[row.conversation_id], row.state, row.clean, file.meta.get("sha256"))
            if row.state != media.KEPT:
                continue
            kept.add(file.id)
            found = hashlib.sha256(store.read(file.id, file.data_key)).hexdigest() if store.exists(file.id) else "none"
            if found != file.meta["sha256"]:
                self.faults.append(f"bytes of {file.id}: {found}")
        views = set(store.list()) - kept
        self._note("berkas", len(kept), len(views))

    def _inbox(self, conn: Connection) -> None:
        for row in conn.execute(t.inbox.select()):
            self.lines[f"masuk {row.channel} {row.state}"] += 1
            if row.channel in {"web", "telegram"}:
                self._note("pembaruan", row.channel, row.update_id)

    # --- words ---

    def _note(self, kind: str, *what: Any) -> None:
        self.lines[self.plain(f"{kind} {json.dumps(what, ensure_ascii=False, sort_keys=True, default=str)}")] += 1

    def plain(self, text: str) -> str:
        for ticket, name in self.tickets.items():
            text = text.replace(ticket, name)
        for pattern, instead in BLANKED:
            text = pattern.sub(instead, text)
        return text


def differences(expected: Ledger, found: Ledger) -> tuple[list[str], list[str]]:
    """(lost, doubled): what is in the quiet run and not in the other, and the other way round."""
    lost, doubled = expected.lines - found.lines, found.lines - expected.lines
    return [*lost.elements()], [*doubled.elements()]
