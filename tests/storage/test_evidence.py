"""The evidence store: sealed, private, named by our ids alone, whole or absent, never over an older file."""

import asyncio
import hashlib
import os
import random
import stat
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from sealing.envelope import SealBroken
from storage.evidence import HEAD, EvidenceStore, Kept, TooLarge

KEY = bytes(range(32))
MIB = 1 << 20


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "data" / "bukti")


def files(store: EvidenceStore) -> list[Path]:
    return [path for path in store._folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, HEAD, MIB, 3 * MIB + 5])
def test_what_is_kept_comes_back(store: EvidenceStore, size: int) -> None:
    plain, blob_id = random.Random(size).randbytes(size), token_hex(16)
    pieces = (plain[at : at + 70_000] for at in range(0, size, 70_000))
    kept = store.put_new(blob_id, KEY, pieces, limit=size)
    assert kept == Kept(size, hashlib.sha256(plain).hexdigest(), plain[:HEAD])
    assert b"".join(store.open(blob_id, KEY)) == plain
    assert store.read(blob_id, KEY) == plain


async def test_a_stream_from_the_network_is_kept_alike(store: EvidenceStore) -> None:
    plain, blob_id = random.Random(1).randbytes(2 * MIB + 77), token_hex(16)

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(plain), 60_000):
            await asyncio.sleep(0)
            yield plain[at : at + 60_000]

    kept = await store.put_stream(blob_id, KEY, pieces(), limit=3 * MIB)
    assert kept == Kept(len(plain), hashlib.sha256(plain).hexdigest(), plain[:HEAD])
    assert store.read(blob_id, KEY) == plain


def test_the_disk_shows_neither_bytes_nor_names_and_only_we_can_read(store: EvidenceStore) -> None:
    blob_id = token_hex(16)
    store.put_new(blob_id, KEY, [b"kenari-rahasia" * 1000], limit=MIB)
    (path,) = files(store)
    assert path.relative_to(store._folder) == Path(blob_id[:2], blob_id)
    assert b"kenari" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(store._folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", "a" * 31, "A" * 32, "a" * 33, "a" * 32 + "\n", "/" * 32]
)
def test_other_names_are_refused(store: EvidenceStore, name: str) -> None:
    with pytest.raises(ValueError):
        store.put_new(name, KEY, [b"x"], limit=9)
    with pytest.raises(ValueError):
        store.exists(name)
    with pytest.raises(ValueError):
        store.delete(name)


def test_more_than_the_limit_is_refused_and_leaves_nothing(store: EvidenceStore) -> None:
    taken = []

    def long() -> Iterator[bytes]:
        for _ in range(100):
            taken.append(1)
            yield bytes(1000)

    with pytest.raises(TooLarge):
        store.put_new(token_hex(16), KEY, long(), limit=5000)
    assert len(taken) == 6  # stopped while it came
    assert files(store) == []


async def test_a_stream_that_breaks_off_or_is_too_long_leaves_nothing(store: EvidenceStore) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(2 * MIB)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await store.put_stream(token_hex(16), KEY, broken(), limit=9 * MIB)
    with pytest.raises(TooLarge):
        await store.put_stream(token_hex(16), KEY, broken(), limit=MIB)
    assert files(store) == []


async def test_a_cancelled_stream_leaves_nothing(store: EvidenceStore) -> None:
    begun = asyncio.Event()

    async def stuck() -> AsyncIterator[bytes]:
        yield bytes(2 * MIB)
        begun.set()
        await asyncio.sleep(3600)

    task = asyncio.create_task(store.put_stream(token_hex(16), KEY, stuck(), limit=9 * MIB))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert files(store) == []


def test_an_older_file_is_never_written_over(store: EvidenceStore) -> None:
    blob_id = token_hex(16)
    store.put_new(blob_id, KEY, [b"pertama"], limit=9)
    with pytest.raises(FileExistsError):
        store.put_new(blob_id, KEY, [b"kedua"], limit=9)
    assert store.read(blob_id, KEY) == b"pertama"
    assert len(files(store)) == 1


def test_of_two_writers_of_one_id_one_wins(store: EvidenceStore) -> None:
    blob_id = token_hex(16)
    with pytest.raises(FileExistsError), store.receive(blob_id, KEY, 9) as late:  # noqa: PT012 - the end of the block raises
        late.write(b"kedua")
        store.put_new(blob_id, KEY, [b"pertama"], limit=9)
    assert store.read(blob_id, KEY) == b"pertama"
    assert len(files(store)) == 1


def test_a_file_is_not_there_before_it_is_whole(store: EvidenceStore) -> None:
    blob_id = token_hex(16)
    with store.receive(blob_id, KEY, 9) as incoming:
        incoming.write(b"bukti")
        assert not store.exists(blob_id)
        assert list(store.list()) == []
    assert store.exists(blob_id)


def test_durable_in_the_right_order(store: EvidenceStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes before the name, the name before the answer: noted as the system is called, and really called."""
    blob_id, done = token_hex(16), []
    fsync, link = os.fsync, os.link

    def noted_fsync(descriptor: int) -> None:
        done.append(("fsync", Path(f"/proc/self/fd/{descriptor}").resolve().name))
        fsync(descriptor)

    def noted_link(source: Path, target: Path) -> None:
        done.append(("link", target.name))
        link(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "link", noted_link)
    store.put_new(blob_id, KEY, [b"bukti"], limit=9)
    folder, draft, name, shard = done
    assert folder == ("fsync", store._folder.name)
    assert draft[0] == "fsync"
    assert draft[1].startswith(f".{blob_id}.")
    assert (name, shard) == (("link", blob_id), ("fsync", blob_id[:2]))


def test_a_killed_process_leaves_no_file_and_its_rest_is_deleted(store: EvidenceStore) -> None:
    blob_id = token_hex(16)
    program = (
        "import os, signal, sys; from pathlib import Path; from storage.evidence import EvidenceStore\n"
        f"with EvidenceStore(Path({str(store._folder)!r})).receive({blob_id!r}, bytes(32), 1 << 30) as incoming:\n"
        "    incoming.write(bytes(3 << 20)); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert len(files(store)) == 1  # the draft
    assert not store.exists(blob_id)
    assert list(store.list()) == []
    assert store.delete(blob_id) is False
    assert files(store) == []
    store.put_new(blob_id, KEY, [b"lagi"], limit=9)
    assert store.read(blob_id, KEY) == b"lagi"


def test_deleting(store: EvidenceStore) -> None:
    blob_id = token_hex(16)
    store.put_new(blob_id, KEY, [b"bukti"], limit=9)
    assert store.delete(blob_id) is True
    assert store.delete(blob_id) is False
    assert not store.exists(blob_id)
    with pytest.raises(FileNotFoundError):
        store.read(blob_id, KEY)


def test_listing(store: EvidenceStore) -> None:
    ids = sorted(token_hex(16) for _ in range(20))
    for blob_id in reversed(ids):
        store.put_new(blob_id, KEY, [b"x"], limit=9)
    assert list(store.list()) == ids


def test_a_file_moved_to_another_name_or_key_does_not_open(store: EvidenceStore) -> None:
    blob_id = "ab" + token_hex(15)
    other = "ab" + token_hex(15)
    store.put_new(blob_id, KEY, [b"bukti"], limit=9)
    with pytest.raises(SealBroken):
        store.read(blob_id, bytes(32))
    store._path(blob_id).rename(store._path(other))
    with pytest.raises(SealBroken):
        store.read(other, KEY)
