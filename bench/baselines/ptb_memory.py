"""python-telegram-bot's ConversationHandler with everything in memory."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CommandHandler, ContextTypes, ConversationHandler, MessageHandler, filters

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from telegram import Update
    from telegram.request import BaseRequest

STORY, ACT, PERSON, PLACE, DAY, EVIDENCE, SURE = range(7)
reports: list[dict[Any, Any]] = []


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    await update.message.reply_text("Apa yang Anda lihat?")  # type: ignore[union-attr]
    return STORY


def asks(now: int, following: int, question: str) -> Callable[..., Coroutine[Any, Any, int]]:
    async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        context.user_data[now] = update.message.text  # type: ignore[union-attr,index]
        await update.message.reply_text(question)  # type: ignore[union-attr]
        return following

    return answered


async def send(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    reports.append(dict(context.user_data))  # type: ignore[arg-type]
    context.user_data.clear()  # type: ignore[union-attr]
    await update.message.reply_text("Terima kasih, informasi Anda sudah kami teruskan.")  # type: ignore[union-attr]
    return ConversationHandler.END


STEPS = {
    STORY: asks(STORY, ACT, "Bentuknya apa?"),
    ACT: asks(ACT, PERSON, "Siapa terlapor?"),
    PERSON: asks(PERSON, PLACE, "Di mana?"),
    PLACE: asks(PLACE, DAY, "Kapan?"),
    DAY: asks(DAY, EVIDENCE, "Ada bukti?"),
    EVIDENCE: asks(EVIDENCE, SURE, "Sudah benar?"),
    SURE: send,
}


def build(token: str, api: str = "", request: BaseRequest | None = None) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = Application.builder().token(token)
    builder = builder.request(request).get_updates_request(request) if request else builder.base_url(f"{api}/bot")
    application = builder.build()
    talking = filters.TEXT & ~filters.COMMAND
    states: dict[object, Any] = {now: [MessageHandler(talking, step)] for now, step in STEPS.items()}
    application.add_handler(ConversationHandler([CommandHandler("lapor", begin)], states, []))
    return application


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--api", "--token", "--db"):
        parser.add_argument(name, required=True)
    given = parser.parse_args()
    asyncio.set_event_loop(asyncio.new_event_loop())
    build(given.token, given.api).run_polling()
