"""`python -m tests.torture --seed N --kills N`: exit 1 if anything was lost or done twice."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.torture import telegram, web
from tests.torture.victim import ROOT

TIERS = {"web": web.torture, "telegram": telegram.torture}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--tier", choices=TIERS, default="web")
    parser.add_argument("--code", type=Path, default=ROOT, help="the folder whose code is tortured")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jn-siksa-") as folder:
        verdict = asyncio.run(TIERS[asked.tier](Path(folder), asked.seed, asked.kills, asked.code))
    print(f"{asked.tier}: {verdict}\n{time.monotonic() - began:.0f} s")
    return 0 if verdict.clean else 1


if __name__ == "__main__":
    sys.exit(main())
