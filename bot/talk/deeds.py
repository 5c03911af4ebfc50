"""What people do in a .chat file, as events: words, taps, files, places, edits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from bot.talk.chat_file import WrongFile
from bot.talk.house import Found, Place
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

    from bot.talk.chat_file import Beat
    from bot.talk.house import House, Person
    from bot.talk.screens import Screens
    from handlers.events import Event, MediaKind

TELEGRAM_DOWNLOAD = 20_000_000  # bytes; the Bot API hands over no larger file


@dataclass(slots=True)
class Deeds:
    """The doings of one playing; `files` are those that turn out to be something special, by their names."""

    house: House
    channel: str
    screens: Screens
    typed: dict[str, list[str]] = field(default_factory=dict)  # refs of what a person typed, oldest first
    count: int = 0
    files: dict[str, Found] = field(default_factory=dict)

    async def do(self, person: Person, words: str, beat: Beat) -> None:
        """One line of a person. Raises WrongFile."""
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
        data = self.screens.button(person.screen, label, oldest=bool(old))
        if data is None:
            there = self.screens.newest_buttons(person.screen)
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
            self.files[found["name"]] = Found(found["why"])
        if found["lat"] or found["taken"]:
            point = (float(found["lat"]), float(found["lon"])) if found["lat"] else None
            self.files[found["name"]] = Found(point=point, taken=found["taken"] or "")
        kind: MediaKind = "photo" if found["name"].lower().endswith(PICTURES) else "document"
        await self._file(person, Media("", kind, found["name"], size=size), found["caption"] or "")

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
        at = LocationShared(float(found["lat"]), float(found["lon"]), name=found["name"] or "")
        await self.house.tell(person, at, Place())

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
            if f"[{label}]" in self.screens.newest_buttons(person.screen):
                tap = re.fullmatch(r"(?P<label>.*)(?P<old>)", label)
                assert tap is not None, "it matches everything"
                await self._taps(person, tap, beat)

    def _swallow(self, screen: str) -> None:
        mine = [heard for heard in self.house.heard if heard.screen == screen]
        for heard in mine:
            self.screens.show(heard)
            self.house.heard.remove(heard)

    async def _other(self, person: Person, found: re.Match[str], _: Beat) -> None:
        event = OTHERS[found["what"]]
        await self.house.tell(person, MemberSeen(person.name) if event is None else event, Place())


PICTURES = (".jpg", ".jpeg", ".png")
KINDS: dict[str, Any] = {"foto": "photo", "video": "video", "rekaman suara": "voice"}
OTHERS: dict[str, Event | None] = {
    "stiker": Unsupported("sticker"),
    "membuka percakapan": Opened(),
    "memblokir bot": ChatClosed(),
    "masuk grup": None,
}
_CAPTION = r"(?:: (?P<caption>.*))?"
_TURNS_OUT = (
    r"(?:, ditolak (?P<why>[\w-]+))?(?:, tercatat di (?P<lat>-?[\d.]+),(?P<lon>-?[\d.]+))?"
    r"(?:, dipotret (?P<taken>\S+?))?"
)
DEEDS: tuple[tuple[re.Pattern[str], Callable[..., Any]], ...] = tuple(
    (re.compile(pattern, re.DOTALL), does)
    for pattern, does in (
        (r"\[(?P<label>[^\]]+)\](?P<old> \(lama\))?", Deeds._taps),  # noqa: SLF001 - the class's own table
        (rf"\((?:(?P<album>)(?P<what>foto|video|rekaman suara)){_CAPTION}\)", Deeds._sends),  # noqa: SLF001
        (rf"\(album (?P<album>\d+) (?P<what>foto|video){_CAPTION}\)", Deeds._sends),  # noqa: SLF001
        (
            rf"\(berkas (?P<name>\S+) (?P<size>[\d,]+) MB{_TURNS_OUT}{_CAPTION}\)",
            Deeds._document,  # noqa: SLF001
        ),
        (r"\(lokasi (?P<lat>-?[\d.]+), ?(?P<lon>-?[\d.]+)(?:: (?P<name>.+))?\)", Deeds._point),  # noqa: SLF001
        (r"\(sunting(?: (?P<number>\d+))?: (?P<words>.*)\)", Deeds._edits),  # noqa: SLF001
        (r"\((?P<how>balas|topik) (?P<ticket>JN-\S+)\) (?P<words>.*)", Deeds._in_answer),  # noqa: SLF001
        (r"\(sudah mengirim\) (?P<words>.*)", Deeds._has_sent),  # noqa: SLF001
        (rf"\((?P<what>{'|'.join(OTHERS)})\)", Deeds._other),  # noqa: SLF001
    )
)
