"""The children that decode: walled in, used again, killed, slow, cancelled, taken over."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import uvloop

import bot.evidence.pictures
from bot.evidence.pictures import ChildFailed, CleanView, Pictures, _believe, _Died
from tests.bot.drawings import drawn, refusal, saved


def children() -> set[int]:
    """Processes of ours that run the picture child (proc(5))."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            mine = f"\nPPid:\t{os.getpid()}\n" in (folder / "status").read_text()
            if mine and b"picture_child.py" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


@pytest.fixture
async def pool() -> AsyncIterator[tuple[Pictures, int]]:
    """A pool of one child, and that child's process id."""
    before = children()
    fresh = Pictures(children=1)
    await fresh.clean(saved(drawn()))
    (pid,) = children() - before
    yield fresh, pid
    await fresh.close()
    assert children() <= before


async def test_a_child_is_used_again_even_after_a_refusal(pool: tuple[Pictures, int]) -> None:
    fresh, pid = pool
    assert await refusal(fresh, b"x") == "bukan-gambar"
    await fresh.clean(saved(drawn()))
    assert pid in children()


async def test_a_child_has_no_secrets_no_files_and_its_limits(pool: tuple[Pictures, int]) -> None:
    _, pid = pool
    process = Path(f"/proc/{pid}")
    limits = (process / "limits").read_text()
    assert (process / "environ").read_bytes() == b""
    assert {path.name for path in (process / "fd").iterdir()} == {"0", "1", "2"}
    assert f"Max address space         {600 << 20}" in limits
    assert "Max open files            3                    3" in limits
    assert "Max file size             0                    0" in limits
    assert "Max cpu time              unlimited" not in limits


async def test_a_killed_child_is_replaced_and_the_picture_still_made(pool: tuple[Pictures, int]) -> None:
    fresh, pid = pool
    os.kill(pid, signal.SIGKILL)
    assert (await fresh.clean(saved(drawn()))).width == 400
    assert pid not in children()


@pytest.fixture
def altered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str, str], None]:
    """Put a child in place that is the real one but for one change."""

    def alter(old: str, new: str) -> None:
        source = bot.evidence.pictures._CHILD.read_text()
        assert old in source
        (tmp_path / "picture_child.py").write_text(source.replace(old, new))
        monkeypatch.setattr("bot.evidence.pictures._CHILD", tmp_path / "picture_child.py")

    return alter


async def test_a_picture_that_kills_each_child_is_refused_and_the_next_is_made(
    altered: Callable[[str, str], None],
) -> None:
    altered("    with open_picture", "    if picture == b'murder': os.abort()\n    with open_picture")
    fresh = Pictures(children=1)
    assert await refusal(fresh, b"murder") == "rusak"
    assert (await fresh.clean(saved(drawn()))).width == 400
    await fresh.close()


async def test_a_picture_that_takes_too_long_is_refused(altered: Callable[[str, str], None]) -> None:
    """Of the processor's time; the kernel ends the child, here after one second instead of five."""
    altered("CPU_SECONDS = 5", "CPU_SECONDS = 0")
    altered("    with open_picture", "    while picture == b'endless': pass\n    with open_picture")
    fresh = Pictures(children=1)
    assert await refusal(fresh, b"endless") == "terlalu-berat"
    assert (await fresh.clean(saved(drawn()))).width == 400
    await fresh.close()


@pytest.mark.parametrize(
    "said", ["b'\\xff' * 8", "(2).to_bytes(4, 'big') + bytes(4) + b'{]'", "(1).to_bytes(4, 'big') + bytes(4) + b'7'"]
)
async def test_a_child_that_talks_nonsense_is_not_used_again(altered: Callable[[str, str], None], said: str) -> None:
    altered("        give(len(said)", f"        if picture == b'babble': give({said})\n        give(len(said)")
    fresh = Pictures(children=1)
    assert await refusal(fresh, b"babble") == "rusak"
    assert (await fresh.clean(saved(drawn()))).width == 400
    await fresh.close()


async def test_in_the_child_no_file_can_be_opened(altered: Callable[[str, str], None]) -> None:
    altered(
        "        return clean(picture)",
        "        return open(__file__).read() and ({'refused': 'bergerak'}, b'')",
    )
    fresh = Pictures(children=1)
    assert await refusal(fresh, saved(drawn())) == "rusak"
    await fresh.close()


async def test_when_all_that_wait_are_killed_no_picture_is_lost() -> None:
    before = children()
    fresh = Pictures(children=2)
    await asyncio.gather(*(fresh.clean(saved(drawn())) for _ in range(2)))
    killed = children() - before
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    views = await asyncio.gather(*(fresh.clean(saved(drawn())) for _ in range(4)))
    await fresh.close()
    assert len(killed) == 2
    assert [view.width for view in views] == [400] * 4
    assert children() <= before


async def test_a_child_that_does_not_answer_is_given_up(
    monkeypatch: pytest.MonkeyPatch, pool: tuple[Pictures, int]
) -> None:
    fresh, pid = pool
    monkeypatch.setattr("bot.evidence.pictures._PATIENCE", 2)
    os.kill(pid, signal.SIGSTOP)
    assert (await fresh.clean(saved(drawn()))).width == 400
    assert pid not in children()


async def test_a_child_that_cannot_start_is_our_trouble_not_the_pictures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.evidence.pictures._CHILD", tmp_path / "missing.py")
    with pytest.raises(ChildFailed):
        await Pictures().clean(saved(drawn()))


async def test_a_cancelled_picture_does_not_answer_for_the_next(pool: tuple[Pictures, int]) -> None:
    fresh, _ = pool
    big = saved(drawn(7000, 7000), "PNG")
    for wait in (0, 0.001, 0.01, 0.05):
        task = asyncio.create_task(fresh.clean(big))
        await asyncio.sleep(wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await fresh.clean(saved(drawn(40, 30)))).width == 40


async def test_a_child_is_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch, pool: tuple[Pictures, int]) -> None:
    fresh, pid = pool
    monkeypatch.setattr("bot.evidence.pictures._PICTURES_EACH", 2)
    await fresh.clean(saved(drawn()))
    assert pid not in children()


def test_the_same_under_the_servers_own_loop() -> None:
    """Uvicorn runs on uvloop, whose pipes behave a little differently."""

    async def kill_and_cancel() -> int:
        fresh = Pictures(children=1)
        await fresh.clean(saved(drawn()))
        (child,) = fresh._idle
        child._process.kill()
        await child._process.wait()
        await fresh.clean(saved(drawn()))
        task = asyncio.create_task(fresh.clean(saved(drawn(7000, 7000), "PNG")))
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        view = await fresh.clean(saved(drawn(40, 30)))
        await fresh.close()
        return view.width

    assert uvloop.run(kill_and_cancel()) == 40


async def test_many_at_once_share_the_children() -> None:
    before = children()
    shared = Pictures(children=2)
    sizes = [(100 + n, 50) for n in range(30)]
    views = await asyncio.gather(*(shared.clean(saved(drawn(*size))) for size in sizes))
    assert [(view.width, view.height) for view in views] == sizes
    assert len(children() - before) == 2
    await shared.close()


@pytest.mark.parametrize(
    "said",
    [
        {"refused": "<b>"},
        {"width": 5000, "height": 10},
        {"width": 0, "height": 10},
        {"width": "1", "height": 10},
        {},
        [],
        None,
        "x",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(said: object) -> None:
    with pytest.raises(_Died):
        _believe(said, b"\xff\xd8\xff\xe0")


def test_a_child_must_give_a_jpeg_and_plausible_facts() -> None:
    said = {"width": 10, "height": 10, "gps": [99, 200], "taken": "<script>", "has_exif": 1}
    with pytest.raises(_Died):
        _believe(said, b"<html>")
    _, view = _believe(said, b"\xff\xd8\xff\xe0")
    assert view == CleanView(b"\xff\xd8\xff\xe0", 10, 10, has_exif=True)
