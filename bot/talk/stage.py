"""Plays a .chat file before a house, and compares what was seen with what is written there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.talk.chat_file import ELLIPSIS, WrongFile, trimmed
from bot.talk.deeds import Deeds
from bot.talk.house import Person
from bot.talk.screens import Screens

if TYPE_CHECKING:
    from bot.talk.chat_file import Beat, Script
    from bot.talk.house import House

    Seen = list[list[tuple[str, list[str]]]]  # for each beat, (screen, lines) of every message

UNITS = {"menit": "minutes", "jam": "hours", "hari": "days"}
TEN = datetime(2024, 10, 10, 3, tzinfo=UTC)  # 10.00 WIB, in the middle of the Pilkada campaign


class Player:
    """One playing of one file on one channel."""

    def __init__(self, script: Script, house: House, channel: str) -> None:
        self.script, self.house = script, house
        self.screens = Screens()
        self.deeds = Deeds(house, channel, self.screens)
        self.codes: list[str] = []
        self.now = TEN
        self.begun = False

    async def play(self) -> Seen:
        """For each beat what was seen: (screen, lines) of every message, the doer's own screen first."""
        seen = []
        for beat in self.script.beats:
            self.house.heard.clear()
            await self._beat(beat)
            shown = [(heard.screen, self.screens.show(heard)) for heard in self.house.heard]
            own = Person(beat.who, beat.where).screen if beat.kind == "kata" else ""
            order = list(dict.fromkeys([own, *(screen for screen, _ in shown)]))
            seen.append(sorted(shown, key=lambda one: order.index(one[0])))
        return seen

    async def _beat(self, beat: Beat) -> None:
        if beat.kind == "jam" and not self.begun and not beat.words.startswith("+"):
            self.now = _moment(beat)
            return
        if not self.begun:
            self.begun = True
            await self.house.begin(self.now)
        await getattr(self, f"_{beat.kind}")(beat)

    async def _kata(self, beat: Beat) -> None:
        words = beat.words
        for number, code in enumerate(self.codes, 1):
            words = words.replace(f"{{undangan {number}}}", code)
        await self.deeds.do(Person(beat.who or "1", beat.where), words, beat)
        await self.house.settle(self.deeds.files)

    async def _kanal(self, beat: Beat) -> None:
        """Said of the whole file."""

    async def _jam(self, beat: Beat) -> None:
        later = re.fullmatch(r"\+(\d+) (menit|jam|hari)", beat.words)
        self.now = self.now + timedelta(**{UNITS[later[2]]: int(later[1])}) if later else _moment(beat)
        await self.house.wait(self.now)

    async def _petugas(self, beat: Beat) -> None:
        name, office, role = _words(beat, r"(.+) (RI|\d\d(?:\.\d\d){0,2}) (\w+)", "petugas NAMA KANTOR PERAN")
        await self.house.officer(name, office, role)
        self.house.heard.clear()

    async def _undangan(self, beat: Beat) -> None:
        office, role, days = _words(beat, r"(RI|\d\d(?:\.\d\d){0,2}) (\w+) (\d+) hari", "undangan KANTOR PERAN 3 hari")
        self.codes.append(await self.house.invitation(office, role, timedelta(days=int(days))))

    async def _grup(self, beat: Beat) -> None:
        name, topics = _words(beat, r"(.+?)( bertopik)?", "grup NAMA, atau grup NAMA bertopik")
        await self.house.group(name, topics=bool(topics))


def _moment(beat: Beat) -> datetime:
    try:
        return datetime.fromisoformat(beat.words).astimezone(UTC)
    except ValueError:
        raise WrongFile(beat.line, "jam seperti 2024-10-10T10:00+07:00, atau +6 hari") from None


def _words(beat: Beat, pattern: str, shape: str) -> tuple[str, ...]:
    found = re.fullmatch(pattern, beat.words)
    if found is None:
        raise WrongFile(beat.line, f"bentuknya: {shape}")
    return found.groups()


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where what was seen is not what is written."""

    line: int
    expected: str
    got: str


def difference(script: Script, seen: list[list[tuple[str, list[str]]]], channel: str) -> Difference | None:
    """Compare reader by reader; None where all is as written."""
    for beat, shown in zip(script.beats, seen, strict=True):
        wanted = [(one.line, one.to, lines) for one in beat.expected if (lines := one.on(channel))]
        for to in dict.fromkeys([*(to for _, to, _ in wanted), *(to for to, _ in shown)]):
            found = _compare(
                beat.line,
                [(line, lines) for line, whom, lines in wanted if whom == to],
                [lines for whom, lines in shown if whom == to],
            )
            if found:
                return Difference(found[0], _block(to, found[1]), _block(to, found[2]))
    return None


Found = tuple[int, list[str], list[str]]


def _compare(line: int, wanted: list[tuple[int, list[str]]], got: list[list[str]]) -> Found | None:
    for number, (at, lines) in enumerate(wanted):
        if lines == [ELLIPSIS]:
            return None if got[number:] else (at, lines, [])
        real = trimmed(got[number]) if number < len(got) else []
        if real != lines:
            return at, lines, real
    return (line, [], got[len(wanted)]) if len(got) > len(wanted) else None


def _block(to: str, lines: list[str]) -> str:
    if not lines:
        return "(tidak ada)"
    return "\n".join([f"{to}< {lines[0]}", *(f"  {line}".rstrip() for line in lines[1:])])
