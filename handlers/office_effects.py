"""What the conversation may ask for about an office: who serves at it, its figures, its register."""

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
    kecamatan: str = ""  # the code of a panwascam's


@dataclass(frozen=True, slots=True)
class Dismiss:
    """An officer (staff id) serves no more, as far as this officer may say so; answered by Dismissed."""

    officer: int


@dataclass(frozen=True, slots=True)
class NameOfficer:
    """An officer (staff id) is called so in cards and papers from now on; answered by OfficerNamed."""

    officer: int
    name: str


@dataclass(frozen=True, slots=True)
class SaveOffice:
    """Enter a fact of the officer's own office: field is alamat or jam; piket sets the duty list (staff ids)."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class BindGroup:
    """Make this group the office's own from now on."""


@dataclass(frozen=True, slots=True)
class CountFigures:
    """Count for the officer's office and all below it; answered by FiguresCounted. `period` as in handlers/counting."""

    period: str


@dataclass(frozen=True, slots=True)
class ProposeExport:
    """The register of the officer's office and those below, of a month ("2024-10", "" for all), as csv or xlsx.

    Nothing goes out before another person agreed. Answered by ExportProposed.
    """

    format: str
    month: str


@dataclass(frozen=True, slots=True)
class AnswerExport:
    """Agree to an export that another proposed, or not; who proposed it may only take it back. See ExportAnswered."""

    number: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class LoadTemplates:
    """The texts of the officer's office and those above it; answered by TemplatesLoaded. `words` come back."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class SaveTemplate:
    """Keep a text of the officer's office under its name, in place of one of that name. See TemplatesLoaded."""

    name: str
    command: str
    statuses: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DropTemplate:
    """Throw a text of the officer's office away, or bring it `back`. See TemplatesLoaded."""

    name: str
    back: bool = False
