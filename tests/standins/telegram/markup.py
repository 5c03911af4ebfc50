"""What Telegram takes as text and as buttons, and the words with which it refuses the rest."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

from tests.standins.telegram.faults import bad

TEXT, CAPTION, DATA, BUTTONS = 4096, 1024, 64, 100  # core.telegram.org/bots/api, limits of each method
TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^<>]*)>|<|&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);)", re.IGNORECASE)
ENTITIES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
}  # fmt: skip


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def text_of(params: dict[str, Any], key: str, most: int) -> dict[str, Any]:
    """The text (or caption) of a message and its entities, under the names they have in a Message."""
    text, entities = str(params.get(key, "")), params.get("entities" if key == "text" else "caption_entities")
    mode = str(params.get("parse_mode", "")).lower()
    if mode == "html":
        text, entities = from_html(text)
    elif mode:
        raise bad(f"can't parse entities: the stand-in reads HTML only, not {mode}")
    text = text.rstrip() if entities else text.strip()
    if not text and key == "text":
        raise bad("message text is empty")
    if units(text) > most:
        raise bad("message is too long" if key == "text" else "message caption is too long")
    named = {key: text} if text else {}
    return named | ({"entities" if key == "text" else "caption_entities": entities} if entities else {})


def from_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities of Telegram's HTML; a stray <, an unknown or an unclosed tag is refused."""
    plain, at, still_open, entities = "", 0, list[tuple[str, dict[str, Any]]](), list[dict[str, Any]]()
    for found in TAG.finditer(source):
        plain += html.unescape(source[at : found.start()])
        at = found.end()
        if found[0] == "&":
            plain += "&"  # Telegram lets a lone ampersand stand
        elif found[1]:
            _close(found[2].lower(), units(plain), still_open, entities)
        else:
            still_open.append(_opened(found, units(plain)))
    if still_open:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag {still_open[-1][0]}")
    return plain + html.unescape(source[at:]), sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _opened(found: re.Match[str], offset: int) -> tuple[str, dict[str, Any]]:
    tag = (found[2] or "").lower()
    if tag not in ENTITIES:
        raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {found.start()}')
    entity: dict[str, Any] = {"type": ENTITIES[tag], "offset": offset}
    if tag == "a":
        link = re.search(r'href\s*=\s*"([^"]*)"', found[3])
        entity["url"] = html.unescape(link[1]) if link else ""
    return tag, entity


def _close(tag: str, offset: int, still_open: list[tuple[str, dict[str, Any]]], done: list[dict[str, Any]]) -> None:
    if not still_open or still_open[-1][0] != tag:
        raise bad("can't parse entities: Unexpected end tag")
    entity = still_open.pop()[1]
    if offset > entity["offset"]:
        done.append(entity | {"length": offset - entity["offset"]})


def check_keyboard(markup: Any) -> None:
    """Raise what Telegram answers to a keyboard that it would not show."""
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return
    if sum(len(row) for row in rows) > BUTTONS:
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not str(button.get("text", "")).strip():
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= DATA:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])
    if not (set(button) - {"text", "style", "icon_custom_emoji_id"}):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _check_url(url: str) -> None:
    """Telegram opens only what has a host with a dot in it: http://localhost is refused."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https", "tg"} or ("." not in (parts.hostname or "") and parts.scheme != "tg"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
