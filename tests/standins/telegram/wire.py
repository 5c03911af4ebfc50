"""What travels to the Bot API: JSON, urlencoded or multipart bodies, read into plain parameters and files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.parser import HeaderParser
from typing import Any
from urllib.parse import parse_qsl

# Forms carry only text, so these are read as JSON; everything else stays the text that it is.
DECODED = frozenset(
    {
        "allow_sending_without_reply", "allowed_updates", "caption_entities", "chat_id", "commands",
        "disable_content_type_detection", "disable_notification", "drop_pending_updates", "entities",
        "cache_time", "from_chat_id", "has_spoiler", "is_persistent", "limit", "link_preview_options",
        "max_connections", "media", "menu_button", "message_id", "message_ids", "message_thread_id",
        "offset", "permissions", "protect_content", "reply_markup", "reply_parameters", "revoke_messages",
        "scope", "show_alert", "show_caption_above_media", "timeout", "user_id",
    }
)  # fmt: skip
Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    type: str
    data: bytes


Files = dict[str, Upload]


def read(content_type: str, body: bytes, query: str = "") -> tuple[Params, Files]:
    """Parameters and files of a call; raises ValueError when the body is not what its type says."""
    found: Params = dict(parse_qsl(query, keep_blank_values=True))
    files: Files = {}
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        found |= json.loads(body or b"{}")
    elif kind == "application/x-www-form-urlencoded":
        found |= dict(parse_qsl(body.decode(), keep_blank_values=True))
    elif kind == "multipart/form-data":
        fields, files = multipart(content_type, body)
        found |= fields
    return {name: decoded(name, value) for name, value in found.items()}, files


def decoded(name: str, value: Any) -> Any:
    """The value behind a form's text: "5" is 5 for a chat_id, and stays "5" for a text."""
    if name not in DECODED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value  # @channelname


def multipart(content_type: str, body: bytes) -> tuple[Params, Files]:
    """Take a multipart body apart (RFC 7578); nothing is decoded but the parts' own headers."""
    boundary = HeaderParser().parsestr(f"Content-Type: {content_type}").get_param("boundary")
    if not isinstance(boundary, str):
        raise ValueError("no boundary")  # noqa: TRY004 - what came is wrong, not its type
    fields: Params = {}
    files: Files = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, _, data = part.partition(b"\r\n\r\n")
        headers = HeaderParser().parsestr(head.decode().lstrip())
        name = str(headers.get_param("name", header="content-disposition"))
        filename = headers.get_filename()
        if filename is None:
            fields[name] = data.decode()
        else:
            files[name] = Upload(filename, headers.get_content_type(), data)
    return fields, files
