"""The figures of /metrics, for whoever runs the machine: counts and ages, never anything about a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from storage import cases, inbox, outbox
from storage.cases import stamp

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.serving import Serving


class Figures:
    """Gathers the figures when they are asked for."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._registry = CollectorRegistry()
        self._handled = self._gauge("jaganetral_events_handled", "Events handled since the start")
        self._parked = self._gauge("jaganetral_inbox_parked", "Updates that could not be handled, kept for a developer")
        self._sent = self._gauge("jaganetral_sent", "Messages sent since the start")
        self._retried = self._gauge("jaganetral_send_retries", "Sends put off since the start")
        self._due = self._gauge("jaganetral_outbox_due", "Messages that wait to be sent")
        self._age = self._gauge("jaganetral_outbox_oldest_seconds", "Age of the oldest message that waits")
        self._cases = Gauge("jaganetral_cases", "Cases by status", ["status"], registry=self._registry)

    def _gauge(self, name: str, words: str) -> Gauge:
        return Gauge(name, words, registry=self._registry)

    async def text(self) -> tuple[bytes, str]:
        """Prometheus exposition format, and its content type."""
        now = stamp(self._serving.clock.now())

        def look(conn: Connection) -> tuple[tuple[int, int], int, list[tuple[str, int]]]:
            return outbox.lag(conn, now), inbox.count_parked(conn), cases.counts(conn)

        (due, age), parked, by_status = await self._serving.database.read(look)
        self._due.set(due)
        self._age.set(max(0, age) / 1_000_000)
        self._parked.set(parked)
        self._handled.set(self._serving.engine.handled)
        self._sent.set(self._serving.sender.sent)
        self._retried.set(self._serving.sender.retried)
        for status, count in by_status:
            self._cases.labels(status).set(count)
        return generate_latest(self._registry), CONTENT_TYPE_LATEST
