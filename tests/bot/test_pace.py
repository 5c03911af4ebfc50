"""The timetable of a platform's limits, on a clock that jumps."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.channels import Limits
from bot.outgoing.pace import BURST, FORGET, Pace
from tests.bot.virtual_time import run

NONE = Limits(text=4096, button=64, buttons=100, data=64, download=1)


class Sent:
    """What went through a pace, and when."""

    def __init__(self, **limits: float) -> None:
        self.pace = Pace(replace(NONE, **limits))
        self.times: list[float] = []

    async def send(self, address: str = "5", weight: int = 1, *, group: bool = False) -> float:
        await self.pace.chat(address, weight, group=group)
        await self.pace.everyone(weight)
        self.pace.went(address, weight, group=group)
        self.times.append(asyncio.get_running_loop().time())
        return self.times[-1]

    def most_within(self, seconds: float) -> int:
        return max(sum(at <= other < at + seconds - 1e-9 for other in self.times) for at in self.times)


def test_without_limits_nothing_waits() -> None:
    async def main() -> None:
        sent = Sent()
        for _ in range(100):
            await sent.send()
        assert sent.times == [0] * 100

    run(main)


def test_one_person_hears_a_burst_and_then_one_a_second() -> None:
    async def main() -> None:
        sent = Sent(per_chat=1)
        for _ in range(6):
            await sent.send()
        assert sent.times == pytest.approx([0, 0, 0, 1, 2, 3])
        await asyncio.sleep(60)
        assert [await sent.send() - 63 for _ in range(4)] == pytest.approx([0, 0, 0, 1])
        assert BURST == 3

    run(main)


def test_a_long_message_waits_until_all_of_it_fits() -> None:
    async def main() -> None:
        sent = Sent(per_chat=1)
        weights = [sent.pace.weight(text, pictures) for text, pictures in ((0, 0), (4096, 0), (4097, 0), (9000, 3))]
        assert weights == [1, 1, 2, 6]
        for weight in (2, 2, 1, 6):
            await sent.send(weight=weight)
        assert sent.times == pytest.approx([0, 1, 2, 5])

    run(main)


def test_all_together_hear_no_more_than_the_overall_rate() -> None:
    async def main() -> None:
        sent = Sent(per_second=10, per_chat=1)
        await asyncio.gather(*(sent.send(str(person)) for person in range(95)))
        assert sent.most_within(1) <= 10
        assert max(sent.times) == pytest.approx(9.4)

    run(main)


def test_a_group_hears_twenty_a_minute_and_an_album_counts_as_its_pictures() -> None:
    async def main() -> None:
        sent = Sent(per_group_minute=20)
        for _ in range(45):
            await sent.send("-5", group=True)
        assert sent.most_within(60) == 20
        assert max(sent.times) == pytest.approx(120.1)
        await asyncio.sleep(600)
        began = await sent.send("-5", weight=11, group=True)
        assert await sent.send("-5", weight=9, group=True) == began
        assert await sent.send("-5", group=True) == pytest.approx(began + 60.05)

    run(main)


def test_one_group_does_not_hold_up_the_others() -> None:
    async def main() -> None:
        sent = Sent(per_group_minute=1, per_second=30)
        await sent.send("-5", group=True)
        waiting = asyncio.create_task(sent.send("-5", group=True))
        await asyncio.sleep(0.1)
        assert await sent.send("-6", group=True) < 1
        assert await waiting == pytest.approx(60.05)

    run(main)


def test_told_to_wait_everyone_waits_also_who_had_a_place() -> None:
    async def main() -> None:
        sent = Sent(per_second=1)
        tasks = [asyncio.create_task(sent.send(str(person))) for person in range(5)]
        await asyncio.sleep(1.5)
        assert sent.times == pytest.approx([0, 1])
        sent.pace.stop(30)
        await asyncio.gather(*tasks)
        assert min(sent.times[2:]) >= 31.5
        assert sent.most_within(1) == 1

    run(main)


def test_who_is_long_silent_is_forgotten() -> None:
    async def main() -> None:
        sent = Sent(per_chat=1)
        for person in range(FORGET + 1):
            await sent.send(str(person))
        await asyncio.sleep(5)
        await sent.send("x")
        assert len(sent.pace._chats) == 1

    run(main)
