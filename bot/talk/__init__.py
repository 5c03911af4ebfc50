"""`jaganetral talk`: plays a .chat file through the real engine, writes its answers anew, or talks at the keyboard."""

from __future__ import annotations

import asyncio
import tempfile
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.clock import SystemClock
from bot.talk.chat_file import ELLIPSIS, Expected, WrongFile, marked, parse, trimmed, written
from bot.talk.house import Person, Place
from bot.talk.rehearsal import engine_house
from bot.talk.stage import Player, difference
from handlers.events import Opened, OptionChosen, TextReceived

if TYPE_CHECKING:
    from bot.talk.chat_file import Beat, Script
    from bot.talk.rehearsal import EngineHouse
    from bot.talk.stage import Seen
    from handlers.events import Event


def replay(file: Path, *, write: bool) -> int:
    """Play a file on each of its channels; 1 at the first difference, 2 where it is not of the grammar."""
    try:
        script = parse(file.read_text(encoding="utf-8"))
        seen = {channel: asyncio.run(play(script, channel)) for channel in script.channels}
    except WrongFile as error:
        click.echo(f"{file}: {error}", err=True)
        return 2
    if write:
        return _rewrite(file, script, seen)
    for channel, shown in seen.items():
        if found := difference(script, shown, channel):
            click.echo(f"{file}:{found.line}: berbeda ({channel})\ntertulis:\n{found.expected}\nternyata:\n{found.got}")
            return 1
    click.echo(f"{file}: sama ({', '.join(seen)})")
    return 0


async def play(script: Script, channel: str) -> Seen:
    """One playing, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="jaganetral-") as folder:
        async with engine_house(Path(folder) / "data", channel) as house:
            return await Player(script, house, channel).play()


# --- writing the answers anew ---------------------------------------------------------------------------------


def _rewrite(file: Path, script: Script, seen: dict[str, Seen]) -> int:
    for number, beat in enumerate(script.beats):
        answers = _merged({channel: shown[number] for channel, shown in seen.items()})
        beat.expected = _elided(beat, answers)
    file.write_text(written(script), encoding="utf-8")
    return 0


def _merged(shown: dict[str, list[tuple[str, list[str]]]]) -> list[Expected]:
    """The same message on every channel is written once; what only one shows bears its mark."""
    lists = [[(to, trimmed(lines)) for to, lines in one] for one in shown.values()]
    if len(lists) == 1 or lists[0] == lists[1]:
        return [Expected(0, to, lines) for to, lines in lists[0]]
    (first, one), (second, two) = zip(shown, lists, strict=True)
    ours, theirs = ([(to, lines[0]) for to, lines in many] for many in (one, two))
    found = []
    for _, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if _alike(one[a:b], two[c:d]):
            pairs = zip(one[a:b], two[c:d], strict=True)
            found += [Expected(0, mine[0], _lines((first, second), mine[1], yours[1])) for mine, yours in pairs]
            continue
        found += [Expected(0, to, marked(first, lines)) for to, lines in one[a:b]]
        found += [Expected(0, to, marked(second, lines)) for to, lines in two[c:d]]
    return found


def _alike(one: list[tuple[str, list[str]]], two: list[tuple[str, list[str]]]) -> bool:
    """Messages that may be written as the same ones: to the same screens, with lines in common."""
    if [to for to, _ in one] != [to for to, _ in two]:
        return False
    return all(set(mine) & set(yours) - {""} for (_, mine), (_, yours) in zip(one, two, strict=True))


def _lines(channels: tuple[str, str], one: list[str], two: list[str]) -> list[str]:
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        alike = tag == "equal"
        found += one[a:b] if alike else [*marked(channels[0], one[a:b]), *marked(channels[1], two[c:d])]
    return found


def _elided(beat: Beat, answers: list[Expected]) -> list[Expected]:
    """Whoever's answers were left out by the author stay left out."""
    out = {one.to: one for one in beat.expected if one.lines == [ELLIPSIS]}
    kept: list[Expected] = []
    for answer in answers:
        if answer.to not in out:
            kept.append(answer)
        elif out[answer.to] not in kept:
            kept.append(out[answer.to])
    return kept


# --- a chat at the keyboard -------------------------------------------------------------------------------------

CHANNEL = "terminal"
GREETING = (
    "Percakapan latihan dengan bot; datanya dihapus saat selesai. Ketik jawaban Anda, atau nomor tombolnya.\n"
    "Keluar: Ctrl-D."
)


def converse() -> int:
    """Citizen at the keyboard: what is typed goes through the engine, buttons bear numbers."""
    click.echo(GREETING)
    return asyncio.run(_converse())


async def _converse() -> int:
    with tempfile.TemporaryDirectory(prefix="jaganetral-") as folder:
        async with engine_house(Path(folder) / "data", CHANNEL) as house:
            await house.begin(SystemClock().now())
            person, place = Person("1"), Place()
            buttons = await _hear(house, person, Opened(), place)
            while (line := await asyncio.to_thread(_line)) is not None:
                house.clock.at = SystemClock().now()
                buttons = await _hear(house, person, _meant(line, buttons), place) or buttons
    return 0


def _line() -> str | None:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        click.echo()
        return None


def _meant(line: str, buttons: list[list[str]]) -> Event:
    """The number of a button presses it."""
    number = int(line) if line.isdecimal() and len(line) < 3 else 0  # noqa: PLR2004 - no question has a hundred
    if 1 <= number <= len(buttons) and buttons[number - 1][1]:
        return OptionChosen(buttons[number - 1][1])
    return TextReceived(line)


async def _hear(house: EngineHouse, person: Person, event: Event, place: Place) -> list[list[str]]:
    """Say it, print the answers; the buttons that may be pressed now."""
    house.heard.clear()
    await house.tell(person, event, place)
    buttons: list[list[str]] = []
    for heard in house.heard:
        click.echo(heard.body["text"])
        if heard.body.get("buttons"):
            buttons = heard.body["buttons"]
            rows = (
                f"  {number}. {label}{' ' + url if url else ''}" for number, (label, _, url) in enumerate(buttons, 1)
            )
            click.echo("\n".join(rows))
        click.echo()
    return buttons
