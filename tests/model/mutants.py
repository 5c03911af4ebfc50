"""Is the model honest? Copies of the code with one promise broken each: every one must be found out.

`python -m tests.model.mutants [NAME ...]` prints what each run showed; exit 1 if one of them got away.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "law", "locales", "place", "sealing", "storage", "tests", "docs")


@dataclass(frozen=True)
class Mutant:
    """A promise broken: in this file, these words become those."""

    why: str
    file: str
    old: str
    new: str


MUTANTS = {
    "source": Mutant(
        "a move from a state from which it is not allowed",
        "handlers/triage.py",
        "return case.status in MOVES[action].sources",
        "return case.status in MOVES[action].sources or action == 'kajian'",
    ),
    "transfer": Mutant(
        "the holder keeps a case that was passed on",
        "handlers/offers.py",
        "        BARU,\n        holder=0,\n        office=case.offered,",
        "        BARU,\n        office=case.offered,",
    ),
    "silence": Mutant(
        "the reporter does not hear of one of the moves",
        "bot/inside/deskwork.py",
        "    if effect.tell is None:",
        '    if effect.tell is None or effect.action == "telusuri":',
    ),
    "chain": Mutant(
        "a row of history without its link",
        "storage/unit_of_work.py",
        "self._event.history.append((case.id, seq))",
        'self._event.history += [(case.id, seq)] if action != "tanya" else []',
    ),
    "alone": Mutant(
        "the second person may be the first",
        "handlers/seconds.py",
        '    if wish["by"] == here.officer.id:\n        return (Send(T("Usul Anda sendiri',
        '    if not wish["by"]:\n        return (Send(T("Usul Anda sendiri',
    ),
    "reopened": Mutant(
        "what is opened again is due no more",
        "bot/inside/deskwork.py",
        '"deadline": due_day(act, case, effect.status)',
        '"deadline": due_day(act, case, effect.status) if effect.action != "buka" else case.deadline',
    ),
    "void": Mutant(
        "a proposal holds though the case changed since",
        "handlers/seconds.py",
        'return wish if wish.get("rev") == case.rev else {}',
        "return wish",
    ),
    "along": Mutant(
        "a proposal goes along with an edit",
        "handlers/seconds.py",
        "rev if action in STANDS else VOID",
        "rev",
    ),
    "stale": Mutant(
        "a button of an older card is obeyed",
        "handlers/obeying.py",
        "if 0 <= event.rev != case.rev:",
        "if 0 <= event.rev > case.rev:",
    ),
    "revision": Mutant(
        "a note does not make a new revision",
        "storage/cases.py",
        "done = conn.execute(changed.values(rev=case.rev + 1, changed=at, **columns)).rowcount",
        "done = conn.execute(changed.values(rev=case.rev + bool(columns), changed=at, **columns)).rowcount",
    ),
    "neighbour": Mutant(
        "an office sees its neighbours' cases",
        "handlers/triage.py",
        "    return role in DESK and covers(own, office)",
        '    return role in DESK and (covers(own, office) or ("." in own and covers(own[:2], office)))',
    ),
    "leaver": Mutant(
        "who was let go keeps what they held",
        "bot/inside/people.py",
        "freed=freed(act, person, seats, by=staff.id))]",
        "freed=0)]",
    ),
    "mute": Mutant(
        "an officer who typed a number without a card is not answered",
        "bot/inside/deskwork.py",
        "redraw(act, case, moved=left, here=effect.shows)",
        "redraw(act, case, moved=left)",
    ),
    "reader": Mutant(
        "who passed a case on goes on reading its card",
        "bot/inside/sight.py",
        "yield to, read_by(seen, *able) if able else None, own, kept",
        "yield to, seen, own, kept",
    ),
    "lost": Mutant(
        "the last message of a large batch is lost",
        "storage/outbox.py",
        "        conn.execute(insert(outbox), rows)",
        "        conn.execute(insert(outbox), rows[:12])",
    ),
    "behind": Mutant(
        "what is joined stays behind when its case goes to another office",
        "bot/inside/together.py",
        "cases.move(act.work.writing(), one, act.now, office=case.office)",
        "cases.move(act.work.writing(), one, act.now)",
    ),
    "deaf": Mutant(
        "whose case is joined to another hears nothing of it",
        "bot/inside/together.py",
        "        if reporter:\n            deliver(act, reporter, replace(shared",
        "        if not reporter:\n            deliver(act, reporter, replace(shared",
    ),
    "tied": Mutant(
        "who is kept out of a case goes on seeing it",
        "handlers/triage.py",
        "if staff.id in case.barred or not (",
        "if not (",
    ),
    "wide": Mutant(
        "a panwascam sees every kecamatan",
        "handlers/triage.py",
        "return staff.role != PANWASCAM or is_near(staff, case) or case.holder == staff.id",
        "return True",
    ),
    "clinging": Mutant(
        "who is kept out goes on holding the case",
        "bot/inside/conflicts.py",
        "    freed = case.holder == person.id and case.status not in ENDED",
        "    freed = False",
    ),
    "unwatched": Mutant(
        "an untaken case whose silence nobody would hear of",
        "bot/inside/alarms.py",
        "    if waits and (acted or now is None or now.idle):",
        "    if waits and acted:",
    ),
    "forgotten": Mutant(
        "a case that ended is reminded of",
        "bot/inside/alarms.py",
        "    if begins != (rung, at) and not climbs:",
        "    if begins != (rung, at) and begins != (0, 0) and not climbs:",
    ),
    "robbed": Mutant(
        "a case is taken out of another's hands",
        "handlers/steps.py",
        "    if case.holder and case.status not in ENDED and not holds(staff, case):",
        "    if case.holder and case.status in ENDED and not holds(staff, case):",
    ),
}


def found_out(name: str, seeds: range, steps: int) -> bool:
    """Whether the model saw it, in one of these plays."""
    mutant = MUTANTS[name]
    with tempfile.TemporaryDirectory(prefix="jn-model-") as place:
        folder = Path(place)
        for room in ROOMS:
            shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
        path = folder / mutant.file
        text = path.read_text(encoding="utf-8")
        assert mutant.old in text, f"{mutant.file} no longer reads so: {mutant.old}"
        path.write_text(text.replace(mutant.old, mutant.new, 1), encoding="utf-8")
        for seed in seeds:
            argv = [sys.executable, "-m", "tests.model", "--seed", str(seed), "--steps", str(steps)]
            run = subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False)
            if run.returncode:
                said = [line for line in run.stdout.splitlines()[1:] if not line.startswith("  ")] or [
                    run.stderr[-300:]
                ]
                print(f"{name} ({mutant.why}): found out: {' '.join(said[:2])[:300]}", flush=True)
                return True
    print(f"{name} ({mutant.why}): got away", flush=True)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.model.mutants", description=__doc__)
    parser.add_argument("names", nargs="*", default=list(MUTANTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plays", type=int, default=6)
    parser.add_argument("--steps", type=int, default=600)
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + asked.plays)
    away = [name for name in asked.names if not found_out(name, seeds, asked.steps)]
    return 1 if away else 0


if __name__ == "__main__":
    sys.exit(main())
