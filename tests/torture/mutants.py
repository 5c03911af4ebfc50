"""Is the torture honest? Copies of the code with one promise broken each: every one must be found out.

`python -m tests.torture.mutants [NAME ...]` prints what each run showed; exit 1 if one of them got away.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.torture import telegram, web
from tests.torture.victim import ROOT

ROOMS = ("bot", "handlers", "law", "locales", "papers", "place", "sealing", "storage")


@dataclass(frozen=True)
class Mutant:
    """A promise broken: in this file, these words become those."""

    why: str
    file: str
    old: str
    new: str
    tier: str = "web"


MUTANTS = {
    "early": Mutant(
        "acknowledged before the commit",
        "bot/engine.py",
        "        try:\n            work = await self._database.write(partial(self._transaction, arrivals=[one for one, _ in batch]))",
        "        for one, together in batch:\n            if one.channel == 'web':\n                together.kept()\n"
        "        try:\n            work = await self._database.write(partial(self._transaction, arrivals=[one for one, _ in batch]))",
    ),
    "forgetful": Mutant(
        "repeats are known from memory only",
        "storage/inbox.py",
        "def seen(",
        "_SEEN: set[tuple[str, str]] = set()\n\n\ndef seen(conn: Connection, updates: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:\n"
        "    wanted = set(updates)\n    known = wanted & _SEEN\n    _SEEN.update(wanted)\n    return known\n\n\n"
        "def add(conn: Connection, rows: list[dict[str, Any]]) -> None:\n    return None\n\n\ndef _seen(",
    ),
    "apart": Mutant(
        "the outbox is written by a transaction of its own",
        "bot/engine.py",
        "            work = await self._database.write(partial(self._transaction, arrivals=[one for one, _ in batch]))",
        "            from storage import outbox as box\n            rows = []\n            add, box.add = box.add, lambda _, some: rows.extend(some)\n"
        "            work = await self._database.write(partial(self._transaction, arrivals=[one for one, _ in batch]))\n"
        "            box.add = add\n            await self._database.write(lambda conn: add(conn, rows))",
    ),
    "boastful": Mutant(
        "noted as sent before it is sent",
        "bot/outgoing/sender.py",
        "            refs = await channel.send(message.address, out)",
        "            await self.notes.write(Done(message, outbox.SENT))\n"
        "            refs = await channel.send(message.address, out)",
        "telegram",
    ),
    "hasty": Mutant(
        "the polling offset moves before the commit",
        "bot/channels/telegram/poll.py",
        "        kept = await tries.attempt(_keep(batch, submit, us[0], at()))",
        '        offset = max(raw["update_id"] for raw in batch) + 1\n'
        "        asyncio.get_running_loop().create_task(_keep(batch, submit, us[0], at()))\n        kept = True",
        "telegram",
    ),
    "bare": Mutant(
        "the file's row is there before its bytes",
        "bot/evidence/fetch.py",
        "            facts = await self._keeper.keep(file.id, file.data_key, pieces)",
        '            facts = {"size": 1, "sha256": "0", "mime": "image/jpeg", "clean": False}\n'
        '            await self._settled(file, facts, "")\n'
        "            facts = await self._keeper.keep(file.id, file.data_key, pieces)",
        "telegram",
    ),
}


def copied(mutant: Mutant, folder: Path) -> Path:
    """A copy of the rooms with the promise broken."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / mutant.file
    text = path.read_text()
    assert mutant.old in text, f"{mutant.file} no longer reads so: {mutant.old}"
    path.write_text(
        text.replace(mutant.old, mutant.new, 1).replace(
            'def add(conn: Connection, rows: list[dict[str, Any]]) -> None:\n    """Insert',
            'def _add(conn: Connection, rows: list[dict[str, Any]]) -> None:\n    """Insert',
        )
    )
    return folder


def found_out(name: str, seed: int, kills: int) -> bool:
    """Whether the torture saw it."""
    mutant = MUTANTS[name]
    with tempfile.TemporaryDirectory(prefix="jn-siksa-") as place:
        folder = Path(place)
        code = copied(mutant, folder / "kode")
        run = telegram.torture if mutant.tier == "telegram" else web.torture
        try:
            verdict = asyncio.run(run(folder / "lari", seed, kills, code))
        except Exception as error:  # noqa: BLE001 - a script that cannot go on has found it out, too
            print(f"{name} ({mutant.why}): found out, {type(error).__name__}: {str(error)[:200]}", flush=True)
            return True
    print(f"{name} ({mutant.why}): {'got away' if verdict.clean else 'found out'}: {verdict}", flush=True)
    return not verdict.clean


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", default=list(MUTANTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=60)
    asked = parser.parse_args()
    away = [name for name in asked.names if not found_out(name, asked.seed, asked.kills)]
    return 1 if away else 0


if __name__ == "__main__":
    sys.exit(main())
