"""Standard error holds JSON lines alone, and never the words of an error."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

BEGIN = """
import asyncio, gc, logging, threading, uvloop, warnings
from bot.logs import logs
logs()
async def fail():
    raise ValueError("kenari-rahasia")
async def alone():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    del task
    gc.collect()
def now():
    raise ValueError("kenari-rahasia")
class Late:
    def __del__(self):
        now()
"""
WAYS = {
    "a task that nobody asks": "uvloop.run(alone())",
    "nobody catches it": "uvloop.run(fail())",
    "a thread": "thread = threading.Thread(target=now); thread.start(); thread.join()",
    "while it is collected": "Late()",
    "a library with its words": "logging.getLogger('x').error('kenari-rahasia', exc_info=ValueError('kenari-rahasia'))",
    "a warning": "warnings.warn('kenari-rahasia')",
}


@pytest.mark.parametrize("way", WAYS)
def test_every_line_is_an_object_without_words(way: str) -> None:
    run = subprocess.run([sys.executable, "-c", BEGIN + WAYS[way]], check=False, capture_output=True, text=True)
    assert (run.stdout, "kenari" in run.stderr) == ("", False)
    (line,) = [json.loads(line) for line in run.stderr.splitlines()]
    assert set(line) == {"logger", "level", "error", "where"}
    assert line["error"] == (None if way == "a warning" else "ValueError")
    assert line["where"].rpartition(":")[2].isdigit()
    assert run.returncode == (way == "nobody catches it")
