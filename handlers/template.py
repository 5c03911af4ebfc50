"""A text that an office writes once and sends often: for which command, in which statuses, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.life import MOVES, STATUSES

WORDED = frozenset({"tanya", "kabari", "catat"})  # commands whose words are free in every status
USING = WORDED | {"kurang", "ditolak"}


def possible(command: str) -> frozenset[str]:
    """The statuses in which a command can be given at all."""
    return frozenset(STATUSES) if command in WORDED else MOVES[command].sources


@dataclass(frozen=True, slots=True)
class Template:
    """`statuses` empty: in all that the command knows. `office` is a code, "" for those that the house brings along."""

    name: str
    command: str
    statuses: frozenset[str]
    text: str
    office: str = ""

    @property
    def fits(self) -> frozenset[str]:
        """The statuses in which it can be used."""
        return self.statuses or possible(self.command)
