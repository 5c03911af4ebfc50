"""What the conversation is given to know: the law's data, the settings that are told to people, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from law.calendar import Calendar
    from law.deadlines import Deadline
    from law.posts import Post
    from law.ranks import Rank
    from law.recipients import Recipient
    from law.rules import Regime

CONSENT_VERSION = "2026-11c"  # the text in handlers/consent.py; kept with each consent (UU 27/2022 art. 22, 24)


@dataclass(frozen=True, slots=True)
class Book:
    """Rules, calendars and settings, read once at start-up and handed to every step."""

    regimes: Mapping[str, Regime]
    calendar: Calendar
    draft_days: int = 30
    offer_hours: int = 24  # how long an office has to answer an offered case
    offices: Mapping[str, str] = field(default_factory=dict)  # code -> name of every office
    ranks: tuple[Rank, ...] = ()  # which officials are handled above the kabupaten
    recipients: tuple[Recipient, ...] = ()  # to whom a recommendation may go
    deadlines: tuple[Deadline, ...] = ()  # the office's own clocks
    posts: tuple[Post, ...] = ()  # classes of posts, for figures
    uploads: bool = True  # a page of ours can take what the channel cannot
