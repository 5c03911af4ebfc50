"""`python -m tests.model --seed N --steps N [--database postgresql]`: exit 1 at the first thing that may not be."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.model.play import WrongError, played
from tests.postgres import Server, binaries


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="sqlite")
    asked = parser.parse_args()
    which = ["sqlite", "postgresql"] if asked.database == "both" else [asked.database]
    digests = [_play(one, asked.seed, asked.steps) for one in which]
    if len(set(digests)) > 1:
        print("the two databases came to different ends")
    return 0 if all(digests) and len(set(digests)) == 1 else 1


def _play(database: str, seed: int, steps: int) -> str:
    """The digest of a play, "" where something was wrong."""
    began, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="jn-model-"))
    server = None
    print(f"{database}, seed {seed}, {steps} steps", flush=True)
    try:
        if database == "postgresql":
            bin_ = binaries()
            if bin_ is None:
                sys.exit("PostgreSQL is missing: apt-get install postgresql")
            (folder / "pg").mkdir()
            folder.chmod(0o755)
            server = Server(folder / "pg", bin_)
            server.start()
        digest, moves = asyncio.run(_run(folder / "data", seed, steps, server.fresh() if server else ""))
    except WrongError as wrong:
        print(wrong)
        return ""
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{digest}: all as it may be; {len(moves)} kinds of history; {time.monotonic() - began:.0f} s", flush=True)
    return digest


async def _run(folder: Path, seed: int, steps: int, url: str) -> tuple[str, set[str]]:
    async with played(folder, seed, url) as play:
        return await play.run(steps), play.moves


if __name__ == "__main__":
    sys.exit(main())
