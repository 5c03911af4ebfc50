"""Hostile bytes on the socket of the real process: it stands, and its log says nothing of what they held."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import Process

RAW = (
    b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n", b"\r\n" * 50, b"GET http://x/ HTTP/1.1\r\nHost: [\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /chat/send HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"POST /chat/send HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nContent-Length: 99\r\n\r\n{}",
    b"POST /chat/send HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", b"GET /bukti/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /static/..%2f..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /static/../../config.py HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
)  # fmt: skip


async def knock(url: str, said: bytes, *, hang_up: bool = False) -> bytes:
    """Say these bytes; what came back within a moment."""
    host, _, port = url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(said)
    try:
        if hang_up:
            return b""
        async with asyncio.timeout(1):
            return await reader.read(20_000)
    except (TimeoutError, ConnectionError):
        return b""
    finally:
        writer.close()


@pytest.mark.slow
async def test_the_process_stands_whatever_knocks(process: Callable[..., Process]) -> None:
    one = process()
    await one.start()
    seat = b"0123456789abcdef" * 2
    for said in RAW:
        answer = await knock(one.warga, said)
        assert b"Traceback" not in answer
        assert b"root:" not in answer
        assert not answer.startswith(b"HTTP/1.1 500")
    lying = b"POST /chat/send HTTP/1.1\r\nHost: x\r\nCookie: jn_warga=%b\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
    for _ in range(20):  # promised more than came, and gone
        await knock(one.warga, lying % seat + b'{"text":"KenariPutus', hang_up=True)
    slow = [asyncio.create_task(knock(one.warga, lying % seat)) for _ in range(50)]  # promised and silent
    assert await one.ready()
    await asyncio.gather(*slow)
    assert await one.ready()
    assert one.stop() == 0
    log = one.log()
    assert "Traceback" not in log
    assert "Kenari" not in log
    assert seat.decode() not in log
