"""aiogram with everything in memory (MemoryStorage): quick, and gone when the process is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiogram import Bot, Dispatcher
from aiogram.fsm.storage.memory import MemoryStorage

from bench.baselines.aiogram_form import form, run

if TYPE_CHECKING:
    from aiogram.client.session.base import BaseSession
    from aiogram.fsm.context import FSMContext

reports: list[dict[str, Any]] = []


async def file_report(state: FSMContext) -> None:
    reports.append(await state.get_data())
    await state.clear()


def build(session: BaseSession, token: str, db: str) -> tuple[Dispatcher, Bot]:
    dispatcher = Dispatcher(storage=MemoryStorage(), file_report=file_report)
    dispatcher.include_router(form())
    return dispatcher, Bot(token, session=session)


if __name__ == "__main__":
    run(build)
