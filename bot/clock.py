"""The only place that reads the time. For rehearsals of deadlines it can be read from a file instead."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path


class Clock(Protocol):
    """What time it is."""

    @property
    def rehearsal(self) -> str:
        """The time in words where it is a rehearsal's, else ""."""
        ...

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    rehearsal = ""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - here, and nowhere else


class FileClock:
    """The time written in a file as ISO 8601; read anew whenever the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, datetime] | None = None
        self.now()

    @property
    def rehearsal(self) -> str:
        """What the page shows, so that nobody takes a rehearsal for the real thing."""
        return self._written().isoformat(timespec="minutes")

    def now(self) -> datetime:
        """The moment in the file, aware, in UTC. Raises ValueError with a sentence where there never was one."""
        return self._written().astimezone(UTC)

    def _written(self) -> datetime:
        """With the zone that the file names. While somebody is writing the file, the last moment stands."""
        try:
            changed = self._path.stat().st_mtime_ns
            if self._seen is None or self._seen[0] != changed:
                self._seen = (changed, self._read())
        except (OSError, ValueError):
            if self._seen is None:
                raise
        return self._seen[1]

    def _read(self) -> datetime:
        text = self._path.read_text().strip()
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            msg = f"Berkas jam {self._path} harus berisi waktu seperti 2024-10-01T08:00+07:00, bukan {text[:40]!r}."
            raise ValueError(msg) from None
        return at if at.tzinfo else at.replace(tzinfo=UTC)
