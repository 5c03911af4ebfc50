"""Plays a .chat file: what people do becomes events, what they then see is compared with what is written there."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol
from uuid import NAMESPACE_URL, uuid5

from bot.chat_file import ELLIPSIS, WrongFile
from handlers.events import (
    ChatClosed,
    LocationShared,
    Media,
    MediaReceived,
    MediaTooBig,
    MemberSeen,
    Opened,
    OptionChosen,
    TextEdited,
    TextReceived,
    Unsupported,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.chat_file import Beat, Script
    from handlers.events import Event

TELEGRAM_DOWNLOAD = 20_000_000  # bytes; the Bot API hands over no larger file
UNITS = {"menit": "minutes", "jam": "hours", "hari": "days"}


@dataclass(frozen=True, slots=True)
class Person:
    """Who does something: "1" and "2" are citizens, others officers by name; `where` is a group, "" in private."""

    name: str
    where: str = ""

    @property
    def citizen(self) -> bool:
        """Somebody who reports."""
        return self.name.isdigit()

    @property
    def screen(self) -> str:
        """Whose screen shows what is said there: the answer's mark in the file."""
        return self.where or ("" if self.name == "1" else self.name)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as its reader's channel got it; `body` as bot/render.py makes it."""

    screen: str
    body: dict[str, Any]
    card: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a group something was said: in answer to a case's card, or in a case's topic."""

    reply: str = ""
    topic: str = ""


class House(Protocol):
    """What answers: the real engine, the pure core with dicts, or the engine behind a platform's door."""

    heard: list[Heard]

    async def begin(self, at: datetime) -> None:
        """The clock is set."""

    async def wait(self, until: datetime) -> None:
        """Time passes; timers that run out are heard."""

    async def officer(self, name: str, office: str, role: str) -> None:
        """Somebody already serves there."""

    async def invitation(self, office: str, role: str, until: timedelta) -> str:
        """A one-time code."""

    async def group(self, name: str, *, topics: bool) -> None:
        """A group of the platform."""

    async def tell(self, person: Person, event: Event, place: Place) -> None:
        """A person does something."""

    async def settle(self, refused: dict[str, str]) -> None:
        """Files are fetched: kept, or refused for a reason, by their names."""


@dataclass(slots=True)
class _Message:
    """What stands on a screen."""

    lines: list[str]
    buttons: list[list[str]]
    card: str
    before: list[list[str]] = field(default_factory=list)  # buttons that it bore earlier; a slow screen shows them


@dataclass(slots=True)
class Player:
    """One playing of one file on one channel."""

    script: Script
    house: House
    channel: str
    screens: dict[str, list[_Message]] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)  # refs of what a person typed, oldest first
    codes: list[str] = field(default_factory=list)
    now: datetime = datetime(2024, 10, 10, 3, tzinfo=UTC)
    count: int = 0
    begun: bool = False
    refused: dict[str, str] = field(default_factory=dict)

    async def play(self) -> list[list[tuple[str, list[str]]]]:
        """For each beat what was seen: (screen, lines) of every message, the doer's own screen first."""
        seen = []
        for beat in self.script.beats:
            self.house.heard.clear()
            await self._beat(beat)
            shown = [(heard.screen, self._show(heard)) for heard in self.house.heard]
            own = Person(beat.who, beat.where).screen if beat.kind == "kata" else ""
            order = list(dict.fromkeys([own, *(screen for screen, _ in shown)]))
            seen.append(sorted(shown, key=lambda one: order.index(one[0])))
        return seen

    # --- what happens ---

    async def _beat(self, beat: Beat) -> None:
        if beat.kind == "kata":
            await self._begin()
            await self._person(beat)
            await self.house.settle(self.refused)
            return
        await getattr(self, f"_{beat.kind}")(beat)

    async def _begin(self) -> None:
        if not self.begun:
            self.begun = True
            await self.house.begin(self.now)

    async def _kanal(self, beat: Beat) -> None:
        """Said of the whole file."""

    async def _jam(self, beat: Beat) -> None:
        later = re.fullmatch(r"\+(\d+) (menit|jam|hari)", beat.words)
        if later:
            await self._begin()
            self.now += timedelta(**{UNITS[later[2]]: int(later[1])})
            await self.house.wait(self.now)
            return
        try:
            self.now = datetime.fromisoformat(beat.words).astimezone(UTC)
        except ValueError:
            raise WrongFile(beat.line, "jam seperti 2024-10-10T10:00+07:00, atau +6 hari") from None
        if self.begun:
            await self.house.wait(self.now)

    async def _petugas(self, beat: Beat) -> None:
        await self._begin()
        name, office, role = _words(beat, r"(.+) (RI|\d\d(?:\.\d\d)?) (\w+)", "petugas NAMA KANTOR PERAN")
        await self.house.officer(name, office, role)
        self.house.heard.clear()

    async def _undangan(self, beat: Beat) -> None:
        await self._begin()
        office, role, days = _words(beat, r"(RI|\d\d(?:\.\d\d)?) (\w+) (\d+) hari", "undangan KANTOR PERAN 3 hari")
        self.codes.append(await self.house.invitation(office, role, timedelta(days=int(days))))

    async def _grup(self, beat: Beat) -> None:
        await self._begin()
        name, topics = _words(beat, r"(.+?)( bertopik)?", "grup NAMA, atau grup NAMA bertopik")
        await self.house.group(name, topics=bool(topics))

    async def _person(self, beat: Beat) -> None:
        person = Person(beat.who or "1", beat.where)
        words = beat.words
        for number, code in enumerate(self.codes, 1):
            words = words.replace(f"{{undangan {number}}}", code)
        for pattern, does in DEEDS:
            if found := pattern.fullmatch(words):
                await does(self, person, found, beat)
                return
        if words.startswith("("):
            raise WrongFile(beat.line, f"tindakan ini tidak dikenal: {words[:40]}")
        await self._types(person, words)

    async def _types(self, person: Person, words: str, place: Place | None = None) -> None:
        self.count += 1
        ref = str(self.count)
        self.typed.setdefault(person.screen, []).append(ref)
        await self.house.tell(person, TextReceived(words, ref), place or Place())

    async def _taps(self, person: Person, found: re.Match[str], beat: Beat) -> None:
        label, old = found["label"], found["old"]
        screen = self.screens.get(person.screen, [])
        order = screen if old else list(reversed(screen))
        there = ((*one.before, *one.buttons) if old else one.buttons for one in order)
        fitting = (data for buttons in there for name, data, _ in buttons if name == label)
        data = next(fitting, None)
        if data is None:
            newest = next((one for one in reversed(screen) if one.buttons), None)
            there = " ".join(f"[{name}]" for name, _, _ in newest.buttons) if newest else "tidak ada"
            raise WrongFile(beat.line, f"tombol [{label}] tidak ada di layar; yang terakhir: {there}")
        await self.house.tell(person, OptionChosen(data), Place())

    async def _sends(self, person: Person, found: re.Match[str], _: Beat) -> None:
        files = int(found["album"] or 1)
        group = f"album-{self.count}" if files > 1 else ""
        for number in range(files):
            caption = (found["caption"] or "") if number == 0 else ""
            await self._file(person, Media("", KINDS[found["what"]], group=group, size=200_000), caption)

    async def _document(self, person: Person, found: re.Match[str], _: Beat) -> None:
        size = int(float(found["size"].replace(",", ".")) * 1_000_000)
        if found["why"]:
            self.refused[found["name"]] = found["why"]
        await self._file(person, Media("", "document", found["name"], size=size), found["caption"] or "")

    async def _file(self, person: Person, media: Media, caption: str) -> None:
        self.count += 1
        id_ = uuid5(NAMESPACE_URL, f"chat:{self.count}").hex
        source = {"file_id": id_} if self.channel == "telegram" else {}
        if self.channel == "telegram" and media.size > TELEGRAM_DOWNLOAD:
            await self.house.tell(person, MediaTooBig(media.size), Place())
            return
        kept = Media(id_, media.kind, media.name, "", media.size, media.group, source)
        await self.house.tell(person, MediaReceived(kept, caption, str(self.count)), Place())

    async def _point(self, person: Person, found: re.Match[str], _: Beat) -> None:
        await self.house.tell(person, LocationShared(float(found["lat"]), float(found["lon"])), Place())

    async def _edits(self, person: Person, found: re.Match[str], beat: Beat) -> None:
        typed = self.typed.get(person.screen, [])
        number = int(found["number"]) - 1 if found["number"] else len(typed) - 1
        if not 0 <= number < len(typed):
            raise WrongFile(beat.line, "pesan yang disunting tidak ada")
        await self.house.tell(person, TextEdited(found["words"], typed[number]), Place())

    async def _in_answer(self, person: Person, found: re.Match[str], _: Beat) -> None:
        where = {"balas": "reply", "topik": "topic"}[found["how"]]
        await self._types(person, found["words"], Place(**{where: found["ticket"]}))

    async def _has_sent(self, person: Person, found: re.Match[str], beat: Beat) -> None:
        """A tip, sent in the shortest way; the citizen's screen shows only the end of it."""
        await self._types(person, found["words"])
        for label in ("Setuju, lanjut", "Kirim sekarang"):
            self._swallow(person.screen)
            if label == "Setuju, lanjut" and not self._offers(person.screen, label):
                continue
            tap = re.fullmatch(r"(?P<label>.*)(?P<old>)", label)
            assert tap is not None, "it matches everything"
            await self._taps(person, tap, beat)

    def _swallow(self, screen: str) -> None:
        mine = [heard for heard in self.house.heard if heard.screen == screen]
        for heard in mine:
            self._show(heard)
            self.house.heard.remove(heard)

    def _offers(self, screen: str, label: str) -> bool:
        newest = self.screens.get(screen, [])[-1:]
        return any(name == label for one in newest for name, _, _ in one.buttons)

    async def _other(self, person: Person, found: re.Match[str], _: Beat) -> None:
        event = OTHERS[found["what"]]
        await self.house.tell(person, MemberSeen(person.name) if event is None else event, Place())

    # --- what is seen ---

    def _show(self, heard: Heard) -> list[str]:
        """The lines as the file has them: a card that stands is edited, and only what is new in it is shown."""
        body = heard.body
        screen = self.screens.setdefault(heard.screen, [])
        lines = [line.rstrip() for line in body["text"].split("\n")]
        fresh = _Message(lines, body.get("buttons", []), heard.card)
        stands = next((one for one in screen if heard.card and one.card == heard.card), None)
        if stands is not None and body.get("anew"):
            stands.card = ""
            stands = None
        buttons = "".join(f" [{label}{' ↗' if url else ''}]" for label, _, url in fresh.buttons).strip()
        if stands is None:
            screen.append(fresh)
            return _joined(body, lines, buttons)
        new = [line for line in lines if line and line not in stands.lines]
        changed = [one[0] for one in stands.buttons] != [one[0] for one in fresh.buttons]
        stands.before += stands.buttons
        stands.lines, stands.buttons = fresh.lines, fresh.buttons
        return ["(kartu diperbarui)", *new, *([buttons] if changed and buttons else [])]


def _joined(body: dict[str, Any], lines: list[str], buttons: str) -> list[str]:
    album = [f"(album {len(body['album'])} gambar)"] if body.get("album") else []
    return [*album, *lines, *([buttons] if buttons else [])]


def _words(beat: Beat, pattern: str, shape: str) -> tuple[str, ...]:
    found = re.fullmatch(pattern, beat.words)
    if found is None:
        raise WrongFile(beat.line, f"bentuknya: {shape}")
    return found.groups()


KINDS: dict[str, Any] = {"foto": "photo", "video": "video", "rekaman suara": "voice"}
OTHERS: dict[str, Event | None] = {
    "stiker": Unsupported("sticker"),
    "membuka percakapan": Opened(),
    "memblokir bot": ChatClosed(),
    "masuk grup": None,
}
_CAPTION = r"(?:: (?P<caption>.*))?"
DEEDS: tuple[tuple[re.Pattern[str], Callable[..., Any]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), does)
    for pattern, does in (
        (r"\[(?P<label>[^\]]+)\](?P<old> \(lama\))?", Player._taps),  # noqa: SLF001 - the class's own table
        (rf"\((?:(?P<album>)(?P<what>foto|video|rekaman suara)){_CAPTION}\)", Player._sends),  # noqa: SLF001
        (rf"\(album (?P<album>\d+) (?P<what>foto|video){_CAPTION}\)", Player._sends),  # noqa: SLF001
        (
            rf"\(berkas (?P<name>\S+) (?P<size>[\d,]+) MB(?:, ditolak (?P<why>[\w-]+))?{_CAPTION}\)",
            Player._document,  # noqa: SLF001
        ),
        (r"\(lokasi (?P<lat>-?[\d.]+), ?(?P<lon>-?[\d.]+)\)", Player._point),  # noqa: SLF001
        (r"\(sunting(?: (?P<number>\d+))?: (?P<words>.*)\)", Player._edits),  # noqa: SLF001
        (r"\((?P<how>balas|topik) (?P<ticket>JN-\S+)\) (?P<words>.*)", Player._in_answer),  # noqa: SLF001
        (r"\(sudah mengirim\) (?P<words>.*)", Player._has_sent),  # noqa: SLF001
        (rf"\((?P<what>{'|'.join(OTHERS)})\)", Player._other),  # noqa: SLF001
    )
)


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
        real = trimmed_lines(got[number]) if number < len(got) else []
        if real != lines:
            return at, lines, real
    return (line, [], got[len(wanted)]) if len(got) > len(wanted) else None


def trimmed_lines(lines: list[str]) -> list[str]:
    """As a file would hold them."""
    from bot.chat_file import trimmed  # noqa: PLC0415

    return trimmed(lines)


def _block(to: str, lines: list[str]) -> str:
    if not lines:
        return "(tidak ada)"
    return "\n".join([f"{to}< {lines[0]}", *(f"  {line}".rstrip() for line in lines[1:])])
