"""The child that sets one paper and ends: its memory goes with it. JSON in, PDF out.

{"paper": its name, "data": what it says, "pictures": {name: base64}}
"""

from __future__ import annotations

import base64
import json
import resource
import sys

from papers.press import pressed

MEMORY = 2 << 30  # bytes of address space: threads reserve much and use little
CPU_SECONDS = 20


def main() -> None:
    """Set the paper that stands on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file, ever
    wanted = json.load(sys.stdin.buffer)
    pictures = {name: base64.b64decode(image) for name, image in wanted["pictures"].items()}
    sys.stdout.buffer.write(pressed(wanted["paper"], wanted["data"], pictures))


if __name__ == "__main__":
    main()
