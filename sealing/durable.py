"""Private files that are whole and on the disk before anyone hears of them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from secrets import token_hex
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a new file (mode 0600) that appears whole and durable when the block ends, or not at all.

    Raises FileExistsError when there is one already, at the latest at the end of the block.
    """
    draft = path.with_name(draft_name(path))
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - Path.open takes no mode
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename, never over an older file
    finally:
        draft.unlink(missing_ok=True)
    fsync_folder(path.parent)


def draft_name(path: Path) -> str:
    """Name a draft; `drafts` finds those that a killed process left."""
    return f".{path.name}.{token_hex(8)}"


def drafts(path: Path) -> list[Path]:
    """Find the unfinished drafts of this file."""
    return list(path.parent.glob(f".{path.name}.*"))


def make_folder(folder: Path) -> None:
    """Make a folder (mode 0700) with those above it, each durable in its parent."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    fsync_folder(folder.parent)


def fsync_folder(folder: Path) -> None:
    """Make what was added to or taken from a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
