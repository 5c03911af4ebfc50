"""How a Bot API says no: refusals in its own words, flood limits, and faults ordered by a test."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["500", "502", "timeout", "reset", "lost"]
"""500 and 502 (a proxy's HTML page): nothing was done. timeout: done, but never answered.
reset: the connection breaks before anything is done; lost: it breaks after it was done."""


class Refusal(Exception):  # noqa: N818 - what it is called in the Bot API's own terms is an error, too
    """A call that is answered with ok=false, an error code, a description and perhaps parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The JSON that Telegram answers."""
        shown = {"ok": False, "error_code": self.code, "description": self.description}
        return shown | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> Refusal:
    """A 400, which is what nearly every mistake gets."""
    return Refusal(400, f"Bad Request: {description}")


@dataclass
class Fault:
    """The next `left` calls of a method ("*": of any but getUpdates) go wrong in this way."""

    method: str
    left: int
    kind: Kind

    def hits(self, method: str) -> bool:
        """Whether this call is one of them; counts it if so."""
        if not self.left or self.method not in {method, "*"} or (self.method == "*" and method == "getUpdates"):
            return False
        self.left -= 1
        return True


@dataclass
class Flood:
    """Limits on what is sent, in messages; 0 is none. `punish`: a call while told to wait lengthens the wait."""

    overall: int = 0  # in any second
    per_chat: int = 0  # in any second
    per_group_minute: int = 0
    punish: bool = False
    sent: dict[tuple[str, int], deque[float]] = field(default_factory=dict)
    closed: dict[tuple[str, int], float] = field(default_factory=dict)

    def count(self, chat: int, now: float, messages: int = 1) -> None:
        """Note messages to a chat, or raise the 429 that Telegram answers."""
        gates = [(("all", 0), self.overall, 1.0), (("chat", chat), self.per_chat, 1.0)]
        if chat < 0:
            gates.append((("group", chat), self.per_group_minute, 60.0))
        watched = [gate for gate in gates if gate[1]]
        for gate, most, span in watched:
            self._pass(gate, most, span, now)
        for gate, _, _ in watched:
            self.sent[gate].extend([now] * messages)

    def _pass(self, gate: tuple[str, int], most: int, span: float, now: float) -> None:
        until = self.closed.get(gate, 0.0)
        if now < until:
            self.closed[gate] = until + (1.0 if self.punish else 0.0)
            raise _wait(self.closed[gate] - now)
        recent = self.sent.setdefault(gate, deque())
        while recent and recent[0] <= now - span:
            recent.popleft()
        if len(recent) >= most:
            seconds = math.ceil(recent[0] + span - now)
            self.closed[gate] = now + seconds
            raise _wait(seconds)


def _wait(seconds: float) -> Refusal:
    whole = max(1, math.ceil(seconds))
    return Refusal(429, f"Too Many Requests: retry after {whole}", retry_after=whole)
