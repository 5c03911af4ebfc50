"""What channels hand to the intake: an event of the conversation, and the door at which it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.events import Event


@dataclass(frozen=True, slots=True)
class Inbound:
    """An event at the door: where it came from, who sent it, and when. What channels hand to the intake."""

    channel: str  # "telegram", "web", "kantor" (the officers' page), "terminal"
    update_id: str  # unique in its channel; a repeat has no effect
    address: str  # the chat to answer in
    sender: str  # the person; equals address in a private chat
    at: datetime  # UTC
    event: Event
    private: bool = True
    language: str = ""  # the platform's hint, "" where none
    forum: bool = False  # a group with topics
    topic: str = ""  # the platform's id of the topic it was said in
    name: str = ""  # how an officer calls themselves, where the channel asked
    echo: str = ""  # what the page shows as said, where that is not the text itself
    reply_to: str = ""  # the platform's id of the message of ours that this answers
