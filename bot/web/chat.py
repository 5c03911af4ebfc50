"""The citizens' chat on the page, and what the officers' shares with it; the outbox is its stream."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response, StreamingResponse

from bot.codes import random_hex
from bot.engine import Arrival
from bot.evidence.fetch import RefusedFile, uploaded
from bot.web.forms import CLIENT_ID, client_id, echo_of, read_event, shown, sniff_kind
from bot.web.guard import own_origin, read_body, refusal
from handlers.events import Media, MediaReceived, Opened
from handlers.inbound import Inbound
from handlers.news import MEDIA_REFUSALS
from storage import media, outbox
from storage.conversations import by_keys, key_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from sqlalchemy import Connection
    from starlette.requests import Request

    from bot.serving import Serving
    from bot.web.forms import Body
    from handlers.events import Event

HEARTBEAT = 15.0  # seconds
TICK = 1.0  # seconds between looks at a rehearsal's clock, which the page shows
BIGGEST_MESSAGE = 64_000  # bytes of a JSON body
SEEN = re.compile(
    r"([0-9]{1,15})(?:-([0-9]{1,15}))?"
)  # the number of the last row that a page has, and how many it has
SEAT = re.compile(r"[0-9a-f]{32}")
STREAM = {"x-accel-buffering": "no"}  # nginx would otherwise gather the stream
NOT_OURS = "Permintaan itu tidak berasal dari halaman kami."
UNREADABLE = "Pesan itu tidak dapat dibaca. Mohon dikirim lagi."
ENDED = "Sesi Anda sudah berakhir."


def clock_event(drill: str) -> str:
    """The rehearsal's time for the page; null where it is none."""
    return f"event: jam\ndata: {json.dumps(drill or None)}\n\n"


class Chat:
    """The citizens' chat."""

    channel = "web"
    cookie = "jn_warga"
    base = "/chat"

    def __init__(self, serving: Serving) -> None:
        self.serving = serving

    # --- the seat ---

    def seat(self, request: Request) -> str:
        """The address behind the cookie, "" for none."""
        value = request.cookies.get(self.cookie, "")
        return value if SEAT.fullmatch(value) else ""

    async def seated(self, request: Request) -> str:
        """The address, if it may speak here."""
        return self.seat(request)

    def is_ours(self, request: Request) -> bool:
        """Made by our own page."""
        return own_origin(request, self.serving.settings.public_url)

    async def open(self, request: Request) -> Response:
        """Begin or go on. The greeting is an event like any other, and comes once."""
        if not self.is_ours(request):
            return refusal(NOT_OURS, 403)
        seat = self.seat(request) or random_hex()
        await self.hear(seat, self.update_id(seat, "buka"), Opened())
        if number := await self.emptied(seat):
            await self.hear(seat, self.update_id(seat, f"buka-{number}"), Opened())
        answer = JSONResponse(self.about())
        self.seat_cookie(request, answer, seat)
        return answer

    async def emptied(self, seat: str) -> int:
        """The number of the last message where all were erased with a draft, else 0: such a page greets once more."""
        key = key_of(self.serving.keys, self.channel, seat)

        def look(conn: Connection) -> int:
            [chat] = by_keys(conn, self.serving.keys, [key]).values()
            return 0 if outbox.stream(conn, self.serving.keys, chat.id, 0, 1) else chat.seq

        return await self.serving.database.read(look)

    def about(self) -> Body:
        """What the page shows around the conversation."""
        telegram = self.serving.telegram
        return {
            "clock": self.serving.clock.rehearsal or None,
            "telegram": f"https://t.me/{telegram.username}" if telegram and telegram.username else None,
            "notice": "",
        }

    def life(self) -> int:
        """Seconds that a seat lives after each visit: as long as a draft; quick exit takes it away at once."""
        return self.serving.settings.draft_days * 86_400

    def seat_cookie(self, request: Request, answer: Response, seat: str) -> None:
        """Only for our own pages, out of reach of scripts."""
        secure = request.scope["scheme"] == "https" or self.serving.settings.public_url.startswith("https")
        answer.set_cookie(self.cookie, seat, max_age=self.life(), httponly=True, samesite="strict", secure=secure)

    async def leave(self, request: Request) -> Response:
        """Quick exit: the browser forgets; what was sent stays with us."""
        if not self.is_ours(request):
            return refusal(NOT_OURS, 403)
        await self.left(self.seat(request))
        answer = Response(status_code=204)
        answer.delete_cookie(self.cookie, httponly=True, samesite="strict")
        return answer

    async def left(self, seat: str) -> None:
        """What else happens when a seat is left: for a citizen nothing, so that the draft's time still runs out."""

    # --- what comes in ---

    async def hear(self, seat: str, update_id: str, event: Event, **more: str) -> None:
        """Through the same door as every channel; resolves after the commit."""
        now = self.serving.clock.now()
        inbound = Inbound(self.channel, update_id, seat, seat, now, event, **more)  # type: ignore[arg-type]
        raw = {"seat": seat, "event": type(event).__name__, **asdict(event)}
        await self.serving.engine.submit([Arrival(self.channel, update_id, [inbound], raw=raw)])

    async def send(self, request: Request) -> Response:
        """A message, a tap or a place; {"ok": true} only once it is durable. A repeat of the id changes nothing."""
        seat = await self.seated(request)
        if not seat:
            return refusal(ENDED, 401)
        body = await self.json(request)
        if isinstance(body, Response):
            return body
        event = read_event(body)
        if event is None or not client_id(body):
            return refusal(UNREADABLE, 422)
        await self.hear(seat, self.update_id(seat, client_id(body)), event, echo=echo_of(body, event))
        return JSONResponse({"ok": True})

    @staticmethod
    def update_id(seat: str, client_id: str) -> str:
        """The page's own id of a message, made unique over all pages without telling the seat (64 characters)."""
        return f"{uuid.uuid5(uuid.UUID(seat), client_id).hex[:16]}:{client_id}"

    @staticmethod
    def file_id(seat: str, client_id: str) -> str:
        """The id of a file from the page's own id of it (32 hex digits)."""
        return uuid.uuid5(uuid.UUID(seat), client_id).hex

    async def json(self, request: Request) -> Body | Response:
        """The JSON object of a request, or the refusal."""
        if not self.is_ours(request) or "json" not in request.headers.get("content-type", ""):
            return refusal(NOT_OURS, 403)
        raw = await read_body(request, BIGGEST_MESSAGE)
        if raw is None:
            return refusal("Pesan itu terlalu panjang. Mohon dibagi menjadi beberapa pesan.", 413)
        try:
            body = json.loads(raw)
        except (ValueError, RecursionError):
            body = None
        return body if isinstance(body, dict) else refusal(UNREADABLE, 422)

    async def upload(self, request: Request) -> Response:
        """A file's raw bytes: sealed on the disk before its row, the row before the answer."""
        seat, query = await self.seated(request), request.query_params
        if not seat:
            return refusal(ENDED, 401)
        if not self.is_ours(request) or not CLIENT_ID.fullmatch(query.get("id", "")):
            return refusal(NOT_OURS, 403)
        file_id = self.file_id(seat, query["id"])
        async with self.serving.keeper.alone(file_id):
            file = await self.keep(request, file_id, query)
            if isinstance(file, Response):
                return file
            event = MediaReceived(file, query.get("caption", "")[:1000])
            parked = self.serving.engine.parked
            await self.hear(seat, self.update_id(seat, query["id"]), event)
            await self.drop_unless_noted(file_id, parked)
        return JSONResponse({"ok": True})

    async def drop_unless_noted(self, file_id: str, parked: int) -> None:
        """The conversation may not have taken the file (ten are there already): then its bytes are no one's.

        Where something was parked since there were `parked`, it may have been this one, which waits for a developer.
        """
        serving = self.serving
        if serving.engine.parked == parked and not await serving.database.read(
            lambda conn: media.by_id(conn, serving.keys, file_id)
        ):
            await serving.keeper.drop(file_id)

    async def keep(self, request: Request, file_id: str, query: Mapping[str, str]) -> Media | Response:
        """Keep the bytes; a repeat of a file that is kept already is simply passed over."""
        serving = self.serving
        if await serving.database.read(lambda conn: media.by_id(conn, serving.keys, file_id)):
            return Media(file_id, "document")
        key, wrapped, kek_id = serving.keys.new_data_key()
        try:
            facts = await serving.keeper.keep(file_id, key, request.stream())
        except RefusedFile as error:
            why = MEDIA_REFUSALS.get(error.code, MEDIA_REFUSALS["jenis"]).msgid
            return refusal(f"Berkas tidak dapat disimpan: {why}. Mohon kirim yang lain.", 415)
        kind, mime, size = sniff_kind(facts["mime"]), str(facts["mime"]), int(facts["size"])
        group = query.get("group", "")  # becomes the clear name of a card: only what our page makes
        album = group if CLIENT_ID.fullmatch(group) else ""
        return Media(file_id, kind, query.get("name", "")[:200], mime, size, album, uploaded(wrapped, kek_id, facts))

    # --- what goes out ---

    async def stream(self, request: Request) -> Response:
        """Server-Sent Events from the outbox; resumes by Last-Event-ID (HTML standard, section 9.2)."""
        seat = await self.seated(request)
        conversation = await self.conversation(seat) if seat else None
        if conversation is None:
            return refusal(ENDED, 401)
        last = request.headers.get("last-event-id") or request.query_params.get("sejak", "")
        seen = SEEN.fullmatch(last)
        after, had = (int(seen[1]), int(seen[2] or 0)) if seen else (0, 0)
        rows = self.events(request, conversation, after, had)
        return StreamingResponse(rows, media_type="text/event-stream", headers=STREAM)

    async def conversation(self, seat: str) -> int | None:
        """The row of a seat's conversation."""
        key = key_of(self.serving.keys, self.channel, seat)

        def look(conn: Connection) -> int | None:
            return next((one.id for one in by_keys(conn, self.serving.keys, [key]).values()), None)

        return await self.serving.database.read(look)

    async def events(self, request: Request, conversation: int, after: int, had: int) -> AsyncIterator[str]:
        """Everything after a number, then whatever comes; the page had so many up to that number.

        Where fewer are left, something was erased: the page is told to empty itself, and gets the rest anew.

        A page that closes cancels this at any moment; a look into the database is then let go on to its end, because
        a connection that is cut off in the middle cannot be used again.
        """
        yield "retry: 1000\n\n"
        serving, drill = self.serving, self.serving.clock.rehearsal
        yield clock_event(drill)  # the page may be older than this rehearsal, or outlive it
        with serving.streams.listen(conversation) as news:
            while not serving.stopping.is_set():
                news.clear()
                query = partial(outbox.stream_and_kept, keys=serving.keys, conversation_id=conversation, after=after)
                rows, kept = await asyncio.shield(serving.database.read(query))
                if kept < had:
                    after = had = 0
                    yield "id: 0-0\nevent: hapus\ndata: {}\n\n"
                    continue
                had = kept
                for row in rows:
                    after, had = row.seq, had + 1
                    data = json.dumps(shown(row, serving.keys, self.base), ensure_ascii=False)
                    yield f"id: {after}-{had}\ndata: {data}\n\n"
                if drill != (drill := serving.clock.rehearsal):
                    yield clock_event(drill)
                if rows:
                    continue
                if not await serving.streams.wait(news, TICK if drill else HEARTBEAT):
                    yield ": masih di sini\n\n"
                if not await asyncio.shield(self.seated(request)):
                    return
