"""What a Telegram message says: its words, file or place as events."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from bot.limits import TELEGRAM as LIMITS
from handlers.events import (
    LocationShared,
    Media,
    MediaReceived,
    MediaTooBig,
    TextReceived,
    Unsupported,
)

if TYPE_CHECKING:
    from aiogram.types import (
        Animation,
        Audio,
        Document,
        Message,
        PhotoSize,
        Video,
        VideoNote,
        Voice,
    )

    from handlers.events import Event, MediaKind

    File = Animation | Audio | Document | PhotoSize | Video | VideoNote | Voice

# (field of the message, what it is to us, its type where Telegram does not say). An animation also fills
# `document` and a live photo also fills `photo`, hence the order.
FILES: tuple[tuple[str, MediaKind, str], ...] = (
    ("animation", "video", "video/mp4"),
    ("video", "video", "video/mp4"),
    ("video_note", "video", "video/mp4"),
    ("voice", "voice", "audio/ogg"),
    ("audio", "voice", "audio/mpeg"),
    ("document", "document", "application/octet-stream"),
)

# What a person can send and we do not take; anything else without words is a service message.
UNSUPPORTED = (
    "sticker", "poll", "dice", "game", "story", "paid_media", "checklist", "invoice", "giveaway",
    "rich_message", "passport_data", "users_shared", "chat_shared", "web_app_data",
)  # fmt: skip


def words(text: str | None) -> str:
    """Text as it can be kept: JSON may carry half a surrogate pair, which no encoding takes."""
    return (text or "").encode("utf-8", "replace").decode()


def events(message: Message, key: str) -> list[Event]:
    """Give what a message says, in order; [] for service messages. `key` names the update for file ids."""
    if message.text is not None:
        return [TextReceived(words(message.text), ref=str(message.message_id))]
    if (found := _file(message)) is not None:
        return _media(message, key, *found)
    if (said := _other(message)) is not None:
        return [said]
    return []


def _file(message: Message) -> tuple[File, MediaKind, str] | None:
    if message.photo:
        return max(message.photo, key=lambda size: size.width * size.height), "photo", "image/jpeg"
    for name, kind, mime in FILES:
        file: File | None = getattr(message, name)
        if file is not None:
            said = getattr(file, "mime_type", None) or mime
            sent_whole = kind == "document" and said.startswith("image/")  # a photo sent as a file
            return file, "photo" if sent_whole else kind, said
    return None


def _media(message: Message, key: str, file: File, kind: MediaKind, mime: str) -> list[Event]:
    caption, ref, size = words(message.caption), str(message.message_id), file.file_size or 0
    if size > LIMITS.download:
        # The caption first: what is said last to the person should be how to hand the file over.
        return [*([TextReceived(caption, ref=ref)] if caption else []), MediaTooBig(size)]
    media = Media(
        id=uuid5(NAMESPACE_URL, f"telegram:{key}:{file.file_unique_id}").hex,
        kind=kind,
        name=words(getattr(file, "file_name", None)),
        mime=words(mime),
        size=size,
        group=words(message.media_group_id),
        source={"file_id": words(file.file_id), "size": str(size)},
    )
    return [MediaReceived(media, caption=caption, ref=ref)]


def _other(message: Message) -> Event | None:
    if message.venue is not None:
        at, name = message.venue.location, f"{message.venue.title}, {message.venue.address}"
        return LocationShared(at.latitude, at.longitude, at.horizontal_accuracy, words(name).strip(", "))
    if message.location is not None:
        at = message.location
        return LocationShared(at.latitude, at.longitude, at.horizontal_accuracy)
    if message.contact is not None:
        return TextReceived(words(message.contact.phone_number), ref=str(message.message_id))
    # `model_extra` holds kinds of messages younger than the client: better an honest "no" than silence.
    names = (
        *(name for name in UNSUPPORTED if getattr(message, name) is not None),
        *(message.model_extra or ()),
    )
    return Unsupported(words(names[0])) if names else None
