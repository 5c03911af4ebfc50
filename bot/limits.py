"""How long a label may be so that every channel, present and coming, shows it whole.

The strictest wins, because a label is written once for all channels. What a single platform takes besides (length of
a message, files, pace) stands with that platform, as its `Limits`.
"""

from __future__ import annotations

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
