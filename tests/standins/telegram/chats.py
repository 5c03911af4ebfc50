"""Chats as Telegram knows them: people, groups, their administrators and their topics."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.standins.telegram.faults import Refusal, bad

if TYPE_CHECKING:
    from tests.standins.telegram.standin import StandIn
    from tests.standins.telegram.wire import Files, Params

RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
)  # fmt: skip
CLOSED = {"accepted_gift_types": dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)}  # fmt: skip


@dataclass
class Chats:
    """What is known of chats; one that was never seen is taken for a person (id > 0) or a plain supergroup."""

    known: dict[int, dict[str, Any]] = field(default_factory=dict)
    admins: dict[int, list[dict[str, Any]]] = field(default_factory=dict)  # User, besides the bot
    members: dict[int, int] = field(default_factory=dict)  # how many, the bot included
    moved: dict[int, int] = field(default_factory=dict)  # group -> the supergroup it became
    blocked: dict[int, str] = field(default_factory=dict)
    topics: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    topic_ids: count[int] = field(default_factory=lambda: count(2_000_001))

    def meet(self, chat: dict[str, Any]) -> None:
        """Learn of a chat."""
        self.known[chat["id"]] = self.known.get(chat["id"], {}) | chat

    def find(self, chat: Any) -> dict[str, Any]:
        """The Chat behind a chat_id; raises what Telegram answers where there is none."""
        if chat in {None, ""}:
            raise bad("chat_id is empty")
        if not isinstance(chat, int):
            raise bad("chat not found")
        if new := self.moved.get(chat):
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
        if chat not in self.known:
            person = {"id": chat, "type": "private", "first_name": "Warga"}
            self.known[chat] = person if chat > 0 else {"id": chat, "type": "supergroup", "title": "Grup"}
        return self.known[chat]


def get_chat(world: StandIn, params: Params, files: Files) -> dict[str, Any]:
    return world.chats.find(params.get("chat_id")) | {"accent_color_id": 0, "max_reaction_count": 11} | CLOSED


def get_administrators(world: StandIn, params: Params, files: Files) -> list[dict[str, Any]]:
    chat = world.chats.find(params.get("chat_id"))
    if chat["type"] == "private":
        raise bad("there are no administrators in the private chat")
    return [_admin(user) for user in (world.me, *world.chats.admins.get(chat["id"], ()))]


def _admin(user: dict[str, Any]) -> dict[str, Any]:
    return {"status": "administrator", "user": user} | dict.fromkeys(RIGHTS, True)


def get_member(world: StandIn, params: Params, files: Files) -> dict[str, Any]:
    found = get_administrators(world, params, files)
    wanted = params.get("user_id")
    person = {"id": wanted, "is_bot": False, "first_name": "Anggota"}
    return next((one for one in found if one["user"]["id"] == wanted), {"status": "member", "user": person})


def get_member_count(world: StandIn, params: Params, files: Files) -> int:
    return world.chats.members.get(world.chats.find(params.get("chat_id"))["id"], 2)


def leave(world: StandIn, params: Params, files: Files) -> bool:
    world.block(world.chats.find(params.get("chat_id"))["id"], "bot is not a member of the supergroup chat")
    return True


def create_topic(world: StandIn, params: Params, files: Files) -> dict[str, Any]:
    chat = world.chats.find(params.get("chat_id"))
    if not chat.get("is_forum"):
        raise bad("the chat is not a forum")
    name = str(params.get("name", ""))
    if not 1 <= len(name) <= 128:
        raise bad("TOPIC_NAME_INVALID" if name else "topic name is empty")
    number = next(world.chats.topic_ids)
    topic = {"message_thread_id": number, "name": name, "icon_color": 7322096}
    world.chats.topics[chat["id"], number] = topic | {"closed": False}
    return topic


def _topic(world: StandIn, params: Params) -> dict[str, Any]:
    chat = world.chats.find(params.get("chat_id"))
    topic = world.chats.topics.get((chat["id"], params.get("message_thread_id", 0)))
    if topic is None:
        raise bad("message thread not found")
    return topic


def _turn(world: StandIn, params: Params, closed: bool) -> bool:
    topic = _topic(world, params)
    if topic["closed"] is closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic["closed"] = closed
    return True


def close_topic(world: StandIn, params: Params, files: Files) -> bool:
    return _turn(world, params, closed=True)


def reopen_topic(world: StandIn, params: Params, files: Files) -> bool:
    return _turn(world, params, closed=False)


def edit_topic(world: StandIn, params: Params, files: Files) -> bool:
    _topic(world, params)["name"] = str(params.get("name", ""))
    return True


METHODS = {
    "getChat": get_chat,
    "getChatAdministrators": get_administrators,
    "getChatMember": get_member,
    "getChatMemberCount": get_member_count,
    "leaveChat": leave,
    "createForumTopic": create_topic,
    "closeForumTopic": close_topic,
    "reopenForumTopic": reopen_topic,
    "editForumTopic": edit_topic,
}
