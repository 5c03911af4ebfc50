"""The methods that put a message on a person's screen, change it there or take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.standins.telegram.faults import bad
from tests.standins.telegram.files import attachment
from tests.standins.telegram.markup import CAPTION, TEXT, check_keyboard, text_of

if TYPE_CHECKING:
    from tests.standins.telegram.standin import Message, StandIn
    from tests.standins.telegram.wire import Files, Params

SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
ACTIONS = frozenset(
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
        "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


def _post(world: StandIn, params: Params, body: dict[str, Any]) -> Message:
    """Put a message on the screen; `body` is what distinguishes it."""
    chat = world.chats.find(params.get("chat_id"))
    frame = {"from": world.me, "chat": chat, "date": int(world.clock())}
    frame |= _thread(world, chat, params) | _reply(world, chat, params) | _keyboard(world, chat, params)
    if params.get("protect_content"):
        frame["has_protected_content"] = True
    number = next(world.message_ids)
    message = {"message_id": number} | frame | body
    world.screens[chat["id"]][number] = message
    return message


def _thread(world: StandIn, chat: dict[str, Any], params: Params) -> dict[str, Any]:
    thread = params.get("message_thread_id")
    if not thread:
        return {}
    if (chat["id"], thread) not in world.chats.topics:
        raise bad("message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _reply(world: StandIn, chat: dict[str, Any], params: Params) -> dict[str, Any]:
    asked = params.get("reply_parameters") or {"message_id": params.get("reply_to_message_id")}
    number = int(asked.get("message_id") or 0)
    if not number:
        return {}
    if not world.knows(chat["id"], number):
        if asked.get("allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")
    known = world.screens[chat["id"]].get(number, {"message_id": number, "chat": chat, "date": int(world.clock())})
    return {"reply_to_message": {key: value for key, value in known.items() if key != "reply_to_message"}}


def _keyboard(world: StandIn, chat: dict[str, Any], params: Params) -> dict[str, Any]:
    markup = params.get("reply_markup")
    if not markup:
        return {}
    check_keyboard(markup)
    if "inline_keyboard" in markup:
        return {"reply_markup": markup} if markup["inline_keyboard"] else {}
    world.keyboards[chat["id"]] = markup
    return {}


def send_message(world: StandIn, params: Params, files: Files) -> Message:
    return _post(world, params, text_of(params, "text", TEXT))


def send_photo(world: StandIn, params: Params, files: Files) -> Message:
    body = attachment(world, "photo", params.get("photo"), files, "photo")
    return _post(world, params, body | text_of(params, "caption", CAPTION))


def send_document(world: StandIn, params: Params, files: Files) -> Message:
    body = attachment(world, "document", params.get("document"), files, "document")
    return _post(world, params, body | text_of(params, "caption", CAPTION))


def send_media_group(world: StandIn, params: Params, files: Files) -> list[Message]:
    items = params.get("media")
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise bad("media group must include 2-10 items")
    kinds = {item.get("type") for item in items}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad("documents and audio can't be mixed with other media types in an album")
    bodies = [
        attachment(world, item["type"], item.get("media"), files, "") | text_of(item, "caption", CAPTION)
        for item in items
    ]
    group = {"media_group_id": str(next(world.message_ids))}
    return [_post(world, params | {"reply_markup": None}, group | body) for body in bodies]


def _existing(world: StandIn, params: Params, what: str) -> Message:
    chat = world.chats.find(params.get("chat_id"))
    found = world.screens[chat["id"]].get(params.get("message_id", 0))
    if found is None:
        there = world.knows(chat["id"], params.get("message_id", 0))
        raise bad("message can't be edited" if there and what == "edit" else f"message to {what} not found")
    return found


def _changed(world: StandIn, message: Message, params: Params, body: dict[str, Any]) -> Message:
    """Apply an edit: `body` replaces the content that it names, the keyboard is replaced or taken away."""
    old = {key: message.get(key) for key in (*body, "reply_markup")}
    new = body | {"reply_markup": _keyboard(world, message["chat"], params).get("reply_markup")}
    if {k: v for k, v in old.items() if v} == {k: v for k, v in new.items() if v}:
        raise bad(SAME)
    message |= {key: value for key, value in new.items() if value}
    for key in new:
        if not new[key]:
            message.pop(key, None)
    message["edit_date"] = int(world.clock())
    return message


def edit_text(world: StandIn, params: Params, files: Files) -> Message:
    message = _existing(world, params, "edit")
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _changed(world, message, params, {"entities": None} | text_of(params, "text", TEXT))


def edit_caption(world: StandIn, params: Params, files: Files) -> Message:
    message = _existing(world, params, "edit")
    if "text" in message:
        raise bad("there is no caption in the message to edit")
    fresh = {"caption": None, "caption_entities": None} | text_of(params, "caption", CAPTION)
    return _changed(world, message, params, fresh)


def edit_markup(world: StandIn, params: Params, files: Files) -> Message:
    return _changed(world, _existing(world, params, "edit"), params, {})


def edit_media(world: StandIn, params: Params, files: Files) -> Message:
    message, item = _existing(world, params, "edit"), params.get("media") or {}
    gone = dict.fromkeys(("photo", "document", "video", "caption", "caption_entities"))
    fresh = attachment(world, item.get("type", ""), item.get("media"), files, "media")
    return _changed(world, message, params, gone | fresh | text_of(item, "caption", CAPTION))


def delete_message(world: StandIn, params: Params, files: Files) -> bool:
    chat, number = world.chats.find(params.get("chat_id")), params.get("message_id", 0)
    if not world.knows(chat["id"], number):
        raise bad("message to delete not found")
    world.screens[chat["id"]].pop(number, None)
    return True


def send_action(world: StandIn, params: Params, files: Files) -> bool:
    world.chats.find(params.get("chat_id"))
    if params.get("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def answer_callback(world: StandIn, params: Params, files: Files) -> bool:
    query = str(params.get("callback_query_id", ""))
    if not world.asked(query):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(str(params.get("text", ""))) > 200:
        raise bad("MESSAGE_TOO_LONG")
    world.answers[query] = params
    return True


def pin(world: StandIn, params: Params, files: Files) -> bool:
    _existing(world, params, "pin")
    return True


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "deleteMessage": delete_message,
    "sendChatAction": send_action,
    "answerCallbackQuery": answer_callback,
    "pinChatMessage": pin,
    "unpinChatMessage": pin,
}
