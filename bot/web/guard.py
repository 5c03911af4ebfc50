"""What every HTTP answer carries, and what every request must: strict headers, our own origin, a body within bounds."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE = Path(__file__).parent / "page"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(self), camera=(), microphone=()",
}
THROUGH_A_PROXY = frozenset({"forwarded", "via", "x-real-ip", "cf-connecting-ip"})


class Headers:
    """ASGI middleware: the headers above on every answer, also on those to a mistake of ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and dress the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, dressed)


def refusal(sentence: str, status: int) -> Response:
    """What is wrong and what to do, for a person."""
    return JSONResponse({"error": sentence}, status)


def own_origin(request: Request, public_url: str = "") -> bool:
    """A browser says where a request was made; only our own page may make changes.

    Behind a proxy that does not pass the Host on, our own page is known by PUBLIC_URL.
    """
    origin = request.headers.get("origin")
    if origin is None:
        return True
    return origin.partition("://")[2] in {request.headers.get("host"), public_url.partition("://")[2] or None}


def whole(text: object) -> str:
    """A text of a JSON body as it can be kept: half a surrogate pair has no UTF-8, and what is no text is none."""
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else ""


def plain_name(text: object) -> str:
    """A name on one line, without marks that are not seen: such could turn or hide what stands beside it."""
    return "".join(char for char in " ".join(whole(text).split()) if char.isprintable())[:80]


def on_this_machine(request: Request) -> bool:
    """Asked on this very machine, and not through a proxy on it."""
    names = set(request.headers.keys())
    if names & THROUGH_A_PROXY or any(name.startswith("x-forwarded") for name in names):
        return False
    host: Any = request.client.host if request.client else ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def read_body(request: Request, most: int) -> bytes | None:
    """The whole body, or None as soon as it is larger than it may be."""
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > most:
            return None
    return bytes(found)
