"""The Bot API over HTTP: a Starlette app around a StandIn, and how to serve it on a free loopback port."""

from __future__ import annotations

import asyncio
import inspect
import json
import socket
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tests.standins.telegram import account, chats, control, files, messages
from tests.standins.telegram.faults import Refusal
from tests.standins.telegram.standin import Call, StandIn
from tests.standins.telegram.wire import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from starlette.types import Receive, Scope, Send

    from tests.standins.telegram.faults import Kind

# Telegram takes a method's name in any case.
METHODS: Mapping[str, tuple[str, Any]] = {
    name.lower(): (name, function)
    for room in (account, chats, files, messages)
    for name, function in room.METHODS.items()
}
JSON = [(b"content-type", b"application/json")]
PROXY_PAGE = b"<html><head><title>502 Bad Gateway</title></head></html>"


class Broken(Exception):  # noqa: N818 - it says what the connection is
    """This call gets no answer: the connection breaks, or (`wait`) nothing is ever said."""

    def __init__(self, *, wait: bool = False) -> None:
        super().__init__()
        self.wait = wait


def application(world: StandIn) -> Starlette:
    """The app: `/bot<TOKEN>/METHOD`, `/file/bot<TOKEN>/PATH`, and `/control/...` for tests in other processes."""
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", Api(world)),
            Route("/file/bot{token}/{path:path}", Download(world)),
            Mount("/control", routes=control.routes(world)),
        ]
    )


class Api:
    """The methods, as an ASGI app (no request object: the bench must not wait for us)."""

    def __init__(self, world: StandIn) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        try:
            status, payload = await self._answer(scope, receive, body)
        except Broken as broken:
            await _break(scope, receive, wait=broken.wait)
            return
        headers = JSON if payload is not PROXY_PAGE else [(b"content-type", b"text/html")]
        await _respond(send, status, payload, headers)

    async def _answer(self, scope: Scope, receive: Receive, body: bytes) -> tuple[int, bytes]:
        try:
            name, function = self._method(**scope["path_params"])
            params, uploads = read(_header(scope, b"content-type"), body, scope["query_string"].decode())
        except ValueError:
            return 400, b'{"ok":false,"error_code":400,"description":"Bad Request: can\'t parse the body"}'
        except Refusal as refusal:
            return refusal.code, json.dumps(refusal.answer()).encode()
        call = Call(name, params, uploads, self.world.clock(), params.get("chat_id"))
        try:
            return await self._carry_out(call, function, receive)
        finally:
            if name != "getUpdates":
                self.world.note(call)

    def _method(self, token: str, method: str) -> tuple[str, Any]:
        if token != self.world.token:
            raise Refusal(401, "Unauthorized")
        if (found := METHODS.get(method.lower())) is None:
            raise Refusal(404, "Not Found: method not found")
        return found

    async def _carry_out(self, call: Call, function: Any, receive: Receive) -> tuple[int, bytes]:
        fault = self.world.fault(call.method)
        if fault == "reset":
            raise Broken
        if fault in {"500", "502"}:
            call.status = int(fault)
            server_error = {"ok": False, "error_code": 500, "description": "Internal Server Error"}
            return call.status, PROXY_PAGE if fault == "502" else json.dumps(server_error).encode()
        try:
            await self._perform(call, function, receive)
        except Refusal as refusal:
            call.status = refusal.code
            return refusal.code, json.dumps(refusal.answer()).encode()
        return _unless(fault, call)

    async def _perform(self, call: Call, function: Any, receive: Receive) -> None:
        size = len(call.params.get("media") or ()) if call.method == "sendMediaGroup" else 1
        self.world.gate(call, size if call.method.startswith("send") and call.method != "sendChatAction" else 0)
        result = function(self.world, call.params, call.files)
        call.result = await _while_listening(result, receive) if inspect.isawaitable(result) else result
        call.done = True
        made = call.result if isinstance(call.result, list) else [call.result]
        call.message_ids = tuple(one["message_id"] for one in made if isinstance(one, dict) and "message_id" in one)


def _unless(fault: Kind | None, call: Call) -> tuple[int, bytes]:
    """The answer to a call that took effect, unless it was to get lost on its way."""
    if fault in {"timeout", "lost"}:
        raise Broken(wait=fault == "timeout")
    call.status = 200
    return 200, b'{"ok":true,"result":%b}' % json.dumps(call.result).encode()


class Download:
    """Files that people sent, by the path that getFile gave."""

    def __init__(self, world: StandIn) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = scope["path_params"]
        stored = next((one for one in self.world.files.values() if one.path == named["path"]), None)
        fault = self.world.fault("file")
        if named["token"] != self.world.token or stored is None:
            await _respond(send, 404, json.dumps(Refusal(404, "Not Found").answer()).encode(), JSON)
        elif fault in {"500", "502"}:
            await _respond(send, int(fault), PROXY_PAGE, [(b"content-type", b"text/html")])
        elif fault:
            await send({"type": "http.response.start", "status": 200, "headers": _sized([], len(stored.data))})
            half = stored.data[: len(stored.data) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            await _break(scope, receive, wait=fault == "timeout")
        else:
            await _respond(send, 200, stored.data, [(b"content-type", b"application/octet-stream")])


async def _body(receive: Receive) -> bytes:
    pieces = []
    while True:
        event = await receive()
        pieces.append(event.get("body", b""))
        if not event.get("more_body"):
            return b"".join(pieces)


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _sized(headers: list[tuple[bytes, bytes]], size: int) -> list[tuple[bytes, bytes]]:
    return [*headers, (b"content-length", b"%d" % size)]


async def _respond(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _sized(headers, len(body))})
    await send({"type": "http.response.body", "body": body})


async def _break(scope: Scope, receive: Receive, *, wait: bool) -> None:
    """End a connection without an answer; with `wait`, leave that to the one who asked."""
    if not wait:
        scope["extensions"]["connection"].abort()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _while_listening(work: Any, receive: Receive) -> Any:
    """A long poll's result; given up when the one who asked is gone."""
    task, gone = asyncio.ensure_future(work), asyncio.ensure_future(receive())
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Broken(wait=True)
        return task.result()
    finally:
        task.cancel()
        gone.cancel()


class Protocol(HttpToolsProtocol):
    """uvicorn's own, with the connection within the app's reach, so that a test can have it broken."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"connection": self.transport}  # type: ignore[dict-item]


class Server(uvicorn.Server):
    """uvicorn's server inside a process that has its own ways with signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(world: StandIn, port: int = 0) -> AsyncIterator[StandIn]:
    """Serve on a loopback port (0: a free one) in this event loop; `world.url` says where.

    What it remembers outlives the server, so a test may stop it and serve the same again on the same port.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    world.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(application(world), http=Protocol, ws="none", lifespan="off", log_config=None,
                            access_log=False, timeout_graceful_shutdown=1)  # fmt: skip
    server = Server(config)
    task = asyncio.create_task(server.serve([listener]))
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.001)
        yield world
    finally:
        world.updates.end_poll()
        await account.delete_webhook(world, {}, {})
        server.should_exit = True
        await task
        listener.close()
