"""One house, two channels at once: some sit at the page, the others write on Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.talk.rehearsal import EngineHouse
from storage.outbox import STREAMED
from tests.handlers.telegram_house import TelegramHouse

if TYPE_CHECKING:
    from bot.talk.house import Person, Place
    from handlers.events import Event
    from storage.outbox import Message

AT_THE_PAGE = frozenset({"1", "Pak Danu"})


class MixedHouse(TelegramHouse):
    """Who is not named above speaks through Telegram's door; groups are Telegram's in any case."""

    def where(self, person: Person) -> tuple[str, str]:
        if person.where or person.name not in AT_THE_PAGE:
            return super().where(person)
        return ("web" if person.citizen else "kantor"), person.name

    def sender(self, person: Person) -> str:
        return person.name if person.name in AT_THE_PAGE else super().sender(person)

    async def tell(self, person: Person, event: Event, place: Place) -> None:
        if person.name in AT_THE_PAGE:
            await EngineHouse.tell(self, person, event, place)
        else:
            await super().tell(person, event, place)

    def shown(self, message: Message) -> dict[str, Any]:
        return EngineHouse.shown(self, message) if message.channel in STREAMED else super().shown(message)
