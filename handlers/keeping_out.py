"""What may be asked for about a conflict of interest, and a panwascam's kecamatan; and what the house answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadKept:
    """Who can be kept out of this case by this officer, and who is? Answered by KeptLoaded."""

    ticket: str
    rev: int


@dataclass(frozen=True, slots=True)
class KeepOut:
    """Keep an officer (staff id) out of this case, or no longer; `note` is why. Answered by KeptOut.

    `out` is what it is to become: said or pressed again, or by two at once, it is not undone.
    """

    ticket: str
    rev: int
    officer: int
    note: str = ""
    out: bool = True


@dataclass(frozen=True, slots=True)
class TieTo:
    """Keep an officer out of every case whose accused has all these words, or no longer; `said` as it was typed.

    Answered by Tied.
    """

    officer: int
    words: tuple[str, ...]
    said: str
    out: bool = True


@dataclass(frozen=True, slots=True)
class SetKecamatan:
    """A panwascam (staff id) sees this kecamatan from now on; answered by KecamatanSet."""

    officer: int
    kecamatan: str


# --- the answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeptLoaded:
    """Answer to LoadKept: number, name, whether kept out by hand."""

    ticket: str
    rev: int
    people: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Answer to KeepOut; name "" where this officer may not say so of that one."""

    ticket: str
    rev: int
    officer: int = 0
    name: str = ""
    out: bool = True  # kept out, or not
    before: bool = False  # and so it was before
    tied: bool = False  # no longer by hand, but by a tie to the agency still
    freed: bool = False  # it was in their hands, and is nobody's now
    silent: bool = False  # the office has a group, in which nothing of the case is said any more
    went_up: str = ""  # the name of the office that has the case now, where nobody was left


@dataclass(frozen=True, slots=True)
class Tied:
    """Answer to TieTo; name "" where this officer may not say so of that one; `cases` are those that this hides."""

    officer: int = 0
    name: str = ""
    said: str = ""
    out: bool = True
    before: bool = False  # so it was already
    cases: int = 0


@dataclass(frozen=True, slots=True)
class KecamatanSet:
    """Answer to SetKecamatan; name "" where there is no such panwascam; kecamatan is its name."""

    name: str
    kecamatan: str = ""
