"""What the conversation may ask for about an office and who serves at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadOffice:
    """Answered by OfficeLoaded: this officer's own office."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """Make a one-time code for an office and a role, as far as this officer may; answered by Invited."""

    office: str
    role: str


@dataclass(frozen=True, slots=True)
class Dismiss:
    """An officer (staff id) serves no more, as far as this officer may say so; answered by Dismissed."""

    officer: int


@dataclass(frozen=True, slots=True)
class SaveOffice:
    """Enter a fact of the officer's own office: field is alamat or jam; piket sets the duty list (staff ids)."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class BindGroup:
    """Make this group the office's own from now on."""
