"""Stands in for our own server before the chat page: its protocol, kept in memory, with faults on demand.

Try the page by hand: `python -m tests.standins.page_server` and open the address that it prints.
"""

from __future__ import annotations

import asyncio
import io
import json
import secrets
import socket
from collections import deque
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

PAGE = Path(__file__).parents[2] / "bot" / "web" / "page"
START = datetime(2024, 10, 1, 1, 0, tzinfo=UTC)
HEARTBEAT = 15  # seconds
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass
class Fault:
    """What goes wrong with the next send or upload: before it is kept, after it, or it is not taken."""

    when: Literal["before", "after"]
    status: int = 503
    error: str = ""


@dataclass
class Seat:
    """One conversation: its rows, and what arrived, each id once."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    arrived: dict[str, dict[str, Any]] = field(default_factory=dict)  # client id -> what it said
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, who: str, text: str, **more: Any) -> None:
        seq = len(self.rows) + 1
        at = (START + timedelta(minutes=seq)).isoformat()
        blank = {"buttons": [], "card": "", "album": [], "asks": "", "id": "", "files": []}
        self.rows.append({"seq": seq, "who": who, "text": text, **blank, "at": at, **more})
        self.news.set()

    def say(self, text: str, *labels: str, **more: Any) -> None:
        """The bot says something, with these choices."""
        self.add("bot", text, buttons=[{"label": one, "data": f"d:{one}"} for one in labels], **more)


class Headers:
    """What the real server puts on every answer, so that the page is tried under the same law."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def strict(message: Any) -> None:
            if message["type"] == "http.response.start":
                extra = {
                    "content-security-policy": POLICY,
                    "cache-control": "no-store",
                    "x-content-type-options": "nosniff",
                }
                message["headers"] = [
                    *message["headers"],
                    *((k.encode(), v.encode()) for k, v in extra.items()),
                ]
            await send(message)

        await self.app(scope, receive, strict)


class Quiet(uvicorn.Server):
    """A server inside a test leaves the signals to the test, and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class PageServer:
    """The stand-in: `seats` by cookie, `faults` for what comes next, `gate` closed holds uploads back."""

    greeting: tuple[str, ...] = ("Selamat datang. Apa yang ingin Anda sampaikan?", "Mulai", "Bantuan")

    def __init__(self, clock: str | None = None) -> None:
        self.clock = clock
        self.seats: dict[str, Seat] = {}
        self.faults: deque[Fault] = deque()
        self.invites = {"KODE-1"}
        self.uploads = {"SEKALI"}
        self.gate = asyncio.Event()
        self.gate.set()
        self.closing = asyncio.Event()
        self.port = 0
        self.app = Starlette(routes=self._routes(), middleware=[Middleware(Headers)])

    def _routes(self) -> list[Route]:
        routes = [
            Route("/", self._page("index.html")),
            Route("/petugas", self._page("petugas.html")),
            Route("/petugas/masuk", self._enter, methods=["POST"]),
            Route("/unggah/{token}", self._page("unggah.html")),
            Route("/unggah/{token}", self._single, methods=["POST"]),
            Route("/static/{name}", self._static),
            Route("/bukti/{id}", self._picture),
        ]
        for base in ("/chat", "/petugas/chat"):
            routes += [
                Route(f"{base}/session", self._session, methods=["POST"]),
                Route(f"{base}/session", self._goodbye, methods=["DELETE"]),
                Route(f"{base}/stream", self._stream),
                Route(f"{base}/send", self._send, methods=["POST"]),
                Route(f"{base}/upload", self._upload, methods=["POST"]),
            ]
        return routes

    # --- the process --------------------------------------------------------------------------------------

    @asynccontextmanager
    async def running(self) -> AsyncIterator[PageServer]:
        """Serve on a port of our own; a second time it is the same port, as after a restart."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self.closing.clear()
        server = Quiet(
            uvicorn.Config(self.app, log_level="error", lifespan="off", ws="none", timeout_graceful_shutdown=2)
        )
        task = asyncio.create_task(server.serve(sockets=[listener]))
        await server.listening.wait()
        try:
            yield self
        finally:
            self.closing.set()
            for seat in self.seats.values():
                seat.news.set()
            server.should_exit = True
            await task
            listener.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def seat(self) -> Seat:
        """The newest conversation."""
        return list(self.seats.values())[-1]

    # --- pages --------------------------------------------------------------------------------------------

    def _page(self, name: str) -> Any:
        def page(request: Request) -> Response:
            return FileResponse(PAGE / name)

        return page

    def _static(self, request: Request) -> Response:
        path = PAGE / Path(request.path_params["name"]).name
        return FileResponse(path) if path.is_file() else Response(status_code=404)

    def _picture(self, request: Request) -> Response:
        out = io.BytesIO()
        Image.new("RGB", (640, 480), (70, 120, 130)).save(out, "JPEG")
        return Response(out.getvalue(), media_type="image/jpeg")

    # --- the session --------------------------------------------------------------------------------------

    @staticmethod
    def _cookie(request: Request) -> str:
        return "meja" if request.url.path.startswith("/petugas") else "kursi"

    def _find(self, request: Request) -> Seat | None:
        return self.seats.get(request.cookies.get(self._cookie(request), ""))

    def _open(self, request: Request, answer: Response) -> Response:
        token = secrets.token_urlsafe(16)
        self.seats[token] = Seat()
        text, *labels = self.greeting
        self.seats[token].say(text, *labels)
        answer.set_cookie(self._cookie(request), token, httponly=True, samesite="strict")
        return answer

    def _session(self, request: Request) -> Response:
        answer = JSONResponse({"clock": self.clock, "telegram": "https://t.me/contoh_bot", "notice": ""})
        if self._find(request):
            return answer
        if self._cookie(request) == "meja":
            return JSONResponse({"error": "Sesi Anda sudah berakhir."}, 401)
        return self._open(request, answer)

    def _goodbye(self, request: Request) -> Response:
        answer = Response(status_code=204)
        answer.delete_cookie(self._cookie(request))
        self.seats.pop(request.cookies.get(self._cookie(request), ""), None)
        return answer

    async def _enter(self, request: Request) -> Response:
        body = await request.json()
        if body["code"] not in self.invites:
            return JSONResponse({"error": "Undangan ini sudah dipakai atau kedaluwarsa. Mintalah undangan baru."}, 403)
        self.invites.remove(body["code"])
        return self._open(request, JSONResponse({"ok": True}))

    # --- the conversation ---------------------------------------------------------------------------------

    async def _stream(self, request: Request) -> Response:
        seat = self._find(request)
        if seat is None:
            return Response(status_code=401)
        after = int(request.headers.get("last-event-id", "0"))
        return StreamingResponse(self._events(seat, after), media_type="text/event-stream")

    async def _events(self, seat: Seat, after: int) -> AsyncIterator[str]:
        yield "retry: 200\n\n"
        while not self.closing.is_set():
            seat.news.clear()
            for row in seat.rows[after:]:
                yield f"id: {row['seq']}\ndata: {json.dumps(row)}\n\n"
            after = len(seat.rows)
            try:
                await asyncio.wait_for(seat.news.wait(), HEARTBEAT)
            except TimeoutError:
                yield ": masih di sini\n\n"

    async def _send(self, request: Request) -> Response:
        body = await request.json()
        text = body.get("text") or body.get("label") or ("" if "data" in body else "Lokasi dibagikan")
        return self._take(request, body["id"], body, text, [])

    async def _upload(self, request: Request) -> Response:
        size = len(await request.body())
        await self.gate.wait()
        query = dict(request.query_params)
        kind = "photo" if query["type"].startswith("image/") else "document"
        return self._take(request, query["id"], {**query, "size": size}, "", [{"name": query["name"], "kind": kind}])

    def _take(self, request: Request, key: str, body: dict[str, Any], text: str, files: list[Any]) -> Response:
        fault = self.faults.popleft() if self.faults else None
        if fault and fault.when == "before":
            return JSONResponse({"error": fault.error}, fault.status)
        seat = self._find(request)
        if seat is None:
            return Response(status_code=401)
        if key not in seat.arrived:
            seat.arrived[key] = body
            if text or files:
                seat.add("me", text, id=key, files=files)
                seat.say(f"Baik, tercatat: {text or files[0]['name']}")
        return JSONResponse({}, fault.status) if fault else JSONResponse({"ok": True})

    async def _single(self, request: Request) -> Response:
        size = len(await request.body())
        if request.path_params["token"] not in self.uploads or not size:
            return JSONResponse({"error": "Tautan ini sudah dipakai."}, 410)
        self.uploads.clear()
        return JSONResponse({"ok": True})


async def _by_hand() -> None:
    server = PageServer(clock="2024-10-01T08:00+07:00")
    async with server.running():
        print(server.url, f"{server.url}/petugas?kode=KODE-1")
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_by_hand())
