"""Telegram: the only place that knows aiogram; importing it costs seconds, so import it where it is used."""

from bot.channels.telegram.client import WrongToken, verify_secret
from bot.channels.telegram.poll import poll
from bot.channels.telegram.receive import receive
from bot.channels.telegram.send import Telegram
from bot.limits import TELEGRAM as LIMITS

__all__ = ["LIMITS", "Telegram", "WrongToken", "poll", "receive", "verify_secret"]
