"""HTTP: the pages, both chats, one-time uploads, webhooks, health and figures. Strict headers on every answer."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.web_chat import Chat, Desk, Upload
from bot.web_guard import PAGE, Headers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from bot.serving import Serving

BIGGEST_WEBHOOK = 1_000_000  # bytes; Telegram's updates are far smaller


def application(serving: Serving) -> Starlette:
    """The ASGI application over everything that serves."""
    failures: Any = {404: _failure, 405: _failure, Exception: _failure}
    return Starlette(routes=_routes(serving), middleware=[Middleware(Headers)], exception_handlers=failures)


FAILURES = {404: "Tidak ada.", 405: "Cara meminta itu tidak dikenal di alamat ini."}
OURS = "Maaf, ada gangguan di pihak kami; itu belum tersimpan. Mohon dicoba lagi sebentar."


def _failure(_: Request, error: Exception) -> Response:
    """A sentence for a person, and never the error's own words, which may quote them."""
    status = error.status_code if isinstance(error, HTTPException) else 503
    return JSONResponse({"error": FAILURES.get(status, OURS)}, status)


def _routes(serving: Serving) -> list[Route]:
    citizen, desk, upload = Chat(serving), Desk(serving), Upload(serving)
    routes = [
        Route("/", _page("index.html")),
        Route("/petugas", _page("petugas.html")),
        Route("/petugas/masuk", desk.enter, methods=["POST"]),
        Route("/unggah/{token}", _page("unggah.html")),
        Route("/unggah/{token}", upload.take, methods=["POST"]),
        Route("/static/{name}", _static),
        Route("/bukti/{id}", desk.picture),
        Route("/webhook/telegram", _telegram(serving), methods=["POST"]),
        Route("/webhook/whatsapp", _no_whatsapp, methods=["GET", "POST"]),
        Route("/healthz", _health(serving)),
        Route("/metrics", _metrics(serving)),
    ]
    for base, chat in (("/chat", citizen), ("/petugas/chat", desk)):
        routes += [
            Route(f"{base}/session", chat.open, methods=["POST"]),
            Route(f"{base}/session", chat.leave, methods=["DELETE"]),
            Route(f"{base}/stream", chat.stream),
            Route(f"{base}/send", chat.send, methods=["POST"]),
            Route(f"{base}/upload", chat.upload, methods=["POST"]),
        ]
    return routes


def _page(name: str) -> Callable[[Request], Response]:
    def page(_: Request) -> Response:
        return FileResponse(PAGE / name)

    return page


def _static(request: Request) -> Response:
    """Only files that lie in the page's folder, by their bare name."""
    names = {path.name for path in PAGE.iterdir()}
    name = request.path_params["name"]
    return FileResponse(PAGE / name) if name in names else PlainTextResponse("Tidak ada.", 404)


def _telegram(serving: Serving) -> Callable[[Request], Awaitable[Response]]:
    async def webhook(request: Request) -> Response:
        """200 only after the commit; anything else makes Telegram send it again (Bot API, setWebhook)."""
        if serving.telegram is None or not serving.settings.webhook:
            return PlainTextResponse("Tidak ada.", 404)
        header = request.headers.get("x-telegram-bot-api-secret-token")
        if not serving.telegram.genuine(header):
            return PlainTextResponse("Ditolak.", 403)
        body = await read_body(request, BIGGEST_WEBHOOK)
        if body is None:
            return PlainTextResponse("Terlalu besar.", 413)
        return Response(status_code=await serving.telegram.hook(body))

    return webhook


async def read_body(request: Request, most: int) -> bytes | None:
    """The whole body, or None as soon as it is larger than it may be."""
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > most:
            return None
    return bytes(found)


def _no_whatsapp(_: Request) -> Response:
    return PlainTextResponse("Saluran WhatsApp belum dipasang.", 404)


def _health(serving: Serving) -> Callable[[Request], Awaitable[Response]]:
    async def health(_: Request) -> Response:
        wrong = await serving.trouble()
        return JSONResponse({"siap": not wrong, "sebab": wrong}, 503 if wrong else 200)

    return health


def _metrics(serving: Serving) -> Callable[[Request], Awaitable[Response]]:
    async def metrics(request: Request) -> Response:
        if not _is_loopback(request):
            return PlainTextResponse("Tidak ada.", 404)
        text, kind = await serving.figures()
        return Response(text, media_type=kind)

    return metrics


def _is_loopback(request: Request) -> bool:
    """Asked on this very machine, and not through a proxy on it."""
    forwarded = {"x-forwarded-for", "forwarded", "x-real-ip"} & set(request.headers.keys())
    host: Any = request.client.host if request.client else ""
    try:
        return not forwarded and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
