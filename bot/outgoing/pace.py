"""A platform's speed limits as a timetable: when the next message may go, to anyone and to this one chat."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels import Limits

BURST = 3.0  # messages to one person that may go at once before its own pace begins
FORGET = 5000  # chats remembered before the settled ones are dropped
MARGIN = 0.05  # seconds beyond what a platform asks for: its clock is not ours
MINUTE = 60.0


class Pace:
    """Overall, per chat and per group and minute; a 429 for everyone stops it all for as long as it says.

    Ask `chat`, then `everyone`, then send at once and say `went`. One message of a chat is under way at a time.
    A message weighs as many messages as it shows as: an album of three and its text weigh four.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._next = 0.0
        self._stopped = 0.0
        self._chats: dict[str, float] = {}  # when the chat's bucket is empty again
        self._groups: dict[str, deque[float]] = {}  # when a group's last messages went

    def weight(self, text: int, pictures: int) -> int:
        """How many messages it takes to say a text of so many characters under so many pictures."""
        return pictures + max(1, -(-text // self._limits.text))

    def stop(self, seconds: float) -> None:
        """Nobody hears anything for so long; those who already had a place get a new one afterwards."""
        self._stopped = max(self._stopped, _now() + seconds + MARGIN)

    async def chat(self, address: str, weight: int = 1, *, group: bool) -> None:
        """Sleep until this chat's own limits let the message through."""
        at = self._own(address, weight)
        if group:
            at = max(at, self._minute(address, weight))
        await asyncio.sleep(max(0.0, at - _now()))

    async def everyone(self, weight: int = 1) -> None:
        """Sleep until the message may go; places are given in the order in which they are asked for."""
        while True:
            at = max(_now(), self._next, self._stopped)
            if self._limits.per_second:
                self._next = at + weight / self._limits.per_second
            await asyncio.sleep(max(0.0, at - _now()))
            if self._stopped <= at:
                return

    def went(self, address: str, weight: int = 1, *, group: bool) -> None:
        """It was sent just now."""
        now = _now()
        if self._limits.per_chat:
            full = max(self._chats.get(address, 0.0), now) + weight / self._limits.per_chat
            self._chats[address] = full
        if group and self._limits.per_group_minute:
            times = self._groups.setdefault(address, deque(maxlen=self._limits.per_group_minute))
            times.extend([now] * weight)
        if len(self._chats) + len(self._groups) > FORGET:
            self._forget(now)

    def _own(self, address: str, weight: int) -> float:
        """One person's messages: a short burst is fine, then one per second or as the platform says."""
        if not self._limits.per_chat:
            return 0.0
        return self._chats.get(address, 0.0) - (BURST - min(weight, BURST)) / self._limits.per_chat

    def _minute(self, address: str, weight: int) -> float:
        """When so many more fit into a minute."""
        times, most = self._groups.get(address), self._limits.per_group_minute
        over = len(times) + min(weight, most) - most if times else 0
        return times[over - 1] + MINUTE + MARGIN if times and over > 0 else 0.0

    def _forget(self, now: float) -> None:
        self._chats = {key: at for key, at in self._chats.items() if at > now}
        self._groups = {key: times for key, times in self._groups.items() if times[-1] > now - MINUTE}


def _now() -> float:
    return asyncio.get_running_loop().time()
