"""Telegram's menus of commands, from the one table: citizens', each officer's, each office group's, in their language.

And what the bot says of itself before anybody wrote to it: in the empty chat, and shorter beside its name.

What each chat should have is compared with the record of what it was given (storage/menus.py): only what differs is
told to the platform, and noted after it was taken. So a crash or a refusal costs a call and never a menu, a start
calls for nothing that stands already, and the menu of whoever serves no more is taken away.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

import structlog

from bot.channels import Gone, Rejected
from handlers.commands import COMMANDS, EVERYWHERE, listed
from handlers.effects import T
from handlers.helping import in_order
from handlers.triage import DESK
from locales import LANGUAGES, voice
from storage import menus

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from sqlalchemy import Connection

    from handlers.command import Command
    from sealing.keys import KeyRing
    from storage.database import Database

    Rows = tuple[tuple[str, str], ...]  # (command, what it does)

log = structlog.get_logger()
CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu as the Bot API takes it (setMyCommands); without rows there is to be none (deleteMyCommands).

    One whose scope is in ABOUT is no menu but a sentence: `about`, told for all chats.
    """

    name: str  # in our record
    scope: str
    address: str = ""  # of the chat, where the scope is one
    language: str = ""  # ISO 639-1, "" for whoever has no menu in theirs
    rows: Rows = ()
    about: str = ""

    def mark(self, bot: str) -> str:
        """What tells it from any other, also from another bot's; "" where there is to be none."""
        said = json.dumps([bot, self.scope, self.address, self.language, self.about or self.rows])
        return sha256(said.encode()).hexdigest() if self.rows or self.about else ""


ABOUT = {
    "description": T(
        "Ceritakan yang Anda lihat: ASN yang tampak memihak dalam Pemilu atau Pilkada. Satu pertanyaan setiap kali; "
        "foto dan lokasi boleh.\n\n"
        "Informasi awal Anda diteruskan ke Bawaslu di tempat kejadiannya, dan setiap langkahnya dikabarkan di sini. "
        "Ini belum Laporan resmi: itu ditandatangani di kertas, dan formulirnya kami bantu isi.\n\n"
        "Tidak ada yang dikirim sebelum Anda menyetujuinya."
    ),
    "short_description": T("Sampaikan dugaan keberpihakan ASN ke Bawaslu. Informasi awal, belum Laporan resmi."),
}


def in_office_groups() -> tuple[Command, ...]:
    """What an office's group can type: all that whoever works there does there."""
    work = (c for c in COMMANDS if c.menu and (c.roles & DESK or c.name in EVERYWHERE) and not c.private)
    return in_order(work)


def in_groups() -> tuple[Command, ...]:
    """What any other group can: ask for help, and become an office's (/kantor grup)."""
    return tuple(c for c in COMMANDS if c.name in EVERYWHERE | {"kantor"})


def everyones() -> list[Menu]:
    """What the bot says of itself; the menus of private chats and of groups that are no office's; in every language."""
    codes = {language: "" if language == "id" else language for language in LANGUAGES}
    scopes = {"all_private_chats": listed(""), "all_group_chats": in_groups()}
    told = [
        Menu(f"{scope} {language}", scope, "", code, about=voice(language)(text.msgid))
        for scope, text in ABOUT.items()
        for language, code in codes.items()
    ]
    return told + [
        Menu(f"{scope} {language}", scope, "", code, _rows(commands, language))
        for scope, commands in scopes.items()
        for language, code in codes.items()
    ]


def of_chat(chat: menus.Chat) -> Menu:
    """The menu of one chat: of the officer's role, or of the office's group; none where it is neither any more."""
    commands = in_office_groups() if chat.group else listed(chat.role) if chat.role else ()
    return Menu(str(chat.id), "chat", chat.address, "", _rows(commands, chat.language))


def _rows(commands: Iterable[Command], language: str) -> Rows:
    speak = voice(language)
    return tuple((command.name, speak(command.help.msgid)) for command in commands)


class Menus:
    """Keeps one bot's menus as they should be; `tell` has the platform take one, or raises ChannelError."""

    def __init__(self, database: Database, keys: KeyRing, tell: Callable[[Menu], Awaitable[None]]) -> None:
        self._database, self._keys, self._tell = database, keys, tell

    async def sync(self, bot: str) -> None:
        """Tell the platform whatever differs; `bot` is the bot's own id. Raises Retry where it must wait."""
        given, wanted = await self._database.read(self._look)
        for menu in wanted:
            mark = menu.mark(bot)
            if mark != given.get(menu.name, ""):
                await self._give(menu, mark)
        for name in given.keys() - {menu.name for menu in wanted}:  # nobody is there: told anew when they come back
            await self._database.write(partial(menus.note, name=name, mark=""))

    def _look(self, conn: Connection) -> tuple[dict[str, str], list[Menu]]:
        given = menus.given(conn)
        before = [int(name) for name in given if name.isdecimal()]
        return given, [*everyones(), *map(of_chat, menus.chats(conn, self._keys, CHANNEL, before))]

    async def _give(self, menu: Menu, mark: str) -> None:
        """One that is refused holds up no other; it is offered again whenever something changes, and at a start."""
        try:
            await self._tell(menu)
        except (Gone, Rejected) as error:
            log.warning("menu_refused", scope=menu.scope, error=str(error)[:80])
        else:
            await self._database.write(partial(menus.note, name=menu.name, mark=mark))
