"""What the conversation is given to know: the law's data, the settings that are told to people, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from law.hours import Hours
from law.reminders import Reminders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from law.calendar import Calendar
    from law.checklists import Check
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
    checks: tuple[Check, ...] = ()  # what is usually looked at in each stage
    page: str = ""  # the address of the citizens' page, where one is told to people
    hours: Hours = field(default_factory=Hours)  # when each office is open
    reminders: Reminders = field(default_factory=Reminders)  # who is reminded when, and who above them
    uploads: bool = True  # a page of ours can take what the channel cannot
    kecamatan: Mapping[str, str] = field(default_factory=dict)  # code -> name of every kecamatan
