"""A platform's speed limits as a timetable: when the next message may go, to anyone and to this one chat."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels import Limits

BURST = 3.0  # messages to one person that may go at once before its own pace begins
FORGET = 5000  # chats remembered before the settled ones are dropped


class Pace:
    """Overall, per chat and per group and minute; a 429 for everyone stops it all for as long as it says."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._next = 0.0
        self._stopped = 0.0
        self._chats: dict[str, float] = {}
        self._groups: dict[str, deque[float]] = {}

    def stop(self, seconds: float) -> None:
        """Nobody hears anything for so long; those who already had a place get a new one afterwards."""
        self._stopped = max(self._stopped, _now() + seconds)
        self._next = max(self._next, self._stopped)

    async def wait(self, address: str, *, group: bool) -> None:
        """Sleep until this message may go; places are given in the order in which they are asked for."""
        at = self._place(address, group)
        while True:
            await asyncio.sleep(max(0.0, at - _now()))
            if self._stopped <= at:
                return
            at = self._overall(_now())

    def _place(self, address: str, group: bool) -> float:
        now = _now()
        at = max(self._own(address, now), self._minute(address, now) if group else now)
        return max(at, self._overall(now))

    def _overall(self, now: float) -> float:
        at = max(now, self._next)
        if self._limits.per_second:
            self._next = at + 1 / self._limits.per_second
        return at

    def _own(self, address: str, now: float) -> float:
        """One person's messages: a short burst is fine, then one per second or as the platform says."""
        if not self._limits.per_chat:
            return now
        if len(self._chats) > FORGET:
            self._chats = {key: at for key, at in self._chats.items() if at > now}
        step = 1 / self._limits.per_chat
        full = max(self._chats.get(address, 0.0), now) + step
        self._chats[address] = full
        return full - BURST * step

    def _minute(self, address: str, now: float) -> float:
        if not self._limits.per_group_minute:
            return now
        times = self._groups.setdefault(address, deque(maxlen=self._limits.per_group_minute))
        at = max(now, times[0] + 60) if len(times) == times.maxlen else now
        times.append(at)
        return at


def _now() -> float:
    return asyncio.get_running_loop().time()
