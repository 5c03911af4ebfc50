"""What is sent to Telegram: split texts, albums, keyboards; plain text only, so that nothing is markup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aiogram.methods import SendDocument, SendMediaGroup, SendMessage, SendPhoto
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.channels import Document, Rejected, instead
from bot.limits import TELEGRAM as LIMITS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from typing import TypeAlias

    from aiogram import Bot
    from aiogram.methods import TelegramMethod

    from bot.channels import Button, Outgoing, Picture

    Piece: TypeAlias = "str | tuple[Picture, ...] | Captioned"
    Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | None

ALBUM = 10  # pictures of one sendMediaGroup
SHORT = 14  # characters of a label that may share its row with another
SHARE_PLACE = "📍 Bagikan lokasi"


@dataclass(frozen=True, slots=True)
class Captioned:
    """A picture or a document with all the words under it."""

    shown: Picture | Document
    text: str

    @property
    def words_alone(self) -> str:
        """What is left to say where Telegram does not take the file."""
        return instead(self.text, self.shown.otherwise) if isinstance(self.shown, Document) else self.text


class Streamed(InputFile):
    """A document as aiogram uploads it: piece by piece, never whole in memory unless it was so before."""

    def __init__(self, document: Document) -> None:
        super().__init__(filename=document.name)
        self._document = document

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        """The bytes in pieces."""
        del bot
        async for piece in self._document.pieces():
            yield piece


def parts(out: Outgoing) -> list[Piece]:
    """Give what is sent one after the other: albums first, then the text in pieces, or under its picture."""
    if out.paper and out.paper.size > LIMITS.upload:
        return parts(replace(out, paper=None, text=instead(out.text, out.paper.otherwise)))
    short = bool(out.text) and _fits(out.text, LIMITS.caption) == len(out.text)
    if out.paper:
        return [Captioned(out.paper, out.text)] if short else [*split(out.text), Captioned(out.paper, "")]
    if out.above and not out.edits:
        return [Captioned(out.above, out.text)] if short else [(out.above,), *split(out.text)]
    albums = [out.album[start : start + ALBUM] for start in range(0, len(out.album), ALBUM)]
    return [*albums, *split(out.text)]


def split(text: str, limit: int = LIMITS.text) -> list[str]:
    """Cut at line ends, else between words, else anywhere but within a character; limit in UTF-16 units."""
    pieces: list[str] = []
    rest = text.strip()
    while rest:
        end = _fits(rest, limit)
        if end < len(rest):
            end = max(rest.rfind("\n", 1, end + 1), 0) or max(rest.rfind(" ", 1, end + 1), 0) or end
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return pieces


def _fits(text: str, limit: int) -> int:
    """Count the characters that fit into so many UTF-16 units; those beyond U+FFFF take two."""
    if len(text) * 2 <= limit:
        return len(text)
    units = 0
    for number, character in enumerate(text):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            return number
    return len(text)


def letter(chat: int, out: Outgoing, piece: Piece, first: str, *, last: bool) -> TelegramMethod[Any]:
    """Make the call for one piece; `first` is the id of what was sent before it, "" where it is the first."""
    frame: dict[str, Any] = {
        "chat_id": chat,
        "message_thread_id": int(out.thread) if out.thread else None,
        "protect_content": out.protect or None,
        "reply_parameters": _reply(first if isinstance(piece, str) and out.album else ""),
    }
    if isinstance(piece, str):
        return SendMessage(
            text=piece,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_markup=_markup(chat, out) if last else None,
            **frame,
        )
    if isinstance(piece, Captioned):
        return _captioned(piece, frame | {"caption": piece.text or None, "reply_markup": _markup(chat, out)})
    files = [BufferedInputFile(shot.image, f"{n}-{shot.id[:8]}.jpg") for n, shot in enumerate(piece, 1)]
    if len(files) == 1:
        return SendPhoto(photo=files[0], **frame)
    return SendMediaGroup(media=[InputMediaPhoto(media=file) for file in files], **frame)


def _captioned(piece: Captioned, frame: dict[str, Any]) -> TelegramMethod[Any]:
    if isinstance(piece.shown, Document):
        return SendDocument(document=Streamed(piece.shown), **frame)
    return SendPhoto(photo=BufferedInputFile(piece.shown.image, f"{piece.shown.id}.png"), **frame)


def _reply(to: str) -> ReplyParameters | None:
    # The earlier message may be deleted by now; that must not keep this one back.
    return ReplyParameters(message_id=int(to), allow_sending_without_reply=True) if to.isdecimal() else None


def _markup(chat: int, out: Outgoing) -> Markup:
    """Choose the one keyboard that Telegram allows: buttons before the place button."""
    if out.buttons:
        return keyboard(out.buttons)
    if out.asks == "place" and chat > 0:  # groups may not be asked for a place
        button = KeyboardButton(text=SHARE_PLACE, request_location=True)
        return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)
    return None


def keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    """One button a row, two where both are short. Raises Rejected for data that Telegram would refuse."""
    if not buttons:
        return None
    rows: list[list[Button]] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and max(len(rows[-1][0].label), len(button.label)) <= SHORT:
            rows[-1].append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(inline_keyboard=[[_button(b) for b in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url)
    if not 0 < len(button.data.encode()) <= LIMITS.data:
        raise Rejected("a button carries 1 to 64 bytes")
    return InlineKeyboardButton(text=button.label, callback_data=button.data)
