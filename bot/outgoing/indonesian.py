"""Papers are in Indonesian, the language of the offices' forms, whatever language their reader talks in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.inside.render import words
from handlers.speech import moment
from locales import voice

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.effects import Value

VOICE = voice("id")


def said(value: Value) -> str:
    """A sentence of ours, or people's words, in Indonesian."""
    return words(value, VOICE)


def made_at(ticket: str, at: datetime, zone: str) -> dict[str, Any]:
    """What stands at the foot of every page, and the moment of making for the PDF itself."""
    return {"at": int(at.timestamp()), "footer": f"{ticket} · dibuat {said(moment(at, zone))} dengan JagaNetral"}
