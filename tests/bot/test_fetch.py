"""Files still wanted are fetched by whoever has their channel, and by nobody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from handlers.events import Media, MediaReceived, Opened, OptionChosen
from storage import media
from storage.cases import stamp
from storage.tables import evidence
from tests.serving import House


async def row(house: House) -> Any:
    return await house.serving.database.read(lambda conn: conn.execute(select(evidence)).one())


async def test_a_file_waits_for_a_process_that_has_its_channel(any_house: House) -> None:
    serving, now = any_house.serving, stamp(any_house.clock.now())
    for event in (
        Opened(),
        OptionChosen("consent:ya:1"),
        MediaReceived(Media("ab" * 16, "photo", source={"file_id": "x"})),
    ):
        await any_house.say("77", event, "telegram")
    assert await serving.fetcher._due() == []
    seen = await row(any_house)
    assert (seen.state, seen.tries, seen.due_at <= now) == (media.WANTED, 0, True)

    def taken(*channels: str) -> Any:
        return serving.database.write(lambda conn: media.due(conn, serving.keys, channels, now, 9))

    assert await taken("web", "kantor") == []
    assert [file.id for file in await taken("web", "telegram")] == ["ab" * 16]
    assert await taken("telegram") == []  # somebody has it in hand
