"""The usual durable bot: aiogram's FSM in SQLAlchemy over aiosqlite, one commit a step, before the reply."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from aiogram import Bot, Dispatcher
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, delete, event, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import create_async_engine

from bench.baselines.aiogram_form import form, run

if TYPE_CHECKING:
    from aiogram.client.session.base import BaseSession
    from aiogram.fsm.context import FSMContext

meta = MetaData()
talk = Table("talk", meta, Column("chat", Integer, primary_key=True), Column("state", String), Column("data", JSON))
report = Table("report", meta, Column("id", Integer, primary_key=True), Column("answers", JSON))


class Storage(BaseStorage):
    """Data waits for the state that is set after it, so that a step costs one commit and not two."""

    def __init__(self, db: str) -> None:
        self.engine = create_async_engine(f"sqlite+aiosqlite:///{db}", pool_timeout=60)
        self.writing = asyncio.Lock()  # a third quicker than leaving the queue to SQLite's own sleeping lock
        self.staged: dict[int, Any] = {}

        @event.listens_for(self.engine.sync_engine, "connect")
        def durable(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")

    async def start(self) -> None:
        async with self.engine.begin() as connection:
            await connection.run_sync(meta.create_all)

    async def read(self, column: Column[Any], key: StorageKey) -> Any:
        async with self.engine.connect() as connection:
            return await connection.scalar(select(column).where(talk.c.chat == key.chat_id))

    async def get_state(self, key: StorageKey) -> str | None:
        return await self.read(talk.c.state, key)  # type: ignore[no-any-return]

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return await self.read(talk.c.data, key) or {}

    async def set_data(self, key: StorageKey, data: Any) -> None:
        self.staged[key.chat_id] = data

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        row = {"state": getattr(state, "state", state), "data": self.staged.pop(key.chat_id)}
        async with self.writing, self.engine.begin() as tx:
            await tx.execute(upsert(talk).values(chat=key.chat_id, **row).on_conflict_do_update(["chat"], set_=row))

    async def file_report(self, state: FSMContext) -> None:
        answers = await state.get_data()
        async with self.writing, self.engine.begin() as connection:
            await connection.execute(insert(report).values(answers=answers))
            await connection.execute(delete(talk).where(talk.c.chat == state.key.chat_id))

    async def close(self) -> None:
        await self.engine.dispose()


def build(session: BaseSession, token: str, db: str) -> tuple[Dispatcher, Bot]:
    storage = Storage(db)
    dispatcher = Dispatcher(storage=storage, file_report=storage.file_report)
    dispatcher.startup.register(storage.start)
    dispatcher.include_router(form())
    return dispatcher, Bot(token, session=session)


if __name__ == "__main__":
    run(build)
