"""What stands on each reader's screen: messages in their order, cards edited in place, buttons that can be pressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from place.areas import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.talk.house import Heard

EDITED = "(kartu diperbarui)"


@dataclass(slots=True)
class _Message:
    """What stands on a screen."""

    lines: list[str]
    buttons: list[list[str]]
    card: str
    before: list[list[str]] = field(default_factory=list)  # buttons that it bore earlier; a slow screen shows them


@dataclass(slots=True)
class Screens:
    """The screens of all who take part, by their marks in the file."""

    by_reader: dict[str, list[_Message]] = field(default_factory=dict)

    def show(self, heard: Heard) -> list[str]:
        """The lines as the file has them: a card that stands is edited, and only what is new in it is shown."""
        body = heard.body
        screen = self.by_reader.setdefault(heard.screen, [])
        lines = [line.rstrip() for line in body["text"].split("\n")]
        fresh = _Message(lines, body.get("buttons", []), heard.card)
        stands = next((one for one in screen if heard.card and one.card == heard.card), None)
        if stands is not None and body.get("anew"):
            stands.card = ""
            stands = None
        if stands is None:
            screen.append(fresh)
            return [*_album(body), *_drawing(body), *_paper(body), *lines, *_row(fresh.buttons)]
        return _edited(stands, fresh)

    def button(self, reader: str, label: str, *, oldest: bool) -> str | None:
        """What the newest (or the oldest) button of this label carries; None where there is none."""
        return next((data for name, data, _ in self._buttons(reader, oldest=oldest) if name == label), None)

    def _buttons(self, reader: str, *, oldest: bool) -> Iterator[list[str]]:
        screen = self.by_reader.get(reader, [])
        for one in screen if oldest else reversed(screen):
            yield from (*one.before, *one.buttons) if oldest else one.buttons

    def newest_buttons(self, reader: str) -> str:
        """The row of buttons that was shown last."""
        rows = [one.buttons for one in self.by_reader.get(reader, []) if one.buttons]
        return _row(rows[-1])[0] if rows else "tidak ada"


def _album(body: dict[str, Any]) -> list[str]:
    return [f"(album {len(body['album'])} gambar)"] if body.get("album") else []


def _drawing(body: dict[str, Any]) -> list[str]:
    if body.get("chart"):
        return [f"(grafik: {body['chart']['title']})"]
    if not body.get("spot"):
        return []
    codes, point = body["spot"]
    return [f"(peta {', '.join(map(name_of, codes))}{'; dengan titik' if point else ''})"]


def _paper(body: dict[str, Any]) -> list[str]:
    return [f"(dokumen {body['paper']['name']})"] if body.get("paper") else []


def _row(buttons: list[list[str]]) -> list[str]:
    row = " ".join(f"[{label}{' ↗' if url else ''}]" for label, _, url in buttons)
    return [row] if row else []


def _edited(stands: _Message, fresh: _Message) -> list[str]:
    new = [line for line in fresh.lines if line and line not in stands.lines]
    changed = [one[0] for one in stands.buttons] != [one[0] for one in fresh.buttons]
    stands.before += stands.buttons
    stands.lines, stands.buttons = fresh.lines, fresh.buttons
    return [EDITED, *new, *(_row(fresh.buttons) if changed else [])]
