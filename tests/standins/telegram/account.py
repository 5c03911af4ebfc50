"""The methods about the bot itself: who it is, its webhook, its commands and descriptions."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.standins.telegram.faults import Refusal, bad
from tests.standins.telegram.webhook import Webhook

if TYPE_CHECKING:
    from tests.standins.telegram.standin import StandIn
    from tests.standins.telegram.wire import Files, Params

ABOUT = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


def get_me(world: StandIn, params: Params, files: Files) -> dict[str, Any]:
    return world.me | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(world: StandIn, params: Params, files: Files) -> list[dict[str, Any]]:
    return await world.updates.poll(params)


async def set_webhook(world: StandIn, params: Params, files: Files) -> bool:
    url, secret = str(params.get("url", "")), str(params.get("secret_token", ""))
    if not url:
        return await delete_webhook(world, params, files)
    if urlsplit(url).scheme != "https" and not _loopback(url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    await delete_webhook(world, params, files)
    world.updates.allow(params.get("allowed_updates"))
    world.updates.end_poll()
    most = int(params.get("max_connections", 40))
    world.webhook = Webhook(url, secret, most, world.updates, world.webhook_retry)
    world.updates.webhook = world.webhook.start
    return True


def _loopback(url: str) -> bool:
    """The one leniency: a rehearsal's webhook need not have a certificate."""
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


async def delete_webhook(world: StandIn, params: Params, files: Files) -> bool:
    hook, world.webhook, world.updates.webhook = world.webhook, None, None
    if hook:
        await hook.close()
    if params.get("drop_pending_updates"):
        world.updates.pending.clear()
    return True


def webhook_info(world: StandIn, params: Params, files: Files) -> dict[str, Any]:
    hook = world.webhook
    info = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
        "allowed_updates": sorted(world.updates.allowed),
    }
    failed = {"last_error_message": hook.last_error, "last_error_date": int(world.clock())} if hook else {}
    return info | (failed if hook and hook.last_error else {})


SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
ONE_CHAT = {"chat", "chat_administrators"}


def _commands_key(world: StandIn, params: Params) -> str:
    """BotCommandScope and the two letters of ISO 639-1, or the sentences with which Telegram refuses others."""
    scope = params.get("scope") or {"type": "default"}
    if scope.get("type") not in SCOPES | ONE_CHAT:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if scope["type"] in ONE_CHAT and not scope.get("chat_id"):
        raise bad("can't parse BotCommandScope: Can't find field \"chat_id\"")
    if scope["type"] in ONE_CHAT and world.chats.find(scope["chat_id"])["id"] in world.chats.blocked:
        raise Refusal(403, f"Forbidden: {world.chats.blocked[scope['chat_id']]}")
    language = params.get("language_code", "")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad("invalid language code specified")
    return f"commands {sorted(scope.items())} {language}"


def menu(world: StandIn, chat: int, language: str) -> list[tuple[str, str]]:
    """What somebody with this language sees there: the first that is set (Bot API, "Determining list of commands")."""
    everyone = "all_private_chats" if chat > 0 else "all_group_chats"
    for scope in ({"type": "chat", "chat_id": chat}, {"type": everyone}, {"type": "default"}):
        for code in (language, ""):
            key = f"commands {sorted(scope.items())} {code}"
            if key in world.profile:
                return [(one["command"], one["description"]) for one in world.profile[key]]
    return []


def set_commands(world: StandIn, params: Params, files: Files) -> bool:
    commands = params.get("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("can't parse commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile[_commands_key(world, params)] = commands
    return True


def get_commands(world: StandIn, params: Params, files: Files) -> Any:
    return world.profile.get(_commands_key(world, params), [])


def delete_commands(world: StandIn, params: Params, files: Files) -> bool:
    world.profile.pop(_commands_key(world, params), None)
    return True


def set_menu_button(world: StandIn, params: Params, files: Files) -> bool:
    world.profile[f"menu {params.get('chat_id', '')}"] = params.get("menu_button") or {"type": "default"}
    return True


def _setter(name: str) -> Any:
    key, most = ABOUT[name]

    def keep(world: StandIn, params: Params, files: Files) -> bool:
        if len(str(params.get(key, ""))) > most:
            raise bad(f"bot {key.replace('_', ' ')} is too long")
        world.profile[f"{key} {params.get('language_code', '')}"] = params.get(key, "")
        return True

    return keep


def _getter(name: str) -> Any:
    key = ABOUT[name][0]

    def give(world: StandIn, params: Params, files: Files) -> dict[str, Any]:
        return {key: world.profile.get(f"{key} {params.get('language_code', '')}", "")}

    return give


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    **{f"setMy{name}": _setter(name) for name in ABOUT},
    **{f"getMy{name}": _getter(name) for name in ABOUT},
}
