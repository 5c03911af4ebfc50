"""What goes beside an event: what a button meant, the case it was said about, its echo, what is kept of a failure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from handlers.codes import leading_ticket
from handlers.events import MediaReceived, OptionChosen, TextReceived
from storage import outbox
from storage.buttons import pressed

if TYPE_CHECKING:
    from bot.engine import Arrival
    from handlers.events import Event
    from handlers.inbound import Inbound
    from storage.conversations import Conversation
    from storage.unit_of_work import UnitOfWork


def raw_of(one: Arrival) -> bytes:
    """All that is known of an update, as ASCII, which takes half a surrogate pair too; nested too deep, nothing."""
    try:
        return json.dumps([one.raw, one.inbounds], default=str).encode()
    except (ValueError, TypeError, RecursionError):
        return b"[]"


def where(error: BaseException) -> str:
    """The file and line, for the developer; never the words of the error, which may hold what people wrote."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return f"{last.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{last.tb_lineno}" if last else ""


def meant(work: UnitOfWork, chat: Conversation, mind: Conversation, event: Event) -> Event:
    """The event with the words of its button instead of the token, none where it is no button of ours."""
    return (
        OptionChosen(pressed(work, chat, mind.id, event.data), event.ref) if isinstance(event, OptionChosen) else event
    )


def ticket_of(work: UnitOfWork, chat: Conversation, inbound: Inbound) -> str:
    """The case whose topic this was said in, or whose card, or list, it answers."""
    if inbound.topic:
        return outbox.ticket_of_thread(work.reading, chat.id, inbound.topic)
    if inbound.reply_to:
        card = outbox.card_of_ref(work.reading, chat.id, inbound.reply_to)
        return leading_ticket(card.partition(":")[2])[0]
    return ""


def echo(work: UnitOfWork, chat: Conversation, inbound: Inbound) -> None:
    """The page shows what was said from the same stream as what we say, so that a reload shows both."""
    event = inbound.event
    text = inbound.echo or (event.text if isinstance(event, TextReceived) else "")
    if isinstance(event, OptionChosen) and not text:
        return
    body: dict[str, Any] = {"me": True, "text": text, "id": inbound.update_id}
    if isinstance(event, MediaReceived):
        body["files"] = [{"name": event.media.name, "kind": event.media.kind}]
        body["text"] = event.caption
    if body["text"] or body.get("files"):
        work.say(chat, body)
