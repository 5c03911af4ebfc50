"""(c) How long until it is ready, and how much memory it takes: web only, and with Telegram."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

from bench.contenders import TOKEN
from tests.standins.telegram import StandIn, serving

ROUNDS = 3
SETTLED = 5.0  # seconds after which memory is read: the map has been loaded, menus have been set


def measure(folder: Path) -> str:
    """Medians of three starts each, as a table."""
    return asyncio.run(_measure(folder))


async def _measure(folder: Path) -> str:
    lines = [f"Start to /healthz, and memory {SETTLED:g} s later; medians of {ROUNDS} starts"]
    lines.append(f"{'':<24}{'seconds':>9}{'resident MB':>13}")
    async with serving(StandIn(token=TOKEN), 0) as world:
        ways = {"web only": {}, "with Telegram": {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": world.url}}
        for title, more in ways.items():
            rounds = [await asyncio.to_thread(_start, folder / f"{title}-{n}", more) for n in range(ROUNDS)]
            seconds, megabytes = (median(column) for column in zip(*rounds, strict=True))
            lines.append(f"{title:<24}{seconds:>9.2f}{megabytes:>13.0f}")
    return "\n".join(lines)


def _start(folder: Path, more: dict[str, str]) -> tuple[float, float]:
    env = {**os.environ, "DATA_DIR": str(folder), "PORT": "0", **more}
    command = [str(Path(sys.executable).with_name("jaganetral")), "serve"]
    begun = time.perf_counter()
    with subprocess.Popen(command, env=env, cwd=folder.parent, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = next(line.split()[1] for line in process.stdout if line.startswith("WARGA"))
        while not _ready(url):
            time.sleep(0.01)
        seconds = time.perf_counter() - begun
        time.sleep(SETTLED)
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.terminate()
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return seconds, resident / 1000


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}healthz") as answer:
            return bool(answer.status == 200)
    except urllib.error.URLError:
        return False
