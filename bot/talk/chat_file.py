"""The grammar of a .chat file: a conversation as people read it, into beats and back (docs/transcripts.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CHANNELS = ("web", "telegram")
DIRECTIVES = ("kanal", "jam", "petugas", "undangan", "grup")
ELLIPSIS = "…"
_NAME = r"[A-Z][^:<>@\[\]]*?"
_CITIZEN = re.compile(r"(?P<who>\d*)> (?P<words>.*)")
_OFFICER = re.compile(rf"(?P<who>{_NAME})(?: di (?P<where>{_NAME}))?: (?P<words>.*)")
_ANSWER = re.compile(rf"(?P<to>\d*|{_NAME})< (?P<words>.*)")
_MARK = re.compile(rf"@({'|'.join(CHANNELS)}) ?(.*)")


class WrongFile(Exception):  # noqa: N818 - the words say where and what
    """A line that is not of the grammar."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"baris {line}: {why}")


@dataclass(slots=True)
class Expected:
    """One message that a reader should get; its lines may bear a channel's mark."""

    line: int
    to: str
    lines: list[str]

    def on(self, channel: str) -> list[str]:
        """The lines as that channel's reader sees them."""
        seen = []
        for line in self.lines:
            mark = _MARK.fullmatch(line)
            if mark is None:
                seen.append(line)
            elif mark[1] == channel:
                seen.append(mark[2])
        return trimmed(seen)


@dataclass(slots=True)
class Beat:
    """One thing that happens, and what is heard of it. `kind` is "kata" for people's doings, else a directive."""

    line: int
    kind: str
    words: str
    who: str = ""
    where: str = ""
    head: list[str] = field(default_factory=list)  # the file's own lines, answers left out
    expected: list[Expected] = field(default_factory=list)


@dataclass(slots=True)
class Script:
    """A whole file."""

    title: str
    beats: list[Beat]
    channels: tuple[str, ...]
    tail: list[str]

    @property
    def turns(self) -> int:
        """How many things people do in it."""
        return sum(beat.kind == "kata" for beat in self.beats)


def trimmed(lines: list[str]) -> list[str]:
    """Without blank lines at either end, and never two together."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1] else kept


# --- reading --------------------------------------------------------------------------------------------------


class _Reader:
    """Goes down the lines; `_blanks` are those of which it is not known yet what they stand in."""

    def __init__(self) -> None:
        self.beats: list[Beat] = []
        self.loose: list[str] = []  # comments and blank lines before the next beat
        self.blanks = 0

    def take(self, number: int, line: str) -> None:
        if not line:
            self.blanks += 1
        elif line[0].isspace():
            self._continue(number, line.strip())
        elif line.startswith("#"):
            self._comment(line)
        elif answer := _ANSWER.fullmatch(line):
            self._answer(number, answer)
        else:
            self._beat(number, line)

    def _continue(self, number: int, line: str) -> None:
        if not self.beats or self.loose:
            raise WrongFile(number, "baris menjorok ini tidak melanjutkan apa pun")
        beat, blank = self.beats[-1], [""] * self.blanks
        if beat.expected:
            beat.expected[-1].lines += [*blank, line]
        else:
            beat.words = "\n".join((beat.words, *blank, line))
            beat.head += [*blank, f"  {line}"]
        self.blanks = 0

    def _comment(self, line: str) -> None:
        self.loose += [*[""] * self.blanks, line]
        self.blanks = 0

    def _answer(self, number: int, found: re.Match[str]) -> None:
        if not self.beats or self.loose:
            raise WrongFile(number, "jawaban tanpa ada yang dilakukan sebelumnya")
        self.blanks = 0
        self.beats[-1].expected.append(Expected(number, found["to"], [found["words"]]))

    def _beat(self, number: int, line: str) -> None:
        head = [*self.loose, *[""] * self.blanks, line]
        self.loose, self.blanks = [], 0
        first, _, rest = line.partition(" ")
        if first in DIRECTIVES:
            self.beats.append(Beat(number, first, rest.strip(), head=head))
            return
        found = _CITIZEN.fullmatch(line) or _OFFICER.fullmatch(line)
        if found is None:
            raise WrongFile(number, f"tidak dimengerti: {line[:60]}")
        said = found.groupdict()
        self.beats.append(Beat(number, "kata", said["words"], said["who"], said.get("where") or "", head))


def parse(text: str) -> Script:
    """Read a file. Raises WrongFile with the line and the reason."""
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        reader.take(number, line.rstrip())
    title = next((line.lstrip("# ") for line in text.splitlines() if line.startswith("#")), "")
    only = [beat.words for beat in reader.beats if beat.kind == "kanal"]
    wrong = next((beat for beat in reader.beats if beat.kind == "kanal" and beat.words not in CHANNELS), None)
    if wrong:
        raise WrongFile(wrong.line, f"kanal harus salah satu dari: {', '.join(CHANNELS)}")
    return Script(title, reader.beats, tuple(only) or CHANNELS, reader.loose)


# --- writing --------------------------------------------------------------------------------------------------


def written(script: Script) -> str:
    """The file again, with the answers that its beats have now."""
    rows: list[str] = []
    for beat in script.beats:
        rows += beat.head
        for answer in beat.expected:
            first, *rest = answer.lines
            rows += [f"{answer.to}< {first}".rstrip(), *(f"  {line}".rstrip() for line in rest)]
    return "\n".join([*rows, *script.tail]).strip("\n") + "\n"


def marked(channel: str, lines: list[str]) -> list[str]:
    """Lines that only one channel's reader sees."""
    return [f"@{channel} {line}".rstrip() for line in lines]
