"""`jaganetral talk`: plays a .chat file through the real engine, writes its answers anew, or talks at the keyboard."""

from __future__ import annotations

import asyncio
import tempfile
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.chat_file import ELLIPSIS, Expected, WrongFile, marked, parse, trimmed, written
from bot.rehearsal import engine_house
from bot.stage import Player, difference

if TYPE_CHECKING:
    from bot.chat_file import Beat, Script

    Seen = list[list[tuple[str, list[str]]]]  # for each beat, (screen, lines) of every message


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
    keys = [[(to, lines[0]) for to, lines in many] for many in (one, two)]
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs = zip(one[a:b], two[c:d], strict=True)
            found += [Expected(0, mine[0], _lines((first, second), mine[1], yours[1])) for mine, yours in pairs]
            continue
        found += [Expected(0, to, marked(first, lines)) for to, lines in one[a:b]]
        found += [Expected(0, to, marked(second, lines)) for to, lines in two[c:d]]
    return found


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
