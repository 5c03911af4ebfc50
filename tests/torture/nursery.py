"""Bears processes quickly: everything is imported once, then each start is a fork that runs `jaganetral serve`.

Run by its path, so that PYTHONPATH says whose code it is. A line of JSON comes in for each start: {"env", "args",
"log"}; a line with the child's process id goes out.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import threading

WARM = (
    "bot.app", "bot.inside.perform", "bot.evidence.pictures", "bot.web", "place.find", "place.areas", "alembic.command",
    "alembic.ddl.sqlite", "uvicorn.loops.auto", "uvicorn.protocols.http.auto", "uvicorn.lifespan.off",
    "sqlalchemy.dialects.sqlite.aiosqlite", "sqlalchemy.dialects.sqlite.pysqlite", "aiosqlite", "zoneinfo", "mako.template",
)  # fmt: skip


def main() -> None:
    for name in (*WARM, *sys.argv[1:]):
        importlib.import_module(name)
    from place.find import find_in_story  # noqa: PLC0415

    find_in_story("di Kabupaten Sukoharjo")
    assert threading.active_count() == 1, "a fork takes only the thread that forks along"
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are nobody's concern
    print("siap", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _live(asked)
        print(child, flush=True)


def _live(asked: dict[str, object]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(asked["env"])  # type: ignore[call-overload]
    log = os.open(str(asked["log"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    from bot.__main__ import main as command  # noqa: PLC0415

    status = 1
    try:
        command(asked["args"], prog_name="jaganetral")
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
