"""The stand-in in a process of its own: prints its address, serves until it is ended."""

from __future__ import annotations

import argparse
import asyncio
import signal

import uvloop

from tests.standins.telegram import TOKEN, StandIn, serving


async def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.standins.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--token", default=TOKEN)
    asked = parser.parse_args()
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with serving(StandIn(token=asked.token), asked.port) as world:
        print(f"{world.url} {world.token}", flush=True)
        await ended.wait()


if __name__ == "__main__":
    uvloop.run(main())
