"""A stand-in for the Telegram Bot API, on loopback, with its real semantics; nothing here knows JagaNetral.

In a test:

    async with serving(StandIn()) as telegram:
        telegram.push(update)  # see tests/standins/people.py for updates
        await telegram.heard(1, "sendMessage", chat=5)
        assert telegram.texts(5) == ["..."]

In a process of its own: `python -m tests.standins.telegram --port N`, driven through `/control/...`.
"""

from tests.standins.telegram.server import application, serving
from tests.standins.telegram.standin import TOKEN, Call, StandIn

__all__ = ["TOKEN", "Call", "StandIn", "application", "serving"]
