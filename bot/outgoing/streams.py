"""Wakes the pages that wait for news of their conversation."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Streams:
    """Who listens to which conversation. With several processes, others' news is found by looking every so often."""

    def __init__(self, look: float = 0) -> None:
        self._listening: dict[int, set[asyncio.Event]] = defaultdict(set)
        self._look = look

    @contextmanager
    def listen(self, conversation: int) -> Iterator[asyncio.Event]:
        """An event that is set whenever the conversation has news."""
        news = asyncio.Event()
        self._listening[conversation].add(news)
        try:
            yield news
        finally:
            self._listening[conversation].discard(news)
            if not self._listening[conversation]:
                del self._listening[conversation]

    def tell(self, conversations: Iterable[int]) -> None:
        """These have news."""
        for conversation in set(conversations):
            for news in self._listening.get(conversation, ()):
                news.set()

    def close(self) -> None:
        """Wake everybody, to let them go."""
        self.tell(list(self._listening))

    async def wait(self, news: asyncio.Event, patience: float) -> bool:
        """True as soon as there may be news; False after so many seconds without any."""
        try:
            await asyncio.wait_for(news.wait(), min(patience, self._look or patience))
        except TimeoutError:
            return bool(self._look)
        return True
