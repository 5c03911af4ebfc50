"""What an officer asks for about a stage's list (handlers/checklist.py)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckItem:
    """Tick an item of a stage (deed "ya"), untick it ("belum"), add one ("tambah", `item` is its text), or "buang" it.

    The case's revision stays, and so does what waits for a second person. Answered by CaseLoaded for /periksa.
    """

    ticket: str
    stage: str
    item: str
    deed: str
