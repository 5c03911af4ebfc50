"""A second opinion on what we sent: python-telegram-bot's types and limits, not ours, read each call."""

from __future__ import annotations

import inspect
import json
import re
from typing import TYPE_CHECKING, Any

import telegram
from telegram import constants

from tests.standins.telegram.markup import from_html, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.standins.telegram import Call

TYPES: dict[str, type[telegram.TelegramObject]] = {
    "reply_parameters": telegram.ReplyParameters,
    "link_preview_options": telegram.LinkPreviewOptions,
    "commands": telegram.BotCommand,
    "scope": telegram.BotCommandScope,
    "menu_button": telegram.MenuButton,
    "entities": telegram.MessageEntity,
    "caption_entities": telegram.MessageEntity,
}
KEYBOARDS = {
    "inline_keyboard": telegram.InlineKeyboardMarkup,
    "keyboard": telegram.ReplyKeyboardMarkup,
    "remove_keyboard": telegram.ReplyKeyboardRemove,
    "force_reply": telegram.ForceReply,
}
LENGTHS = {  # parameter -> the most that PTB's constants allow, in UTF-16 units
    ("*", "text"): constants.MessageLimit.MAX_TEXT_LENGTH,
    ("*", "caption"): constants.MessageLimit.CAPTION_LENGTH,
    ("answerCallbackQuery", "text"): constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH,
    ("createForumTopic", "name"): constants.ForumTopicLimit.MAX_NAME_LENGTH,
    ("setMyDescription", "description"): constants.BotDescriptionLimit.MAX_DESCRIPTION_LENGTH,
    (
        "setMyShortDescription",
        "short_description",
    ): constants.BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH,
    ("setMyName", "name"): constants.BotNameLimit.MAX_NAME_LENGTH,
}
MEDIA = {"type", "media", "caption", "parse_mode", "caption_entities", "has_spoiler", "show_caption_above_media",
         "thumbnail", "disable_content_type_detection", "width", "height", "duration", "supports_streaming"}  # fmt: skip


def judge(call: Call) -> list[str]:
    """Complaints about one call; an empty list is a clean bill."""
    found = [*_parameters(call), *_types(call), *_lengths(call), *_keyboard(call.params.get("reply_markup"))]
    return [f"{call.method}: {complaint}" for complaint in (*found, *_media(call))]


def _parameters(call: Call) -> Iterator[str]:
    """Every parameter must be one that PTB's own method of this name has."""
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", call.method).lower()
    known = getattr(telegram.Bot, snake, None)
    if known is None:
        yield "no such method"
        return
    names = set(inspect.signature(known).parameters)
    yield from (f"no parameter {name}" for name in sorted({*call.params} - names))
    if call.params.get("action", "typing") not in list(constants.ChatAction):
        yield f"no chat action {call.params['action']}"
    if call.params.get("parse_mode", "HTML") not in list(constants.ParseMode):
        yield f"no parse mode {call.params['parse_mode']}"


def _types(call: Call) -> Iterator[str]:
    for name, kind in TYPES.items():
        given = call.params.get(name)
        for one in given if isinstance(given, list) else [given] if given else []:
            yield from _unknown(kind, one, name)


def _unknown(kind: type[telegram.TelegramObject], raw: Any, where: str) -> Iterator[str]:
    """What PTB could not place when it read this, at any depth."""
    try:
        parsed = kind.de_json(json.loads(json.dumps(raw)), None)
    except (TypeError, ValueError, KeyError) as error:
        yield f"{where}: {error}"
        return
    yield from _left_over(parsed, where)


def _left_over(thing: Any, where: str) -> Iterator[str]:
    if isinstance(thing, tuple | list):
        for one in thing:
            yield from _left_over(one, where)
    elif isinstance(thing, telegram.TelegramObject):
        yield from (f"{where}: unknown key {key}" for key in thing.api_kwargs)
        for slot in thing.to_dict(recursive=False):
            yield from _left_over(getattr(thing, slot, None), f"{where}.{slot}")


def _lengths(call: Call) -> Iterator[str]:
    for (method, name), most in LENGTHS.items():
        text = call.params.get(name)
        if method in {"*", call.method} and isinstance(text, str):
            plain = from_html(text)[0] if call.params.get("parse_mode") == "HTML" else text
            if units(plain) > most:
                yield f"{name} is {units(plain)} long, at most {most}"
    if len(call.params.get("commands") or ()) > constants.BotCommandLimit.MAX_COMMAND_NUMBER:
        yield "too many commands"


def _keyboard(markup: Any) -> Iterator[str]:
    if not markup:
        return
    kind = next((kind for key, kind in KEYBOARDS.items() if key in markup), None)
    if kind is None:
        yield f"reply_markup is no keyboard: {sorted(markup)}"
        return
    yield from _unknown(kind, markup, "reply_markup")
    limit = constants.InlineKeyboardMarkupLimit
    rows = markup.get("inline_keyboard") or []
    if sum(map(len, rows)) > limit.TOTAL_BUTTON_NUMBER or any(len(row) > limit.BUTTONS_PER_ROW for row in rows):
        yield "too many buttons"
    for button in (button for row in rows for button in row):
        yield from _button(button)


def _button(button: dict[str, Any]) -> Iterator[str]:
    limit = constants.InlineKeyboardButtonLimit
    data = button.get("callback_data")
    if data is not None and not limit.MIN_CALLBACK_DATA <= len(data.encode()) <= limit.MAX_CALLBACK_DATA:
        yield f"callback_data of {len(data.encode())} bytes"
    if len({*button} - {"text"}) != 1:
        yield f"a button must do exactly one thing: {sorted(button)}"


def _media(call: Call) -> Iterator[str]:
    if call.method == "sendMediaGroup":
        limit = constants.MediaGroupLimit
        if not limit.MIN_MEDIA_LENGTH <= len(call.params["media"]) <= limit.MAX_MEDIA_LENGTH:
            yield f"an album of {len(call.params['media'])}"
        for item in call.params["media"]:
            yield from (f"media: unknown key {key}" for key in sorted({*item} - MEDIA))
    sizes = constants.FileSizeLimit
    for name, upload in call.files.items():
        most = sizes.PHOTOSIZE_UPLOAD if call.method == "sendPhoto" else sizes.FILESIZE_UPLOAD
        if len(upload.data) > most:
            yield f"{name}: {len(upload.data)} bytes, at most {most}"
