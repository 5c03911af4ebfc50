"""HTTP: the pages, both chats, one-time uploads, webhooks, health and figures. Strict headers on every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.web.attached import Attached
from bot.web.chat import Chat
from bot.web.desk import Desk
from bot.web.guard import PAGE, Headers, on_this_machine, read_body, refusal
from bot.web.upload import Upload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from bot.serving import Serving

log = structlog.get_logger()
BIGGEST_WEBHOOK = 1_000_000  # bytes; Telegram's updates are far smaller
ICON = "ikon.svg"
FAILURES = {404: "Tidak ada.", 405: "Cara meminta itu tidak dikenal di alamat ini."}
OURS = "Maaf, ada gangguan di pihak kami; itu belum tersimpan. Mohon dicoba lagi sebentar."


def application(serving: Serving) -> ASGIApp:
    """The ASGI application over everything that serves."""
    failures: Any = {HTTPException: _refused, ClientDisconnect: _gone, Exception: _failed}
    return Headers(Starlette(routes=_routes(serving), exception_handlers=failures))


def _routes(serving: Serving) -> list[Route]:
    citizen, desk, upload = Chat(serving), Desk(serving), Upload(serving)
    routes = [
        Route("/", _page("index.html")),
        Route("/petugas", _page("petugas.html")),
        Route("/petugas/masuk", desk.enter, methods=["POST"]),
        Route("/unggah/{token}", upload.page),
        Route("/unggah/{token}", upload.take, methods=["POST"]),
        Route("/static/{name}", _static),
        Route("/favicon.ico", _page(ICON)),
        Route("/bukti/{id}", desk.picture),
        Route("/webhook/telegram", _telegram(serving), methods=["POST"]),
        Route("/webhook/whatsapp", _no_whatsapp, methods=["GET", "POST"]),
        Route("/healthz", _health(serving)),
        Route("/metrics", _metrics(serving)),
    ]
    for chat in (citizen, desk):
        attached = Attached(chat)
        routes += [
            Route(f"{chat.base}/session", chat.open, methods=["POST"]),
            Route(f"{chat.base}/session", chat.leave, methods=["DELETE"]),
            Route(f"{chat.base}/stream", chat.stream),
            Route(f"{chat.base}/peta/{{seq:int}}", attached.drawing),
            Route(f"{chat.base}/dokumen/{{seq:int}}", attached.paper),
            Route(f"{chat.base}/send", chat.send, methods=["POST"]),
            Route(f"{chat.base}/upload", chat.upload, methods=["POST"]),
        ]
    return routes


# --- pages, and what is none ---------------------------------------------------------------------------------------


def _page(name: str) -> Callable[[Request], Response]:
    def page(_: Request) -> Response:
        return FileResponse(PAGE / name)

    return page


def _static(request: Request) -> Response:
    """Only files that lie in the page's folder, by their bare name."""
    name = request.path_params["name"]
    if name not in {path.name for path in PAGE.iterdir()}:
        raise HTTPException(404)
    return FileResponse(PAGE / name)


def _refused(request: Request, error: Exception) -> Response:
    """A page for people, a sentence for programs."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404 and "text/html" in request.headers.get("accept", ""):  # noqa: PLR2004 - not found
        return FileResponse(PAGE / "tiada.html", 404)
    return refusal(FAILURES.get(status, "Permintaan itu tidak dapat dilayani."), status)


def _gone(_: Request, __: Exception) -> Response:
    """Whoever asked has hung up: nobody reads this."""
    return Response(status_code=400)


def _failed(_: Request, error: Exception) -> Response:
    """A mistake of ours: its kind goes to the log, never its words, which may quote people; the page tries again."""
    log.error("request_failed", error=type(error).__name__)
    return refusal(OURS, 503)


# --- for machines --------------------------------------------------------------------------------------------------


def _telegram(serving: Serving) -> Callable[[Request], Awaitable[Response]]:
    async def webhook(request: Request) -> Response:
        """200 only after the commit; anything else makes Telegram send it again (Bot API, setWebhook)."""
        if serving.telegram is None or not serving.settings.webhook:
            raise HTTPException(404)
        header = request.headers.get("x-telegram-bot-api-secret-token")
        if not serving.telegram.genuine(header):
            return PlainTextResponse("Ditolak.", 403)
        body = await read_body(request, BIGGEST_WEBHOOK)
        if body is None:
            return PlainTextResponse("Terlalu besar.", 413)
        return Response(status_code=await serving.telegram.hook(body))

    return webhook


def _no_whatsapp(_: Request) -> Response:
    return PlainTextResponse("Saluran WhatsApp belum dipasang.", 503)


def _health(serving: Serving) -> Callable[[Request], Awaitable[Response]]:
    async def health(_: Request) -> Response:
        wrong = await serving.trouble()
        return JSONResponse({"siap": not wrong, "sebab": wrong}, 503 if wrong else 200)

    return health


def _metrics(serving: Serving) -> Callable[[Request], Awaitable[Response]]:
    async def metrics(request: Request) -> Response:
        if not on_this_machine(request):
            raise HTTPException(404)
        text, kind = await serving.figures()
        return Response(text, media_type=kind)

    return metrics
