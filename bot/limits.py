"""The one table of what platforms take, from their own documents; and how long a label may be on all of them.

A label is written once for all channels, present and coming, so the strictest limit wins.
"""

from __future__ import annotations

from bot.channels import Limits

# https://core.telegram.org/bots/api and /bots/faq. The overall rate is 30; a little less keeps clear of it,
# clocks being two. Labels and keyboards have no documented length: 64 is what a wide phone still shows.
TELEGRAM = Limits(
    text=4096,
    caption=1024,
    button=64,
    buttons=100,
    data=64,
    download=20_000_000,
    upload=50_000_000,
    per_second=29.5,
    per_chat=1,
    per_group_minute=20,
)

# WhatsApp Cloud API, interactive messages: reply buttons of 20 characters, at most three under a message; beyond that
# a list of at most ten rows with titles of 24; beyond ten the options are numbered lines of text.
REPLY_BUTTONS = 3
REPLY_LABEL = 20
ROWS = 10
ROW_LABEL = 24
# Telegram Bot API, BotCommand: the description of a command in the menu.
COMMAND_HELP = 256


def longest(options: int) -> int:
    """The characters of a label under a message with so many options."""
    return REPLY_LABEL if options <= REPLY_BUTTONS else ROW_LABEL
