"""The form as aiogram's guide writes one (a StatesGroup, a handler for each state); both aiogram bots fill it in."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext  # noqa: TC002 - aiogram reads the annotations
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message  # noqa: TC002

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from aiogram.client.session.base import BaseSession


class Report(StatesGroup):
    story, act, person, place, day, evidence, sure = (State() for _ in range(7))


ASKED = (
    (Report.story, Report.act, "Bentuknya apa?"),
    (Report.act, Report.person, "Siapa terlapor?"),
    (Report.person, Report.place, "Di mana?"),
    (Report.place, Report.day, "Kapan?"),
    (Report.day, Report.evidence, "Ada bukti?"),
    (Report.evidence, Report.sure, "Sudah benar?"),
)


async def begin(message: Message, state: FSMContext) -> None:
    await state.set_data({})
    await state.set_state(Report.story)
    await message.answer("Apa yang Anda lihat?")


def answers(now: State, following: State, question: str) -> Callable[..., Awaitable[None]]:
    async def answered(message: Message, state: FSMContext) -> None:
        await state.update_data({str(now.state): message.text})
        await state.set_state(following)
        await message.answer(question)

    return answered


async def send(message: Message, state: FSMContext, file_report: Any) -> None:
    await file_report(state)
    await message.answer("Terima kasih, informasi Anda sudah kami teruskan.")


def form() -> Router:
    router = Router()
    router.message.register(begin, Command("lapor"))
    for now, following, question in ASKED:
        router.message.register(answers(now, following, question), now)
    router.message.register(send, Report.sure)
    return router


def run(build: Callable[[BaseSession, str, str], tuple[Dispatcher, Bot]]) -> None:
    parser = argparse.ArgumentParser()
    for name in ("--api", "--token", "--db"):
        parser.add_argument(name, required=True)
    given = parser.parse_args()
    session = AiohttpSession(api=TelegramAPIServer.from_base(given.api))
    dispatcher, bot = build(session, given.token, given.db)
    dispatcher.run_polling(bot, handle_signals=True)
