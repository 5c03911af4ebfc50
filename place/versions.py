"""Which version of the map this process reads: chosen once, before anything of it is read (standard library only).

A version is a folder with `areas.json` and `map.bin`, and any of the tables in its own form; a table that it does not
bring is the shipped one. Its name is the folder's, and stands in the header of its `map.bin`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

FILES = ("areas.json", "map.bin")
_HERE = Path(__file__).with_name("data")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


class VersionProblem(ValueError):  # noqa: N818 - a plain name reads better where it is caught
    """A version that cannot be used; the message is a sentence for the operator, without its full stop."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version by its name, and the folder in which it lies."""

    name: str
    folder: Path

    def table(self, file: str) -> Path:
        """Where one of our own tables is read from: its own, else the shipped one."""
        own = self.folder / file
        return own if os.path.lexists(own) else _HERE / file


SHIPPED = Version("2025.1", _HERE / "2025.1")  # the year of the Kepmendagri, and our count of builds from it


def tables() -> frozenset[str]:
    """The tables that ship, by their files' names: what a version may have of its own."""
    return frozenset(path.name for path in _HERE.glob("*.toml"))


class _Choice:
    """What this process reads, and whether it has begun to."""

    version = SHIPPED
    begun = False


def named(name: str, folder: Path) -> Version:
    """The version of that name: the shipped one, or one of those in `folder`. Raises VersionProblem."""
    if not _NAME.fullmatch(name) or ".." in name:
        raise VersionProblem(f"{name!r} bukan nama versi; contoh: {SHIPPED.name}")
    own = folder / name
    try:
        found = own.is_dir()
    except OSError as error:
        raise VersionProblem(f"folder {own} tidak dapat dibuka ({error.strerror})") from None
    if name != SHIPPED.name and not found:
        raise VersionProblem(f"folder {own} tidak ada")
    if name == SHIPPED.name and found:  # which of the two is meant?
        raise VersionProblem(f"{name} adalah versi bawaan; beri folder {own} nama lain")
    return Version(name, own) if found else SHIPPED


def use(version: Version) -> None:
    """Let this process read a version. RuntimeError once another one has been read from: half of each is no map."""
    if _Choice.begun and version != _Choice.version:
        raise RuntimeError(f"{_Choice.version.name} is being read already, {version.name} comes too late")
    _Choice.version = version


def current() -> Version:
    """The version that is read; from now on it stands."""
    _Choice.begun = True
    return _Choice.version
