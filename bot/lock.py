"""One server at a time over one SQLite folder: a second would take up what the first has in hand."""

from __future__ import annotations

import fcntl
from typing import IO, TYPE_CHECKING

from bot.config import WrongSettings
from bot.start import prepare

if TYPE_CHECKING:
    from bot.config import Settings

NAME = "melayani.lock"


def only_one(settings: Settings) -> IO[bytes]:
    """Hold the folder until the file is closed or this process ends, however it ends. Raises WrongSettings.

    Several processes may share one PostgreSQL and one folder of evidence: they hold it together.
    """
    prepare(settings)
    together = settings.database_url.startswith("postgres")
    lock = (settings.data_dir / NAME).open("wb")
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if together else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        folder = settings.data_dir
        msg = f"DATA_DIR: folder {folder} sedang dipakai server lain. Hentikan dulu, atau pakai DATA_DIR lain."
        raise WrongSettings(msg) from None
    return lock
